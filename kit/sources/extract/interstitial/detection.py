"""What a site showed in place of the page: a consent wall, a check for robots, an error, another page, an empty shell.

Such a page says nothing of what was asked for. It is known by what it is headed with, by the marks of the firms that
make such pages, and by having next to no words of its own beside them; an article on the same matter has many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kit.sources.extract.interstitial import words
from kit.sources.extract.reading.html_tree import element_text
from kit.sources.extract.reading.lines import BLOCK_END
from kit.sources.extract.reading.page import Warn
from kit.sources.extract.reading.visible import Seen

_BROWSER = "open it in a browser, save the page from there and keep that file with its --url"
_ELSEWHERE = "check the address, or keep the copy that a public archive has"
#: What stands in place of the page, by kind: in words, and what to do.
INTERSTITIALS = {
    "sends-on": ("a page that only sends the browser on", "keep the address that it leads to"),
    "robots": ("a check for robots, or a page that turns them away", _BROWSER),
    "consent": ("a page that asks for consent to cookies", _BROWSER),
    "error": ("an error page", _ELSEWHERE),
    "login": ("a page that asks to log in", _BROWSER),
    "browser": ("a page that asks for another browser, or another setting of it", _BROWSER),
    "home": ("the home page, and another page was asked for", _ELSEWHERE),
    "shell": ("a shell without text, which a script is to fill", _BROWSER),
    "empty": ("an empty page", _BROWSER),
}  # fmt: skip
#: Characters of the text from which on a page is no wall, and of its own words that a wall, or a page headed as one, may have.
_LONG, _OWN, _FEW, _NONE = 8_000, 400, 150, 40
_BESIDE = frozenset({"menu", "related", "footer", "aside", "comments", "advertisement"})
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|\n")
_PARTS = re.compile(r"\s+[-–—|·•»«<>/]+\s+|\s*[|»«•]\s*|\s*::\s*")
_TRIMMED = " \t\n.,;:!?¡¿…-–—'\"“”‘’()[]"
#: Words that headings and buttons of a wall have.
_FEW_WORDS = 25
_MOST_HEADS, _MARKUP, _NOSCRIPT = 12, 500_000, 1_000


@dataclass(frozen=True)
class _Page:
    """What is looked at: the tree, its headings in parts, its sentences outside menus and boxes, all its sentences, its addresses."""

    root: HtmlElement
    html: str
    heads: tuple[str, ...]
    sentences: tuple[str, ...]
    every: tuple[str, ...]
    is_article: bool
    url: str
    asked: str
    canonical: tuple[str, ...]
    words: str
    text: str

    def headed(self, kind: re.Pattern[str]) -> bool:
        return any(kind.fullmatch(head) for head in self.heads)

    def own(self, *kinds: re.Pattern[str]) -> int:
        """The characters of its sentences that none of ``kinds`` speaks."""
        return sum(len(each) for each in self.sentences if not any(kind.search(each) for kind in kinds))


def instead_of_page(
    root: HtmlElement, html: str, shown: Seen, text: str, *, is_article: bool, url: str, asked: str,
    canonical: tuple[str, ...] = (),
) -> tuple[str, Warn | None]:  # fmt: skip
    """The kind, a key of `INTERSTITIALS`, of what stands in place of the page, with the warning that says so; '' for the page.

    ``text`` is the article as it was read, ``is_article`` whether the page states an author or a day of its own,
    ``asked`` the address that was asked for and ``url`` the one that answered.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> from kit.sources.extract.reading.visible import seen
    >>> def kind(page):
    ...     root = parse(page)
    ...     return instead_of_page(root, page, seen(root), "", is_article=False, url="", asked="")[0]
    >>> kind("<title>Page not found - Quay News</title><p>Sorry, it may have moved.")
    'error'
    >>> kind("<title>Page not found: how the port lost its minutes</title><p>The council has lost its minutes.")
    ''
    """
    page = _looked_at(root, html, shown, text, is_article, url, asked, canonical)
    target = ""
    if len(shown.text) > _LONG or len(text) > _LONG:
        kind = "home" if _lands_at_home(page) else ""
    elif target := _target(page):
        kind = "sends-on"
    else:
        kind = next((kind for kind, holds in _TESTS.items() if holds(page)), "")
    if not kind:
        return "", None
    what, remedy = INTERSTITIALS[kind]
    leads = f" ({target[:300]})" if target else ""
    says = f"this is {what}{leads}; it is kept, and is no evidence of what the page says: {remedy}"
    return kind, Warn(f"instead-{kind}", says)


def _looked_at(
    root: HtmlElement, html: str, shown: Seen, text: str, is_article: bool, url: str, asked: str,
    canonical: tuple[str, ...],
) -> _Page:  # fmt: skip
    every: list[str] = []
    main: list[str] = []
    blocks: list[str] = []
    beside = [span for span in shown.structure if span.label in _BESIDE]
    at = 0
    for block in shown.text[: _LONG + 1].split(BLOCK_END):
        found = [each for each in _SENTENCE_END.split(block) if _is_sentence(each)]
        every += found
        if not any(span.start <= at < span.end for span in beside):
            main += found
            blocks.append(block)
        at += len(block) + len(BLOCK_END)
    titles = [element_text(each) for each in root.iter("title") if each.getparent().tag in ("head", "html")]
    titles += [element_text(each) for each in root.iter("h1")] or blocks[:1]
    heads = [part for title in titles[:_MOST_HEADS] for part in _parts(title)]
    return _Page(
        root, html, tuple(dict.fromkeys(heads)), tuple(main), tuple(every), is_article, url, asked or url, canonical,
        " ".join(blocks), text,
    )  # fmt: skip


def _is_sentence(words: str) -> bool:
    return len(words) >= 12 and (words.rstrip("”\"'’)»")[-1:] in ".!?…。！？" or len(words.split()) >= 9)


def _parts(title: str) -> list[str]:
    """A heading, and each part of it between signs that set a site's name apart; behind a colon, the last."""
    plain = " ".join(title.replace("’", "'").split())[:300]
    parts = [plain, *_PARTS.split(plain)]
    parts += [part.rpartition(": ")[2] for part in parts if ": " in part]
    return [part.strip(_TRIMMED).lower() for part in parts if part.strip(_TRIMMED)]


