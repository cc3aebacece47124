"""Passages: located by their ends, and judged against the captures."""
