"""The ledger of statements: written when a sentence changed, refused when it is not to be trusted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

import kit
from kit.clock import today
from kit.errors import BadTable
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.document import Document
from kit.evidence.prose.reviews import ReviewState, review_state, wording_changes
from kit.evidence.prose.statements import (
    STATEMENT_LEDGER,
    pending_changes,
    read_statements,
    update_statements,
)
from kit.tables.schema import TABLES

FIRST, LATER = date(2021, 6, 1), date(2021, 7, 1)
PROSE = (
    "# What happened at the harbour?\n\nPolice searched the Harbour Office in March 2021 [@2021-03-01-raid-harbour]. "
    "They took [38](#=boxes) boxes away. Who told them to?\n\nThe next cell counts the boxes."
)


def write_notebook(folder: Path, prose: str = PROSE, name: str = "01-the-raid") -> Path:
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    cell = new_markdown_cell(prose, id="01-001")
    nbformat.write(new_notebook(cells=[cell]), path)
    return path


def test_sentences_that_state_a_fact_get_ids_and_no_others(case_folder: Path) -> None:
    write_notebook(case_folder)
    found = update_statements(kit.open(case_folder), FIRST)
    assert [(s.id, s.text) for s in found] == [
        ("s-0001", "Police searched the Harbour Office in March 2021."),
        ("s-0002", "They took 38 boxes away."),
    ]
    ledger = read_statements(case_folder)
    assert ledger["marks"].tolist() == ["2021-03-01-raid-harbour", "#boxes"]
    assert ledger["cell"].tolist() == ["01-001", "01-001"]


def test_sentences_that_a_person_read_are_told_apart(project: Path) -> None:
    """165 sentences of our notebooks without a mark, each read and judged one by one: those that a rule of thumb can miss."""
    actors = kit.open(project).actors
    names = {name for row in actors.itertuples() for name in (row.name, *row.aliases)}
    rows = pd.read_csv(project / "tests/evidence/judged_sentences.csv", keep_default_na=False)
    wrong: dict[str, list[str]] = {"yes": [], "no": []}
    for row in rows.itertuples():
        (sentence,) = Document({"cells": [new_markdown_cell(row.sentence)]}).sentences
        if states_fact(replace(sentence, kind=row.kind), names) != (row.states_fact == "yes"):
            wrong[row.states_fact].append(row.sentence)
    counts = rows["states_fact"].value_counts()
    assert len(wrong["yes"]) <= 0.15 * counts["yes"], "\n".join(wrong["yes"])
    assert len(wrong["no"]) <= 0.04 * counts["no"], "\n".join(wrong["no"])


def test_a_build_without_changes_writes_no_byte(case_folder: Path) -> None:
    path = write_notebook(case_folder)
    update_statements(kit.open(case_folder), FIRST)
    before = (case_folder / STATEMENT_LEDGER).stat()
    update_statements(kit.open(case_folder), LATER)
    after = (case_folder / STATEMENT_LEDGER).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    write_notebook(case_folder, PROSE.replace("[38](#=boxes)", "[41](#=boxes)"))
    update_statements(kit.open(case_folder), LATER)
    ledger = read_statements(case_folder)
    assert ledger["statement"].tolist() == ["s-0001", "s-0002"]
    assert ledger["text"].tolist()[1] == "They took 41 boxes away."
    assert set(ledger["first_seen"]) == {"2021-06-01"}
    path.unlink()
    assert update_statements(kit.open(case_folder), LATER) == []
    assert read_statements(case_folder)["retired_on"].tolist() == ["2021-07-01", "2021-07-01"]


def test_what_the_ledger_does_not_say_yet_is_told_and_not_written(case_folder: Path) -> None:
    write_notebook(case_folder)
    update_statements(kit.open(case_folder), FIRST)
    before = (case_folder / STATEMENT_LEDGER).read_bytes()
    prose = PROSE.replace("[38](#=boxes) boxes away", "[41](#=boxes) boxes away. Nobody was held in 2021")
    write_notebook(case_folder, prose.replace("Police searched the Harbour Office in March 2021 ", "It"))
    lines = pending_changes(kit.open(case_folder), LATER)
    assert [re.sub(r"s-\d{8} is new", "s-NEW is new", line) for line in lines] == [
        "s-0001 is gone: Police searched the Harbour Office in March 2021.",
        "s-0002 has another text: They took 41 boxes away.",
        "s-NEW is new: It.",
        "s-NEW is new: Nobody was held in 2021.",
    ]
    assert (case_folder / STATEMENT_LEDGER).read_bytes() == before


def test_the_committed_ledger_is_that_of_the_notebooks(project: Path) -> None:
    lacking = pending_changes(kit.open(project), today())
    assert not lacking, "bring it up to date with: kit check --renew\n" + "\n".join(lacking)


@pytest.mark.parametrize(("old", "new", "wrong"), [
    ("s-0001", "s-1", "row 2 (s-1): statement 's-1' is not of its form"),
    ("s-0002", "s-0001", "row 3 (s-0001): says again what row 2 says"),
    ("2021-06-01", "1 June", "row 2 (s-0001): first_seen '1 June' is not"),
    ("notebook", "book", "header: column 'notebook' is missing"),
])  # fmt: skip
def test_a_ledger_that_cannot_be_trusted_is_refused(
    case_folder: Path, old: str, new: str, wrong: str
) -> None:
    write_notebook(case_folder)
    update_statements(kit.open(case_folder), FIRST)
    path = case_folder / STATEMENT_LEDGER
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BadTable) as refused:
        update_statements(kit.open(case_folder), LATER)
    assert wrong in str(refused.value)
    assert "put the ledger back" in str(refused.value) or "it is statement,notebook" in str(refused.value)


class Row:
    """A row of the checks table."""

    def __init__(self, **cells: object) -> None:
        whole = {
            "status": "checked",
            "by": "Ann Roe",
            "on": "2021-06-02",
            "comment": "",
            "wording": "It paid 38%.",
        }
        self.__dict__.update(whole | {"basis": ("fine-2021", "#share = 38 percent")} | cells)


BASIS = ["fine-2021", "#share = 38 percent"]


def test_a_mark_holds_for_the_wording_and_the_number_it_was_put_on() -> None:
    assert review_state("It paid 38%.", BASIS, Row()) == ReviewState("checked", "Ann Roe", "2021-06-02")
    assert review_state("It paid 38%.", BASIS, None) == ReviewState()


@pytest.mark.parametrize(("wording", "rests_on", "changed"), [
    ("It paid 41%.", BASIS, "“38%.” became “41%.”"),
    ("It paid 38%.", ["fine-2021", "#share = 37.6 percent"], "#share = 38 percent is now 37.6 percent"),
    ("It paid 38%.", ["fine-2022", BASIS[1]], "no longer rests on fine-2021; now rests on fine-2022 too"),
    ("It then paid 38%.", ["fine-2021"], "“then” was added; no longer rests on #share = 38 percent"),
])  # fmt: skip
def test_a_changed_statement_is_unchecked_again_and_says_what_changed(
    wording: str, rests_on: list[str], changed: str
) -> None:
    found = review_state(wording, rests_on, Row(status="wrong"))
    assert (found.status, found.by, found.changed) == ("unchecked", "", changed)
    assert found.before == "wrong (Ann Roe, 2021-06-02)"


def test_wording_that_had_to_be_guarded_is_compared_without_the_guard() -> None:
    assert review_state("-5% is no fall.", [], Row(wording="'-5% is no fall.", basis=())).status == "checked"


def test_a_difference_is_told_in_words() -> None:
    assert wording_changes("The office paid.", "The office paid.") == ""
    assert wording_changes("The office never paid it.", "The office paid it.") == "“never” was taken out"


def test_a_case_without_checks_has_none_and_a_bad_one_is_refused(case_folder: Path) -> None:
    assert kit.open(case_folder).checks.empty
    header = ",".join(TABLES["checks"].names)
    (case_folder / TABLES["checks"].path).write_text(f"{header}\ns-0001,fine,Roe,2021-06-02,,It paid.,\n")
    with pytest.raises(BadTable, match="status 'fine' is not one of unchecked, checked, wrong, needs-work"):
        _ = kit.open(case_folder).checks
