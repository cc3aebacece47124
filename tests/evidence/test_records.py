"""A printed number holds at the precision printed, and nothing wider."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.prose.records import MIMETYPE, BadNumber, mismatch, record


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("38%", 37.6, "percent"),
        ("37.6 percent", 37.6, "percent"),
        ("37.6 per cent", 37.6, "percent"),
        ("12 percentage points", 11.8, "percentage points"),
        ("$1.4 billion", 1.38e9, "usd"),
        ("\u20ac3 million", 3.2e6, "eur"),
        ("USD 20", 20, "usd"),
        ("$1,234", 1234.4, "usd"),
        ("75", 75, "pages"),
        ("75 pages", 75, "pages"),
        ("seven", 7, "dates"),
        ("Seven", 7, "dates"),
        ("seventy-five", 75, "pages"),
        ("\u221210%", -10.2, "percent"),
        ("-10 days", -10, "days"),
        ("0.5", 0.5, "days"),
    ],
)
def test_what_holds(printed, value, unit):
    assert mismatch(printed, record("n", value, unit=unit, base="all")) == ""


@pytest.mark.parametrize(
    ("printed", "value", "unit", "wrong"),
    [
        ("38%", 37.4, "percent", "printed 38, computed 37.4"),
        ("38", 38, "percent", "printed without its unit, computed in percent"),
        ("38%", 38, "percentage points", "printed in percent, computed in percentage points"),
        ("$1.4 million", 1.4e9, "usd", "printed 1,400,000, computed 1,400,000,000"),
        ("\u20ac20", 20, "usd", "printed in eur, computed in usd"),
        ("$20", 20, "pages", "printed in usd, computed in pages"),
        ("20", 20, "usd", "printed without its unit, computed in usd"),
        ("seven", 7.4, "dates", "printed 7, computed 7.4"),
        ("seventy-five", 76, "pages", "printed 75, computed 76"),
        ("10%", -10, "percent", "printed 10, computed -10"),
    ],
)
def test_what_does_not_hold(printed, value, unit, wrong):
    assert mismatch(printed, record("n", value, unit=unit, base="all")) == wrong


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_value_holds_when_rounded_and_fails_two_last_places_away(value, places):
    found = record("n", value, unit="days", base="all")
    assert mismatch(f"{value:.{places}f}", found) == ""
    assert mismatch(f"{value + 2 * 10**-places:.{places}f}", found) != ""


@given(st.text(max_size=15))
def test_any_text_is_compared_or_refused(printed):
    try:
        assert isinstance(mismatch(printed, record("n", 1, unit="days", base="all")), str)
    except BadNumber as error:
        assert "print a number" in error.remedy


@pytest.mark.parametrize("words", [{"unit": " ", "base": "all"}, {"unit": "days", "base": ""}])
def test_a_record_without_unit_or_base_is_refused(words):
    with pytest.raises(BadNumber, match="give its"):
        record("n", 1, **words)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_record_that_is_no_number_is_refused(value):
    with pytest.raises(BadNumber, match="say in prose that it is not known"):
        record("n", value, unit="days", base="all")


def test_a_record_shows_itself_and_carries_its_facts():
    bundle = record("share", 37.6, unit="percent", base="72 cases")._repr_mimebundle_()
    assert bundle["text/plain"] == "share = 37.6 percent (72 cases)"
    assert bundle[MIMETYPE] == {"name": "share", "value": 37.6, "unit": "percent", "base": "72 cases"}
