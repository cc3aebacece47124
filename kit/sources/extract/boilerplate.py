"""What extractors leave around an article's lines: taken off a text after it is read."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from kit.text.normalise import bare_words

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
    """The tree without what its own markup calls boilerplate: menus, captions, newsletter boxes, lists of links.

    An element goes by its kind, by what its class, id or role calls it, or by being nothing but links to other
    pages. One that holds the heading, is marked as the article's body, or has more than 0.3 of the page's text
    stays whatever it is called. The tree is changed in place and returned.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> from kit.sources.extract.reading.visible import seen
    >>> seen(clear(parse("<h1>Ship</h1><p>It sank.</p><ul class=related-posts><li>Other</li></ul>"))).lines
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
        elif _is_boilerplate(element) or _is_pointer(element, prose[index], linked[index]):
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


def _is_boilerplate(element: HtmlElement) -> bool:
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


#: Lines that only announce something else; the same few words in every newsroom.
_LABEL = re.compile(
    r"\W*(?:advertisement|advertising|anzeige|publicidad|publicité|publicidade|pubblicità|reklama?|article content|"
    r"story continues(?: below(?: advertisement)?)?|recommended(?: videos| stories| reading)?|"
    r"related(?: content| articles?| stories| coverage| topics?)?|more on this(?: story)?|read more|see more|see also|"
    r"read next|read also|also read|up next|trending(?: now)?|most (?:read|popular)|editors?.? picks?|don.?t miss|"
    r"watch(?: now| below)?|listen|share(?: this)?(?: article| story)?|tags?|topics?|filed under|sources?|comments?|"
    r"quellen?|auch interessant|lesen sie (?:auch|mehr|hier)|mehr zum thema|das könnte sie (?:auch )?interessieren|"
    r"empfohlener redaktioneller inhalt|externer inhalt|darum geht.?s|hauptinhalt|lire aussi|à lire aussi|"
    r"sur le même sujet|te puede interesar|lee también|noticias? relacionadas?|leggi anche|leia (?:também|mais)|"
    r"lees (?:ook|meer)|läs (?:också|mer)|læs også|les også|lue myös|(?:prze)?czytaj także|читайте также|"
    r"sign up|subscribe(?: now)?|buy tickets|order reprints?|open in app|print|email|facebook|twitter|whatsapp|"
    r"copy link|loading|image|video|photo|gallery|embed)\W*",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\W*(?:(?:read|see|view|watch|learn|hear) (?:more|also|next)|more|also|next|related|recommended|must[- ]read|required reading|"
    r"also read|don.?t miss|in pictures|lesen sie (?:auch|hier|mehr|außerdem)|mehr zum thema|zum artikel|"
    r"auch interessant|lire aussi|à lire aussi|lee también|te puede interesar|leggi anche|leia (?:também|mais)|lees ook|"
    r"läs (?:också|mer|även)|læs også|les også|lue myös|czytaj (?:także|też|również)|zobacz (?:także|też)|"
    r"читайте также|photos?|image credits?|credits?|source images|lead image)\s*[:|»>→–—]",
    re.IGNORECASE,
)
#: What a line at the end says when it is about the publication, not the story.
_CLOSING = re.compile(
    r"sign(?:ing)? up (?:for|to|here|now)|subscribe (?:to|now|here|today)|newsletter|follow (?:us|me|him|her|them|@)|"
    r"follow \w+ on (?:twitter|x|facebook|instagram)|all rights reserved|alle rechte vorbehalten|"
    r"tous droits réservés|todos los derechos|(?:^|\W)©|^copyright\b|download (?:our|the) app|click here|like us on|"
    r"whatsapp-?(?:channel|kanal)|bookmark (?:this|our)|contact (?:the )?(?:reporter|author|writer)|"
    r"(?:reach|contact|e-?mail)\b.{0,60}@|^reporting by\b|contributed to this (?:report|story|article)|"
    r"commission (?:on|from)|affiliate (?:links?|commission)|independently (?:select|review|chosen)|"
    r"this (?:article|story|material) (?:was|may not|originally)|letters? to the editor|have a (?:news )?tip|"
    r"send (?:us )?(?:a )?tips?|become a (?:member|subscriber)|support (?:our|independent) journalism|"
    r"jetzt (?:abonnieren|melden|testen)|kostenlos testen|fehler gefunden|abonnieren sie|suivez|abonnez-vous|"
    r"suscr[ií]bete|síguenos|iscriviti|inscreva|available on (?:apple|spotify|google)|click for",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"sign up (?:for|to|here)|subscribe (?:to|now|here)|newsletter|follow us|click here|abonn|download (?:our|the) app",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"\W*(?:(?:by|von|par|por|di|af|av|door)\s+[^.!?]{3,80}|"
    r"(?:published|updated|posted|last updated|stand|veröffentlicht|aktualisiert|publié|publicado|actualizado)\b.{0,60}|"
    r"[\d\s./:,-]{6,}(?:uhr|h|am|pm|[a-z]{2,5}t)?|(?:\w+,? ){0,2}\d{1,2}[. ]\s?\w{3,10}\.? \d{4}.{0,30}|"
    r"\w{3,10}\.? \d{1,2},? \d{4}.{0,30})",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[\W_]*")
_KICKER = 60
_HEAD, _TAIL = 6, 8


def trim(text: str, titles: tuple[str, ...], authors: tuple[str, ...]) -> str:
    """``text`` without the headline, byline and date before it, labels within it, and the house's notes after it.

    Lines go whole or stay whole. At the head a line goes when it is one of ``titles``, one of ``authors``, a
    byline or a date; at the tail when it speaks of newsletters, rights, tips or of an author; anywhere when it
    is a bare label ("Advertisement", "Mehr zum Thema") or points to another article ("Read more: ...").

    >>> trim("Ship seized\\nBy Jane Roe\\nIt was off the coast.\\nAdvertisement\\nIt sank.\\n© 2025 Example", ("Ship seized",), ())
    'It was off the coast.\\nIt sank.'
    """
    heads, people = (
        {bare_words(title) for title in titles if title},
        [bare_words(name) for name in authors if len(name) > 4],
    )
    lines = [line.rstrip() for line in text.split("\n") if not _is_label(line)]
    start = 0
    while start < min(_HEAD, len(lines)) and (
        _is_title(lines[start], heads) or _is_dateline(lines[start]) or bare_words(lines[start]) in people
    ):
        start += 1
    lines = [line for line in lines[start : start + 4] if not _is_title(line, heads)] + lines[start + 4 :]
    lines = lines[: _end(lines, people)]
    return "\n".join(line for line in lines if len(line) >= 160 or not _ASKING.search(line))


def _is_label(line: str) -> bool:
    if _WORDLESS.fullmatch(line) or (len(line) < 60 and _LABEL.fullmatch(line)):
        return True
    return len(line) < 200 and _POINTER.match(line) is not None


def _is_title(line: str, heads: set[str]) -> bool:
    # A section's name may stand before the headline, on one line with it.
    form = bare_words(line[:600])
    return form in heads or any(
        len(t) > 20 and form.endswith(t) and len(form) - len(t) < _KICKER for t in heads
    )


def _is_dateline(line: str) -> bool:
    return len(line) < 120 and _DATELINE.fullmatch(line) is not None


def _end(lines: list[str], people: list[str]) -> int:
    """Where the article ends: above the first of the closing lines, with at most short lines between them."""
    end = len(lines)
    for index in range(len(lines) - 1, max(0, len(lines) // 3, len(lines) - 1 - _TAIL), -1):
        line = lines[index]
        if _CLOSING.search(line) or any(bare_words(line[:200]).startswith(name) for name in people):
            end = index
        elif len(line) > 60 or line[-1:] in '.!?"”»|':
            break
    return end
