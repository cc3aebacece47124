"""Prose whose marks have become notes and numbers."""

from __future__ import annotations

import re
from typing import Any

from kit.evidence.prose.marks import NUMBER, cited_ids
from kit.evidence.prose.records import RecordedNumber
from kit.reporting.document.notes import Notes
from kit.text.pandoc import Tree, rewrite, tighten, words

#: The class of the words that lead back to an earlier note; their attribute ``mark`` is the id explained there.
AGAIN = "again"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Prose:
    """Turns the prose of one chapter, cell by cell; a mark that was explained before points back to that note.

    Footnotes that the author wrote count among the notes, and one with marks in it is followed by their notes.
    ``first`` has the ids marked so far, in order, each with the number of the note that explains it; ``sources`` are
    the sources that these notes cite.
    """

    def __init__(self, notes: Notes, computed: dict[str, RecordedNumber]) -> None:
        self.notes, self.computed = notes, computed
        self.first: dict[str, int] = {}
        self.count = 0
        self.sources: set[str] = set()

    def with_notes(self, blocks: list[Tree]) -> list[Tree]:
        """The blocks with a Note for each mark and a Span for each number that a cell computed."""
        return tighten(rewrite(blocks, self._change))

    def _change(self, kind: str, content: Any) -> Any:
        if kind == "Cite":
            known, unknown = self._sorted(content)
            return [*map(self._note, known), *unknown] if known or unknown else content[1]
        if kind == "Note":
            return [self._written(content)]
        if kind == "Link" and content[2][0].startswith(NUMBER):
            name = content[2][0].removeprefix(NUMBER)
            if (found := self.computed.get(name)) is None:
                return [*content[1], {"t": "Space"}, _said_wrong(f"(no cell recorded {name})")]
            told = f"computed: {found.value:,.12g} {found.unit}; of {found.base}"
            return [{"t": "Span", "c": [["", ["number"], [["title", told]]], content[1]]}]
        if kind == "Link" and not _is_harmless(content[2][0]):
            return content[1]
        return None

    def _sorted(self, citation: list[Any]) -> tuple[list[str], list[Tree]]:
        """The ids that a citation names, and words that say which of them name nothing."""
        targets = cited_ids(citation)
        known = [target for target in targets if target in self.notes.tables]
        lost = ", ".join(target for target in targets if target not in known)
        wrong = [_said_wrong(f"(nothing is called {lost})")] if lost else []
        return known, [{"t": "Space"}, *wrong] if known and wrong else wrong

    def _note(self, identity: str) -> Tree:
        self.count += 1
        return {"t": "Note", "c": self._explained(identity)}

    def _explained(self, identity: str) -> list[Tree]:
        if identity in self.first:
            return [see_note(identity, self.first[identity])]
        self.first[identity] = self.count
        self.sources.update(self.notes.sources_of(identity))
        return self.notes.note(identity)

    def _written(self, note: list[Tree]) -> Tree:
        """The author's own note; a note within it would have no place, so what its marks lead to follows its words."""
        self.count += 1
        marked: dict[str, None] = {}

        def take_out(kind: str, content: Any) -> Any:
            if kind == "Cite" and cited_ids(content):
                known, unknown = self._sorted(content)
                marked.update(dict.fromkeys(known))
                return unknown or [_TAKEN_OUT]
            return None

        said = rewrite(tighten(rewrite(note, take_out)), lambda kind, _: [] if kind == "Note" else None)
        return {"t": "Note", "c": [*said, *(block for id in marked for block in self._explained(id))]}


#: Where a mark stood in an author's note, until the space before it is gone.
_TAKEN_OUT: Tree = {"t": "Note", "c": []}


def _said_wrong(text: str) -> Tree:
    return {"t": "Strong", "c": words(text)}


def see_note(identity: str, number: int) -> Tree:
    """The paragraph that leads back to the note in which a mark was explained."""
    again = ["", [AGAIN], [["mark", identity]]]
    return {"t": "Para", "c": [{"t": "Span", "c": [again, words(f"See note {number}.")]}]}


def points_to(block: Tree) -> str:
    """The id whose note the block leads back to; '' for any other block.

    >>> points_to(see_note("raid-harbour", 2))
    'raid-harbour'
    """
    span: Tree = block["c"][0] if block["t"] == "Para" and block["c"] else {"t": ""}
    if span["t"] != "Span" or AGAIN not in span["c"][0][1]:
        return ""
    return next(value for name, value in span["c"][0][2] if name == "mark")


def _is_harmless(target: str) -> bool:
    """Whether a link only leads somewhere: to a page, an address for mail, or a place in the case.

    >>> [_is_harmless(to) for to in ("https://post.example", "#part", "java\\tscript:alert(1)", "data:text/html,x")]
    [True, True, False, False]
    """
    # A browser drops blanks and control characters before it reads the scheme.
    scheme = _SCHEME.match("".join(c for c in target if c > " "))
    return not scheme or scheme[1].lower() in ("http", "https", "mailto")
