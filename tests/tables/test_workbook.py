"""The tables as a workbook: nothing is lost on the way out and back, and what was edited there is brought in or asked about."""

from __future__ import annotations

import copy
import csv
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.awkward import AWKWARD
from support.small_case import ROWS, write_rows

import kit
from kit.errors import KitError
from kit.tables.schema import TABLES
from kit.tables.spreadsheet.sheets import read_sheets
from kit.tables.workbook.exported import CHOICES, DATA, MEANINGS, ROW, START
from kit.tables.workbook.read import BroughtBack, import_sheet
from kit.tables.workbook.write import sheet

Book = openpyxl.Workbook


@pytest.fixture
def book(case_folder: Path, tmp_path: Path) -> Path:
    """The workbook of the case."""
    path = tmp_path / "tables.xlsx"
    sheet(case_folder, path)
    return path


def edit(path: Path, change: Callable[[Book], Any]) -> Path:
    """The workbook as somebody else has edited it."""
    opened = openpyxl.load_workbook(path)
    change(opened)
    opened.save(path)
    return path


def place(opened: Book, name: str, key: str, column: str) -> Any:
    """The cell of the row that begins with the key."""
    page = opened[name]
    head = [cell.value for cell in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == key)
    return row[head.index(column)]


def append(opened: Book, name: str, **cells: Any) -> None:
    head = [cell.value for cell in opened[name][1]]
    opened[name].append([cells.get(column) for column in head])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data/manual").glob("*.csv"))}


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / TABLES[name].path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(folder: Path, name: str, key: str) -> dict[str, str]:
    return next(row for row in rows(folder, name) if row["id"] == key)


def asked(outcome: BroughtBack) -> str:
    """The problems of an import that wrote nothing."""
    assert not outcome.clean
    assert outcome.written == []
    return str(outcome)


# ---- out and back


@pytest.fixture
def awkward_case(tmp_path: Path) -> Path:
    """A case with a name, a title and a passage of each kind that spreadsheets like to change."""
    content = copy.deepcopy(ROWS)
    for number, text in enumerate(AWKWARD):
        content["actors"].append({"id": f"actor-{number:03}", "kind": "person", "name": text, "note": text})
        content["evidence"].append(
            {
                "record": "2021-06-fine-paid",
                "source": "harbour-post-2021-03-02-raid",
                "stance": "supports",
                "says": text,
                "start": text,
                "locator": f"p. {number}",
            }
        )
    return write_rows(tmp_path / "awkward", content)


def test_nothing_is_lost_by_our_own_hand_nor_by_another_library(awkward_case: Path, tmp_path: Path):
    before, path = files(awkward_case), tmp_path / "t.xlsx"
    sheet(awkward_case, path)
    assert str(import_sheet(awkward_case, path)) == "t.xlsx brought nothing new"
    edit(path, lambda opened: None)
    assert str(import_sheet(awkward_case, path)) == "t.xlsx brought nothing new"
    assert files(awkward_case) == before


def test_each_cell_stands_in_the_sheet_as_text_or_says_why_not(awkward_case: Path, tmp_path: Path):
    path = tmp_path / "t.xlsx"
    sheet(awkward_case, path)
    with zipfile.ZipFile(path) as parts:
        shown = {page.name: page for page in read_sheets(parts, path.name)}
    cells = [cell for cell in shown["actors"].cells if cell.row > 1]
    assert {cell.kind for cell in cells} == {"text"}
    assert not any(cell.formula for cell in cells)
    raws = {cell.raw for cell in cells}
    told = " ".join(cell.raw for cell in shown[START].cells)
    for number, text in enumerate(AWKWARD):
        at = f"name of row {number + 2}"
        if text not in raws and text.strip():
            assert at in told, text[:40]
    assert sum(raw.startswith("[") for raw in raws) < 9


@pytest.mark.long
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30), max_size=6))
def test_no_text_is_changed_on_the_way(tmp_path_factory: pytest.TempPathFactory, texts: list[str]):
    folder = tmp_path_factory.mktemp("any")
    content = copy.deepcopy(ROWS)
    for number, text in enumerate(texts):
        content["tags"].append({"id": f"t-{number}", "facet": "f", "label": "x", "definition": f"x{text}"})
    write_rows(folder / "c", content)
    sheet(folder / "c", folder / "t.xlsx")
    assert str(import_sheet(folder / "c", folder / "t.xlsx")) == "t.xlsx brought nothing new"


