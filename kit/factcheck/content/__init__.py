"""What a packet says: facts with their proof, statements, their wording, and what comes back."""
