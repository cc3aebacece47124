"""The ledgers are what their description says, and those of the investigation speak of each other."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kit.errors import BadTable
from kit.evidence.passages import ledger
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.verdict import REMEDIES
from kit.evidence.prose import statements
from kit.sources.capture import index
from kit.sources.capture.capture import HOW, Capture
from kit.sources.capture.index import read_index
from kit.tables.columns import Column
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger
from kit.tables.schema import TABLES


def column(table: str, name: str) -> Column:
    return next(column for column in LEDGERS[table].columns if column.name == name)


def test_a_capture_is_a_row_of_its_ledger() -> None:
    assert [field.name for field in fields(Capture) if field.name != "folder"] == LEDGERS["captures"].names


def test_vocabularies_are_as_described() -> None:
    assert column("captures", "how").words == HOW
    assert column("passages", "verdict").words == tuple(REMEDIES)


def test_no_ledger_has_the_name_of_a_table() -> None:
    assert not LEDGERS.keys() & TABLES.keys()


@pytest.mark.parametrize("name", LEDGERS)
def test_the_ledgers_of_the_investigation_are_as_they_were_written(name: str, project: Path) -> None:
    assert len(read_ledger(project, name))


@pytest.mark.parametrize(("name", "column", "bad"), [
    (name, column.name, "?") for name, table in LEDGERS.items() for column in table.columns
    if column.form or column.words
])  # fmt: skip
def test_a_cell_that_is_not_of_its_form_is_refused(
    name: str, column: str, bad: str, project: Path, tmp_path: Path
) -> None:
    cells = read_ledger(project, name)
    cells.loc[0, column] = bad
    path = tmp_path / LEDGERS[name].path
    path.parent.mkdir(parents=True)
    cells.to_csv(path, index=False)
    with pytest.raises(BadTable, match=rf"row 2 .*{column}.*put the ledger back from version control"):
        read_ledger(tmp_path, name)


def test_every_passage_was_read_in_a_capture_of_the_ledger(project: Path) -> None:
    assert set(read_passages(project)["capture"]) <= set(read_index(project)["id"])


def test_the_ledgers_hold_no_path_of_a_machine(project: Path) -> None:
    for path in (index.LEDGER, ledger.PASSAGE_LEDGER, statements.STATEMENT_LEDGER):
        text = (project / path).read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("file:", "/home/", "/root/", "/tmp/", "\\"))
