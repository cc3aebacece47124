"""What a report finds, and how sure it is of it."""
