"""Pandoc, called once for much: prose as a tree, and a tree as HTML, text or another format."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from kit.errors import KitError

#: Markdown as notebooks write it. Raw HTML stays text, since prose is shown with the reader's rights; dollars are money.
PROSE = "ipynb+citations+smart+footnotes+definition_lists-raw_html-tex_math_dollars-raw_tex"
_SECONDS = 120

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


def pandoc_bytes(text: str, source: str, target: str, *options: str) -> bytes:
    """What pandoc makes of ``text``, as the file that it would write; it fails as `run_pandoc` does.

    >>> pandoc_bytes("*yes*", "markdown", "docx", "--output", "-")[:2]
    b'PK'
    """
    command = [_program(), "--sandbox", "--from", source, "--to", target, "--wrap", "none", *options]
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PandocFailed("pandoc", f"took over {_SECONDS} s", "make the text smaller") from error
    if done.returncode:
        raise PandocFailed("pandoc", done.stderr.decode(errors="replace").strip(), "mend what it names")
    return done.stdout


def parse_cells(cells: Sequence[Tree]) -> dict[int, list[Tree]]:
    """The prose of a notebook's Markdown cells, as pandoc's blocks by the number of the cell, which counts all from 1.

    >>> {number: blocks[0]["t"] for number, blocks in parse_cells([{"cell_type": "markdown", "source": "As"}]).items()}
    {1: 'Para'}
    """
    prose = [
        {"cell_type": "markdown", "id": f"cell-{number}", "metadata": {}, "source": "".join(cell["source"])}
        for number, cell in enumerate(cells, start=1)
        if cell["cell_type"] == "markdown"
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": prose}
    tree = json.loads(run_pandoc(json.dumps(notebook), PROSE, "json"))
    return {int(block["c"][0][0].removeprefix("cell-")): block["c"][1] for block in tree["blocks"]}


def document(blocks: list[Tree], meta: Tree | None = None) -> str:
    """A pandoc document of these blocks, as its JSON reader takes it."""
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": meta or {}, "blocks": blocks})


def rewrite(tree: list[Any], change: Callable[[str, Any], Any]) -> Any:
    """The tree with ``change(type, content)`` applied to each node: ``None`` keeps a node, a list takes its place.

    >>> rewrite([{"t": "Str", "c": "a"}], lambda kind, text: [{"t": "Str", "c": text.upper()}])
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


def tighten(tree: Any) -> Any:
    """The tree with the space before each note gone, so that its number stands at the word it belongs to.

    >>> tighten([{"t": "Str", "c": "so"}, {"t": "Space"}, {"t": "Note", "c": []}])
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


def plain(inlines: list[Tree]) -> str:
    """The text of inlines as a reader sees it, without marks.

    >>> plain([{"t": "Strong", "c": [{"t": "Str", "c": "38%"}]}])
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


def words(text: str) -> list[Tree]:
    """``text`` as inlines that a line can break between; whatever it holds, it stays text.

    >>> words("a *b*")
    [{'t': 'Str', 'c': 'a'}, {'t': 'Space'}, {'t': 'Str', 'c': '*b*'}]
    """
    parts = [[{"t": "Str", "c": word}] for word in text.split()]
    return [node for part in parts for node in [{"t": "Space"}, *part]][1:]


def div(identity: str, classes: list[str], blocks: list[Tree]) -> Tree:
    """A block that holds ``blocks`` under a name and classes."""
    return {"t": "Div", "c": [[identity, classes, []], blocks]}
