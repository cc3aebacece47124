"""Dates in the tables held against their sources and against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd

from kit.errors import BadDate
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place
from kit.tables.schema import FACTS, TABLES
from kit.text.dates import WEEKDAYS, PrintedDate, printed_dates, weekday
from kit.text.edtf import parse_date

#: A page dated a day before what it tells may be right: it is a day later elsewhere.
ACROSS_ZONES = timedelta(days=1)
#: Text of ours in which a weekday is ours too. What a source says or claims is its own.
_TEXTS = {
    "events": ("title", "summary", "note"),
    "cases": ("title", "note"),
    "metrics": ("basis", "note"),
    "claims": ("why",),
    "sources": ("note",),
    "actors": ("note",),
    "replies": ("answer",),
}
#: Words of a sentence that itself says that weekday and date do not go together.
TOLD = re.compile(
    r"\bimpossible\b|\bexclud|\bclash|\bwrong|\bmistak|\bnot fall\b|\bdoes not\b|\bcannot\b|\bno such\b",
    re.IGNORECASE,
)
#: A weekday that is said to be the date's, even there: "1 August was a Friday".
OURS = re.compile(r"\ban? \w+day$")
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


def clash(day: PrintedDate, years: list[int]) -> str:
    """The weekday on which a printed day fell, where none of ``years`` lets it fall on the weekday printed; or ''.

    >>> clash(PrintedDate(0, 9, "Tuesday", 2025, 8, 1), [])
    'Friday'
    """
    if not day.weekday or not day.day:
        return ""
    spans = [span for year in ([day.year] if day.year else years) if (span := day.span(year))]
    fell = [weekday(first) for first, _ in spans]
    return fell[0] if fell and day.weekday not in fell else ""


def wrong_weekdays(matter: CheckContext) -> Iterator[Finding]:
    """Weekdays in our own text of the tables on which their date did not fall."""
    for name, fields in _TEXTS.items():
        frame = matter.case.table(name)
        for field in fields:
            texts = frame[frame[field].str.contains("day", regex=False)]
            for identity, text, year in zip(texts["id"], texts[field], _years(texts, name), strict=True):
                for sentence in _SENTENCE.split(text):
                    found = printed_dates(sentence)
                    years = [*{day.year for day in found if day.year}] or [*year]
                    told = bool(TOLD.search(sentence))
                    for day in found:
                        printed = sentence[day.start : day.stop]
                        if (fell := clash(day, years)) and not (told and not OURS.search(printed)):
                            yield Finding(
                                place(name, identity, field), identity, f"{printed!r} fell on a {fell}"
                            )


def _years(frame: pd.DataFrame, name: str) -> list[tuple[int, ...]]:
    """The year that completes a date printed without one, from the row's own date, where it has one."""
    column = {
        "events": "date",
        "cases": "began",
        "metrics": "period",
        "sources": "issued",
        "replies": "answered_on",
    }
    if name not in column:
        return [()] * len(frame)
    return [() if pd.isna(day) else (day.year,) for day in frame[f"{column[name]}_earliest"]]


def _told_early(matter: CheckContext) -> Iterator[tuple[pd.Series, pd.DataFrame, pd.DataFrame]]:
    """Each event that a supporting page precedes, with all its supporting pages and those known to precede it."""
    evidence, sources = matter.case.table("evidence"), matter.case.table("sources").set_index("id")
    events = matter.case.table("events").set_index("id", drop=False)
    rows = evidence[evidence["stance"].eq("supports") & evidence["record"].isin(events.index)]
    if rows.empty:
        return  # nothing to join, and pandas cannot tell of what kind the days would be
    known = sources["issued_latest"].where(sources["issued_doubt"].eq(""))
    rows = rows.assign(
        issued=rows["source"].map(sources["issued"]),
        told=rows["source"].map(known),
        event=rows["record"].map(events["date_earliest"]),
    )
    early = rows[(rows["told"] + ACROSS_ZONES < rows["event"]).fillna(value=False)]
    for identity, before in early.groupby("record"):
        yield events.loc[identity], rows[rows["record"] == identity], before


