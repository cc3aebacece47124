"""What a page is: bytes to text, a bounded tree, what it states for machines, and what was read."""
