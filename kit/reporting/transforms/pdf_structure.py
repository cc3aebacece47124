"""What Typst must be told of headings and lists for a PDF that screen readers can follow."""

from __future__ import annotations

from kit.reporting.book.note_numbers import with_commas
from kit.text.pandoc import Tree, nodes, para, plain_line, raw_block, raw_inline, without

_LISTS = ("BulletList", "OrderedList")


def with_headings(blocks: list[Tree]) -> list[Tree]:
    """The blocks with what Typst needs to know of each heading before and after it.

    Notes go before it, since the contents, the bookmarks and the running heads would repeat them. Room is reserved
    below it where its first text bears a note: Typst keeps a heading with the next block, but not where that block's
    first note finds no room on the page.

    >>> from kit.text.pandoc import section_heading, note, string
    >>> blocks = [section_heading(2, [string("a"), note([])]), para([note([])])]
    >>> [block["t"] for block in with_headings(blocks)]
    ['RawBlock', 'Plain', 'RawBlock', 'Header', 'RawBlock', 'Para']
    """
    made: list[Tree] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["t"] == "Div":
            made.append({"t": "Div", "c": [block["c"][0], with_headings(block["c"][1])]})
        elif block["t"] == "Header":
            made += _heading(block)
            if block["c"][0] > 1 and following and _bears_note(following):
                made.append(raw_block("typst", "#room-for-a-note"))
        else:
            made.append(block)
    return made


def _heading(block: Tree) -> list[Tree]:
    level, attributes, inlines = block["c"]
    if not (notes := list(nodes(inlines, "Note"))):
        return [block]
    alone = {"t": "Header", "c": [level, attributes, without(inlines, "Note")]}
    return [
        raw_block("typst", "#noted.update["),
        plain_line(with_commas(notes)),
        raw_block("typst", "]"),
        alone,
    ]


def without_noted_lists(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each list that bears a note as paragraphs with hanging marks, the lists within it among them.

    Where a note's list item and the note fall on either side of a page break, Typst 0.15 stops with an internal error
    (its issue 8776). Lists without notes stay lists.

    >>> from kit.text.pandoc import bullets, note, string
    >>> [block["t"] for block in without_noted_lists([bullets([[para([string("a"), note([])])]])])]
    ['RawBlock', 'Para', 'RawBlock']
    >>> without_noted_lists([bullets([[para("a")]])])[0]["t"]
    'BulletList'
    """
    made: list[Tree] = []
    for block in blocks:
        if block["t"] == "Div":
            made.append({"t": "Div", "c": [block["c"][0], without_noted_lists(block["c"][1])]})
        elif block["t"] == "BlockQuote":
            made.append({"t": "BlockQuote", "c": without_noted_lists(block["c"])})
        elif block["t"] in _LISTS and _bears_note(block):
            made += _paragraphs(block)
        else:
            made.append(block)
    return made


def _paragraphs(block: Tree) -> list[Tree]:
    ordered = block["t"] == "OrderedList"
    first, items = (block["c"][0][0], block["c"][1]) if ordered else (0, block["c"])
    made = [raw_block("typst", "#[#set par(hanging-indent: 1.4em)")]
    for number, item in enumerate(items, start=first):
        mark = raw_inline("typst", f"#box(width: 1.4em)[{f'{number}.' if ordered else '•'}]")
        opening, *rest = item
        if opening["t"] in ("Para", "Plain"):
            made.append(para([mark, *opening["c"]]))
        else:
            made += [para([mark]), *without_noted_lists([opening])]
        made += without_noted_lists(
            [{**part, "t": "Para"} if part["t"] == "Plain" else part for part in rest]
        )
    return [*made, raw_block("typst", "]")]


def _bears_note(block: Tree) -> bool:
    return next(nodes([block], "Note"), None) is not None
