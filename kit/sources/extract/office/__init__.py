"""Documents of office programs and tables as text: letters, memos, spreadsheets, CSV."""
