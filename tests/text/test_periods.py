"""Times told without a full date, in four languages, and dates in digits alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.text.language import ENGLISH, FRENCH, GERMAN, LANGUAGES, SPANISH, language_of
from kit.text.periods import told_periods


@pytest.mark.parametrize(("text", "language", "told"), [
    ("It shut on a Friday in May.", ENGLISH, [("weekday", 4, 0), ("month", 5, 0)]),
    ("In the third quarter of 2021 and Q4 2020 it shut.", ENGLISH, [("quarter", 3, 2021), ("quarter", 4, 2020)]),
    ("In spring 2021, as in the early 1990s.", ENGLISH, [("season", 21, 2021), ("decade", 0, 1990)]),
    ("It may shut; April Smith and May Roe know.", ENGLISH, []),
    ("On Monday 1 March 2021 it shut.", ENGLISH, []),
    ("An einem Donnerstag im Juni, im zweiten Quartal 2018, im Herbst.", GERMAN,
     [("weekday", 3, 0), ("month", 6, 0), ("quarter", 2, 2018), ("season", 23, 0)]),
    ("Un jeudi de septembre, au deuxième trimestre 2021, en hiver.", FRENCH,
     [("weekday", 3, 0), ("month", 9, 0), ("quarter", 2, 2021), ("season", 24, 0)]),
    ("Un viernes de octubre, en el primer trimestre de 2020, en verano.", SPANISH,
     [("weekday", 4, 0), ("month", 10, 0), ("quarter", 1, 2020), ("season", 22, 0)]),
])  # fmt: skip
def test_times_are_told(text, language, told):
    assert [(period.kind, period.number, period.year) for period in told_periods(text, language)] == told


@pytest.mark.parametrize(("text", "language", "days"), [
    ("on 05/10/2022.", ENGLISH, {date(2022, 10, 5), date(2022, 5, 10)}), ("le 05/10/2022", FRENCH, {date(2022, 10, 5)}),
    ("am 07.04.2022", GERMAN, {date(2022, 4, 7)}), ("am 31.02.2022", GERMAN, None), ("version 1.2.3", ENGLISH, None),
])  # fmt: skip
def test_dates_in_digits_are_read_by_the_language(text, language, days):
    assert [set(period.days) for period in told_periods(text, language)] == ([days] if days else [])


def test_winter_is_that_of_both_years():
    (winter,) = told_periods("in the winter of 2021")
    assert winter.meets([(date(2021, 1, 20),) * 2], [])
    assert winter.meets([(date(2022, 1, 20),) * 2], [])
    assert not winter.meets([(date(2021, 7, 1),) * 2], [])


@given(st.text(max_size=80), st.sampled_from([*sorted(LANGUAGES), "fi", "zxx"]))
def test_any_text_is_read(text, code):
    for period in told_periods(text, language_of(code)):
        assert text[period.start : period.stop].strip()
        assert all(first <= last for first, last in period.spans([2021]))