_REFRESH = re.compile(
    r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"'\s][^\"']*)", re.IGNORECASE
)
_SENT = re.compile(
    r"(?:\b(?:window|document|self|top|parent)\.)?\blocation(?:\.href)?\s*=\s*[\"']([^\"'\s]{1,2000})[\"']|"
    r"\blocation\.(?:replace|assign)\(\s*[\"']([^\"'\s]{1,2000})[\"']"
)
_SOON, _LITTLE_SCRIPT = 30, 4_000


def _target(page: _Page) -> str:
    """Where a page that has no words of its own sends the browser; '' where it does not."""
    if page.own(words.SENDING) >= 300:
        return ""
    targets = []
    for meta in page.root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh" and next(
            meta.iterancestors("noscript"), None
        ) is None:
            found = _REFRESH.match((meta.get("content") or "")[:2000])
            targets += [found[2].strip()] if found and int(found[1]) <= _SOON else []
    scripts = [script.text or "" for script in page.root.iter("script")]
    if not page.own(words.SENDING) and sum(map(len, scripts)) < _LITTLE_SCRIPT:
        targets += [found[1] or found[2] for script in scripts for found in _SENT.finditer(script)]
    for target in targets:
        if (there := _joined(page.url, target)).partition("#")[0] != page.url.partition("#")[0]:
            return there
    return ""


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError:
        return target


