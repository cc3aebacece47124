"""The gate's rules on numbers: printed against computed, typed by hand, against the fact that the sentence cites."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, place_of, rule
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.quantities import Quantity, quantities
from kit.evidence.prose.records import (
    BadNumber,
    RecordedNumber,
    mismatch,
    printed_unit,
    printed_value,
    unit_family,
)
from kit.evidence.prose.sentences import NumberMark, Sentence
from kit.tables.read import suggest
from kit.text.language import ENGLISH
from kit.text.language.language import JudgedLanguage

#: Behind "about" a number may be so many times as rough as its last digit says.
_ABOUT = 2


def says_another(
    says: str, value: float, low: float, high: float, unit: str, language: JudgedLanguage = ENGLISH
) -> bool:
    """Whether a source's words give another number than ours; not where they give none in our unit, or say more.

    A round number is taken to be rounded at its last digit that is not zero, and twice as roughly behind "about".

    >>> says_another("38 percent", 37.6, float("nan"), float("nan"), "percent")
    False
    >>> says_another("41 percent", 37.6, float("nan"), float("nan"), "percent")
    True
    """
    match = language.stated_value.fullmatch(says.strip())
    if not match or match["unit"] != unit or math.isnan(value):
        return False
    first, last = _number(match["number"]), _number(match["to"] or match["number"])
    slack = float(max(_half(first), _half(last))) * (_ABOUT if match["about"] else 1) * (1 + 1e-9)
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


def _by_metric(context: CheckContext) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Each number with what its supporting sources say of it: those that give ours, and those that give another."""
    evidence = context.case.table("evidence")
    rows = evidence[
        evidence["stance"].eq("supports") & evidence["field"].eq("value") & evidence["says"].ne("")
    ]
    stated: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        stated.setdefault(str(row.record), []).append(row)
    for metric in context.case.table("metrics").itertuples():
        meeting: list[str] = []
        missing: list[str] = []
        for row in stated.get(metric.id, ()):
            other = says_another(
                row.says, metric.value, metric.low, metric.high, metric.unit, context.language
            )
            (missing if other else meeting).append(f"{row.source} says {row.says}")
        if missing:
            yield metric, meeting, missing


