"""Pandoc, called once for much: prose as a tree, a tree as HTML, text or another format, and what trees are made of.

A tree is pandoc's own, as its JSON has it: each node a dict of its type ``t`` and its content ``c``. Trees are values:
they are shared between formats, and whatever changes one makes another.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from kit.errors import KitError
from kit.text.cells.markup import pandoc_markdown

#: Markdown as notebooks write it. Raw HTML stays text, since prose is shown with the reader's rights; dollars are money.
PROSE = "ipynb+citations+smart+footnotes+definition_lists+startnum-raw_html-tex_math_dollars-raw_tex"
_SECONDS = 120
_API = [1, 23, 1]

Tree = dict[str, Any]


class PandocFailed(KitError):
    """Pandoc refused what it was given."""


@cache
def _program() -> str:
    import pypandoc

    return pypandoc.get_pandoc_path()


def run_pandoc(text: str, source: str, target: str, *options: str) -> str:
    """What pandoc makes of ``text``; `PandocFailed` carries its words when it refuses. It never touches the network.

    >>> run_pandoc("*yes*", "markdown", "html")
    '<p><em>yes</em></p>'
    """
    return pandoc_bytes(text, source, target, *options).decode().rstrip("\n")


def pandoc_bytes(text: str | bytes, source: str, target: str, *options: str) -> bytes:
    """What pandoc makes of ``text``, or of the bytes of a file, as the file that it would write; `PandocFailed` carries its words when it refuses.

    >>> pandoc_bytes("*yes*", "markdown", "docx", "--output", "-")[:2]
    b'PK'
    """
    command = [_program(), "--sandbox", "--from", source, "--to", target, "--wrap", "none", *options]
    try:
        done = subprocess.run(
            command,
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PandocFailed("pandoc", f"took over {_SECONDS} s", "make the text smaller") from error
    if done.returncode:
        raise PandocFailed("pandoc", done.stderr.decode(errors="replace").strip(), "mend what it names")
    return done.stdout


def parse_cells(cells: Sequence[Tree]) -> dict[int, list[Tree]]:
    """The prose of a notebook's Markdown cells, as pandoc's blocks by the number of the cell, which counts all from 1.

    >>> parse_cells([{"cell_type": "markdown", "source": "Yes"}])
    {1: [{'t': 'Para', 'c': [{'t': 'Str', 'c': 'Yes'}]}]}
    """
    prose = [
        {
            "cell_type": "markdown",
            "id": f"cell-{number}",
            "metadata": {},
            "source": pandoc_markdown("".join(cell["source"])),
        }
        for number, cell in enumerate(cells, start=1)
        if cell["cell_type"] == "markdown"
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": prose}
    tree = json.loads(run_pandoc(json.dumps(notebook), PROSE, "json"))
    return {int(block["c"][0][0].removeprefix("cell-")): block["c"][1] for block in tree["blocks"]}


def document_json(blocks: list[Tree]) -> str:
    """A pandoc document of these blocks, as its JSON reader takes it."""
    return json.dumps({"pandoc-api-version": _API, "meta": {}, "blocks": blocks})


# What changes a tree, and what is found in one


def rewrite(tree: list[Any], change: Callable[[str, Any], Any]) -> Any:
    """The tree with ``change(type, content)`` applied to each node: ``None`` keeps a node, a list takes its place.

    >>> rewrite([string("a")], lambda kind, text: [string(text.upper())])
    [{'t': 'Str', 'c': 'A'}]
    """
    done: list[Any] = []
    for node in tree:
        put = change(node["t"], node.get("c")) if isinstance(node, dict) and "t" in node else None
        if put is None:
            done.append(_inside(node, change) if isinstance(node, (dict, list)) else node)
        elif isinstance(put, list):
            done += [_inside(one, change) for one in put]
        else:
            done.append(_inside(put, change))
    return done


def _inside(node: Any, change: Callable[[str, Any], Any]) -> Any:
    """The node with what it holds rewritten; most hold a word or nothing, and stay as they are."""
    if isinstance(node, list):
        return rewrite(node, change)
    content = node.get("c")
    if "t" in node and not isinstance(content, dict):
        return {"t": node["t"], "c": rewrite(content, change)} if isinstance(content, list) else node
    return {
        name: _inside(value, change) if isinstance(value, (dict, list)) else value
        for name, value in node.items()
    }


def without(tree: list[Tree], kind: str) -> list[Tree]:
    """The tree without its nodes of that type.

    >>> without([string("so"), note([])], "Note")
    [{'t': 'Str', 'c': 'so'}]
    """
    return rewrite(tree, lambda found, _: [] if found == kind else None)


def nodes(tree: Any, *kinds: str) -> Iterator[Tree]:
    """The nodes of these types, in order, those within others after them.

    >>> [node["c"] for node in nodes([emph("a b")], "Str")]
    ['a', 'b']
    """
    if isinstance(tree, list):
        for node in tree:
            yield from nodes(node, *kinds)
    elif isinstance(tree, dict):
        if tree.get("t") in kinds:
            yield tree
        for value in tree.values():
            if isinstance(value, (dict, list)):
                yield from nodes(value, *kinds)


def tighten(tree: Any) -> Any:
    """The tree with the space before each note gone, so that its number stands at the word it belongs to.

    >>> tighten([string("so"), BLANK, note([])])
    [{'t': 'Str', 'c': 'so'}, {'t': 'Note', 'c': []}]
    """
    if isinstance(tree, dict):
        return {name: tighten(value) for name, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    kinds = [node.get("t") if isinstance(node, dict) else None for node in tree]
    following = [*kinds, None][1:]
    pairs = zip(tree, kinds, following, strict=True)
    return [
        tighten(node)
        for node, kind, after in pairs
        if not (kind in ("Space", "SoftBreak") and after == "Note")
    ]


def stringify(inlines: list[Tree]) -> str:
    """The text of inlines as a reader sees it, without marks and notes.

    >>> stringify([strong("38%"), note([])])
    '38%'
    """
    words: list[str] = []

    def take(kind: str, content: Any) -> Any:
        if kind in ("Str", "Code"):
            words.append(content if kind == "Str" else content[1])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            words.append(" ")
        return [] if kind == "Note" else None

    rewrite(inlines, take)
    return "".join(words)


def classes_of(node: Tree) -> list[str]:
    """The classes of a node that can have some; none for any other.

    >>> classes_of(div([], classes=("folded",))), classes_of(BLANK)
    (['folded'], [])
    """
    attributes = attributes_of(node)
    return attributes[1] if attributes else []


def attributes_of(node: Tree) -> list[Any]:
    """The identity, the classes and the pairs of a node that has them; nothing for any other."""
    place = _ATTRIBUTES.get(node["t"])
    return [] if place is None else node["c"][place]


#: Where in its content a node has its attributes.
_ATTRIBUTES = dict.fromkeys(("Div", "Span", "Link", "Image", "Figure", "Table", "CodeBlock", "Code"), 0)
_ATTRIBUTES["Header"] = 1

# What a tree is made of. ``text`` may be inlines too: it stays text, whatever it holds.

BLANK: Tree = {"t": "Space"}
BREAK: Tree = {"t": "LineBreak"}
Inlines = str | list[Tree]


def string(text: str) -> Tree:
    """A word, or whatever must not be broken at the end of a line."""
    return {"t": "Str", "c": text}


def inlines(text: Inlines) -> list[Tree]:
    """``text`` as inlines that a line can break between; whatever it holds, it stays text.

    >>> inlines("a *b*")
    [{'t': 'Str', 'c': 'a'}, {'t': 'Space'}, {'t': 'Str', 'c': '*b*'}]
    """
    if isinstance(text, list):
        return text
    parts = [[string(word)] if word else [] for word in re.split(r"[ \t\r\n]+", text)]
    return [node for part in parts for node in [BLANK, *part]][1:]


def intersperse(parts: Sequence[list[Tree]], between: Inlines) -> list[Tree]:
    """The parts in a row, with ``between`` after each but the last.

    >>> stringify(intersperse([inlines("a"), inlines("b")], "; "))
    'a; b'
    """
    parted = inlines(between)
    return [node for part in parts for node in [*parted, *part]][len(parted) :]


def attributes(identity: str = "", classes: Iterable[str] = (), **pairs: str) -> list[Any]:
    """The attributes of a node; an underscore in a pair's name stands for a hyphen."""
    return [identity, [*classes], [[name.replace("_", "-"), value] for name, value in pairs.items()]]


