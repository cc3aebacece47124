"""What part of a page an element is, beside the article: comments, a menu, links to other stories, a foot, an aside."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

_TAGS = {"nav": "menu", "aside": "aside", "footer": "footer", "blockquote": "quotation", "del": "deleted", "s": "deleted",
         "strike": "deleted"}  # fmt: skip
_ROLES = {
    "navigation": "menu",
    "menu": "menu",
    "menubar": "menu",
    "complementary": "aside",
    "contentinfo": "footer",
}
_CORES = {
    "comments": r"comments?|commentlist|disqus|discussions?|responses|replies|kommentare?|leserkommentare?|commentaires?|comentarios?",
    "menu": r"nav|navbar|navigation|menu|breadcrumbs?|sitemap",
    "related": (
        r"related|recirc\w*|recommended|more-on|read-more|read-next|see-also|most-(?:read|popular|viewed)|trending|"
        r"you-may(?:-also)?-like|outbrain|taboola|mehr-zum-thema|verwandte?|weiterlesen|lire-aussi|a-lire-aussi|"
        r"relacionad[oa]s?|te-puede-interesar"
    ),
    "footer": r"(?:site|page|global|main)-?footer|footer|colophon|fusszeile|pied-de-page",
    "aside": r"side-?bar|aside",
    "advertisement": (
        r"advert\w*|ads?|sponsored|promo(?:s|ted)?|anzeige|werbung|publicite|publicidad|newsletters?|cookie\w*|"
        r"consent|paywall|regwall"
    ),
}  # fmt: skip
_BEFORE = r"(?:(?:the|site|page|main|global|post|article|entry|story|user|reader|top|bottom|left|right|primary|secondary|block|js|td|news|is)-)*"
_BEHIND = (
    r"(?:-(?:posts?|articles?|stories|story|content|links?|list|section|area|box|block|widget|wrap(?:per)?|container|"
    r"thread|items?|inner|body|text|title|bar|module|panel|group|news|topics|card|unit|slot|banner|zone|label|menu|nav|\d+))*"
)
_NAMES = [(kind, re.compile(f"{_BEFORE}(?:{core}){_BEHIND}")) for kind, core in _CORES.items()]
_CAMEL = re.compile(r"([a-z])([A-Z])")
_NAMED = 500
_HEADINGS = {
    "comments": r"(?:\d+ )?(?:(?:readers?.? )?comments?|discussion|responses?(?: to .{1,120})?|replies|kommentare?|leserkommentare|commentaires?|comentarios?)(?: \(?\d+\)?)?",
    "related": (
        r"related(?: stories| articles?| content| links| coverage| posts| topics)?|read (?:more|next|also)|see also|"
        r"more (?:on this(?: story| topic)?|from .{1,40}|stories)|most (?:read|popular|viewed)|trending(?: now)?|"
        r"you (?:may|might) also like|recommended(?: for you| stories| reading)?|mehr zum thema|lesen sie auch|"
        r"auch interessant|meistgelesen|(?:à )?lire aussi|sur le même sujet|les plus lus|te puede interesar|"
        r"lee también|noticias relacionadas|lo más leído"
    ),
}  # fmt: skip
_HEADED = [(kind, re.compile(rf"(?:{words})\W*", re.IGNORECASE)) for kind, words in _HEADINGS.items()]
_WHOLE = frozenset(
    {"html", "body", "main", "p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "td", "th", "tr", "li"}
)
_ARTICLE = frozenset({"h1", "main"})


def region(element: HtmlElement) -> str:
    """The kind of part that an element is by its tag, its role or its names; '' where it is none beside the article.

    One that holds the page's heading, or the article marked as such, is no such part, whatever it is called.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> body = parse("<div class=has-comments><div id=comments>I saw it.</div></div><del>Ten</del>").find("body")
    >>> [region(each) for each in body.iter("div", "del")]
    ['', 'comments', 'deleted']
    """
    tag = element.tag
    if tag in _WHOLE:
        return ""
    kind = _TAGS.get(tag) or _ROLES.get(element.get("role") or "", "")
    if not kind and (element.get("itemtype") or "").rpartition("/")[2] in ("Comment", "UserComments"):
        kind = "comments"
    if kind in ("", "aside"):  # what an aside is called says more than that it is one
        keys = ("class", "id", "data-testid", "data-component")
        given = (_named(names[:_NAMED], tag == "article") for key in keys if (names := element.get(key)))
        kind = next(filter(None, given), kind)
    if not kind or kind in ("deleted", "quotation"):
        return kind
    if kind == "footer" and next(element.iterancestors("article", "blockquote"), None) is not None:
        return ""
    if element.get("itemprop") == "articleBody" or _holds_article(element, tag):
        return ""
    return kind


def _holds_article(element: HtmlElement, tag: str) -> bool:
    return tag != "nav" and any(
        inner.tag in _ARTICLE or inner.get("itemprop") == "articleBody" for inner in element.iterdescendants()
    )


_NOT_OURS = frozenset({"comments", "related", "menu", "advertisement", "quotation"})
_CARD = re.compile(r"(?<![a-z])(?:card|teaser|tile|list-?item|story-?item|post-?item)(?![a-z])")
#: Words of a link that are a headline, and elements of an entry in a list.
_HEADLINE_WORDS, _LARGEST = 4, 60


def elsewhere(element: HtmlElement) -> bool:
    """Whether an element stands in a part that is not the article's: comments, a menu, a link to another story.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> body = parse("<div id=comments><time>1 May</time></div><li><a href=x>A long way to port</a><time>2 May</time>")
    >>> [elsewhere(each) for each in body.iter("time")]
    [True, True]
    """
    around = [element, *element.iterancestors()]
    return any(region(each) in _NOT_OURS or _is_card(each) for each in around)


def _is_card(element: HtmlElement) -> bool:
    """Whether an element is an entry in a list of stories: it holds a link of some words, and not the page's heading."""
    if element.tag != "li" and not _CARD.search((element.get("class") or "")[:_NAMED].lower()):
        return False
    inside = list(islice(element.iterdescendants(), _LARGEST))
    return len(inside) < _LARGEST and not any(each.tag in ("h1", "p") for each in inside) and any(
        each.tag == "a" and len("".join(each.itertext()).split()) >= _HEADLINE_WORDS for each in inside
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _named(given: str, article: bool) -> str:
    for name in _CAMEL.sub(r"\1-\2", given).lower().replace("_", "-").split():
        plain = re.sub("-{2,}", "-", name).strip("-")
        for kind, names in _NAMES:
            if names.fullmatch(plain) and (kind == "comments" or not article):
                return kind
    return ""


def headed(words: str) -> str:
    """The kind of part that begins with a heading of these words; '' for any other.

    >>> headed("Comments (12)"), headed("Comments on the plan")
    ('comments', '')
    """
    return next((kind for kind, names in _HEADED if len(words) < 80 and names.fullmatch(words.strip())), "")
