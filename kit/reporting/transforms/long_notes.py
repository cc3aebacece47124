"""Notes too long for the foot of a page: their beginning stays there, the whole stands at the end of the chapter."""

from __future__ import annotations

from typing import Any

from kit.reporting.book.note_numbers import full_note_heading
from kit.text.pandoc import (
    BLANK,
    Tree,
    bullets,
    div,
    hyperlink,
    inlines,
    note,
    para,
    rewrite,
    section_heading,
    string,
    stringify,
)

#: Letters in a line of a note; the lines from which a note is cut to its first pieces of evidence, so that a page holds
#: more text than notes; and those from which it is cut though it has no more pieces than these.
_LETTERS, _LINES, _MOST = 115, 9, 25
_KEPT = 2
_TITLE = "Evidence in full"
#: The class of what is set in smaller letters.
FINE = "fine"


def with_long_notes(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each long note cut to its beginning, and a section before the sources that holds it whole.

    The cut note says how many pieces of evidence there are, and leads to them; there it bears its number.
    """
    whole: list[Tree] = []
    count = 0

    def cut(kind: str, content: Any) -> list[Tree] | None:
        nonlocal count
        if kind != "Note":
            return None
        count += 1
        if note_lines(content) <= (_LINES if len(_pieces(content)) > _KEPT else _MOST):
            return None
        name = f"evidence-{count}"
        whole.extend([full_note_heading(count, name), div(content, classes=[FINE])])
        return [note(_beginning(content, name))]

    shortened = rewrite(blocks, cut)
    if not whole:
        return shortened
    at = next((n for n, block in enumerate(shortened) if _is_sources(block)), len(shortened))
    return [*shortened[:at], section_heading(2, _TITLE, "evidence"), *whole, *shortened[at:]]


def note_lines(blocks: list[Tree]) -> int:
    """How many lines a note takes, roughly.

    >>> note_lines([para("x" * 115)]), note_lines([para("x" * 116)])
    (1, 2)
    """
    counted = 0
    for block in blocks:
        items = [item[0] for item in block["c"]] if block["t"] == "BulletList" else [block]
        counted += sum(
            -(-len(stringify(item["c"])) // _LETTERS) for item in items if item["t"] in ("Para", "Plain")
        )
    return counted


def _pieces(blocks: list[Tree]) -> list[Any]:
    return [item for block in blocks if block["t"] == "BulletList" for item in block["c"]]


def _beginning(blocks: list[Tree], name: str) -> list[Tree]:
    """The note up to its first pieces of evidence, and where it is whole."""
    listed = _pieces(blocks)
    at = next((n for n, block in enumerate(blocks) if block["t"] == "BulletList"), 0)
    kept = [*blocks[:at], bullets(blocks[at]["c"][:_KEPT])] if listed else []
    many = f"The first {_KEPT} of {len(listed)} pieces of evidence; all of them are under"
    where = many if listed else "This note is long; it stands under"
    return [*kept, para([*inlines(where), BLANK, hyperlink(_TITLE, f"#{name}"), string(".")])]


def _is_sources(block: Tree) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == "sources"
