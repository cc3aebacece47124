"""Places on a map, names in a ring, money in bands, who knew what: labels keep clear, what cannot be drawn is named."""

from __future__ import annotations

from itertools import combinations, pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.charts import flow, knowledge, network, pairs, place_map
from kit.charts.atlas.countries import Extent, outlines
from kit.charts.atlas.names import Dot, named_dots
from kit.charts.figure import NotDrawn
from kit.charts.look import LEADING, SIZE, width
from kit.charts.relations.network import _places

WORDS = {"headline": "H", "source": "S", "alt": "A"}
HOSTILE = "</script><!--\u2028 <b>حارس & ‮evil\x00"


def ports(**columns) -> pd.DataFrame:
    return pd.DataFrame(
        {"name": ["Genoa", "Bastia"], "latitude": [44.41, 42.7], "longitude": [8.93, 9.45]} | columns
    )


def area(word: dict) -> tuple[float, float, float, float]:
    lines = word["text"].split("\n")
    left, top = word["x"], word["y"] - LEADING / 2
    return left, top, left + max(width(line, SIZE) for line in lines), top + len(lines) * LEADING


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(5, 690), st.integers(5, 390), st.integers(3, 15), st.text("abc ", min_size=1, max_size=30)),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_no_name_covers_another_and_none_is_lost(given_marks):
    marks = [Dot(x, y, radius, name.strip() or "a") for x, y, radius, name in given_marks]
    words, below, height = named_dots(marks, 692, 400)
    named = [word for word in words if not word["text"].isdecimal()]
    assert len(named) + len(below) == len(marks)
    for one, other in combinations([area(word) for word in named], 2):
        assert not overlap(one, other)
    assert all(area(word)[2] <= 693 for word in (*named, *below))
    assert height >= max((word["y"] for word in below), default=400)


def test_a_map_has_the_land_around_its_places_and_a_scale():
    made = place_map(ports(events=[4, 1]), size="events", highlight=["Bastia"], **WORDS)
    text = str(made.spec)
    assert "Polygon" in text
    assert " km" in text
    assert made.data.columns.tolist() == ["name", "latitude", "longitude", "events"]
    assert made.svg() == place_map(ports(events=[4, 1]), size="events", highlight=["Bastia"], **WORDS).svg()
    town = place_map(ports(latitude=[44.41, 44.4105], longitude=[8.93, 8.931]), **WORDS)
    assert "Polygon" not in str(town.spec)
    assert " m'" in str(town.spec)


def test_a_map_of_the_world_stays_small_and_has_no_line_across_it():
    far = pd.DataFrame(
        {"name": ["Suva", "Nome", "Cape Town"], "latitude": [-18.1, 64.5, -33.9], "longitude": [178.4, -165.4, 18.4]}
    )  # fmt: skip
    assert len(str(place_map(far, **WORDS).spec)) < 400_000
    for ring in outlines(Extent(-180, -60, 180, 80)):
        steps = [abs(a[0] - b[0]) for a, b in pairwise(ring)]
        assert max(steps) < 90, "an outline leaps over the map"


@pytest.mark.parametrize(("columns", "said"), [
    ({"latitude": [None, 42.7]}, "Genoa: has no latitude; fill it in"),
    ({"longitude": [8.93, None]}, "Bastia: has no longitude; fill it in"),
    ({"latitude": [144.0, 42.7], "longitude": [44.4, 9.45]}, "Genoa: latitude 144, longitude 44.4 is no place; the two seem to be swapped"),
    ({"latitude": [44.4, -99.0], "longitude": [8.9, 999.0]}, "Bastia: latitude -99, longitude 999 is no place; degrees go from"),
])  # fmt: skip
def test_coordinates_that_are_none_are_named(columns, said):
    with pytest.raises(NotDrawn) as error:
        place_map(ports(**columns), **WORDS)
    assert said in str(error.value)


def test_who_is_with_whom_is_counted_once_an_event():
    rows = pd.DataFrame({"event": ["a", "a", "a", "b", "b"], "actor": ["x", "y", "x", "y", "x"]})
    assert pairs(rows).values.tolist() == [["x", "y", 2]]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 40), st.integers(1, 60))
