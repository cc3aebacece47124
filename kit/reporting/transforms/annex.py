"""What proves a report on paper, told once: a note at the foot of a page is two lines, and an annex has the rest by fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kit.reporting.book.book import Book
from kit.reporting.book.chapter import Chapter
from kit.reporting.book.note_numbers import full_note_heading
from kit.text.pandoc import (
    Tree,
    attributes_of,
    div,
    hyperlink,
    inlines,
    note,
    para,
    rewrite,
    section_heading,
    string,
    stringify,
    strong,
)
from kit.text.translations.phrases import IN_ENGLISH, Phrases

#: The chapter that lists the evidence; a link there begins with it from everywhere.
ANNEX = "annex"
#: The class of what is set in smaller letters.
FINE = "fine"
_TITLE = "The evidence, fact by fact"
_FULL = "Long notes in full"
#: Letters in a line of a note, and the lines from which an author's own note is too long for the foot of a page.
_LETTERS, _LINES = 115, 25


class Annex:
    """The facts that a book cites, in the order in which it first does, each with a number, ``E1`` and so on."""

    def __init__(self, book: Book) -> None:
        self.notes = book.notes
        self.numbers: dict[str, int] = {}

    def brief(self, identity: str) -> list[Tree]:
        """The note of a mark on paper: a source in full; a fact, who says so first, and where the rest stands."""
        if self.notes.tables[identity] == "sources" or identity not in self.notes.evidence:
            return self.notes.note(identity)
        number = self.numbers.setdefault(identity, len(self.numbers) + 1)
        link = hyperlink(self.notes.say("Evidence E{number}", number=number), f"{ANNEX}:{identity}")
        return [para([*self.notes.brief(identity), string(" "), link, string(".")])]

    def chapter(self, chapters: Iterable[Chapter]) -> tuple[Chapter, list[Tree]]:
        """The annex itself: each fact with its evidence, and then every source of the ``chapters`` in full, once."""
        say = self.notes.say
        blocks = [section_heading(1, say(_TITLE), ANNEX)]
        words = say(
            "Each fact that a note names, with every passage that bears on it and what became of the passage. "
            "The sources stand in full behind them."
        )
        blocks.append(para(inlines(words)))
        for identity, number in self.numbers.items():
            head, *rest = self.notes.note(identity, short=True)
            numbered = para([strong(f"E{number}"), string("  "), *head["c"]])
            blocks.append(div([numbered, *rest], identity, [FINE]))
        entries: dict[str, Tree] = {}
        for chapter in chapters:
            entries |= {attributes_of(entry)[0]: entry for entry in _listed(chapter.blocks)}
        if entries:
            ordered = sorted(entries.values(), key=lambda entry: stringify([entry]).casefold())
            blocks += [section_heading(2, say("Sources"), "sources"), *ordered]
        contents = (("sources", say("Sources")),) if entries else ()
        return Chapter(ANNEX, say(_TITLE), words, contents, blocks), blocks


def without_sources(blocks: list[Tree]) -> list[Tree]:
    """The blocks of a chapter without the list of its sources, which closes it."""
    at = next((n for n, block in enumerate(blocks) if _is_sources(block)), len(blocks))
    return blocks[:at]


def _listed(blocks: list[Tree]) -> list[Tree]:
    at = next((n for n, block in enumerate(blocks) if _is_sources(block)), len(blocks))
    found: list[Tree] = []
    for block in blocks[at + 1 :]:
        inner = block["c"][1] if block["t"] == "Div" else []
        entries = [each for each in inner if each["t"] == "Div" and attributes_of(each)[0]]
        found += entries or ([block] if block["t"] == "Div" else [])
    return found


def _is_sources(block: Tree) -> bool:
    return block["t"] == "Header" and block["c"][1][0] == "sources"


def with_long_notes(blocks: list[Tree], say: Phrases = IN_ENGLISH) -> list[Tree]:
    """The blocks with each note too long for a page's foot replaced by where it stands: in a section at their end.

    There it bears its number.
    """
    whole: list[Tree] = []
    count = 0

    def cut(kind: str, content: Any) -> list[Tree] | None:
        nonlocal count
        if kind != "Note":
            return None
        count += 1
        if note_lines(content) <= _LINES:
            return None
        name = f"note-{count}"
        whole.extend([full_note_heading(count, name, say), div(content, classes=[FINE])])
        where = [
            *inlines(f"{say('This note is long; it stands under')} "),
            hyperlink(say(_FULL), f"#{name}"),
            string("."),
        ]
        return [note([para(where)])]

    shortened = rewrite(blocks, cut)
    return [*shortened, section_heading(2, say(_FULL), "long-notes"), *whole] if whole else shortened


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
