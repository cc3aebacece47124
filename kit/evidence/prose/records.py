"""A number in prose is tied to the cell that computed it, and compared at the precision printed."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, overload

from kit.errors import KitError, Problem
from kit.text.language import ENGLISH
from kit.text.language.language import alternatives

RECORD_MIMETYPE = "application/vnd.casebook.record+json"

_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "usd": "usd", "eur": "eur", "gbp": "gbp"}
_CURRENCIES = set(_SIGNS.values())
_PRINTED = re.compile(
    r"(?P<sign>[-\u2212+])?\s*(?P<money>[$€£]|usd|eur|gbp)?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    rf"(?P<scale>{alternatives([*ENGLISH.scales])})?\b"
    r"\s*(?P<unit>.*)",
    re.IGNORECASE,
)


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


def mismatch(printed: str, found: RecordedNumber) -> str:
    """What is wrong with ``printed`` where ``found`` was computed, or '' when it holds to the precision printed.

    >>> computed = record("share", 37.4, unit="percent", base="72 coded cases")
    >>> mismatch("38%", computed), mismatch("37%", computed)
    ('printed 38, computed 37.4', '')
    """
    value, half, unit, exact = _read(printed)
    if unit and unit != unit_family(found.unit):
        return f"printed in {unit}, computed in {found.unit}"
    if not unit and unit_family(found.unit) in {"percent", *_CURRENCIES}:
        return f"printed without its unit, computed in {found.unit}"
    slack = half * (1 + 1e-9) + abs(found.value) * 1e-12
    if abs(value - found.value) <= slack and not (exact and value != round(found.value, 9)):
        return ""
    return f"printed {value:,.12g}, computed {found.value:,.12g}"


def _read(printed: str) -> tuple[float, float, str, bool]:
    """The value, half a unit of its last place, its unit family, and whether it was printed as a word."""
    text = printed.strip()
    if (spelt := ENGLISH.counted(text)) is not None:
        words = text.casefold().replace("-", " ").split()
        scale_at = next((at for at, word in enumerate(words) if at and word in ENGLISH.scales), None)
        if scale_at is None:
            return float(spelt), 0.0, "", True
        text = f"{spelt} {' '.join(words[scale_at:])}"
    match = _PRINTED.fullmatch(text)
    if not match:
        raise BadNumber(
            f"{printed!r}", "is no number", "print a number, for instance 38%, $1.4 billion or seven"
        )
    digits = Decimal(match["digits"].replace(",", ""))
    scale = ENGLISH.scales.get((match["scale"] or "").casefold(), 0)
    places = len(match["digits"].partition(".")[2])
    value = float(digits.scaleb(scale)) * (-1 if match["sign"] in ("-", "\u2212") else 1)
    money = _SIGNS.get((match["money"] or "").casefold(), "")
    return value, 0.5 * 10.0 ** (scale - places), money or unit_family(match["unit"]), False


def printed_value(printed: str) -> float:
    """The value that ``printed`` shows; `BadNumber` where it is no number.

    >>> printed_value("$1.4 billion")
    1400000000.0
    """
    return _read(printed)[0]


def printed_unit(printed: str) -> str:
    """The unit family that ``printed`` shows (`unit_family`), or '' for a count; `BadNumber` where it is no number.

    >>> printed_unit("$1.4 billion"), printed_unit("38 per cent"), printed_unit("seven")
    ('usd', 'percent', '')
    """
    return _read(printed)[2]


def unit_family(unit: str) -> str:
    """The kind of unit that must not be mistaken for another; counts of things are none, and give ''.

    >>> unit_family("per cent"), unit_family("percentage points"), unit_family("pages")
    ('percent', 'percentage points', '')
    """
    unit = unit.strip().casefold()
    families = (family for start, family in ENGLISH.unit_families.items() if unit.startswith(start))
    return next(families, unit if unit in _CURRENCIES else "")
