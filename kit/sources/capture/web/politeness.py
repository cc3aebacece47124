"""Good manners towards the sites we read: who we are, what robots.txt asks, one request at a time."""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock
from protego import Protego

from kit.errors import KitError

AGENT = "casebook-kit"  # the name robots.txt may address
ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks for at least 500 KiB; what comes after is not read
ROBOTS_KEPT = 3600.0  # seconds for which a robots.txt is not asked for again
LONGEST_PAUSE = 60.0  # seconds: a longer Crawl-delay or Retry-After means "come back another day"


class NoContact(KitError):
    """The case does not say whom a site may write to."""


class Disallowed(KitError):
    """The site's robots.txt asks that this page not be fetched."""


@cache
def capture_software() -> str:
    """The names and versions of what makes a capture, as they are recorded in it."""
    return f"{AGENT}/{version('casebook-kit')} warcio/{version('warcio')}"


def user_agent(contact: str) -> str:
    """The User-Agent we send: the kit, its version and the newsroom's contact.

    A missing contact raises `NoContact`, since a site must be able to complain to somebody.

    >>> user_agent("desk@example.org").endswith("(+desk@example.org)")
    True
    """
    contact = contact.strip()
    if not contact:
        raise NoContact("data/case.toml", "no contact", 'add a line: contact = "desk@example.org"')
    if not re.fullmatch(r"[!-'*-\[\]-~][ -'*-\[\]-~]{0,199}", contact):
        raise NoContact(
            "data/case.toml", "a contact that cannot be sent", "write an e-mail or web address in ASCII"
        )
    return f"{AGENT}/{version('casebook-kit')} (+{contact})"


@dataclass(frozen=True)
class Robots:
    """What a robots.txt says to us."""

    text: str

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be fetched.

        >>> rules = Robots("User-agent: *\\nDisallow: /private")
        >>> rules.allows("https://a.example/private/x"), rules.allows("https://a.example/x")
        (False, True)
        """
        return bool(Protego.parse(self.text).can_fetch(url, AGENT))

    def pause(self) -> float:
        """The seconds it asks for between two requests, at most `LONGEST_PAUSE`; 0 when it asks for none.

        >>> Robots("User-agent: *\\nCrawl-delay: 7").pause()
        7.0
        """
        return min(float(Protego.parse(self.text).crawl_delay(AGENT) or 0), LONGEST_PAUSE)


@dataclass(frozen=True)
class HostThrottle:
    """A folder in which processes agree on whose turn it is at a host, and remember its robots.txt."""

    folder: Path

    @contextlib.contextmanager
    def at(self, url: str, pause: float) -> Iterator[None]:
        """Hold the one place at the host of ``url``, ``pause`` seconds or more after the last request."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = self.folder / f"{_name(urlsplit(url).hostname or '')}.last"
        with FileLock(mark.with_suffix(".lock")):
            if mark.exists() and (wait := pause - (time.time() - mark.stat().st_mtime)) > 0:
                time.sleep(min(wait, pause))
            try:
                yield
            finally:
                mark.touch()

    def remembered(self, url: str) -> Robots | None:
        """The robots.txt of the site of ``url`` when it was read within the last hour."""
        path = self._robots(url)
        if path.exists() and time.time() - path.stat().st_mtime < ROBOTS_KEPT:
            return Robots(path.read_text(encoding="utf-8"))
        return None

    def remember(self, url: str, robots: Robots) -> None:
        """Nothing; what the robots.txt of the site of ``url`` says is kept for the next page there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._robots(url)
        with FileLock(path.with_suffix(".robots-lock")):
            path.write_text(robots.text, encoding="utf-8", errors="replace", newline="\n")

    def _robots(self, url: str) -> Path:
        return self.folder / f"{_name(robots_address(url))}.robots"


def robots_address(url: str) -> str:
    """Where the robots.txt of the site of ``url`` is.

    >>> robots_address("https://a.example:8443/x?y")
    'https://a.example:8443/robots.txt'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds a ``Retry-After`` header (a number or a date) asks for; None when it says nothing usable.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    """
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


def _name(text: str) -> str:
    # A hash, because a host or address is outside text and never a path.
    return hashlib.sha256(text.encode()).hexdigest()[:24]
