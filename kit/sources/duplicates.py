"""Whether a source is in the table already: by address, by DOI, or by title and date."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

from kit.sources.carried import carried
from kit.tables.schema import MISSING

#: Parameters that follow a reader about and say nothing of the page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|cmpid|ref_src")
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)


def marks_of(cells: dict[str, str]) -> list[tuple[str, str]]:
    """What tells the source from others, strongest first: pairs of what it is and its plain form.

    >>> url = "http://www.Post.example/raid/?utm_source=x#top"
    >>> marks_of({"url": url, "note": "", "title": "Raid!", "issued": "2021"})
    [('address', 'post.example/raid'), ('title and date', 'raid 2021')]
    """
    doi = carried(cells["note"], "csl")[1].get("DOI", "")
    title = "".join(c for c in unicodedata.normalize("NFKC", cells["title"]).casefold() if c.isalnum())
    dated = cells["issued"] not in ("", *MISSING)
    marks = [
        ("address", _address(cells["url"])),
        ("DOI", _RESOLVER.sub("", str(doi)).casefold()),
        ("title and date", f"{title} {cells['issued']}" if title and dated else ""),
    ]
    return [mark for mark in marks if mark[1]]


def _address(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.lower().removeprefix("www.")
    query = urlencode([pair for pair in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(pair[0])])
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")
