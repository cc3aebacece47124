"""Bytes to a page: its text, and what it says of itself."""
