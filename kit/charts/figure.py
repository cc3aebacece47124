"""A chart becomes a figure only with a headline, a source line and alt text; its data travel in its specification."""

from __future__ import annotations

import hashlib
import html
import math
import numbers
import re
from functools import cached_property
from typing import Any

import altair as alt_
import pandas as pd

from kit.charts import look
from kit.charts.look import one_line, wrap
from kit.errors import KitError, Problem, Problems
from kit.evidence.prose.statements import CHART_DATA, CHART_FACTS, VEGALITE

SVG = "image/svg+xml"
#: The Vega-Lite that draws the still picture; JupyterLab draws the same specification with its own 5.x.
_DRAWN_BY = "6.4"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_HEAD, _SUB, _FOOT = 17, 12.5, 10.5


class NotDrawn(KitError):
    """A chart that cannot be drawn from what it was given."""


class Unlabelled(Problems, NotDrawn):
    """A chart without a headline, a source line or alt text, which is not published."""


class Figure:
    """A chart ready to be shown, printed and read aloud.

    ``spec`` is its Vega-Lite specification, ``data`` the frame under it, for a table or a download, ``key`` how to
    read its marks. In JupyterLab it draws itself and answers the pointer; elsewhere (GitHub, nbviewer, print) its SVG
    is shown. Both repeat byte for byte.
    """

    def __init__(self, bare: dict[str, Any], words: dict[str, str], data: pd.DataFrame) -> None:
        self.headline, self.subtitle = words["headline"], words["subtitle"]
        self.source, self.key, self.alt = words["source"], words["key"], words["alt"]
        self.data = data
        self.spec = _worded(
            {**bare, "datasets": {**bare.get("datasets", {}), CHART_DATA: _rows(data)}}, words
        )

    def __repr__(self) -> str:
        return f"Figure({self.headline!r})"

    def svg(self) -> str:
        """The still picture: one SVG element that names and describes itself, with ids of its own."""
        return self._svg

    @cached_property
    def _svg(self) -> str:
        return drawn_svg(self.spec, self.headline, self.alt)

    def png(self, scale: float = 2) -> bytes:
        """The still picture as PNG, ``scale`` times 72 dots an inch, for Word and the social card.

        Its layout is that of the SVG; the edges of its letters may differ on a machine that has a Liberation
        Sans of its own, so compare SVG, not PNG.
        """
        import vl_convert

        return vl_convert.svg_to_png(self.svg(), scale=scale)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        facts = {
            "headline": self.headline,
            "subtitle": self.subtitle,
            "key": self.key,
            "source": self.source,
            "alt": self.alt,
            # A saved notebook sorts the names in each row, so their order is told here.
            "columns": [one_line(name) for name in self.data.columns],
        }
        shown = f"{self.headline}\n{self.alt}"
        return {VEGALITE: self.spec, SVG: self.svg(), CHART_FACTS: facts, "text/plain": shown}


def figure(
    chart: alt_.TopLevelMixin,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
    key: str = "",
    data: pd.DataFrame | None = None,
) -> Figure:
    """``chart``, made with Altair, as a `Figure`; ``key`` says, under the chart, how to read its marks.

    A blank headline, source or alt text raises `Unlabelled`: a chart travels without the page it stood on. A chart
    with a config of its own raises `NotDrawn`. ``data`` is the frame under the chart; without it, the chart's own.

    >>> import altair
    >>> bars = altair.Chart(pd.DataFrame({"a": [1], "b": ["x"]})).mark_bar().encode(x="a:Q", y="b:N")
    >>> figure(bars, headline="One bar", source="Our count", alt="A bar of length 1.")
    Figure('One bar')
    >>> figure(bars, headline="One bar", source="", alt="A bar of length 1.")
    Traceback (most recent call last):
        ...
    kit.charts.figure.Unlabelled: chart 'One bar': 1 problem to fix
      source: is blank; say where the data come from: source="..."
    """
    _insist(headline, source, alt)
    if getattr(chart, "config", alt_.Undefined) is not alt_.Undefined:
        remedy = "leave configure_...() out, since every chart has the same look"
        raise NotDrawn(f"chart {one_line(headline)!r}", "it has a config of its own", remedy)
    bare = _bare(chart)
    frame = data if data is not None else _drawn_columns(chart.data, bare)
    words = {"headline": headline, "subtitle": subtitle, "source": source, "key": key, "alt": alt}
    return Figure(
        bare,
        {name: one_line(value) for name, value in words.items()},
        frame.reset_index(drop=True) if isinstance(frame, pd.DataFrame) else pd.DataFrame(),
    )