def _is_robot_check(page: _Page) -> bool:
    own = page.own(words.ROBOT_SPEECH)
    if own >= _OWN:
        return False
    marked = _marked(page, words.ROBOT_MARKS)
    spoken = any(words.ROBOT_SPEECH.search(each) for each in page.every)
    if page.is_article and not marked:
        return False
    said = marked or spoken
    if page.headed(words.ROBOT_HEADS):
        return said or own < _FEW
    if page.headed(words.REFUSAL_HEADS):
        return said or sum(map(len, page.sentences)) < _FEW
    if page.headed(words.WAITING_HEADS):
        return said
    return own < _NONE and said and _has_no_other_head(page, words.ROBOT_SPEECH)


def _marked(page: _Page, marks: tuple[str, ...]) -> bool:
    markup = page.html[:_MARKUP].lower()
    return any(mark in markup for mark in marks)


def _is_headed_so(page: _Page, kind: re.Pattern[str]) -> bool:
    """Whether each heading on the page itself, where it has one of more than three words, is of the kind in one of its parts."""
    h1 = [_parts(element_text(each)) for each in page.root.iter("h1")]
    return all(any(kind.fullmatch(part) or len(part.split()) < 4 for part in parts) for parts in h1 if parts)


def _has_no_other_head(page: _Page, speech: re.Pattern[str]) -> bool:
    """Whether no heading on the page itself speaks of anything else: an article has one."""
    h1 = [element_text(each) for each in page.root.iter("h1")]
    return all(speech.search(each) or len(each.split()) < 3 for each in h1)


def _asks_consent(page: _Page) -> bool:
    speaks = [each for each in page.every if words.CONSENT_SPEECH.search(each) and words.PERSON.search(each)]
    moved = _path(page.url) != _path(page.asked)
    if moved and words.CONSENT_ADDRESS.search(page.url.partition("?")[0]):
        return page.own(words.CONSENT_SPEECH) < 600
    if words.PRIVACY_ADDRESS.search(_path(page.asked)) or not speaks:
        return False
    own = sum(len(each) for each in page.sentences if each not in speaks)
    if own >= _OWN or not speaks:
        return False
    asks = any(map(_accepts, _controls(page.root))) or _marked(page, words.CONSENT_MARKS)
    if not asks or (page.is_article and own >= _NONE):
        return False
    heads = [head for head in page.heads if words.CONSENT_HEADS.fullmatch(head)]
    if any(len(head.split()) > 1 for head in heads):
        return own < max(_FEW, sum(map(len, speaks)))
    return own == 0 and not page.is_article and _is_all_consent(page, speaks)


def _is_all_consent(page: _Page, speaks: list[str]) -> bool:
    """Whether nothing but headings and buttons stands beside the words on consent, and there is nothing to look at."""
    known = (words.CONSENT_HEADS, words.GREETING)
    h1 = [part for each in page.root.iter("h1") for part in _parts(element_text(each))[:1]]
    if not all(len(head.split()) < 3 or any(kind.fullmatch(head) for kind in known) for head in h1):
        return False
    if next(page.root.iter("table", "video", "iframe", "canvas"), None) is not None or _has_picture(
        page.root
    ):
        return False
    here = [each for each in speaks if each in page.sentences]
    rest = len(page.words.split()) - sum(len(each.split()) for each in here)
    return rest <= (_FEW_WORDS if here or not page.words else 3)


def _has_picture(root: HtmlElement) -> bool:
    marks = (" ".join(each.get(name) or "" for name in ("src", "alt", "class")) for each in root.iter("img"))
    return any("logo" not in each.lower() for each in marks)


def _controls(root: HtmlElement) -> list[str]:
    found = []
    for element in root.iter("button", "a", "input"):
        text = element.get("value") or "" if element.tag == "input" else element_text(element)
        if 0 < len(text) < 60 and not (
            element.tag == "input" and element.get("type") not in ("submit", "button")
        ):
            found.append(text)
    return found


def _accepts(label: str) -> bool:
    return words.ACCEPTING.fullmatch(label.strip(_TRIMMED).replace("’", "'").lower()) is not None


