"""What Typst must be told of headings, lists and notes for a PDF that screen readers can follow."""

from __future__ import annotations

from typing import Any

from kit.reporting.book.note_numbers import SAME, note_named, with_commas
from kit.text.pandoc import Tree, classes_of, nodes, para, plain_line, raw_block, raw_inline, rewrite, without

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


def with_repeated_notes(blocks: list[Tree], chapter: int) -> list[Tree]:
    """The blocks of the chapter of that number with each raised number of an earlier note as that note's mark, which leads to it.

    A note of a heading is set apart from it and cannot be led to: its number stays a number.

    >>> from kit.text.pandoc import note, span
    >>> made = with_repeated_notes([para([note([]), span("1", classes=[SAME], note="1")])], 0)
    >>> [node["c"][1] for node in made[0]["c"] if node["t"] == "RawInline"]
    [' <note-0-1>', '#footnote(<note-0-1>)']
    """
    in_headings = {id(each) for heading in nodes(blocks, "Header") for each in nodes(heading["c"], "Note")}
    there = [number for number, each in enumerate(nodes(blocks, "Note"), 1) if id(each) not in in_headings]
    wanted = {note_named(each) for each in nodes(blocks, "Span") if SAME in classes_of(each)} & {*there}
    count = 0

    def change(kind: str, content: Any) -> Any:
        nonlocal count
        if kind == "Note":
            count += 1
            label = raw_inline("typst", f" <note-{chapter}-{count}>")
            return [{"t": kind, "c": content}, label] if count in wanted else None
        if kind == "Span" and SAME in content[0][1]:
            number = note_named({"t": kind, "c": content})
            return (
                raw_inline("typst", f"#footnote(<note-{chapter}-{number}>)")
                if number in wanted
                else content[1]
            )
        return None

    return rewrite(blocks, change)


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
