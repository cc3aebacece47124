"""The gate's rules on dates in the tables: held against their sources and against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd

from kit.errors import BadDate
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, our_texts, place, rule
from kit.tables.declarations import fact_tables
from kit.text.dates import PrintedDate, printed_dates, weekday
from kit.text.edtf import parse_date
from kit.text.language import Language

#: A page dated a day before what it tells may be right: it is a day later elsewhere.
_ACROSS_ZONES = timedelta(days=1)
_SENTENCE = re.compile(r"(?<=[.;!?]) +(?=[A-Z0-9])")
_DAY_IN = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5,
    "ct": -6, "mst": -7, "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8, "jst": 9, "kst": 9, "ist": 5.5, "aest": 10,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::\d\d)?)? ?(?P<half>[ap]\.?m\.?)? ?"
    rf"(?P<zone>[+-]\d\d:?\d\d|(?:{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b)",
    re.IGNORECASE,
)


def clashes(
    text: str, days: Iterable[PrintedDate], years: Iterable[int], language: Language
) -> Iterator[str]:
    """What is wrong with each of the days printed in ``text`` that fell on another weekday than the one beside it.

    ``years`` complete dates printed without one. A text that itself says that they do not go together is right, unless
    it says that the weekday is the date's.

    >>> from kit.text.language import ENGLISH
    >>> text = "It was Tuesday, 1 March 2021."
    >>> list(clashes(text, printed_dates(text), [], ENGLISH))
    ["'Tuesday, 1 March 2021' fell on a Monday"]
    """
    mistaken = bool(language.prose.mistaken.search(text))
    for day in days:
        spans = [span for year in ([day.year] if day.year else sorted(years)) if (span := day.span(year))]
        fell = [weekday(first) for first, _ in spans] if day.weekday and day.day else []
        printed = text[day.start : day.stop]
        if (
            fell
            and day.weekday not in fell
            and not (mistaken and not language.prose.said_to_be.search(printed))
        ):
            yield f"{printed!r} fell on a {fell[0]}"


def wrong_weekdays(context: CheckContext) -> Iterator[Finding]:
    """Weekdays in our own text of the tables on which their date did not fall.

    The years of the row's own dates complete dates printed without one.
    """
    named = "|".join(context.language.weekdays)
    for name, field in our_texts(context.case):
        table = context.case.schema[name]
        dates = [f"{column.name}_earliest" for column in table.columns if column.kind == "date"]
        frame = context.case.table(name)
        for row in frame[frame[field].str.contains(named, regex=True)].to_dict("records"):
            own = {row[date].year for date in dates if pd.notna(row[date])}
            for sentence in _SENTENCE.split(row[field]):
                days = printed_dates(sentence, context.language)
                years = {day.year for day in days if day.year} or own
                for found in clashes(sentence, days, years, context.language):
                    yield Finding(place(name, row[table.key[0]], field), row[table.key[0]], found)


def _pages_before(context: CheckContext) -> Iterator[tuple[pd.Series, pd.DataFrame, pd.DataFrame]]:
    """Each event that a supporting page precedes, with all its supporting pages and those known to precede it."""
    evidence, sources = context.case.table("evidence"), context.case.table("sources").set_index("id")
    events = context.case.table("events").set_index("id", drop=False)
    rows = evidence[evidence["stance"].eq("supports") & evidence["record"].isin(events.index)]
    if rows.empty:
        return  # nothing to join, and pandas cannot tell of what kind the days would be
    known = sources["issued_latest"].where(sources["issued_doubt"].eq(""))
    rows = rows.assign(
        issued=rows["source"].map(sources["issued"]),
        latest=rows["source"].map(known),
        event=rows["record"].map(events["date_earliest"]),
    )
    early = rows[(rows["latest"] + _ACROSS_ZONES < rows["event"]).fillna(value=False)]
    for identity, before in early.groupby("record"):
        yield events.loc[identity], rows[rows["record"] == identity], before


@rule(
    "event-only-announced",
    "warning",
    "add a page that tells of it afterwards, or say in the title and status that it was announced",
)
def only_announced(context: CheckContext) -> Iterator[Finding]:
    """A page cannot report what came after it: as far as its pages go, the event was only announced."""
    for event, pages, before in _pages_before(context):
        if len(before) == len(pages):
            last = before.sort_values("latest").iloc[-1]
            found = f"{event['date']}, and the last page that supports it is of {last['issued']} ({last['source']})"
            yield Finding(place("events", event["id"], "date"), event["id"], found)


@rule(
    "event-after-page",
    "notice",
    "check the day of the event and of the page; a page that only announces it gets the stance `context`",
)
def after_page(context: CheckContext) -> Iterator[Finding]:
    """A page cannot report what came after it; it may have announced it, or been edited later."""
    for event, pages, before in _pages_before(context):
        for row in before.itertuples() if len(before) < len(pages) else ():
            found = f"{event['date']} is later than {row.source} ({row.issued}), which supports it"
            yield Finding(place("evidence", event["id"], "source"), event["id"], found)


def _by_date(context: CheckContext) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Table, record and field of each date on which supporting sources say something: what those say that allow ours,
    and what those say that do not."""
    evidence = context.case.table("evidence")
    rows = evidence[evidence["stance"].eq("supports") & evidence["says"].ne("")]
    found: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    schema = context.case.schema
    for table in fact_tables(schema):
        dated = [column.name for column in schema[table].columns if column.kind == "date"]
        facts = context.case.table(table).set_index("id")
        for row in rows[rows["field"].isin(dated) & rows["record"].isin(facts.index)].itertuples():
            ends = facts.loc[row.record, [f"{row.field}_earliest", f"{row.field}_latest"]]
            first, last = (None if pd.isna(day) else day.date() for day in ends)
            if (first or last) and (meets := _meets(row.says, first, last, context.language)) is not None:
                both = found.setdefault((table, row.record, row.field), ([], []))
                both[0 if meets else 1].append(f"{row.source} says {row.says}")
    for key, (meeting, missing) in found.items():
        yield *key, meeting, missing


