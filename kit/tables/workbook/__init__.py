"""The tables as a workbook to edit in, and what was edited there brought back: `kit sheet`."""
