"""Run the notebooks and print what other people read."""
