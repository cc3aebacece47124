"""A web page to its title, authors, date and text, each with how it was found and what else was on offer."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml.html import HtmlElement

from kit.sources.extract import boilerplate, embedded_json, extractors, warnings
from kit.sources.extract.extractors import medoid, overlap, shingles
from kit.sources.extract.interstitial.detection import instead_of_page
from kit.sources.extract.metadata import authors
from kit.sources.extract.metadata.fields import metadata
from kit.sources.extract.reading.html_tree import decode, element_text, parse
from kit.sources.extract.reading.page import Found, Offer, Page, TextRange, Warn
from kit.sources.extract.reading.region import elsewhere
from kit.sources.extract.reading.structured_data import Stated, gather
from kit.sources.extract.reading.visible import seen

#: The witness must confirm this much of the quick reading, or the slow readers are asked as well.
CONFIRMED = 0.9
#: Characters of a text below which the page's embedded data are looked through for the article.
_SCANT = 1_500
#: Characters that a guess at the language needs, and the rank from which on resiliparse is not sure of its guess.
_LEGIBLE, _UNSURE = 300, 800


def extract_html(document: str | bytes, url: str = "", *, charset: str = "", asked: str = "") -> Page:
    """What a web page says, as a `Page`; nothing is fetched.

    ``url`` is the address it came from, ``asked`` the one asked for where that is another, and ``charset`` what the
    server called its encoding. A document that
    cannot be read within bounds (too long, too many tags) raises `Unreadable`; any other is read
    as far as it goes, with warnings. Nothing is guessed: a field that is not stated is empty.

    The text is trafilatura's when resiliparse, another family of extractor, confirms it; else that of
    trafilatura, readability and newspaper which the other two agree with most.

    >>> page = extract_html("<title>Ship seized</title><h1>Ship seized</h1><p class=byline>By Jane Roe</p>")
    >>> page.title.value, page.authors.value, page.authors.how
    ('Ship seized', ('Jane Roe',), 'visible byline')
    """
    html, encoding = decode(document, charset) if isinstance(document, bytes) else (document, Found())
    root = parse(html, url)
    shown, stated = seen(root), gather(root, url)
    fields = metadata(stated, shown, root, url)
    told = fields.pop("warnings")
    is_article = bool(
        stated.articles or fields["authors"] or root.xpath("//meta[@property='article:published_time']")
    )
    if shown.excess:
        no_article = f"{shown.excess}: no article was sought in it, and the text may not be whole"
        text, agreement, notes = Found(), -1.0, [Warn("too-much", no_article)]
    else:
        fields["authors"] = fields["authors"] or _sought_authors(root, stated)
        text, agreement, notes = _article(root, url, fields)
    if len(text.value) < _SCANT:
        known = [str(found.value) for found in (text, fields["description"], fields["title"])]
        data, how = embedded_json.embedded(root, stated, known)
        if len(data) > 2 * len(text.value):
            others = (Offer(text.value, text.how),) if text else ()
            text, agreement = Found(data, how, others), -1.0
            notes.append(Warn("embedded", f"the article is not in the visible page; it was read from {how}"))
    fields["language"] = fields["language"] or guessed_language(shown.text)
    canonical = (fields["canonical"].value, *(offer.value for offer in fields["canonical"].others))
    instead, warned = instead_of_page(
        root, html, shown, str(text.value), is_article=is_article, url=url, asked=asked, canonical=canonical
    )
    return Page(
        url=url, media_type="text/html", text=text, visible=shown.text, agreement=agreement, charset=encoding,
        structure=shown.structure, unseen=shown.unseen, instead=instead,
        lines=tuple(_lines(str(text.value), shown.text)),
        warnings=(
            *([warned] if warned else ()),
            *warnings.warnings(stated, fields, str(text.value), shown.text, agreement, url), *told, *notes,
            *warnings.broken_bytes(encoding, html),
        ),
        **fields,
    )  # fmt: skip


def _sought_authors(root: HtmlElement, stated: Stated) -> Found:
    # The last resort, and the slow one: trafilatura looks for a name where the page marks none as its own.
    from trafilatura.metadata import extract_author

    others = " ".join(element_text(byline) for byline in stated.bylines if elsewhere(byline))
    found = tuple(
        name for name in authors.people(extract_author(root) or "", strict=True) if name not in others
    )
    return Found(found, "found in the page by trafilatura") if found else Found(())


def _article(root: HtmlElement, url: str, fields: dict[str, Any]) -> tuple[Found, float, list[Warn]]:
    page = extractors.ClearedPage(boilerplate.clear(deepcopy(root)), url)
    title = fields["title"]
    around = (title.value, *(offer.value for offer in title.others)), tuple(fields["authors"].value)
    notes: list[Warn] = []

    def ask(name: str) -> str:
        raw, failed = extractors.ask(name, page)
        if failed:
            notes.append(Warn("silent", f"{name} could not read the page ({failed})"))
        return boilerplate.trim(raw, *around) if raw else ""

    quick, witness = ask("trafilatura"), ask("resiliparse")
    readings = {"trafilatura": quick}
    chosen, agreement = "trafilatura", overlap(shingles(quick), shingles(witness))
    if not quick or agreement < CONFIRMED:
        readings |= {name: ask(name) for name in ("readability", "newspaper")}
        readings = {name: text for name, text in readings.items() if text} or {"resiliparse": witness}
        chosen, agreement = medoid(readings)
        readings = {"resiliparse": witness, **readings}
    text = readings[chosen]
    others = tuple(Offer(other, name) for name, other in readings.items() if other and other != text)
    return Found(text, chosen, others) if text else Found(), round(agreement, 4), notes


def _lines(text: str, visible: str) -> list[TextRange]:
    """Where each line of the article stands in the visible text, in order; a line that is not there is left out."""
    spans, after = [], 0
    for line in text.split("\n"):
        wanted = " ".join(line.removeprefix("- ").split())
        start = visible.find(wanted, after) if wanted else -1
        if start >= 0:
            after = start + len(wanted)
            spans.append(TextRange(start, after))
    return spans


def guessed_language(visible: str) -> Found:
    """The language that a text seems to be in, where it is long enough to tell."""
    from resiliparse.parse.lang import detect_fast

    tag, rank = detect_fast(visible[:20_000]) if len(visible) >= _LEGIBLE else ("unknown", 0)
    return Found(tag, "guessed from the text") if rank < _UNSURE and tag != "unknown" else Found()
