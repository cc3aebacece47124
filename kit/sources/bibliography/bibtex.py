"""BibTeX and BibLaTeX: entries as CSL items and back, each letter of a title as in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel.core import Locale

from kit.errors import BadDate, KitError
from kit.sources.bibliography.csl import PUBLISHER_FIELD, FileItems, Item, csl_date
from kit.sources.bibliography.days import read_day
from kit.sources.bibliography.entries import BibEntry, read_entries, top_level
from kit.sources.bibliography.tex import tex_address, tex_text

#: The kinds of entries and what CSL calls them; the first kind of a type is written.
ENTRY_TYPES = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "inproceedings": "paper-conference",
    "online": "webpage", "report": "report", "thesis": "thesis", "unpublished": "manuscript", "dataset": "dataset",
    "jurisdiction": "legal_case", "legislation": "legislation", "video": "motion_picture", "audio": "song",
    "patent": "patent", "software": "software", "booklet": "pamphlet", "letter": "personal_communication",
    "artwork": "graphic", "image": "figure", "performance": "performance", "legal": "treaty",
    "inreference": "entry-encyclopedia", "review": "review", "periodical": "periodical", "standard": "standard",
    "inbook": "chapter", "suppbook": "chapter", "suppcollection": "chapter", "bookinbook": "book", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book", "reference": "book",
    "mvreference": "book", "manual": "book", "suppperiodical": "article-journal", "conference": "paper-conference",
    "electronic": "webpage", "www": "webpage", "webpage": "webpage", "techreport": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "newsarticle": "article-newspaper", "movie": "motion_picture", "music": "song",
    "data": "dataset", "misc": "document",
}  # fmt: skip
_KINDS = {kind: name for name, kind in reversed(ENTRY_TYPES.items())}
_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
#: Each field of CSL and the fields that give it, the first of which is written; names, days and addresses stand apart.
_FIELDS = {
    "title": ("title",),
    "title-short": ("shorttitle",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "event-title": ("eventtitle",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "genre": ("type",),
    "volume": ("volume",),
    "number-of-volumes": ("volumes",),
    "issue": ("issue",),
    "number": ("number",),
    "page": ("pages",),
    "number-of-pages": ("pagetotal",),
    "chapter-number": ("chapter",),
    "edition": ("edition",),
    "version": ("version",),
    "status": ("pubstate",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMID": ("pmid",),
    "note": ("note", "annotation", "annote", "addendum"),
    "event-place": ("venue",),
}
_NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "interviewer": "interviewer",
}
_ADDRESSES = {"URL": "url", "DOI": "doi"}
_DAYS = {"accessed": "urldate", "event-date": "eventdate", "original-date": "origdate"}
_NUMBERED = ("article-journal", "article-magazine", "article-newspaper", "periodical", "paper-conference")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_BLANK = re.compile(r"[\s~]+")
_PART = re.compile(r"(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"(?:\\url\s*)?\{*https?://[^\s{}]+\}*")
#: A chain of entries that point to one another is followed so far up.
_HIGHEST = 5
#: A date as the formats of libraries write it, in which ~ and % are doubt and no space or remark of TeX.
_MARKED = re.compile(r"[\d\sXxuy?~%/.,+TZ:-]+")
_UNIT = re.compile(r"\d{4}(?:-\d\d){0,2}")


def read_bibtex(text: str) -> FileItems:
    """The references of a BibTeX or BibLaTeX file as CSL items, and the entries that were left aside, each with why.

    Fields that CSL has no place for stay in ``custom``, in TeX. A file in which no entry can be read raises `KitError`.

    >>> item = read_bibtex("@article{Roe2021, title={Raid on NATO}, journal={Post}, year=2021, printrun={9}}").items[0]
    >>> item["title"], item["container-title"], item["custom"]
    ('Raid on NATO', 'Post', {'bibtex-printrun': '9'})
    """
    entries, aside = read_entries(text)
    if aside and not entries:
        raise KitError("BibTeX", f"no entry can be read ({aside[0][0]}, {aside[0][1]})", "mend what it names")
    by_key = {entry.key.casefold(): entry for entry in reversed(entries)}
    kept = [entry for entry in entries if entry.kind not in ("xdata", "set")]
    return FileItems([_item(entry, _inherited(entry, by_key)) for entry in kept], aside)


def _inherited(
    entry: BibEntry, by_key: Mapping[str, BibEntry], below: tuple[str, ...] = ()
) -> dict[str, str]:
    """The fields with those that ``crossref`` and ``xdata`` point to, and their parents': a parent's title is that of
    what contains the entry."""
    fields = dict(entry.fields)
    for name in ("xdata", "crossref"):
        for key in fields.get(name, "").split(","):
            parent = by_key.get(key.strip().casefold())
            if parent is None or parent is entry or parent.key in below or len(below) > _HIGHEST:
                continue
            for field, value in _inherited(parent, by_key, (*below, entry.key)).items():
                if field in ("ids", "crossref", "xdata", "shorttitle", "abstract", "keywords", "label"):
                    continue
                contains = "maintitle" if parent.kind.startswith("mv") else "booktitle"
                fields.setdefault(contains if name == "crossref" and field == "title" else field, value)
    return fields


def _item(entry: BibEntry, fields: dict[str, str]) -> Item:
    kind = ENTRY_TYPES.get(entry.kind, "document")
    kind = _SUBTYPES.get(fields.get("entrysubtype", "").lower(), kind) if kind == "article-journal" else kind
    item: Item = {"id": entry.key, "type": kind}
    used = {"crossref", "xdata"} | (
        {"entrysubtype"} if _SUBTYPES.get(fields.get("entrysubtype", "").lower()) == kind else set()
    )
    for field, names in _FIELDS.items():
        if name := next((name for name in names if fields.get(name, "").strip()), ""):
            item[field] = tex_text(fields[name])
            used.add(name)
    for field, name in _NAMES.items():
        if found := _names(fields.get(name, "")):
            item[field] = found
            used.add(name)
    for field, name in _ADDRESSES.items():
        if address := tex_address(fields.get(name, "")):
            item[field] = address
            used.add(name)
    for name in ("howpublished", "note"):
        if "URL" not in item and _ADDRESS.fullmatch(fields.get(name, "").strip()):
            item["URL"] = tex_address(fields[name])
            used.add(name)
            if name == "note":
                del item["note"]
    used |= _add_days(item, fields)
    used |= _add_shapes(item, entry.kind, fields)
    custom = {f"bibtex-{name}": value for name, value in fields.items() if name not in used and value.strip()}
    if entry.kind not in ENTRY_TYPES:
        custom["bibtex-entry"] = entry.kind
    return {
        **item,
        **({"custom": {name: " ".join(value.split()) for name, value in custom.items()}} if custom else {}),
    }


def _add_shapes(item: Item, entry: str, fields: Mapping[str, str]) -> set[str]:
    """What depends on the kind: subtitles, numbers of issues, an e-print's address, a language's code, a thesis's degree."""
    used = set()
    for field, name in (("title", "subtitle"), ("container-title", "booksubtitle")):
        if field in item and (sub := tex_text(fields.get(name, ""))):
            item[field] += f"{' ' if item[field][-1] in '?!:.' else ': '}{sub}"
            used.add(name)
    if "number" in item and item["type"] in _NUMBERED and "issue" not in item:
        item["issue"] = item.pop("number")
    if "page" in item:
        item["page"] = item["page"].replace("–", "-")
    authority = PUBLISHER_FIELD.get(item["type"]) == "authority"
    if authority and "publisher" in item:
        item["authority"] = item.pop("publisher")
    if "genre" not in item and entry in ("phdthesis", "mastersthesis"):
        item["genre"] = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}[entry]
    if fields.get("eprinttype", fields.get("archiveprefix", "")).lower() == "arxiv" and "URL" not in item:
        item["URL"] = f"https://arxiv.org/abs/{tex_address(fields.get('eprint', ''))}"
    for name in ("langid", "language", "hyphenation"):
        if "language" not in item and (code := _language(tex_text(fields.get(name, "")))):
            item["language"] = code
            used.add(name)
    return used