def _insist(headline: str, source: str, alt_text: str) -> None:
    asked = {
        "headline": (headline, 'state the point in a sentence: headline="..."'),
        "source": (source, 'say where the data come from: source="..."'),
        "alt": (alt_text, 'say what the chart shows to somebody who cannot see it: alt="..."'),
    }
    blank = [
        Problem(
            name, "is blank" if isinstance(value, str) else f"is not text ({type(value).__name__})", remedy
        )
        for name, (value, remedy) in asked.items()
        if not isinstance(value, str) or not one_line(value)
    ]
    if blank:
        named = isinstance(headline, str) and one_line(headline)
        raise Unlabelled({f"chart {one_line(headline)!r}" if named else "chart": blank})


def _bare(chart: Any) -> dict[str, Any]:
    """The specification in the look of all charts, framed so that words can be put over and under it."""
    with alt_.data_transformers.enable("default", max_rows=None):
        spec = alt_.vconcat(alt_.vconcat(chart), padding=4).to_dict()
    sets = {name: _drawn_rows(rows, spec) for name, rows in spec.get("datasets", {}).items()}
    return {**spec, **({"datasets": sets} if sets else {}), "$schema": _SCHEMA, "config": look.config()}


#: What a chart says to its reader, in which the name of a column is a word and nothing else.
_WORDS = {"title", "text", "description", "datasets", "$schema", "usermeta"}
_DATUM = re.compile(r"""datum(?:\.(\w+)|\[\s*(?:'([^']+)'|"([^"]+)")\s*\])""")


def _drawn_names(node: Any) -> set[str]:
    """The texts of a specification that may name a column of its data: fields, keys and parts of expressions."""
    if isinstance(node, dict):
        shown = (value for key, value in node.items() if key not in _WORDS or isinstance(value, dict))
        return {name for value in shown for name in _drawn_names(value)}
    if isinstance(node, list):
        return {name for value in node for name in _drawn_names(value)}
    if not isinstance(node, str):
        return set()
    plain = re.sub(r"\\([.\[\]])", r"\1", node)
    return {node, plain, *(name for found in _DATUM.findall(node) for name in found if name)}


