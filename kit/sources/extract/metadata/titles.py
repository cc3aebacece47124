"""Which of a page's several titles is its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from kit.sources.extract.reading.html_tree import element_text
from kit.sources.extract.reading.page import Found, Offer
from kit.sources.extract.reading.structured_data import Stated, json_texts, plain_text
from kit.text.normalise import bare_words

_SEPARATOR = re.compile(r"\s+[|–—·«»•:-]+\s+|\s*[|｜：]\s*")
_LEADING = re.compile(r"([^|–—·«»•:]{2,60})\s*[|–—·«»•:]\s+(?=\S)")
_BESIDE = frozenset({"nav", "aside", "footer", "dialog", "template", "noscript"})
_SHORT = 12
_LONG = 20
_AKIN = 0.25


def title(stated: Stated, publisher: str = "", unseen: Iterable[str] = ()) -> Found:
    """The headline, and every differing title the page gives.

    The visible heading is the headline. The JSON-LD headline takes its place when more of the page's other
    titles repeat it (the heading is then a short form, or carries a section's name before the headline), and
    when it copies neither the search title nor the social one, so was written as a headline, while the heading
    is the search or social title. A heading is none that nobody sees (``unseen`` are the texts hidden on the page), that
    stands in a menu, an aside or a foot, or that is the banner of the site. A site's name at either end of a title is
    taken off.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> from kit.sources.extract.reading.structured_data import gather
    >>> title(gather(parse("<title>Ship seized | Post</title><h1>Ship seized</h1>")), "Post").how
    'visible heading (h1)'
    """
    own = {bare_words(publisher), ""}
    declared = next((t for t in json_texts([node.get("headline") for node in stated.articles[:1]])), "")
    social = stated.first("og:title")
    twitter = stated.first("twitter:title")
    search = plain_text(stated.title)
    heads = (declared, social, twitter, search)
    hidden = {bare_words(text) for text in unseen}
    texts = [plain_text(element_text(h)) for h in stated.headings if not _aside(h)]
    crowned = {plain_text(element_text(h)) for h in stated.headings if _on_top(h)}
    hidden -= {bare_words(head) for head in heads}
    below = [
        bare_words(text)
        for each in stated.subheadings
        if " " in (text := element_text(each)) and not _aside(each)
    ]
    # What stands on top of every page is the site's where another heading is the rest of the page's title.
    folded = [bare_words(head) for head in heads if head]
    texts = [
        text for text in texts if text not in crowned or not _is_banner(bare_words(text), [*folded, *below])
    ]
    heading = _heading([text for text in texts if bare_words(text) not in hidden], heads, own)
    known = [bare_words(heading), bare_words(declared), *below]
    declared, social, twitter, search = (_bare(text, known, publisher, heading) for text in heads)
    if bare_words(declared) in own:
        declared = ""
    offers = [
        Offer(heading, "visible heading (h1)"),
        Offer(declared, "JSON-LD headline"),
        Offer(social, "og:title"),
        Offer(twitter, "twitter:title"),
        Offer(search, "title element"),
        Offer(_marked(stated), "microdata headline"),
    ]
    chosen = _choice([bare_words(offer.value) for offer in offers[:5]])
    ranked = [offers[chosen], *(offer for i, offer in enumerate(offers) if i != chosen)]
    return settle([offer for offer in ranked if offer.value], bare_words)


def settle(offers: list[Offer], key=lambda value: value) -> Found:
    """The first offer as the value found, the rest that differ from it and each other as what else was on offer.

    >>> settle([Offer("Raid", "h1"), Offer("RAID", "og:title"), Offer("A raid", "title")], str.lower).others
    (Offer(value='A raid', how='title'),)
    """
    if not offers:
        return Found()
    seen, others = {key(offers[0].value)}, []
    for offer in offers[1:]:
        if key(offer.value) not in seen:
            seen.add(key(offer.value))
            others.append(offer)
    return Found(offers[0].value, offers[0].how, tuple(others))


def _choice(forms: list[str]) -> int:
    """Which of heading, declared, social, twitter and search is the headline, each already folded."""
    heading, declared, social, twitter, search = forms
    if not heading:
        kicker = len(social) > _LONG and declared.endswith(" " + social)
        return 2 if kicker else next((i for i in (1, 2, 3, 4) if forms[i]), 0)
    if not declared or declared == heading:
        named = social if social and heading.endswith(" " + social) and len(social) > _LONG else ""
        return 2 if named else 0
    if heading.endswith(" " + declared) and len(declared) > _LONG:
        return 1
    rest = (social, twitter, search)
    for_declared, for_heading = rest.count(declared), rest.count(heading)
    if for_declared > for_heading or (for_declared == 0 and for_heading and social == heading):
        return 1
    return 0


def _aside(heading: HtmlElement) -> bool:
    return heading.get("aria-hidden") == "true" or any(
        each.tag in _BESIDE for each in heading.iterancestors()
    )


def _on_top(heading: HtmlElement) -> bool:
    """Whether a heading stands in the page's own header, not in the article's."""
    around = [each.tag for each in heading.iterancestors()]
    return "header" in around and not {"article", "main"} & set(around)


def _is_banner(heading: str, heads: list[str]) -> bool:
    """Whether a heading is the site's: a title of the page is it and another title, which stands by itself as well."""
    others = {head for head in heads if head and heading not in head}
    joined = any(head in (f"{heading} {other}", f"{other} {heading}") for head in heads for other in others)
    agreed = next((head for head in others if heads.count(head) > 1 and len(head) >= _SHORT), "")
    named = any(head.startswith(heading) for head in heads)
    return joined or (bool(agreed) and not named and not _akin(heading, [agreed]))


def _heading(headings: list[str], heads: tuple[str, ...], own: set[str]) -> str:
    # Of several h1, the one the page's head also names; a logo or a section is not.
    folded = [bare_words(head) for head in heads if head]
    usable = [h for h in headings if bare_words(h) not in own and not _is_banner(bare_words(h), folded)]
    for heading in usable:
        form = bare_words(heading)
        if len(form) >= _SHORT and any(form in head for head in folded):
            return heading
    if len(usable) > 1:
        return "" if folded else usable[0]
    return usable[0] if usable and (not folded or _akin(bare_words(usable[0]), folded)) else ""


def _akin(heading: str, heads: list[str]) -> bool:
    # A lone h1 that has nothing in common with any title of the page heads a widget, not the article.
    pairs = {heading[i : i + 2] for i in range(len(heading) - 1)}
    return any(sum(pair in head for pair in pairs) > _AKIN * len(pairs) for head in heads)


def _bare(text: str, known: list[str], publisher: str, heading: str) -> str:
    """``text`` without the site's name at either end, or the heading it is a cut-off copy of."""
    if (
        text.rstrip().endswith(("...", "…"))
        and len(text) > _LONG
        and bare_words(heading).startswith(bare_words(text))
    ):
        return heading
    first = _LEADING.match(text)
    if first and bare_words(publisher) and bare_words(first[1]) == bare_words(publisher):
        return text[first.end() :]
    cuts = [match.span() for match in _SEPARATOR.finditer(text)]
    for start, _ in cuts:
        if start and bare_words(text[:start]) in known and bare_words(text[:start]):
            return text[:start]
    if cuts and bare_words(publisher):
        start, end = cuts[-1]
        if bare_words(text[end:]) and (
            bare_words(text[end:]) in bare_words(publisher) or bare_words(publisher) in bare_words(text[end:])
        ):
            return text[:start]
    return text


def _marked(stated: Stated) -> str:
    return next(
        (
            plain_text(element_text(e))
            for e in stated.marked.get("headline", ())
            if e.tag not in ("meta", "h1")
        ),
        "",
    )