@rule(
    "number-outside-sources",
    "error",
    "correct the number, give its range (low, high), or make the stance of those sources `disputes` or `states`",
)
def outside_sources(context: CheckContext) -> Iterator[Finding]:
    """No source that gives this number gives the one we do."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(context) if not meeting)


@rule(
    "number-outside-a-source",
    "warning",
    "give the range (low, high), or make the stance of that source `disputes` or `states`",
)
def outside_a_source(context: CheckContext) -> Iterator[Finding]:
    """A source said to support this number gives another."""
    return (_finding(metric, missing) for metric, meeting, missing in _by_metric(context) if meeting)


def _finding(metric: Any, missing: list[str]) -> Finding:
    ours = f"{metric.value:,.12g} {metric.unit}"
    return Finding(
        place("metrics", metric.id, "value"), metric.id, f"we say {ours}; {'; '.join(sorted(missing))}"
    )


def _computed(context: CheckContext) -> Iterator[tuple[str, Sentence, NumberMark, dict[str, RecordedNumber]]]:
    """Each marked number with the numbers that its notebook recorded."""
    for path, document in context.documents.items():
        for sentence in context.sentences[path]:
            for mark in sentence.numbers:
                yield path, sentence, mark, document.records


@rule(
    "number-not-recorded", "error", 'record it in a cell, kit.record("name", ...), and run the notebook again'
)
def not_recorded(context: CheckContext) -> Iterator[Finding]:
    """A number in the text is computed, and this one names no computed number."""
    for path, sentence, mark, known in _computed(context):
        if mark.target not in known:
            near = suggest(mark.target, known)
            yield Finding(
                place_of(path, sentence),
                mark.target,
                f"[{mark.printed}](#={mark.target}) names no recorded number",
                f"did you mean {near!r}?" if near else "",
            )


@rule("number-misprinted", "error", "print what was computed, at the precision you want, or mend the cell")
def misprinted(context: CheckContext) -> Iterator[Finding]:
    """The text prints another number than the cell computed.

    To the precision printed; a number in another unit is another.
    """
    for path, sentence, mark, known in _computed(context):
        if (record := known.get(mark.target)) is None:
            continue
        try:
            wrong, remedy = mismatch(mark.printed, record), ""
        except BadNumber as error:
            wrong, remedy = f"{error.place} {error.value}", error.remedy
        if wrong:
            remedy = remedy or _thousandfold(mark.printed, record)
            yield Finding(place_of(path, sentence), mark.target, wrong, remedy)


_THOUSANDFOLD = {
    3: "a thousand times", -3: "a thousandth of", 6: "a million times", -6: "a millionth of",
}  # fmt: skip


def _thousandfold(printed: str, record: RecordedNumber) -> str:
    for power, times in _THOUSANDFOLD.items():
        if not mismatch(printed, replace(record, value=record.value * 10.0**power)):
            return f"it is {times} what was computed: thousand, million or billion?"
    return ""


@rule("number-without-base", "error", "give kit.record a unit and a base, and run the notebook again")
def without_base(context: CheckContext) -> Iterator[Finding]:
    """A number without its unit and what it is a number of cannot be judged."""
    for path, document in context.documents.items():
        for record in document.records.values():
            for what in ("unit", "base"):
                if not getattr(record, what).strip():
                    yield Finding(path, record.name, f"kit.record({record.name!r}) has no {what}")


#: Characters of the sentence that are shown on either side of a number.
_AROUND = 40


@rule("number-typed", "warning", "record it in a cell and print it as [38%](#=name)")
def typed_by_hand(context: CheckContext) -> Iterator[Finding]:
    """A number typed by hand goes stale when the tables change.

    Looked for where a sentence states a fact, and in headings.
    """
    names = set(context.case.table("actors")["name"])
    for path, sentence in context.prose():
        if sentence.kind != "heading" and not states_fact(sentence, names, context.language):
            continue
        for quantity in quantities(sentence, names, context.language):
            if not quantity.target:
                found = f"{quantity.printed!r} is typed: {_around(sentence, quantity)}"
                yield Finding(place_of(path, sentence), quantity.printed, found)


def _around(sentence: Sentence, quantity: Quantity) -> str:
    start, stop = max(0, quantity.start - _AROUND), min(len(sentence.text), quantity.stop + _AROUND)
    before = "…" if start else ""
    return f"{before}{sentence.text[start:stop].strip()}{'…' if stop < len(sentence.text) else ''}"


@dataclass(frozen=True)
class _Metric:
    identity: str
    unit: str
    values: tuple[float, ...]
    low: float
    high: float


@rule(
    "number-contradicts-fact",
    "warning",
    "print the fact's number, cite the fact that has this one, or split the sentence",
)
def contradicts_fact(context: CheckContext) -> Iterator[Finding]:
    """The sentence cites a number as its source and prints another.

    The sentence cites metrics of the same unit, and none of them has that value.
    """
    table = context.case.table("metrics").set_index("id")
    others = context.case.table("evidence").query("says != ''").groupby("record")["says"].agg(list)
    names = set(context.case.table("actors")["name"])
    for path, sentence in context.prose():
        cited = [_metric(table.loc[i], others.get(i, [])) for i in sentence.cited if i in table.index]
        for quantity in quantities(sentence, names, context.language) if cited else ():
            alike = [
                metric for metric in cited if _same_unit(quantity, sentence, metric.unit, context.language)
            ]
            if alike and not any(_holds(quantity, metric) for metric in alike):
                given = "; ".join(
                    f"{m.identity} gives {m.values[0]:,.12g} {m.unit}" for m in alike if m.values
                )
                found = f"prints {quantity.printed}, where {given or 'the fact gives no value'}"
                yield Finding(place_of(path, sentence), alike[0].identity, found)


def _metric(row: pd.Series, says: list[str]) -> _Metric:
    values = [row["value"], row["low"], row["high"]]
    for text in says:
        head = text.split(" ", 1)[0].replace("_", "")
        values += [float(head)] if head.replace(".", "", 1).isdigit() else []
    return _Metric(
        str(row.name), row["unit"], tuple(float(v) for v in values if pd.notna(v)), row["low"], row["high"]
    )


def _same_unit(quantity: Quantity, sentence: Sentence, unit: str, language: JudgedLanguage) -> bool:
    try:
        printed = printed_unit(quantity.printed)
    except BadNumber:
        return False
    if printed or unit_family(unit):
        return printed == unit_family(unit)
    following = sentence.text[quantity.stop :].split(maxsplit=1)
    nouns = (unit, unit.removesuffix("s"), *language.unit_nouns.get(unit, ()))
    return bool(following) and following[0].strip(".,;:)") in nouns


def _holds(quantity: Quantity, metric: _Metric) -> bool:
    if metric.low <= printed_value(quantity.printed) <= metric.high:
        return True
    return any(
        not mismatch(quantity.printed, RecordedNumber("", value, metric.unit, "")) for value in metric.values
    )


RULES = (
    not_recorded,
    misprinted,
    without_base,
    typed_by_hand,
    contradicts_fact,
    outside_sources,
    outside_a_source,
)
