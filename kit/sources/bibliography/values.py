"""Values of CSL fields as other programs write them: read without harm, and passed on only in the form that styles take."""

from __future__ import annotations

import json
import math
from typing import Any

from kit.text.printable import xml_text, xml_tree

#: The variables of CSL that are dates, and those that are lists of names.
CSL_DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
CSL_NAMES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editorial-director", "editor-translator", "executive-producer", "guest", "host",
    "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
    "reviewed-author", "script-writer", "series-creator", "translator",
)  # fmt: skip
_DIGITS = 15  # of a number; longer ones are kept as text


def read_json(text: str) -> Any:
    """What the JSON says, with what no file and no style can hold as text: endless numbers, halves of letters (which are left out).

    ``ValueError`` and ``RecursionError`` come from what is no JSON.

    >>> read_json('{"title": "Quay \\\\ud800", "volume": Infinity, "issue": 12}')
    {'title': 'Quay ', 'volume': 'Infinity', 'issue': 12}
    """
    found = json.loads(text, parse_int=_integer, parse_float=_number, parse_constant=str)
    return xml_tree(found)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _DIGITS else digits


def _number(digits: str) -> float | str:
    found = float(digits)
    return found if math.isfinite(found) and len(digits) <= 2 * _DIGITS else digits


def styled(field: str, value: Any) -> Any:
    """The value of a CSL field in the form that styles take; ``None`` where it has none of that form.

    >>> styled("issued", {"date-parts": [[None]]}), styled("accessed", {"date-parts": [["2021", 3, None]]})
    (None, {'date-parts': [[2021, 3]]})
    >>> styled("editor", [{"family": "Roe", "given": None}, None]), styled("volume", {"a": 1})
    ([{'family': 'Roe'}], None)
    """
    if field in CSL_DATES:
        return _date(value)
    if field in CSL_NAMES:
        return _names(value)
    if isinstance(value, str):
        return xml_text(value)
    opaque = (field == "custom" and isinstance(value, dict)) or isinstance(value, int)
    return value if opaque or (isinstance(value, float) and math.isfinite(value)) else None


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return {"literal": xml_text(str(value))}
    if not isinstance(value, dict):
        return None
    words = {name: xml_text(value[name]) for name in ("raw", "literal") if isinstance(value.get(name), str)}
    parts = value.get("date-parts")
    days = [_day(part) for part in parts[:2]] if isinstance(parts, list) else []
    if not days or not all(days):
        return words or None
    marks: dict[str, Any] = {"circa": True} if value.get("circa") else {}
    if str(value.get("season", "")) in ("1", "2", "3", "4"):
        marks["season"] = int(value["season"])
    return {"date-parts": days, **marks}


def _day(part: Any) -> list[int]:
    """Year, month and day as far as they are whole numbers."""
    found: list[int] = []
    for number in part[:3] if isinstance(part, list) else ():
        text = str(number)
        if isinstance(number, bool) or not text.isascii() or not text.lstrip("-").isdigit() or len(text) > 5:
            break
        found.append(int(text))
    return found


def _names(value: Any) -> list[dict[str, str]] | None:
    if not isinstance(value, list):
        return None
    names = [
        {part: xml_text(str(text)) for part, text in name.items() if text not in ("", None, [], {})}
        for name in value
        if isinstance(name, dict)
    ]
    return [name for name in names if name] or None
