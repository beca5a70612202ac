"""The public pages: published reports, and checking any report. No records of its own."""
