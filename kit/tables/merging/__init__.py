"""Two people's changes to the same table, put together row by row and field by field."""
