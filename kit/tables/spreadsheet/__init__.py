"""What spreadsheets do to tables: how they save them, what they break in them, and a workbook of our own to edit in."""
