"""Who: agencies and the one above them, sections, accounts with their roles, the leading group."""
