"""Reading annual reports as offices publish them: HTML, Word, PDF, spreadsheets, text."""
