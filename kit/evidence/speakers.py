"""Who speaks at a place on a page, as far as quotation marks and the words beside them tell."""

from __future__ import annotations

import re

from kit.evidence.normal import Normal

_SAYS = (
    "said|says|told|tells|wrote|writes|added|adds|stated|states|explained|explains|argued|argues|claimed|claims|"
    "replied|replies|noted|notes|announced|tweeted|posted|testified|warned|warns"
)
_NAME = r"[A-Z][\w'-]+(?: (?:[A-Z]\.|[A-Z][\w'-]*|of|and|de|van|von)){0,5}"
_BETWEEN = r"(?:,[^,.\"]{1,60},)? "  # a name, what the person is, and the verb
_AFTER = re.compile(
    rf"^[,.]? ?(?:(?:{_SAYS}) (?:\w+ ){{0,2}}?(?P<b>{_NAME})"
    rf"|(?P<a>{_NAME}){_BETWEEN}(?:{_SAYS})\b|[Aa]ccording to (?P<c>{_NAME}))"
)
_BEFORE = re.compile(
    rf"(?:(?P<a>{_NAME}){_BETWEEN}(?:{_SAYS})\b[^.\"]{{0,60}}|[Aa]ccording to (?P<c>{_NAME})[^.\"]{{0,20}})$"
)
_REACH = 120
#: Whoever writes the page, outside quotation marks.
WRITER = "the page itself"


def speaker(page: Normal, start: int, stop: int) -> str:
    """Who speaks between two offsets: a name, `WRITER` outside quotation marks, blank where it is untold.

    >>> from kit.evidence.normal import normalise
    >>> page = normalise('“We paid,” said Ann Roe. The firm disagreed.')
    >>> speaker(page, 1, 8), speaker(page, 25, 40)
    ('Ann Roe', 'the page itself')
    """
    text = page.text
    block = text.rfind("\n", 0, start) + 1
    end = text.find("\n", stop)
    end = len(text) if end < 0 else end
    marks = [match.start() for match in re.finditer('"', text[block:end])]
    marks = [block + mark for mark in marks]
    opened = [mark for mark in marks if mark < start]
    within = [mark for mark in marks if start < mark < stop - 1]
    if len(marks) % 2 or within:
        return ""
    if len(opened) % 2 == 0:
        return WRITER if text[start] != '"' else ""
    close = marks[len(opened)]
    if match := _AFTER.match(text[close + 1 : min(end, close + 1 + _REACH)]):
        return match["a"] or match["b"] or match["c"]
    if match := _BEFORE.search(text[max(block, opened[-1] - _REACH) : opened[-1]].rstrip(" ,:")):
        return match["a"] or match["c"]
    return ""


def other(first: str, second: str) -> bool:
    """Whether two speakers are known to be different: no part of one's name is part of the other's.

    >>> other("Ann Roe", "Roe"), other("Ann Roe", "John Doe"), other("Ann Roe", "")
    (False, True, False)
    """
    return bool(first and second) and not set(first.split()) & set(second.split())
