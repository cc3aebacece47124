"""One id for one thing: an id changed everywhere at once, and two ids that are one thing made one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import BadTable, KitError, Problem, Problems
from kit.files import write_all
from kit.sources.capture.index import COLUMNS as CAPTURE_COLUMNS
from kit.sources.capture.index import LEDGER as CAPTURES_LEDGER
from kit.tables.cells import join_list, split_list
from kit.tables.columns import Table
from kit.tables.ledgers import LEDGERS
from kit.tables.load import evidence_ids
from kit.tables.read import read_text, suggest
from kit.tables.validate import check_tables, is_id
from kit.tables.write import saved_as, table_bytes
from kit.text.wording import listed

#: Columns of other tables that hold ids although their kind does not say so, by what separates them in a cell.
_NAMING = {("waivers", "record"): False, ("checks", "basis"): True, ("checks", "statement"): False}


@dataclass(frozen=True)
class Rewritten:
    """What a change of ids rewrites: the new bytes of each file, and how often the id stood in each.

    ``mentions`` are files in which the old id stands in words or code that a person has to look at.
    """

    contents: dict[Path, bytes]
    counts: dict[str, int]
    mentions: list[str]


def rename(case: Case, old: str, new: str, *, dry_run: bool = False) -> Rewritten:
    """What was rewritten so that ``old`` is ``new``: every table, the ledgers, and the notebooks' marks, or nothing at all.

    ``old`` is the id of a source, an event, an actor, a tag or any other row that has one; ``table/id`` says which
    table's where two have it. Captures keep their own ids and files; the ledger says whose they are. Verdicts and
    checkers' marks go along. In a notebook's code only whole strings are changed. An id that is not there, is no id, or
    is taken raises `KitError`; tables that cannot be read raise `BadTable`; then nothing is written.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     rename(demo.case, "nobody", "somebody")
    Traceback (most recent call last):
        ...
    kit.errors.KitError: nobody: is the id of nothing in this case; look it up in data/manual
    """
    with nullcontext() if dry_run else case.writing():
        return _renamed(case, old, new, dry_run)


def _renamed(case: Case, old: str, new: str, dry_run: bool) -> Rewritten:
    table, old = _found(case, old)
    new = new.rpartition("/")[2]
    if not is_id(new):
        raise KitError(
            new, "is no id", "use lower-case letters, digits, and hyphens, dots or low lines between them"
        )
    taken = {**case.citable, **{str(id): table.name for id in case.table(table.name)[table.key[0]]}}
    if new in taken:
        raise KitError(new, f"is taken in {taken[new]}.csv", f"choose another, or: kit merge {old} {new}")
    return _written(_Change(case, table, old, new), dry_run)


def merge(case: Case, kept: str, gone: str, *, force: bool = False, dry_run: bool = False) -> Rewritten:
    """What was rewritten so that the row ``gone`` is part of the row ``kept`` and everything that named it names that.

    A blank cell of ``kept`` takes what ``gone`` has; lists are put together. Where both say something and it is not the
    same, `Problems` names each cell and nothing is written, unless ``force`` lets ``kept`` stand. Rows that become the
    same are one row then. Two ids of different tables raise `KitError`.
    """
    with nullcontext() if dry_run else case.writing():
        table, kept = _found(case, kept)
        other, gone = _found(case, gone)
        if other.name != table.name or kept == gone:
            both = f"are ids of {table.name}.csv and {other.name}.csv" if kept != gone else "are the same id"
            raise KitError(f"{kept}, {gone}", both, "name two ids of one table")
        return _written(_Change(case, table, gone, kept, into=True, force=force), dry_run)


def _found(case: Case, id: str) -> tuple[Table, str]:
    """The table that has the id in its key, and the id without the table's name."""
    named, _, id = id.rpartition("/")
    schema = case.schema
    here = [
        table
        for table in schema.values()
        if table.key == ("id",) and (case.table(table.name)["id"] == id).any() and named in ("", table.name)
    ]
    if not here:
        known = [
            str(each)
            for table in schema.values()
            if table.key == ("id",)
            for each in case.table(table.name)["id"]
        ]
        near = suggest(id, known)
        remedy = f"did you mean {near!r}?" if near else "look it up in data/manual"
        raise KitError(id, "is the id of nothing in this case", remedy)
    if len(here) > 1:
        ways = [f"{table.name}/{id}" for table in here]
        raise KitError(
            id, f"is an id in {listed([table.path for table in here])}", f"say which: {listed(ways, 'or')}"
        )
    return here[0], id


