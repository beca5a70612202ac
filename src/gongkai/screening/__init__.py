"""What must not get out: personal data, hidden data, secrecy marks. No database, no clock."""