def test_names_around_a_ring_keep_clear_of_each_other(count, letters):
    order = [f"n{number}" for number in range(count)]
    _, (labels, _), height = _places(order, dict.fromkeys(order, "w" * letters))
    for left in (False, True):
        side = sorted((each for each in labels if each["left"] is left), key=lambda each: each["y"])
        for above, under in pairwise(side):
            assert above["y"] + above["text"].count("\n") * LEADING + LEADING <= under["y"] + 0.2
    assert all(0 < each["y"] < height for each in labels)


@pytest.mark.parametrize(("links", "said"), [
    ({"one": ["a"], "other": ["a"]}, "'a' is joined with itself"),
    ({"one": ["a"], "other": [None]}, "joins a name with nothing"),
    ({"one": ["a"], "other": ["b"], "together": [0]}, "a weight is not above zero"),
    ({"one": [f"a{n}" for n in range(41)], "other": ["b"] * 41}, "42 names, of which 40 can be read"),
    ({"one": [], "other": []}, "has no rows"),
    ({"one": ["a"]}, "lacks other"),
])  # fmt: skip
def test_a_network_that_cannot_be_drawn_says_why(links, said):
    with pytest.raises(NotDrawn, match=said):
        network(pd.DataFrame(links), **WORDS)


def test_the_order_of_rows_does_not_matter_to_a_network():
    links = pd.DataFrame({"one": list("abcda"), "other": list("bcdae"), "together": [1, 2, 3, 1, 5]})
    one, other = (network(each, **WORDS).svg() for each in (links, links.iloc[::-1]))
    assert one == other


def test_bands_hold_what_was_paid():
    rows = pd.DataFrame({"p": ["a", "a", "b"], "q": ["b", "c", "c"], "value": [10, 5, 8]})
    made = flow(rows, payer="p", payee="q", unit="eur", **WORDS)
    bars = next(
        each["data"]["values"] for each in _layers(made.spec) if "sum" in str(each["data"].get("values", ""))
    )
    high = {bar["name"]: round(bar["y2"] - bar["y"], 1) for bar in bars}
    assert high["A"] / high["B"] == pytest.approx(1.5, abs=0.02)
    assert {bar["sum"] for bar in bars} == {"€15", "€10", "€13"}


def _layers(spec: dict) -> list[dict]:
    found = []
    stack = [spec]
    sets = spec["datasets"]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "mark" in node and "data" in node:
                data = node["data"]
                found.append({**node, "data": {"values": sets.get(data.get("name"), data.get("values"))}})
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return found


@pytest.mark.parametrize(("rows", "said"), [
    ([("a", "b", 0)], "a to b: 0 is no amount above zero"),
    ([("a", "b", None)], "is no amount above zero"),
    ([("a", "b", "many")], "a to b: many is no amount above zero"),
    ([("a", "b", 1), ("b", "a", 1)], "money goes in a circle"),
    ([(f"a{n}", "b", 1) for n in range(40)], "41 names, of which 40 can be read"),
])  # fmt: skip
def test_a_flow_that_cannot_be_drawn_says_why(rows, said):
    with pytest.raises(NotDrawn, match=said):
        flow(pd.DataFrame(rows, columns=["p", "q", "value"]), payer="p", payee="q", **WORDS)


def test_the_first_who_knew_is_told_apart_and_an_unknown_day_is_hollow():
    rows = pd.DataFrame(
        {
            "who": ["board", "board", "mayor", "press"],
            "what": ["crack"] * 4,
            "date": ["2021-03-05", "2021-02", "2021-02-15", "unknown"],
        }
    )
    made = knowledge(rows, who="who", what="what", **WORDS)
    assert made.data["date"].tolist() == ["unknown", "2021-02", "2021-02-15"]
    assert "Hollow: the day is not known." in made.key
    assert "day not known" in made.svg()
    assert made.svg().count("#b84a00") == 1


def test_words_from_outside_are_words_and_nothing_else():
    made = [
        place_map(ports(name=[HOSTILE, "b"]), **WORDS),
        network(pd.DataFrame({"one": [HOSTILE], "other": ["b"]}), **WORDS),
        flow(pd.DataFrame({"p": [HOSTILE], "q": ["b"], "value": [1]}), payer="p", payee="q", **WORDS),
        knowledge(pd.DataFrame({"w": [HOSTILE], "t": ["b"], "date": ["2021"]}), who="w", what="t", **WORDS),
    ]
    for each in made:
        assert "<b>" not in each.svg()
        assert "</script" not in each.svg()
        assert "\x00" not in str(each.spec)
