"""Dates keep what was written and never gain precision."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import BadDate
from kit.text.edtf import date_columns, parse_date

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]), st.sampled_from(["", "?", "~", "%"]))
def test_a_prefix_of_a_day_covers_that_day_and_agrees_with_the_edtf_parser(day, form, mark):
    text = day.strftime(form) + mark
    span = parse_date(text)
    peer = parse_edtf(text)
    assert span.earliest <= day <= span.latest
    assert span.earliest == date(*peer.lower_strict()[:3])
    assert span.latest == date(*peer.upper_strict()[:3])
    assert span.doubt == {"": "", "?": "uncertain", "~": "approximate", "%": "both"}[mark]
    assert span.text == text


@given(DAYS, st.integers(0, 4000), st.sampled_from(["{}/{}", "[{}..{}]", "[{},{}]"]))
def test_two_ends_bound_the_span_and_the_wrong_order_is_refused(day, length, form):
    last = min(day + timedelta(days=length), date(9999, 12, 31))
    span = parse_date(form.format(day, last))
    assert (span.earliest, span.latest) == (day, last)
    assert span.precision == ("interval" if "/" in form else "set")
    if day != last:
        with pytest.raises(BadDate, match="ends before it begins"):
            parse_date(form.format(last, day))


@given(st.text(max_size=20))
def test_any_text_gives_a_span_or_a_bad_date(text):
    try:
        span = parse_date(text)
    except BadDate as error:
        assert error.remedy
    else:
        assert span.earliest or span.latest


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "doubt"),
    [
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "decade", ""),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31), "century", ""),
        ("2025-XX", date(2025, 1, 1), date(2025, 12, 31), "year", ""),
        ("2025-08-XX", date(2025, 8, 1), date(2025, 8, 31), "month", ""),
        ("2025-21", date(2025, 3, 1), date(2025, 5, 31), "season", ""),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29), "season", ""),
        ("2025-0X", date(2025, 1, 1), date(2025, 9, 30), "year", ""),
        ("1984-10-1X", date(1984, 10, 10), date(1984, 10, 19), "month", ""),
        ("2021-12-X1", date(2021, 12, 1), date(2021, 12, 31), "month", ""),
        ("20XX-02-29", date(2000, 2, 29), date(2096, 2, 29), "century", ""),
        ("2025-07/..", date(2025, 7, 1), None, "interval", ""),
        ("../2025", None, date(2025, 12, 31), "interval", ""),
        ("2025-07~/2025-08", date(2025, 7, 1), date(2025, 8, 31), "interval", "approximate"),
        ("2025-07~/2025-08?", date(2025, 7, 1), date(2025, 8, 31), "interval", "both"),
    ],
)
def test_the_rarer_forms(text, earliest, latest, precision, doubt):
    span = parse_date(text)
    assert (span.earliest, span.latest, span.precision, span.doubt) == (earliest, latest, precision, doubt)


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-02-30", "late July", "0000", "Y-17E7", "2025-07-29T10:00", "[2025..]", "/"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(BadDate):
        parse_date(text)


def test_blanks_and_open_ends_stay_open():
    frame = date_columns(pd.Series(["", "2025-07/..", "2025"], name="began"))
    assert frame["began_earliest"].isna().tolist() == [True, False, False]
    assert frame["began_latest"].isna().tolist() == [True, True, False]
    assert frame["began_precision"].tolist() == ["", "interval", "year"]


@pytest.mark.parametrize(
    "text", ["XXXX", "XXXX-12-XX", "2021-2X", "2021-02-3X", "2021-25", "0000", "２０２１"]
)
def test_what_names_no_day_is_told_with_its_value(text):
    with pytest.raises(BadDate, match=text):
        parse_date(text)
