"""A number in prose is tied to the cell that computed it, and compared at the precision printed."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from kit.errors import KitError
from kit.text.language import ENGLISH
from kit.text.language.language import alternatives

MIMETYPE = "application/vnd.casebook.record+json"

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
class Record:
    """A number that a cell computed, with its unit and what it is a number of; it shows itself in a notebook."""

    name: str
    value: float
    unit: str
    base: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            MIMETYPE: asdict(self),
            "text/plain": f"{self.name} = {self.value:g} {self.unit} ({self.base})",
        }


def record(name: str, value: float, *, unit: str, base: str) -> Record:
    """The number, recorded under ``name`` so that prose can print it as ``[38%](#=name)``.

    ``unit`` is what is counted (``percent``, ``usd``, ``days``, ``pages``); ``base`` says of what: "72 coded cases".
    A blank name, unit or base, or a value that is no finite number, raises `BadNumber`: a reader could not judge it.

    >>> record("share-2025", 37.6, unit="percent", base="72 coded cases").value
    37.6
    """
    for what, text in (("name", name), ("unit", unit), ("base", base)):
        if not text.strip():
            raise BadNumber(f"record {name!r}", f"has no {what}", f"give its {what}")
    if not math.isfinite(value):
        raise BadNumber(
            f"record {name!r}", f"is {value}", "count what is there, or say in prose that it is not known"
        )
    return Record(name, float(value), unit, base)


def mismatch(printed: str, found: Record) -> str:
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
