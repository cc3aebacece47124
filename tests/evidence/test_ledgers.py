"""The ledgers are what their description says, and those of the investigation speak of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.evidence.passages import ledger
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.verdict import REMEDIES
from kit.evidence.prose import statements
from kit.sources.capture import index
from kit.sources.capture.capture import HOW
from kit.sources.capture.index import read_index
from kit.tables.ledgers import LEDGERS
from kit.tables.schema import TABLES, Column


def column(table: str, name: str) -> Column:
    return next(column for column in LEDGERS[table].columns if column.name == name)


@pytest.mark.parametrize(("name", "columns", "path"), [
    ("captures", index.COLUMNS, index.LEDGER),
    ("passages", ledger.PASSAGE_COLUMNS, ledger.PASSAGE_LEDGER),
    ("statements", statements.STATEMENT_COLUMNS, statements.STATEMENT_LEDGER),
])  # fmt: skip
def test_columns_and_place_are_as_described(name: str, columns: list[str], path: Path) -> None:
    assert LEDGERS[name].names == columns
    assert LEDGERS[name].path == path.as_posix()


def test_vocabularies_are_as_described() -> None:
    assert column("captures", "how").words == HOW
    assert column("passages", "verdict").words == tuple(REMEDIES)


def test_no_ledger_has_the_name_of_a_table() -> None:
    assert not LEDGERS.keys() & TABLES.keys()


def test_what_a_column_must_hold_it_holds(project: Path) -> None:
    frames = {
        "captures": read_index(project),
        "passages": read_passages(project),
        "statements": statements.read_statements(project),
    }
    for name, frame in frames.items():
        needed = [column.name for column in LEDGERS[name].columns if column.required]
        assert not (frame[needed].astype("str") == "").any(axis=None), name


def test_every_passage_was_read_in_a_capture_of_the_ledger(project: Path) -> None:
    assert set(read_passages(project)["capture"]) <= set(read_index(project)["id"])


def test_the_ledgers_hold_no_path_of_a_machine(project: Path) -> None:
    for path in (index.LEDGER, ledger.PASSAGE_LEDGER, statements.STATEMENT_LEDGER):
        text = (project / path).read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("file:", "/home/", "/root/", "/tmp/", "\\"))
