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


def tags(said: str) -> pd.DataFrame:
    return pd.DataFrame({"id": ["harbour", "fine"], "label": [said, "Fine"]})


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


def pages(n: int, said: str) -> pd.DataFrame:
    return sources(n, said).assign(
        words=[f"{said} {i}" for i in range(n)], strength=[i % 2 + 1 for i in range(n)]
    )


def distances(n: int, said: str) -> pd.DataFrame:
    return frame(
        n,
        title=lambda i: f"{said} {i}",
        distance=lambda i: i / (n + 1),
        low=lambda i: i / (n + 2),
        high=lambda i: (i + 0.5) / (n + 1),
    )


def once(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(entity=table["entity"].where(table.index % 2 == 0, "quay-ltd"))


#: Each chart as a function of how many rows it is given and of the words that stand in them.
CHARTS: dict[str, Callable[..., Any]] = {
    "timeline": lambda n, said, **w: charts.timeline(events(n, said), highlight=["event-00000"], **w),
    "event_counts": lambda n, said, **w: charts.event_counts(
        events(n, said), tags(said), every="quarter", **w
    ),
    "statements": lambda n, said, **w: charts.statements(points(n, said), left="us", right="them", **w),
    "lineage": lambda n, said, **w: charts.lineage(sources(n, said), **w),
    "date_drift": lambda n, said, **w: charts.date_drift(
        evidence(n, said), sources(n or 1, said), ours="2025-07-29", **w
    ),
    "verdicts": lambda n, said, **w: charts.verdicts(claims(n, said), **w),
    "precedent_matrix": lambda n, said, **w: charts.precedent_matrix(
        cases(n, said), variables=["notice", "stated_reasons", "relation"], like="case-00000", **w
    ),
    "crosstab": lambda n, said, **w: charts.crosstab(
        cases(n, said), rows="platform_kind", columns="relation", names={"shop": said}, **w
    ),
    "notice_by_kind": lambda n, said, **w: charts.notice_by_kind(cases(n, said), names={"shop": said}, **w),
    "reasons_by_relation": lambda n, said, **w: charts.reasons_by_relation(
        cases(n, said), names={"rival": said}, **w
    ),
    "run_rate": lambda n, said, **w: charts.run_rate(metrics(n, said), names={"quay-ltd": said}, **w),
    "survey_share": lambda n, said, **w: charts.survey_share(
        once(metrics(n, said)), names={"quay-ltd": said}, **w
    ),
    "adoption": lambda n, said, **w: charts.adoption(
        metrics(n, said), breaks={"2019-01": said}, names={"quay-ltd": said}, **w
    ),
    "price_steps": lambda n, said, **w: charts.price_steps(metrics(n, said), order=("quay-ltd",), **w),
    "concentration": lambda n, said, **w: charts.concentration(
        metrics(n, said), names={"quay-ltd": said}, **w
    ),
    "word_ladder": lambda n, said, **w: charts.word_ladder(pages(n, said), steps={1: said, 2: "theft"}, **w),
    "nearest": lambda n, said, **w: charts.nearest(distances(n, said), **w),
    "growth": lambda n, said, **w: charts.growth(metrics(n, said), cases(n, said), **w),
}
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
CROWDED = {
    "statements",
    "verdicts",
    "precedent_matrix",
    "survey_share",
    "concentration",
    "word_ladder",
    "growth",
}
each_chart = pytest.mark.parametrize("name", CHARTS)


@cache
def drawn(name: str, n: int, said: str = "A harbour office that is long in name") -> charts.Figure:
    return CHARTS[name](n, said, **WORDS)


def svg_of(figure: charts.Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg())


def test_every_public_chart_is_tried_here() -> None:
    assert set(CHARTS) == set(charts.__all__) - {"Figure", "NotDrawn", "Unlabelled", "figure"}


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
        CHARTS[name](0, "x", **WORDS)


@each_chart
def test_very_many_rows_are_drawn_or_refused_with_a_remedy(name: str) -> None:
    if name in CROWDED:
        with pytest.raises(charts.NotDrawn, match=r"\d.*(read at most|fit)"):
            CHARTS[name](401, "x", **WORDS)
    else:
        n = 190 if name == "date_drift" else 401
        assert 300 < float(svg_of(CHARTS[name](n, "x", **WORDS)).attrib["width"]) <= 706


@each_chart
@pytest.mark.parametrize("word", WORDS)
def test_a_blank_word_is_refused(name: str, word: str) -> None:
    with pytest.raises(charts.Unlabelled, match=f"{word}: is blank") as caught:
        CHARTS[name](2, "x", **{**WORDS, word: " \n"})
    assert isinstance(caught.value, KitError)


@each_chart
def test_hostile_text_stays_text(name: str) -> None:
    figure = CHARTS[name](5, HOSTILE, headline=HOSTILE, source=HOSTILE, alt=HOSTILE, subtitle=HOSTILE)
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
    if name == "price_steps":
        dearer = metrics(24).assign(value=lambda table: table["value"].mask(table.index == 7, 99.0))
        after = charts.price_steps(dearer, order=("quay-ltd",), **WORDS)
    assert before.spec != after.spec
    assert before.svg() != after.svg()


def test_two_processes_in_two_time_zones_draw_the_same_bytes() -> None:
    here = Path(__file__)

    def hashes(seed: str, zone: str) -> str:
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8"}
        surroundings["PYTHONPATH"] = str(here.parents[1])
        run = subprocess.run(
            [sys.executable, here], env=surroundings, capture_output=True, text=True, timeout=300
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    first = hashes("1", "America/Los_Angeles")
    assert first.count("\n") == len(CHARTS)
    assert first == hashes("2", "Asia/Kolkata")


def test_a_timeline_of_five_thousand_events_is_drawn_and_of_more_is_refused() -> None:
    assert "<text" in charts.timeline(events(5_000), **WORDS).svg()
    with pytest.raises(charts.NotDrawn, match="5,000 can be read at most"):
        charts.timeline(events(5_001), **WORDS)


if __name__ == "__main__":
    for chart in CHARTS:
        figure = drawn(chart, 9)
        kept = json.dumps(figure._repr_mimebundle_()).encode() + figure.png(1)
        print(chart, hashlib.sha256(kept).hexdigest())
