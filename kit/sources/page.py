"""What was read from a page, each field with how it was found and what else was on offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Offer:
    """One value a page gives for a field, and the place that gives it."""

    value: Any
    how: str


@dataclass(frozen=True)
class Found:
    """A field as it was read: the value taken, where it stood, and every differing value with its place.

    An empty ``value`` means that the page states none: nothing stands in for it.

    >>> print(Found(("Jane Roe",), "JSON-LD author", (Offer(("John Doe",), "visible byline"),)).disagreement)
    JSON-LD author says 'Jane Roe'; visible byline says 'John Doe'
    """

    value: Any = ""
    how: str = ""
    others: tuple[Offer, ...] = ()

    @property
    def disagreement(self) -> str:
        """A sentence naming each place and what it says, or '' when the page speaks with one voice."""
        if not self.others:
            return ""
        offers = [Offer(self.value, self.how), *self.others]
        return "; ".join(f"{offer.how} says {_words(offer.value)!r}" for offer in offers)

    def __bool__(self) -> bool:
        return bool(self.value)


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True)
class Warn:
    """Something a reader of the page should know, with a stable code and a sentence."""

    code: str
    says: str


@dataclass(frozen=True)
class Span:
    """A stretch of `Page.visible`: ``visible[start:end]``; ``label`` is a PDF's page number, else ''."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, repr=False)
class Page:
    """A page as read: its fields, its article text, all of its visible text, and what to be wary of.

    ``date.value`` is EDTF, no finer than the page states; ``printed`` is the same moment as the page prints it,
    time and zone included. ``canonical`` stands beside ``url``, the address that was asked, never in its place.
    ``lines`` are the places of the article's lines in ``visible``; a line that is not there is left out.
    ``agreement`` (0 to 1) is how far independent extractors read the same article; -1 when only one could read it.
    """

    url: str
    media_type: str
    title: Found = field(default_factory=Found)
    authors: Found = field(default_factory=lambda: Found(()))
    date: Found = field(default_factory=Found)
    printed: str = ""
    publisher: Found = field(default_factory=Found)
    canonical: Found = field(default_factory=Found)
    language: Found = field(default_factory=Found)
    description: Found = field(default_factory=Found)
    text: Found = field(default_factory=Found)
    visible: str = ""
    lines: tuple[Span, ...] = ()
    agreement: float = -1.0
    charset: Found = field(default_factory=Found)
    warnings: tuple[Warn, ...] = ()

    @property
    def disagreements(self) -> dict[str, str]:
        """Each field on which the page speaks with more than one voice, and the sentence that says so."""
        names = ("title", "authors", "date", "publisher", "canonical", "language", "charset")
        return {name: said for name in names if (said := getattr(self, name).disagreement)}

    def __repr__(self) -> str:
        from kit.sources.showing import page_lines  # it comes with pandas, which reading a page does not need

        return "\n".join(page_lines(self))

    def _repr_html_(self) -> str:
        from kit.sources.showing import page_html

        return page_html(self)
