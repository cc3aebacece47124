"""What we write: sentences, marks, numbers, statements."""
