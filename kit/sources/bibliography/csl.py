"""A row of the sources table as a CSL item, which is what every citation style reads."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import pandas as pd

from kit.sources.bibliography.values import styled
from kit.tables.cells import unguarded
from kit.tables.load import with_id
from kit.tables.schema import MISSING
from kit.text.edtf import parse_date
from kit.text.printable import printable

Item = dict[str, Any]


class FileItems(NamedTuple):
    """What a file held: its references, and the entries that could not be read: which, and why."""

    items: list[Item]
    aside: list[tuple[str, str]]


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
#: The one list of names that the table has a column for.
NAME_FIELD = "author"
#: Written where nobody said what language a source is in.
UNDETERMINED = "und"
#: CSL's other types, and the type of ours that says most of the same.
NEAREST = {
    "bill": "legislation",
    "chapter": "book",
    "hearing": "legal_case",
    "manuscript": "document",
    "motion_picture": "broadcast",
    "paper-conference": "article-journal",
    "personal_communication": "interview",
    "regulation": "legislation",
    "review": "article-magazine",
    "song": "broadcast",
    "thesis": "report",
    "treaty": "legislation",
}
_OWN = ("id", "URL", "note", NAME_FIELD)

# A firm's name is printed as it is, though it holds a comma.
_FIRM = re.compile(r"[^,]+, (?:Inc|LLC|L\.L\.C|Ltd|LLP|Co|Corp|PLC|S\.A|GmbH|AG)\.?", re.IGNORECASE)


def csl_items(sources: pd.DataFrame) -> list[Item]:
    """The sources as CSL-JSON items, in the order of the rows; a blank cell and an unknown date leave their
    field out.

    A note's line of further CSL fields (`extra_fields`) is read too. No day of access is made up, and
    only an http(s) address is passed on.

    >>> row = {"id": "a", "type": "report", "title": "On Ports", "authors": ("Roe, Jane",), "publisher": "Quay Press"}
    >>> row |= {"issued": "2021-03", "url": "", "language": "en", "note": ""}
    >>> csl_items(pd.DataFrame([row]))[0]["issued"]
    {'date-parts': [[2021, 3]]}
    """
    return [_item(row) for row in with_id(sources).to_dict("records")]


def _item(row: Mapping[Hashable, Any]) -> Item:
    _, more = extra_fields(row["note"], "csl")
    authors = [unguarded(name) for name in row["authors"]]
    item: Item = {"id": row["id"], "type": row["type"], "title": unguarded(row["title"])}
    if authors:
        item[NAME_FIELD] = [csl_name(name) for name in authors]
    item[PUBLISHER_FIELD.get(row["type"], "container-title")] = unguarded(row["publisher"])
    if row["issued"] and row["issued"] not in MISSING:
        item["issued"] = csl_date(row["issued"])
    if row["url"].startswith(("http://", "https://")):
        item["URL"] = row["url"]
    if row["language"] != UNDETERMINED:
        item["language"] = row["language"]
    item = {field: value for field, value in item.items() if value}
    for field, value in more.items():
        if field not in item and field not in _OWN and (taken := styled(field, value)) is not None:
            item[field] = taken
    # What the file gave is finer than the column, and holds as long as the column still says the same.
    if same_type(more.get("type"), row["type"]):
        item["type"] = more["type"]
    if names_text(more.get(NAME_FIELD)) == authors and (names := styled(NAME_FIELD, more[NAME_FIELD])):
        item[NAME_FIELD] = names
    return item


def same_type(finer: Any, kind: str) -> bool:
    """Whether a CSL type is one that the table keeps as ``kind``.

    >>> same_type("thesis", "report"), same_type("book", "report")
    (True, False)
    """
    return isinstance(finer, str) and NEAREST.get(finer, finer) == kind


def names_text(names: Any) -> list[str] | None:
    """CSL names as the table prints them, "Family, Given" or as they are; ``None`` for what is no list.

    >>> doe = {"family": "Doe", "given": "Jan", "non-dropping-particle": "van"}
    >>> names_text([doe, {"literal": "Quay; Co"}])
    ['van Doe, Jan', 'Quay, Co']
    """
    if not isinstance(names, list) or not all(isinstance(name, dict) for name in names):
        return None
    return [text for name in names if (text := _name_text({k: str(v) for k, v in name.items()}))]


def _name_text(name: dict[str, str]) -> str:
    particles = (name.get(p, "") for p in ("dropping-particle", "non-dropping-particle"))
    family = " ".join(filter(None, (*particles, name.get("family", ""))))
    parts = (family, name.get("given", ""), name.get("suffix", ""))
    text = name.get("literal", "") or ", ".join(filter(None, parts))
    # A semicolon ends a name in the table.
    return printable(text.replace(";", ","), lines=False)


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
        issued: Item = {
            "date-parts": [[0] if end in ("", "..") else csl_date(end)["date-parts"][0] for end in ends]
        }
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


#: A note may end in a line of what the table or a file format has no place for, ``[csl DOI=10.1/x volume=3]``. In the
#: sources table it starts with ``csl`` and holds CSL fields without a column; in an exported file with ``casebook`` and
#: holds columns without a field. Values are percent-encoded, so that a line survives whatever a format does to spaces,
#: quotation marks and dashes; ``:=`` stands before one that is JSON rather than text.
_KEY = re.compile(r"[A-Za-z]\w*(?:-\w+)*", re.ASCII)
_PAIR = re.compile(r"([A-Za-z][\w-]*)(:?=)(\S*)", re.ASCII)
# The tilde is TeX's space, and two hyphens its dash.
_PLAIN = "-._:/;,?=@"


def with_extra_fields(note: str, word: str, values: dict[str, Any]) -> str:
    """The note with the values in a line at its end, sorted by name; a key that is no plain name is left out.

    >>> with_extra_fields("A copy.", "csl", {"volume": "3", "custom": {"a": 1}})
    'A copy. [csl custom:=%7B%22a%22:1%7D volume=3]'
    """
    pairs = [_pair(key, value) for key, value in sorted(values.items()) if _KEY.fullmatch(key)]
    line = f"[{word} {' '.join(pairs)}]" if pairs else ""
    return f"{note} {line}".strip() if line else note


def _pair(key: str, value: Any) -> str:
    if isinstance(value, str):
        return f"{key}={_encoded(value)}"
    return f"{key}:={_encoded(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')))}"


def _encoded(text: str) -> str:
    return quote(text, safe=_PLAIN).replace("--", "-%2D").replace("~", "%7E")


def extra_fields(note: str, word: str) -> tuple[str, dict[str, Any]]:
    """The note without the line that starts with ``word``, and the values of that line; no such line gives
    none.

    A line that is not as `with_extra_fields` writes one is a part of the note.

    >>> extra_fields("A copy. [csl custom:=%7B%22a%22:1%7D volume=3]", "csl")
    ('A copy.', {'custom': {'a': 1}, 'volume': '3'})
    """
    begin = note.rfind(f"[{word} ")
    if begin < 0 or not note.endswith("]"):
        return note, {}
    values: dict[str, Any] = {}
    for part in note[begin + len(word) + 2 : -1].split():
        pair = _PAIR.fullmatch(part)
        if pair is None:
            return note, {}
        try:
            values[pair[1]] = unquote(pair[3]) if pair[2] == "=" else json.loads(unquote(pair[3]))
        except (json.JSONDecodeError, RecursionError):
            return note, {}
    return note[:begin].removesuffix(" "), values
