"""The fact-check packet: written, read back, merged."""
