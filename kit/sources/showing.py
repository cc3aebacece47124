"""A page as read, shown: in JupyterLab as a table, in a terminal as lines. Outside text is only ever text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kit.sources.csl import one_line

if TYPE_CHECKING:
    from kit.sources.page import Found, Page

_FIELDS = {
    "title": "title", "authors": "authors", "date": "date", "publisher": "publisher",
    "canonical": "its own address", "language": "language", "description": "description",
}  # fmt: skip
_LEFT = '<td style="text-align:left;vertical-align:top">'  # JupyterLab sets cells to the right
_LONGEST = 300
_MOST = 6  # other values shown for one field


def page_html(page: Page) -> str:
    """The page as an HTML table: each field, how it was found and what else was on offer; warnings first.

    >>> from kit.sources.page import Found, Page
    >>> "<b>" in page_html(Page("", "text/html", title=Found("<b>Raid</b>", "h1")))
    False
    """
    warned = "".join(f"<p><strong>Warning:</strong> {_cell(says)}</p>" for says in _warnings(page))
    rows = "".join(
        f"<tr><th>{name}</th>{_LEFT}{_cell(value)}</td>{_LEFT}{_cell(how)}</td>"
        f"{_LEFT}{'<br>'.join(map(_cell, others))}</td></tr>"
        for name, value, how, others in _facts(page)
    )
    heads = "<tr><th></th><th>read</th><th>how it was found</th><th>also on offer</th></tr>"
    return f"{warned}<table>{heads}{rows}</table>"


def page_lines(page: Page) -> Iterator[str]:
    """The page in lines of plain text, for a terminal: no control character of the page's is among them.

    >>> from kit.sources.page import Found, Offer, Page
    >>> print(*page_lines(Page("", "text/html", title=Found("A", "h1", (Offer("B", "title element"),)))), sep="\\n")
    title            A (h1)
                     but: B (title element)
    text             none
    """
    for name, value, how, others in _facts(page):
        yield f"{name:<16} {value}{f' ({how})' if how else ''}"
        for other in others:
            yield f"{'':<16} but: {other}"
    for says in _warnings(page):
        yield f"warning: {says}"


def _facts(page: Page) -> Iterator[tuple[str, str, str, list[str]]]:
    for field, name in _FIELDS.items():
        found: Found = getattr(page, field)
        if found or found.others:
            printed = f", printed as {one_line(page.printed)}" if field == "date" and page.printed else ""
            yield name, _words(found.value), one_line(found.how) + printed, _others(found)
    text = str(page.text.value)
    if not text:
        yield "text", "none", "", []
        return
    agreed = f", agreement {page.agreement:.0%}" if page.agreement >= 0 else ""
    others = [f"{len(str(offer.value)):,} characters by {one_line(offer.how)}" for offer in page.text.others]
    yield "text", f"{len(text):,} characters: {_words(text)}", one_line(page.text.how) + agreed, others


def _others(found: Found) -> list[str]:
    shown = [f"{_words(offer.value)} ({one_line(offer.how)})" for offer in found.others[:_MOST]]
    left = len(found.others) - _MOST
    return shown + ([f"and {left} more"] if left > 0 else [])


def _warnings(page: Page) -> list[str]:
    return [one_line(warn.says) for warn in page.warnings]


def _words(value: object) -> str:
    words = one_line("; ".join(value) if isinstance(value, tuple) else str(value))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _cell(text: str) -> str:
    return html.escape(text)
