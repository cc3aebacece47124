"""The ledger of our statements, ``data/processed/statements.csv``: each sentence that states a fact, with its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import BadTable, Problem
from kit.evidence.drawn import headlines
from kit.evidence.notebooks import saved
from kit.evidence.prose import Sentence, sentences
from kit.evidence.statement_ids import Worded, matched
from kit.evidence.stating import states_fact
from kit.tables.lists import join_list, split_list
from kit.tables.write import write_whole

LEDGER = Path("data") / "processed" / "statements.csv"
COLUMNS = ["statement", "notebook", "cell", "position", "text", "marks", "first_seen", "retired_on"]
_DAY = r"\d{4}-\d{2}-\d{2}"
_FORMS = {"statement": r"s-\d{4,}", "position": r"\d+", "first_seen": _DAY, "retired_on": rf"(?:{_DAY})?"}


@dataclass(frozen=True)
class Statement:
    """A sentence of ours that states a fact, in prose or above a chart: its id, notebook, cell's number, and the sentence."""

    id: str
    notebook: str
    cell: int
    sentence: Sentence

    @property
    def text(self) -> str:
        """The sentence as a reader sees it."""
        return self.sentence.text


def read_statements(case: Path) -> pd.DataFrame:
    """The ledger of the case folder ``case``, its cells as text; no rows where none was written yet.

    A row that is not of its form, or an id that stands twice, raises `BadTable` with all of them: an id read wrongly
    would put a person's mark on another sentence.
    """
    path = case / LEDGER
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    cells = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    remedy = "put the ledger back from version control"
    if cells.columns.tolist() != COLUMNS:
        wrong = Problem("header", "has other columns", f"it is {','.join(COLUMNS)}")
        raise BadTable({LEDGER.as_posix(): [wrong]})
    problems = [
        Problem(f"row {number + 2}", f"{name} {cells[name][number][:40]!r} is not of its form", remedy)
        for name, form in _FORMS.items()
        for number in (~cells[name].str.fullmatch(form)).to_numpy().nonzero()[0]
    ]
    problems += [
        Problem(f"row {number + 2}", f"{cells['statement'][number]} stands twice", remedy)
        for number in cells["statement"].duplicated().to_numpy().nonzero()[0]
    ]
    if problems:
        raise BadTable({LEDGER.as_posix(): problems})
    return cells


def statements(case: Case, on: date) -> list[Statement]:
    """Each sentence and headline of the saved notebooks that states a fact, in order, with its id; the ledger is written.

    Ids are matched with the last ledger (`kit.evidence.statement_ids`), serial, and never given again. ``on`` is the
    day that new and retired rows get; where no sentence has changed, no byte of the ledger does.
    """
    after, found = _followed(case, on)
    content = _bytes(after)
    path = case.path / LEDGER
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
    return found


def behind(case: Case, on: date) -> list[str]:
    """What the ledger does not say yet of the saved notebooks, a line each; `statements` writes it, this does not.

    >>> import kit
    >>> behind(kit.open(), date(2026, 1, 1))
    []
    """
    before = read_statements(case.path)
    after, _ = _followed(case, on)
    told = []
    was = {row.statement: row for row in before.itertuples(index=False)}
    for row in after.itertuples(index=False):
        old = was.get(row.statement)
        if old is None:
            told.append(f"{row.statement} is new: {row.text}")
        elif old.retired_on != row.retired_on:
            told.append(f"{row.statement} is {'gone' if row.retired_on else 'back'}: {row.text}")
        elif old != row:
            changed = [name for name in COLUMNS if getattr(old, name) != getattr(row, name)]
            told.append(f"{row.statement} has another {', '.join(changed)}: {row.text}")
    return told


def _followed(case: Case, on: date) -> tuple[pd.DataFrame, list[Statement]]:
    """The ledger as the saved notebooks have it, and their statements in order."""
    names = {name for row in case.actors.itertuples() for name in (row.name, *row.aliases)}
    found = [
        (name, notebook["cells"][sentence.cell - 1].get("id", ""), sentence)
        for name, notebook in saved(case).items()
        for sentence in _ours(notebook)
        if states_fact(sentence, names)
    ]
    worded = [
        Worded(notebook, cell, sentence.position, sentence.text, frozenset(marks_of(sentence)))
        for notebook, cell, sentence in found
    ]
    after, ids = numbered(read_statements(case.path), worded, on)
    return after, [
        Statement(id, notebook, sentence.cell, sentence)
        for id, (notebook, _, sentence) in zip(ids, found, strict=True)
    ]


def _ours(notebook: Any) -> list[Sentence]:
    """The sentences of the prose and the headlines of the charts, in order."""
    return sorted([*sentences(notebook), *headlines(notebook)], key=lambda each: (each.cell, each.position))


def _bytes(ledger: pd.DataFrame) -> bytes:
    return ledger.to_csv(index=False, lineterminator="\n").encode("utf-8")


def marks_of(sentence: Sentence) -> list[str]:
    """What a sentence rests on, each once: the id of a fact or source, ``#name`` for a number that a cell computed."""
    marks = [*sentence.cited, *(f"#{number.target}" for number in sentence.numbers)]
    return list(dict.fromkeys(marks))


def numbered(before: pd.DataFrame, now: list[Worded], on: date) -> tuple[pd.DataFrame, list[str]]:
    """The ledger that follows ``before`` when the sentences are ``now``, sorted by id, and the id of each sentence.

    >>> empty = pd.DataFrame(columns=COLUMNS, dtype="str")
    >>> first, ids = numbered(empty, [Worded("01", "a", 1, "The office paid a fine.")], date(2021, 6, 1))
    >>> second, again = numbered(first, [Worded("01", "b", 4, "The office paid a fine.")], date(2021, 7, 1))
    >>> ids, again, second["first_seen"].tolist()
    (['s-0001'], ['s-0001'], ['2021-06-01'])
    """
    standing = before["retired_on"].eq("")
    known = pd.concat([before[standing], before[~standing]], ignore_index=True)
    old = [_worded(row) for row in known.itertuples()]
    count = int(standing.sum())
    last = max((int(id.removeprefix("s-")) for id in known["statement"]), default=0)
    ids, rows, seen = [], [], set()
    for sentence, match in zip(now, matched(old[:count], now, old[count:]), strict=True):
        if match is None:
            last += 1
            id, first = f"s-{last:04d}", on.isoformat()
        else:
            id, first = known.loc[match, "statement"], known.loc[match, "first_seen"]
        ids.append(id)
        seen.add(id)
        rows.append((id, *_cells(sentence), first, ""))
    gone = known[~known["statement"].isin(seen)]
    gone = gone.assign(retired_on=gone["retired_on"].where(gone["retired_on"].ne(""), on.isoformat()))
    after = pd.concat([pd.DataFrame(rows, columns=COLUMNS), gone], ignore_index=True).astype("str")
    serial = after["statement"].str.removeprefix("s-").astype(int)
    return after.loc[serial.sort_values().index].reset_index(drop=True), ids


def _worded(row: Any) -> Worded:
    marks = frozenset(split_list(row.marks))
    return Worded(row.notebook, row.cell, int(row.position), row.text, marks)


def _cells(sentence: Worded) -> tuple[str, ...]:
    position, marks = str(sentence.position), join_list(sorted(sentence.marks))
    return sentence.notebook, sentence.cell, position, sentence.text, marks