def strong(text: Inlines) -> Tree:
    """Words in bold letters."""
    return {"t": "Strong", "c": inlines(text)}


def emph(text: Inlines) -> Tree:
    """Words in italics."""
    return {"t": "Emph", "c": inlines(text)}


def hyperlink(text: Inlines, target: str, identity: str = "", **pairs: str) -> Tree:
    """Words that lead to ``target``."""
    return {"t": "Link", "c": [attributes(identity, **pairs), inlines(text), [target, ""]]}


def span(text: Inlines, identity: str = "", classes: Iterable[str] = (), **pairs: str) -> Tree:
    """Words with attributes."""
    return {"t": "Span", "c": [attributes(identity, classes, **pairs), inlines(text)]}


def image(alt: Inlines, target: str, **pairs: str) -> Tree:
    """A picture, with words for those who cannot see it."""
    return {"t": "Image", "c": [attributes(**pairs), inlines(alt), [target, ""]]}


def note(blocks: list[Tree]) -> Tree:
    """A footnote; its number stands where the note does."""
    return {"t": "Note", "c": blocks}


def raw_inline(language: str, markup: str) -> Tree:
    """Markup of one output format within a line, which the others leave out."""
    return {"t": "RawInline", "c": [language, markup]}


def raw_block(language: str, markup: str) -> Tree:
    """Markup of one output format, which the others leave out."""
    return {"t": "RawBlock", "c": [language, markup]}


