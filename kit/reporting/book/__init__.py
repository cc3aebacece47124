"""An edition as a book: chapters of prose, notes, numbers, charts and tables, in no format yet."""
