"""The packet written for Word, a spreadsheet and a browser."""
