"""What the public edition must not say, looked for in what would be published."""
