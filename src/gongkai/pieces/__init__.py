"""What pages are made of: the statutory sheet, the finding list, the style sheet. No records."""
