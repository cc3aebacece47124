"""A chapter without its folded prose, whose notes count on without those that went with it."""

from __future__ import annotations

from typing import Any

from kit.reporting.document.document import Chapter
from kit.reporting.document.notes import Notes
from kit.reporting.document.prose import points_to, see_note
from kit.text.pandoc import Tree, rewrite


def renumbered(chapter: Chapter, notes: Notes) -> list[Tree]:
    """The chapter's blocks without folded prose.

    A note that points back names the number that the other has then; where that one stood in folded prose, the note
    explains the mark itself.
    """
    if not any(_is_folded(block) for block in chapter.blocks):
        return chapter.blocks
    counts = {"all": 0, "kept": 0}
    first: dict[str, int] = {}
    explained: dict[int, list[str]] = {}
    for identity, number in chapter.marks.items():
        explained.setdefault(number, []).append(identity)

    def back(block: Tree) -> list[Tree]:
        identity = points_to(block)
        if not identity:
            return [block]
        if identity in first:
            return [see_note(identity, first[identity])]
        first[identity] = counts["kept"]
        return notes.note(identity)

    def change(kind: str, content: Any) -> list[Tree] | None:
        if kind != "Note":
            return None
        counts["all"] += 1
        counts["kept"] += 1
        first.update(dict.fromkeys(explained.get(counts["all"], ()), counts["kept"]))
        return [{"t": "Note", "c": [new for block in content for new in back(block)]}]

    kept: list[Tree] = []
    for block in chapter.blocks:
        if _is_folded(block):
            counts["all"] += _notes_in(block)
        else:
            kept += rewrite([block], change)
    return kept


def _is_folded(block: Tree) -> bool:
    return block["t"] == "Div" and "folded" in block["c"][0][1] and "cell" not in block["c"][0][1]


def _notes_in(block: Tree) -> int:
    kinds: list[str] = []
    rewrite([block], lambda kind, _: kinds.append(kind))
    return kinds.count("Note")
