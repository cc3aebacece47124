"""Notebooks run, side by side and only when needed."""
