"""A page's bytes to its title, authors, date and text, each with how it was found and what else was on offer."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeGuard

from lxml.html import HtmlElement

from kit.sources.extract import warnings
from kit.sources.extract.metadata import authors
from kit.sources.extract.metadata.fields import metadata
from kit.sources.extract.page.charset import decode
from kit.sources.extract.page.html_tree import parse, seen
from kit.sources.extract.page.page import Found, Offer, Page, Span, Warn
from kit.sources.extract.pdf import read_pdf
from kit.sources.extract.text import boilerplate, embedded_json, extractors
from kit.sources.extract.text.boilerplate import trim
from kit.sources.extract.text.extractors import medoid, overlap, shingles

#: The witness must confirm this much of the quick reading, or the slow readers are asked as well.
CONFIRMED = 0.9
_SCANT = 1_500


def extract(document: str | bytes, url: str = "", *, charset: str = "") -> Page:
    """What a web page or PDF says, as a `Page`; nothing is fetched.

    ``url`` is the address it came from and ``charset`` what the server called its encoding. A document that
    cannot be read within bounds (too long, too many tags, a locked PDF) raises `Unreadable`; any other is read
    as far as it goes, with warnings. Nothing is guessed: a field that is not stated is empty.

    The text is trafilatura's when resiliparse, another family of extractor, confirms it; else that of
    trafilatura, readability and newspaper which the other two agree with most.

    >>> page = extract("<title>Ship seized</title><h1>Ship seized</h1><p class=byline>By Jane Roe</p>")
    >>> page.title.value, page.authors.value, page.authors.how
    ('Ship seized', ('Jane Roe',), 'visible byline')
    """
    if _is_pdf(document):
        return read_pdf(document, url)
    html, encoding, root = _opened(document, url, charset)
    shown = seen(root)
    fields = metadata(root, url, html)
    stated = fields.pop("stated")
    if shown.excess:
        notes = [
            Warn("too-much", f"{shown.excess}: no article was sought in it, and the text may not be whole")
        ]
        text, agreement = Found(), -1.0
    else:
        fields["authors"] = fields["authors"] or _sought(root)
        text, agreement, notes = _article(root, url, fields)
    data, how = "", ""
    if len(text.value) < _SCANT:
        known = [str(found.value) for found in (text, fields["description"], fields["title"])]
        data, how = embedded_json.embedded(root, stated, known)
    if len(data) > 2 * len(text.value):
        others = (Offer(text.value, text.how),) if text else ()
        text, agreement = Found(data, how, others), -1.0
        notes.append(Warn("embedded", f"the article is not in the visible page; it was read from {how}"))
    notes = warnings.warnings(stated, fields, str(text.value), shown.text, agreement, url) + notes
    return Page(
        url=url,
        media_type="text/html",
        text=text,
        visible=shown.text,
        lines=tuple(_places(str(text.value), shown.text)),
        agreement=agreement,
        charset=encoding,
        warnings=(*notes, *warnings.replaced(encoding, html)),
        **_with_language(fields, shown.text),
    )


def skim(document: str | bytes, url: str = "", *, charset: str = "") -> Page:
    """What a page states about itself, without its text: some five times as quick as `extract`.

    It takes and raises what `extract` does. Only what is stated is read, so authors who stand nowhere but in
    a line no markup names are not found.

    >>> skim('<meta property="og:title" content="Ship seized">').title.how
    'og:title'
    """
    if _is_pdf(document):
        return replace(read_pdf(document, url), text=Found(), visible="", lines=())
    html, encoding, root = _opened(document, url, charset)
    fields = metadata(root, url, html)
    del fields["stated"]
    return Page(url=url, media_type="text/html", charset=encoding, **fields)


def _is_pdf(document: str | bytes) -> TypeGuard[bytes]:
    return isinstance(document, bytes) and document[:1024].lstrip().startswith(b"%PDF-")


def _opened(document: str | bytes, url: str, charset: str) -> tuple[str, Found, HtmlElement]:
    html, encoding = decode(document, charset) if isinstance(document, bytes) else (document, Found())
    return html, encoding, parse(html, url)


def _sought(root: HtmlElement) -> Found:
    # The last resort, and the slow one: trafilatura looks for a name where the page marks none.
    from trafilatura.metadata import extract_author

    found = authors.people(extract_author(root) or "")
    return Found(found, "found in the page by trafilatura") if found else Found(())


def _article(root: HtmlElement, url: str, fields: dict[str, Any]) -> tuple[Found, float, list[Warn]]:
    page = extractors.Reading(boilerplate.clear(deepcopy(root)), url)
    title = fields["title"]
    around = (title.value, *(offer.value for offer in title.others)), tuple(fields["authors"].value)
    notes: list[Warn] = []
    readings: dict[str, str] = {}

    def ask(name: str) -> str:
        raw, failed = extractors.ask(extractors.VOICES[name], page)
        if failed:
            notes.append(Warn("silent", f"{name} could not read the page ({failed})"))
        return trim(raw, *around) if raw else ""

    readings["trafilatura"], witness = ask("trafilatura"), ask("resiliparse")
    agreement = overlap(shingles(readings["trafilatura"]), shingles(witness))
    chosen = "trafilatura"
    if not readings["trafilatura"] or agreement < CONFIRMED:
        readings.update((name, text) for name in ("readability", "newspaper") if (text := ask(name)))
        spoken = {name: text for name, text in readings.items() if text} or {"resiliparse": witness}
        chosen, agreement = medoid(spoken)
        readings = {"resiliparse": witness, **spoken}
    text = readings[chosen]
    others = tuple(Offer(other, name) for name, other in readings.items() if other and other != text)
    return Found(text, chosen, others) if text else Found(), round(agreement, 4), notes


def _places(text: str, visible: str) -> list[Span]:
    """Where each line of the article stands in the visible text, in order; a line that is not there is left out."""
    spans, after = [], 0
    for line in text.split("\n"):
        wanted = " ".join(line.removeprefix("- ").split())
        start = visible.find(wanted, after) if wanted else -1
        if start >= 0:
            after = start + len(wanted)
            spans.append(Span(start, after))
    return spans


def _with_language(fields: dict[str, Any], visible: str) -> dict[str, Any]:
    if fields["language"] or len(visible) < 300:
        return fields
    from resiliparse.parse.lang import detect_fast

    tag, rank = detect_fast(visible[:20_000])
    return {
        **fields,
        "language": Found(tag, "guessed from the text") if rank < 800 and tag != "unknown" else Found(),
    }
