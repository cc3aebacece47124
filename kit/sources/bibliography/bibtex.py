"""BibTeX and BibLaTeX: pandoc reads and writes them; the fields that it passes over are found here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kit.sources.bibliography.csl import PUBLISHER_FIELD, Item
from kit.text.pandoc import run_pandoc

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]\s*([^\s,{}()]+)\s*,")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w-]*)\s*=\s*", re.ASCII)
_NO_ENTRY = ("comment", "preamble", "string")
#: What pandoc makes a CSL field of, or needs to choose a type by.
_READ = frozenset(
    re.findall(
        r"\S+",
        """
    abstract address addendum afterword annotation annote annotator author bookauthor booksubtitle
    booktitle booktitleaddon chapter commentator crossref date day doi edition editor editora
    editoratype editortype entrysubtype eprint eprintclass eprinttype eventdate eventtitle foreword
    howpublished ids institution introduction isbn issn issue issuesubtitle issuetitle journal
    journalsubtitle journaltitle key keywords label langid language location mainsubtitle maintitle
    month note number options organization origdate origlanguage origlocation origpublisher
    origtitle pages pagetotal part pmid primaryclass publisher pubstate related school series
    shortauthor shorthand shortjournal shorttitle subtitle title titleaddon translator type url
    urldate venue version volume volumes year
    """,
    )
)


def read_bibtex(text: str) -> list[Item]:
    """The references of a BibTeX or BibLaTeX file as CSL items; fields that pandoc passes over stay in
    ``custom``.

    What pandoc cannot read raises `PandocFailed` with its words.

    >>> item = read_bibtex("@article{Roe2021, title={Raid}, journal={Post}, year=2021, printrun={9}}")[0]
    >>> item["container-title"], item["custom"]
    ('Post', {'bibtex-printrun': '9'})
    """
    items = json.loads(run_pandoc(text, "biblatex", "csljson"))
    further = {key: {f"bibtex-{name}": value for name, value in fields} for key, fields in _unread(text)}
    for item in items:
        if more := further.get(item.get("id")):
            item["custom"] = more
        if "annote" in item and "note" not in item:
            item["note"] = item.pop("annote")
        # pandoc makes a short title of whatever stands before a colon.
        if item.get("title", "").startswith(f"{item.get('title-short')}:"):
            del item["title-short"]
        # pandoc gives an empty date, type or list where an entry holds a word instead.
        for field in [field for field, value in item.items() if value in ("", [], {}, {"date-parts": []})]:
            del item[field]
    return items


def write_bibtex(items: list[Item]) -> str:
    """The items as a BibLaTeX file; notes go into ``annotation``, since pandoc takes "Key: words" in a note
    for a field.

    >>> print(write_bibtex([{"id": "a", "type": "book", "title": "On Ports", "publisher": "Quay"}]).splitlines()[0])
    @book{a,
    """
    ready: list[Item] = []
    for item in items:
        field = PUBLISHER_FIELD.get(item["type"], "container-title")
        # BibLaTeX has no place for the site of a page or the court of a case; its publisher is printed
        # instead.
        if not item["type"].startswith("article-") and field in item and "publisher" not in item:
            item = {**item, "publisher": item[field]}
            del item[field]
        if item["type"] in ("post", "post-weblog"):
            item = {**item, "type": "webpage"}
        ready.append({"annote" if field == "note" else field: value for field, value in item.items()})
    return run_pandoc(json.dumps(ready), "csljson", "biblatex") + "\n"


def _unread(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for entry in _ENTRY.finditer(text):
        if entry[1].lower() not in _NO_ENTRY:
            fields = [(name, value) for name, value in _fields(text, entry.end()) if name not in _READ]
            yield entry[2], fields


def _fields(text: str, at: int) -> Iterator[tuple[str, str]]:
    while field := _FIELD.match(text, at):
        begin, at = field.end(), _end(text, field.end())
        value = " ".join(text[begin:at].split())
        yield field[1].lower(), value[1:-1] if value[:1] + value[-1:] in ("{}", '""') else value


def _end(text: str, at: int) -> int:
    """Where the value that begins at ``at`` ends: at the first comma or closing brace outside braces and
    quotes.
    """
    depth, quoted = 0, False
    while at < len(text):
        mark = text[at]
        if mark == "\\":
            at += 1
        elif mark == '"' and not depth:
            quoted = not quoted
        elif mark == "{":
            depth += 1
        elif mark in "})" and not quoted and not depth:
            return at
        elif mark == "}":
            depth -= 1
        elif mark == "," and not quoted and not depth:
            return at
        at += 1
    return at
