"""Changes to a document that a writer needs."""
