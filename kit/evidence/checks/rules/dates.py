"""The gate's rules on dates: the calendar, the sources, the facts that a sentence cites."""

from __future__ import annotations

from collections.abc import Iterator

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule
from kit.evidence.checks.rules import dates_in_prose, dates_in_tables


def wrong_weekdays(matter: CheckContext) -> Iterator[Finding]:
    """Weekdays, in prose and in our texts of the tables, on which their date did not fall."""
    yield from dates_in_prose.wrong_weekdays(matter)
    yield from dates_in_tables.wrong_weekdays(matter)


RULES = (
    Rule(
        "weekday-wrong",
        "error",
        "A date falls on one weekday, and this is another.",
        "look the day up in the source; if the source has the slip, say so beside it",
        wrong_weekdays,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: 'Tuesday 1 March 2021' fell on a Monday",
    ),
    Rule(
        "date-not-the-facts",
        "error",
        "The sentence prints a day that the fact it cites does not have.",
        "print the fact's date, or cite the fact that has this one",
        dates_in_prose.other_days,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: prints '3 March', and raid-harbour is of 2021-03-01",
    ),
    Rule(
        "month-not-the-facts",
        "warning",
        "The sentence prints a month or a year that the fact it cites does not have.",
        "print the fact's date, cite the fact that has this one, or put the mark right behind its own clause",
        dates_in_prose.other_months,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: prints 'May 2021', and raid-harbour is of 2021-03-01",
    ),
    Rule(
        "date-outside-sources",
        "error",
        "No source that states this date allows the one we give.",
        "correct the date, widen it (EDTF), or make the stance of those sources `disputes` or `states`",
        dates_in_tables.outside_all,
        "data/manual/events.csv, raid-harbour, date: we say 2021-03-01; harbour-post-raid says 2021-03-02",
    ),
    Rule(
        "date-outside-a-source",
        "warning",
        "A source said to support this date states another.",
        "widen the date (EDTF), or make the stance of that source `disputes` or `states`",
        dates_in_tables.outside_some,
        "data/manual/events.csv, raid-harbour, date: we say 2021-03-01; coast-digest-raid says 2021-03-05",
    ),
    Rule(
        "event-only-announced",
        "warning",
        "A page cannot report what came after it: as far as its pages go, the event was only announced.",
        "add a page that tells of it afterwards, or say in the title and status that it was announced",
        dates_in_tables.never_told_after,
        "data/manual/events.csv, gate-closed, date: 2021-09-30, and the last page that supports it is of 2021-08-01 (harbour-post-gate)",
    ),
    Rule(
        "event-after-page",
        "notice",
        "A page cannot report what came after it; it may have announced it, or been edited later.",
        "check the day of the event and of the page; a page that only announces it gets the stance `context`",
        dates_in_tables.told_before,
        "data/manual/evidence.csv, gate-closed, source: 2021-09-30 is later than harbour-post-gate (2021-08-01), which supports it",
    ),
    Rule(
        "time-apart",
        "warning",
        "The words put another time between two days than the dates do.",
        "count the days and record the number, or correct the words",
        dates_in_prose.apart,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: says 'the next day'; its dates are 3 days apart",
    ),
    Rule(
        "day-moved-by-zone",
        "notice",
        "The time falls on another day elsewhere, and pages of other zones will print that one.",
        "say in the note which zone the date is in, or write both days: [2025-08-01..2025-08-02]",
        dates_in_tables.moved_by_zone,
        "data/manual/evidence.csv, raid-harbour, says: '2021-03-01 at 21:30 PST' (harbour-post-raid) is 2021-03-02 in UTC",
    ),
)
