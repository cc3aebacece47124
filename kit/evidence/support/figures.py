"""The numbers of a fact, looked for in a passage in any form in which they may be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kit.evidence.support.question import ANY_UNIT, INFERRED, VALUE_FIELDS, CitedFact, folded_name
from kit.text.amounts import Amount, amounts, rounding, unit_of
from kit.text.language import ENGLISH, Language
from kit.text.language.measures import CONVERSIONS

#: A number of ours may be rounded from the source's, by half of this or by this share of it, whichever is more.
_ROUNDED = Decimal("0.5")
_SHARE = Decimal("0.01")
_RANKS = ("rank", "place", "position")
_FIRST_YEAR = 1000
_MONTH = 30  # days, as many count them


@dataclass(frozen=True)
class Sought:
    """A number to look for: one value, or the two ends of a range, either of which may be open."""

    ends: tuple[Decimal, ...]
    unit: str

    def __str__(self) -> str:
        return f"{' to '.join(f'{end:,f}' for end in self.ends)} {self.unit}".strip()


def figures(fact: CitedFact, passage: str, language: Language | None) -> list[Sought]:
    """The numbers to look for: what the row itself says, or else the value of the fact with the ends of its range.

    >>> [str(figure) for figure in figures(CitedFact(says="8 usd", field="value"), "It costs $8.", ENGLISH)]
    ['8 usd']
    """
    if INFERRED.search(fact.says):
        return []
    unit = _unit(fact.unit)
    # In our language or the source's: whichever reads more of it, unless the passage bears out the other.
    said = [
        [amount for amount in amounts(fact.says, each) if amount.counts]
        for each in (fact.language, language or ENGLISH)
    ]
    said.sort(key=_read, reverse=True)
    if said[0]:
        ways = [[_said(amount, fact, unit) for amount in found] for found in said if found]
        return next(
            (way for way in ways if all(stands_there(one, passage, language) for one in way)), ways[0]
        )
    if fact.says and (fact.field not in VALUE_FIELDS or folded_name(fact.says) in folded_name(passage)):
        return []
    if fact.field and fact.field not in VALUE_FIELDS:
        return []
    wanted = {"value": (fact.value,), "low": (fact.low,), "high": (fact.high,)}.get(
        fact.field,
        (fact.low, fact.high) if None not in (fact.low, fact.high) else (fact.value, fact.low, fact.high),
    )
    ends = [end for end in wanted if end is not None]
    return [Sought((end,), unit) for end in ends]


def _read(found: list[Amount]) -> tuple[int, int, int]:
    """How much was read: so many numbers, units and letters."""
    return (
        len(found),
        sum(bool(amount.unit) for amount in found),
        sum(len(amount.printed) for amount in found),
    )


def _said(amount: Amount, fact: CitedFact, unit: str) -> Sought:
    """What to look for of an amount that the row says; a number alone has the fact's unit, or may have any."""
    if amount.kind == "fraction" and amount.value is not None:
        return Sought((amount.value * 100,), "percent")
    alone = amount.printed == fact.says.strip()
    return Sought(_ends(amount), amount.unit or (unit or ANY_UNIT if alone else _own_unit(amount, fact)))


def _ends(amount: Amount) -> tuple[Decimal, ...]:
    return (
        (amount.value,)
        if amount.value is not None
        else tuple(e for e in (amount.low, amount.high) if e is not None)
    )


def _own_unit(amount: Amount, fact: CitedFact) -> str:
    """The fact's unit for a number that ``says`` gives without one, if it is the fact's own number."""
    own = (fact.value, fact.low, fact.high)
    return _unit(fact.unit) if amount.value in own and amount.kind == "count" else ""


def _unit(text: str) -> str:
    """The kit's name of a unit, of "usd per month" that of its first word; where it is no measure, the text itself."""
    return unit_of(text) or unit_of(re.split(r"[\s/-]", text)[0]) or text


def stands_there(figure: Sought, text: str, language: Language | None) -> str:
    """``whole`` where the figure stands in the text, ``bare`` where it does without its unit, '' where it does not.

    >>> [stands_there(Sought((Decimal(8),), "usd"), text, ENGLISH) for text in ("It costs $8.", "It costs 8.", "It costs €8.")]
    ['whole', 'bare', '']
    """
    states = []
    unit = figure.unit if figure.unit == ANY_UNIT else unit_of(figure.unit)
    ranks = figure.unit in _RANKS
    printed = [
        amount
        for amount in amounts(text, language or ENGLISH)
        if amount.counts or (ranks and amount.kind in ("ordinal", "label"))
    ]
    for end in figure.ends:
        at_best = "whole" if _worded(end, unit, text, language) else ""
        for amount in printed:
            if not any(_same(end, value) for value in _values(amount, unit)):
                continue
            if unit == ANY_UNIT or _base(amount.unit) == _base(unit) or amount.kind == "fraction":
                at_best = "whole"
            elif not amount.unit:
                at_best = at_best or "bare"
        states.append(at_best)
    return min(states, key=("", "bare", "whole").index)


def _worded(wanted: Decimal, unit: str, text: str, language: Language | None) -> bool:
    """Whether the text gives the number as no amount: a year, or how many times as much."""
    if unit == "years" and re.search(rf"(?<!\w){wanted:f}(?!\w)", text):
        return wanted > _FIRST_YEAR
    if unit in ("", "times", ANY_UNIT) and language:
        multiples = language.passages.multiples.items()
        return any(
            wanted == Decimal(str(times)) and re.search(rf"(?i)(?<!\w)(?:{words})(?!\w)", text)
            for words, times in multiples
        )
    return False


def _base(unit: str) -> str:
    return CONVERSIONS[unit][0] if unit in CONVERSIONS else unit


def _values(amount: Amount, unit: str) -> Iterator[Decimal]:
    """The numbers that an amount gives, in the unit that is looked for."""
    if amount.kind == "fraction":
        if unit in ("percent", "", ANY_UNIT) and amount.value is not None:
            yield amount.value * (100 if unit == "percent" else 1)
        return
    times = Decimal(1)
    if amount.unit != unit and _base(amount.unit) == _base(unit) and amount.unit:
        times = _factor(amount.unit) / _factor(unit)
    readings = (reading for reading in amount.readings if not _padded(reading))
    for number in (amount.value, *readings, *((amount.low, amount.high) if amount.value is None else ())):
        if number is not None:
            yield number * times
            if amount.unit == "months" and unit == "days":
                yield number * _MONTH


def _padded(reading: Decimal) -> bool:
    """Whether a reading ends in noughts behind its point (1.250), as no text prints a number of less than a thousand."""
    return reading.as_tuple().digits[-1] == 0 and int(reading.as_tuple().exponent) < 0


def _factor(unit: str) -> Decimal:
    return Decimal(str(CONVERSIONS[unit][1])) if unit in CONVERSIONS else Decimal(1)


def _same(wanted: Decimal, printed: Decimal) -> bool:
    """Whether our number is the source's, or rounded from it."""
    printed = -printed if wanted < 0 < printed else printed  # a fall of five percent is -5
    return abs(wanted - printed) <= min(rounding(wanted), max(_ROUNDED, _SHARE * abs(wanted)))
