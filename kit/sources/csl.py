"""A row of the sources table as a CSL item, which is what every citation style reads."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.tables.dates import parse_date
from kit.tables.schema import MISSING

Item = dict[str, Any]

#: Where a kind of source prints who published it, when that is not as the title of what contains it.
PUBLISHER_FIELD = {
    "book": "publisher",
    "broadcast": "publisher",
    "dataset": "publisher",
    "document": "publisher",
    "interview": "publisher",
    "legal_case": "authority",
    "legislation": "authority",
    "report": "publisher",
    "speech": "publisher",
}
#: Fields of CSL that hold a list of names.
NAME_FIELD = "author"

# A firm's name is printed as it is, though it holds a comma.
_FIRM = re.compile(r"[^,]+, (?:Inc|LLC|L\.L\.C|Ltd|LLP|Co|Corp|PLC|S\.A|GmbH|AG)\.?", re.IGNORECASE)


def csl_items(sources: pd.DataFrame) -> list[Item]:
    """The sources as CSL-JSON items, in the order of the rows; a blank cell and an unknown date leave their field out.

    No day of access is given, since a table of sources does not hold one, and only an http(s) address is passed on.

    >>> import kit
    >>> csl_items(kit.open().sources.query("id == 'wired-2025-08-01-anthropic-revokes-openai'"))[0]["issued"]
    {'date-parts': [[2025, 8, 1]]}
    """
    return [_item(row) for row in sources.to_dict("records")]


def _item(row: dict[str, Any]) -> Item:
    item: Item = {"id": row["id"], "type": row["type"], "title": row["title"]}
    if row["authors"]:
        item[NAME_FIELD] = [csl_name(name) for name in row["authors"]]
    item[PUBLISHER_FIELD.get(row["type"], "container-title")] = row["publisher"]
    if row["issued"] and row["issued"] not in MISSING:
        item["issued"] = csl_date(row["issued"])
    if urlsplit(row["url"]).scheme in ("http", "https"):
        item["URL"] = row["url"]
    item["language"] = row["language"]
    return {field: value for field, value in item.items() if value}


def csl_name(name: str) -> dict[str, str]:
    """A name as CSL takes it: "Family, Given" in its parts, anything else, a firm's included, as printed.

    >>> csl_name("Roe, Jane"), csl_name("Harbour Post staff"), csl_name("Boxes, Inc.")
    ({'family': 'Roe', 'given': 'Jane'}, {'literal': 'Harbour Post staff'}, {'literal': 'Boxes, Inc.'})
    """
    parts = [part.strip() for part in name.split(",")]
    if not 2 <= len(parts) <= 3 or not all(parts) or _FIRM.fullmatch(name):
        return {"literal": name}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


def csl_date(text: str) -> Item:
    """A date as CSL takes it, never more exact than ``text``; a text that is no date raises `BadDate`.

    CSL has one mark for doubt, ``circa``. "One day of these" becomes the month, year or range around
    them with that mark; a lasting interval becomes a range; 0 stands for an open end, as pandoc reads it.

    >>> csl_date("2025-08?")
    {'date-parts': [[2025, 8]], 'circa': True}
    >>> csl_date("[2025-07-28..2025-08-01]")
    {'date-parts': [[2025]], 'circa': True}
    """
    span = parse_date(text)
    if span.precision == "interval":
        ends = [end.strip() for end in text.split("/")]
        issued: Item = {"date-parts": [[0] if end in ("", "..") else csl_date(end)["date-parts"][0] for end in ends]}
    elif span.earliest is None or span.latest is None:
        known = span.earliest or span.latest
        assert known is not None, "parse_date gives a set one end at least"
        issued = {"date-parts": [[known.year], [0]] if span.earliest else [[0], [known.year]]}
    elif span.earliest.year != span.latest.year:
        issued = {"date-parts": [[span.earliest.year], [span.latest.year]]}
    elif span.earliest == span.latest:
        issued = {"date-parts": [[span.earliest.year, span.earliest.month, span.earliest.day]]}
    elif span.precision != "season" and span.earliest.month == span.latest.month:
        issued = {"date-parts": [[span.earliest.year, span.earliest.month]]}
    else:
        issued = {"date-parts": [[span.earliest.year]]}
    if span.precision == "season":
        issued = {"date-parts": [[int(text[:4])]], "season": int(text[5:7]) - 20}
    if span.doubt or span.precision in ("set", "decade", "century"):
        issued["circa"] = True
    return issued
