"""What a figure puts out in a notebook, by media type."""

from __future__ import annotations

from kit.evidence.drawn import CHART_FACTS as CHART_FACTS

VEGALITE = "application/vnd.vegalite.v5+json"
SVG = "image/svg+xml"
