"""A page as read, shown: in JupyterLab as a table, in a terminal as lines. Outside text is only ever text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kit.text.printable import printable


@dataclass(frozen=True)
class Offer:
    """One value a page gives for a field, and the place that gives it."""

    value: Any
    how: str


@dataclass(frozen=True)
class Found:
    """A field as it was read: the value taken, where it stood, and every differing value with its place.

    An empty ``value`` means that the page states none: nothing stands in for it.

    >>> found = Found(("Jane Roe",), "JSON-LD author", (Offer(("John Doe",), "visible byline"),))
    >>> bool(found), [other.value for other in found.others], bool(Found())
    (True, [('John Doe',)], False)
    """

    value: Any = ""
    how: str = ""
    others: tuple[Offer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Warn:
    """Something a reader of the page should know, with a stable code and a sentence."""

    code: str
    says: str


@dataclass(frozen=True)
class TextRange:
    """A stretch of `Page.visible`: ``visible[start:end]``; ``label`` is what it is, or '' for a line like any other."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, repr=False)
class Page:
    """A page as read: its fields, its article text, all of its visible text, and what to be wary of.

    ``date.value`` is EDTF, no finer than the page states; ``printed`` is the same moment as the page prints it,
    time and zone included; ``updated`` is when it last changed, as it says itself. ``canonical`` stands beside ``url``, the address that was asked, never in its place.
    ``lines`` are the places of the article's lines in ``visible``; a line that is not there is left out. Those of a PDF
    are its pages, labelled by their numbers. ``structure`` says what stretches of ``visible`` are, and ``unseen`` holds
    what is not seen, as `kit.sources.extract.reading.visible.Seen` has them.
    ``instead`` is the kind of what the site showed in place of the page (`kit.sources.extract.interstitial.detection.INTERSTITIALS`).
    ``agreement`` (0 to 1) is how far independent extractors read the same article; -1 when only one could read it.
    """

    url: str
    media_type: str
    title: Found = field(default_factory=Found)
    authors: Found = field(default_factory=lambda: Found(()))
    date: Found = field(default_factory=Found)
    printed: str = ""
    updated: Found = field(default_factory=Found)
    publisher: Found = field(default_factory=Found)
    canonical: Found = field(default_factory=Found)
    language: Found = field(default_factory=Found)
    description: Found = field(default_factory=Found)
    text: Found = field(default_factory=Found)
    visible: str = ""
    lines: tuple[TextRange, ...] = ()
    structure: tuple[TextRange, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()
    instead: str = ""
    agreement: float = -1.0
    charset: Found = field(default_factory=Found)
    warnings: tuple[Warn, ...] = ()

    def __repr__(self) -> str:
        return "\n".join(page_lines(self))

    def _repr_html_(self) -> str:
        return page_html(self)


_FIELDS = {
    "title": "title", "authors": "authors", "date": "date", "updated": "updated", "publisher": "publisher",
    "canonical": "its own address", "language": "language", "description": "description",
}  # fmt: skip
_LEFT = '<td style="text-align:left;vertical-align:top">'  # JupyterLab sets cells to the right
_LONGEST = 300
_MOST = 6  # other values shown for one field


def page_html(page: Page) -> str:
    """The page as an HTML table: each field, how it was found and what else was on offer; warnings first.

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
    for name_of_field, name in _FIELDS.items():
        found: Found = getattr(page, name_of_field)
        if found or found.others:
            printed = (
                f", printed as {printable(page.printed, lines=False)}"
                if name_of_field == "date" and page.printed
                else ""
            )
            yield name, _shown(found.value), printable(found.how, lines=False) + printed, _others(found)
    text = str(page.text.value)
    if not text:
        yield "text", "none", "", []
        return
    agreed = f", agreement {page.agreement:.0%}" if page.agreement >= 0 else ""
    others = [
        f"{len(str(offer.value)):,} characters by {printable(offer.how, lines=False)}"
        for offer in page.text.others
    ]
    yield (
        "text",
        f"{len(text):,} characters: {_shown(text)}",
        printable(page.text.how, lines=False) + agreed,
        others,
    )


def _others(found: Found) -> list[str]:
    shown = [f"{_shown(offer.value)} ({printable(offer.how, lines=False)})" for offer in found.others[:_MOST]]
    left = len(found.others) - _MOST
    return shown + ([f"and {left} more"] if left > 0 else [])


def _warnings(page: Page) -> list[str]:
    return [printable(warn.says, lines=False) for warn in page.warnings]


def _shown(value: object) -> str:
    words = printable("; ".join(value) if isinstance(value, tuple) else str(value), lines=False)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _cell(text: str) -> str:
    return html.escape(text)
