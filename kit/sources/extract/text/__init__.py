"""An article's text, found among what surrounds it."""
