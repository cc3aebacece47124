"""What a page states about itself for machines: JSON-LD, meta elements, microdata, headings, links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from lxml.html import HtmlElement

from kit.sources.extract.reading.html_tree import element_text
from kit.text.normalise import bare_words
from kit.text.printable import xml_tree

#: Nodes of JSON-LD looked at in one page; a page with more is a feed or an attack.
_MAX_NODES = 20_000
_MAX_VALUE = 2_000
#: Elements of one kind kept: the first ones are the page's own.
_MAX_EACH = 60
_ARTICLE = re.compile(r"Article|Posting$|^Report$|^Review$|NewsMedia$|^Recipe$|^LiveBlog")
#: Fields of JSON-LD that hold other works than the page's own.
_LISTING = frozenset({
    "itemListElement", "citation", "isBasedOn", "mentions", "hasPart", "relatedLink", "comment", "subjectOf", "about",
})  # fmt: skip
_CDATA = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\]\]>)\s*;?\s*$"
)


@dataclass
class Stated:
    """Everything a page states about itself, as stated, with nothing chosen yet.

    ``bylines`` holds the elements that call themselves a byline, with the h1 elements among them as landmarks,
    ``dated`` those that call themselves a date or are a time. ``listed`` are the identities (``id``) of those ``nodes``
    that another lists or refers to.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    headings: list[HtmlElement] = field(default_factory=list)
    subheadings: list[HtmlElement] = field(default_factory=list)
    title: str = ""
    dated: list[HtmlElement] = field(default_factory=list)
    marked: dict[str, list[HtmlElement]] = field(default_factory=dict)
    bylines: list[HtmlElement] = field(default_factory=list)
    language: str = ""

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The nodes of JSON-LD that have a name, by the ``@id`` that others point to them with."""
        return {
            str(node["@id"]): node for node in reversed(self.nodes) if node.get("@id") and node.get("name")
        }

    def first(self, *names: str) -> str:
        """The first value that is not blank under any of the meta names, or ''."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


_BYLINE = re.compile(
    r"byline|by-line|author|autor(?!is)|auteur|writer|contributor|reporter|journalist|verfasser|skribent",
    re.IGNORECASE,
)
_NAMING = ("class", "rel", "id", "data-testid", "data-component", "itemprop")
_CAMEL = re.compile(r"([a-z])([A-Z])")
_DATE = re.compile(
    r"(?<![a-z])(?:date|dateline|datetime|timestamp|time|day|published|publication|pubdate|posted|submitted(?:-by)?|created|datum|fecha)(?![a-z])|"
    r"(?<![a-z])(?:pub|publish|published|post|posted|entry|article|story|news)[-_]?(?:date|time|meta|info)"
)
_NO_DATE = re.compile(
    r"event|start|(?<![a-z])end|birth|expir|copyright|comment|current|today|clock|calendar|countdown|weather|read(?:ing)?-?time|"
    r"duration|picker|deadline|hearing|due|header-date|masthead|top-?bar|timeline|real-?time|time-?zone|times?-?to"
)
_CHANGE = re.compile(r"updat|modif|revis|edited|changed|aktualis")
_NO_BYLINE = frozenset(
    {"meta", "script", "link", "body", "html", "img", "style", "input", "svg", "h1", "article", "main"}
)


def gather(root: HtmlElement, url: str = "") -> Stated:
    """What the tree states about itself, in one walk; broken JSON-LD is passed over, as a browser does.

    Articles described in JSON-LD come first when they name this page's address or its heading, since a page
    may describe the articles it links to as well.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> gather(parse('<meta name="author" content="Jane Roe"><h1>Raid</h1>')).first("author")
    'Jane Roe'
    """
    stated = Stated(language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    for element in root.iter():
        tag = element.tag
        if tag == "meta":
            _meta(stated, element)
        elif tag == "script":
            if "ld+json" in (element.get("type") or "") and element.text:
                for node, listed in _nodes(element.text, _MAX_NODES - len(stated.nodes)):
                    stated.nodes.append(node)
                    stated.listed |= {id(node)} if listed else set()
        elif tag == "link":
            for rel in (element.get("rel") or "").lower().split()[:5]:
                _add(stated.links.setdefault(rel, []), element.get("href") or "")
        elif tag == "title":
            stated.title = stated.title or element_text(element)
        elif tag == "h1":
            _add(stated.headings, element)
            _add(stated.bylines, element)
        elif tag == "h2":
            _add(stated.subheadings, element)
        if tag == "time" or (tag not in _NO_BYLINE and _says(element, _names_date)):
            _add(stated.dated, element)
        if element.get("itemprop"):
            for name in element.get("itemprop").split()[:5]:
                _add(stated.marked.setdefault(name, []), element)
        if tag not in _NO_BYLINE and _says(element, _names_author):
            _add(stated.bylines, element)
    _choose(stated, url)
    return stated


def _add(members: list[Any], member: Any) -> None:
    if len(members) < _MAX_EACH:
        members.append(member)


def _says(element: HtmlElement, names: Callable[[str], bool]) -> bool:
    return any((value := element.get(key)) is not None and names(value[:500]) for key in _NAMING)


@lru_cache(maxsize=4096)
def _names_author(name: str) -> bool:
    return _BYLINE.search(name) is not None


@lru_cache(maxsize=4096)
def _names_date(name: str) -> bool:
    plain = _CAMEL.sub(r"\1-\2", name).lower()
    return _DATE.search(plain) is not None and not _NO_DATE.search(plain)


def dates_a_change(element: HtmlElement) -> bool:
    """Whether an element calls itself the day of a change, and not of publication as well.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> dates_a_change(parse("<time class='updated'>").find(".//time"))
    True
    """
    names = " ".join(element.get(key) or "" for key in (*_NAMING, "itemprop")).lower()
    return _CHANGE.search(names) is not None and not re.search(r"publi|entry-date|created|posted", names)


def _meta(stated: Stated, element: HtmlElement) -> None:
    content = element.get("content")
    if content is None:
        return
    for key in ("name", "property", "itemprop", "http-equiv"):
        name = element.get(key)
        if name:
            values = stated.meta.setdefault(name.strip().lower()[:100], [])
            if len(values) < _MAX_EACH:
                values.append(plain_text(content))


def plain_text(text: str) -> str:
    """``text`` as one line, with character references resolved, even those escaped twice; cut at 2,000 characters.

    >>> plain_text("Boxes &amp;amp; <b>papers</b>")
    'Boxes & papers'
    """
    text = text[:_MAX_VALUE]
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text)
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


