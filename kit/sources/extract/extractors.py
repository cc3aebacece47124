"""The extractors, each behind an adapter of one shape: a cleared tree in, plain text out."""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, tostring

from kit.child import stopped_after
from kit.sources.extract.reading.visible import seen

_WORD = re.compile(r"\w+")
_LENGTH = 4
#: Seconds of the processor that each extractor may take; one that needs more has nothing to say.
SECONDS = 5.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of ``text``, counted; a shorter text is one run of what it has.

    >>> len(shingles("one two three four five"))
    2
    """
    found = _WORD.findall(text)
    if not found:
        return Counter()
    return Counter(zip(*(found[i:] for i in range(_LENGTH)), strict=False)) or Counter([tuple(found)])


def overlap(one: Counter, other: Counter) -> float:
    """The share of runs two texts have in common, 0 to 1 (F1 of one against the other); two empty ones agree.

    >>> overlap(shingles("a b c d e"), shingles("a b c d x"))
    0.5
    """
    total = one.total() + other.total()
    if not total:
        return 1.0
    few, many = (one, other) if len(one) < len(other) else (other, one)
    shared = sum(min(count, many[run]) for run, count in few.items() if run in many)
    return 2 * shared / total


def medoid(texts: dict[str, str]) -> tuple[str, float]:
    """The name of the reading that agrees most with the others, and its mean agreement with them.

    Nothing is tuned and nothing is mixed: what comes out is one extractor's reading, whole. A tie goes to the
    one named first. No reading at all raises `ValueError`; a single one has agreement -1, since none confirms it.

    >>> medoid({"a": "w x y z", "b": "w x y z v", "c": "something else was read here"})[0]
    'a'
    """
    if not texts:
        raise ValueError("no readings were given")
    if len(texts) == 1:
        return next(iter(texts)), -1.0
    runs = {name: shingles(text) for name, text in texts.items()}
    scores = {
        name: sum(overlap(mine, theirs) for other, theirs in runs.items() if other != name) / (len(runs) - 1)
        for name, mine in runs.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best, round(scores[best], 4)


@dataclass
class ClearedPage:
    """A page as the extractors are given it: the cleared tree, its address, and its source made once when asked."""

    tree: HtmlElement
    url: str
    _source: str = ""

    @property
    def source(self) -> str:
        """The cleared page as HTML, written when it is first asked for."""
        if not self._source:
            self._source = tostring(self.tree, encoding="unicode")
        return self._source


def trafilatura(page: ClearedPage) -> str:
    """trafilatura's article text without its slow fallbacks, '' where it finds none."""
    from trafilatura import bare_extraction

    # It works on a copy of its own.
    document = bare_extraction(page.tree, url=page.url or None, fast=True, include_comments=False)
    return getattr(document, "text", None) or ""


def resiliparse(page: ClearedPage) -> str:
    """resiliparse's main content: quick, and of another family, so its word counts as a witness's."""
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(page.source, main_content=True, alt_texts=False, preserve_formatting=True)


def readability(page: ClearedPage) -> str:
    """readability-lxml's article, '' where it finds none."""
    from readability import Document
    from readability.readability import Unparseable

    try:
        summary = Document(deepcopy(page.tree), url=None).summary(html_partial=True)
    except Unparseable:
        return ""
    root = etree.fromstring(f"<html><body>{summary}</body></html>", etree.HTMLParser(encoding=None))
    return seen(root).lines if root is not None else ""


def newspaper(page: ClearedPage) -> str:
    """newspaper's text: newspaper3k or newspaper4k, whichever is installed, told to fetch nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newspaper3k's source has escapes that today's Python warns of
        from newspaper import Article, Config
    config = Config()
    config.fetch_images = config.follow_meta_refresh = False
    article = Article(page.url or "https://example.invalid/", config=config)
    article.download(input_html=page.source)  # both know it; given the source, it downloads nothing
    article.parse()
    return article.text or ""


EXTRACTORS: dict[str, Callable[[ClearedPage], str]] = {
    "trafilatura": trafilatura,
    "resiliparse": resiliparse,
    "readability": readability,
    "newspaper": newspaper,
}
#: What the extractors are known to raise on pages they do not understand.
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, RuntimeError, TypeError,
             ValueError, OSError, etree.LxmlError)  # fmt: skip


def ask(name: str, page: ClearedPage) -> tuple[str, str]:
    """What the extractor of that name reads, and '' or why it could not: they raise many kinds of errors on odd pages.

    A page must not fail because one reader of it did; who fell silent is reported in its warnings.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> ask("resiliparse", ClearedPage(parse("<p>Fifty boxes."), ""))
    ('Fifty boxes.', '')
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        with stopped_after(SECONDS):
            return EXTRACTORS[name](page), ""
    except _FAILURES as error:
        return "", f"{type(error).__name__}: {str(error)[:200]}"
