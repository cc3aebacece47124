"""Bytes to text: what a page says about its own encoding is heard, and checked against the bytes."""

from __future__ import annotations

import codecs
import re

from kit.sources.extract.page.page import Found, Offer

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
            return text, _found(name, "byte order mark", claims)
    if data.isascii():
        name = claims[0].value if claims else "ascii"
        return data.decode("ascii"), Found(name, claims[0].how if claims else "the bytes")
    for name, how in (("utf-8", "the bytes"), *((claim.value, claim.how) for claim in claims)):
        try:
            return data.decode(name), _found(name, how, claims)
        except UnicodeDecodeError:
            continue
    return _best(data, claims)


def _best(data: bytes, claims: list[Offer]) -> tuple[str, Found]:
    # A page in UTF-8 with a few broken bytes is still UTF-8; detection is for bytes that claim nothing true.
    from resiliparse.parse.encoding import detect_encoding

    broken = data.decode("utf-8", "replace")
    if broken.count("�") * 100 < sum(byte > 127 for byte in data[:1_000_000]):
        return broken, _found("utf-8", "the bytes, some of them broken", claims)
    name = _known(detect_encoding(data, from_html_meta=False) or "") or "cp1252"
    return data.decode(name, "replace"), _found(name, "guessed from the bytes", claims)


def _claims(data: bytes, declared: str) -> list[tuple[str, str]]:
    head = data[:_HEAD]
    xml, meta = _XML.search(head), _META.search(head)
    return [
        (_known(declared), "the server"),
        (_known(xml[1].decode("ascii")) if xml else "", "the XML declaration"),
        (_known(meta[1].decode("ascii")) if meta else "", "the page's meta element"),
    ]


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
        "".encode(name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return ""  # a name no codec knows, or one that is no text encoding
    return "" if name in _NOT_FOR_PAGES else _WIDER.get(name, name)


def _found(name: str, how: str, claims: list[Offer]) -> Found:
    return Found(name, how, tuple(claim for claim in claims if claim.value != name))
