"""What a figure puts out in a notebook, by media type."""

from __future__ import annotations

VEGALITE = "application/vnd.vegalite.v5+json"
SVG = "image/svg+xml"
#: What a chart says of itself, for what prints it: headline, source line, alt text, and its data as CSV.
CHART_FACTS = "application/vnd.casebook.chart+json"
