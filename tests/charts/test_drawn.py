"""Every chart: drawn from one row and from many, refused without rows or words, safe, the same each time.

Run as a script it prints a hash of each chart, which the test of repeatability compares between processes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import vl_convert

import kit
from kit import charts
from kit.errors import KitError

HOSTILE = '<script>alert("x")</script> ]]> & \x00\x1b <img src=x onerror=alert(1)>'
WORDS = {"headline": "A point is made", "source": "Harbour Post", "alt": "A picture of the point."}


def frame(n: int, **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({name: [make(i) for i in range(n)] for name, make in columns.items()})


def dated(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The dates of the column spread out as loading does, without the tables' own reader."""
    days = pd.to_datetime(table[column])
    ends = {f"{column}_earliest": days, f"{column}_latest": days}
    return table.assign(**ends, **{f"{column}_precision": "day", f"{column}_doubt": ""})


def day(i: int) -> str:
    return (pd.Timestamp("2019-01-01") + pd.Timedelta(days=9 * i)).strftime("%Y-%m-%d")


def events(n: int, said: str = "Office raided") -> pd.DataFrame:
    table = frame(
        n,
        id=lambda i: f"event-{i:05}",
        date=day,
        category=lambda i: ("raid", "ruling", said)[i % 3],
        tags=lambda i: ("harbour", "fine")[: i % 2 + 1],
        title=lambda i: f"{said} {i}",
        status=lambda i: ("confirmed", "alleged")[i % 2],
        attributed_to=lambda i: said,
        summary=lambda i: said,
        confidence=lambda i: ("high", "unread")[i % 2],
    )
    return dated(table, "date")


