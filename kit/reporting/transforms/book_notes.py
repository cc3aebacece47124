"""Notes that count through a whole book, as programs for Word files can number them."""

from __future__ import annotations

import re
from typing import Any

from kit.reporting.document.prose import AGAIN
from kit.reporting.transforms.long_notes import NUMBERED
from kit.text.pandoc import Tree, rewrite


def counted_on(chapters: list[list[Tree]]) -> list[Tree]:
    """The blocks of the chapters in a row; where they name a note's number in its chapter, that in the book stands.

    Word can begin anew with each chapter, but LibreOffice then shows 0 for every note, and others count on.
    """
    made: list[Tree] = []
    before = 0
    for blocks in chapters:
        notes: list[str] = []
        made += rewrite(blocks, _shifted(before, notes))
        before += len(notes)
    return made


def _shifted(before: int, notes: list[str]):
    def shift(kind: str, content: Any) -> Tree | None:
        if kind != "Str":
            return None
        return {"t": kind, "c": re.sub(r"\d+", lambda number: str(int(number[0]) + before), content)}

    def change(kind: str, content: Any) -> Tree | None:
        if kind == "Note":
            notes.append(kind)
        elif kind == "Span" and AGAIN in content[0][1]:
            return {"t": kind, "c": [content[0], rewrite(content[1], shift)]}
        elif kind == "Header" and NUMBERED in content[1][1]:
            return {"t": kind, "c": [*content[:2], rewrite(content[2], shift)]}
        return None

    return change
