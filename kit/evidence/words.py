"""Where words begin and end, and what counts as one."""

from __future__ import annotations

import re
import unicodedata

_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character of a script written without spaces: a word of its own.
UNSPACED = re.compile(f"[{_SCRIPTS}]")
_RUN = rf"[^\W{_SCRIPTS}]+"
#: A word, a number or a sign that says what a number counts, in folded text.
WORD = re.compile(
    rf"[{_SCRIPTS}]|[$€£¥₹%]|{_RUN}(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['.:](?=[^\W\d_])){_RUN})*"
)


def bounded(text: str, at: int) -> bool:
    """Whether a word begins or ends at ``at``, by Unicode's word boundaries as far as searching needs them.

    >>> [bounded("he's 3.5", at) for at in (0, 2, 4, 5, 6, 8)]
    [True, False, True, True, False, True]
    """
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if _letter(before) and _letter(after):
        return bool(UNSPACED.match(before) or UNSPACED.match(after)) and unicodedata.combining(after) == 0
    if _letter(before):
        return not (at + 1 < len(text) and _links(before, after, text[at + 1]))
    if _letter(after):
        return not (at > 1 and _links(text[at - 2], before, after))
    return True


def _letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _links(before: str, between: str, after: str) -> bool:
    if before.isdecimal() and after.isdecimal():
        return between in ".,;'"
    return between in "'.:·" and before.isalpha() and after.isalpha()


def listed(text: str) -> frozenset[str]:
    """The words of a list that a module is made with, written as they read.

    >>> sorted(listed("inc corp ltd"))
    ['corp', 'inc', 'ltd']
    """
    return frozenset(text.split())
