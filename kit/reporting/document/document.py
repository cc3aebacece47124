"""An executed notebook as what every format prints: prose, notes, numbers, charts and tables, in no format yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import pandas as pd

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.evidence.prose.document import Document
from kit.evidence.prose.records import RECORD_MIMETYPE, RecordedNumber
from kit.reporting.document.captured_page import captured_words
from kit.reporting.document.figures import Picture, filed_picture, shown_picture
from kit.reporting.document.formats import EDITIONS
from kit.reporting.document.notes import Notes
from kit.reporting.document.prose import Prose
from kit.reporting.document.tables import read_html
from kit.sources.bibliography.formatting import bibliography
from kit.text.pandoc import Tree, div, plain, rewrite, words

T = TypeVar("T")


@dataclass(frozen=True)
class Chapter:
    """A notebook, or a chapter that the kit writes itself, made ready to print.

    ``blocks`` is a tree as pandoc's: prose with a Note for each mark and a Span (class ``number``) for each computed
    number; a code cell as a Div (class ``cell``, id ``cell-N``) that holds a Div ``code`` and a Div ``output`` for
    each thing put out (also of class ``chart``, ``table`` or ``text``); last, the sources. What a reader has to
    unfold has the class ``folded``. A picture is a Figure whose Image names a key of ``pictures``.
    ``contents`` are the ids and texts of its sections, ``marks`` the ids marked in it, in order, each with the number of
    the note that explains it, ``sources`` those it cites.
    """

    name: str
    title: str
    answer: str
    contents: tuple[tuple[str, str], ...]
    blocks: list[Tree]
    pictures: dict[str, Picture]
    marks: dict[str, int]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """An edition of a case: its chapters in order, and the notes that explain their marks.

    ``warnings`` gathers what a writer could not print as it stands and printed otherwise. ``documents`` are the
    notebooks it was made of, as the edition shows them, by name, and ``saved`` all notebooks as their files have them; ``findings`` are the gate's, a row each; ``risk`` is what
    `kit.evidence.checks.risk.risks` gives, and ``None`` in an edition that must not tell it.
    """

    case: Case
    edition: str
    chapters: list[Chapter]
    notes: Notes
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


def make_book(case: Case, done: Iterable[Document], edition: str = "public") -> Book:
    """The edition of the executed notebooks ``done``; a mark that names nothing is printed as words that say so.

    An edition that there is not raises `KitError`; pictures that cannot be printed raise `Problems` with all of them.
    """
    if edition not in EDITIONS:
        raise KitError("edition", f"there is none called {edition!r}", f"choose {', '.join(EDITIONS)}")
    done = list(done)
    shown = [reduced(document, edition) for document in done]
    known = case.citable
    found = {mark.target for one in shown for mark in one.marks if mark.kind == "cite"} & known.keys()
    # Whole pages are other people's: what the public reads leads to them and does not repeat them.
    captures = captured_words(case, _evidence_of(case, found)) if edition != "public" else []
    notes = Notes(case, sorted(found), captures, desk=edition != "public")
    # A number may come from a cell that this edition does not show.
    computed = {document.name: document.records for document in done}
    makers = [_Maker(document, computed[document.name], notes, case.path) for document in shown]
    chapters = [maker.chapter() for maker in makers]
    if wrong := {
        f"notebooks/{maker.document.path.name}": maker.problems for maker in makers if maker.problems
    }:
        raise Problems(wrong)
    return Book(case, edition, chapters, notes, {document.name: document for document in shown})


def _evidence_of(case: Case, facts: set[str]) -> set[str]:
    return set(case.table("evidence").loc[case.table("evidence")["record"].isin(facts), "id"])


def reduced(document: Document, edition: str) -> Document:
    """The notebook without the cells that the edition leaves out, the others keeping their numbers.

    A cell tagged ``remove-cell`` is in no edition, one tagged ``internal`` not in the public one.

    >>> cells = [{"cell_type": "raw", "metadata": {"tags": ["internal"]}, "source": "x"}]
    >>> document = Document({"cells": cells})
    >>> [reduced(document, edition).notebook["cells"][0]["source"] for edition in ("public", "legal")]
    ['', 'x']
    """
    gone = {"remove-cell", *(["internal"] if edition == "public" else [])}
    cells = document.notebook["cells"]
    return document.without({number for number, cell in enumerate(cells, start=1) if _tags(cell) & gone})


def _tags(cell: Tree) -> set[str]:
    return {str(tag).replace("_", "-") for tag in cell.get("metadata", {}).get("tags", ())}


@dataclass
class _Maker:
    """Makes the chapter of one notebook, and collects what is wrong with its pictures."""

    document: Document
    computed: dict[str, RecordedNumber]
    notes: Notes
    root: Path
    pictures: dict[str, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def chapter(self) -> Chapter:
        prose = Prose(self.notes, self.computed)
        cells = self.document.notebook["cells"]
        written = self.document.prose
        self.html = iter(read_html([html for cell in cells for html in _html_of(cell)]))
        blocks: list[Tree] = []
        for number, cell in enumerate(cells, start=1):
            if number in written:
                said = rewrite(prose.with_notes(written[number]), self._filed(number))
                blocks += [div(f"cell-{number}", ["folded"], said)] if "hide-cell" in _tags(cell) else said
            elif cell["cell_type"] == "code":
                blocks += self._code(number, cell)
        headers = [block["c"] for block in blocks if block["t"] == "Header"]
        title = next((plain(c[2]) for c in headers if c[0] == 1), self.document.name)
        contents = [(c[1][0], plain(c[2])) for c in headers if c[0] == 2]
        answer = next((plain(block["c"]) for block in blocks if block["t"] == "Para"), "")
        if prose.sources:
            listed = bibliography(
                self.notes.sources.loc[sorted(prose.sources)],
                style=self.notes.style,
                language=self.notes.language,
            )
            blocks += [{"t": "Header", "c": [2, ["sources", [], []], words("Sources")]}, *listed]
            contents.append(("sources", "Sources"))
        return Chapter(
            self.document.name,
            title,
            answer,
            tuple(contents),
            blocks,
            self.pictures,
            prose.first,
            tuple(sorted(prose.sources)),
        )

    def _code(self, number: int, cell: Tree) -> list[Tree]:
        tags = _tags(cell)
        inside = []
        if "remove-input" not in tags:
            source = {"t": "CodeBlock", "c": [["", ["python"], []], "".join(cell["source"])]}
            inside.append(div("", ["code", "folded"], [source]))
        folded = ["folded"] if tags & {"hide-output", "hide-cell"} else []
        for output in cell.get("outputs", ()):
            kind, blocks = self._output(number, output)
            if blocks and "remove-output" not in tags:
                inside.append(div("", ["output", kind, *folded], blocks))
        return [div(f"cell-{number}", ["cell"], inside)] if inside else []

    def _output(self, number: int, output: Tree) -> tuple[str, list[Tree]]:
        if output["output_type"] == "stream":
            return "text", _literal("".join(output["text"]))
        data = output.get("data", {})
        if RECORD_MIMETYPE in data:
            return "number", []
        try:
            picture = shown_picture(f"figure-{len(self.pictures) + 1}", output)
        except KitError as error:
            self.problems.append(Problem(f"cell {number}", f"{error.place} {error.value}", error.remedy))
            return "chart", []
        if picture:
            self.pictures[picture.key] = picture
            return "chart", [_figure(picture)]
        if "text/html" in data:
            return "table", next(self.html)
        return "text", _literal("".join(data.get("text/plain", output.get("evalue", ""))))

    def _filed(self, number: int):
        """What turns the pictures that prose names into figures of this chapter."""

        def change(kind: str, content: Any) -> list[Tree] | None:
            if kind == "Image":
                return [self._image(number, content)]
            return None

        return change

    def _image(self, number: int, content: Any) -> Tree:
        key = f"figure-{len(self.pictures) + 1}"
        try:
            target, alt = content[2][0], plain(content[1])
            picture = filed_picture(key, target, alt, self.document.path.parent, self.root)
        except KitError as error:
            self.problems.append(Problem(f"cell {number}", f"{error.place} {error.value}", error.remedy))
            return {"t": "Str", "c": ""}
        self.pictures[key] = picture
        return _image_of(picture)


def _html_of(cell: Tree) -> list[str]:
    """What a cell put out as HTML and nothing that is shown rather than it."""
    bundles = [output.get("data", {}) for output in cell.get("outputs", ())]
    pictures = ("image/svg+xml", "image/png", "image/jpeg", RECORD_MIMETYPE)
    return [
        "".join(b["text/html"]) for b in bundles if "text/html" in b and not any(p in b for p in pictures)
    ]


def _literal(text: str) -> list[Tree]:
    return [{"t": "CodeBlock", "c": [["", [], []], text.rstrip("\n")]}] if text.strip() else []


def _figure(picture: Picture) -> Tree:
    caption = [{"t": "Plain", "c": words(picture.headline)}] if picture.headline else []
    shown = {"t": "Plain", "c": [_image_of(picture)]}
    return {"t": "Figure", "c": [[picture.key, [], []], [None, caption], [shown]]}


def _image_of(picture: Picture) -> Tree:
    return {"t": "Image", "c": [["", [], []], words(picture.alt), [picture.key, ""]]}
