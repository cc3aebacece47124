"""The day that an edition stands for: the same for everybody who builds it from the same files."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from kit.case import Case
from kit.errors import KitError

#: What a file bears where no day is known: the first that a zip archive can hold.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def as_of(case: Case) -> datetime | None:
    """The time in SOURCE_DATE_EPOCH, else the last day on which a source of the case was published.

    ``None`` where no source has a day. An epoch that is no number of seconds since 1970 raises `KitError`.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", "").strip():
        try:
            return max(datetime.fromtimestamp(int(epoch), UTC), EARLIEST)
        except (ValueError, OverflowError, OSError) as error:
            remedy = "give whole seconds since 1970, as in: git log -1 --format=%ct"
            raise KitError("SOURCE_DATE_EPOCH", f"{epoch!r} is no time", remedy) from error
    days = case.sources.loc[case.sources["issued_precision"].eq("day"), "issued_latest"].dropna()
    return max(days.max().to_pydatetime().replace(tzinfo=UTC), EARLIEST) if len(days) else None


def today(case: Case) -> date:
    """The day on which waivers and deadlines are judged: the one that SOURCE_DATE_EPOCH gives, or the day it is."""
    given = as_of(case) if os.environ.get("SOURCE_DATE_EPOCH", "").strip() else None
    return (given or datetime.now(UTC)).date()


def in_words(day: datetime) -> str:
    """The day as it is printed.

    >>> in_words(datetime(2025, 8, 1, tzinfo=UTC))
    '1 August 2025'
    """
    return f"{day.day} {day:%B %Y}"