def para(text: Inlines) -> Tree:
    """A paragraph."""
    return {"t": "Para", "c": inlines(text)}


def plain_line(text: Inlines) -> Tree:
    """Words that are no paragraph: what a cell or an item of a tight list holds."""
    return {"t": "Plain", "c": inlines(text)}


def section_heading(
    level: int, text: Inlines, identity: str = "", classes: Iterable[str] = (), **pairs: str
) -> Tree:
    """A heading."""
    return {"t": "Header", "c": [level, attributes(identity, classes, **pairs), inlines(text)]}


def code_block(text: str, classes: Iterable[str] = ()) -> Tree:
    """Text in letters of one width, each line as it is."""
    return {"t": "CodeBlock", "c": [attributes(classes=classes), text]}


def bullets(items: list[list[Tree]]) -> Tree:
    """A list; an item is blocks."""
    return {"t": "BulletList", "c": items}


def div(blocks: list[Tree], identity: str = "", classes: Iterable[str] = (), **pairs: str) -> Tree:
    """A block that holds ``blocks`` under a name, classes and other attributes."""
    return {"t": "Div", "c": [attributes(identity, classes, **pairs), blocks]}


def captioned(blocks: list[Tree], caption: Inlines = "", identity: str = "") -> Tree:
    """Blocks with a caption."""
    said = [plain_line(caption)] if caption else []
    return {"t": "Figure", "c": [attributes(identity), [None, said], blocks]}


def simple_table(
    heads: Sequence[Inlines],
    rows: Iterable[Sequence[Inlines]],
    *,
    right: int = 0,
    widths: Sequence[float] = (),
    classes: Iterable[str] = (),
) -> Tree:
    """A table; the last ``right`` columns hold numbers, ``widths`` are shares of the line, one for each column.

    >>> [len(row[1]) for row in simple_table(["a", "b"], [["1", "2"]])["c"][3][1]]
    [2]
    """
    sides = ["AlignLeft"] * (len(heads) - right) + ["AlignRight"] * right
    shares = [{"t": "ColWidth", "c": width} for width in widths] or [{"t": "ColWidthDefault"}] * len(heads)
    specs = [[{"t": side}, share] for side, share in zip(sides, shares, strict=True)]

    def row(cells: Sequence[Inlines]) -> list[Any]:
        return [
            attributes(),
            [[attributes(), {"t": "AlignDefault"}, 1, 1, [plain_line(cell)]] for cell in cells],
        ]

    head, body = [attributes(), [row(heads)]], [attributes(), 0, [], [row(cells) for cells in rows]]
    return {
        "t": "Table",
        "c": [attributes(classes=classes), [None, []], specs, head, [body], [attributes(), []]],
    }