def _drawn_rows(rows: Any, spec: dict[str, Any]) -> Any:
    """The rows of a dataset without what the chart does not draw: a chart's data are as public as the chart."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return rows
    names = _drawn_names({**spec, "datasets": {}})
    return [{name: value for name, value in row.items() if name in names} for row in rows]


def _drawn_columns(data: Any, spec: dict[str, Any]) -> Any:
    if not isinstance(data, pd.DataFrame):
        return data
    names = _drawn_names({**spec, "datasets": {}})
    return data[[name for name in data.columns if str(name) in names]]


def _worded(bare: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    room = look.WIDTH - 10
    head = {
        "text": wrap(words["headline"], room, _HEAD, bold=True),
        "fontSize": _HEAD,
        "fontWeight": "bold",
        "lineHeight": 21,
        "offset": 14,
    }
    if words["subtitle"]:
        head["subtitle"] = wrap(words["subtitle"], room, _SUB)
        head |= {"subtitleFontSize": _SUB, "subtitleLineHeight": 16, "subtitlePadding": 5}
    key = wrap(words["key"], room, _FOOT) if words["key"] else []
    foot = {
        "text": [*key, *wrap(f"Source: {words['source']}", room, _FOOT)],
        "orient": "bottom",
        "fontSize": _FOOT,
        "fontWeight": "normal",
        "lineHeight": 14,
        "offset": 10,
        "color": look.MUTED,
    }
    inner = {**bare["vconcat"][0], "title": head}
    return {**bare, "vconcat": [inner], "title": foot, "description": words["alt"]}


def without_words(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification of a `Figure` without headline, notes and data under it, for a page that prints them itself.

    >>> bars = alt_.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")
    >>> spec = without_words(figure(bars, headline="One bar", source="Our count", alt="A bar.").spec)
    >>> "One bar" in str(spec), "title" in spec, "chart_data" in spec["datasets"]
    (False, False, False)
    """
    inner = {name: value for name, value in spec["vconcat"][0].items() if name != "title"}
    sets = {name: rows for name, rows in spec.get("datasets", {}).items() if name != CHART_DATA}
    outer = {name: value for name, value in spec.items() if name != "title"}
    return {**outer, "vconcat": [inner], "datasets": sets}


def drawn_svg(spec: dict[str, Any], title: str, description: str = "") -> str:
    """The specification drawn as one SVG element that names itself and, where asked, describes itself."""
    import vl_convert

    return named(vl_convert.vegalite_to_svg(spec, vl_version=_DRAWN_BY), title, description)


def named(svg: str, title: str, description: str = "") -> str:
    """``svg`` with a role, a title and a description, and with ids that no other picture on the page has.

    >>> named('<svg><g clip-path="url(#a)"/><clipPath id="a"/></svg>', "A <b>", "C")[-59:]
    'ath="url(#f31d30f6b-a)"/><clipPath id="f31d30f6b-a"/></svg>'
    """
    # The library counts its clips from picture to picture; within one they count from 0.
    clips = {name: f"clip{at}" for at, name in enumerate(dict.fromkeys(re.findall(r'\bid="(clip\d+)"', svg)))}
    svg = re.sub(r"\bclip\d+\b", lambda found: clips.get(found[0], found[0]), svg) if clips else svg
    own = "f" + hashlib.sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub("<[^>]+>", lambda tag: re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}-", tag[0]), svg)
    opening, rest = svg.split(">", 1)
    said = {name: words for name, words in (("title", title), ("desc", description)) if words}
    words = "".join(f'<{name} id="{own}-{name}">{html.escape(text)}</{name}>' for name, text in said.items())
    ids = " ".join(f"{own}-{name}" for name in said)
    # Letters on whole pixels would widen words where the picture is scaled.
    how = f'<svg role="img" text-rendering="geometricPrecision" aria-labelledby="{ids}"'
    opening = opening.replace("<svg", how, 1)
    return f"{opening}>{words}{rest}"


def _rows(frame: pd.DataFrame) -> list[dict[str, str | int | float | None]]:
    """The frame's rows as JSON holds them: dates as ISO 8601, lists joined, a missing value ``None``.

    Text from outside is put on one line and bounded; nothing that a frame can hold fails.

    >>> _rows(pd.DataFrame({"day": [pd.Timestamp("2025-07-29")], "tags": [("a", "b")], "n": [1.5]}))
    [{'day': '2025-07-29', 'tags': 'a; b', 'n': 1.5}]
    """
    names = [one_line(name) for name in frame.columns]
    rows = frame.itertuples(index=False, name=None)
    return [dict(zip(names, map(_cell, row), strict=True)) for row in rows]


def _cell(value: Any) -> str | int | float | None:
    if isinstance(value, tuple | list | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "; ".join(one_line(part) for part in parts)
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return one_line(value)
    number = float(value)
    if not math.isfinite(number):
        return one_line(number)
    # 12 digits: what is left after them is how the machine counts, not what the source says.
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
