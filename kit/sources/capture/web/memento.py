"""Public web archives: copies looked up (Memento, RFC 7089) and, only when asked, requested."""

from __future__ import annotations

import html
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.errors import KitError
from kit.sources.capture.web.addresses import BadAddress, redirected, web_address
from kit.sources.capture.web.content_encoding import TooLarge
from kit.sources.capture.web.fetch import Fetcher, Limits
from kit.sources.capture.web.transport import Exchange

TIMEGATE = "https://web.archive.org/web/"
TIMEMAP = "https://web.archive.org/web/timemap/link/"
SAVE = "https://web.archive.org"
KEYS = ("CASEBOOK_IA_ACCESS_KEY", "CASEBOOK_IA_SECRET_KEY")
_LARGEST = 20_000_000
_MOST = 200_000
_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,"<>]+))*)\s*(?=,|$)')
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"<>]+))')


class NoMemento(KitError):
    """No copy of the page in this archive, or no archive that answers as one."""


class NotSaved(KitError):
    """A public archive did not save the page."""


@dataclass(frozen=True)
class Memento:
    """A copy of a page in a public archive: of which address, where, and from when."""

    original: str
    url: str
    at: datetime

    def robust_link(self, text: str) -> str:
        """An HTML link to the original that carries where and from when the copy is (Robust Links), all escaped.

        Anything but web addresses raises `BadAddress`: a link is clicked.

        >>> at = datetime(2025, 8, 1, tzinfo=UTC)
        >>> link = Memento("https://a.example/", "https://arc.example/1", at).robust_link("<b>")
        >>> link.partition("data-versiondate=")[2]
        '"2025-08-01">&lt;b&gt;</a>'
        """
        attributes = {
            "href": web_address(self.original),
            "data-originalurl": web_address(self.original),
            "data-versionurl": web_address(self.url),
            "data-versiondate": self.at.astimezone(UTC).strftime("%Y-%m-%d"),
        }
        shown = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        return f"<a {shown}>{html.escape(text)}</a>"


def lookup(fetcher: Fetcher, url: str, when: datetime | None = None, *, timegate: str = TIMEGATE) -> Memento:
    """The copy of ``url`` nearest to ``when`` (the latest, when not given) that the archive's TimeGate knows.

    Only the address and the time are sent. Where there is no copy, `NoMemento` is raised.
    """
    url = web_address(url)
    headers = {"Accept-Datetime": format_datetime(when.astimezone(UTC), usegmt=True)} if when else {}
    last = _service(fetcher).fetch(timegate + url, headers, cut=1).last
    host = urlsplit(timegate).hostname or timegate
    if last.status == 404:
        raise NoMemento(url, f"no copy at {host}", "ask it to save the page, or look in another archive")
    if last.status != 200:
        raise NoMemento(url, f"{host} answers {last.status}", "try later")
    # A TimeGate that answers with the copy itself says in Content-Location where that copy is.
    where = redirected(last.url, last.headers.get("content-location") or last.url)
    return Memento(_original(last, url), where, _memento_datetime(last, host))


def timemap(fetcher: Fetcher, url: str, *, timemap: str = TIMEMAP) -> pd.DataFrame:
    """Every copy of ``url`` the archive lists, oldest first: columns ``at`` (UTC), ``url``, ``rel``.

    Entries that are no web address or have no readable time are left out: the list comes from outside. `NoMemento` is
    raised where the archive lists no copy or does not answer, `TooLarge` where it lists more than can be read.
    """
    url = web_address(url)
    last = _service(fetcher).fetch(timemap + url).last
    if last.status == 404:
        raise NoMemento(url, f"no copy at {urlsplit(timemap).hostname}", "look in another archive")
    if last.status != 200:
        raise NoMemento(url, f"{urlsplit(timemap).hostname} answers {last.status}", "try later")
    rows = []
    for number, (target, parameters) in enumerate(
        header_links(last.content(_LARGEST).decode("utf-8", "replace"))
    ):
        if number > _MOST:
            raise TooLarge(url, f"a list of more than {_MOST} copies", "look up a single time instead")
        if "memento" not in parameters.get("rel", "").split():
            continue
        try:
            at = parsedate_to_datetime(parameters.get("datetime", ""))
            rows.append({"at": at.astimezone(UTC), "url": web_address(target), "rel": parameters["rel"]})
        except (ValueError, BadAddress):
            continue
    frame = pd.DataFrame(rows, columns=["at", "url", "rel"])
    return frame.assign(at=pd.to_datetime(frame["at"], utc=True)).sort_values(
        ["at", "url"], ignore_index=True
    )


