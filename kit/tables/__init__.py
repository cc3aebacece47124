"""The data model: every table, column, type and vocabulary in one place; dates that admit doubt; read, check, write."""
