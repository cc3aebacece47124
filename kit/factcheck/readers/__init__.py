"""Returned packets read."""
