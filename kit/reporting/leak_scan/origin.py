"""Where words of a published file come from: the notebook, the cell, the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from kit.evidence.prose.document import Document
from kit.text.normalise import plainly


class Origins:
    """The texts of notebooks, made ready to be asked where words stand.

    >>> from pathlib import Path
    >>> document = Document({"cells": [{"cell_type": "markdown", "source": "It rained. Jane Roe paid."}]}, Path("notebooks/01-a.ipynb"))
    >>> Origins([document]).of("JANE ROE")
    'notebooks/01-a.ipynb, cell 1, sentence 2'
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = list(documents)

    def of(self, words: str) -> str:
        """Where the words stand first, the sentence where it can be told; '' where no notebook has them."""
        plain = plainly(words)
        return next((place for place, text in self._texts if plain in text), "")

    @cached_property
    def _texts(self) -> list[tuple[str, str]]:
        return [(place, plainly(text)) for document in self._documents for place, text in _said(document)]


def _said(document: Document) -> Iterator[tuple[str, str]]:
    path = f"notebooks/{document.path.name}"
    for sentence in document.sentences:
        yield f"{path}, cell {sentence.cell}, sentence {sentence.position}", sentence.text
    for number, cell in enumerate(document.notebook["cells"], start=1):
        yield f"{path}, cell {number}", "".join(cell["source"])
        for output in cell.get("outputs", ()):
            yield f"{path}, output of cell {number}", "\n".join(_strings(output))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        yield (
            "".join(node)
            if all(isinstance(each, str) for each in node)
            else "\n".join(text for each in node for text in _strings(each))
        )
