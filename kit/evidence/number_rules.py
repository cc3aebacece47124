"""The gate's rules on numbers: printed against computed, typed by hand, against the fact that the sentence cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from kit.evidence import number_tables
from kit.evidence.marks import records
from kit.evidence.matter import Matter
from kit.evidence.numbers import BadNumber, Record, mismatch, printed_unit, printed_value, unit_family
from kit.evidence.prose import Sentence
from kit.evidence.quantities import Quantity, quantities
from kit.evidence.rules import Finding, Rule, place_of
from kit.evidence.stating import states_fact
from kit.tables.read import suggest


def _computed(matter: Matter) -> Iterator[tuple[str, Sentence, Quantity, Record | None, dict[str, Record]]]:
    for path, notebook in matter.notebooks.items():
        known = records(notebook)
        for sentence in matter.sentences[path]:
            for number in sentence.numbers:
                mark = Quantity(number.start, number.stop, number.printed, number.target)
                yield path, sentence, mark, known.get(number.target), known


def not_computed(matter: Matter) -> Iterator[Finding]:
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


def misprinted(matter: Matter) -> Iterator[Finding]:
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


def baseless(matter: Matter) -> Iterator[Finding]:
    """Recorded numbers without a unit, or that do not say what they are a number of."""
    for path, notebook in matter.notebooks.items():
        for record in records(notebook).values():
            for what, text in (("unit", record.unit), ("base", record.base)):
                if not text.strip():
                    yield Finding(path, record.name, f"kit.record({record.name!r}) has no {what}")


def typed(matter: Matter) -> Iterator[Finding]:
    """Quantities typed by hand into a sentence that states a fact, or into a heading."""
    names = set(matter.case.actors["name"])
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


def contradicted(matter: Matter) -> Iterator[Finding]:
    """Numbers in a sentence that cites metrics of the same unit, none of which has that value."""
    table = matter.case.metrics.set_index("id")
    others = matter.case.evidence.query("says != ''").groupby("record")["says"].agg(list)
    names = set(matter.case.actors["name"])
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
        number_tables.outside_all,
        "data/manual/metrics.csv, harbour-share-2021, value: we say 38 percent; harbour-post-raid says 41 percent",
    ),
    Rule(
        "number-outside-a-source",
        "warning",
        "A source said to support this number gives another.",
        "give the range (low, high), or make the stance of that source `disputes` or `states`",
        number_tables.outside_some,
        "data/manual/metrics.csv, harbour-share-2021, value: we say 38 percent; coast-digest-raid says 41 percent",
    ),
)
