"""The gate's rules on numbers: printed against computed, typed by hand, against the fact that the sentence cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.fact_numbers import DURATIONS, FactNumber, FactNumbers, beside, stems
from kit.evidence.checks.rule import Finding, first_few, place, place_of, rule
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.quantities import quantities
from kit.evidence.prose.records import BadNumber, RecordedNumber, mismatch
from kit.evidence.prose.sentences import NumberMark, Sentence
from kit.tables.read import suggest
from kit.text.amounts import Amount, amounts, rounding
from kit.text.language import ENGLISH, Language


def says_another(says: str, known: FactNumber, language: Language = ENGLISH) -> bool:
    """Whether a source's words give another number than ours; not where they give none, none in our unit, or more than one.

    A round number is taken to be rounded at its last digit that is not zero, and twice as roughly behind "about".

    >>> says_another("38 percent", FactNumber(Decimal("37.6"), "percent"))
    False
    >>> says_another("about forty-one per cent", FactNumber(Decimal("37.6"), "percent"))
    True
    """
    found = [amount for amount in amounts(says, language) if amount.counts]
    if len(found) != 1 or (found[0].start and found[0].bare):
        return False
    said, words = found[0], beside(found[0], says)
    counted = (
        not (said.unit or known.unit) and said.kind == "count" and not (words and not words & known.words)
    )
    if not counted and not known.comparable(said, known.words):
        return False
    return not known.fits(replace(said, half=max(said.half, rounding(said.value or said.high or Decimal(0)))))


def _by_metric(context: CheckContext) -> Iterator[tuple[Any, list[str], list[str]]]:
    """Each number with what its supporting sources say of it: those that give ours, and those that give another."""
    evidence = context.case.table("evidence")
    rows = evidence[
        evidence["stance"].eq("supports") & evidence["field"].eq("value") & evidence["says"].ne("")
    ]
    stated: dict[str, list[Any]] = {}
    for row in rows.itertuples():
        stated.setdefault(str(row.record), []).append(row)
    numbers = context.once(FactNumbers)
    for metric in context.case.table("metrics").itertuples():
        if (known := next(iter(numbers.of(metric.id)), None)) is None:
            continue
        meeting: list[str] = []
        missing: list[str] = []
        for row in stated.get(metric.id, ()):
            other = says_another(row.says, known, context.language)
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
            wrong = mismatch(mark.printed, record, sentence.language)
        except BadNumber as error:
            yield Finding(place_of(path, sentence), mark.target, f"{error.place} {error.value}", error.remedy)
            continue
        if wrong:
            remedy = _thousandfold(mark.printed, record, sentence.language)
            yield Finding(place_of(path, sentence), mark.target, wrong, remedy)


_THOUSANDFOLD = {
    3: "a thousand times", -3: "a thousandth of", 6: "a million times", -6: "a millionth of",
}  # fmt: skip


def _thousandfold(printed: str, record: RecordedNumber, language: Language) -> str:
    for power, times in _THOUSANDFOLD.items():
        if not mismatch(printed, replace(record, value=record.value * 10.0**power), language):
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


@rule(
    "number-typed",
    "warning",
    "record it in a cell and print it as [38%](#=name), or cite the fact that has it",
)
def typed_by_hand(context: CheckContext) -> Iterator[Finding]:
    """A result of ours that is typed by hand goes stale when the tables change.

    Where a sentence states a fact and cites nothing, and in headings; beside a fact, where a cell recorded that very number.
    """
    names = set(context.case.table("actors")["name"])
    numbers = context.once(FactNumbers)
    for path, sentence in context.prose():
        if sentence.kind != "heading" and not states_fact(sentence, names):
            continue
        known = [number for identity in sentence.cited for number in numbers.of(identity)]
        records = context.documents[path].records
        for quantity in quantities(sentence, names):
            if _a_result(quantity, sentence, known, records):
                found = f"{quantity.printed!r} is typed: {_around(sentence, quantity)}"
                yield Finding(place_of(path, sentence), quantity.printed, found)


def _a_result(
    quantity: Amount, sentence: Sentence, known: list[FactNumber], records: Mapping[str, RecordedNumber]
) -> bool:
    """Whether a typed number is one of ours: no fact's, and said without a source or computed by a cell."""
    if quantity.kind == "multiple":
        return not sentence.cited
    if quantity.kind == "ordinal" or any(number.fits(quantity) for number in known):
        return False
    if quantity.unit in DURATIONS and (quantity.value or 1) < 1:
        return False  # "half a year" is a turn of phrase
    beside_it = [records[number.target] for number in sentence.numbers if number.target in records]
    if any(_is(quantity, record, sentence) for record in beside_it):
        return False
    return not sentence.cited or any(_is(quantity, record, sentence) for record in records.values())


