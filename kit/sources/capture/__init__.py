"""Pages, files and texts kept untouched, with how and when they came."""
