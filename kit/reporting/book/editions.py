"""Editions and their formats, the day that one is built for, and the day until which its pages were collected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from kit.case import Case
from kit.clock import given_time, today
from kit.errors import KitError
from kit.sources.capture.index import read_index
from kit.tables.datapackage import ALL_RIGHTS_RESERVED, licence
from kit.tables.read import suggest
from kit.text.translations.phrases import phrases

#: What pip knows the kit as.
DISTRIBUTION = "casebook-kit"
#: What everybody may read.
PUBLIC = "public"
#: For the desk; for its lawyers; for the public.
EDITIONS = ("internal", "legal", PUBLIC)
#: The format that goes to a checker and comes back.
PACKET = "packet"
#: Each format and the module that writes it: ``write(book, folder)`` gives the files written.
WRITERS = {
    "html": "kit.reporting.writers.html.site",
    "pdf": "kit.reporting.writers.pdf",
    "docx": "kit.reporting.writers.docx.writer",
    "md": "kit.reporting.writers.markdown",
    PACKET: "kit.factcheck.export",
}


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name where it is one of ``names``; otherwise `KitError` with the nearest of them and all.

    >>> known("public", ["internal", "legal", "public"], "edition")
    'public'
    """
    names = list(names)
    if name in names:
        return name
    near = suggest(name, names)
    there = f"there are {', '.join(names)}"
    raise KitError(f"{what} {name!r}", "is not known", f"did you mean {near!r}? {there}" if near else there)


def formats_named(to: str | Iterable[str], edition: str = PUBLIC) -> list[str]:
    """The formats that ``to`` names, in the order of `WRITERS`; all that the edition has where it names none.

    The fact-check packet is for the desk: named for the public edition, it raises `KitError`.

    >>> formats_named("docx, html"), formats_named("")
    (['html', 'docx'], ['html', 'pdf', 'docx', 'md'])
    """
    given = [name.strip() for name in to.split(",")] if isinstance(to, str) else list(to)
    wanted = {known(name, WRITERS, "format") for name in given if name}
    if edition == PUBLIC and PACKET in wanted:
        raise KitError(
            PACKET, "is for the desk and never public", "kit report --edition internal --to packet"
        )
    return [name for name in WRITERS if name in (wanted or WRITERS) and (edition != PUBLIC or name != PACKET)]


#: What a file bears where no day is known: the first that a zip archive can hold.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def built_for() -> datetime:
    """The time in SOURCE_DATE_EPOCH, else the beginning of the day it is.

    An epoch that is no number of seconds since 1970 raises `KitError`.

    >>> built_for().date() == today()
    True
    """
    return max(given_time() or datetime.combine(today(), time(), UTC), EARLIEST)


def collected_until(case: Case) -> date | None:
    """The last day on which a page of the case was kept; ``None`` where none was.

    >>> import kit
    >>> collected_until(kit.example())
    datetime.date(2026, 1, 5)
    """
    kept = read_index(case.path)["captured_at"]
    return kept.max().date() if len(kept) else None


def imprint(case: Case) -> list[str]:
    """Who wrote the report and for whom, its days, where mistakes are reported, and what may be done with its tables.

    >>> import kit
    >>> imprint(kit.example())[1:]
    ['The published tables: all rights reserved.']
    """
    say = phrases(case.settings.get("language", "en"))
    told = {name: str(case.settings.get(name, "")).strip() for name in ("byline", "newsroom", "corrections")}
    by = ", ".join(
        filter(None, (say("By {who}", who=told["byline"]) if told["byline"] else "", told["newsroom"]))
    )
    right = licence(case.settings).get("title", say(ALL_RIGHTS_RESERVED.lower()))
    corrections = say("Corrections: {where}", where=told["corrections"]) if told["corrections"] else ""
    when = say("Built for {day}", day=say.day(built_for()))
    if last := collected_until(case):
        when = f"{when}; {say('pages collected until {day}', day=say.day(last))}"
    return [*filter(None, (by, when, corrections)), say("The published tables: {right}.", right=right)]
