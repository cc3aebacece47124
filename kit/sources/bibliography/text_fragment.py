"""Addresses that open at a passage: by its words in a browser, or at the page of a PDF."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

DIRECTIVE = ":~:"


def text_fragment(start: str, end: str = "", prefix: str = "", suffix: str = "") -> str:
    """The directive ``text=...`` that finds the passage from ``start`` to ``end``, between ``prefix`` and
    ``suffix``.

    Commas, hyphens and ampersands, which separate the directive's own parts, are encoded wherever the words
    hold them. Without ``start`` there is nothing to find, and ``ValueError`` is raised.

    >>> text_fragment("cut off, late", "of mid-July & after", prefix="says")
    'text=says-,cut%20off%2C%20late,of%20mid%2DJuly%20%26%20after'
    """
    if not start.strip():
        raise ValueError("a text fragment needs the first words of the passage")
    before, first, last, after = (_encoded(words) for words in (prefix, start, end, suffix))
    return "text=" + ",".join(
        part for part in (before and f"{before}-", first, last, after and f"-{after}") if part
    )


def _encoded(words: str) -> str:
    # quote() leaves hyphens alone, but there one would read as the end of a prefix.
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


def passage_link(url: str, opens: str) -> str:
    """The address with what opens it at a passage: a text directive, ``page=5`` of a PDF, or nothing.

    A fragment that ``url`` has is kept before a text directive, and a directive in it replaced. An address that is not
    http(s) raises ``ValueError``: a link is clicked.

    >>> passage_link("https://post.example/raid#top", text_fragment("Police searched", "Monday morning"))
    'https://post.example/raid#top:~:text=Police%20searched,Monday%20morning'
    >>> passage_link("https://court.example/order.pdf#zoom=90", "page=5")
    'https://court.example/order.pdf#page=5'
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(f"{url!r} is no web address")
    page = url.partition(DIRECTIVE)[0].removesuffix("#")
    if not opens:
        return page
    if not opens.startswith("text="):
        return f"{page.partition('#')[0]}#{opens}"
    hash_sign = "" if "#" in page else "#"
    return f"{page}{hash_sign}{DIRECTIVE}{opens}"


def row_link(row: Any, url: str, opens: str = "") -> str:
    """The address of a page, opening where the gate found the passage of a row of evidence, or else at the row's own words.

    '' without an address; ``row`` has the cells ``start``, ``end``, ``prefix`` and ``suffix``.
    """
    if not url:
        return ""
    if not opens and row.start.strip():
        opens = text_fragment(row.start, row.end, row.prefix, row.suffix)
    return passage_link(url, opens)