class _Change:
    """Every file with ``old`` written as ``new``; with ``into``, the row of ``old`` goes into that of ``new``."""

    def __init__(
        self, case: Case, table: Table, old: str, new: str, *, into: bool = False, force: bool = False
    ) -> None:
        self.case, self.table, self.old, self.new, self.into, self.force = case, table, old, new, into, force
        self.cells: dict[str, pd.DataFrame] = {}
        self.counts: dict[str, int] = {}
        self.contents: dict[Path, bytes] = {}
        self.evidence: dict[str, str] = {}

    def make(self) -> Rewritten:
        self._tables()
        self._ledgers()
        for path in sorted((self.case.path / "notebooks").glob("*.ipynb")):
            self._notebook(path)
        return Rewritten(self.contents, self.counts, list(self._mentions()))

    def _tables(self) -> None:
        problems = {}
        for name, table in self.case.schema.items():
            path = self.case.path / table.path
            if path.is_file():
                self.cells[name], wrong = read_text(path, table)
                if wrong:
                    problems[table.path] = wrong
        if problems:
            raise BadTable(problems)
        before = self.cells["evidence"]
        ids = evidence_ids(before)
        if self.into:
            self._put_together()
        changed = {name: self._retold(name, cells) for name, cells in self.cells.items()}
        self.evidence = {
            one: other
            for one, other in zip(ids, evidence_ids(changed["evidence"]), strict=True)
            if one != other
        }
        if "waivers" in changed:
            changed["waivers"]["record"] = changed["waivers"]["record"].replace(self.evidence)
        if self.into:
            changed = {name: self._once(name, cells) for name, cells in changed.items()}
        if problems := check_tables(changed, self.case.schema):
            raise BadTable(problems)
        for name, cells in changed.items():
            if not cells.equals(self.cells[name]):
                place = self.case.schema[name].path
                self._put(place, saved_as(self.case.path / place, table_bytes(cells, self.case.schema[name])))

    def _retold(self, name: str, cells: pd.DataFrame) -> pd.DataFrame:
        """The cells with the id written anew in each column that may hold it."""
        cells = cells.copy()
        for column in self.case.schema[name].columns:
            own = name == self.table.name and column.name == "id"
            naming = (name, column.name) in _NAMING and self._citable()
            if column.name not in cells or not (own or naming or self.table.name in column.refers):
                continue
            many = column.many or _NAMING.get((name, column.name), False)
            whole = cells[column.name].str.strip()
            if many:
                made = whole.map(lambda cell: self._item(cell) if self.old in split_list(cell) else cell)
            else:
                made = whole.where(whole.ne(self.old), self.new)
            if not own or not self.into:
                self._count(self.case.schema[name].path, int(made.ne(whole).sum()))
                cells[column.name] = made.where(made.ne(whole), cells[column.name])
        return cells

    def _item(self, cell: str) -> str:
        items = [self.new if item == self.old else item for item in split_list(cell)]
        return join_list(dict.fromkeys(items))

    def _citable(self) -> bool:
        return self.old in self.case.citable and self.case.citable[self.old] == self.table.name

    def _put_together(self) -> None:
        """The row of ``new`` filled from that of ``old``, which goes; where both say something else, `Problems`."""
        cells = self.cells[self.table.name].copy()
        one, other = cells.index[cells["id"].eq(self.new)][0], cells.index[cells["id"].eq(self.old)][0]
        lists = {column.name for column in self.table.columns if column.many}
        wrong = []
        for column in (name for name in cells if name != "id"):
            ours, theirs = cells.at[one, column], cells.at[other, column]
            if column in lists:
                items = dict.fromkeys([*split_list(ours), *split_list(theirs)])
                cells.at[one, column] = join_list(item for item in items if item not in (self.old, self.new))
            elif not ours.strip():
                cells.at[one, column] = theirs if theirs != self.new else ""
            elif theirs.strip() and theirs != ours and not self.force:
                remedy = "make them agree, or let the first stand: --force"
                wrong.append(Problem(column, f"{self.new} says {ours!r}, {self.old} says {theirs!r}", remedy))
        if wrong:
            raise Problems({self.table.path: wrong})
        self._count(self.table.path, 1)
        # The row that goes stays under the other's id until rows that say the same are made one.
        self.cells[self.table.name] = cells

    def _once(self, name: str, cells: pd.DataFrame) -> pd.DataFrame:
        """The cells without the row that went, and with rows that now say the same made one."""
        if name == self.table.name:
            cells = cells[cells["id"].ne(self.old)]
        for column in ("derived_from",):
            if column in cells and name == self.table.name:
                own = cells["id"].eq(self.new)
                cells.loc[own, column] = cells.loc[own, column].map(
                    lambda cell: join_list(item for item in split_list(cell) if item != self.new)
                )
        return cells.drop_duplicates(ignore_index=True)

    def _ledgers(self) -> None:
        if self.table.name == "sources":
            self._ledger(CAPTURES_LEDGER.as_posix(), CAPTURE_COLUMNS[0], {"source": {self.old: self.new}})
        passages = LEDGERS["passages"]
        self._ledger(passages.path, passages.key[0], {"evidence": self.evidence})
        if self._citable():
            statements = LEDGERS["statements"]
            self._ledger(statements.path, statements.key[0], {"marks": {self.old: self.new}}, many=True)

    def _ledger(
        self, name: str, key: str, changes: Mapping[str, Mapping[str, str]], *, many: bool = False
    ) -> None:
        path = self.case.path / name
        if not path.is_file():
            return
        cells = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
        for column, names in changes.items():
            if many:
                made = cells[column].map(
                    lambda cell, names=names: join_list(
                        dict.fromkeys(names.get(item, item) for item in split_list(cell))
                    )
                )
            else:
                made = cells[column].replace(dict(names))
            self._count(name, int(made.ne(cells[column]).sum()))
            cells[column] = made
        if self.counts.get(name):
            ordered = cells.sort_values(key, kind="stable").drop_duplicates([key] if self.into else None)
            self._put(name, ordered.to_csv(index=False, lineterminator="\n").encode())

    def _notebook(self, path: Path) -> None:
        """The notebook with its marks, and whole strings of its code, written anew; its other bytes as they were."""
        text = path.read_text(encoding="utf-8")
        try:
            cells = json.loads(text)["cells"]
        except (ValueError, KeyError, TypeError) as error:
            raise KitError(
                path.name, f"is no notebook that can be read ({error})", "mend it first"
            ) from error
        citable, count = self._citable(), 0
        mark = re.compile(rf"(?<![\w@])(-?@){re.escape(self.old)}(?![\w-]|[.:][\w])")
        string = re.compile(rf"(?<![\w\"'])([\"']){re.escape(self.old)}\1")
        for cell in cells:
            prose = cell.get("cell_type") == "markdown"
            if prose and not citable:
                continue
            lines = cell.get("source", [])
            for line in [lines] if isinstance(lines, str) else lines:
                swap = (mark, rf"\g<1>{self.new}") if prose else (string, rf"\g<1>{self.new}\g<1>")
                made, number = swap[0].subn(swap[1], line)
                if number:
                    count += number
                    text = _swapped(text, line, made)
        if count:
            name = path.relative_to(self.case.path).as_posix()
            self._count(name, count)
            self._put(name, text.encode())

    def _mentions(self) -> Iterator[str]:
        """Files that name the old id where it was not changed: in words, or in code."""
        whole = re.compile(rf"(?<![\w-]){re.escape(self.old)}(?![\w-])")
        for folder, pattern in (("notebooks", "*.ipynb"), ("notebooks", "*.py"), ("data/manual", "*.csv")):
            for path in sorted((self.case.path / folder).rglob(pattern)):
                content = self.contents.get(path)
                text = (path.read_bytes() if content is None else content).decode("utf-8", "replace")
                if path.suffix == ".ipynb":
                    text = "\n".join(_sources(text))
                if whole.search(text):
                    yield path.relative_to(self.case.path).as_posix()

    def _count(self, name: str, number: int) -> None:
        if number:
            self.counts[name] = self.counts.get(name, 0) + number

    def _put(self, name: str, content: bytes) -> None:
        self.contents[self.case.path / name] = content


def _swapped(text: str, line: str, made: str) -> str:
    """The notebook's text with that line of a source as another; each form in which JSON may write it is looked for."""
    for plain in (True, False):
        old, new = (json.dumps(each, ensure_ascii=not plain) for each in (line, made))
        if old in text:
            return text.replace(old, new)
    return text


def _sources(text: str) -> Iterator[str]:
    cells: list[dict[str, Any]] = json.loads(text).get("cells", [])
    for cell in cells:
        yield "".join(cell.get("source", []))


def _written(change: _Change, dry_run: bool) -> Rewritten:
    made = change.make()
    if not dry_run:
        write_all(dict(made.contents))
    return made
