"""Who has to do with whom: together in events, by money, by what each knew."""
