"""The day that an edition stands for: the same for everybody who builds it from the same files."""

from __future__ import annotations

from datetime import UTC, datetime

from kit.case import Case
from kit.clock import given_time

#: What a file bears where no day is known: the first that a zip archive can hold.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def as_of(case: Case) -> datetime | None:
    """The time in SOURCE_DATE_EPOCH, else the last day on which a source of the case was published.

    ``None`` where no source has a day. An epoch that is no number of seconds since 1970 raises `KitError`.
    """
    if given := given_time():
        return max(given, EARLIEST)
    days = case.sources.loc[case.sources["issued_precision"].eq("day"), "issued_latest"].dropna()
    return max(days.max().to_pydatetime().replace(tzinfo=UTC), EARLIEST) if len(days) else None


def in_words(day: datetime) -> str:
    """The day as it is printed.

    >>> in_words(datetime(2025, 8, 1, tzinfo=UTC))
    '1 August 2025'
    """
    return f"{day.day} {day:%B %Y}"
