"""Days as people type them: read where they mean one day, asked about where they can mean two, refused by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.factcheck.readers.days import typed_day

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("text", [
    "2026-12-01", "01.12.2026", "1. 12. 2026", "1.12.26", "2026/12/01", "2026.12.1", "20261201", "2026-12-01T10:00:00Z",
    "1 December 2026", "1st of December, 2026", "December 1, 2026", "DEC 1 2026", "1-Dec-2026", "Tuesday 1 December 2026",
    "1. Dezember 2026", "Dienstag, den 1. Dezember 2026", "Di., 1.12.2026", "1er décembre 2026", "mardi 1 décembre 2026",
    "1 de diciembre de 2026", "martes, 1 de diciembre de 2026", "Tuesday 01/12/2026", "2026-12-01 (Tuesday)",
])  # fmt: skip
def test_one_day_is_read(text: str) -> None:
    found = typed_day(text, TODAY)
    assert (found.day, found.why, found.rest) == ("2026-12-01", "", "")


@pytest.mark.parametrize(("text", "why"), [
    ("03/04/2026", "may be 3 April 2026 (2026-04-03) or 4 March 2026 (2026-03-04)"),
    ("3-4-2026", "may be 3 April 2026 (2026-04-03) or 4 March 2026 (2026-03-04)"),
    ("1 May or 2 May 2026, 1 May 2026", "may be"),
    ("Monday 1 December 2026", "2026-12-01 is a Tuesday, not a Monday"),
    ("lundi 1er décembre 2026", "2026-12-01 is a Tuesday, not a Monday"),
    ("Mo., 01.12.2026", "2026-12-01 is a Tuesday, not a Monday"),
    ("yesterday", "yesterday is no day"),
    ("gestern", "gestern is no day"),
    ("December 2026", "is no day"),
    ("31.02.2026", "is no day"),
    ("2099-01-01", "is not a day on which this can have been checked"),
    ("1999-12-31", "is not a day on which this can have been checked"),
    ("1" * 100_000, "is no day"),
])  # fmt: skip
def test_what_is_no_day_or_two_is_said_by_name(text: str, why: str) -> None:
    found = typed_day(text, TODAY)
    assert (found.day, why in found.why, found.why.startswith(text)) == ("", True, True)


@pytest.mark.parametrize(("text", "day"), [("2027-12-01", "2027-12-01"), ("2027-12-02", "")])
def test_a_day_lies_at_most_a_year_ahead(text: str, day: str) -> None:
    assert typed_day(text, TODAY).day == day


@pytest.mark.parametrize(("text", "rest"), [
    ("2026-12-01 by phone", "by phone"),
    ("on 1 December 2026, so I was told", "so I was told"),
])  # fmt: skip
def test_words_beside_a_day_are_kept(text: str, rest: str) -> None:
    found = typed_day(text, TODAY)
    assert (found.day, found.rest) == ("2026-12-01", rest)


@given(st.text(max_size=250))
def test_any_text_is_a_day_or_said_why_not(text: str) -> None:
    found = typed_day(text, TODAY)
    assert bool(found.day) != bool(found.why) or not " ".join(text.split())
