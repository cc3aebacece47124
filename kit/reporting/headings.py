"""Headings of a PDF: each keeps the text that it heads, and is words alone, its notes handed over beside it."""

from __future__ import annotations

from typing import Any

from kit.pandoc import Tree, rewrite
from kit.reporting.parted import parted


def with_headings(blocks: list[Tree]) -> list[Tree]:
    """The blocks with what Typst needs to know of each heading before and after it.

    Notes go before it, since the contents, the bookmarks and the running heads would repeat them. Room is reserved
    below it where its first text bears a note: Typst keeps a heading with the next block, but not where that block's
    first note finds no room on the page.

    >>> note = {"t": "Note", "c": []}
    >>> heading = {"t": "Header", "c": [2, ["", [], []], [{"t": "Str", "c": "a"}, note]]}
    >>> [block["t"] for block in with_headings([heading, {"t": "Para", "c": [note]}])]
    ['RawBlock', 'Plain', 'RawBlock', 'Header', 'RawBlock', 'Para']
    """
    made: list[Tree] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["t"] == "Div":
            made.append({"t": "Div", "c": [block["c"][0], with_headings(block["c"][1])]})
        elif block["t"] == "Header":
            made += _heading(block)
            if block["c"][0] > 1 and following and _notes([following]):
                made.append(_typst("#room-for-a-note"))
        else:
            made.append(block)
    return made


def _heading(block: Tree) -> list[Tree]:
    level, attributes, inlines = block["c"]
    if not (notes := _notes(inlines)):
        return [block]
    said = rewrite(inlines, lambda kind, _: [] if kind == "Note" else None)
    alone = {"t": "Header", "c": [level, attributes, said]}
    return [_typst("#noted.update["), {"t": "Plain", "c": parted(notes)}, _typst("]"), alone]


def _notes(tree: list[Tree]) -> list[Tree]:
    found: list[Tree] = []

    def take(kind: str, content: Any) -> list[Tree] | None:
        if kind == "Note":
            found.append({"t": kind, "c": content})
            return []
        return None

    rewrite(tree, take)
    return found


def _typst(markup: str) -> Tree:
    return {"t": "RawBlock", "c": ["typst", markup]}
