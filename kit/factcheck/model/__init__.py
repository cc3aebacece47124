"""What a packet holds: facts with their proof, statements, and what comes back."""
