"""A page's title, authors, date, publisher, address, language and description, each from its best witness."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kit.sources.extract.metadata import authors
from kit.sources.extract.metadata.dating import dating
from kit.sources.extract.metadata.publishers import publisher_of
from kit.sources.extract.metadata.titles import settle, title
from kit.sources.extract.reading.html_tree import element_text
from kit.sources.extract.reading.page import Found, Offer
from kit.sources.extract.reading.region import elsewhere
from kit.sources.extract.reading.structured_data import Stated, json_texts, json_types, plain_text
from kit.sources.extract.reading.visible import Seen
from kit.text.normalise import bare_words

_AUTHORS = (
    "article:author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:author_name",
    "citation_author", "cxenseparse:author", "authors", "og:article:author", "author_name", "twitter:data1",
)  # fmt: skip
#: Fields of libraries, in which a name begins with the family's.
_INVERTED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})
_MOST = 50
#: "Posted on 4 May 2021 by Jane Roe in News"
_SIGNED = re.compile(
    r"(?:posted|published|submitted|written|created|veröffentlicht|erstellt|verfasst|publié|écrit|publicado|escrito)\b"
    r".{0,60}?\b(?:by|von|par|por)\s+(\S.*)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def metadata(stated: Stated, shown: Seen, root: HtmlElement, url: str) -> dict[str, Any]:
    """The `Found` of each field of a page, under ``printed`` its moment as printed, and ``warnings``.

    Structured data is asked first, then what is visible; what disagrees is kept beside the value. A field the
    page does not state stays empty.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> from kit.sources.extract.reading.structured_data import gather
    >>> from kit.sources.extract.reading.visible import seen
    >>> html = '<html lang="en"><meta name="date" content="2025-08-01"><h1>Raid</h1>'
    >>> root = parse(html)
    >>> found = metadata(gather(root), seen(root), root, "https://post.example/raid")
    >>> found["date"].value, found["language"].value, found["publisher"].how
    ('2025-08-01', 'en', 'the address')
    """
    publisher, language = _publisher(stated, url), _language(stated)
    headline = title(stated, str(publisher.value), (text for kind, text in shown.unseen if kind == "hidden"))
    people = _authors(stated, shown, publisher, url)
    names = (*people.value, str(publisher.value))
    when = dating(
        stated, shown, root, url, title=str(headline.value), names=names, language=str(language.value)
    )
    return {
        "title": headline,
        "authors": people,
        "date": when.issued,
        "printed": when.printed,
        "updated": when.updated,
        "publisher": publisher,
        "canonical": _canonical(stated, url),
        "language": language,
        "description": _description(stated),
        "warnings": when.warnings,
    }


def _publisher(stated: Stated, url: str) -> Found:
    host = urlsplit(url).hostname or ""
    structured = next((t for node in stated.articles for t in json_texts(node.get("publisher"))), "")
    offers = [
        Offer(publisher_of(host), "the list of publishers by host"),
        Offer(stated.first("og:site_name"), "og:site_name"),
        Offer(structured, "JSON-LD publisher"),
        Offer(stated.first("application-name", "apple-mobile-web-app-title"), "application-name"),
        Offer(stated.first("cre", "dc.publisher", "publisher", "copyright"), "meta publisher"),
    ]
    named = [offer for offer in offers if offer.value]
    return settle(
        named or [Offer(host.removeprefix("www."), "the address")] if named or host else [], bare_words
    )


def _authors(stated: Stated, shown: Seen, publisher: Found, url: str) -> Found:
    """People first, from the surest place that names any; a desk's or the publication's own credit only after."""
    own = {_run_together(str(value)) for value in (publisher.value, *(o.value for o in publisher.others))} - {
        ""
    }
    own |= {
        _run_together(label) for label in (urlsplit(url).hostname or "").split(".")[:-1] if len(label) > 3
    }
    persons: list[Offer] = []
    bodies: list[Offer] = []

    def offer(
        raw: list[str], how: str, strict: bool = False, body: bool = False, inverted: bool = False
    ) -> bool:
        found: list[str] = []
        credited: list[str] = []
        for text in raw:
            parts = authors.people(text, strict, inverted)
            parts = parts[:1] + tuple(part for part in parts[1:] if not _is_place(part, shown.text))
            ours = [part for part in parts if _is_own(part, own)]
            if text.lstrip().startswith(",") or (
                ours and len(ours) < len(parts) and not strict and parts[0] in ours
            ):
                credited.append(plain_text(text).lstrip(", "))
                continue
            people = [part for part in parts if part not in ours]
            found += [name for name in people if not (authors.is_collective(name) or body)]
            credited += ours + [name for name in people if authors.is_collective(name) or body]
        if found:
            persons.append(Offer(tuple(dict.fromkeys(found)), how))
        elif credited:
            bodies.append(Offer(tuple(dict.fromkeys(credited)), how))
        return bool(found or credited)

    for node in stated.articles[:1]:
        people, organisations = _credited(node.get("author") or node.get("creator"), stated.by_id)
        offer(people, "JSON-LD author")
        offer(organisations, "JSON-LD author", body=True)
    for key in _AUTHORS:
        offer(
            stated.meta.get(key, []), f"meta {key}", strict=key == "twitter:data1", inverted=key in _INVERTED
        )
    _visible(stated, offer)
    if not (persons or bodies):
        lines = (" ".join(element_text(each).split()) for each in stated.dated if not elsewhere(each))
        signed = [found[1] for line in lines if len(line) < 200 and (found := _SIGNED.match(line))]
        offer(signed[:1], "visible line that dates the article", strict=True)
    return (
        settle(persons + bodies, lambda value: frozenset(map(authors.same_person, value)))
        if persons + bodies
        else Found(())
    )


def _run_together(name: str) -> str:
    return bare_words(name).replace(" ", "")


def _is_own(name: str, own: set[str]) -> bool:
    form = _run_together(name)
    return any(
        form == mine or (len(mine) > 4 and (form.startswith(mine) or mine.startswith(form))) for mine in own
    )


def _is_place(name: str, text: str) -> bool:
    """Whether the page's text speaks of being in or coming from what would be a name: "in New Quay"."""
    near = rf"\b(?:in|near|from|aus|nach|bei|à)\s+{re.escape(name)}(?!\w)|^{re.escape(name)}\s*(?:\([^)\n]{{2,30}}\)\s*)?[—–-]\s"
    return len(name.split()) <= 3 and re.search(near, text, re.MULTILINE) is not None


