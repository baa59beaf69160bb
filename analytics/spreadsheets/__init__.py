"""Files that people open in a spreadsheet: CSV and XLSX, written row by row."""