def _language(name: str) -> str:
    return _language_names().get(name.lower(), "") or (
        name if re.fullmatch(r"[a-z]{2,3}(?:-\w{2,4})*", name) else ""
    )


@cache
def _language_names() -> dict[str, str]:
    """The codes by the names that bibliographies use: in English, in the language itself, and babel's of TeX."""
    english = Locale("en").languages
    own = {
        (Locale(code).get_language_name(code) or ""): code
        for code in ("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "cs")
    }
    names = {
        name.lower(): code for code, name in (*english.items(), *((code, name) for name, code in own.items()))
    }
    return names | {"ngerman": "de", "german": "de", "naustrian": "de-AT", "nswissgerman": "de-CH", "american": "en-US",
                    "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "francais": "fr", "brazilian": "pt-BR"}  # fmt: skip


def _add_days(item: Item, fields: Mapping[str, str]) -> set[str]:
    used = set()
    if text := _date_text(fields.get("date", "")):
        item["issued"] = _day(text)
        used.add("date")
    year, month, day = (_date_text(fields.get(name, "")) for name in ("year", "month", "day"))
    if "issued" not in item and year:
        numbers = "-".join(part.zfill(2) for part in (year, month, day) if part)
        words = " ".join(filter(None, (day if day not in month else "", month, year)))
        readings = (
            [numbers]
            if re.fullmatch(r"\d{4}-\d\d?(?:-\d\d?)?", numbers)
            else [words, f"{month} {day}, {year}"]
        )
        read = next(
            (reading for reading in readings if read_day(reading)[0] and not read_day(reading)[1]),
            words,
        )
        item["issued"] = _day(read)
        used |= {"year", "month", "day"}
    for field, name in _DAYS.items():
        if found := read_day(_date_text(fields.get(name, "")))[0]:
            item[field] = _day(found)
            used.add(name)
    return used


def _date_text(value: str) -> str:
    bare = value.strip().strip("{}")
    return bare.strip() if _MARKED.fullmatch(bare) and "~" not in bare[:-1].rstrip("?~%") else tex_text(value)


def _day(text: str) -> Item:
    """A CSL date: in its parts where it is nothing but a day, month or year, else as it is written."""
    read, asked = read_day(text)
    try:
        return csl_date(read) if _UNIT.fullmatch(read) and not asked else {"raw": text}
    except BadDate:
        return {"raw": text}


def _names(value: str) -> list[dict[str, str]]:
    return [name for part in top_level(value.strip(), _AND) if (name := _name(part.strip()))]


def _name(text: str) -> dict[str, str]:
    """A name's parts by BibTeX's rules; what braces hold together, a firm's name mostly, is one."""
    if not text:
        return {}
    parts = top_level(text, _COMMA)
    if len(parts) > 1 and all(_PART.match(part) for part in parts):
        found = {
            match[1].lower(): tex_text(match[2].strip('"')) for part in parts if (match := _PART.match(part))
        }
        family = " ".join(filter(None, (found.get("prefix"), found.get("family"))))
        return {
            k: v
            for k, v in {"family": family, **{p: found.get(p, "") for p in ("given", "suffix")}}.items()
            if v
        }
    if len(parts) == 1:
        words = top_level(text, _BLANK)
        if len(words) < 2:
            return {"literal": tex_text(text)}
        # The first word in small letters begins the family name, else it is the last word.
        begin = next((at for at, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
        given, family = tex_text(" ".join(words[:begin])), tex_text(" ".join(words[begin:]))
        return {"family": family, "given": given} if given else {"literal": family}
    texts = [tex_text(part) for part in parts]
    family, *rest = texts if len(texts) < 3 else (texts[0], texts[-1], " ".join(texts[1:-1]))
    name = {"family": family} | {
        key: part for key, part in zip(("given", "suffix"), rest, strict=False) if part
    }
    return name if family and len(name) > 1 else {"literal": family or " ".join(filter(None, rest))}


def _is_small(word: str) -> bool:
    return not word.startswith("{") and tex_text(word)[:1].islower()


def write_bibtex(items: list[Item]) -> str:
    """The items as a BibLaTeX file; what was read of another program's BibTeX and has no place in CSL is written as it was.

    >>> print(write_bibtex([{"id": "a", "type": "book", "title": "On 5% Ports", "publisher": "Quay"}]))
    @book{a,
      title = {{On 5\\% Ports}},
      publisher = {Quay}
    }
    <BLANKLINE>
    """
    return "\n".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    kind = "article" if item["type"] in _SUBTYPES.values() else _KINDS.get(item["type"], "misc")
    entry = str(custom.get("bibtex-entry", kind))
    fields = dict(_written(item))
    for name, value in custom.items():
        if name.startswith("bibtex-") and isinstance(value, str) and _balanced(value):
            fields.setdefault(name.removeprefix("bibtex-"), value)
    fields.pop("entry", None)
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if re.fullmatch(r"[\w-]+", name)]
    key = re.sub(r"[\s,={}()\"#%\\~']", "", str(item["id"]))
    return f"@{entry if entry.isalpha() else kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _written(item: Item) -> Iterator[tuple[str, str]]:
    for field, name in _NAMES.items():
        if isinstance(item.get(field), list):
            yield name, " and ".join(_name_in_tex(name) for name in item[field] if isinstance(name, dict))
    for subtype, kind in _SUBTYPES.items():
        if item["type"] == kind:
            yield "entrysubtype", subtype
    for field, names in _FIELDS.items():
        value = item.get(field, item.get("authority") if field == "publisher" else None)
        if isinstance(value, (str, int)) and (text := _tex(str(value))):
            name = (
                "booktitle"
                if field == "container-title" and _KINDS.get(item["type"], "").startswith("in")
                else names[0]
            )
            # What stands in double braces no style turns into small letters.
            yield name, f"{{{text}}}" if field == "title" else text
    for field, name in _ADDRESSES.items():
        if isinstance(item.get(field), str):
            yield name, re.sub(r"([{}\\])", r"\\\1", item[field])
    if isinstance(item.get("language"), str):
        yield "langid", _tex(item["language"])
    for field, name in {"issued": "date", **_DAYS}.items():
        if isinstance(item.get(field), dict) and (day := _day_in_tex(item[field])):
            yield name, day


def _day_in_tex(day: Mapping[str, Any]) -> str:
    from kit.sources.bibliography.rows import edtf

    return edtf(day) or _tex(str(day.get("raw", "")))


def _name_in_tex(name: Mapping[str, Any]) -> str:
    if "family" not in name:
        return f"{{{_tex(str(name.get('literal', '')))}}}"
    particles = (name.get(part, "") for part in ("dropping-particle", "non-dropping-particle"))
    family = " ".join(str(part) for part in (*particles, name["family"]) if part)
    parts = [family, *(str(name[part]) for part in ("suffix", "given") if name.get(part))]
    # What holds a comma or an "and" of its own would be cut there.
    return ", ".join(
        f"{{{_tex(p)}}}" if re.search(r",|\band\b|=", p, re.IGNORECASE) else _tex(p) for p in parts
    )


_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}", "--": "-{}-", "''": "'{}'",
} | {sign: f"\\{sign}" for sign in "%&$#_"}  # fmt: skip
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))


def _tex(text: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], " ".join(text.split()))


def _balanced(value: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth
