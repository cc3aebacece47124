"""Weekday and date as a page prints them, held against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import BadDate
from kit.text.dates import FINDINGS, WEEKDAYS, compare_weekdays, last, printed_day, weekday

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "name", "day", "finding"),
    [
        ("Tuesday, 2025-07-29", "Tuesday", "2025-07-29", "agrees"),
        ("Tuesday, 2025-08-02", "Tuesday", "2025-08-02", "clashes"),
        ("Tuesday (August 1)", "Tuesday", "2025-08-01", "clashes"),
        ("friday, the 1st of August 2025", "Friday", "2025-08-01", "agrees"),
        ("August 1, 2025", "", "2025-08-01", "date only"),
        ("Sept. 2, 2025", "", "2025-09-02", "date only"),
        ("this Tuesday", "Tuesday", "", "weekday only"),
        ("late Monday", "Monday", "", "weekday only"),
        ("Monday in August 2025", "Monday", "2025-08", "weekday only"),
        ("2025-08", "", "2025-08", "vague"),
        ("2025", "", "2025", "vague"),
        ("towards the end of last week", "", "", "vague"),
        ("a market holiday", "", "", "vague"),
    ],
)
def test_a_printed_day_is_read_and_held_against_the_calendar(
    text: str, name: str, day: str, finding: str
) -> None:
    found = printed_day(text, year=2025)
    assert (found.weekday, found.date, found.finding) == (name, day, finding)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Tuesday or Friday", "two weekdays: Friday and Tuesday"),
        ("2025-07-29 or 2025-08-01", "two dates"),
        ("2025-13-01", "not a real date"),
        ("February 30, 2025", "not a real date"),
        ("Tuesday (August 1)", "no year"),
        ("8/1/2025", "digits that are no date"),
        ("2025-08-011", "digits that are no date"),
    ],
)
def test_a_day_that_cannot_be_read_is_named(text: str, wrong: str) -> None:
    with pytest.raises(BadDate, match=wrong):
        printed_day(text)


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_weekday_and_date_agree_only_when_the_calendar_says_so(day: date, name: str) -> None:
    forms = ("{name}, {day:%Y-%m-%d}", "{name} {day.day} {day:%B} {day:%Y}", "{name} ({day:%b} {day.day})")
    for text in (form.format(name=name, day=day) for form in forms):
        found = printed_day(text, year=day.year)
        assert found.date == day.isoformat()
        assert found.finding == ("agrees" if weekday(day) == name else "clashes")


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_the_last_such_weekday_lies_in_the_week_before(day: date, name: str) -> None:
    found = last(name, before=day)
    assert weekday(found) == name
    assert timedelta(days=1) <= day - found <= timedelta(days=7)


def test_no_weekday_of_that_name() -> None:
    with pytest.raises(BadDate, match="'Caturday' is no weekday"):
        last("Caturday", before=date(2025, 8, 1))


def test_texts_are_compared_in_their_order_with_their_index() -> None:
    texts = pd.Series(["Tuesday", "Tuesday, 2025-08-02", "2025-08-01", "this week"], index=[7, 5, 3, 1])
    found = compare_weekdays(texts)
    assert found.index.tolist() == [7, 5, 3, 1]
    assert found["finding"].tolist() == ["weekday only", "clashes", "date only", "vague"]
    assert found["fell_on"].tolist() == ["", "Saturday", "Friday", ""]
    assert set(found["finding"]) <= set(FINDINGS)


def test_all_texts_that_cannot_be_read_are_named_at_once() -> None:
    with pytest.raises(BadDate, match=r"two weekdays.*; .*no date"):
        compare_weekdays(["Tuesday or Friday", "this week", "8/1/2025"])


def test_nothing_to_compare_gives_an_empty_table() -> None:
    found = compare_weekdays([])
    assert found.empty
    assert found.columns.tolist() == ["printed", "weekday", "date", "fell_on", "finding"]
