"""The day of a build is the given one, and the clock's where none is given."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kit.clock import given_time, today
from kit.errors import KitError


def test_the_day_of_a_build_is_that_of_its_source_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614600000")
    assert today() == date(2021, 3, 1)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert given_time() is None
    assert abs((today() - datetime.now(UTC).date()).days) <= 1


@pytest.mark.parametrize("given", ["yesterday", "1614600000.5", "9" * 30])
def test_a_source_date_that_is_no_time_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(KitError, match="is no time; give whole seconds since 1970"):
        today()
