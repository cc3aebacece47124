"""A save writes all of its rows or none, leaves every other byte, and never writes over somebody else's work."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.side_by_side import side_by_side

import kit
from kit import files
from kit.desk import rows as saving
from kit.desk.rows import Conflict, Edit, as_if, redo, row_of, save_rows, undo
from kit.desk.table_file import TableFile
from kit.errors import BadTable, KitError
from kit.tables.schema import TABLES
from kit.tables.spreadsheet.saved import saved_rows

TAG = {"id": "fog", "facet": "law", "label": "Fog", "definition": "It could not be seen."}
EVENT = "2021-03-01-raid-harbour"


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


def raw(case: kit.Case, table: str) -> bytes:
    return (case.path / TABLES[table].path).read_bytes()


def rewrite(case: kit.Case, table: str, old: str, new: str) -> None:
    before = raw(case, table).decode()
    assert old in before
    (case.path / TABLES[table].path).write_text(before.replace(old, new), newline="")


def test_a_new_row_stands_in_its_order_and_nothing_else_moves(case: kit.Case) -> None:
    before = raw(case, "tags").splitlines(keepends=True)
    save_rows(case, [Edit("tags", TAG)])
    after = raw(case, "tags").splitlines(keepends=True)
    assert [line for line in after if line in before] == before
    assert after.index(b"fog,law,Fog,It could not be seen.\n") == 2
    assert case.tags.index.tolist() == ["fine", "fog", "raid"]


def test_a_change_touches_its_own_row(case: kit.Case) -> None:
    row, before = row_of(case, "events", EVENT), raw(case, "events").splitlines(keepends=True)
    save_rows(case, [Edit("events", {"title": 'Police, "twice"'}, row)])
    after = raw(case, "events").splitlines(keepends=True)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    assert case.events.at[EVENT, "title"] == 'Police, "twice"'
    assert case.events.at[EVENT, "summary"] == row["summary"]


def test_a_row_is_taken_out(case: kit.Case) -> None:
    save_rows(case, [Edit("tags", TAG)])
    save_rows(case, [Edit("tags", None, row_of(case, "tags", "fog"))])
    assert "fog" not in case.tags.index


def test_what_others_changed_in_other_cells_stays(case: kit.Case) -> None:
    row = row_of(case, "tags", "raid")
    rewrite(case, "tags", "Premises were searched.", "A place was searched.")
    save_rows(case, [Edit("tags", {**row, "label": "Search"}, row)])
    assert case.tags.loc["raid", ["label", "definition"]].tolist() == ["Search", "A place was searched."]


def test_what_others_changed_in_the_same_cell_is_told_by_field_and_nothing_written(case: kit.Case) -> None:
    row, other = row_of(case, "tags", "raid"), row_of(case, "tags", "fine")
    rewrite(case, "tags", "Premises were searched.", "A place was searched.")
    before = raw(case, "tags")
    with pytest.raises(Conflict) as told:
        save_rows(
            case,
            [
                Edit("tags", {"label": "A fine"}, other),
                Edit("tags", {"label": "Search", "definition": "Police came."}, row),
            ],
        )
    clash = told.value.clashes[0]
    assert len(told.value.clashes) == 1
    assert (clash.row, clash.field, clash.ours, clash.theirs) == (
        "raid", "definition", "Police came.", "A place was searched.",
    )  # fmt: skip
    assert raw(case, "tags") == before


def test_the_same_change_made_by_both_is_no_conflict(case: kit.Case) -> None:
    row = row_of(case, "tags", "raid")
    rewrite(case, "tags", "Premises were searched.", "A place was searched.")
    assert save_rows(case, [Edit("tags", {"definition": "A place was searched."}, row)]).edits == ()


def test_a_row_that_is_gone_and_an_id_that_is_taken_are_conflicts(case: kit.Case) -> None:
    row = row_of(case, "tags", "raid")
    with pytest.raises(Conflict, match="label: here 'Other', there 'Raid'"):
        save_rows(case, [Edit("tags", {**row, "label": "Other"})])
    save_rows(case, [Edit("tags", TAG)])
    gone = row_of(case, "tags", "fog")
    save_rows(case, [Edit("tags", None, gone)])
    with pytest.raises(Conflict, match="removed there, changed here"):
        save_rows(case, [Edit("tags", {"label": "x"}, gone)])
    assert save_rows(case, [Edit("tags", None, gone)]).edits == ()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (Edit("tgas", TAG), "did you mean 'tags'?"),
        (Edit("tags", {**TAG, "lable": "x"}), "did you mean 'label'?"),
        (Edit("tags", {**TAG, "id": "Not An Id"}), "'Not An Id'"),
        (Edit("tags", {**TAG, "label": ""}), "label is blank"),
        (Edit("tags", {**TAG, "label": "x" * 100_001}), "100,001 characters"),
        (Edit("participants", {"event": EVENT, "actor": "nobody", "role": "searched"}), "'nobody'"),
    ],
)  # fmt: skip
def test_what_the_table_cannot_hold_is_refused(case: kit.Case, edit: Edit, told: str) -> None:
    before = raw(case, "tags"), raw(case, "participants")
    with pytest.raises(KitError) as refused:
        save_rows(case, [Edit("tags", {**TAG, "id": "sound"}), edit])
    assert told in str(refused.value)
    assert (raw(case, "tags"), raw(case, "participants")) == before


def test_an_id_is_renamed_everywhere_or_not_at_all(case: kit.Case) -> None:
    row = row_of(case, "tags", "raid")
    with pytest.raises(KitError, match="kit rename raid search"):
        save_rows(case, [Edit("tags", {"id": "search"}, row)])


def test_rows_of_several_tables_come_together(case: kit.Case) -> None:
    actor = {"id": "coast-guard", "kind": "public-body", "name": "Coast Guard"}
    taking = {"event": EVENT, "actor": "coast-guard", "role": "searcher"}
    row = row_of(case, "events", EVENT)
    done = save_rows(
        case,
        [
            Edit("participants", taking),
            Edit("actors", actor),
            Edit("tags", TAG),
            Edit("events", {"tags": "fog; raid"}, row),
        ],
    )
    assert len(done.edits) == 4
    assert case.events.at[EVENT, "tags"] == ("fog", "raid")


def test_a_disk_that_fails_leaves_every_table_as_it_was(
    case: kit.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, whole = {name: raw(case, name) for name in ("tags", "actors")}, os.replace
    replaced: list[str] = []

    def full(one: Path, other: Path) -> None:
        if str(other).endswith(".csv"):
            replaced.append(str(other))
            if len(replaced) == 2:
                raise OSError(28, "No space left on device")
        whole(one, other)

    monkeypatch.setattr(files.os, "replace", full)
    with pytest.raises(KitError, match="No space left"):
        save_rows(case, [Edit("tags", TAG), Edit("actors", {"id": "a", "kind": "person", "name": "A"})])
    assert {name: raw(case, name) for name in before} == before


def test_what_was_wrong_before_keeps_nobody_from_working(case: kit.Case) -> None:
    rewrite(case, "events", "2021-03-01,", "2021-13-01,")
    save_rows(case, [Edit("tags", TAG)])
    assert b"fog" in raw(case, "tags")
    with pytest.raises(BadTable):
        save_rows(case, [Edit("tags", {**TAG, "id": "other", "facet": ""})])


def test_saves_are_taken_back_and_made_again_in_their_order(case: kit.Case) -> None:
    states = [raw(case, "tags")]
    save_rows(case, [Edit("tags", TAG)])
    states.append(raw(case, "tags"))
    save_rows(case, [Edit("tags", {"label": "Thick fog"}, row_of(case, "tags", "fog"))])
    states.append(raw(case, "tags"))
    save_rows(case, [Edit("tags", None, row_of(case, "tags", "fog"))])
    for state in reversed(states):
        undo(case)
        assert raw(case, "tags") == state
        if state is states[0]:
            break
    with pytest.raises(KitError, match="none is there to be taken back"):
        undo(case)
    for state in states[1:]:
        redo(case)
        assert raw(case, "tags") == state
    save_rows(case, [Edit("tags", {**TAG, "id": "zinc"})])
    with pytest.raises(KitError, match="none is there to be made again"):
        redo(case)


def test_what_somebody_changed_since_is_not_taken_back(case: kit.Case) -> None:
    save_rows(case, [Edit("tags", {"label": "Search"}, row_of(case, "tags", "raid"))])
    rewrite(case, "tags", "Search", "Searched")
    with pytest.raises(Conflict, match="'Searched'"):
        undo(case)
    rewrite(case, "tags", "Searched", "Search")
    rewrite(case, "tags", "Premises were", "A place was")
    undo(case)
    assert case.tags.loc["raid", ["label", "definition"]].tolist() == ["Raid", "A place was searched."]


@pytest.mark.parametrize("log", ["", "{", '{"done": 3}', '{"done": [[{"x": 1}]], "undone": []}', "[1]"])
def test_a_broken_log_of_saves_is_an_empty_one(case: kit.Case, log: str) -> None:
    path = case.path / saving._LOG
    path.parent.mkdir(exist_ok=True)
    path.write_text(log)
    save_rows(case, [Edit("tags", TAG)])
    undo(case)


def test_a_case_as_it_would_be_is_looked_at_and_not_written(case: kit.Case) -> None:
    before = raw(case, "tags")
    made = as_if(case, [Edit("tags", TAG)])
    assert "fog" in made.table("tags")["id"].tolist()
    assert raw(case, "tags") == before
    assert "fog" not in case.tags.index


def test_a_row_of_evidence_is_known_by_its_computed_id(case: kit.Case) -> None:
    id = case.evidence.index[0]
    row = row_of(case, "evidence", id)
    save_rows(case, [Edit("evidence", {"translation": "In our words"}, row)])
    assert case.evidence.at[id, "translation"] == "In our words"
    with pytest.raises(KitError, match="is not there"):
        row_of(case, "evidence", "e-00000000")


def adds(who: str, case: kit.Case, number: int) -> None:
    save_rows(case, [Edit("tags", {**TAG, "id": f"{who}-{number}"})])


def adds_one(case: kit.Case, number: int) -> None:
    adds("one", case, number)


def adds_other(case: kit.Case, number: int) -> None:
    adds("other", case, number)


@pytest.mark.long
def test_two_processes_save_side_by_side_and_no_row_is_lost(case_folder: Path) -> None:
    side_by_side(case_folder, adds_one, adds_other)
    assert {f"{who}-{n}" for who in ("one", "other") for n in range(5)} <= set(
        kit.open(case_folder).tags.index
    )


def excel(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode()


def plain(text: str) -> bytes:
    return text.encode()


def old_macintosh(text: str) -> bytes:
    return text.replace("\n", "\r").encode()


def no_last_end(text: str) -> bytes:
    return text.rstrip("\n").encode()


def utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def padded(text: str) -> bytes:
    return "".join(f"{line},,\n" for line in text.splitlines()).encode() + b",,,\n\n"


CELL = st.text(st.sampled_from('ab ,;"\n|é\t'), max_size=8).map(
    lambda told: " ".join(told.split(" ")).strip()
)


@given(
    st.lists(CELL, max_size=5),
    st.sampled_from([plain, excel, old_macintosh, no_last_end, utf_16, padded]),
    CELL,
    st.data(),
)
def test_however_a_file_is_saved_one_row_is_changed_and_the_others_read_the_same(
    names: list[str], form: Callable[[str], bytes], name: str, data: st.DataObject
) -> None:
    import tempfile

    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerows([["id", "name"], *([f"p{n}", f"x{each}"] for n, each in enumerate(names))])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.csv"
        path.write_bytes(
            form(made.getvalue())
            if form is not excel or "," not in "".join(names)
            else plain(made.getvalue())
        )
        file = TableFile(path, TABLES["places"])
        before = [dict(row) for row in file.rows]
        assert form in (utf_16,) or file.content() == path.read_bytes()
        at = data.draw(st.integers(0, len(before) - 1)) if before and data.draw(st.booleans()) else None
        row = {"id": f"p{at}" if at is not None else "p0a", "name": f"y{name}"}
        file.put(at, row)
        path.write_bytes(file.content())
        assert saved_rows(path.read_bytes()).problems == []
        after = TableFile(path, TABLES["places"]).rows
        assert [each for each in after if each["id"] != row["id"]] == [
            each for each in before if each["id"] != row["id"]
        ]
        written = next(each["name"] for each in after if each["id"] == row["id"])
        assert written.replace("\n", " ") == row["name"].replace("\n", " ")
