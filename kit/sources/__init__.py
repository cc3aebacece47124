"""Sources: fetched politely, kept untouched, read, and made citable."""
