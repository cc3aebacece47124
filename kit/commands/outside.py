"""Words that came from outside, made safe for a terminal."""

from __future__ import annotations


def safe(text: str) -> str:
    """The text without what a terminal obeys: escape sequences, and marks that turn the direction of writing.

    Line ends stay; other spaces become plain ones.

    >>> safe("a\\x1b]0;owned\\x07\\u202e b\\nc")
    'a]0;owned b\\nc'
    """
    return "".join(
        c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in text.replace("\r\n", "\n")
    )