def never_told_after(matter: CheckContext) -> Iterator[Finding]:
    """Events that every supporting page precedes: as far as they go, it was only announced."""
    for event, pages, before in _told_early(matter):
        if len(before) == len(pages):
            last = before.sort_values("told").iloc[-1]
            yield Finding(
                place("events", event["id"], "date"),
                event["id"],
                f"{event['date']}, and the last page that supports it is of {last['issued']} ({last['source']})",
            )


def told_before(matter: CheckContext) -> Iterator[Finding]:
    """Pages that support an event of a later day, where other pages follow it."""
    for event, pages, before in _told_early(matter):
        if len(before) < len(pages):
            for row in before.itertuples():
                yield Finding(
                    place("evidence", event["id"], "source"),
                    event["id"],
                    f"{event['date']} is later than {row.source} ({row.issued}), which supports it",
                )


def _stated(
    matter: CheckContext,
) -> Iterator[tuple[str, str, str, tuple[date | None, date | None], str, bool]]:
    """What each supporting source says of a date: table, record, field, the date's bounds, the source, whether they meet."""
    evidence = matter.case.table("evidence")
    rows = evidence[evidence["stance"].eq("supports") & evidence["says"].ne("")]
    for table in FACTS:
        dated = [column.name for column in TABLES[table].columns if column.kind == "date"]
        facts = matter.case.table(table).set_index("id")
        for row in rows[rows["field"].isin(dated) & rows["record"].isin(facts.index)].itertuples():
            fact = facts.loc[row.record]
            ends = [
                None if pd.isna(day) else day.date()
                for day in (fact[f"{row.field}_earliest"], fact[f"{row.field}_latest"])
            ]
            if ends != [None, None] and (meets := _meets(row.says, ends[0], ends[1])) is not None:
                yield table, row.record, row.field, (ends[0], ends[1]), f"{row.source} says {row.says}", meets


def _meets(says: str, earliest: date | None, latest: date | None) -> bool | None:
    """Whether a date in a source's words can be the fact's; ``None`` where it is not precise enough to say."""
    try:
        span = parse_date(says)
        first, last = span.earliest, span.latest
    except BadDate:
        days = {date.fromisoformat(found) for found in _DAY_IN.findall(says) if _real(found)}
        if len(days) == 1 and not re.search(r"\b(?:by|before|after|since|until|week)\b", says, re.IGNORECASE):
            first = last = days.pop()
        elif says in WEEKDAYS and earliest and earliest == latest:
            return weekday(earliest) == says
        else:
            return None
    return (first or date.min) <= (latest or date.max) and (earliest or date.min) <= (last or date.max)


def _real(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _by_date(matter: CheckContext) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    found: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    for table, record, field, _, said, meets in _stated(matter):
        found.setdefault((table, record, field), ([], []))[0 if meets else 1].append(said)
    for (table, record, field), (meeting, missing) in found.items():
        yield table, record, field, meeting, missing


def outside_all(matter: CheckContext) -> Iterator[Finding]:
    """Dates that no supporting source which states one allows."""
    for table, record, field, meeting, missing in _by_date(matter):
        if missing and not meeting:
            yield _outside(matter, table, record, field, missing)


def outside_some(matter: CheckContext) -> Iterator[Finding]:
    """Dates that some supporting source allows, and another does not."""
    for table, record, field, meeting, missing in _by_date(matter):
        if missing and meeting:
            yield _outside(matter, table, record, field, missing)


def _outside(matter: CheckContext, table: str, record: str, field: str, missing: list[str]) -> Finding:
    ours = matter.case.table(table).set_index("id").at[record, field]
    return Finding(place(table, record, field), record, f"we say {ours}; {'; '.join(sorted(missing))}")


def moved_by_zone(matter: CheckContext) -> Iterator[Finding]:
    """Times of day in a source's words that fall on another day in UTC than where they were told."""
    for row in matter.case.table("evidence").query("says != ''").itertuples():
        days = [found for found in _DAY_IN.findall(row.says) if _real(found)]
        clock = _CLOCK.search(_DAY_IN.sub(" ", row.says))
        if len(days) != 1 or not clock or (moment := _moment(date.fromisoformat(days[0]), clock)) is None:
            continue
        there, here = moment.date(), moment.astimezone(UTC).date()
        if there != here:
            yield Finding(
                place("evidence", row.record, "says"),
                row.record,
                f"{row.says!r} ({row.source}) is {here} in UTC",
            )


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
