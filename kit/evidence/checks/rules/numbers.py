"""The gate's rules on numbers: printed against computed, typed by hand, against the fact that the sentence cites."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, place, place_of
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.quantities import Quantity, quantities
from kit.evidence.prose.records import BadNumber, Record, mismatch, printed_unit, printed_value, unit_family
from kit.evidence.prose.sentences import Sentence
from kit.tables.read import suggest

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


def _by_metric(matter: CheckContext) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Each number with what its supporting sources say of it: those that give ours, and those that give another."""
    evidence = matter.case.table("evidence")
    rows = evidence[
        evidence["stance"].eq("supports") & evidence["field"].eq("value") & evidence["says"].ne("")
    ]
    said: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        said.setdefault(str(row.record), []).append(row)
    for metric in matter.case.table("metrics").itertuples():
        meeting: list[str] = []
        missing: list[str] = []
        for row in said.get(metric.id, ()):
            other = says_another(row.says, metric.value, metric.low, metric.high, metric.unit)
            (missing if other else meeting).append(f"{row.source} says {row.says}")
        if missing:
            yield metric, meeting, missing


def outside_all(matter: CheckContext) -> Iterator[Finding]:
    """Numbers that every supporting source which gives one gives otherwise."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(matter) if not meeting)


def outside_some(matter: CheckContext) -> Iterator[Finding]:
    """Numbers that some supporting source gives, and another gives otherwise."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(matter) if meeting)


def _finding(metric: Any, missing: list[str]) -> Finding:
    ours = f"{metric.value:,.12g} {metric.unit}"
    return Finding(
        place("metrics", metric.id, "value"), metric.id, f"we say {ours}; {'; '.join(sorted(missing))}"
    )


def _computed(
    matter: CheckContext,
) -> Iterator[tuple[str, Sentence, Quantity, Record | None, dict[str, Record]]]:
    for path, document in matter.documents.items():
        known = document.records
        for sentence in matter.sentences[path]:
            for number in sentence.numbers:
                mark = Quantity(number.start, number.stop, number.printed, number.target)
                yield path, sentence, mark, known.get(number.target), known


def not_computed(matter: CheckContext) -> Iterator[Finding]:
    """Marked numbers that no cell of their notebook recorded when it last ran."""
    for path, sentence, mark, record, known in _computed(matter):
        if record is None:
            near = suggest(mark.target, known)
            yield Finding(
                place_of(path, sentence),
                mark.target,
                f"[{mark.printed}](#={mark.target}) names no recorded number",
                f"did you mean {near!r}?" if near else "",
            )


def misprinted(matter: CheckContext) -> Iterator[Finding]:
    """Marked numbers that are not what was computed, to the precision printed, or in another unit."""
    for path, sentence, mark, record, _ in _computed(matter):
        if record is None:
            continue
        try:
            wrong, remedy = mismatch(mark.printed, record), ""
        except BadNumber as error:
            wrong, remedy = f"{error.place} {error.value}", error.remedy
        if wrong:
            yield Finding(
                place_of(path, sentence), mark.target, wrong, remedy or _thousandfold(mark.printed, record)
            )


def _thousandfold(printed: str, record: Record) -> str:
    for power, said in (
        (3, "a thousand times"),
        (-3, "a thousandth of"),
        (6, "a million times"),
        (-6, "a millionth of"),
    ):
        if not mismatch(printed, Record(record.name, record.value * 10.0**power, record.unit, record.base)):
            return f"it is {said} what was computed: thousand, million or billion?"
    return ""


def baseless(matter: CheckContext) -> Iterator[Finding]:
    """Recorded numbers without a unit, or that do not say what they are a number of."""
    for path, document in matter.documents.items():
        for record in document.records.values():
            for what, text in (("unit", record.unit), ("base", record.base)):
                if not text.strip():
                    yield Finding(path, record.name, f"kit.record({record.name!r}) has no {what}")


def typed(matter: CheckContext) -> Iterator[Finding]:
    """Quantities typed by hand into a sentence that states a fact, or into a heading."""
    names = set(matter.case.table("actors")["name"])
    for path, found in matter.sentences.items():
        for sentence in found:
            if sentence.kind != "heading" and not states_fact(sentence, names):
                continue
            for quantity in quantities(sentence, names):
                if not quantity.target:
                    yield Finding(
                        place_of(path, sentence),
                        quantity.printed,
                        f"{quantity.printed!r} is typed: {_around(sentence, quantity)}",
                    )


def _around(sentence: Sentence, quantity: Quantity) -> str:
    start, stop = max(0, quantity.start - 40), min(len(sentence.text), quantity.stop + 40)
    before = "…" if start else ""
    return f"{before}{sentence.text[start:stop].strip()}{'…' if stop < len(sentence.text) else ''}"