def metrics(n: int, said: str = "of all who were asked", month: str = "2023-01") -> pd.DataFrame:
    table = frame(
        n,
        id=lambda i: f"metric-{i:05}",
        metric=lambda i: "share",
        entity=lambda i: ("harbour-co", "quay-ltd")[i % 2],
        value=lambda i: float(i % 97 + 1),
        unit=lambda i: "percent",
        low=lambda i: float(i % 97 + 0.5),
        high=lambda i: float(i % 97 + 2),
        period=lambda i: day(i // 2),
        basis=lambda i: f"{said} {i // 2}",
        qualifier=lambda i: ("reported", "self-reported", "estimate", "survey", "projection", "computed")[
            i % 6
        ],
        interest=lambda i: said,
        confidence=lambda i: "medium",
    )
    return dated(table, "period")


def sources(n: int, said: str = "Harbour Post") -> pd.DataFrame:
    table = frame(
        n,
        id=lambda i: f"source-{i:05}",
        publisher=lambda i: f"{said} {i}",
        title=lambda i: said,
        issued=day,
        tier=lambda i: ("original-reporting", "secondary", "aggregator", "primary")[i % 4],
        read=lambda i: ("full", "no", "relay", "excerpt")[i % 4],
        derived_from=lambda i: (f"source-{i // 3:05}",) if i else (),
    )
    return dated(table, "issued")


def cases(n: int, said: str = "Harbour cuts off Quay") -> pd.DataFrame:
    table = frame(
        n,
        id=lambda i: f"case-{i:05}",
        title=lambda i: f"{said} {i}",
        began=day,
        platform_kind=lambda i: ("shop", "ai-model-maker")[i % 2],
        relation=lambda i: ("rival", "customer", "unknown")[i % 3],
        stated_reasons=lambda i: ("security", "terms-violation")[: i % 2 + 1],
        notice=lambda i: ("none", "days", "unknown", "months")[i % 4],
    )
    return dated(table, "began")


def claims(n: int, said: str) -> pd.DataFrame:
    verdicts = ("supported", "partly-supported", "unverifiable", "unsupported", "contradicted")
    return frame(
        n,
        id=lambda i: f"c-{i:05}",
        claim=lambda i: said,
        verdict=lambda i: verdicts[i % 5],
        why=lambda i: said,
    )


def points(n: int, said: str) -> pd.DataFrame:
    sides = {"us": lambda i: said, "them": lambda i: said if i % 2 else "", "them_by": lambda i: said}
    return frame(n, topic=lambda i: said, **sides)


def evidence(n: int, said: str) -> pd.DataFrame:
    given = lambda i: ("2025-07-29", "Tuesday, 2025-08-01", said, "2025-07")[i] if i < 4 else day(i)  # noqa: E731
    return frame(n, source=lambda i: f"source-{i:05}", says=given)


def distances(n: int) -> pd.DataFrame:
    return frame(n, title=lambda i: f"Case {i}", distance=lambda i: i / (n + 1))


def plans(n: int, said: str) -> pd.DataFrame:
    return frame(
        n,
        plan=lambda i: f"{said} {i // 3}",
        tier=lambda i: ("small", "large", said)[i % 3],
        value=lambda i: float(i % 40 + 2) if i % 7 or not i else None,
        low=lambda i: float(i % 40 + 1) if i % 2 else None,
        high=lambda i: float(i % 40 + 4) if i % 2 else None,
        unit=lambda i: "usd",
        basis=lambda i: said,
    )


#: Each chart as a function of how many rows it is given and of the words that stand in them.
CHARTS: dict[str, Callable[..., Any]] = {
    "timeline": lambda n, said, **w: charts.timeline(events(n, said), highlight=["event-00000"], **w),
    "statements": lambda n, said, **w: charts.statements(points(n, said), left="us", right="them", **w),
    "source_tree": lambda n, said, **w: charts.source_tree(sources(n, said), **w),
    "date_drift": lambda n, said, **w: charts.date_drift(
        evidence(n, said), sources(n or 1, said), ours="2025-07-29", **w
    ),
    "verdicts": lambda n, said, **w: charts.verdicts(claims(n, said), **w),
    "crosstab": lambda n, said, **w: charts.crosstab(
        cases(n, said), rows="stated_reasons", columns="relation", names={"security": said}, **w
    ),
    "time_series": lambda n, said, **w: charts.time_series(
        metrics(n, said), breaks={"2019-01": said}, gaps=True, names={"quay-ltd": said}, **w
    ),
    "place_map": lambda n, said, **w: charts.place_map(
        frame(
            n,
            name=lambda i: f"{said} {i}",
            latitude=lambda i: 40.0 + i % 7,
            longitude=lambda i: 3.0 + i % 5,
            events=lambda i: i + 1,
        ),
        size="events",
        **w,
    ),
    "network": lambda n, said, **w: charts.network(
        frame(n, one=lambda i: f"{said} {i}", other=lambda i: f"{said} {i + 1}", together=lambda i: i + 1),
        **w,
    ),
    "flow": lambda n, said, **w: charts.flow(
        frame(n, p=lambda i: f"{said} {i}", q=lambda i: "the mayor", value=lambda i: i + 1),
        payer="p",
        payee="q",
        unit="eur",
        **w,
    ),
    "knowledge": lambda n, said, **w: charts.knowledge(
        frame(n, who=lambda i: f"{said} {i}", what=lambda i: "the crack", date=day),
        who="who",
        what="what",
        **w,
    ),
    "values": lambda n, said, **w: charts.values(
        plans(n, said), label="tier", group="plan", note="basis", limit=50, limit_label=said, **w
    ),
}
#: Two of them in their other shapes.
SHAPES: dict[str, Callable[..., Any]] = {
    "by ratio, in steps, with events": lambda n, said, **w: charts.time_series(
        metrics(n, said),
        ratio=True,
        steps=True,
        events=events(min(n, 30), said),
        names={"quay-ltd": said},
        **w,
    ),
    "dots in one list": lambda n, said, **w: charts.values(
        plans(n, said), label="plan", note="basis", mark="dot", unit="days", top=40, **w
    ),
}
DRAWINGS = CHARTS | SHAPES
#: Elements that a picture needs; none of them runs anything or fetches anything.
DRAWN = {
    "svg",
    "title",
    "desc",
    "g",
    "path",
    "rect",
    "text",
    "line",
    "defs",
    "linearGradient",
    "stop",
    "clipPath",
    "tspan",
}
CROWDED = {"flow", "knowledge", "network", "place_map", "statements", "values", "verdicts"}
each_chart = pytest.mark.parametrize("name", DRAWINGS)


@cache
def drawn(name: str, n: int, said: str = "A harbour office that is long in name") -> charts.Figure:
    return DRAWINGS[name](n, said, **WORDS)


def svg_of(figure: charts.Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg())


def texts(figure: charts.Figure) -> list[str]:
    """What stands in the picture, a piece a line of text."""
    return [part.text or "" for part in svg_of(figure).iter() if part.tag.endswith(("}text", "}tspan"))]


def test_every_public_chart_is_tried_here() -> None:
    others = {"Figure", "NotDrawn", "Unlabelled", "figure", "pairs", "theme"}
    assert set(CHARTS) == set(charts.__all__) - others


@each_chart
@pytest.mark.parametrize("n", [1, 24])
def test_it_is_drawn_within_the_column(name: str, n: int) -> None:
    figure = drawn(name, n)
    picture = svg_of(figure)
    assert 300 < float(picture.attrib["width"]) <= 706, "a label runs out of the picture"
    assert float(picture.attrib["height"]) > 60
    assert len(figure.data) > 0
    assert WORDS["headline"] in figure.svg()
    assert "Source: Harbour Post" in figure.svg()


@each_chart
def test_no_rows_are_refused(name: str) -> None:
    with pytest.raises(charts.NotDrawn, match="no rows"):
        DRAWINGS[name](0, "x", **WORDS)


@each_chart
def test_very_many_rows_are_drawn_or_refused_with_a_remedy(name: str) -> None:
    if name in CROWDED:
        with pytest.raises(charts.NotDrawn, match=r"\d.*(read at most|fit)"):
            DRAWINGS[name](401, "x", **WORDS)
    else:
        n = 190 if name == "date_drift" else 401
        assert 300 < float(svg_of(DRAWINGS[name](n, "x", **WORDS)).attrib["width"]) <= 706


@each_chart
@pytest.mark.parametrize("word", WORDS)
def test_a_blank_word_is_refused(name: str, word: str) -> None:
    with pytest.raises(charts.Unlabelled, match=f"{word}: is blank") as caught:
        DRAWINGS[name](2, "x", **{**WORDS, word: " \n"})
    assert isinstance(caught.value, KitError)


@each_chart
def test_hostile_text_stays_text(name: str) -> None:
    figure = DRAWINGS[name](5, HOSTILE, headline=HOSTILE, source=HOSTILE, alt=HOSTILE, subtitle=HOSTILE)
    names = {element.tag.rpartition("}")[2] for element in svg_of(figure).iter()}
    assert names <= DRAWN
    assert "<script" not in figure.svg().lower()
    assert not [name for element in svg_of(figure).iter() for name in element.attrib if name.startswith("on")]
    assert not re.search(r"\\u0000|\\u001b", json.dumps(figure.spec))


@each_chart
def test_the_vega_lite_of_jupyterlab_draws_the_same_picture(name: str) -> None:
    spec = drawn(name, 24).spec
    assert vl_convert.vegalite_to_svg(spec, vl_version="5.8") == vl_convert.vegalite_to_svg(
        spec, vl_version="6.4"
    )


@each_chart
def test_a_changed_cell_changes_the_chart(name: str) -> None:
    before, after = drawn(name, 24), drawn(name, 24, "Another")
    assert before.spec != after.spec
    assert before.svg() != after.svg()


@pytest.mark.long
def test_two_processes_in_two_time_zones_draw_the_same_bytes() -> None:
    here = Path(__file__)

    def hashes(seed: str, zone: str) -> str:
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8"}
        surroundings["PYTHONPATH"] = str(here.parents[2])
        run = subprocess.run(
            [sys.executable, here], env=surroundings, capture_output=True, text=True, timeout=300
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    first = hashes("1", "America/Los_Angeles")
    assert first.count("\n") == len(DRAWINGS)
    assert first == hashes("2", "Asia/Kolkata")


def shape(n: int) -> pd.DataFrame:
    """As many values down and across as there are rows."""
    return frame(n, down=lambda i: f"d{i}", across=lambda i: f"a{i % 9}")


#: The most that each chart takes, with one that takes as much and one that takes more.
MOST = {
    "timeline": (5_000, lambda n: charts.timeline(events(n), **WORDS)),
    "source_tree": (600, lambda n: charts.source_tree(sources(n), **WORDS)),
    "statements": (200, lambda n: charts.statements(points(n, "x"), left="us", right="them", **WORDS)),
    "verdicts": (200, lambda n: charts.verdicts(claims(n, "x"), **WORDS)),
    "values": (200, lambda n: charts.values(distances(n), label="title", value="distance", **WORDS)),
    "date_drift": (200, lambda n: charts.date_drift(evidence(n, "x"), sources(n), **WORDS)),
    "figures": (2_000, lambda n: charts.time_series(metrics(n), **WORDS)),
    "flags": (30, lambda n: charts.time_series(metrics(400), events=events(n), **WORDS)),
    "rows of a crosstab": (40, lambda n: charts.crosstab(shape(n), rows="down", columns="across", **WORDS)),
    "columns of a crosstab": (
        9,
        lambda n: charts.crosstab(
            shape(n).assign(across=shape(n)["down"]), rows="down", columns="across", **WORDS
        ),
    ),
}


@pytest.mark.parametrize("name", MOST)
def test_as_much_as_can_be_read_is_drawn_and_one_more_is_refused(name: str) -> None:
    most, draw = MOST[name]
    assert len(draw(most).spec["datasets"]["chart_data"]) > 0
    with pytest.raises(charts.NotDrawn, match="read"):
        draw(most + 1)


def test_sixty_events_carry_their_titles_and_one_more_none() -> None:
    def titled(count: int) -> bool:
        return any(
            text.startswith("Office raided 59") for text in texts(charts.timeline(events(count), **WORDS))
        )

    assert titled(60)
    assert not titled(61)


def test_a_lane_a_square_and_a_side_are_named_by_the_tables_of_the_case(case_folder: Path) -> None:
    case = kit.open(case_folder)
    actor = case.table("actors").iloc[0]
    lanes = texts(charts.timeline(events(3).assign(lane=actor["id"]), lane="lane", names=case, **WORDS))
    assert actor["name"] in lanes
    assert actor["id"] not in lanes
    assert "Access revoked" in texts(
        charts.timeline(events(1, "access-revoked"), lane="attributed_to", **WORDS)
    )
    grid = frame(2, who=lambda i: actor["id"], how=lambda i: "no-notice")
    crossed = charts.crosstab(grid, rows="who", columns="how", names=case, each="event", **WORDS)
    assert {actor["name"], "No notice", "A square is one event."} <= {*texts(crossed)}
    assert crossed.data.iloc[0].tolist() == [actor["name"], "No notice", 2]


def test_a_key_says_what_a_mark_is() -> None:
    assert charts.timeline(events(1), **WORDS).key == "Dot: one event, its day known."
    assert charts.timeline(events(1), each="page", **WORDS).key == "Dot: one page, its day known."


def test_a_line_crosses_no_missing_month_and_no_break() -> None:
    months = ["2025-01", "2025-02", "2025-04", "2025-05"]
    table = pd.DataFrame(
        {"entity": "quay", "value": [1.0, 2.0, 3.0, 4.0], "unit": "percent", "period": months}
    )
    ends = [pd.Period(month, "M") for month in months]
    table = table.assign(
        qualifier="reported",
        period_earliest=[end.start_time.normalize() for end in ends],
        period_latest=[end.end_time.normalize() for end in ends],
    )

    def segments(**more: Any) -> int:
        drawn = json.dumps(charts.time_series(table, **more, **WORDS).spec)
        return len({*re.findall(r'"segment": "([^"]*)"', drawn)})

    assert segments() == 1
    assert segments(gaps=True) == 2
    assert segments(gaps=True, breaks={"2025-05": "changed"}) == 3
    assert segments(breaks={"2025-05": "changed"}) == 2
    with pytest.raises(charts.NotDrawn, match="2026-01 lies outside"):
        segments(breaks={"2026-01": "changed"})


def test_what_cannot_be_compared_is_refused() -> None:
    two = metrics(2).assign(unit=["usd", "percent"])
    with pytest.raises(charts.NotDrawn, match="2 units"):
        charts.time_series(two, **WORDS)
    with pytest.raises(charts.NotDrawn, match="2 units"):
        charts.values(two, label="entity", **WORDS)
    with pytest.raises(charts.NotDrawn, match="has no mark: 'guess'; use one of self-reported, "):
        charts.time_series(metrics(2).assign(qualifier="guess"), **WORDS)
    with pytest.raises(charts.NotDrawn, match="'spring', which is no month; write it as YYYY-MM"):
        charts.time_series(metrics(2), breaks={"spring": "x"}, **WORDS)
    with pytest.raises(charts.NotDrawn, match="no place on a scale of ratios"):
        charts.time_series(metrics(2).assign(value=[0.0, 1.0], low=None), ratio=True, **WORDS)
    with pytest.raises(charts.NotDrawn, match="'harbour-co' lies outside its range"):
        charts.values(metrics(1).assign(low=5.0), label="entity", **WORDS)
    with pytest.raises(charts.NotDrawn, match="1 labels stand twice in 'share'"):
        charts.values(metrics(3), label="entity", group="metric", **WORDS)


def test_a_group_without_a_value_has_a_dash_and_no_bar() -> None:
    surveys = pd.DataFrame({"who": ["a", "b", "a"], "survey": ["x", "x", "y"], "value": [1.0, 2.0, 3.0]})
    drawn = charts.values(surveys, label="who", group="survey", unit="percent", **WORDS)
    assert texts(drawn).count("–") == 1
    assert drawn.key == "Dash: no value is given."
    assert {"1%", "2%", "3%"} <= {*texts(drawn)}


def test_ten_days_have_their_weekdays_and_more_only_numbers() -> None:
    def weekdays(last: str) -> bool:
        given = frame(2, source=lambda i: f"source-{i:05}", says=lambda i: ("2025-07-01", last)[i])
        return "Tu" in texts(charts.date_drift(given, sources(2), **WORDS))

    assert weekdays("2025-07-10")
    assert not weekdays("2025-07-11")


def test_a_limit_stretches_the_scale_and_is_named() -> None:
    drawn = charts.values(metrics(2), label="entity", limit=500, limit_label="allowed", **WORDS)
    assert {"allowed", "400%"} <= {*texts(drawn)}
    assert "400%" not in texts(charts.values(metrics(2), label="entity", **WORDS))


def test_rows_beyond_the_top_are_counted_and_kept_in_the_table() -> None:
    drawn = charts.values(distances(12), label="title", value="distance", top=5, **WORDS)
    assert drawn.key.endswith("Not drawn: 7 rows more.")
    assert len(drawn.data) == 12


def test_what_stands_under_a_chart_are_the_columns_that_a_reader_wants() -> None:
    private = metrics(2).assign(note="for the desk only")
    for drawn in (
        charts.values(private, label="entity", **WORDS),
        charts.time_series(private, **WORDS),
        charts.timeline(events(1).assign(note="for the desk only"), **WORDS),
        charts.verdicts(claims(1, "x").assign(note="for the desk only"), **WORDS),
        charts.statements(points(1, "x").assign(note="for the desk only"), left="us", right="them", **WORDS),
    ):
        assert "for the desk only" not in json.dumps(drawn._repr_mimebundle_())


if __name__ == "__main__":
    for chart in DRAWINGS:
        figure = drawn(chart, 9)
        kept = json.dumps(figure._repr_mimebundle_()).encode() + figure.png(1)
        print(chart, hashlib.sha256(kept).hexdigest())
