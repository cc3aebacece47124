"""A hostile document's bytes to text, and the text to a bounded tree."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from kit.errors import KitError
from kit.sources.extract.reading.page import Found, Offer

#: Beyond these a document is no article, and the readers below would take minutes over it.
MAX_CHARACTERS = 12_000_000
MAX_TAGS = 150_000
#: Bytes no text has; in UTF-8 they are never part of a longer character.
_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


class Unreadable(KitError):
    """A document that cannot be read as what it was said to be, or only at a price no page is worth."""


def parse(html: str, place: str = "") -> HtmlElement:
    """The tree of ``html``, read leniently as a browser would, with NUL and control characters taken out.

    A document over `MAX_CHARACTERS` or with more than `MAX_TAGS` raises `Unreadable`, naming which; an empty
    one gives an empty body. An XML declaration in a text, which lxml refuses, is dropped.

    >>> parse("<p>One<p>Two").find("body/p").text
    'One'
    """
    tags = html.count("<")
    if len(html) > MAX_CHARACTERS or tags > MAX_TAGS:
        wrong = f"{len(html):,} characters with {tags:,} tags are more than the {MAX_CHARACTERS:,} and {MAX_TAGS:,} read"
        raise Unreadable(place, wrong, "keep the file as it is, and paste the passage as text")
    clean = _DECLARATION.sub("", html, count=1).encode("utf-8", "replace").translate(None, _CONTROL)
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    root = etree.fromstring(clean if clean.strip() else b"<body></body>", parser)
    if root is None:
        raise Unreadable(place, "no HTML was found", "check what was downloaded")
    if root.find("body") is None:
        root.append(root.makeelement("body"))
    return root


def element_text(element: HtmlElement) -> str:
    """The text inside an element as one line.

    >>> element_text(parse("<h1>Ship <b>seized</b></h1>"))
    'Ship seized'
    """
    return " ".join("".join(element.itertext()).split())


_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096

#: A browser reads these names as their superset (WHATWG Encoding Standard, "names and labels").
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
          "euc_kr": "cp949", "iso8859-9": "cp1254", "tis-620": "cp874"}  # fmt: skip
#: Codecs of Python that no page is written in, and UTF-7, which browsers refuse: it hides markup.
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"})


def decode(data: bytes, declared: str = "") -> tuple[str, Found]:
    """The text of ``data`` and its charset: how it was known, and what else was claimed.

    ``declared`` is the server's word. A byte order mark wins; then bytes that are valid UTF-8, which does not
    happen by accident, over any claim; then the first claim the bytes do not contradict; then detection.
    It never raises: bytes that fit nothing become U+FFFD, which a reader sees.

    >>> decode("naïve".encode(), "iso-8859-1")[1].value
    'utf-8'
    """
    claims = [Offer(name, how) for name, how in _claims(data, declared) if name]
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return text, _charset(name, "byte order mark", claims)
    if data.isascii():
        name = claims[0].value if claims else "ascii"
        return data.decode("ascii"), Found(name, claims[0].how if claims else "the bytes")
    for name, how in (("utf-8", "the bytes"), *((claim.value, claim.how) for claim in claims)):
        try:
            return data.decode(name), _charset(name, how, claims)
        except UnicodeDecodeError:
            continue
    return _detected(data, claims)


def _detected(data: bytes, claims: list[Offer]) -> tuple[str, Found]:
    # A page in UTF-8 with a few broken bytes is still UTF-8; detection is for bytes that claim nothing true.
    from resiliparse.parse.encoding import detect_encoding

    broken = data.decode("utf-8", "replace")
    if broken.count("�") * 100 < sum(byte > 127 for byte in data[:1_000_000]):
        return broken, _charset("utf-8", "the bytes, some of them broken", claims)
    name = _codec(detect_encoding(data, from_html_meta=False) or "") or "cp1252"
    return data.decode(name, "replace"), _charset(name, "guessed from the bytes", claims)


def _claims(data: bytes, declared: str) -> list[tuple[str, str]]:
    head = data[:_HEAD]
    xml, meta = _XML.search(head), _META.search(head)
    return [
        (_codec(declared), "the server"),
        (_codec(xml[1].decode("ascii")) if xml else "", "the XML declaration"),
        (_codec(meta[1].decode("ascii")) if meta else "", "the page's meta element"),
    ]


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
        "".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return ""  # a name no codec knows, or one that is no text encoding
    return "" if name in _NOT_FOR_PAGES else _WIDER.get(name, name)


def _charset(name: str, how: str, claims: list[Offer]) -> Found:
    return Found(name, how, tuple(claim for claim in claims if claim.value != name))
