"""The day it is: the one that SOURCE_DATE_EPOCH gives, as builds do that can be repeated, or the clock's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from kit.errors import KitError


def given_time() -> datetime | None:
    """The time in SOURCE_DATE_EPOCH; ``None`` where it is not set.

    One that is no number of seconds since 1970 raises `KitError`.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        remedy = "give whole seconds since 1970, as in: git log -1 --format=%ct"
        raise KitError("SOURCE_DATE_EPOCH", f"{epoch!r} is no time", remedy) from error


def today() -> date:
    """The day of `given_time` where there is one; otherwise the day it is in UTC.

    >>> isinstance(today(), date)
    True
    """
    return (given_time() or datetime.now(UTC)).date()


@contextmanager
def as_on(day: date) -> Iterator[None]:
    """Nothing; until the end of the block it is that day, here and in programs that are started, unless a time is given.

    >>> with as_on(date(2021, 3, 1)):
    ...     str(today())
    '2021-03-01'
    """
    given = given_time()
    if given is None:
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if given is None:
            del os.environ["SOURCE_DATE_EPOCH"]
