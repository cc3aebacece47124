"""Arabic and Hebrew on paper: paragraphs that begin at the right, and words in them that run the other way."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from kit.text.pandoc import Tree, div, span, stringify

#: The class of a paragraph or heading that begins at the right.
FROM_RIGHT = "from-right"
_ANY = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_WRITTEN = ("Str", "Space", "SoftBreak")
_SIDES = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def with_directions(blocks: list[Tree]) -> list[Tree]:
    """The blocks with each paragraph and heading that begins at the right, and is for the most part in letters that do,
    in a Div of the class `FROM_RIGHT`; words that run against their paragraph stand in a Span that says so (``dir``).

    Notes and captions begin where the report does: their number stands there.

    >>> from kit.text.pandoc import para
    >>> [block["t"] for block in with_directions([para("שלום")])]
    ['Div']
    """
    if not _ANY.search(json.dumps(blocks, ensure_ascii=False)):
        return blocks
    return _set(blocks)


def side(text: str) -> str:
    """``rtl`` or ``ltr``, by the first letter that runs either way; '' where none does.

    >>> side("12 שלום a"), side("(a"), side("12")
    ('rtl', 'ltr', '')
    """
    return next((_SIDES[kind] for kind in map(unicodedata.bidirectional, text) if kind in _SIDES), "")


def _begins(text: str) -> str:
    """The side of a paragraph: a citation of an Arabic page in an English list stays English."""
    kinds = [_SIDES[kind] for kind in map(unicodedata.bidirectional, text) if kind in _SIDES]
    return "rtl" if kinds[:1] == ["rtl"] and kinds.count("rtl") > len(kinds) / 2 else "ltr"


def _set(tree: Any, along: str = "ltr", apart: bool = True) -> Any:
    """The tree within a paragraph that runs ``along``; ``apart``: paragraphs in it may begin on a side of their own."""
    if isinstance(tree, list):
        made: list[Any] = []
        for node in tree:
            made += _block(node, along, apart) if _is_node(node) else [_set(node, along, apart)]
        return _grouped(made, along)
    if isinstance(tree, dict):
        return {name: _set(value, along, apart) for name, value in tree.items()}
    return tree


def _is_node(value: Any) -> bool:
    return isinstance(value, dict) and "t" in value


def _block(node: Tree, along: str, apart: bool) -> list[Tree]:
    if node["t"] in ("Note", "Figure"):
        return [{"t": node["t"], "c": _set(node["c"], "ltr", apart=False)}]
    if node["t"] not in ("Para", "Plain", "Header") or not apart:
        return [_set(node, along, apart)]
    inlines = node["c"][2] if node["t"] == "Header" else node["c"]
    begins = _begins(stringify(inlines))
    content = _set(inlines, begins)
    made = {"t": node["t"], "c": [*node["c"][:2], content] if node["t"] == "Header" else content}
    return [div([made], classes=[FROM_RIGHT])] if begins == "rtl" else [made]


def _grouped(nodes: list[Any], along: str) -> list[Any]:
    """The inlines with each stretch that runs against its paragraph in a Span, from its first word to its last."""
    made: list[Any] = []
    stretch: list[Tree] = []
    last = 0

    def close() -> None:
        nonlocal stretch, last
        if last:
            made.append(span(stretch[:last], dir="rtl" if along == "ltr" else "ltr"))
        made.extend(stretch[last:])
        stretch, last = [], 0

    for node in nodes:
        runs = _side_of(node)
        if not _is_node(node) or node["t"] not in _WRITTEN or runs == along:
            close()
            made.append(node)
            continue
        if not stretch and not runs:
            made.append(node)
            continue
        stretch.append(node)
        last = len(stretch) if runs else last
    close()
    return made


def _side_of(node: Any) -> str:
    return side(node["c"]) if _is_node(node) and node["t"] == "Str" else ""
