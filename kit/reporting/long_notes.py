"""Notes too long for the foot of a page: their beginning stays there, the whole stands at the end of the chapter."""

from __future__ import annotations

from typing import Any

from kit.pandoc import Tree, div, plain, rewrite, words

#: Letters in a line of a note, and the lines that the foot of a page holds.
_LETTERS, _LINES = 115, 18
_KEPT = 3
_TITLE = "Evidence in full"
#: The class of what is set in smaller letters.
FINE = "fine"


def with_long_notes(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each long note cut to its first items, and a section before the sources that holds it whole.

    The cut note says how many pieces of evidence there are, and leads to them.
    """
    whole: list[Tree] = []

    def cut(kind: str, note: Any) -> list[Tree] | None:
        if kind != "Note" or lines(note) <= _LINES:
            return None
        name = f"evidence-{sum(block['t'] == 'Header' for block in whole) + 1}"
        head, rest = note[0], note[1:]
        title = {"t": "Header", "c": [3, [name, [], []], head["c"]]}
        whole.extend([title, div("", [FINE], rest)])
        return [{"t": "Note", "c": [head, *_beginning(rest, name)]}]

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


def _beginning(rest: list[Tree], name: str) -> list[Tree]:
    listed: list[Any] = next((block["c"] for block in rest if block["t"] == "BulletList"), [])
    more = {"t": "Link", "c": [["", [], []], words(_TITLE), [f"#{name}", ""]]}
    said = words(f"The first {_KEPT} of {len(listed)} pieces of evidence; all of them are under")
    told = {"t": "Para", "c": [*said, {"t": "Space"}, more, {"t": "Str", "c": "."}]}
    return [{"t": "BulletList", "c": listed[:_KEPT]}, told] if listed else [told]


def _is_sources(block: Tree) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == "sources"
