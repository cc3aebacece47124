"""The form of each table, made from its description: what is asked, what may be chosen, and how a cell is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kit.case import Case
from kit.errors import BadDate, Problem
from kit.tables.columns import Column, Table
from kit.tables.schema import MISSING
from kit.tables.validate import cell_problem, known_words
from kit.text.dates import weekday
from kit.text.edtf import parse_date
from kit.text.sentences import search_words
from kit.text.wording import listed

#: So many choices are listed; of more, the ids are typed or searched.
_CHOICES = 500
#: What a choice is called, by the table it is from.
_CALLED = {"actors": "name", "places": "name", "tags": "label"}
_DOUBT = {
    "": "",
    "uncertain": ", perhaps",
    "approximate": ", about then",
    "both": ", perhaps, and about then",
}
_WORDS_OF_ID = 6


@dataclass(frozen=True)
class Choice:
    """A value that a field may take, and what it is called or means."""

    value: str
    meaning: str = ""


@dataclass(frozen=True)
class Field:
    """A column as it is asked for.

    ``kind`` is that of the column; ``choices`` are what may be chosen, and where ``closed`` is on nothing else may be. ``refers`` names
    the tables in which an id is looked up that is not among them. ``missing``: words for a value that is not there.
    """

    name: str
    label: str
    about: str
    kind: str
    required: bool = False
    many: bool = False
    choices: tuple[Choice, ...] = ()
    closed: bool = False
    refers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    own: bool = False
    public: bool = True


@dataclass(frozen=True)
class Form:
    """What is asked of a row of ``table``, field by field, in the order of the table's description."""

    table: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


def form_of(case: Case, table: str) -> Form:
    """The form of a table of the case, its own columns and vocabularies included; `NoTable` where there is none.

    >>> import kit
    >>> form = form_of(kit.example(), "events")
    >>> [(field.name, field.kind, field.required) for field in form.fields][:2]
    [('id', 'id', True), ('date', 'date', True)]
    >>> [choice.value for choice in next(field for field in form.fields if field.name == "status").choices][:2]
    ['confirmed', 'reported']
    """
    case.table(table)  # says that there is none
    described = case.schema[table]
    return Form(
        table, described.about, described.key, tuple(_field(case, column) for column in described.columns)
    )


def cell_problems(case: Case, table: str, cells: Mapping[str, str]) -> dict[str, Problem]:
    """What is wrong with each of the cells of a row that is being typed, by column; what the tables say of each other comes
    when it is saved. `NoTable` where there is no such table.

    >>> import kit
    >>> cell_problems(kit.example(), "events", {"date": "2021-13"})["date"].remedy
    'write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF level 1 form'
    """
    case.table(table)
    known = known_words({name: case.table(name) for name in case.schema})
    found = {}
    for column in case.schema[table].columns:
        wrong = cell_problem(str(cells.get(column.name, "")).strip(), column, known, case.schema)
        if wrong:
            found[column.name] = wrong
    return found


def date_in_words(text: str) -> str:
    """How a date is understood, in plain words; what is no date is told with what to write.

    >>> date_in_words("2021-03-01"), date_in_words("2021-03~"), date_in_words("2021-03/..")
    ('Monday 1 March 2021', 'some day in March 2021, about then', 'from 1 March 2021 on')
    >>> date_in_words("2021-2X")
    "date '2021-2X' is not a real date; write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF level 1 form"
    """
    text = text.strip()
    if not text or text in MISSING:
        return {"": "no date", "unknown": "nobody could tell", "not-recorded": "nobody looked"}.get(
            text, "there is none"
        )
    try:
        span = parse_date(text)
    except BadDate as error:
        return str(Problem("", error.value, error.remedy))
    first, last = span.earliest, span.latest
    if first is None or last is None:
        words = f"from {_day(first)} on" if first else f"until {_day(last)}" if last else "at some time"
    elif span.precision == "day":
        words = f"{weekday(first)} {_day(first)}"
    elif span.precision == "interval":
        words = f"from {_day(first)} to {_day(last)}"
    elif span.precision == "month" and (first.year, first.month) == (last.year, last.month):
        words = f"some day in {first:%B} {first.year}"
    elif span.precision == "year" and first.year == last.year:
        words = f"some day in {first.year}"
    elif span.precision == "set" and "," in text:
        words = f"one of {listed([_day(parse_date(part.strip()).earliest) for part in text[1:-1].split(',')], 'or')}"
    else:
        words = f"some day from {_day(first)} to {_day(last)}"
    return words + _DOUBT[span.doubt]


def new_id(case: Case, table: str, cells: Mapping[str, str]) -> str:
    """A readable id for a new row, made of its date and first words, that nothing in the case has yet.

    >>> import kit
    >>> new_id(kit.example(), "events", {"date": "2021-05-04", "title": "The office closes berth nine"})
    '2021-05-04-the-office-closes-berth-nine'
    """
    described = case.schema[table]
    days = [cells.get(column.name, "") for column in described.columns if column.kind == "date"]
    told = next((cells[name] for name in _naming(described) if cells.get(name)), "")
    day = next((m[0] for each in days[:1] if (m := re.match(r"\d{4}(?:-\d\d){0,2}", each))), "")
    words = [word for word in search_words(unicodedata.normalize("NFKD", told)) if word.isascii()]
    wanted = "-".join(filter(None, (day, *words[:_WORDS_OF_ID]))) or table.rstrip("s")
    taken = {id for name, each in case.schema.items() if "id" in each.key for id in case.table(name)["id"]}
    number, id = 1, wanted
    while id in taken:
        number += 1
        id = f"{wanted}-{number}"
    return id


def _naming(table: Table) -> list[str]:
    """The columns that name a row, the likeliest first."""
    first = [
        name for name in ("publisher", "title", "name", "claim", "label", "metric") if name in table.names
    ]
    return [name for name in first if name != "publisher"] + [
        c.name for c in table.columns if c.kind == "text"
    ]


def _field(case: Case, column: Column) -> Field:
    choices, closed = _choices(case, column)
    return Field(
        name=column.name,
        label=column.name.replace("_", " ").capitalize(),
        about=column.about,
        kind=column.kind,
        required=column.required,
        many=column.many,
        choices=choices,
        closed=closed,
        refers=column.refers,
        missing=MISSING if column.missing else (),
        own=column.own,
        public=column.public,
    )


def _choices(case: Case, column: Column) -> tuple[tuple[Choice, ...], bool]:
    if column.words:
        return tuple(map(Choice, column.words)), True
    if column.codebook:
        rows = case.table("codebook")
        rows = rows[rows["variable"].eq(column.codebook) & rows["value"].ne("")]
        found = tuple(Choice(*pair) for pair in zip(rows["value"], rows["definition"], strict=True))
        return found, bool(found)
    found = ()
    for table in column.refers:
        rows = case.protection.frame(case.table(table), case.schema[table])
        if len(rows) + len(found) > _CHOICES:
            return (), False
        told = rows[_CALLED[table]] if table in _CALLED else rows["title"] if "title" in rows else rows["id"]
        ids = case.table(table)["id"]
        found += tuple(Choice(*pair) for pair in zip(ids, told, strict=True))
    return found, column.kind == "ref" and bool(found)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else "an unknown day"
