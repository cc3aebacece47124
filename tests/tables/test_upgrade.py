"""A case of the first edition comes to this one whole: its variables are declared, and no cell is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.small_case import ROWS, write_rows

import kit
from kit.cli.main import main
from kit.errors import BadTable
from kit.files import CACHE_FOLDER

CASES, CODEBOOK = "data/manual/cases.csv", "data/manual/codebook.csv"
ABOUT = {row["variable"]: row["definition"] for row in ROWS["codebook"] if row["kind"]}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and CACHE_FOLDER not in path.relative_to(folder).parents
    }


@pytest.fixture
def first(tmp_path):
    """The small case as the first edition had it: a codebook of values alone, and a description with what columns mean."""
    folder = write_rows(tmp_path / "harbour", ROWS)
    second = (folder / CODEBOOK).read_text()
    rows = [row for row in ROWS["codebook"] if not row["kind"]]
    text = "".join(f"{row['variable']},{row['value']},{row['definition']}\n" for row in sorted(rows, key=str))
    (folder / CODEBOOK).write_text("variable,value,definition\n" + text)
    fields = [{"name": name, "type": "string", "description": about} for name, about in ABOUT.items()]
    next(field for field in fields if field["name"] == "warning_days")["type"] = "number"
    package = {"resources": [{"name": "cases", "schema": {"fields": fields}}]}
    (folder / "data/datapackage.json").write_text(json.dumps(package))
    return folder, second


def test_it_says_how_to_come_here(first):
    with pytest.raises(BadTable, match="`kit upgrade` does so for an older case"):
        kit.open(first[0]).cases  # noqa: B018


def test_the_codebook_declares_what_the_kit_knew_before(first):
    folder, second = first
    cases = (folder / CASES).read_bytes()
    done = kit.upgrade(folder)
    # One case has one broker, and a cell of one actor does not say that there could be more.
    assert (folder / CODEBOOK).read_text() == second.replace("brokers,actors", "brokers,actor")
    assert (folder / CASES).read_bytes() == cases
    assert set(done.texts) == {CODEBOOK, "data/README.md", "data/datapackage.json"}
    assert kit.open(folder).cases["reasons"].tolist() == [("safety", "debt")]
    assert kit.open(folder).check().query("severity == 'error'").empty


def test_what_was_there_is_kept_and_a_second_time_changes_nothing(first):
    folder, _ = first
    before = files(folder)
    done = kit.upgrade(folder)
    assert files(done.copy) == {name: before[name] for name in (CODEBOOK, "data/datapackage.json")}
    after = files(folder)
    assert kit.upgrade(folder).texts == {}
    assert files(folder) == after


def test_a_dry_run_shows_every_row_that_comes_and_writes_nothing(first):
    folder, _ = first
    before = files(folder)
    done = CliRunner().invoke(main, ["--case", str(folder), "upgrade", "--dry-run"])
    assert done.exit_code == 0
    assert "data/manual/codebook.csv gains the column kind\n" in done.output
    for line in ("+brokers,actor,,Who was shut out", "+reasons,many,,Reasons that were given",
                 "+warning_days,number,,Days of warning", "+reopened_on,date,,When they came back (EDTF)"):  # fmt: skip
        assert line in done.output
    assert "\n-category" not in done.output
    assert "nothing was written" in done.output
    assert files(folder) == before
    CliRunner().invoke(main, ["--case", str(folder), "upgrade"])
    told = CliRunner().invoke(main, ["--case", str(folder), "upgrade"]).output
    assert told == "this case is of this edition already\n"


def test_kinds_are_read_from_the_cells(first):
    folder, _ = first
    (folder / "data/datapackage.json").unlink()
    text = (folder / CASES).read_text()
    text = text.replace(",warning_days,", ",warned,").replace("not-applicable", "12")
    text = text.replace("police,", "police; harbour-office,").replace(",reopened_on,", ",reopened,")
    lines = text.splitlines()
    lines[0] += ",word"
    (folder / CASES).write_text("\n".join([lines[0], lines[1] + ",one =word"]) + "\n")
    kit.upgrade(folder)
    kinds = kit.open(folder).codebook.query("kind != ''").set_index("variable")["kind"]
    assert kinds["warned"] == "number"
    assert kinds["brokers"] == "actors"
    assert kinds["office"] == "actor"
    assert kinds["rule"] == "one"
    assert kinds["word"] == "text"
    told = kit.open(folder).codebook.query("variable == 'word'")["definition"].item()
    assert told == "The first edition's description of the tables does not say what it means."


def test_a_codebook_that_cannot_be_read_stops_it(first):
    folder, _ = first
    (folder / CODEBOOK).write_text("variable,value\nrule,existing\n")
    before = files(folder)
    with pytest.raises(BadTable, match="column 'definition' is missing"):
        kit.upgrade(folder)
    assert files(folder) == before
