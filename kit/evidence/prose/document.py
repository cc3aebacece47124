"""A notebook parsed once: its prose as blocks, and the marks, sentences and numbers in it, for gate, packet and report."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import KitError
from kit.evidence.prose.marks import Mark, find_marks
from kit.evidence.prose.records import RECORD_MIMETYPE, RecordedNumber
from kit.evidence.prose.sentences import Sentence, sentences
from kit.text.language import ENGLISH, Language, language_of
from kit.text.pandoc import Tree, parse_cells


@dataclass(frozen=True, eq=False)
class Document:
    """A notebook, as its file has it or as a run left it; its prose is parsed when it is first asked for, and once.

    Cells keep their numbers, from 1, in whatever is made of it. ``language`` is that of the case; a cell whose metadata
    have a ``language`` is read in that one.

    >>> cell = {"cell_type": "markdown", "source": "They paid [38%](#=share) of it [@roe-2021]."}
    >>> document = Document({"cells": [cell]})
    >>> [mark.target for mark in document.marks], document.sentences[0].text
    (['share', 'roe-2021'], 'They paid 38% of it.')
    """

    notebook: Tree
    path: Path = Path("notebooks") / "untitled.ipynb"
    language: Language = ENGLISH

    @property
    def name(self) -> str:
        """What the notebook is called: its file's name without the ending."""
        return self.path.stem

    @property
    def public(self) -> bool:
        """Whether it is a chapter of the public edition: unless its metadata say ``"publish": false``."""
        return self.notebook.get("metadata", {}).get("publish", True) is not False

    @cached_property
    def prose(self) -> dict[int, list[Tree]]:
        """Pandoc's blocks of each Markdown cell, by the cell's number."""
        return parse_cells(self.notebook["cells"])

    @cached_property
    def marks(self) -> list[Mark]:
        """Every mark in the prose, in order; what stands in code is no mark."""
        return find_marks(self.prose)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of the prose, in order; code blocks are no prose."""
        return sentences(self.prose, self.language, self.languages)

    @cached_property
    def languages(self) -> dict[int, Language]:
        """The languages of cells whose metadata name one other than the case's, by the cell's number."""
        named = {cell: language_of(code) for cell, code in self.named_languages.items()}
        return {cell: language for cell, language in named.items() if language}

    @cached_property
    def named_languages(self) -> dict[int, str]:
        """The codes that cells have as ``language`` in their metadata, right or wrong, by the cell's number."""
        cells = enumerate(self.notebook["cells"], start=1)
        named = ((number, cell.get("metadata", {}).get("language")) for number, cell in cells)
        return {number: str(code) for number, code in named if code is not None}

    @cached_property
    def records(self) -> dict[str, RecordedNumber]:
        """The numbers that the notebook's cells recorded when it last ran, by name."""
        bundles = (o.get("data", {}) for cell in self.notebook["cells"] for o in cell.get("outputs", ()))
        found = (RecordedNumber(**bundle[RECORD_MIMETYPE]) for bundle in bundles if RECORD_MIMETYPE in bundle)
        return {record.name: record for record in found}

    def ran(self, notebook: Any) -> Document:
        """The document after a run that left ``notebook``: other outputs; prose that is the same is not parsed again."""
        after = Document(notebook, self.path, self.language)
        if _sources(notebook) == _sources(self.notebook):
            after.__dict__["prose"] = self.prose
        return after

    def reworded(self, change: Callable[[str], str]) -> Document:
        """The document with ``change`` made to every text in it: prose, code, outputs and what describes them.

        >>> document = Document({"cells": [{"cell_type": "markdown", "source": ["Jane", " paid."]}]})
        >>> document.reworded(lambda text: text.replace("Jane", "A")).sentences[0].text
        'A paid.'
        """
        return Document(_reworded(self.notebook, change), self.path, self.language)

    def without(self, gone: Collection[int]) -> Document:
        """The document without the cells of these numbers, in whose places stand blank ones; nothing is parsed again.

        >>> cells = [{"cell_type": "markdown", "source": "A."}, {"cell_type": "markdown", "source": "B."}]
        >>> [sentence.text for sentence in Document({"cells": cells}).without({1}).sentences]
        ['B.']
        """
        blank = {"cell_type": "raw", "metadata": {}, "source": ""}
        cells = [blank if n in gone else cell for n, cell in enumerate(self.notebook["cells"], start=1)]
        left = Document({**self.notebook, "cells": cells}, self.path, self.language)
        left.__dict__["prose"] = {n: blocks for n, blocks in self.prose.items() if n not in gone}
        return left


def tags_of(cell: Tree) -> set[str]:
    """The tags of a cell; an underscore in one counts as a hyphen."""
    return {str(tag).replace("_", "-") for tag in cell.get("metadata", {}).get("tags", ())}


def saved_documents(case: Case) -> dict[str, Document]:
    """Each notebook of the case as its file has it, by name and in order; `KitError` for one that cannot be read."""
    paths = sorted((case.path / "notebooks").glob("[0-9]*.ipynb"))
    language = prose_language(case)
    return {path.stem: Document(_read(path), path, language) for path in paths}


def prose_language(case: Case) -> Language:
    """The language of the case, by whose words its prose is judged; English where its code is no language's."""
    return language_of(str(case.settings.get("language", ENGLISH.code))) or ENGLISH


def _reworded(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {change(name): _reworded(value, change) for name, value in node.items()}
    if isinstance(node, list):
        # A notebook file may keep a text as a list of its lines, and a name may stand across two.
        lines = (
            bool(node)
            and all(isinstance(each, str) for each in node)
            and any("\n" in each for each in node[:-1])
        )
        return change("".join(node)) if lines else [_reworded(each, change) for each in node]
    return change(node) if isinstance(node, str) else node


def _sources(notebook: Tree) -> list[str | None]:
    return [
        "".join(cell["source"]) if cell["cell_type"] == "markdown" else None for cell in notebook["cells"]
    ]


def _read(path: Path) -> Any:
    """Read without nbformat, which takes a while to load and would change nothing that is asked of a saved notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        whole = notebook["nbformat"] == 4 and all("source" in cell for cell in notebook["cells"])
    except (ValueError, LookupError, TypeError):
        whole = False
    if not whole:
        raise KitError(
            f"notebooks/{path.name}", "is no notebook of format 4", "save it again from JupyterLab"
        )
    return notebook
