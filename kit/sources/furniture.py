"""What a page carries beside its article: taken out of a tree before it is read."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_TAGS = frozenset(
    "script style template noscript nav button select svg dialog figcaption iframe textarea input menu object form "
    "aside footer audio video canvas".split()
)
_KEPT = frozenset({"article", "main", "body", "html", "h1", "head", "title", "meta", "link"})
_NAME = re.compile(
    r"(?<![a-z])(?:captions?|newsletters?|related|recirc\w*|recommend\w*|promos?|promoted|bylines?|breadcrumbs?|modals?|regwall|"
    r"social|share|sharing|sharebar|sharetools|comments?|disqus|instagram|gallery|carousel|lightbox|infobox|"
    r"factbox|disclaimer|disclosure|trending|subscribe|subscription|signup|sponsored|advert\w*|popup|cookie\w*|"
    r"consent|credits?|toolbar|tags?|pagination|bio|biography|contributors?|poll|quiz|player|attribution|outbrain|"
    r"taboola|masthead|read-?more|more-?on|see-?also|most-?read|most-?popular|sr-only|visually-hidden|"
    r"screen-?reader\w*|print-only)(?![a-z])"
)
_PARAGRAPH_NAME = re.compile(r"caption|credit|byline")
_CAMEL = re.compile(r"([a-z])([A-Z])")
_SHARE = 0.3


def clear(root: HtmlElement) -> HtmlElement:
    """The tree without what its own markup calls furniture: menus, captions, newsletter boxes, related articles.

    An element goes by its kind or by what its class, id or role calls it; one that holds the heading, is marked
    as the article's body, or has more than 0.3 of the page's text, stays whatever it is called. The tree is
    changed in place and returned.
    """
    for element in list(root.iter("script", "style", "template")):
        element.drop_tree()
    body = root.find("body")
    if body is None:
        return root
    prose, paragraphs = max(1, _prose(body)), max(1, _paragraphs(body))
    for element in list(body.iterdescendants()):
        if not _is_furniture(element) or _holds_article(element):
            continue
        if element.getparent() is None or not _inside(element, body):
            continue
        if _prose(element) <= _SHARE * prose and _paragraphs(element) <= _SHARE * paragraphs:
            element.drop_tree()
    return root


def _inside(element: HtmlElement, body: HtmlElement) -> bool:
    return any(above is body for above in element.iterancestors())


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in _TAGS:
        return True
    if element.tag in _KEPT:
        return False
    given = [value for key in ("class", "id", "data-testid", "data-component", "role") if (value := element.get(key))]
    if not given:
        return False
    name = _CAMEL.sub(r"\1-\2", " ".join(given)).lower().replace("_", "-")
    return bool((_PARAGRAPH_NAME if element.tag == "p" else _NAME).search(name))


def _holds_article(element: HtmlElement) -> bool:
    return any(e.tag == "h1" or e.get("itemprop") == "articleBody" for e in element.iter())


def _prose(element: HtmlElement) -> int:
    """The length of the text that is not a link's."""
    length = 0
    for inner in element.iter():
        if inner.tag not in ("a", "noscript") and inner.text:
            length += len(inner.text.strip())
        if inner.tail and inner is not element:
            length += len(inner.tail.strip())
    return length


def _paragraphs(element: HtmlElement) -> int:
    return sum(len(text) for paragraph in element.iter("p") for text in paragraph.itertext())
