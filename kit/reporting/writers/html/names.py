"""Names of actors in prose, notes and tables, made links to their pages: the first of each in a section, so that it stays quiet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kit.text.pandoc import Tree, classes_of, hyperlink, stringify

_TEXT = ("Str", "Space", "SoftBreak")
#: What keeps its words as they are: other links, headings, code, formulas, pictures.
_KEPT = ("Header", "Link", "Code", "CodeBlock", "Math", "RawInline", "RawBlock", "Image", "Figure", "Attr")
#: Classes of what stays whole: numbers that open, titles of sources, entries of a bibliography.
_WHOLE = {"number", "citation", "csl-entry"}
#: A shorter name is too often a word of something else.
_SHORTEST = 3
#: Headings down to this level begin a section.
_LEVEL = 2


class NameLinks:
    """What links the names that ``pages`` has, each with the address of its page.

    Names count as they are written, at whole words. A table and a note are sections of their own.

    >>> from kit.text.pandoc import nodes, para
    >>> made = NameLinks({"Roe": "actors/roe.html"}).linked([para("So said Roe, and Roe's friend.")])
    >>> [node["c"][2][0] for node in nodes(made, "Link")]
    ['actors/roe.html']
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        names = sorted(
            (name for name in pages if len(name) >= _SHORTEST), key=lambda name: (-len(name), name)
        )
        self._named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def linked(self, blocks: list[Tree]) -> list[Tree]:
        """The blocks with the links in them."""
        if self._named is None:
            return blocks
        seen: set[str] = set()
        made = []
        for block in blocks:
            if block["t"] == "Header" and block["c"][0] <= _LEVEL:
                seen = set()
            made.append(self._walked(block, seen))
        return made

    def _walked(self, node: Any, seen: set[str]) -> Any:
        if isinstance(node, list):
            inside = [self._walked(each, seen) for each in node]
            return [*self._line(inside, seen)] if any(_is_text(each) for each in inside) else inside
        if not isinstance(node, dict) or node.get("t") in _KEPT or "c" not in node:
            return node
        if _WHOLE & {*classes_of(node)}:
            return node
        if node["t"] in ("Note", "Table"):
            seen = set()
        content = node["c"]
        return {**node, "c": self._walked(content, seen) if isinstance(content, list) else content}

    def _line(self, inlines: list[Any], seen: set[str]) -> Iterator[Tree]:
        """The inlines, each stretch of words among them with its names linked."""
        words: list[Tree] = []
        for node in [*inlines, None]:
            if node is not None and _is_text(node):
                words.append(node)
                continue
            yield from self._words(words, seen)
            words = []
            if node is not None:
                yield node

    def _words(self, words: list[Tree], seen: set[str]) -> Iterator[Tree]:
        text = stringify(words)
        at = 0
        for found in self._named.finditer(text) if self._named else ():
            page = self.pages[found[0]]
            if page not in seen:
                seen.add(page)
                yield from _cut(words, at, found.start())
                yield hyperlink([*_cut(words, *found.span())], page, **{"class": "name"})
                at = found.end()
        yield from _cut(words, at, len(text))


def _is_text(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") in _TEXT


def _cut(words: list[Tree], start: int, stop: int) -> Iterator[Tree]:
    """The part of the words between two places in their text."""
    at = 0
    for node in words:
        size = len(node["c"]) if node["t"] == "Str" else 1
        first, last = max(start - at, 0), min(stop - at, size)
        if first < last:
            yield {"t": "Str", "c": node["c"][first:last]} if node["t"] == "Str" else node
        at += size
