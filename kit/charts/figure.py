"""The house style: a chart becomes a figure only with a headline, a source line and alt text."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import math
import numbers
import re
from functools import cached_property
from typing import Any, cast

import altair as alt_
import pandas as pd

from kit.charts import theme
from kit.charts.text import clean, wrap
from kit.errors import KitError, Problem, Problems
from kit.evidence.prose.statements import CHART_FACTS

VEGALITE = "application/vnd.vegalite.v5+json"
SVG = "image/svg+xml"


def as_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV: text in quotes, numbers bare, dates as ISO 8601, lists joined, a missing value blank.

    Text from outside is put on one line and bounded; nothing that a frame can hold fails.

    >>> as_csv(pd.DataFrame({"day": [pd.Timestamp("2025-07-29")], "tags": [("a", "b")], "n": [1.5]}))
    '"day","tags","n"\\n"2025-07-29","a; b",1.5\\n'
    """
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([clean(name) for name in frame.columns])
    writer.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return written.getvalue()


def from_csv(text: str) -> tuple[list[str], list[list[str | float]]]:
    """The column names and the rows that `as_csv` wrote, numbers as numbers; other text raises ``ValueError``.

    >>> from_csv('"n","was"\\n3,"=1"\\n')
    (['n', 'was'], [[3.0, '=1']])
    """
    header, *rows = cast("list[list[Any]]", list(csv.reader(io.StringIO(text), quoting=csv.QUOTE_NONNUMERIC)))
    if any(len(row) != len(header) for row in rows):
        raise ValueError("a row is longer or shorter than the header")
    return header, rows


def _cell(value: Any) -> str | int | float:
    if isinstance(value, tuple | list | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "; ".join(clean(part) for part in parts)
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return clean(value)
    number = float(value)
    if not math.isfinite(number):
        return clean(number)
    # 12 digits: what is left after them is how the machine counts, not what the source says.
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


#: The Vega-Lite that draws the still picture; JupyterLab draws the same specification with its own 5.x.
_DRAWN_BY = "6.4"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_HEAD, _SUB, _FOOT = 17, 12.5, 10.5


class NotDrawn(KitError):
    """A chart that cannot be drawn from what it was given."""


class Unlabelled(Problems, NotDrawn):
    """A chart without a headline, a source line or alt text, which the house does not publish."""


class Figure:
    """A chart in house style, ready to be shown, printed and read aloud.

    ``spec`` is its Vega-Lite specification, ``data`` the frame behind it, for a table or a download. In
    JupyterLab it draws itself and answers the pointer; elsewhere (GitHub, nbviewer, print) its SVG is
    shown. Both repeat byte for byte.
    """

    def __init__(
        self, spec: dict[str, Any], *, headline: str, source: str, alt: str, data: pd.DataFrame
    ) -> None:
        self.spec, self.headline, self.source, self.alt, self.data = spec, headline, source, alt, data

    def __repr__(self) -> str:
        return f"Figure({self.headline!r})"

    def svg(self) -> str:
        """The still picture: one SVG element that names and describes itself, with ids of its own."""
        return self._svg

    @cached_property
    def _svg(self) -> str:
        import vl_convert

        drawn = vl_convert.vegalite_to_svg(self.spec, vl_version=_DRAWN_BY)
        return named(drawn, self.headline, self.alt)

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
            "source": self.source,
            "alt": self.alt,
            "data": as_csv(self.data),
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
    """``chart`` as a `Figure` in house style; ``key`` says, under the chart, how to read its marks.

    A blank headline, source or alt text raises `Unlabelled`: a chart travels without the page it stood on.
    ``data`` is the frame behind the chart; without it, the chart's own frame.

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
        remedy = "leave configure_...() out, since the house style sets it"
        raise NotDrawn(f"chart {clean(headline)!r}", "it has a config of its own", remedy)
    frame = (
        data if data is not None else chart.data if isinstance(chart.data, pd.DataFrame) else pd.DataFrame()
    )
    return Figure(
        _spec(chart, clean(headline), clean(subtitle), clean(source), clean(key), clean(alt)),
        headline=clean(headline),
        source=clean(source),
        alt=clean(alt),
        data=frame.reset_index(drop=True),
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
        if not isinstance(value, str) or not clean(value)
    ]
    if blank:
        title = f"chart {clean(headline)!r}" if isinstance(headline, str) and clean(headline) else "chart"
        raise Unlabelled({title: blank})


def _spec(chart: Any, headline: str, subtitle: str, source: str, key: str, alt_text: str) -> dict[str, Any]:
    room = theme.WIDTH - 10
    head = alt_.TitleParams(
        text=wrap(headline, room, _HEAD, bold=True),
        subtitle=wrap(subtitle, room, _SUB) if subtitle else alt_.Undefined,
        fontSize=_HEAD,
        fontWeight="bold",
        lineHeight=21,
        subtitleFontSize=_SUB,
        subtitleLineHeight=16,
        subtitlePadding=5,
        offset=14,
    )
    lines = [*(wrap(key, room, _FOOT) if key else []), *wrap(f"Source: {source}", room, _FOOT)]
    foot = alt_.TitleParams(
        text=lines,
        orient="bottom",
        fontSize=_FOOT,
        fontWeight="normal",
        lineHeight=14,
        offset=10,
        color=theme.MUTED,
    )
    framed = alt_.vconcat(alt_.vconcat(chart, title=head), title=foot, description=alt_text, padding=4)
    with alt_.data_transformers.enable("default", max_rows=None):
        spec = framed.to_dict()
    return {**spec, "$schema": _SCHEMA, "config": theme.config()}


def named(svg: str, title: str, description: str) -> str:
    """``svg`` with role, title and description, and with ids that no other picture on the page has.

    >>> named('<svg><g clip-path="url(#a)"/><clipPath id="a"/></svg>', "A <b>", "C")[-59:]
    'ath="url(#f31d30f6b-a)"/><clipPath id="f31d30f6b-a"/></svg>'
    """
    own = "f" + hashlib.sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub("<[^>]+>", lambda tag: re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{own}-", tag[0]), svg)
    opening, rest = svg.split(">", 1)
    said, shown = html.escape(title), html.escape(description)
    words = f'<title id="{own}-title">{said}</title><desc id="{own}-desc">{shown}</desc>'
    opening = opening.replace("<svg", f'<svg role="img" aria-labelledby="{own}-title {own}-desc"', 1)
    return f"{opening}>{words}{rest}"
