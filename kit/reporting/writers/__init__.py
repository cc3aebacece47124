"""A document written as HTML, PDF, Word and Markdown."""
