"""RIS, read and written here: pandoc's reader loses the day of a date and every note, and it has no
writer.
"""

from __future__ import annotations

import re
from typing import Any

from kit.sources.bibliography.csl import FileItems, Item, csl_name, names_text
from kit.sources.bibliography.days import read_day

_LINE = re.compile(r"(?:([A-Z][A-Z0-9]) {1,3}-|(TY|ER)-)(?: ?(.*))?")
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?)?)?(?:/.*)?", re.ASCII)

#: What CSL calls a kind, and RIS's code for it, the first of which is written.
TYPES = {
    "article-journal": ("JOUR", "EJOUR", "JFULL", "INPR", "ABST"), "article-magazine": ("MGZN",),
    "article-newspaper": ("NEWS",), "book": ("BOOK", "EBOOK", "EDBOOK", "CONF", "SER", "DICT", "CLSWK", "CTLG"),
    "broadcast": ("VIDEO",), "chapter": ("CHAP", "ECHAP"), "dataset": ("DATA", "AGGR", "DBASE"), "document": ("GEN",),
    "entry-encyclopedia": ("ENCYC",), "figure": ("FIGURE",), "graphic": ("ART", "CHART"), "hearing": ("HEAR",),
    "interview": ("INTV",), "legal_case": ("CASE",), "legislation": ("STAT", "LEGAL"), "bill": ("BILL", "UNBILL"),
    "manuscript": ("MANSCPT", "UNPB", "UNPD"), "map": ("MAP",), "motion_picture": ("MPCT",), "pamphlet": ("PAMP",),
    "paper-conference": ("CPAPER",), "patent": ("PAT",), "personal_communication": ("PCOMM",), "post": ("ICOMM",),
    "post-weblog": ("BLOG",), "report": ("RPRT", "GOVDOC"), "software": ("COMP",), "song": ("SOUND", "MUSIC"),
    "speech": ("SLIDE",), "standard": ("STAND",), "thesis": ("THES",), "webpage": ("ELEC", "WEB"),
}  # fmt: skip
_KINDS = {code: kind for kind, codes in TYPES.items() for code in codes}
#: Each field of CSL and its tags, the first of which is written.
_TAGS = {
    "id": ("ID",),
    "title": ("TI", "T1"),
    "container-title": ("T2", "JF", "JO", "BT", "JA"),
    "container-title-short": ("J2",),
    "collection-title": ("T3",),
    "title-short": ("ST",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "URL": ("UR",),
    "DOI": ("DO",),
    "language": ("LA",),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "ISSN": ("SN",),
    "edition": ("ET",),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
}
_NAMES = {"author": ("AU", "A1"), "editor": ("A2", "ED"), "collection-editor": ("A3",), "translator": ("A4",)}
_DAYS = ("DA", "Y1", "PY")
#: Where a tag means something else for a kind: a book stands in a series, and a case is decided by a court.
_BY_KIND = {
    "book": {"T2": "collection-title", "SN": "ISBN", "BT": "title"},
    "chapter": {"SN": "ISBN"},
    "report": {"T2": "collection-title", "IS": "number", "M3": "genre", "SN": "number"},
    "thesis": {"M3": "genre"},
    "patent": {"IS": "number", "A2": "authority"},
    "legal_case": {"PB": "authority", "A2": "references"},
    "legislation": {"PB": "authority", "A2": "references"},
    "paper-conference": {"SN": "ISBN"},
}


def read_ris(text: str) -> FileItems:
    """The references of an RIS file as CSL items; tags that CSL has no field for stay in ``custom``.

    A line that starts with no tag continues the one above it. A reference without an end ends where the next begins.
    The day is that of ``DA``, then ``Y1``, then ``PY``; another that is no part of it stays in ``custom``.

    >>> item = read_ris("TY  - NEWS\\nTI  - Raid\\nDA  - 2021/03/02/\\nKW  - harbour\\nER  - ").items[0]
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
        tag = found[1] or found[2]
        if lines and tag in ("ER", "TY"):
            items.append(_item(lines))
            lines = []
        if tag != "ER":
            lines.append([tag, (found[3] or "").strip()])
    return FileItems(items + ([_item(lines)] if lines else []), [])


def _item(lines: list[list[str]]) -> Item:
    code = next((value for tag, value in lines if tag == "TY"), "")
    kind = _KINDS.get(code, "document")
    item: Item = {"type": kind} if code else {}
    custom: dict[str, list[str]] = {}
    if code and TYPES[kind][0] != code:
        custom["RIS-TY"] = [code]
    other = _BY_KIND.get(kind, {})
    fields = {tag: field for field, tags in _TAGS.items() for tag in tags} | other
    names = {tag: field for field, tags in _NAMES.items() for tag in tags if tag not in other}
    order = [tag for tags in _TAGS.values() for tag in tags]
    # Of a field's tags the first one speaks, wherever it stands.
    for tag, value in sorted(lines, key=lambda line: order.index(line[0]) if line[0] in order else 0):
        if tag == "TY" or not value:
            continue
        if tag in names:
            item.setdefault(names[tag], []).append(csl_name(value))
        elif (field := fields.get(tag)) and field not in item:
            item[field] = value
        else:
            custom.setdefault(f"RIS-{tag}", []).append(value)
    _add_pages(item, custom)
    _add_days(item, custom)
    return item | ({"custom": custom} if custom else {})


def _add_pages(item: Item, custom: dict[str, list[str]]) -> None:
    first, last = ((custom.get(tag) or [""])[0] for tag in ("RIS-SP", "RIS-EP"))
    if item.get("type") == "book" and first and not last:
        item["number-of-pages"] = custom.pop("RIS-SP")[0]
    elif first and len(custom["RIS-SP"]) == 1 and len(custom.get("RIS-EP", [])) < 2:
        item["page"] = f"{first}-{last}" if last and last != first else first
        custom.pop("RIS-SP")
        custom.pop("RIS-EP", None)


def _add_days(item: Item, custom: dict[str, list[str]]) -> None:
    said = {tag: custom[f"RIS-{tag}"][0] for tag in _DAYS if f"RIS-{tag}" in custom}
    years = [text[:4] for text in said.values() if re.match(r"\d{4}(?!\d)", text)]
    # Exports write the day in one field and its year in another.
    said = {
        tag: f"{text} {years[0]}" if years and not re.search(r"\d{4}", text) else text
        for tag, text in said.items()
    }
    read = {tag: _day(text) for tag, text in said.items()}
    tag = next(
        (tag for tag in said if "raw" not in read[tag] or read_day(said[tag])[0]), next(iter(said), "")
    )
    finer = [
        other for other in said if tag and _parts(read[other])[: len(_parts(read[tag]))] == _parts(read[tag])
    ]
    if _parts(read.get(tag, {})):
        tag = max(finer, key=lambda other: len(_parts(read[other])))
    if tag:
        item["issued"] = read[tag]
    for other in said:
        parts = _parts(read[other])
        if other == tag or (parts and parts == _parts(read[tag])[: len(parts)]) or said[other] == said[tag]:
            custom[f"RIS-{other}"] = custom[f"RIS-{other}"][1:]
            if not custom[f"RIS-{other}"]:
                del custom[f"RIS-{other}"]
    if (text := (custom.get("RIS-Y2") or [""])[0]) and (day := _day(text)) and _parts(day):
        item["accessed"] = day
        del custom["RIS-Y2"]


def _parts(day: Item) -> list[int]:
    return (day.get("date-parts") or [[]])[0]


def _day(text: str) -> Item:
    if found := _DATE.fullmatch(text):
        return {"date-parts": [[int(part) for part in found.groups() if part]]}
    read, asked = read_day(text)
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", read) and not asked:
        return {"date-parts": [[int(part) for part in read.split("-")]]}
    return {"raw": text}


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
    kind = item["type"] if item["type"] in TYPES else "document"
    lines = [("TY", next(iter(custom.get("RIS-TY") or ()), TYPES[kind][0]))]
    other = _BY_KIND.get(kind, {})
    for field, tags in _NAMES.items():
        if tags[0] not in other:
            lines += [(tags[0], name) for name in names_text(item.get(field)) or []]
    for start in item.get("issued", {}).get("date-parts", [])[:1]:
        year, month, day = (*start, 0, 0)[:3]
        lines.append(("PY", f"{year:04}"))
        lines.append(("DA", f"{year:04}/{month or '':0>2}/{day or '':0>2}/".replace("/00", "/")))
    for field, tags in _TAGS.items():
        free = other.get(tags[0], field) == field
        tag = tags[0] if free else next((tag for tag, meant in other.items() if meant == field), "")
        if tag and field in item:
            lines.append((tag, _line(item[field])))
    lines += [
        (tag, _line(item[field])) for tag, field in other.items() if field in item and field not in _TAGS
    ]
    if isinstance(item.get("page"), str) and item["page"]:
        first, _, last = item["page"].partition("-")
        lines += [("SP", _line(first))] + ([("EP", _line(last))] if last else [])
    elif "number-of-pages" in item and kind == "book":
        lines.append(("SP", _line(item["number-of-pages"])))
    accessed = item.get("accessed")
    if (
        isinstance(accessed, dict)
        and (parts := _parts(accessed))
        and all(str(part).isdigit() for part in parts)
    ):
        lines.append(("Y2", "/".join(f"{int(part):02}" for part in parts)))
    for key, values in custom.items():
        if re.fullmatch(r"RIS-(?!TY|ER)[A-Z][A-Z0-9]", key) and isinstance(values, list):
            lines += [(key[4:], _line(value)) for value in values]
    return [*lines, ("ER", "")]


def _line(value: Any) -> str:
    return " ".join(str(value).split())