def test_the_same_tables_give_the_same_bytes(case_folder: Path, book: Path, tmp_path: Path):
    sheet(case_folder, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_the_bytes_of_every_other_cell_stay(case_folder: Path, book: Path):
    before = files(case_folder)
    edit(book, lambda opened: setattr(place(opened, "tags", "fine", "label"), "value", "A fine"))
    assert import_sheet(case_folder, book).written == ["data/manual/tags.csv"]
    after = files(case_folder)
    assert after.pop("tags.csv") == before.pop("tags.csv").replace(b",Fine,", b",A fine,")
    assert after == before


def test_the_bytes_by_which_excel_knows_utf_8_stay(case_folder: Path, tmp_path: Path):
    path = case_folder / TABLES["tags"].path
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    sheet(case_folder, tmp_path / "t.xlsx")
    edit(tmp_path / "t.xlsx", lambda opened: setattr(place(opened, "tags", "fine", "label"), "value", "Buße"))
    import_sheet(case_folder, tmp_path / "t.xlsx")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,")


# ---- what the workbook looks like


def test_each_table_is_a_sheet_with_a_frozen_head_and_choices(case_folder: Path, book: Path):
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames[:2] == [START, MEANINGS]
    assert [page.title for page in opened if page.sheet_state == "hidden"] == [CHOICES, DATA]
    assert set(TABLES) >= {page.title for page in opened if " " not in page.title}
    events = opened["events"]
    assert events.freeze_panes == "B2"
    assert [cell.value for cell in events[1]] == [*TABLES["events"].names, ROW]
    assert {cell.number_format for cell in events[2] if cell.value} == {"@"}
    chosen = {
        str(each.sqref).rstrip("0123456789").partition(":")[0].rstrip("0123456789"): each
        for each in events.data_validations.dataValidation
    }
    letters = {cell.value: cell.column_letter for cell in events[1]}
    for column, first, insists in (
        ("status", "confirmed", True),
        ("category", "ruling", False),
        ("tags", "fine", False),
    ):
        found = chosen[letters[column]]
        letter = found.formula1.rpartition("!")[2].strip("$")[0]
        assert opened[CHOICES][f"{letter}1"].value == first
        assert bool(found.showErrorMessage) is insists
    assert letters["title"] not in chosen


def test_tables_of_the_case_s_own_are_there_too_whatever_they_are_called(tmp_path: Path):
    folder = write_rows(tmp_path / "c", ROWS)
    settings = folder / "data/case.toml"
    long = "inspections_of_ships_at_the_long_quay"
    settings.write_text(
        settings.read_text()
        + "".join(
            f'[tables.{name}]\nabout = "One"\nkey = ["ship", "day"]\n[tables.{name}.columns]\n'
            'ship = { kind = "text", about = "Her name" }\nday = { kind = "date", about = "When" }\n'
            for name in (long, "history", "choices")
        )
    )
    sheet(folder, tmp_path / "t.xlsx")
    edit(
        tmp_path / "t.xlsx",
        lambda opened: append(opened, "inspections_of_ships_at_the_lon", ship="Ada", day="2021-03"),
    )
    edit(tmp_path / "t.xlsx", lambda opened: append(opened, "history 2", ship="007", day="2021"))
    outcome = import_sheet(folder, tmp_path / "t.xlsx")
    assert outcome.added == {long: ["Ada/2021-03"], "history": ["007/2021"]}
    assert (folder / f"data/manual/{long}.csv").read_text() == "ship,day\nAda,2021-03\n"


def test_a_list_of_names_that_must_not_be_told_is_not_handed_out(case_folder: Path, tmp_path: Path):
    (case_folder / TABLES["withheld"].path).write_text("term,why\nAnn Roe,promised\n")
    assert "withheld" not in sheet(case_folder, tmp_path / "t.xlsx")
    assert b"Ann Roe" not in (tmp_path / "t.xlsx").read_bytes()


def test_a_file_that_is_there_is_not_replaced(case_folder: Path, book: Path):
    before = book.read_bytes()
    with pytest.raises(KitError, match=r"tables\.xlsx: is there already, and may hold edits"):
        sheet(case_folder, book)
    assert book.read_bytes() == before
    with pytest.raises(KitError, match=r"let it end in \.xlsx"):
        sheet(case_folder, book.with_suffix(".ods"))


# ---- edits


def test_edits_and_new_rows_come_in_and_missing_rows_stay(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        place(opened, "events", "2021-06-fine-paid", "title").value = "A fine is paid"
        place(opened, "events", "2021-06-fine-paid", "tags").value = "fine"
        append(opened, "tags", id="appeal", facet="law", label="Appeal", definition="A ruling was contested.")
        opened["actors"].delete_rows(2)

    outcome = import_sheet(case_folder, edit(book, change))
    assert outcome.clean
    assert [(c.row, c.column, c.exported, c.workbook) for c in outcome.changed] == [
        ("2021-06-fine-paid", "tags", "fine; raid", "fine"),
        ("2021-06-fine-paid", "title", "The office pays a fine", "A fine is paid"),
    ]
    assert (outcome.added, outcome.missing) == ({"tags": ["appeal"]}, {"actors": ["harbour-office"]})
    assert "actors: not in the workbook, and left in the table: harbour-office" in str(outcome)
    assert row(case_folder, "events", "2021-06-fine-paid")["title"] == "A fine is paid"
    assert row(case_folder, "actors", "harbour-office")["name"] == "Harbour Office"
    assert kit.open(case_folder).tags.index.tolist() == ["appeal", "fine", "raid"]
    assert str(import_sheet(case_folder, book)).endswith("tables.xlsx brought nothing new")


def test_rows_may_be_sorted_columns_moved_and_lines_put_above(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        page = opened["actors"]
        content = [[cell.value for cell in line] for line in page.iter_rows()]
        head, *others = content
        page.delete_rows(1, len(content))
        page.append(["Actors, as of Tuesday"])
        page.append([])
        for line in [head, *reversed(others)]:
            page.append(list(reversed(line)))

    before = files(case_folder)
    outcome = import_sheet(case_folder, edit(book, change))
    assert outcome.clean
    assert outcome.changed == []
    assert outcome.told == ["sheet actors: what stands above the head was left aside: A1"]
    assert files(case_folder) == before


def test_the_key_of_a_row_without_an_id_can_be_edited(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        place(opened, "participants", "2021-03-01-raid-harbour", "role").value = "searcher"
        line = next(
            line for line in opened["evidence"].iter_rows(min_row=2) if line[6].value == "officers carried 38"
        )
        line[6].value = "Officers carried 38"

    outcome = import_sheet(case_folder, edit(book, change))
    assert outcome.clean, outcome
    assert [(c.table, c.column, c.workbook) for c in outcome.changed] == [
        ("participants", "role", "searcher"),
        ("evidence", "start", "Officers carried 38"),
    ]
    assert len(rows(case_folder, "participants")) == 2
    assert len(rows(case_folder, "evidence")) == 4


def test_a_blank_cell_empties_and_only_where_it_was_not_blank(case_folder: Path, book: Path):
    edit(book, lambda opened: setattr(place(opened, "actors", "harbour-office", "aliases"), "value", None))
    (change,) = import_sheet(case_folder, book).changed
    assert (change.exported, change.workbook) == ("HO; the Office", "")


def test_a_column_that_the_file_does_without_comes_with_a_value(case_folder: Path, book: Path):
    edit(book, lambda opened: setattr(place(opened, "events", "2021-06-fine-paid", "publish"), "value", "no"))
    import_sheet(case_folder, book)
    assert row(case_folder, "events", "2021-06-fine-paid")["publish"] == "no"
    assert "public_note" not in rows(case_folder, "events")[0]


def test_a_dry_run_writes_nothing(case_folder: Path, book: Path):
    before = files(case_folder)
    edit(book, lambda opened: setattr(place(opened, "tags", "fine", "label"), "value", "A fine"))
    outcome = import_sheet(case_folder, book, dry_run=True)
    assert (outcome.clean, outcome.written, files(case_folder)) == (True, [], before)
    assert str(outcome).endswith("tables.xlsx would bring 1 changed cell; nothing was written")


# ---- conflicts


def both_change(case_folder: Path, book: Path) -> None:
    path = case_folder / TABLES["events"].path
    path.write_bytes(path.read_bytes().replace(b"The office pays a fine", b"The office paid"))
    edit(
        book,
        lambda opened: setattr(
            place(opened, "events", "2021-06-fine-paid", "title"), "value", "A fine is paid"
        ),
    )
    edit(book, lambda opened: setattr(place(opened, "tags", "fine", "label"), "value", "A fine"))


def test_a_conflict_is_shown_in_three_versions_and_stops_everything(case_folder: Path, book: Path):
    both_change(case_folder, book)
    before = files(case_folder)
    outcome = import_sheet(case_folder, book)
    told = asked(outcome)
    assert files(case_folder) == before
    (found,) = outcome.conflicts
    assert (found.exported, found.table_says, found.workbook) == (
        "The office pays a fine",
        "The office paid",
        "A fine is paid",
    )
    assert "events, 2021-06-fine-paid, title (E3)" in told
    assert "table     'The office paid'" in told


@pytest.mark.parametrize(("whose", "title"), [("workbook", "A fine is paid"), ("tables", "The office paid")])
def test_a_person_says_whose_cell_stands(case_folder: Path, book: Path, whose: str, title: str):
    both_change(case_folder, book)
    outcome = import_sheet(case_folder, book, whose)
    assert outcome.clean
    assert row(case_folder, "events", "2021-06-fine-paid")["title"] == title
    assert row(case_folder, "tags", "fine")["label"] == "A fine"


def test_what_both_changed_alike_and_what_one_changed_is_no_conflict(case_folder: Path, book: Path):
    path = case_folder / TABLES["events"].path
    path.write_bytes(
        path.read_bytes()
        .replace(b"The office pays a fine", b"A fine is paid")
        .replace(b"The sum was", b"No sum was")
    )
    edit(
        book,
        lambda opened: setattr(
            place(opened, "events", "2021-06-fine-paid", "title"), "value", "A fine is paid"
        ),
    )
    assert str(import_sheet(case_folder, book)) == "tables.xlsx brought nothing new"
    assert row(case_folder, "events", "2021-06-fine-paid")["summary"] == "No sum was not given.".replace(
        "not ", "not "
    )


def test_a_row_that_both_added_is_compared_cell_by_cell(case_folder: Path, book: Path):
    path = case_folder / TABLES["tags"].path
    path.write_bytes(path.read_bytes() + b"leak,law,Leak,Papers got out.\n")
    edit(
        book,
        lambda opened: append(
            opened, "tags", id="leak", facet="law", label="Leak", definition="Somebody told."
        ),
    )
    (found,) = import_sheet(case_folder, book).conflicts
    assert (found.row, found.column, found.exported, found.table_says) == (
        "leak",
        "definition",
        "",
        "Papers got out.",
    )


def test_a_row_that_was_changed_here_and_taken_out_there_is_asked_about(case_folder: Path, book: Path):
    path = case_folder / TABLES["actors"].path
    path.write_bytes(
        b"".join(line for line in path.read_bytes().splitlines(True) if b"police" not in line.split(b",")[0])
    )
    (case_folder / TABLES["participants"].path).write_text("event,actor,role\n")
    (case_folder / TABLES["cases"].path).unlink()
    (case_folder / TABLES["second_coding"].path).unlink()
    edit(book, lambda opened: setattr(place(opened, "actors", "police", "name"), "value", "The police"))
    outcome = import_sheet(case_folder, book)
    assert [(c.row, c.table_says, c.workbook) for c in outcome.conflicts] == [
        ("police", "no such row", "name 'The police'")
    ]
    assert "police" not in {each["id"] for each in rows(case_folder, "actors")}


def test_whose_is_one_of_two(case_folder: Path, book: Path):
    with pytest.raises(KitError, match="give one of workbook or tables"):
        import_sheet(case_folder, book, "mine")


# ---- refused, all at once


def test_bad_values_are_refused_with_sheet_row_column_and_remedy_all_at_once(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        place(opened, "events", "2021-06-fine-paid", "status").value = "Confirmed"
        place(opened, "events", "2021-06-fine-paid", "tags").value = "fine, raid"
        place(opened, "events", "2021-06-fine-paid", "date").value = "2021-13"
        place(opened, "metrics", "harbour-2021-boxes", "value").value = "thirty"
        append(opened, "tags", id="Leak", facet="law", label="Leak")
        place(opened, "actors", "police", "name").value = "The police"

    before = files(case_folder)
    told = asked(import_sheet(case_folder, edit(book, change)))
    assert files(case_folder) == before
    for words in (
        "tables.xlsx, sheet events: 3 problems to fix",
        "row 3 (2021-06-fine-paid): date '2021-13'",
        "status 'Confirmed' is not one of",
        "did you mean 'confirmed'?",
        "a list has semicolons: write fine; raid",
        "sheet metrics: 1 problem to fix",
        "value 'thirty' is not a number",
        "row 4 (Leak): definition is blank",
        "id 'Leak' is not lower-case",
    ):
        assert words in told


def test_what_was_wrong_before_does_not_stop_other_edits(case_folder: Path, book: Path, tmp_path: Path):
    path = case_folder / TABLES["events"].path
    path.write_bytes(path.read_bytes().replace(b"2021-06~", b"2021-13"))
    sheet(case_folder, tmp_path / "t.xlsx")
    edit(
        tmp_path / "t.xlsx", lambda opened: setattr(place(opened, "tags", "fine", "label"), "value", "A fine")
    )
    assert import_sheet(case_folder, tmp_path / "t.xlsx").clean
    edit(
        tmp_path / "t.xlsx",
        lambda opened: setattr(place(opened, "events", "2021-06-fine-paid", "date"), "value", "2021-06"),
    )
    assert import_sheet(case_folder, tmp_path / "t.xlsx").clean


def test_a_changed_id_is_noticed_and_a_copied_row_is_a_new_one(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        place(opened, "tags", "fine", "id").value = "penalty"
        line = [cell.value for cell in opened["actors"][2]]
        opened["actors"].append(["harbour-board", *line[1:]])

    outcome = import_sheet(case_folder, edit(book, change))
    told = asked(outcome)
    assert (
        "row 2: has the id 'penalty' and had 'fine'; write 'fine' there again; `kit rename fine penalty`"
        in told
    )
    assert outcome.added == {"actors": ["harbour-board"]}


def test_rows_that_are_there_twice_are_named(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        tags, actors = opened["tags"], opened["actors"]
        tags.append([cell.value for cell in tags[2]])
        actors.append([cell.value for cell in actors[3]])
        actors["C4"].value = "Others"
        for _ in range(2):
            append(opened, "places", id="quay", name="Quay") if "places" in opened else None

    outcome = import_sheet(case_folder, edit(book, change))
    told = asked(outcome)
    assert outcome.told == ["sheet tags: row 4 is the row fine again, which row 2 is; it was left aside"]
    assert "sheet actors: 1 problem to fix\n  row 4: is the row police again, which row 3 is" in told


def test_new_rows_with_one_id_are_named(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        for label in ("Leak", "Leaks"):
            append(opened, "tags", id="leak", facet="law", label=label, definition="x")

    assert "row 5: is the row leak, which row 4 is too; give one another id" in asked(
        import_sheet(case_folder, edit(book, change))
    )


def test_unknown_columns_and_sheets_are_named(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        tags = opened["tags"]
        tags.cell(1, 8).value, tags.cell(3, 8).value = "telephone", "5"
        tags.cell(2, 9).value = "no head"
        tags.cell(1, 10).value = "blank"
        opened["actors"]["C1"].value = "Nmae"
        opened.create_sheet("Notes of Ben")["B2"] = "Ask the pilot"
        opened["metrics"].title = "metrics (old)"

    outcome = import_sheet(case_folder, edit(book, change))
    told = asked(outcome)
    assert (
        "column H (telephone): is not one of the table's; row 3 is the first with something in it; declare it"
        in told
    )
    assert "row 2, column I: stands in a column without a name" in told
    assert (
        "column C (Nmae): is not one of the table's; row 2 is the first with something in it; did you mean 'name'?"
        in told
    )
    assert "sheet metrics (old)" in told
    assert "give it the name of its table back, 'metrics'" in told
    assert "sheet Notes of Ben: it is no table, and its 1 cell stay in the file" in told
    assert "look at the table metrics: its sheet is not in the workbook" in told
    assert "column J (blank) is not one of the table's; it is blank" in told


def test_formulas_errors_and_joined_cells_are_refused(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        place(opened, "metrics", "harbour-2021-boxes", "value").value = "=19+19"
        place(
            opened, "events", "2021-06-fine-paid", "summary"
        ).value = '=HYPERLINK("https://x.example","see")'
        place(opened, "actors", "police", "name").value = "#REF!"
        opened["tags"].merge_cells("C2:C3")

    told = asked(import_sheet(case_folder, edit(book, change)))
    assert "column D (value): is a formula, =19+19" in told
    assert "(summary): is a formula, =HYPERLINK(" in told
    assert "(name): is the error '#REF!' of a formula" in told
    assert "cells C2:C3: are made one; split them" in told


def test_comments_are_said_to_stay_in_the_file(case_folder: Path, book: Path):
    from openpyxl.comments import Comment

    edit(book, lambda opened: setattr(opened["tags"]["A2"], "comment", Comment("Really?", "Ben")))
    assert import_sheet(case_folder, book).told == [
        "the comments of sheet tags: they stay in the file, and come into no table"
    ]


# ---- what programs make of texts


@pytest.mark.parametrize(
    ("before", "value", "shown"),
    [
        ("007", 7, "General"),
        ("1e5", 100000, "General"),
        ("12345678901234567890", 12345678901234567890, "0"),
        ("2021-03-02", datetime(2021, 3, 2), "yyyy-mm-dd"),
        ("2021-03", datetime(2021, 3, 1), "mmm-yy"),
        ("3-4", date(2026, 3, 4), "d-mmm"),
        ("4/3", date(2026, 3, 4), "d-mmm"),
        ("02.03.2021", date(2021, 3, 2), "dd.mm.yyyy"),
        ("3/2/2021", date(2021, 3, 2), "m/d/yy"),
        ("12:30", time(12, 30), "h:mm"),
        ("1:02:03", time(1, 2, 3), "h:mm:ss"),
        ("true", True, "General"),
    ],
)
def test_a_text_of_which_a_program_made_something_is_what_it_was(
    case_folder: Path, tmp_path: Path, before: str, value: Any, shown: str
):
    path = case_folder / TABLES["actors"].path
    path.write_bytes(path.read_bytes().replace(b"HO; the Office", before.encode()))
    sheet(case_folder, tmp_path / "t.xlsx")

    def change(opened: Book) -> None:
        cell = place(opened, "actors", "harbour-office", "aliases")
        cell.value, cell.number_format = value, shown

    edit(tmp_path / "t.xlsx", change)
    assert str(import_sheet(case_folder, tmp_path / "t.xlsx")) == "t.xlsx brought nothing new"


@pytest.mark.parametrize(
    ("table", "column", "value", "shown", "text"),
    [
        ("events", "date", date(2021, 7, 2), "yyyy-mm-dd", "2021-07-02"),
        ("events", "date", date(2021, 7, 2), "dd/mm/yyyy", "2021-07-02"),
        ("events", "date", date(2021, 7, 1), "mmm-yy", "2021-07"),
        ("events", "date", 2021, "General", "2021"),
        ("events", "date", " 2021-07 ", "@", "2021-07"),
        ("metrics", "value", 41.5, "General", "41.5"),
        ("metrics", "value", 1200, "#,##0", "1200"),
        ("actors", "name", 1984, "General", "1984"),
        ("actors", "name", True, "General", "TRUE"),
    ],
)
def test_what_a_program_made_of_what_was_written_is_read_in_the_column_s_form(
    case_folder: Path, book: Path, table: str, column: str, value: Any, shown: str, text: str
):
    key = {"events": "2021-06-fine-paid", "metrics": "harbour-2021-boxes", "actors": "police"}[table]

    def change(opened: Book) -> None:
        cell = place(opened, table, key, column)
        cell.value, cell.number_format = value, shown

    outcome = import_sheet(case_folder, edit(book, change))
    assert outcome.clean, outcome
    assert [each.workbook for each in outcome.changed] == [text]


@pytest.mark.parametrize(
    ("table", "column", "value", "shown", "told"),
    [
        ("events", "date", date(2026, 7, 2), "d-mmm", "is the date 2026-07-02, which a spreadsheet has made"),
        ("events", "date", datetime(2021, 7, 2, 14), "yyyy-mm-dd hh:mm", "is the date 2021-07-02"),
        (
            "events",
            "date",
            44379,
            "General",
            "is the number 44379, as spreadsheets count days; write the day: 2021-07-02",
        ),
        ("events", "date", "44379", "@", "date '44379'"),
        ("events", "date", "3/2/2021", "@", "date '3/2/2021'"),
        ("actors", "name", date(2026, 3, 4), "d-mmm", "is the date 2026-03-04"),
        ("actors", "name", time(9, 5), "h:mm", "is a time"),
        ("metrics", "value", 0.05, "0%", "is shown as 5%; write the number alone"),
        ("actors", "name", 4111111111111111, "0", "whose last digits a spreadsheet rounds away"),
    ],
)
def test_what_may_mean_two_things_is_asked_about(
    case_folder: Path, book: Path, table: str, column: str, value: Any, shown: str, told: str
):
    key = {"events": "2021-06-fine-paid", "metrics": "harbour-2021-boxes", "actors": "police"}[table]

    def change(opened: Book) -> None:
        cell = place(opened, table, key, column)
        cell.value, cell.number_format = value, shown

    assert told in asked(import_sheet(case_folder, edit(book, change)))


# ---- codebook and cases


def test_a_variable_and_its_column_may_come_together(case_folder: Path, book: Path):
    def change(opened: Book) -> None:
        append(opened, "codebook", variable="ships", kind="number", definition="How many")
        page = opened["cases"]
        page.cell(1, page.max_column + 1).value = "ships"
        page.cell(2, page.max_column).value = "12"

    outcome = import_sheet(case_folder, edit(book, change))
    assert outcome.clean, outcome
    assert row(case_folder, "cases", "harbour-brokers-2021")["ships"] == "12"
    assert kit.open(case_folder).cases["ships"].tolist() == [12]


def test_an_edit_of_the_codebook_that_leaves_a_column_without_its_variable_is_refused(
    case_folder: Path, book: Path
):
    def change(opened: Book) -> None:
        line = next(
            line for line in opened["codebook"].iter_rows(min_row=2) if line[0].value == "warning_days"
        )
        line[0].value = "days_of_warning"

    before = files(case_folder)
    told = asked(import_sheet(case_folder, edit(book, change)))
    assert "column 'warning_days' is not one of the table's" in told
    assert files(case_folder) == before


# ---- files that are no workbook of the case


def test_other_files_are_refused_in_a_word(case_folder: Path, book: Path, tmp_path: Path):
    other = write_rows(tmp_path / "other", ROWS)
    (other / "data/case.toml").write_text('title = "Another"\n')
    with pytest.raises(
        KitError, match="is of the case 'The harbour raid', not of 'Another'; import it in its own case"
    ):
        import_sheet(other, book)
    (tmp_path / "t.csv").write_text("id\n")
    with pytest.raises(KitError, match=r"t\.csv: is no Word document and no spreadsheet"):
        import_sheet(case_folder, tmp_path / "t.csv")
    with pytest.raises(KitError, match=r"none\.xlsx: cannot be read"):
        import_sheet(case_folder, tmp_path / "none.xlsx")
    edit(book, lambda opened: setattr(opened[DATA]["A1"], "value", "x"))
    with pytest.raises(KitError, match="its hidden sheet 'kit data' is damaged"):
        import_sheet(case_folder, book)
    edit(book, lambda opened: opened.remove(opened[DATA]))
    with pytest.raises(KitError, match="it has no sheet 'kit data'"):
        import_sheet(case_folder, book)


def test_a_table_that_cannot_be_written_leaves_all_as_they_were(
    case_folder: Path, book: Path, monkeypatch: pytest.MonkeyPatch
):
    both = {"tags": ("fine", "label"), "actors": ("police", "name")}

    def change(opened: Book) -> None:
        for table, (key, column) in both.items():
            place(opened, table, key, column).value = "Other"

    before = files(case_folder)
    edit(book, change)
    replace, failed = os.replace, []

    def full(old: Path, new: Path) -> None:
        if new.name == "tags.csv" and not failed:
            failed.append(new)
            raise OSError(28, "No space left on device")
        replace(old, new)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(KitError, match="No space left"):
        import_sheet(case_folder, book)
    assert files(case_folder) == before


def test_a_table_of_ten_thousand_rows_takes_seconds(tmp_path: Path):
    content = copy.deepcopy(ROWS)
    content["tags"] += [
        {"id": f"tag-{n:05}", "facet": "f", "label": "L", "definition": "D" * 50} for n in range(10_000)
    ]
    folder = write_rows(tmp_path / "c", content)
    sheet(folder, tmp_path / "t.xlsx")
    assert import_sheet(folder, tmp_path / "t.xlsx").clean


def test_a_list_that_both_changed_has_what_either_added(case_folder: Path, book: Path):
    path = case_folder / TABLES["actors"].path
    path.write_bytes(path.read_bytes().replace(b"HO; the Office", b"HO; the Office; Port"))
    edit(
        book,
        lambda opened: setattr(place(opened, "actors", "harbour-office", "aliases"), "value", "HO; Harbour"),
    )
    (change,) = import_sheet(case_folder, book).changed
    assert change.workbook == "HO; Port; Harbour"
