"""The fixed phrases that we print, a file of them for each language."""
