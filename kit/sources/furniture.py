"""What a page carries beside its article: taken out of a tree before it is read."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

_TAGS = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "button",
        "select",
        "svg",
        "dialog",
        "figcaption",
        "iframe",
        "textarea",
        "input",
        "menu",
        "object",
        "form",
        "aside",
        "footer",
        "audio",
        "video",
        "canvas",
    ]
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
#: Class names that hide, whole words only: "overflow-hidden" hides nothing.
_HIDING = frozenset(
    {"hidden", "hide", "d-none", "is-hidden", "visually-hidden", "sr-only", "display-none", "no-display"}
)
_NAMED = 500
_SHARE = 0.3
_LINKED = 0.6
_HEADLINE_WORDS = 4


def clear(root: HtmlElement) -> HtmlElement:
    """The tree without what its own markup calls furniture: menus, captions, newsletter boxes, lists of links.

    An element goes by its kind, by what its class, id or role calls it, or by being nothing but links to other
    pages. One that holds the heading, is marked as the article's body, or has more than 0.3 of the page's text
    stays whatever it is called. The tree is changed in place and returned.

    >>> from kit.sources.tree import parse, seen
    >>> seen(clear(parse("<h1>Ship</h1><p>It sank.</p><ul class=related-posts><li>Other</li></ul>"))).text
    'Ship\\nIt sank.'
    """
    for element in list(root.iter("script", "style", "template")):
        element.drop_tree()
    body = root.find("body")
    dropped: list[HtmlElement] = []
    if body is None:
        return root
    elements = [body, *body.iterdescendants()]
    place = {element: index for index, element in enumerate(elements)}
    above = [-1, *(place[element.getparent()] for element in elements[1:])]
    prose, paragraphs, linked, stays = _sizes(elements, above)
    most_prose, most_paragraphs = _SHARE * prose[0], _SHARE * paragraphs[0]
    gone = [False] * len(elements)
    for index, element in enumerate(elements[1:], 1):
        if gone[above[index]]:
            gone[index] = True
        elif stays[index] or prose[index] > most_prose or paragraphs[index] > most_paragraphs:
            continue
        elif _is_furniture(element) or _is_pointer(element, prose[index], linked[index]):
            gone[index] = True
            dropped.append(element)
    for element in dropped:
        element.drop_tree()
    return root


def _sizes(
    elements: list[HtmlElement], above: list[int]
) -> tuple[list[int], list[int], list[int], list[bool]]:
    """How much each element holds: text outside links, text in paragraphs, text in links, and if it must stay.

    Summed once from the leaves up, so that a deep page costs no more than a flat one.
    """
    prose, paragraphs, linked = ([0] * len(elements) for _ in range(3))
    stays = [False] * len(elements)
    for index in range(len(elements) - 1, -1, -1):
        element = elements[index]
        tag = element.tag
        if element.text and tag != "noscript":
            prose[index] += len(element.text.strip())
        if tag == "a":
            linked[index], prose[index] = linked[index] + prose[index], 0
        elif tag == "p":
            paragraphs[index] = prose[index] + linked[index]
        if tag == "h1" or element.get("itemprop") == "articleBody":
            stays[index] = True
        parent = above[index]
        if parent < 0:
            break
        prose[parent] += prose[index] + (len(element.tail.strip()) if element.tail else 0)
        paragraphs[parent] += paragraphs[index]
        linked[parent] += linked[index]
        stays[parent] = stays[parent] or stays[index]
    return prose, paragraphs, linked, stays


def _is_furniture(element: HtmlElement) -> bool:
    tag = element.tag
    if tag in _TAGS:
        return True
    if tag in _KEPT:
        return False
    keys = ("class", "id", "data-testid", "data-component", "role")
    return any(
        (value := element.get(key)) is not None and _is_name(value[:_NAMED], tag == "p") for key in keys
    )


@lru_cache(maxsize=8192)
def _is_name(given: str, paragraph: bool) -> bool:
    if not _HIDING.isdisjoint(given.split()):
        return True
    name = _CAMEL.sub(r"\1-\2", given).lower().replace("_", "-")
    return (_PARAGRAPH_NAME if paragraph else _NAME).search(name) is not None


def _is_pointer(element: HtmlElement, prose: int, linked: int) -> bool:
    """Whether a list is made of links, or a paragraph is one link and nothing else: both point elsewhere."""
    if element.tag in ("ul", "ol"):
        return linked > _LINKED * (linked + prose)
    if element.tag == "p" and linked and not prose:
        return len("".join(element.itertext()).split()) >= _HEADLINE_WORDS
    return False
