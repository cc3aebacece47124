"""Whatever a field is called, in whatever kind of entry: what it says is in the row, and comes back from every format."""

from __future__ import annotations

import json
import string
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.small_case import write_rows

import kit
from kit.sources.bibliography.bibtex import ENTRY_TYPES
from kit.sources.bibliography.exchange import FORMATS, exported
from kit.sources.bibliography.ris import TYPES
from kit.sources.bibliography.rows import item_row

_CODES = ["XXXX", *(code for codes in TYPES.values() for code in codes)]
_TAGS = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase + string.digits]
_FIELDS = [
    "abstract",
    "addendum",
    "afterword",
    "annotation",
    "annotator",
    "author",
    "authortype",
    "bookauthor",
    "booksubtitle",
    "booktitle",
    "booktitleaddon",
    "chapter",
    "commentator",
    "edition",
    "editor",
    "editora",
    "editortype",
    "eid",
    "entrysubtype",
    "eprint",
    "eprintclass",
    "eventtitle",
    "file",
    "foreword",
    "holder",
    "howpublished",
    "institution",
    "introduction",
    "isbn",
    "issn",
    "issue",
    "issuetitle",
    "journalsubtitle",
    "journaltitle",
    "label",
    "language",
    "library",
    "location",
    "maintitle",
    "mainsubtitle",
    "nameaddon",
    "note",
    "number",
    "organization",
    "origlanguage",
    "origpublisher",
    "origtitle",
    "pages",
    "pagetotal",
    "part",
    "publisher",
    "pubstate",
    "reprinttitle",
    "series",
    "shortauthor",
    "shorthand",
    "shortjournal",
    "shortseries",
    "shorttitle",
    "subtitle",
    "title",
    "titleaddon",
    "translator",
    "type",
    "venue",
    "version",
    "volume",
    "volumes",
    "address",
    "annote",
    "archiveprefix",
    "journal",
    "key",
    "pdf",
    "primaryclass",
    "school",
    "hyphenation",
    "keywords",
    "options",
    "sortname",
    "langid",
    "usera",
    "lista",
    "namea",
    "pmid",
    "pmcid",
    "rating",
    "issn-l",
    "author+an",
]
_CSL = [
    "abstract",
    "annote",
    "archive",
    "archive_location",
    "authority",
    "call-number",
    "chapter-number",
    "collection-number",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "edition",
    "event-title",
    "event-place",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "journalAbbreviation",
    "jurisdiction",
    "keyword",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-title",
    "page",
    "part-number",
    "part-title",
    "PMCID",
    "printing",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-title",
    "scale",
    "section",
    "shortTitle",
    "source",
    "status",
    "supplement",
    "title",
    "title-short",
    "version",
    "volume",
    "volume-title",
    "year-suffix",
]
_ROLES = [
    "author",
    "chair",
    "collection-editor",
    "composer",
    "container-author",
    "director",
    "editor",
    "illustrator",
    "interviewer",
    "translator",
]


def word(entry: str, field: str) -> str:
    """A word that stands in one field of one entry."""
    return f"x{''.join(filter(str.isalnum, entry + field)).lower()}z"


def ris() -> tuple[str, dict[str, list[str]]]:
    said = {code: [word(code, tag) for tag in _TAGS if tag not in _DAYS] for code in _CODES}
    days = {"DA": "2021/03/02", "PY": "2021", "Y1": "2021", "Y2": "2022/04/05"}
    lines = []
    for code in _CODES:
        lines.append(f"TY  - {code}")
        lines += [f"{tag}  - {days.get(tag) or word(code, tag)}" for tag in _TAGS if tag not in ("TY", "ER")]
        lines.append("ER  - ")
    return "\n".join(lines), said


_DAYS = ("DA", "PY", "Y1", "Y2", "TY", "ER")


def bibtex() -> tuple[str, dict[str, list[str]]]:
    kinds = [*ENTRY_TYPES, "custom2", "my-kind"]
    said = {kind: [word(kind, field) for field in _FIELDS] for kind in kinds}
    entries = [
        f"@{kind}{{k-{kind},\n"
        + "".join(f"  {field} = {{{word(kind, field)}}},\n" for field in _FIELDS)
        + "}"
        for kind in kinds
    ]
    return "\n\n".join(entries), said


def csl() -> tuple[str, dict[str, list[str]]]:
    kinds = [
        "article",
        "classic",
        "entry",
        "event",
        "map",
        "regulation",
        "review-book",
        *sorted(set(ENTRY_TYPES.values())),
    ]
    items, said = [], {}
    for kind in kinds:
        names = {
            role: [{p: word(kind, role + p) for p in ("family", "given", "non-dropping-particle", "suffix")}]
            for role in _ROLES
        }
        deep = {"a": {"b": [1, word(kind, "deep")]}}
        fields = {field: word(kind, field) for field in _CSL}
        items.append({"id": f"k-{kind}", "type": kind, **fields, **names, "custom": deep})
        parts = [part for role in names.values() for part in role[0].values()]
        said[kind] = [*fields.values(), *parts, word(kind, "deep")]
    return json.dumps(items), said


@pytest.mark.parametrize(("ending", "make"), [(".ris", ris), (".bib", bibtex), (".json", csl)])
def test_every_field_of_every_kind_is_in_the_row_and_comes_back(tmp_path: Path, ending: str, make):
    text, said = make()
    path = tmp_path / f"a{ending}"
    path.write_text(text, encoding="utf-8")
    case = kit.open(write_rows(tmp_path / "case", {name: [] for name in ("sources", "events", "evidence")}))
    added, there, told = case.import_sources(path, tier="secondary")
    assert (len(added), len(there)) == (len(said), 0)
    assert not told["says"].str.startswith("is left aside").any()
    frame = case.table("sources")
    own = [
        unquote(" ".join(map(str, row))).lower()
        for row in frame.set_index("id", drop=False).loc[added["id"]].to_numpy()
    ]
    back = {
        form: {
            row["id"]: unquote(" ".join(row.values())).lower()
            for row in map(item_row, FORMATS[form].read(exported(frame, form)).items)
        }
        for form in FORMATS
    }
    for identity, (kind, words), row in zip(added["id"], said.items(), own, strict=True):
        for place, held in {"row": row, **{form: rows[identity] for form, rows in back.items()}}.items():
            lost = [each for each in words if each not in held]
            assert lost == [], f"{kind}, {place}"
