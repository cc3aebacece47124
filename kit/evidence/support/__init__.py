"""Whether the passage that a row of evidence names carries the fact that it is cited for."""