def _credited(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The names of people and of organisations that JSON-LD credits; one that is only pointed to is looked up."""
    people: list[str] = []
    bodies: list[str] = []
    for member in (value if isinstance(value, list) else [value])[:_MOST]:
        given = member if isinstance(member, dict) else by_id.get(str(member), {"name": member})
        given = by_id.get(str(given.get("@id")), given) if not given.get("name") else given
        names = json_texts(given.get("name")) or [
            " ".join(json_texts([given.get("givenName"), given.get("familyName")]))
        ]
        (bodies if any("Organization" in kind for kind in json_types(given)) else people).extend(
            filter(None, names)
        )
    return people, bodies


def _visible(stated: Stated, offer: Callable[..., bool]) -> None:
    # The first byline after the headline is the article's; those further on belong to the articles it links to.
    marked = [element for element in stated.marked.get("author", ()) if element.tag != "meta"][:1]
    landmarks = [i for i, element in enumerate(stated.bylines) if element.tag == "h1"]
    after = [e for e in stated.bylines[landmarks[0] if landmarks else 0 :] if e.tag != "h1"]
    before = [e for e in stated.bylines[: landmarks[0] if landmarks else 0] if e.tag != "h1"]
    for element in marked:
        if not elsewhere(element) and _offered(element, "microdata author", offer):
            break
    for element in (after + before)[:12]:
        if not elsewhere(element) and _offered(element, "visible byline", offer):
            return


def _offered(element: HtmlElement, how: str, offer: Callable[..., bool]) -> bool:
    pieces = [text.strip() for text in element.itertext() if text.strip()]
    if not pieces or sum(map(len, pieces)) > 200:
        return False
    return offer([" ; ".join(pieces)], how, strict=True) or offer([" ".join(pieces)], how, strict=True)


def _in_json(stated: Stated, field: str, key: str = "name") -> list[tuple[str, str]]:
    """What the page's own article says under ``field`` of JSON-LD, as a text and its place; none or one."""
    found = (text for node in stated.articles[:1] for text in json_texts(node.get(field), key)[:1])
    return [(text, f"JSON-LD {field}") for text in found]


def _canonical(stated: Stated, url: str) -> Found:
    given = [
        (next(iter(stated.links.get("canonical", ())), ""), "link rel=canonical"),
        (stated.first("og:url"), "og:url"),
        *_in_json(stated, "mainEntityOfPage", "@id"),
    ]
    offers = []
    for address, how in given:
        try:
            whole = urljoin(url, address.strip())
            fits = urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname
        except ValueError:
            continue  # an address that is none is not offered
        if address.strip() and fits:
            offers.append(Offer(whole, how))
    return settle(offers, lambda address: re.sub(r"^https?://(www\.)?|/$|#.*$", "", address))


def _language(stated: Stated) -> Found:
    given = [
        (stated.language, "html lang"),
        *_in_json(stated, "inLanguage"),
        (stated.first("og:locale"), "og:locale"),
        (stated.first("content-language", "dc.language", "language"), "meta language"),
    ]
    tags = [(text.strip().replace("_", "-"), how) for text, how in given]
    offers = [Offer(tag, how) for tag, how in tags if _LANGUAGE.match(tag)]
    return settle(offers, lambda tag: tag.split("-")[0].lower())


def _description(stated: Stated) -> Found:
    given = [
        (stated.first("og:description"), "og:description"),
        (stated.first("description", "dc.description"), "meta description"),
        *_in_json(stated, "description"),
        (stated.first("twitter:description"), "twitter:description"),
    ]
    return settle([Offer(plain_text(text), how) for text, how in given if text], bare_words)
