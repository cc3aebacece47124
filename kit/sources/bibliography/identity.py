"""Whether a source is in the table already: by its address or its DOI; a title and date like another's are only told."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from urllib.parse import parse_qsl, urlencode, urlsplit

from kit.errors import BadDate
from kit.sources.bibliography.csl import extra_fields
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.tables.schema import MISSING
from kit.text.edtf import parse_date

_STOP = frozenset(
    re.findall(
        r"\S+",
        """
    a an and are as at be but by can do does for from has have how if in into is it its may new no
    not now of off on or our out over says so than that the their this to up vs was we what when
    which who why will with you your
    """,
    )
)
_WORDS, _PUBLISHER_WORDS, _LONGEST = 3, 3, 16
_USABLE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LONGEST_ID = 120


def source_id(cells: dict[str, str], taken: Container[str]) -> str:
    """An id for the source: publisher, day and the first significant words of its title, as far as each is known.

    It holds nothing but ``a-z0-9`` and single hyphens, whatever the cells hold, and is at most 120
    characters. One that is taken gets the next number. The same cells give the same id.

    >>> cells = dict(publisher="Harbour Post", issued="2021-03-02", title="Police raid harbour", url="")
    >>> source_id(cells, taken=())
    'harbour-post-2021-03-02-police-raid-harbour'
    >>> source_id(cells, taken={"harbour-post-2021-03-02-police-raid-harbour"})
    'harbour-post-2021-03-02-police-raid-harbour-2'
    """
    publisher = _words(cells["publisher"]) or _words(host_of(cells["url"])) or ["source"]
    words = _words(cells["title"])
    significant = [word for word in words if word not in _STOP] or words or [_fingerprint(cells["title"])]
    base = "-".join((*publisher[:_PUBLISHER_WORDS], _day(cells["issued"]), *significant[:_WORDS]))
    number = 1
    while (identity := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return identity


def is_usable(identity: str) -> bool:
    """Whether somebody else's id can be ours: a form that is never a path, and of a bounded length.

    >>> is_usable("roe_2021"), is_usable("../etc/passwd"), is_usable("Roe2021")
    (True, False, False)
    """
    return len(identity) <= _LONGEST_ID and _USABLE.fullmatch(identity) is not None


def host_of(address: str) -> str:
    """The host that an address names, without ``www.``; '' where it names none that can be read.

    >>> host_of("https://www.post.example/raid"), host_of("http://[")
    ('post.example', '')
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _words(text: str) -> list[str]:
    """The words of a text in plain letters; none where its script has no Latin form."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return [word[:_LONGEST] for word in re.findall(r"[a-z0-9]+", folded)]


def _fingerprint(title: str) -> str:
    return hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:8]


def _day(issued: str) -> str:
    try:
        span = parse_date(issued)
    except BadDate:
        return "undated"
    day = str(span.earliest or span.latest)
    return {"day": day, "month": day[:7]}.get(span.precision, day[:4])


#: Parameters that follow a reader about and say nothing of the page: Google's utm family, those that Firefox takes off
#: addresses (its query-stripping lists of March 2023), and some of newsletters and social media.
_TRACKING = re.compile(
    r"utm_\w+|mc_cid|igshid|cmpid|ref_src|(?:gc|dc|yc|twc|ysc|fbc)lid|msclkid|wickedid|[wg]braid|_openstat|"
    r"_hsenc|__hs(?:sc|fp|tc)|hsctatracking|mc_eid|oly_(?:anon|enc)_id|__s|vero_id|mkt_tok",
    re.IGNORECASE,
)
_PARTS = ("chapter", "entry-encyclopedia", "entry-dictionary", "entry")
_LIKE_FROM = 4  # words of a title
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)


def identifiers(cells: dict[str, str]) -> list[tuple[str, str]]:
    """What identifies the source, strongest first: pairs of what it is and its plain form.

    An address is compared without what follows a reader about, and with what stands behind ``#`` only where a page
    is chosen by it. Chapters share the address of their book, and so need their title too.

    >>> identifiers({"url": "http://www.Post.example/raid/?utm_source=x#top", "note": "", "title": "Raid!"})
    [('address', 'post.example/raid')]
    >>> identifiers({"url": "https://app.example/#/doc/1", "note": "", "title": "One"})
    [('address', 'app.example#/doc/1')]
    """
    more = extra_fields(cells["note"], "csl")[1]
    address, doi = _address(cells["url"]), _RESOLVER.sub("", str(more.get("DOI", ""))).casefold()
    part = f" {_letters(cells['title'])}" if str(more.get("type", "")) in _PARTS else ""
    marks = [("address", address and address + part), ("DOI", doi and doi + part)]
    return [mark for mark in marks if mark[1]]


def likeness(cells: dict[str, str]) -> str:
    """The title and date, where they are enough to look like another's: the same report at two outlets, or one put in twice.

    >>> likeness({"title": "Police search harbour office!", "issued": "2021-03-02"})
    'police search harbour office 2021-03-02'
    >>> likeness({"title": "News in brief", "issued": "2021-03-02"})
    ''
    """
    title, dated = _letters(cells["title"]), cells["issued"] not in ("", *MISSING)
    return f"{title} {cells['issued']}" if dated and title.count(" ") >= _LIKE_FROM - 1 else ""


def _letters(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def _address(address: str) -> str:
    try:
        parts = urlsplit(web_address(address))
    except BadAddress:
        return address
    pairs = sorted(pair for pair in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(pair[0]))
    query = urlencode(pairs)
    # A program in the page, not the server, reads this one: each is a page of its own.
    route = f"#{fragment}" if (fragment := urlsplit(address).fragment).startswith(("/", "!")) else ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + (f"?{query}" if query else "") + route
