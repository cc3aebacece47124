"""The forms in which captures lie on disk or arrive."""
