"""A number in prose is tied to the cell that computed it, and compared at the precision printed."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, overload

from kit.errors import KitError, Problem
from kit.text.amounts import Amount, amounts, converted_value, unit_of
from kit.text.language import ENGLISH, Language

RECORD_MIMETYPE = "application/vnd.casebook.record+json"

#: Units that a printed number must name where the computed one has them: without it another thing is said.
_NAMED = ("percent", "points", "usd", "eur", "gbp")
#: A number in words up to this one is meant to the unit.
_EXACT = 100


class BadNumber(KitError):
    """A recorded number without what a reader needs to judge it, or a printed one that cannot be read."""


@dataclass(frozen=True)
class RecordedNumber:
    """A number that a cell computed, with its unit and what it is a number of.

    It stands in the output of the cell that recorded it (``cell``, by its count of execution; ``None`` outside of
    Jupyter) and is shown there once.
    """

    name: str
    value: float
    unit: str
    base: str
    cell: int | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.name} = {self.value:g} {self.unit} ({self.base})"

    def bundle(self) -> dict[str, Any]:
        """What a notebook keeps of it, by media type."""
        kept = {"name": self.name, "value": self.value, "unit": self.unit, "base": self.base}
        return {RECORD_MIMETYPE: kept, "text/plain": str(self)}

    def _ipython_display_(self) -> None:
        if (shell := _shell()) and shell.execution_count != self.cell:
            print(self)


class RecordedNumbers(tuple[RecordedNumber, ...]):
    """The numbers that one call recorded, in order; they are shown once, as they are recorded."""

    def _ipython_display_(self) -> None:
        for one in self:
            one._ipython_display_()


@overload
def record(name: str, value: float, *, unit: str, base: str) -> RecordedNumber: ...
@overload
def record(
    name: Mapping[str, float] | Iterable[Mapping[str, Any]], *, unit: str = "", base: str = ""
) -> RecordedNumbers: ...
def record(
    name: str | Mapping[str, float] | Iterable[Mapping[str, Any]],
    value: float | None = None,
    *,
    unit: str = "",
    base: str = "",
) -> RecordedNumber | RecordedNumbers:
    """The number, recorded under ``name`` so that prose can print it as ``[38%](#=name)``; wherever in a cell, it counts.

    ``unit`` is what is counted (``percent``, ``usd``, ``days``, ``pages``); ``base`` says of what: "72 coded cases".
    Several numbers are recorded at once as ``{name: value}``, or as a list of dicts of ``name``, ``value``, ``unit``
    and ``base``, where the last two may be left to the call. A blank name, unit or base, a name given twice, or a value
    that is no finite number raises `BadNumber` with all that is wrong, and nothing is recorded: a reader could not
    judge it.

    >>> record("share-2025", 37.6, unit="percent", base="72 coded cases").value
    37.6
    >>> [str(one) for one in record({"pages": 82, "read": 80}, unit="pages", base="pages on the raid")]
    ['pages = 82 pages (pages on the raid)', 'read = 80 pages (pages on the raid)']
    """
    if isinstance(name, str):
        rows: list[Mapping[str, Any]] = [{"name": name, "value": value}]
    elif isinstance(name, Mapping):
        rows = [{"name": one, "value": number} for one, number in name.items()]
    else:
        rows = list(name)
    given = [{"unit": unit, "base": base, **row} for row in rows]
    problems = [problem for at, row in enumerate(given) for problem in _problems(row, given[:at])]
    if problems:
        first = problems[0]
        raise BadNumber(first.place, "; ".join([first.wrong, *map(str, problems[1:])]), first.remedy)
    shell = _shell()
    cell = shell.execution_count if shell else None
    made = [RecordedNumber(row["name"], float(row["value"]), row["unit"], row["base"], cell) for row in given]
    if shell:
        from IPython.display import publish_display_data

        for one in made:
            publish_display_data(one.bundle())
    return made[0] if isinstance(name, str) else RecordedNumbers(made)


def _problems(row: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """What keeps a number from being recorded."""
    place = f"record {row.get('name', '')!r}"
    if strange := sorted(set(row) - {"name", "value", "unit", "base"}):
        yield Problem(place, f"has a {strange[0]!r}", "give name, value, unit and base")
    for what in ("name", "unit", "base"):
        if not str(row.get(what, "")).strip():
            yield Problem(place, f"has no {what}", f"give its {what}")
    if any(row.get("name") == other.get("name") for other in before):
        yield Problem(place, "is recorded twice in one call", "give each number a name of its own")
    value = row.get("value")
    try:
        finite = math.isfinite(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        yield Problem(place, f"is {value!r}", "give it a number")
    else:
        if not finite:
            yield Problem(place, f"is {value}", "count what is there, or say in prose that it is not known")


def _shell() -> Any:
    """The notebook's shell; ``None`` where none runs."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def mismatch(printed: str, found: RecordedNumber, language: Language = ENGLISH) -> str:
    """What is wrong with ``printed`` where ``found`` was computed, or '' when it holds to the precision printed.

    Numbers in words are read in ``language``; `BadNumber` where nothing can be read as one number.

    >>> computed = record("share", 37.4, unit="percent", base="72 coded cases")
    >>> mismatch("38%", computed), mismatch("thirty-seven percent", computed)
    ('printed 38, computed 37.4', '')
    """
    amount, unit = printed_amount(printed, language), unit_of(found.unit, language)
    value = Decimal(str(found.value))
    if amount.kind == "fraction" and unit == "percent":
        value, unit = value / 100, ""
    elif amount.unit != unit and (amount.unit or unit in _NAMED):
        if not (converted := converted_value(value, unit, amount.unit)):
            return f"printed {f'in {amount.unit}' if amount.unit else 'without its unit'}, computed in {found.unit}"
        value = converted
    in_words = not any(character.isdigit() for character in printed)
    exact = in_words and amount.kind == "count" and amount.bare and amount.unit not in _NAMED
    small = amount.value is not None and amount.value < _EXACT
    if amount.admits(round(value, 9)) and not (exact and small and amount.value != round(value, 9)):
        return ""
    shown = printed.strip() if amount.value is None else f"{float(amount.value):,.12g}"
    return f"printed {shown}, computed {float(value):,.12g}"


def printed_amount(printed: str, language: Language = ENGLISH) -> Amount:
    """The one number that ``printed`` shows, with its unit; `BadNumber` where it is none.

    >>> printed_amount("$1.4 billion").value, printed_amount("five million").value
    (Decimal('1400000000'), Decimal('5000000'))
    """
    found = amounts(printed.strip(), language)
    if len(found) == 1 and (found[0].start == 0 or not found[0].bare):
        return found[0]
    raise BadNumber(f"{printed!r}", "is no number", "print a number, for instance 38%, $1.4 billion or seven")
