"""What notebooks hold as text."""
