"""Floor 2: annual reports and letters as files. No database, no clock."""