def _is_error(page: _Page) -> bool:
    for meta in page.root.iter("meta"):
        if (meta.get("name") or "").lower() == "prerender-status-code":
            return (meta.get("content") or "").strip()[:1] in ("4", "5")
    heads = (
        *page.heads,
        *(part for each in islice(page.root.iter("h2"), 3) for part in _parts(element_text(each))),
    )
    lacks = any(words.NOT_THERE.search(each) for each in (*page.every, *heads))
    headed = any(
        words.ERROR_HEADS.fullmatch(head) or (lacks and words.EXCLAIMED.fullmatch(head)) for head in heads
    )
    if headed and not lacks and not _is_headed_so(page, words.ERROR_HEADS):
        return False
    own = page.own(words.ERROR_SPEECH, words.NOT_THERE)
    return (headed or words.ERROR_BEGINS.match(page.words) is not None) and own < (
        _NONE if page.is_article else _OWN
    )


def _asks_login(page: _Page) -> bool:
    fields = [each.get("type", "text") for each in page.root.iter("input")]
    if not {"password", "email"} & set(fields) or page.is_article:
        return False
    moved = _path(page.url) != _path(page.asked) and words.LOGIN_ADDRESS.search(_path(page.url))
    return page.own(words.LOGIN_SPEECH) < 200 and bool(moved or page.headed(words.LOGIN_HEADS))


def _asks_browser(page: _Page) -> bool:
    spoken = page.headed(words.BROWSER_HEADS) or any(
        words.BROWSER_SPEECH.search(each) for each in page.sentences
    )
    own = page.own(words.BROWSER_SPEECH)
    return spoken and own < 150 and not page.is_article and _has_no_other_head(page, words.BROWSER_SPEECH)


def _lands_at_home(page: _Page) -> bool:
    """Whether the address asked for is one of a page, and what answered is the root of a site, or says that it is."""
    if not page.asked or _is_root(page.asked):
        return False
    if page.url and _is_root(page.url):
        same_host = _host(page.url) == _host(page.asked)
        return same_host or words.STORY_ADDRESS.search(_path(page.asked)) is not None
    stated = [each for each in page.canonical if each]
    at_root = bool(stated) and all(_is_root(each) and _host(each) in ("", _host(page.url)) for each in stated)
    return at_root and not page.is_article and page.own() < _OWN


def _is_root(url: str) -> bool:
    parts = _split(url)
    return words.ROOT.fullmatch(parts[1]) is not None and words.CHOOSING.search(parts[2]) is None


def _split(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www."), parts.path, parts.query
    except ValueError:
        return "", "?", ""


def _host(url: str) -> str:
    return _split(url)[0]


def _path(url: str) -> str:
    return _split(url)[1]


def _is_shell(page: _Page) -> bool:
    if len(page.text) >= 200 or (page.sentences and page.own(words.SCRIPT_SPEECH)):
        return False
    asks = any(words.SCRIPT_SPEECH.search(each) for each in (*page.every, *_noscript(page.root), page.words))
    rest = words.SCRIPT_SPEECH.sub("", page.words)
    mount = any(
        (each.get("id") or "").lower() in words.MOUNTS or each.tag in words.MOUNTS
        for each in page.root.iter("div", "main", "section", "app-root", "app")
        if len(element_text(each)) < _NONE
    )
    scripted = next(page.root.iter("script"), None) is not None
    return (scripted and (asks or mount) and len(rest.split()) < 12) or (scripted and not page.words.strip())


def _noscript(root: HtmlElement) -> list[str]:
    return [element_text(each)[:_NOSCRIPT] for each in islice(root.iter("noscript"), _MOST_HEADS)]


def _is_empty(page: _Page) -> bool:
    return not page.words.strip() and not page.text and next(page.root.iter(*words.MEDIA), None) is None


_TESTS = {
    "robots": _is_robot_check,
    "consent": _asks_consent,
    "error": _is_error,
    "login": _asks_login,
    "browser": _asks_browser,
    "home": _lands_at_home,
    "shell": _is_shell,
    "empty": _is_empty,
}