def _nodes(text: str, room: int) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each node, from the outermost inwards, and whether it is another's: an entry of a list, what is cited or mentioned."""
    pending: list[tuple[Any, bool]] = [(load_json(text), False)]
    while pending and room > 0:
        value, listed = pending.pop()
        if isinstance(value, dict):
            room -= 1
            yield value, listed
            inside = [(inner, listed or key in _LISTING) for key, inner in value.items()]
        else:
            inside = [(inner, listed) for inner in value] if isinstance(value, list) else []
        pending.extend(reversed([pair for pair in inside if isinstance(pair[0], dict | list)]))


def load_json(text: str) -> Any:
    """The JSON a script element holds, or None where it is not JSON; comments around it and bare newlines pass.

    >>> load_json('<!-- {"a": [1, 2,],} -->'), load_json("no JSON")
    ({'a': [1, 2]}, None)
    """
    text = _CDATA.sub("", text).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text) if len(text) < 500_000 else ""):
        try:
            return xml_tree(json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def json_types(node: dict[str, Any]) -> list[str]:
    """The types a JSON-LD node says it has.

    >>> json_types({"@type": ["https://schema.org/NewsArticle", "Thing"]})
    ['NewsArticle', 'Thing']
    """
    stated = node.get("@type")
    return [
        str(kind).rsplit("/", 1)[-1] for kind in (stated if isinstance(stated, list) else [stated]) if kind
    ]


def json_texts(value: Any, key: str = "name") -> list[str]:
    """The texts in a JSON-LD value: itself, its ``key``, or those of each member.

    >>> json_texts([{"name": "Jane Roe"}, "John Doe", {"@value": "Ann Poe"}])
    ['Jane Roe', 'John Doe', 'Ann Poe']
    """
    if isinstance(value, list):
        return [text for member in value[:50] for text in json_texts(member, key)]
    if isinstance(value, dict):
        return json_texts(value.get(key) or value.get("@value"), key)
    return [clean] if isinstance(value, str) and (clean := plain_text(value)) else []


def _choose(stated: Stated, url: str) -> None:
    articles = [node for node in stated.nodes if any(_ARTICLE.search(kind) for kind in json_types(node))]
    headings = {bare_words(element_text(heading)) for heading in stated.headings}
    canonical = next(iter(stated.links.get("canonical", ())), "")
    here = {_path(address) for address in (url, canonical) if address}

    def distance(node: dict[str, Any]) -> int:
        own = [node.get("url"), node.get("@id"), *json_texts(node.get("mainEntityOfPage"), "@id")]
        named = any(isinstance(address, str) and _path(address) in here for address in own)
        titled = any(bare_words(text) in headings for text in json_texts(node.get("headline")))
        full = bool(node.get("datePublished") and node.get("headline"))
        return -4 * named - 2 * titled - full

    titles = [*headings, bare_words(stated.title), bare_words(stated.first("og:title"))]

    def of_another(node: dict[str, Any]) -> bool:
        """Whether it says that it stands at another address, and its headline is none of this page's."""
        own = [node.get("url"), *json_texts(node.get("mainEntityOfPage"), "@id")]
        headline = next(
            (bare_words(text) for text in json_texts(node.get("headline") or node.get("name"))), ""
        )
        if id(node) in stated.listed:
            named = any(isinstance(address, str) and _path(address) in here for address in own)
            return not named and headline not in titles
        told = [_path(address) for address in own if isinstance(address, str) and address.startswith("http")]
        return bool(headline and told and here) and not (
            here.intersection(told) or any(headline in each or (each and each in headline) for each in titles)
        )

    stated.articles = sorted((node for node in articles if not of_another(node)), key=distance)


def _path(address: str) -> str:
    return re.sub(r"^https?://(www\.)?|[?#].*$|/$", "", address.strip())
