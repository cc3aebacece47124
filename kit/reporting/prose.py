"""Prose whose marks have become notes and numbers."""

from __future__ import annotations

import re
from typing import Any

from kit.evidence.marks import NUMBER, cited
from kit.evidence.numbers import Record
from kit.pandoc import Tree, rewrite, tighten, words
from kit.reporting.notes import Notes

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Prose:
    """Turns the prose of one chapter, cell by cell; a mark that was explained before points back to that note.

    ``marks`` are the ids marked so far in order, ``sources`` the sources that their notes cite.
    """

    def __init__(self, notes: Notes, computed: dict[str, Record]) -> None:
        self.notes, self.computed = notes, computed
        self.first: dict[str, int] = {}
        self.count = 0
        self.sources: set[str] = set()

    @property
    def marks(self) -> tuple[str, ...]:
        """The ids marked so far, each once, in order."""
        return tuple(self.first)

    def with_notes(self, blocks: list[Tree]) -> list[Tree]:
        """The blocks with a Note for each mark and a Span for each number that a cell computed."""
        return tighten(rewrite(blocks, self._change))

    def _change(self, kind: str, content: Any) -> Any:
        if kind == "Cite":
            targets = cited(content)
            return [note for target in targets for note in self._note(target)] if targets else content[1]
        if kind == "Link" and content[2][0].startswith(NUMBER):
            found = self.computed[content[2][0].removeprefix(NUMBER)]
            told = f"computed: {found.value:,.12g} {found.unit}; of {found.base}"
            return [{"t": "Span", "c": [["", ["number"], [["title", told]]], content[1]]}]
        if kind == "Link" and not _is_harmless(content[2][0]):
            return content[1]
        return None

    def _note(self, identity: str) -> list[Tree]:
        self.count += 1
        if identity in self.first:
            again = words(f"See note {self.first[identity]}.")
            return [{"t": "Note", "c": [{"t": "Para", "c": again}]}]
        self.first[identity] = self.count
        self.sources.update(self.notes.sources_of(identity))
        return [{"t": "Note", "c": self.notes.note(identity)}]


def _is_harmless(target: str) -> bool:
    """Whether a link only leads somewhere: to a page, an address for mail, or a place in the case.

    >>> [_is_harmless(to) for to in ("https://post.example", "#part", "java\\tscript:alert(1)", "data:text/html,x")]
    [True, True, False, False]
    """
    # A browser drops blanks and control characters before it reads the scheme.
    scheme = _SCHEME.match("".join(c for c in target if c > " "))
    return not scheme or scheme[1].lower() in ("http", "https", "mailto")