def save_page_now(
    fetcher: Fetcher, url: str, *, say: Callable[[str], object], service: str = SAVE,
    keys: tuple[str, str] | None = None, patience: float = 300.0, pause: float = 5.0,
) -> Memento:  # fmt: skip
    """The copy the Internet Archive made because we asked, by its Save Page Now service.

    ``say`` is told first what will be sent where; it may stop everything by raising. The keys of
    an archive.org account come from ``keys`` or the environment (`KEYS`). What does not lead to
    a copy raises `NotSaved`.
    """
    url = web_address(url)
    key, secret = keys or (os.environ.get(KEYS[0], ""), os.environ.get(KEYS[1], ""))
    host = urlsplit(service).hostname
    if not re.fullmatch(r"[!-~]+", key) or not re.fullmatch(r"[!-~]+", secret):
        raise NotSaved(
            url, f"no keys for {host}", f"put those of your archive.org account in {' and '.join(KEYS)}"
        )
    say(
        f"Asking {host} to save {url}: it is sent this address, our User-Agent with the contact "
        f"{fetcher.contact}, the keys of your account and, as with any visit, your network address. "
        "It then fetches the page itself and publishes the copy for everyone."
    )
    headers = {"Accept": "application/json", "Authorization": f"LOW {key}:{secret}"}
    # No redirect is followed: the keys go to this host and nowhere else.
    asked = _service(fetcher, replace(fetcher.limits, redirects=0))
    job = _json(asked.fetch(f"{service}/save/{url}", headers).last, url)
    if not re.fullmatch(r"[A-Za-z0-9-]{1,100}", str(job.get("job_id", ""))):
        raise NotSaved(
            url,
            f"{host} did not take it ({_message(job)})",
            "try later, or save it on the archive's own page",
        )
    until = time.monotonic() + patience
    while True:
        status = _json(asked.fetch(f"{service}/save/status/{job['job_id']}", headers).last, url)
        if status.get("status") == "success":
            break
        if status.get("status") != "pending":
            raise NotSaved(
                url, f"{host} could not save it ({_message(status)})", "look at the page; try later"
            )
        if time.monotonic() > until:
            raise NotSaved(url, f"{host} is still at it after {patience:.0f} seconds", "look it up later")
        time.sleep(pause)
    moment = str(status.get("timestamp", ""))
    try:
        at = datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        original = web_address(str(status.get("original_url") or url))
    except (ValueError, BadAddress) as error:
        raise NotSaved(url, f"{host} says it saved something we cannot read", "look it up later") from error
    return Memento(original, f"{service}/web/{moment}/{original}", at)


def header_links(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The links of an ``application/link-format`` text or ``Link`` header; what is malformed is passed over.

    >>> list(header_links('<https://a.example/x,y>; rel="original", <b>; rel=next'))
    [('https://a.example/x,y', {'rel': 'original'}), ('b', {'rel': 'next'})]
    """
    for match in _LINK.finditer(text):
        found = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PARAMETER.finditer(match[2])}
        yield match[1], found


def _service(fetcher: Fetcher, limits: Limits | None = None) -> Fetcher:
    # robots.txt speaks to crawlers; these addresses are services that archives offer to be called.
    return replace(fetcher, ignore_robots=True, limits=limits or fetcher.limits)


def _original(last: Exchange, asked: str) -> str:
    for target, parameters in header_links(last.headers.get("link", "")):
        if "original" in parameters.get("rel", "").split():
            return web_address(target)
    return asked


def _memento_datetime(last: Exchange, host: str) -> datetime:
    try:
        return parsedate_to_datetime(last.headers.get("memento-datetime", "")).astimezone(UTC)
    except ValueError as error:
        raise NoMemento(last.url, f"{host} gives no time for its copy", "look the page up by hand") from error


def _json(last: Exchange, url: str) -> dict[str, Any]:
    try:
        answer = json.loads(last.content(1_000_000))
    except (ValueError, RecursionError) as error:
        raise NotSaved(
            url, f"the archive answers {last.status}, and nothing we can read", "try later"
        ) from error
    if not isinstance(answer, dict):
        raise NotSaved(url, f"the archive answers {last.status}, and nothing we can read", "try later")
    return answer


def _message(answer: Mapping[str, Any]) -> str:
    return ascii(str(answer.get("message") or answer.get("status") or "no reason given")[:200])
