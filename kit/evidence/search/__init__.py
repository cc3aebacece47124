"""Search over everything that a case has: tables, captures, notebooks and documents."""
