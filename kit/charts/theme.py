"""The look of every chart: sizes, inks, a palette that survives colour blindness, the Vega-Lite config."""

from __future__ import annotations

from typing import Any

#: Pixels from edge to edge: what a notebook's column and a printed page both hold.
WIDTH = 700
#: vl-convert carries Liberation Sans; Arial and Helvetica have the same widths.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 11
LEADING = 14

INK = "#222222"
MUTED = "#5f6368"
RULE = "#c9ccd1"
PALE = "#eceef1"
PAPER = "#ffffff"
ACCENT = "#0072b2"
ALERT = "#b84a00"
#: After Okabe and Ito (2008), the darker ones first, orange and sky darkened so that labels can wear them.
PALETTE = (ACCENT, ALERT, "#007a5a", "#a3507f", "#8a6d00", "#3b7ea1", "#5b5b5b", "#7a5195")


def colours(entities: list[str], order: tuple[str, ...] = ()) -> dict[str, str]:
    """A colour for each entity: those in ``order`` first, the others by name, then grey.

    >>> colours(["b", "a", "z"], order=("z",))["z"] == ACCENT
    True
    """
    ranked = [*dict.fromkeys(order), *sorted(set(entities) - set(order))]
    return {entity: PALETTE[i] if i < len(PALETTE) else MUTED for i, entity in enumerate(ranked)}


def config() -> dict[str, Any]:
    """The Vega-Lite config of the house, with nothing in it that Vega-Lite 5 and 6 read differently."""
    axis = {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": MUTED,
        "titleColor": MUTED,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": PALE,
        "labelLimit": 0,
        "titleLimit": 0,
    }
    return {
        "font": FONT,
        "aria": False,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": INK, "fontSize": SIZE, "lineBreak": "\n", "lineHeight": LEADING},
        "concat": {"spacing": 12},
        "title": {"anchor": "start", "frame": "bounds", "color": INK, "subtitleColor": MUTED, "limit": 0},
        "locale": {},
    }
