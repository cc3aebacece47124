"""Pages fetched from the web: politely, within limits, and never from inside a network."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kit.errors import Problem, Problems
from kit.sources.capture.web import politeness
from kit.sources.capture.web.addresses import redirected, refusal, web_address
from kit.sources.capture.web.politeness import LONGEST_PAUSE, Disallowed, HostThrottle, Robots
from kit.sources.capture.web.transport import Exchange, Line, NotFetched, TooSlow
from kit.tables.read import suggest

_PLACE = "data/case.toml"
#: Each setting, its least and greatest value, and what it means.
BOUNDS: dict[str, tuple[float, float, str]] = {
    "max_megabytes": (0.001, 1_000, "megabytes of a page, after decompression"),
    "max_seconds": (1, 3_600, "seconds that a page may take"),
    "pause_seconds": (0, 60, "seconds between two requests to one host"),
}


def keep_settings(settings: Mapping[str, Any]) -> dict[str, float]:
    """The numbers a case sets under ``[keep]``, by name; all that is wrong with them raises `Problems`.

    >>> keep_settings({"keep": {"max_seconds": 30}})
    {'max_seconds': 30.0}
    >>> keep_settings({"keep": {"max_second": 30}})
    Traceback (most recent call last):
        ...
    kit.errors.Problems: data/case.toml: 1 problem to fix
      [keep] max_second: is no setting; did you mean 'max_seconds'?
    """
    own = settings.get("keep", {})
    if not isinstance(own, Mapping):
        wrong = Problem("keep", "is no group of settings", "write a line [keep], and the settings under it")
        raise Problems({_PLACE: [wrong]})
    if problems := [found for name, value in own.items() if (found := _problem(name, value))]:
        raise Problems({_PLACE: problems})
    return {name: float(value) for name, value in own.items()}


def _problem(name: str, value: Any) -> Problem | None:
    place = f"[keep] {name}"
    if name not in BOUNDS:
        near = suggest(name, BOUNDS)
        return Problem(
            place, "is no setting", f"did you mean {near!r}?" if near else f"there are: {', '.join(BOUNDS)}"
        )
    least, most, about = BOUNDS[name]
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if number and least <= value <= most:
        return None
    return Problem(place, f"{str(value)[:40]!r} will not do", f"write {about}: {least:g} to {most:,}")


REDIRECTS = frozenset({301, 302, 303, 307, 308})
RETRIED = frozenset({429, 500, 502, 503, 504})


class TooManyRedirects(NotFetched):
    """A chain of redirects longer than the limit."""


@dataclass(frozen=True)
class Limits:
    """What one page may cost: bytes after decompression, seconds on the network, redirects, tries, pause."""

    bytes: int = 50_000_000
    seconds: float = 60.0
    redirects: int = 10
    tries: int = 3
    pause: float = 1.0

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Limits:
        """The limits a case sets under ``[keep]``: max_megabytes, max_seconds, pause_seconds.

        What is no number, outside its range or of another name raises `Problems` with all that is wrong.

        >>> Limits.of({"keep": {"max_megabytes": 5}}).bytes
        5000000
        """
        own, usual = keep_settings(settings), cls()
        return cls(
            bytes=int(own.get("max_megabytes", usual.bytes / 1e6) * 1e6),
            seconds=own.get("max_seconds", usual.seconds),
            pause=own.get("pause_seconds", usual.pause),
        )


@dataclass(frozen=True)
class Fetched:
    """Every exchange from the address asked for to the page it led to, and what was set aside on the way."""

    asked: str
    exchanges: tuple[Exchange, ...]
    notes: tuple[str, ...] = ()

    @property
    def last(self) -> Exchange:
        """The exchange that brought the page."""
        return self.exchanges[-1]


@dataclass(frozen=True)
class Fetcher:
    """What a fetch needs to know: who asks, within which limits, and what keeps requests to a host apart."""

    contact: str
    throttle: HostThrottle
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    ignore_robots: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None, *, cut: int | None = None) -> Fetched:
        """The page at ``url`` with every redirect on the way; a status of 400 and above is returned too.

        robots.txt is obeyed at each host unless ``ignore_robots``; an address on the inside of a
        network is refused, after name resolution and at every redirect, unless ``allow_private``.
        Answers that ask for patience (429, 5xx) are tried again. What stops a fetch is raised:
        `BadAddress`, `PrivateAddress`, `Disallowed`, `TooLarge`, `TooSlow`, `TooManyRedirects`
        or, for everything else on the network, `NotFetched`. With ``cut``, no more than about so many
        bytes of each body are read, for whoever wants the headers.
        """
        here, exchanges, notes = web_address(url), list[Exchange](), list[str]()
        with self._line() as line:
            while True:
                pause = self.limits.pause
                if self.ignore_robots:
                    notes.append("robots.txt set aside")
                else:
                    robots = self._robots(line, here)
                    if not robots.allows(here):
                        raise Disallowed(
                            here, "the site's robots.txt asks not to fetch this page",
                            "save it in a browser and keep the file, or set it aside, which is recorded",
                        )  # fmt: skip
                    pause = max(pause, robots.pause())
                exchange = self._patiently(line, here, headers or {}, pause, cut)
                exchanges.append(exchange)
                if exchange.status not in REDIRECTS or not exchange.headers.get("location"):
                    break
                if len(exchanges) > self.limits.redirects:
                    circle = "in a circle " if here in [done.url for done in exchanges[:-1]] else ""
                    raise TooManyRedirects(
                        exchanges[0].url, f"redirected {circle}more than {self.limits.redirects} times",
                        "open it in a browser, save the page and keep the file",
                    )  # fmt: skip
                here = redirected(here, exchange.headers["location"])
        if any(not exchange.address for exchange in exchanges):
            notes.append("through a proxy")
        if self.allow_private and any(
            exchange.address and refusal(exchange.address) for exchange in exchanges
        ):
            notes.append("a private address was allowed")
        return Fetched(url, tuple(exchanges), tuple(dict.fromkeys(notes)))

    def _line(self) -> Line:
        agent = politeness.user_agent(self.contact)
        return Line(agent, self.limits.bytes, self.limits.seconds, self.allow_private, self.clock)

    def _robots(self, line: Line, url: str) -> Robots:
        if (known := self.throttle.remembered(url)) is not None:
            return known
        here, asked = politeness.robots_address(url), politeness.robots_address(url)
        for _ in range(6):  # RFC 9309 asks to follow at least five redirects
            exchange = self._patiently(line, here, {}, self.limits.pause, politeness.ROBOTS_BYTES)
            if exchange.status not in REDIRECTS or not exchange.headers.get("location"):
                break
            here = redirected(here, exchange.headers["location"])
        if exchange.status >= 500 or exchange.status == 429:
            raise Disallowed(
                asked, f"answers {exchange.status}, which means: do not fetch now (RFC 9309)", "try later"
            )
        text = ""
        if exchange.status == 200:
            text = exchange.beginning(politeness.ROBOTS_BYTES).decode("utf-8-sig", "replace")
        robots = Robots(text)
        self.throttle.remember(url, robots)
        return robots

    def _patiently(
        self, line: Line, url: str, headers: Mapping[str, str], pause: float, cut: int | None = None
    ) -> Exchange:
        for tries_left in reversed(range(self.limits.tries)):
            wait = 2.0 ** (self.limits.tries - tries_left - 1) * self.limits.pause
            try:
                with self.throttle.at(url, pause):
                    exchange = line.exchange(url, headers, cut)
            except TooSlow:
                raise
            except NotFetched:
                if not tries_left:
                    raise
            else:
                if exchange.status not in RETRIED or not tries_left:
                    return exchange
                asked = politeness.retry_after(exchange.headers.get("retry-after", ""), self.clock())
                if asked is not None and asked > LONGEST_PAUSE:
                    return exchange
                wait = max(wait, asked or 0.0)
            time.sleep(wait)
        raise AssertionError("a try always returns or raises")