def _meets(says: str, earliest: date | None, latest: date | None, language: Language) -> bool | None:
    """Whether a date in a source's words can be the fact's; ``None`` where it is not precise enough to say."""
    try:
        span = parse_date(says)
        first, last = span.earliest, span.latest
    except BadDate:
        days = set(_days_in(says))
        if len(days) == 1 and not language.prose.inexact.search(says):
            first = last = days.pop()
        elif says in language.weekdays and earliest and earliest == latest:
            return language.weekdays[earliest.weekday()] == says
        else:
            return None
    return (first or date.min) <= (latest or date.max) and (earliest or date.min) <= (last or date.max)


def _days_in(text: str) -> list[date]:
    """The real days that the text prints as YYYY-MM-DD."""
    days = []
    for found in _DAY_IN.findall(text):
        with suppress(ValueError):
            days.append(date.fromisoformat(found))
    return days


@rule(
    "date-outside-sources",
    "error",
    "correct the date, widen it (EDTF), or make the stance of those sources `disputes` or `states`",
)
def outside_sources(context: CheckContext) -> Iterator[Finding]:
    """No source that states this date allows the one we give."""
    for table, record, field, meeting, missing in _by_date(context):
        if missing and not meeting:
            yield _outside(context, table, record, field, missing)


@rule(
    "date-outside-a-source",
    "warning",
    "widen the date (EDTF), or make the stance of that source `disputes` or `states`",
)
def outside_a_source(context: CheckContext) -> Iterator[Finding]:
    """A source said to support this date states another."""
    for table, record, field, meeting, missing in _by_date(context):
        if missing and meeting:
            yield _outside(context, table, record, field, missing)


def _outside(context: CheckContext, table: str, record: str, field: str, missing: list[str]) -> Finding:
    ours = context.case.table(table).set_index("id").at[record, field]
    return Finding(place(table, record, field), record, f"we say {ours}; {'; '.join(sorted(missing))}")


@rule(
    "day-moved-by-zone",
    "notice",
    "say in the note which zone the date is in, or write both days: [2021-03-01..2021-03-02]",
)
def moved_by_zone(context: CheckContext) -> Iterator[Finding]:
    """The time falls on another day elsewhere, and pages of other zones will print that one.

    Times of day in a source's words that fall on another day in UTC.
    """
    for row in context.case.table("evidence").query("says != ''").itertuples():
        days = _days_in(row.says)
        clock = _CLOCK.search(_DAY_IN.sub(" ", row.says))
        if len(days) == 1 and clock and (moment := _moment(days[0], clock)):
            here = moment.astimezone(UTC).date()
            if here != days[0]:
                found = f"{row.says!r} ({row.source}) is {here} in UTC"
                yield Finding(place("evidence", row.record, "says"), row.record, found)


def _moment(day: date, clock: re.Match[str]) -> datetime | None:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        hour = hour % 12 + 12 * clock["half"].casefold().startswith("p")
    if hour > 23 or minute > 59 or not (clock["half"] or clock["minute"]):
        return None
    zone = clock["zone"].casefold()
    if zone in _ZONES:
        offset = timedelta(hours=_ZONES[zone])
    else:
        digits = zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(offset))


RULES = (outside_sources, outside_a_source, only_announced, after_page, moved_by_zone)
