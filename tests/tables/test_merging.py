"""Two branches of a case: rows and fields are merged, what clashes is told by field, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.cli.main import main
from kit.errors import Problems
from kit.tables.merging.driver import install_merge_driver, merge_tables
from kit.tables.merging.three_way import merge_rows
from kit.tables.read import read_cells
from kit.tables.schema import TABLES

PLACES = "id,name,latitude,longitude,note\nmole,The mole,,,\nquay,Quay,54.1,12.1,wet\n"
NAME = "data/manual/places.csv"


@pytest.fixture
def merge(tmp_path: Path):
    """Merge three versions of a table; the clashes as told, and the file that came of it."""

    def merged(before: str, ours: str, theirs: str, name: str = NAME) -> tuple[list[str], str]:
        paths = [tmp_path / side for side in ("before", "ours", "theirs")]
        for path, text in zip(paths, (before, ours, theirs), strict=True):
            path.write_text(text, encoding="utf-8")
        return [str(clash) for clash in merge_tables(*paths, name)], paths[1].read_text(encoding="utf-8")

    return merged


@pytest.mark.parametrize(
    ("ours", "theirs", "together"),
    [
        (PLACES + "a,A,,,\n", PLACES + "b,B,,,\n", "a,A,,,\nb,B,,,\nmole,The mole,,,\nquay,Quay,54.1,12.1,wet\n"),
        (PLACES + "a,A,,,\n", PLACES + "a,A,,,\n", "a,A,,,\nmole,The mole,,,\nquay,Quay,54.1,12.1,wet\n"),
        (PLACES.replace("wet", "dry"), PLACES.replace("54.1", "54.2"), "mole,The mole,,,\nquay,Quay,54.2,12.1,dry\n"),
        (PLACES.replace("mole,The mole,,,\n", ""), PLACES, "quay,Quay,54.1,12.1,wet\n"),
        (PLACES, PLACES.replace("mole,The mole,,,\n", ""), "quay,Quay,54.1,12.1,wet\n"),
        (PLACES + 'a,"A, ""the"" A",,,"two\nlines"\n', PLACES, 'a,"A, ""the"" A",,,"two\nlines"\nmole,The mole,,,\nquay,Quay,54.1,12.1,wet\n'),
    ],
)  # fmt: skip
def test_what_one_side_alone_changed_is_taken(merge, ours: str, theirs: str, together: str):
    head = PLACES.splitlines(keepends=True)[0]
    assert merge(PLACES, ours, theirs) == ([], head + together)
    assert merge(PLACES, theirs, ours) == ([], head + together)


def test_a_field_that_both_changed_stands_twice_between_marks_and_is_told(merge):
    clashes, text = merge(
        PLACES, PLACES.replace("wet", "dry").replace("The mole", "Mole"), PLACES.replace("wet", "cold")
    )
    assert clashes == ["quay, note: here 'dry', there 'cold'; before 'wet'"]
    assert text == (
        "id,name,latitude,longitude,note\nmole,Mole,,,\n<<<<<<< ours\nquay,Quay,54.1,12.1,dry\n=======\n"
        "quay,Quay,54.1,12.1,cold\n>>>>>>> theirs\n"
    )


def test_a_row_that_one_side_removed_and_the_other_changed_clashes(merge):
    clashes, text = merge(
        PLACES, PLACES.replace("quay,Quay,54.1,12.1,wet\n", ""), PLACES.replace("wet", "dry")
    )
    assert clashes == ["quay: removed here, changed there"]
    assert "<<<<<<< ours\n=======\nquay,Quay,54.1,12.1,dry\n>>>>>>> theirs\n" in text


def test_a_list_takes_what_either_side_added_and_loses_what_either_removed(merge):
    actors = "id,kind,name,aliases,note\noffice,public-body,Office,HO; old name,\n"
    ours, theirs = (
        actors.replace("HO; old name", "HO; old name; H.O."),
        actors.replace("HO; old name", "HO; Bureau"),
    )
    clashes, text = merge(actors, ours, theirs, "data/manual/actors.csv")
    assert not clashes
    assert "office,public-body,Office,HO; H.O.; Bureau,\n" in text


def test_an_edit_of_a_key_is_followed(merge):
    head = "record,field,source,stance,says,start,end,prefix,suffix,locator\n"
    before = head + "raid,,post,supports,,The police,the office,,,\n"
    ours = before.replace("The police", "The police searched")
    theirs = before.replace("the office,,,", "the office,,,p. 2")
    clashes, text = merge(before, ours, theirs, "data/manual/evidence.csv")
    assert (clashes, text) == ([], head + "raid,,post,supports,,The police searched,the office,,,p. 2\n")
    clashes, text = merge(before, ours, before.replace("The police", "Police"), "data/manual/evidence.csv")
    assert clashes == ["raid, post, start: here 'The police searched', there 'Police'; before 'The police'"]


def test_columns_of_both_sides_come_in_the_order_of_the_table(merge):
    before = "id,name\nquay,Quay\n"
    clashes, text = merge(before, "id,name,note\nquay,Quay,wet\n", "id,name,latitude\nquay,Quay,54\n")
    assert (clashes, text) == ([], "id,name,latitude,note\nquay,Quay,54,wet\n")
    assert merge("id,name,note\nquay,Quay,\n", "id,name\nquay,Quay\n", "id,name,note\nquay,Quay,\n") == (
        [],
        before,
    )


def test_a_version_that_cannot_be_read_leaves_ours_as_it_was(merge, tmp_path):
    with pytest.raises(Problems, match=r"places\.csv, there: 1 problem"):
        merge(PLACES, PLACES, PLACES + "quay,Quay,,,\n")
    assert (tmp_path / "ours").read_text() == PLACES


CELLS = st.sampled_from(["", "a", "b", "a; b", 'x"y', "1,2", "two\nlines", "<<<<<<<"])
ROWS = st.dictionaries(
    st.sampled_from("abcde"), st.fixed_dictionaries({"name": CELLS, "note": CELLS}), max_size=5
)


def frame(rows: dict[str, dict[str, str]]) -> pd.DataFrame:
    told = [{"id": id, **cells} for id, cells in rows.items()]
    return pd.DataFrame(told, columns=["id", "name", "note"], dtype="str")


@given(ROWS, ROWS, ROWS)
def test_no_change_of_either_side_is_lost(before, ours, theirs):
    merged = merge_rows(frame(before), frame(ours), frame(theirs), TABLES["places"])
    for id in before.keys() | ours.keys() | theirs.keys():
        base, mine, yours = before.get(id), ours.get(id), theirs.get(id)
        key = (id,)
        if key in merged.clashes:
            assert mine != base
            assert yours != base
            assert (key in merged.ours, key in merged.theirs) == (mine is not None, yours is not None)
            continue
        made = merged.rows.get(key)
        if made is None:
            assert mine is None or yours is None
            assert base is not None or (mine is None and yours is None)
            assert base in (mine, yours) or (mine is None and yours is None)
            continue
        for name in ("name", "note"):
            had = (base or {}).get(name, "")
            changed = {side[name] for side in (mine, yours) if side is not None and side[name] != had}
            assert made[name] in (changed or {had})
            assert len(changed) <= 1
    swapped = merge_rows(frame(before), frame(theirs), frame(ours), TABLES["places"])
    assert swapped.rows == merged.rows
    assert swapped.clashes.keys() == merged.clashes.keys()


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    who = ["-c", "user.name=Ada Roe", "-c", "user.email=ada@paper.example", "-c", "commit.gpgsign=false"]
    home = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    home["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.run(
        ["git", "-C", str(folder), *who, *words], capture_output=True, text=True, env=home, check=False
    )


@pytest.fixture
def shared(case_folder: Path) -> Path:
    """The case in a repository whose tables git merges by row, on a branch of its own beside `main`."""
    git(case_folder, "init", "-q", "-b", "main")
    assert install_merge_driver(kit.open(case_folder)) == [
        "git's merge.casebook.name",
        "git's merge.casebook.driver",
        ".gitattributes",
    ]
    assert install_merge_driver(kit.open(case_folder)) == []
    git(case_folder, "add", "-A")
    assert git(case_folder, "commit", "-qm", "The case").returncode == 0
    return case_folder


def add(folder: Path, name: str, *lines: str) -> None:
    path = folder / TABLES[name].path
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8"
    )
    kit.tidy(folder)


def side(folder: Path, id: str, day: str) -> None:
    """What one of two people adds on her branch: a source, an event, and the row between them."""
    events = read_cells(folder / TABLES["events"].path, TABLES["events"])[0]
    row = dict.fromkeys(events.columns, "") | {
        "id": f"{day}-{id}", "date": day, "title": f"A {id}", "summary": "It was seen.", "status": "reported",
        "attributed_to": "Harbour Post", "confidence": "medium",
    }  # fmt: skip
    add(folder, "events", ",".join(row[name] for name in events.columns))
    git(folder, "commit", "-qam", f"A {id}")


def test_two_branches_that_both_add_rows_merge_without_a_conflict(shared: Path):
    git(shared, "checkout", "-qb", "theirs")
    side(shared, "flood", "2021-03-07")
    git(shared, "checkout", "-q", "main")
    side(shared, "fire", "2021-03-07")
    merged = git(shared, "merge", "-q", "--no-edit", "theirs")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    assert {"2021-03-07-fire", "2021-03-07-flood"} <= set(kit.open(shared).events.index)


def test_a_conflict_is_told_by_field_and_check_says_what_is_left_to_do(shared: Path):
    path = shared / TABLES["events"].path
    text = path.read_text(encoding="utf-8")
    git(shared, "checkout", "-qb", "theirs")
    path.write_text(text.replace("Officers took papers away.", "Officers took all papers."), encoding="utf-8")
    git(shared, "commit", "-qam", "All papers")
    git(shared, "checkout", "-q", "main")
    path.write_text(
        text.replace("Officers took papers away.", "Officers took some papers."), encoding="utf-8"
    )
    git(shared, "commit", "-qam", "Some papers")
    merged = git(shared, "merge", "-q", "theirs")
    assert merged.returncode == 1
    told = "summary: here 'Officers took some papers.', there 'Officers took all papers.'; before 'Officers took papers away.'"
    assert told in merged.stdout + merged.stderr
    found = kit.check(kit.open(shared))
    assert found["found"].str.contains("a mark of a merge").any()


def test_the_command_merges_line_by_line_what_is_no_sound_table(tmp_path: Path):
    for name, text in (
        ("before", PLACES),
        ("ours", PLACES + "quay,Quay,,,\n"),
        ("theirs", PLACES.replace("wet", "dry")),
    ):
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / name) for name in ("before", "ours", "theirs")]
    done = CliRunner().invoke(main, ["merge-tables", *files, NAME])
    assert done.exit_code == 1
    assert "is there twice" in done.output
    assert "merged line by line instead" in done.output
    assert "dry" in (tmp_path / "ours").read_text()
    refused = CliRunner().invoke(main, ["merge-tables", *files])
    assert refused.exit_code == 2
    unknown = CliRunner().invoke(main, ["merge-tables", *files, "data/manual/boats.csv"])
    assert unknown.exit_code == 1
    assert "is no table of the case" in unknown.output
