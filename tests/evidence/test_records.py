"""A printed number holds at the precision printed, and nothing wider."""

from __future__ import annotations

import math

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from kit.evidence.prose.document import Document
from kit.evidence.prose.records import RECORD_MIMETYPE, BadNumber, mismatch, record
from kit.reporting.execution.kernel import execute


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
    bundle = record("share", 37.6, unit="percent", base="72 cases").bundle()
    assert bundle["text/plain"] == "share = 37.6 percent (72 cases)"
    assert bundle[RECORD_MIMETYPE] == {"name": "share", "value": 37.6, "unit": "percent", "base": "72 cases"}


def test_many_are_recorded_at_once_with_what_they_share():
    given = {"pages": 82, "read": np.int64(80)}
    assert record(given, unit="pages", base="all") == (
        record("pages", 82, unit="pages", base="all"),
        record("read", 80, unit="pages", base="all"),
    )
    rows = [{"name": "pages", "value": 82}, {"name": "share", "value": 97.6, "unit": "percent"}]
    assert [one.unit for one in record(rows, unit="pages", base="all")] == ["pages", "percent"]


def test_all_that_is_wrong_with_many_is_said_at_once():
    rows = [
        {"name": "pages", "value": "82"},
        {"name": "pages", "value": math.nan, "base": "all"},
        {"name": "days", "value": 1, "base": "all", "unti": "days"},
    ]
    with pytest.raises(BadNumber) as error:
        record(rows, unit="pages")
    for wrong in ("has no base", "is '82'", "is recorded twice", "is nan", "has a 'unti'"):
        assert wrong in str(error.value)


#: Cells as a notebook has them, and the names that are recorded by them.
CELLS = {
    "for name in 'abcdef': kit.record(name, 1, unit='u', base='b')": list("abcdef"),
    "one = kit.record('alone', 1, unit='u', base='b')": ["alone"],
    "kit.record('last', 1, unit='u', base='b')": ["last"],
    "display(kit.record('shown', 1, unit='u', base='b'))": ["shown"],
    "display(*(kit.record(n, 1, unit='u', base='b') for n in 'xy'))": ["x", "y"],
    "[kit.record('in-a-list', 1, unit='u', base='b')]; None": ["in-a-list"],
    "kit.record({'p': 1, 'q': 2}, unit='u', base='b')": ["p", "q"],
    "one": [],
}


def test_each_call_in_a_cell_counts_once_however_it_is_shown(tmp_path):
    path = tmp_path / "notebooks" / "01-numbers.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell(f"import kit\n{code}") for code in CELLS]), path)
    ran = execute(path)
    for cell, names in zip(ran["cells"], CELLS.values(), strict=True):
        kept = [
            o["data"][RECORD_MIMETYPE]["name"]
            for o in cell["outputs"]
            if RECORD_MIMETYPE in o.get("data", {})
        ]
        assert kept == names, cell["source"]
        others = [o for o in cell["outputs"] if RECORD_MIMETYPE not in o.get("data", {})]
        assert len(others) == (cell["source"] == "import kit\none"), "shown twice"
    assert sorted(Document(ran).records) == sorted(name for names in CELLS.values() for name in names)
    assert [c["outputs"] for c in execute(path)["cells"]] == [c["outputs"] for c in ran["cells"]]
