"""A notebook as a chapter: its prose with notes and numbers in place of marks, its outputs as pictures, tables and text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kit.errors import KitError, Problem
from kit.evidence.prose.document import Document, tags_of
from kit.evidence.prose.marks import NUMBER, cited_ids
from kit.evidence.prose.records import RECORD_MIMETYPE, RecordedNumber
from kit.reporting.book.figures import Picture, attached_picture, filed_picture, shown_picture
from kit.reporting.book.note_numbers import mark_block, with_numbers
from kit.reporting.book.notes import Notes
from kit.reporting.book.outputs import Outputs
from kit.reporting.findings.sureness import FRONT, Sureness
from kit.sources.bibliography.formatting import bibliography
from kit.text.pandoc import (
    BLANK,
    Tree,
    captioned,
    code_block,
    div,
    emph,
    image,
    note,
    rewrite,
    section_heading,
    span,
    string,
    stringify,
    strong,
    tighten,
    without,
)

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


@dataclass(frozen=True)
class Chapter:
    """A notebook, or a chapter that the kit writes itself, made ready to print.

    ``blocks`` is a tree as pandoc's: prose with a Note for each mark, which `note_numbers.with_numbers` fills, and a Span
    (class ``number``) for each computed number; a code cell as a Div (class ``cell``, id ``cell-N``) that holds a Div
    ``code`` and a Div ``output`` for each thing put out (also of class ``chart``, ``table``, ``prose`` or ``text``); last, the
    sources. What a reader has to unfold has the class ``folded``. A picture is a Figure whose Image names a key of
    ``pictures``. ``contents`` are the ids and texts of its sections, ``marks`` the ids marked in it, in order, each with
    the number of the note that explains it where the whole chapter is shown, ``sources`` those it cites.
    """

    name: str
    title: str
    answer: str
    contents: tuple[tuple[str, str], ...]
    blocks: list[Tree]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    marks: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass
class ChapterMaker:
    """Makes the chapter of one notebook, and collects what is wrong with its pictures in ``problems``.

    Pictures that prose names lie beside the notebook, within the folder ``root``.
    """

    document: Document
    computed: Mapping[str, RecordedNumber]
    notes: Notes
    root: Path
    sureness: Sureness
    pictures: dict[str, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def chapter(self) -> Chapter:
        """The chapter; call it once."""
        cells, prose = self.document.notebook["cells"], self.document.prose
        self.outputs = Outputs(cells)
        blocks: list[Tree] = []
        for number, cell in enumerate(cells, start=1):
            if number in prose:
                found = prose[number]
                if FRONT in tags_of(cell):
                    found = self.sureness.signed(found, self.notes.say)
                blocks_here = rewrite(
                    with_notes(found, self.computed, self.notes.tables), self._filed(number)
                )
                folded = "hide-cell" in tags_of(cell)
                blocks += [div(blocks_here, f"cell-{number}", ["folded"])] if folded else blocks_here
            elif cell["cell_type"] == "code":
                blocks += self._code(number, cell)
        headers = [block["c"] for block in blocks if block["t"] == "Header"]
        contents = [(c[1][0], stringify(c[2])) for c in headers if c[0] == 2]
        _, marks = with_numbers(blocks, self.notes.note, self.notes.say)
        sources = sorted({source for identity in marks for source in self.notes.sources_of(identity)})
        if sources:
            chosen = self.notes.sources.loc[sources]
            listed = bibliography(chosen, style=self.notes.style, language=self.notes.language)
            blocks += [section_heading(2, self.notes.say("Sources"), "sources"), *listed]
            contents.append(("sources", self.notes.say("Sources")))
        return Chapter(
            self.document.name,
            next((stringify(c[2]) for c in headers if c[0] == 1), self.document.name),
            next((stringify(block["c"]) for block in blocks if block["t"] == "Para"), ""),
            tuple(contents),
            blocks,
            self.pictures,
            marks,
            tuple(sources),
        )

    def _code(self, number: int, cell: Tree) -> list[Tree]:
        tags = tags_of(cell)
        inside = []
        if "remove-input" not in tags:
            inside.append(div([code_block("".join(cell["source"]), ["python"])], classes=["code", "folded"]))
        folded = ["folded"] if tags & {"hide-output", "hide-cell"} else []
        for output in cell.get("outputs", ()):
            kind, blocks = self._output(number, output)
            if blocks and "remove-output" not in tags:
                inside.append(div(blocks, classes=["output", kind, *folded]))
        return [div(inside, f"cell-{number}", ["cell"])] if inside else []

    def _output(self, number: int, output: Tree) -> tuple[str, list[Tree]]:
        data = output.get("data", {})
        if RECORD_MIMETYPE in data:
            return "number", []
        try:
            if (picture := shown_picture(self._key(), output)) is None:
                kind, blocks = self.outputs.blocks(output)
                return kind, rewrite(blocks, self._filed(number))
        except KitError as error:
            self._wrong(number, error)
            return "chart", []
        self.pictures[picture.key] = picture
        return "chart", [
            captioned([{"t": "Plain", "c": [image(picture.alt, picture.key)]}], picture.headline, picture.key)
        ]

    def _filed(self, number: int):
        """What turns the pictures that prose names into pictures of this chapter, each with its title below it."""
        attached = self.document.notebook["cells"][number - 1].get("attachments", {})

        def change(kind: str, content: Any) -> list[Tree] | Tree | None:
            if kind != "Image":
                return None
            (target, title), alt = content[2], stringify(content[1])
            # So pandoc names what is attached to a cell.
            name = unquote(target.removeprefix(f"cell-{number}-"))
            try:
                if name in attached and name != target:
                    picture = attached_picture(self._key(), name, attached[name], alt)
                else:
                    picture = filed_picture(self._key(), target, alt, self.document.path.parent, self.root)
            except KitError as error:
                self._wrong(number, error)
                return string("")
            self.pictures[picture.key] = picture
            shown = image(picture.alt, picture.key)
            return [shown, {"t": "LineBreak"}, emph(title)] if title.strip() else shown

        return change

    def _key(self) -> str:
        return f"figure-{len(self.pictures) + 1}"

    def _wrong(self, cell: int, error: KitError) -> None:
        self.problems.append(Problem(f"cell {cell}", f"{error.place} {error.value}", error.remedy))


def with_notes(
    blocks: list[Tree], computed: Mapping[str, RecordedNumber], citable: Collection[str]
) -> list[Tree]:
    """The blocks with a Note for each mark, and a Span for each number that a cell ``computed``.

    A mark that names nothing ``citable``, or no number, becomes words that say so. Footnotes that the author wrote count
    among the notes; one with marks in it is followed by what they lead to. A link that does more than lead somewhere
    becomes its text.
    """

    def change(kind: str, content: Any) -> Any:
        if kind == "Cite":
            known, unknown = _targets(content, citable)
            return [*(note([mark_block(id)]) for id in known), *unknown] if known or unknown else content[1]
        if kind == "Note":
            return [_written(content, citable)]
        if kind == "Link" and content[2][0].startswith(NUMBER):
            name = content[2][0].removeprefix(NUMBER)
            if (found := computed.get(name)) is None:
                return [*content[1], BLANK, strong(f"(no cell recorded {name})")]
            message = f"computed: {found.value:,.12g} {found.unit}; of {found.base}"
            return [span(content[1], classes=["number"], title=message)]
        if kind == "Link" and not _is_harmless(content[2][0]):
            return content[1]
        return None

    return tighten(rewrite(blocks, change))


def _targets(citation: list[Any], citable: Collection[str]) -> tuple[list[str], list[Tree]]:
    """The ids that a citation names, and words that say which of them name nothing."""
    named = cited_ids(citation)
    known = [target for target in named if target in citable]
    lost = ", ".join(target for target in named if target not in citable)
    wrong = [strong(f"(nothing is called {lost})")] if lost else []
    return known, [BLANK, *wrong] if known and wrong else wrong


def _written(blocks: list[Tree], citable: Collection[str]) -> Tree:
    """The author's own note; a note within it would have no place, so what its marks lead to follows its words."""
    marked: dict[str, None] = {}

    def take_out(kind: str, content: Any) -> Any:
        if kind != "Cite" or not cited_ids(content):
            return None
        known, unknown = _targets(content, citable)
        marked.update(dict.fromkeys(known))
        # An empty note, until the space before it is gone.
        return unknown or [note([])]

    written = without(tighten(rewrite(blocks, take_out)), "Note")
    return note([*written, *map(mark_block, marked)])


def _is_harmless(target: str) -> bool:
    """Whether a link only leads somewhere: to a page, an address for mail, or a place in the case.

    >>> [_is_harmless(to) for to in ("https://post.example", "#part", "java\\tscript:alert(1)", "data:text/html,x")]
    [True, True, False, False]
    """
    # A browser drops blanks and control characters before it reads the scheme.
    scheme = _SCHEME.match("".join(c for c in target if c > " "))
    return not scheme or scheme[1].lower() in ("http", "https", "mailto")
