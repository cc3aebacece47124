"""Numbers in the tables held against what their own sources say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kit.evidence.matter import Matter
from kit.evidence.rules import Finding, place

#: A source's own value and nothing else: "about 38 percent", "1000-5000 usd", "at most 5 days".
_SAYS = re.compile(
    r"(?:(?P<least>over|more than|at least|as many as|above)|(?P<most>under|less than|at most|below|up to|fewer than)"
    r"|(?P<about>about|around|nearly|roughly|some|near|almost))? ?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:-(?P<to>\d[\d,]*(?:\.\d+)?))? (?P<unit>\w+)(?: \([^)]*\))?"
)


def says_another(says: str, value: float, low: float, high: float, unit: str) -> bool:
    """Whether a source's words give another number than ours; not where they give none in our unit, or say more.

    A round number is taken to be rounded at its last digit that is not zero, and twice as roughly behind "about".

    >>> says_another("38 percent", 37.6, float("nan"), float("nan"), "percent")
    False
    >>> says_another("41 percent", 37.6, float("nan"), float("nan"), "percent")
    True
    """
    match = _SAYS.fullmatch(says.strip())
    if not match or match["unit"] != unit or math.isnan(value):
        return False
    first, last = _number(match["number"]), _number(match["to"] or match["number"])
    slack = float(max(_half(first), _half(last))) * (2 if match["about"] else 1) * (1 + 1e-9)
    bottom, top = (value if math.isnan(low) else low), (value if math.isnan(high) else high)
    if match["least"]:
        return top < float(first) - slack
    if match["most"]:
        return bottom > float(last) + slack
    return top < float(first) - slack or bottom > float(last) + slack


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _half(number: Decimal) -> Decimal:
    """Half a unit of the last digit that is printed, or of the last that is not zero."""
    exponent = number.as_tuple().exponent if "." in str(number) else number.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def _by_metric(matter: Matter) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Each number with what its supporting sources say of it: those that give ours, and those that give another."""
    evidence = matter.case.evidence
    rows = evidence[
        evidence["stance"].eq("supports") & evidence["field"].eq("value") & evidence["says"].ne("")
    ]
    said: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        said.setdefault(str(row.record), []).append(row)
    for metric in matter.case.metrics.itertuples():
        meeting: list[str] = []
        missing: list[str] = []
        for row in said.get(metric.id, ()):
            other = says_another(row.says, metric.value, metric.low, metric.high, metric.unit)
            (missing if other else meeting).append(f"{row.source} says {row.says}")
        if missing:
            yield metric, meeting, missing


def outside_all(matter: Matter) -> Iterator[Finding]:
    """Numbers that every supporting source which gives one gives otherwise."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(matter) if not meeting)


def outside_some(matter: Matter) -> Iterator[Finding]:
    """Numbers that some supporting source gives, and another gives otherwise."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(matter) if meeting)


def _finding(metric: Any, missing: list[str]) -> Finding:
    ours = f"{metric.value:,.12g} {metric.unit}"
    return Finding(
        place("metrics", metric.id, "value"), metric.id, f"we say {ours}; {'; '.join(sorted(missing))}"
    )
