"""RIS, read and written here: pandoc's reader loses the day of a date and every note, and it has no
writer.
"""

from __future__ import annotations

import re
from typing import Any

from kit.sources.bibliography.csl import Item, csl_name, names_text

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: ?(.*))?")
_DATE = re.compile(r"(\d{1,4})(?:/(\d{1,2})?(?:/(\d{1,2})?)?)?(?:/.*)?")

TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "document": "GEN",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "paper-conference": "CPAPER",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "HEAR",
    "thesis": "THES",
    "webpage": "ELEC",
}
_KINDS = {code: kind for kind, code in TYPES.items()} | {
    "WEB": "webpage",
    "EJOUR": "article-journal",
    "LEGAL": "legislation",
}
#: Each field of CSL and its tags, the first of which is written.
_TAGS = {
    "id": ("ID",),
    "title": ("TI", "T1"),
    "container-title": ("T2", "JO", "JF", "BT"),
    "publisher": ("PB",),
    "authority": ("A2",),
    "URL": ("UR",),
    "DOI": ("DO",),
    "language": ("LA",),
    "volume": ("VL",),
    "issue": ("IS",),
    "ISSN": ("SN",),
    "edition": ("ET",),
    "publisher-place": ("CY",),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
}
_FIELDS = {tag: field for field, tags in _TAGS.items() for tag in tags}


def read_ris(text: str) -> list[Item]:
    """The references of an RIS file as CSL items; tags that CSL has no field for stay in ``custom``.

    A line that starts with no tag continues the one above it. A reference without an end ends where the next begins.

    >>> item = read_ris("TY  - NEWS\\nTI  - Raid\\nDA  - 2021/03/02/\\nKW  - harbour\\nER  - ")[0]
    >>> item["issued"], item["custom"]
    ({'date-parts': [[2021, 3, 2]]}, {'RIS-KW': ['harbour']})
    """
    items: list[Item] = []
    lines: list[list[str]] = []
    for line in text.splitlines():
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            if lines and line.strip():
                lines[-1][1] += f" {line.strip()}"
            continue
        if found[1] == "ER" or (found[1] == "TY" and lines):
            items.append(_item(lines))
            lines = []
        if found[1] != "ER":
            lines.append([found[1], (found[2] or "").strip()])
    return items + ([_item(lines)] if lines else [])


def _item(lines: list[list[str]]) -> Item:
    item: Item = {}
    custom: dict[str, list[str]] = {}
    dates = {}
    for tag, value in lines:
        field = _FIELDS.get(tag)
        if tag == "TY":
            item["type"] = _KINDS.get(value, "document")
            if value not in _KINDS:
                custom.setdefault("RIS-TY", []).append(value)
        elif tag in ("AU", "A1"):
            item.setdefault("author", []).append(csl_name(value))
        elif tag in ("DA", "PY", "Y1") and (found := _DATE.fullmatch(value)):
            dates[tag] = [int(part) for part in found.groups() if part]
        elif field and field not in item:
            item[field] = value
        elif value:
            custom.setdefault(f"RIS-{tag}", []).append(value)
    if dates:
        item["issued"] = {"date-parts": [max(dates.values(), key=len)]}
    return item | ({"custom": custom} if custom else {})


def write_ris(items: list[Item]) -> str:
    """The items as an RIS file; names that are no "Family, Given" are written as they are.

    >>> item = {"id": "a", "type": "book", "title": "On Ports", "author": [{"literal": "Quay staff"}]}
    >>> write_ris([item]).splitlines()
    ['TY  - BOOK', 'AU  - Quay staff', 'ID  - a', 'TI  - On Ports', 'ER  - ']
    """
    return "\n".join(f"{tag}  - {value}" for item in items for tag, value in _lines(item)) + "\n"


def _lines(item: Item) -> list[tuple[str, str]]:
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    other = custom.get("RIS-TY")
    lines = [("TY", other[0] if isinstance(other, list) and other else TYPES.get(item["type"], "GEN"))]
    lines += [("AU", name) for name in names_text(item.get("author")) or []]
    for start in item.get("issued", {}).get("date-parts", [])[:1]:
        year, month, day = (*start, 0, 0)[:3]
        lines.append(("PY", f"{year:04}"))
        lines.append(("DA", f"{year:04}/{month or '':0>2}/{day or '':0>2}/".replace("/00", "/")))
    lines += [(tags[0], _line(item[field])) for field, tags in _TAGS.items() if field in item]
    for key, values in custom.items():
        if re.fullmatch(r"RIS-(?!TY|ER)[A-Z][A-Z0-9]", key) and isinstance(values, list):
            lines += [(key[4:], _line(value)) for value in values]
    return [*lines, ("ER", "")]


def _line(value: Any) -> str:
    return " ".join(str(value).split())
