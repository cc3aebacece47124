"""Charts as Typst takes them: with letters that the kit brings along."""

from __future__ import annotations

import re

from kit.reporting.glyphs import shown_instead
from kit.reporting.pictures import Picture


def for_typst(picture: Picture, gone: frozenset[str]) -> bytes:
    """The picture's file; in a drawing, the letters of ``gone``, which no font has, are boxes."""
    if picture.kind != "svg":
        return picture.content
    # The kit's Arimo has the measures of the Liberation Sans that the chart was laid out with.
    named = re.sub(r'font-family="[^"]*"', 'font-family="Arimo"', picture.svg)
    return shown_instead(named, gone).encode()


def letters_of(picture: Picture) -> str:
    """The words that are written in a drawing."""
    return re.sub(r"<[^>]*>", " ", picture.svg)