def _is(quantity: Amount, record: RecordedNumber, sentence: Sentence) -> bool:
    """Whether a number is one that a cell recorded: its value, and its unit or the word for what it counts."""
    named = quantity.unit or stems(record.unit) & beside(quantity, sentence.text)
    try:
        return bool(named) and not mismatch(quantity.printed, record, sentence.language)
    except BadNumber:
        return False


def _around(sentence: Sentence, quantity: Amount) -> str:
    start, stop = max(0, quantity.start - _AROUND), min(len(sentence.text), quantity.stop + _AROUND)
    before = "…" if start else ""
    return f"{before}{sentence.text[start:stop].strip()}{'…' if stop < len(sentence.text) else ''}"


#: Number words up to this one are turns of phrase too: "two sides to every story".
_TURNS = 12
#: From here on a number is no house number.
_LARGE = 1000
#: What a number counts: a word behind it that is no name and no little word.
_COUNTED = re.compile(r"[\s-](?P<word>[^\W\d_]{4,})")


@rule(
    "number-contradicts-fact",
    "warning",
    "print the fact's number, cite the fact or the source that has this one, or split the sentence",
)
def contradicts_fact(context: CheckContext) -> Iterator[Finding]:
    """The sentence cites a fact as its source and prints another number.

    A number is held against those of the facts that the sentence cites, their texts and what their sources say of them.
    Not judged are times between two cited facts, which have a rule of their own, and small numbers in words that count
    something else.
    """
    numbers, facts = context.once(FactNumbers), context.facts
    names = set(context.case.table("actors")["name"])
    for path, sentence in context.prose():
        known = [number for identity in dict.fromkeys(sentence.cited) for number in numbers.of(identity)]
        typed = quantities(sentence, names) if sentence.cited else []
        several = sum(identity in facts for identity in set(sentence.cited)) > 1
        for quantity in (one for one in typed if one.kind != "multiple"):
            if quantity.unit in DURATIONS and (several or _is_apart(quantity, sentence)):
                continue
            if any(number.fits(quantity) for number in known):
                continue
            told = (number for identity in set(sentence.cited) for number in numbers.in_passages(identity))
            if any(number.fits(quantity) for number in told):
                continue
            words = beside(quantity, sentence.text, typed)
            alike = [number for number in known if number.comparable(quantity, words)]
            if alike:
                given = "; ".join(dict.fromkeys(map(str, alike)))
                found = f"prints {quantity.printed}, where {sentence.cited[0]} gives {given}"
            elif _stands_alone(quantity, sentence) and all(identity in facts for identity in sentence.cited):
                found = f"prints {quantity.printed}, which {first_few(list(dict.fromkeys(sentence.cited)))} does not have"
            else:
                continue
            yield Finding(place_of(path, sentence), sentence.cited[0], found)


def _is_apart(quantity: Amount, sentence: Sentence) -> bool:
    """Whether it is a time before or after another day, which has a rule of its own."""
    words = sentence.language.prose
    return bool(
        re.match(rf" (?:{words.earlier}|{words.later})\b", sentence.text[quantity.stop :], re.IGNORECASE)
    )


def _stands_alone(quantity: Amount, sentence: Sentence) -> bool:
    """Whether it says by itself that so many are there: digits, or words of some size, with a unit or what they count."""
    digits = any(character.isdigit() for character in quantity.printed)
    if quantity.kind != "count" or not (digits or (quantity.value or 0) > _TURNS):
        return False
    counted = _COUNTED.match(sentence.text, quantity.stop)
    named = counted and counted["word"][0].isupper() and not sentence.language.nouns_capital
    return bool(quantity.unit or (quantity.value or 0) >= _LARGE or (counted and not named))


RULES = (
    not_recorded,
    misprinted,
    without_base,
    typed_by_hand,
    contradicts_fact,
    outside_sources,
    outside_a_source,
)