#: Nouns that print a unit of the metrics table.
_NOUNS = {
    "days": ("day", "days"),
    "hours": ("hour", "hours"),
    "users": ("users", "people", "user", "subscribers"),
    "customers": ("customers", "customer", "businesses", "companies", "firms"),
    "requests": ("requests", "request"),
    "tokens": ("tokens", "token"),
}


@dataclass(frozen=True)
class _Metric:
    identity: str
    unit: str
    values: tuple[float, ...]
    low: float
    high: float


def contradicted(matter: CheckContext) -> Iterator[Finding]:
    """Numbers in a sentence that cites metrics of the same unit, none of which has that value."""
    table = matter.case.table("metrics").set_index("id")
    others = matter.case.table("evidence").query("says != ''").groupby("record")["says"].agg(list)
    names = set(matter.case.table("actors")["name"])
    for path, found in matter.sentences.items():
        for sentence in found:
            cited = [_metric(table.loc[i], others.get(i, [])) for i in sentence.cited if i in table.index]
            for quantity in quantities(sentence, names) if cited else ():
                alike = [metric for metric in cited if _same_unit(quantity, sentence, metric.unit)]
                if alike and not any(_holds(quantity, metric) for metric in alike):
                    given = "; ".join(
                        f"{m.identity} gives {m.values[0]:,.12g} {m.unit}" for m in alike if m.values
                    )
                    yield Finding(
                        place_of(path, sentence),
                        alike[0].identity,
                        f"prints {quantity.printed}, where {given or 'the fact gives no value'}",
                    )


def _metric(row: pd.Series, says: list[str]) -> _Metric:
    values = [row["value"], row["low"], row["high"]]
    for text in says:
        head = text.split(" ", 1)[0].replace("_", "")
        values += [float(head)] if head.replace(".", "", 1).isdigit() else []
    return _Metric(
        str(row.name), row["unit"], tuple(float(v) for v in values if pd.notna(v)), row["low"], row["high"]
    )


def _same_unit(quantity: Quantity, sentence: Sentence, unit: str) -> bool:
    try:
        printed = printed_unit(quantity.printed)
    except BadNumber:
        return False
    if printed or unit_family(unit):
        return printed == unit_family(unit)
    following = sentence.text[quantity.stop :].split(maxsplit=1)
    return bool(following) and following[0].strip(".,;:)") in _NOUNS.get(unit, ())


def _holds(quantity: Quantity, metric: _Metric) -> bool:
    if metric.low <= printed_value(quantity.printed) <= metric.high:
        return True
    return any(not mismatch(quantity.printed, Record("", value, metric.unit, "")) for value in metric.values)


RULES = (
    Rule(
        "number-not-recorded",
        "error",
        "A number in the text is computed, and this one names no computed number.",
        'record it in a cell, kit.record("name", ...), and run the notebook again',
        not_computed,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: [38%](#=shares) names no recorded number; did you mean 'share'?",
    ),
    Rule(
        "number-misprinted",
        "error",
        "The text prints another number than the cell computed.",
        "print what was computed, at the precision you want, or mend the cell",
        misprinted,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: printed 38, computed 37.4",
    ),
    Rule(
        "number-without-base",
        "error",
        "A number without its unit and what it is a number of cannot be judged.",
        "give kit.record a unit and a base, and run the notebook again",
        baseless,
        "notebooks/01-the-raid.ipynb: kit.record('share') has no base",
    ),
    Rule(
        "number-typed",
        "warning",
        "A number typed by hand goes stale when the tables change.",
        "record it in a cell and print it as [38%](#=name)",
        typed,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: '38' is typed: Officers carried 38 boxes away.",
    ),
    Rule(
        "number-contradicts-fact",
        "warning",
        "The sentence cites a number as its source and prints another.",
        "print the fact's number, cite the fact that has this one, or split the sentence",
        contradicted,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: prints 41%, where harbour-share-2021 gives 38 percent",
    ),
    Rule(
        "number-outside-sources",
        "error",
        "No source that gives this number gives the one we do.",
        "correct the number, give its range (low, high), or make the stance of those sources `disputes` or `states`",
        outside_all,
        "data/manual/metrics.csv, harbour-share-2021, value: we say 38 percent; harbour-post-raid says 41 percent",
    ),
    Rule(
        "number-outside-a-source",
        "warning",
        "A source said to support this number gives another.",
        "give the range (low, high), or make the stance of that source `disputes` or `states`",
        outside_some,
        "data/manual/metrics.csv, harbour-share-2021, value: we say 38 percent; coast-digest-raid says 41 percent",
    ),
)
