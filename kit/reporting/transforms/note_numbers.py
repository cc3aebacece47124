"""Notes that stand side by side, with a comma between their numbers: 3 and 4 are not 34."""

from __future__ import annotations

from typing import Any

from kit.text.pandoc import Tree

COMMA: Tree = {"t": "Superscript", "c": [{"t": "Str", "c": ","}]}


def parted(tree: Any) -> Any:
    """The tree with a raised comma between neighbouring notes, but for headings, whose words stand elsewhere too.

    >>> note = {"t": "Note", "c": []}
    >>> [node["t"] for node in parted([note, note])]
    ['Note', 'Superscript', 'Note']
    """
    if isinstance(tree, dict):
        if tree.get("t") == "Header":
            return tree
        return {
            name: parted(value) if isinstance(value, (list, dict)) else value for name, value in tree.items()
        }
    if not isinstance(tree, list):
        return tree
    made: list[Any] = []
    for node in tree:
        if _is_note(node) and made and _is_note(made[-1]):
            made.append(COMMA)
        made.append(parted(node))
    return made


def _is_note(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") == "Note"
