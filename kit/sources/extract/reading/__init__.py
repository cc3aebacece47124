"""What a page is: its bytes as text, a bounded tree, what it states for machines, and what was read of it."""
