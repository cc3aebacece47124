"""Text from outside without what a terminal, an XML parser or a picture chokes on or obeys."""

from __future__ import annotations

import re
from typing import Any

#: What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str, *, lines: bool = True) -> str:
    """The text without control characters, escape sequences, and marks that turn the direction of writing.

    Line ends stay where ``lines`` is on; otherwise all of it stands in one line. Other spaces become plain ones.

    >>> printable("a\\x1b]0;owned\\x07\\u202e b\\r\\nc")
    'a]0;owned b\\nc'
    >>> printable(" a\\n  b ", lines=False)
    'a b'
    """
    kept = "".join(
        c if c.isprintable() or (c == "\n" and lines) else " " if c.isspace() else ""
        for c in text.replace("\r\n", "\n")
    )
    return kept if lines else " ".join(kept.split())


def xml_text(text: str, instead: str = "\ufffd") -> str:
    """The text with ``instead`` for each character that XML cannot hold; tabs and line ends stay.

    >>> xml_text("a\\x00b")
    'a\ufffdb'
    """
    return _NO_XML.sub(instead, text)


def xml_tree(node: Any) -> Any:
    """What was read of JSON, with each text and name in it without what XML cannot hold: control signs, halves of letters.

    >>> xml_tree({"a": ["x\\ud800y", 1, None]})
    {'a': ['xy', 1, None]}
    """
    if isinstance(node, str):
        return xml_text(node, "")
    if isinstance(node, list):
        return [xml_tree(each) for each in node]
    if isinstance(node, dict):
        return {xml_text(name, ""): xml_tree(value) for name, value in node.items()}
    return node
