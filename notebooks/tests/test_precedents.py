"""How near coded cases lie to one another, and how far two codings agree."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from precedents import (
    UNKNOWN,
    NotComparable,
    agreement,
    distances,
    sensitivity,
    side_by_side,
    unlike,
)

import kit

VARIABLES = ["rule", "notice", "reasons"]
CASES = pd.DataFrame(
    [
        ("ours", "existing", "unknown", ("terms", "rival")),
        ("same", "existing", "none", ("rival", "terms")),
        ("half", "changed", "weeks", ("terms", "rival")),
        ("far", "changed", "none", ("privacy",)),
    ],
    columns=["id", *VARIABLES],
).assign(title=lambda cases: cases["id"].str.title())

REASONS = ["privacy", "terms", "pricing"]
coded = st.one_of(
    st.sampled_from(["none", "days", "unknown", "not-recorded"]),
    st.lists(st.sampled_from(REASONS), min_size=1, max_size=3, unique=True).map(tuple),
)


def test_nearest_comes_first_and_what_is_unknown_does_not_count():
    found = distances(CASES, to="ours", variables=VARIABLES)
    assert found["id"].tolist() == ["same", "half", "far"]
    assert found["distance"].tolist() == [0.0, 0.5, 1.0]
    assert found["compared"].tolist() == [2, 2, 2], "ours has an unknown notice, so two variables remain"


def test_an_unknown_value_is_not_alike_to_an_unknown_value():
    assert unlike("unknown", "unknown") is None
    assert unlike(("unknown",), ("terms",)) is None


@given(coded, coded)
def test_distance_is_symmetric_and_bounded(one, other):
    apart = unlike(one, other)
    assert apart == unlike(other, one)
    assert apart is None or 0 <= apart <= 1


@given(coded)
def test_a_known_value_is_no_distance_from_itself(value):
    known = not set(value if isinstance(value, tuple) else (value,)) <= UNKNOWN
    assert unlike(value, value) == (0 if known else None)


def test_leaving_out_a_variable_moves_the_distance_within_its_range():
    found = sensitivity(CASES, to="ours", variables=VARIABLES).set_index("id")
    assert found.loc["half", ["distance", "low", "high"]].tolist() == [0.5, 0.0, 1.0]
    assert found.loc["same", ["rank", "best", "worst"]].tolist() == [1, 1, 1]
    assert found.loc["half", ["rank", "best", "worst"]].tolist() == [2, 1, 2], (
        "without the rule it ties with same"
    )


def test_ties_share_a_rank():
    cases = pd.concat([CASES, CASES[CASES["id"] == "half"].assign(id="twin")])
    found = sensitivity(cases, to="ours", variables=VARIABLES).set_index("id")
    assert found.loc[["half", "twin"], "rank"].tolist() == [2, 2]


def test_side_by_side_says_where_two_cases_part():
    found = side_by_side(CASES, one="ours", other="half", variables=VARIABLES)
    assert found["alike"].tolist() == ["no", "unknown", "yes"]


@pytest.mark.parametrize(
    ("to", "variables", "said"),
    [
        ("nobody", VARIABLES, "is there 0 times"),
        ("ours", ["rule", "weather"], "no column 'weather'"),
        ("ours", ["notice"], "shares no known variable"),
    ],
)
def test_a_comparison_without_ground_is_refused(to, variables, said):
    with pytest.raises(NotComparable, match=said):
        distances(CASES, to=to, variables=variables)


def test_one_variable_cannot_be_left_out():
    with pytest.raises(NotComparable, match="two or more"):
        sensitivity(CASES, to="ours", variables=["rule"])


def test_agreement_counts_cases_and_names_those_that_differ():
    coding = pd.DataFrame(
        [
            ("a", "law", "none", "none"),
            ("b", "law", "none", "none"),
            ("a", "reasons", "privacy; terms", "terms; privacy"),
            ("b", "reasons", "privacy", "privacy; terms"),
        ],
        columns=["case", "variable", "first", "second"],
    )
    assert agreement(coding).values.tolist() == [["reasons", 1, 1, ("b",)], ["law", 2, 0, ()]]


def test_a_variable_coded_three_times_is_refused():
    coding = pd.DataFrame([("a", "law", "none", "none")] * 2, columns=["case", "variable", "first", "second"])
    with pytest.raises(NotComparable, match="'law' twice"):
        agreement(coding)


def test_the_second_coding_of_this_case_can_be_counted():
    case = kit.open()
    found = agreement(case.second_coding)
    coded = case.second_coding["variable"].value_counts()
    counted = (found["same"] + found["different"]).set_axis(found["variable"])
    assert counted.to_dict() == coded.to_dict()
