"""Who repeats whom: judged by hand, and proposed from the pages."""
