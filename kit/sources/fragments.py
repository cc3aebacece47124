"""Links that open a page at a passage: WICG text fragments
(https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

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


def passage_link(url: str, start: str, end: str = "", prefix: str = "", suffix: str = "") -> str:
    """The address, opening at the passage; a fragment that ``url`` has is kept, a text directive in it
    replaced.

    Without ``start`` the address comes back without a text directive. An address that is not http(s) raises
    ``ValueError``: a link is clicked.

    >>> passage_link("https://post.example/raid#top", "Police searched the", "Monday morning")
    'https://post.example/raid#top:~:text=Police%20searched%20the,Monday%20morning'
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(f"{url!r} is no web address")
    page = url.partition(DIRECTIVE)[0].removesuffix("#")
    if not start.strip():
        return page
    hash_sign = "" if "#" in page else "#"
    return f"{page}{hash_sign}{DIRECTIVE}{text_fragment(start, end, prefix, suffix)}"
