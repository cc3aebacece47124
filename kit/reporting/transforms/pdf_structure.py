"""Lists whose items bear notes, as paragraphs with hanging marks: Typst cannot yet tag such a list on every page.

Where a note's list item and the note fall on either side of a page break, Typst 0.15 stops with an internal error
(its issue 8776). Lists without notes stay lists.
"""

from __future__ import annotations

from typing import Any

from kit.reporting.transforms.note_numbers import parted
from kit.text.pandoc import Tree, rewrite


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


_LISTS = ("BulletList", "OrderedList")


def unlisted(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each list that bears a note turned into paragraphs, the lists within it among them.

    >>> note = {"t": "Para", "c": [{"t": "Str", "c": "a"}, {"t": "Note", "c": []}]}
    >>> [block["t"] for block in unlisted([{"t": "BulletList", "c": [[note]]}])]
    ['RawBlock', 'Para', 'RawBlock']
    >>> unlisted([{"t": "BulletList", "c": [[{"t": "Para", "c": []}]]}])[0]["t"]
    'BulletList'
    """
    made: list[Tree] = []
    for block in blocks:
        if block["t"] == "Div":
            made.append({"t": "Div", "c": [block["c"][0], unlisted(block["c"][1])]})
        elif block["t"] == "BlockQuote":
            made.append({"t": "BlockQuote", "c": unlisted(block["c"])})
        elif block["t"] in _LISTS and _bears_note(block):
            made += _paragraphs(block)
        else:
            made.append(block)
    return made


def _paragraphs(block: Tree) -> list[Tree]:
    ordered = block["t"] == "OrderedList"
    first, items = (block["c"][0][0], block["c"][1]) if ordered else (0, block["c"])
    made = [_typst("#[#set par(hanging-indent: 1.4em)")]
    for number, item in enumerate(items, start=first):
        mark = _inline(f"#box(width: 1.4em)[{f'{number}.' if ordered else '•'}]")
        opening, *rest = item
        if opening["t"] in ("Para", "Plain"):
            made.append({"t": "Para", "c": [mark, *opening["c"]]})
        else:
            made += [{"t": "Para", "c": [mark]}, *unlisted([opening])]
        made += unlisted([{**part, "t": "Para"} if part["t"] == "Plain" else part for part in rest])
    return [*made, _typst("]")]


def _bears_note(block: Tree) -> bool:
    found: list[bool] = []

    def take(kind: str, _content: Any) -> None:
        if kind == "Note":
            found.append(True)

    rewrite([block], take)
    return bool(found)


def _inline(markup: str) -> Tree:
    return {"t": "RawInline", "c": ["typst", markup]}
