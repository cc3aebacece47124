"""Notes too long for the foot of a page: their beginning stays there, the whole stands at the end of the chapter."""

from __future__ import annotations

from typing import Any

from kit.text.pandoc import Tree, div, plain, rewrite, words

#: Letters in a line of a note; the lines from which a note is cut to its first pieces of evidence, so that a page holds
#: more text than notes; and those from which it is cut though it has no more pieces than these.
_LETTERS, _LINES, _MOST = 115, 9, 25
_KEPT = 2
_TITLE = "Evidence in full"
#: The class of what is set in smaller letters, and of the heading that holds a note's number.
FINE, NUMBERED = "fine", "note-number"


def with_long_notes(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each long note cut to its beginning, and a section before the sources that holds it whole.

    The cut note says how many pieces of evidence there are, and leads to them; there it bears its number.
    """
    whole: list[Tree] = []
    count = 0

    def cut(kind: str, note: Any) -> list[Tree] | None:
        nonlocal count
        if kind != "Note":
            return None
        count += 1
        if lines(note) <= (_LINES if len(_pieces(note)) > _KEPT else _MOST):
            return None
        name = f"evidence-{count}"
        title = {"t": "Header", "c": [3, [name, [NUMBERED], []], words(f"Note {count}")]}
        whole.extend([title, div("", [FINE], note)])
        return [{"t": "Note", "c": _beginning(note, name)}]

    shortened = rewrite(blocks, cut)
    if not whole:
        return shortened
    section = [{"t": "Header", "c": [2, ["evidence", [], []], words(_TITLE)]}, *whole]
    at = next((n for n, block in enumerate(shortened) if _is_sources(block)), len(shortened))
    return [*shortened[:at], *section, *shortened[at:]]


def lines(note: list[Tree]) -> int:
    """How many lines the note takes, roughly."""
    counted = 0
    for block in note:
        items = [item[0] for item in block["c"]] if block["t"] == "BulletList" else [block]
        counted += sum(
            -(-len(plain(item["c"])) // _LETTERS) for item in items if item["t"] in ("Para", "Plain")
        )
    return counted


def _pieces(note: list[Tree]) -> list[Any]:
    return [item for block in note if block["t"] == "BulletList" for item in block["c"]]


def _beginning(note: list[Tree], name: str) -> list[Tree]:
    """The note up to its first pieces of evidence, and where it is whole."""
    listed = _pieces(note)
    at = next((n for n, block in enumerate(note) if block["t"] == "BulletList"), 0)
    kept = [*note[:at], {"t": "BulletList", "c": note[at]["c"][:_KEPT]}] if listed else []
    said = f"The first {_KEPT} of {len(listed)} pieces of evidence; all of them are under"
    more = {"t": "Link", "c": [["", [], []], words(_TITLE), [f"#{name}", ""]]}
    told = words(said if listed else "This note is long; it stands under")
    return [*kept, {"t": "Para", "c": [*told, {"t": "Space"}, more, {"t": "Str", "c": "."}]}]


def _is_sources(block: Tree) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == "sources"
