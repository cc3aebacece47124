"""The numbers that a fact holds: its own, those in its texts, and those that its sources say."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kit.evidence.checks.context import CheckContext
from kit.tables.declarations import fact_tables
from kit.text.amounts import Amount, amounts, converted_value, unit_of
from kit.text.language import ENGLISH, LANGUAGES, Language

#: Two words are of one thing where so many letters at their head are the same.
_STEM = 5
_SHORTEST = 4
#: In characters, how far from a number the words that it counts may stand.
_NEAR = 40
_CLOSE = 16
_ENDS = re.compile(r"\s*(?:[.,;:!?)]|$)")
#: What is a share of a whole may be told as a part of it.
_PARTS = ("percent", "")
_EITHER = {"percent", "points"}
#: Times, of which a fact may tell several.
DURATIONS = ("minutes", "hours", "days", "weeks", "months", "years")
_CURRENCY = re.compile(r"[a-z]{3}")


@dataclass(frozen=True)
class FactNumber:
    """A number of a fact, or a range (``low``, ``high``); ``words`` are the stems of what stands beside it.

    ``own`` is the number that the fact is, and not one that its texts tell.
    """

    value: Decimal | None
    unit: str = ""
    kind: str = "count"
    low: Decimal | None = None
    high: Decimal | None = None
    words: frozenset[str] = frozenset()
    own: bool = False

    def __str__(self) -> str:
        if self.value is None:
            return f"{_plain(self.low)} to {_plain(self.high)} {self.unit}".strip()
        return f"{_plain(self.value)} {self.unit}".strip()

    def fits(self, amount: Amount) -> bool:
        """Whether somebody who knows this number might print ``amount`` for it."""
        ends = [end for end in (self.value, self.low, self.high) if end is not None]
        if self.kind == "ordinal" or amount.kind == "ordinal":
            return self.kind in ("ordinal", "count") and self.value == amount.value
        if amount.kind == "fraction":
            if self.kind != "fraction" and self.unit != "percent":
                return False
            ends = [end / 100 if self.unit == "percent" else end for end in ends]
        elif self.kind == "fraction":
            return amount.unit == "percent" and any(amount.admits(end * 100) for end in ends)
        elif amount.unit == "years" and not self.unit:
            pass  # an age: "58-jährig"
        elif amount.unit and amount.unit != self.unit:
            ends = [new for end in ends if (new := converted_value(end, self.unit, amount.unit)) is not None]
        if any(amount.admits(end) for end in ends):
            return True
        low, high = (amount.low, amount.high) if amount.value is None else (amount.value, amount.value)
        return (
            len(ends) > 1 and low is not None and high is not None and min(ends) <= low <= high <= max(ends)
        )

    def comparable(self, amount: Amount, words: frozenset[str]) -> bool:
        """Whether ``amount``, beside ``words``, is of the same thing: another value of it contradicts this one."""
        if "ordinal" in (amount.kind, self.kind):
            return amount.kind == self.kind and bool(words & self.words)
        if amount.kind == "fraction":
            return self.kind == "fraction" or self.unit == "percent"
        if amount.unit in _EITHER or self.unit in _EITHER:
            return amount.unit in _EITHER and self.unit in _EITHER
        if _CURRENCY.fullmatch(amount.unit) and _CURRENCY.fullmatch(self.unit):
            return True
        if amount.unit in DURATIONS and not self.own and not words & self.words:
            return False
        if amount.unit and self.unit:
            return converted_value(Decimal(1), self.unit, amount.unit) is not None
        return self.kind != "fraction" and not (amount.unit or self.unit) and bool(words & self.words)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{float(number):,.12g}"


def stems(text: str) -> frozenset[str]:
    """The heads of the words of a text, without accents, by which a word is known in another form.

    >>> sorted(stems("the closed beds closing"))
    ['beds', 'close', 'closi']
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W\d_]{4,}", plain)
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST)


def beside(amount: Amount, text: str, others: Iterable[Amount] = ()) -> frozenset[str]:
    """The stems of the words behind an amount, up to the next one, and of those right before it; of more of these where
    nothing stands behind it."""
    stop = min((other.start for other in others if other.start >= amount.stop), default=len(text))
    behind, before = (
        text[amount.stop : min(stop, amount.stop + _NEAR)],
        text[max(0, amount.start - _NEAR) : amount.start],
    )
    return stems(re.split(r"[,;:!?()]|(?<!\d)\.", behind)[0]) | stems(
        before if _ENDS.match(behind) else before[-_CLOSE:]
    )


def numbers_in(text: str, language: Language) -> Iterator[FactNumber]:
    """The numbers of a text, and for two of them that follow each other the share that they may make.

    >>> from kit.text.language import ENGLISH
    >>> [str(one) for one in numbers_in("It closed four of its nine wells.", ENGLISH)]
    ['4', '9', '0.444444444444']
    """
    found = [one for one in amounts(text, language) if one.counts or one.kind == "ordinal"]
    for amount in found:
        yield FactNumber(
            amount.value, amount.unit, amount.kind, amount.low, amount.high, beside(amount, text, found)
        )
    for one, other in pairwise(found):
        part, whole = one.value, other.value
        if part and whole and part < whole and not one.unit and one.kind == other.kind == "count":
            yield FactNumber(part / whole, "", "fraction", words=beside(other, text, found))


class FactNumbers:
    """The numbers of the facts of a case, read when they are first asked for."""

    def __init__(self, context: CheckContext) -> None:
        case = context.case
        self._context = context
        self._languages = tuple(dict.fromkeys((context.language, ENGLISH)))
        self._rows = {
            row["id"]: (table, row)
            for table in fact_tables(case.schema)
            for row in case.table(table).to_dict("records")
        }
        self._said: dict[str, list[str]] = defaultdict(list)
        self._borne: dict[str, list[str]] = defaultdict(list)
        for row in case.table("evidence").to_dict("records"):
            self._said[row["record"]].append(" … ".join((row["says"], row["start"], row["end"])))
            self._borne[row["source"]].append(row["record"])
        self._read: dict[str, list[FactNumber]] = {}

    def of(self, identity: str) -> list[FactNumber]:
        """The numbers of a fact, or of all facts that a source is evidence for."""
        if identity not in self._read:
            records = [identity] if identity in self._rows else self._borne.get(identity, [])
            self._read[identity] = [number for record in records for number in self._of(record)]
        return self._read[identity]

    def in_passages(self, identity: str) -> list[FactNumber]:
        """The numbers that the passages of a fact tell beside its own, where captures here hold them."""
        words = self._context.passage_words(identity)
        return [
            number
            for text in words
            for language in LANGUAGES.values()
            for number in numbers_in(text, language)
        ]

    def _of(self, record: str) -> Iterator[FactNumber]:
        table, row = self._rows.get(record, ("", {}))
        texts = [cell for name, cell in row.items() if isinstance(cell, str) and name != "id"]
        if table == "metrics":
            value, low, high = (
                None if math.isnan(row[n]) else Decimal(str(row[n])) for n in ("value", "low", "high")
            )
            if any(end is not None for end in (value, low, high)):
                yield FactNumber(
                    value, unit_of(row["unit"]), "count", low, high, stems(" ".join(texts)), own=True
                )
        for text in (*texts, *self._said[record]):
            for language in self._languages:
                yield from numbers_in(text, language)
