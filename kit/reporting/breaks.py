"""Where the pages of a PDF break: a heading keeps the text that it heads, though that text begins with a note."""

from __future__ import annotations

from kit.pandoc import Tree, rewrite


def with_room(blocks: list[Tree]) -> list[Tree]:
    """The blocks with room reserved below each heading whose first text bears a note.

    Typst keeps a heading with the next block, but not where that block's first note finds no room on the page.
    """
    made: list[Tree] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        made.append(block)
        if block["t"] == "Header" and block["c"][0] > 1 and following and _bears_note(following):
            made.append({"t": "RawBlock", "c": ["typst", "#room-for-a-note"]})
    return made


def _bears_note(block: Tree) -> bool:
    kinds: list[str] = []
    rewrite([block], lambda kind, _: kinds.append(kind))
    return "Note" in kinds
