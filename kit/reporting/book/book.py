"""An edition of a case as what every format prints: chapters of prose, notes, numbers, charts and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

import pandas as pd

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.evidence.prose.document import Document
from kit.reporting.book.captures import captured_words
from kit.reporting.book.chapter import Chapter, ChapterMaker, tags_of
from kit.reporting.book.editions import EDITIONS, PUBLIC
from kit.reporting.book.notes import Notes
from kit.reporting.book.publication import PublicCase
from kit.reporting.findings.sureness import Sureness

T = TypeVar("T")


@dataclass(frozen=True)
class Book:
    """An edition of a case: its chapters in order, and the notes that explain their marks.

    ``warnings`` gathers what a writer could not print as it stands and printed otherwise. ``documents`` are the
    notebooks it was made of, as the edition shows them, by name, and ``saved`` all notebooks as their files have them;
    ``findings`` are the gate's, a row each; ``risk`` is what `kit.evidence.checks.risk.risks` gives, and ``None`` in an
    edition that must not tell it.
    """

    case: Case
    edition: str
    chapters: list[Chapter]
    notes: Notes
    sureness: Sureness
    documents: dict[str, Document] = field(default_factory=dict)
    saved: dict[str, Document] = field(default_factory=dict)
    findings: pd.DataFrame = field(default_factory=pd.DataFrame)
    risk: pd.DataFrame | None = None
    warnings: list[Problem] = field(default_factory=list)
    views: dict[Callable[..., Any], _View] = field(default_factory=dict, repr=False)


@dataclass
class _View:
    """What several formats make of a book, and the lock under which the first of them makes it."""

    lock: Any = field(default_factory=Lock)
    made: list[Any] = field(default_factory=list)


def once(make: Callable[[Book], T]) -> Callable[[Book], T]:
    """``make`` as a function that works a book out once and hands the same out ever after, formats side by side too.

    >>> from types import SimpleNamespace
    >>> made = once(lambda book: [book.edition])
    >>> book = SimpleNamespace(edition="public", views={})
    >>> made(book) is made(book)
    True
    """

    @wraps(make)
    def made(book: Book) -> T:
        view = book.views.setdefault(make, _View())
        with view.lock:
            if not view.made:
                view.made.append(make(book))
            return view.made[0]

    return made


def make_book(case: Case, done: Iterable[Document], edition: str = PUBLIC) -> Book:
    """The edition of the executed notebooks ``done``; a mark that names nothing is printed as words that say so.

    An edition that there is not raises `KitError`; pictures that cannot be printed raise `Problems` with all of them.
    """
    if edition not in EDITIONS:
        raise KitError("edition", f"there is none called {edition!r}", f"choose {', '.join(EDITIONS)}")
    whole, case = case, PublicCase(case) if edition == PUBLIC else case
    sureness = Sureness(case, whole)
    done = list(done)
    shown = [reduced(document, edition) for document in done]
    found = {mark.target for one in shown for mark in one.marks if mark.kind == "cite"}
    marked = sorted(found & case.citable.keys())
    desk = edition != PUBLIC
    # Whole pages are other people's: what the public reads leads to them and does not repeat them.
    rows = case.table("evidence")
    evidence = set(rows.loc[rows["record"].isin(marked), "id"])
    notes = Notes(case, marked, captured_words(case, evidence) if desk else [], desk=desk)
    # A number may come from a cell that this edition does not show.
    makers = [
        ChapterMaker(document, full.records, notes, case.path, sureness)
        for document, full in zip(shown, done, strict=True)
    ]
    chapters = [maker.chapter() for maker in makers]
    if wrong := {
        f"notebooks/{maker.document.path.name}": maker.problems for maker in makers if maker.problems
    }:
        raise Problems(wrong)
    return Book(case, edition, chapters, notes, sureness, {document.name: document for document in shown})


def reduced(document: Document, edition: str) -> Document:
    """The notebook without the cells that the edition leaves out, the others keeping their numbers.

    A cell tagged ``remove-cell`` is in no edition, one tagged ``internal`` not in the public one.

    >>> cells = [{"cell_type": "raw", "metadata": {"tags": ["internal"]}, "source": "x"}]
    >>> document = Document({"cells": cells})
    >>> [reduced(document, edition).notebook["cells"][0]["source"] for edition in ("public", "legal")]
    ['', 'x']
    """
    gone = {"remove-cell", *(["internal"] if edition == PUBLIC else [])}
    cells = document.notebook["cells"]
    return document.without({number for number, cell in enumerate(cells, start=1) if tags_of(cell) & gone})
