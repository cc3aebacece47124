"""What a row of evidence cites a passage for, and what stands around the passage."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kit.text.language import ENGLISH, Language

#: Fields by which a row is about a day, and by which about a number.
DATE_FIELDS = ("date", "began", "ended", "period", "issued")
VALUE_FIELDS = ("value", "low", "high")
#: The unit of a number that the tables give without one.
ANY_UNIT = "*"
#: By this word in ``says`` a row tells that we worked out what it gives.
INFERRED = re.compile(r"\binferred\b", re.IGNORECASE)


@dataclass(frozen=True)
class CitedFact:
    """What a row of evidence cites a passage for: the row's ``says`` and ``field``, and the columns of its fact.

    ``value``, ``low``, ``high`` and ``unit`` are a metric's, ``date`` is EDTF; ``actors`` is a group of names for each
    actor, aliases among them, ``others`` finds those of all other actors; ``wording`` is the fact as our tables word it, title first, in their ``language``.
    """

    says: str = ""
    field: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    date: str = ""
    actors: tuple[tuple[str, ...], ...] = ()
    wording: str = ""
    status: str = ""
    language: Language = ENGLISH
    others: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Surroundings:
    """What stands around a passage: the page's day (EDTF) and headline, and the paragraph before it.

    ``before`` is ``None`` where the page is not at hand.
    """

    page_day: str = ""
    headline: str = ""
    before: str | None = ""


@cache
def folded_name(text: str) -> str:
    """The text without case and accents, in which names are looked for.

    >>> folded_name("Zoë MOLNÁR")
    'zoe molnar'
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
