"""Tables load typed, and every kind of damage is named with its place, value and remedy, all at once."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import BadTable, KitError, NoCase
from kit.tables.cells import join_list, split_list
from kit.tables.load import load_tables
from kit.tables.read import TidyWarning
from kit.tables.spreadsheet.damage import damage_of
from kit.tables.spreadsheet.saved import saved_rows
from kit.tables.write import tidy


def test_a_sound_case_loads_with_each_column_as_its_kind(case_folder):
    case = kit.open(case_folder)
    events = case.events
    assert events["tags"].tolist() == [("raid",), ("fine", "raid")]
    assert events["date_earliest"].tolist() == [pd.Timestamp("2021-03-01"), pd.Timestamp("2021-06-01")]
    assert events["date_latest"].tolist() == [pd.Timestamp("2021-03-01"), pd.Timestamp("2021-06-30")]
    assert events["date_precision"].tolist() == ["day", "month"]
    assert events["date_doubt"].tolist() == ["", "approximate"]
    assert case.metrics["value"].tolist() == [38.0]
    assert case.cases["warning_days"].isna().all()
    assert case.cases["warning_days_missing"].tolist() == ["not-applicable"]
    assert case.cases["brokers"].tolist() == [("police",)]
    assert case.cases["reopened_on_precision"].tolist() == [""]
    assert case.sources["authors"].tolist()[1] == ("Roe, Jane", "Doe, John")
    assert case.evidence.index.str.fullmatch(r"e-[0-9a-f]{8}").all()
    assert case.evidence.index.is_unique


def test_a_frame_that_a_caller_changes_does_not_change_the_case(case_folder):
    case = kit.open(case_folder)
    events = case.events
    events.loc[0, "title"] = "changed"
    assert case.events["title"].iloc[0] == "Police search the harbour office"


DAMAGE = [
    ("events", b"2021-06~", b"2021-13", "row 3 (2021-06-fine-paid): date '2021-13' is not a real date; write YYYY"),
    ("events", b"2021-03-01,search", b"3/1/2021,search", "write 2021-03-01 or 2021-01-03, and format the column as text"),
    ("events", b"2021-03-01,search", b"3/14/2021,search", "a spreadsheet has rewritten it; write 2021-03-14, and"),
    ("events", b"fine; raid", b"fin; raid", "tag 'fin' is not in data/manual/tags.csv; did you mean 'fine'?"),
    ("events", b",search,", b",serch,", "category 'serch' is not in data/manual/codebook.csv; did you mean 'search'?"),
    ("events", b"reported,Harbour Post", b"reported,", "status 'reported' has no attributed_to; write who says so"),
    ("events", b"Officers took papers away.", b"", "row 2 (2021-03-01-raid-harbour): summary is blank; write a value"),
    ("events", b"harbour-brokers-2021", b"harbour-broker-2021", "did you mean 'harbour-brokers-2021'?"),
    ("events", b",high", b",unread", "confidence 'unread', but no source says so; write high, medium or low"),
    ("events", b"2021-06-fine-paid", b"2021-03-01-raid-harbour", "is used twice; row 2 has it too"),
    ("events", b"2021-06-fine-paid", b"Fine paid", "id 'Fine paid' is not lower-case letters, digits and single hyphens"),
    ("events", b"2021-06-fine-paid", b"harbour-2021-boxes", "is also in data/manual/events.csv; an id in the prose must"),
    ("sources", b",derived_from", b",derived", "column 'derived' is not one of the table's; did you mean 'derived_from'?"),
    ("sources", b",publisher,", b",publishers,", "column 'publisher' is missing; rename 'publishers'"),
    ("tags", b",definition", b"", "column 'definition' is missing; add it"),
    ("sources", b",full,", b",no,", "confidence 'high', but every source that supports it is unread"),
    ("sources", b"https://coast", b"coast", "is no web address; write one that begins with http"),
    ("sources", b"aggregator", "\u2018aggregator\u2019".encode(), "typographic quotes or dashes into it; retype it"),
    ("sources", b"Roe, Jane", "Ro\u00eb, Jane".encode("cp1252"), "row 3: is not UTF-8 (near '"),
    ("metrics", b",38,", b',"38,000",', "value '38,000' is not a number; write 38000, or one of unknown"),
    ("metrics", b",38,", b",,", "value is blank; write a value, or one of unknown, not-recorded, not-applicable"),
    ("metrics", b"boxes,,,", b"boxes,9,4,", "low is above high; swap them"),
    ("evidence", b"2021-06-fine-paid,", b"2021-06-fine-payed,", "did you mean '2021-06-fine-paid'?"),
    ("evidence", b"2021-06-fine-paid,,", b"2021-06-fine-paid,dat,", "field 'dat' is no column of data/manual/events.csv"),
    ("evidence", b"officers carried 38", b"", "has an end but no start; write the passage's first words in start"),
    ("second_coding", b"rule,existing,", b"rule,exists,", "'rule = exists' is not in the codebook; use a defined value"),
    ("second_coding", b"rule,existing,existing", b"began,2021-01,2021-13", "began '2021-13' is not a real date; write YYYY"),
    ("second_coding", b"rule,existing,existing", b"note,a,b", "'note = a' is not in the codebook; use a defined value"),
    ("participants", b"police,searcher", b"polis,searcher", "did you mean 'police'?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "old", "new", "said"), DAMAGE, ids=[f"{t}-{s[:40]}" for t, _, _, s in DAMAGE]
)
def test_each_kind_of_damage_has_its_message(edit, table, old, new, said):
    folder = edit(table, lambda raw: raw.replace(old, new, 1))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert said in str(error.value)


def test_days_and_numbers_are_coded_twice_too(edit):
    folder = edit(
        "second_coding", lambda raw: raw.replace(b"rule,existing,existing", b"began,2021-01,unknown")
    )
    assert load_tables(folder)["second_coding"]["second"].tolist() == ["unknown"]


def test_all_problems_of_all_tables_come_at_once(edit):
    edit("events", lambda raw: raw.replace(b"2021-06~", b"2021-13").replace(b"fine; raid", b"fin; raid"))
    folder = edit("metrics", lambda raw: raw.replace(b",38,", b",many,"))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert str(error.value).splitlines() == [
        "data/manual/events.csv: 2 problems to fix",
        "  row 3 (2021-06-fine-paid): date '2021-13' is not a real date; "
        "write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF level 1 form",
        "  row 3 (2021-06-fine-paid): tag 'fin' is not in data/manual/tags.csv; did you mean 'fine'?",
        "data/manual/metrics.csv: 1 problem to fix",
        "  row 2 (harbour-2021-boxes): value 'many' is not a number; "
        "write digits, with a point for decimals, or one of unknown, not-recorded, not-applicable",
    ]


def test_one_bad_value_in_many_rows_is_one_problem(edit):
    folder = edit("codebook", lambda raw: raw.replace(b"category,,search", b"category,,seek"))
    edit("events", lambda raw: raw.replace(b",ruling,", b",search,"))
    with pytest.raises(
        BadTable, match=r"rows 2 \(2021-03-01-raid-harbour\), 3 \(2021-06-fine-paid\): category 'search'"
    ):
        load_tables(folder)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda raw: raw.replace(b"\n", b"\r"), "the line ends of an old Macintosh"),
        (lambda raw: raw.replace(b",", b";"), "semicolons between its cells"),
        (
            lambda raw: b"sep=;\r\n" + raw.replace(b",", b";").replace(b"\n", b"\r\n"),
            "Windows line ends, a first line 'sep=;', semicolons between its cells",
        ),
        (lambda raw: b"sep=,\n" + raw, "a first line 'sep=,'"),
        (lambda raw: b"sep=;\n" + raw, "a first line 'sep=;'"),
        (lambda raw: b"sep=\n" + raw, "a first line 'sep='"),
        (lambda raw: raw.replace(b"\n", b"\r\r\n"), "Windows line ends"),
        (lambda raw: raw.replace(b"\n", b"\r", 2), "line ends of two kinds"),
        (lambda raw: raw.decode().encode("utf-16-le"), "UTF-16 letters"),
        (lambda raw: raw.decode().encode("utf-16-be"), "UTF-16 letters"),
        (lambda raw: raw.decode().encode("utf-32"), "UTF-32 letters"),
        (
            lambda raw: raw.replace(b",", b"\t").decode().encode("utf-16"),
            "UTF-16 letters, tabs between its cells",
        ),
        (lambda raw: raw.replace(b"A penalty in", b"A penalty\rin"), "a carriage return within a cell"),
        (lambda raw: raw.replace(b"\n", b"\r\n"), "Windows line ends"),
        (lambda raw: raw.replace(b"\n", b",,\n"), "2 empty columns"),
        (lambda raw: raw + b",,,\n,,,\n", "2 empty rows"),
    ],
)
def test_harmless_damage_is_read_through_named_and_tidied(edit, how, said):
    folder = edit("tags", how)
    with pytest.warns(
        TidyWarning, match=f"data/manual/tags.csv is readable but has {said}; `kit tidy` rewrites it"
    ):
        frame = load_tables(folder)["tags"]
    assert frame["id"].tolist() == ["fine", "raid"]
    assert list(tidy(folder)) == ["data/manual/tags.csv"]
    assert tidy(folder) == {}
    assert load_tables(folder)["tags"]["definition"].tolist() == frame["definition"].tolist()


def test_a_row_with_too_many_cells_is_named(edit):
    folder = edit("tags", lambda raw: raw.replace(b"A penalty in money", b"A penalty, in money, unquoted"))
    with pytest.raises(BadTable, match=r"row 2: has more cells than the header; put quotes around"):
        load_tables(folder)


def test_a_quote_that_never_closes_is_named(edit):
    folder = edit("tags", lambda raw: raw.replace(b"A penalty", b'"A penalty'))
    with pytest.raises(BadTable, match=r"has a quoted cell that never ends; close its quotation marks"):
        load_tables(folder)


def test_utf_16_and_empty_and_missing_files_have_messages(case_folder):
    (case_folder / "data/manual/tags.csv").write_text("id,facet", encoding="utf-16")
    (case_folder / "data/manual/claims.csv").write_bytes(b"")
    (case_folder / "data/manual/evidence.csv").unlink()
    with pytest.raises(BadTable) as error:
        load_tables(case_folder)
    for said in (
        "header: column 'label' is missing",
        "header: is missing",
        "file: is missing; it needs at least the row record,source,stance",
    ):
        assert said in str(error.value)


def test_tidy_touches_nothing_when_one_file_cannot_be_read(edit):
    edit("tags", lambda raw: b"\xef\xbb\xbf" + raw)
    folder = edit("claims", lambda raw: raw.replace(b"All", b"\xff\xc3\xa9"))
    before = (folder / "data/manual/tags.csv").read_bytes()
    with pytest.raises(BadTable, match="is not UTF-8"):
        tidy(folder)
    assert (folder / "data/manual/tags.csv").read_bytes() == before


def test_no_case_and_broken_settings_say_what_to_do(tmp_path, case_folder, monkeypatch):
    with pytest.raises(NoCase, match="open a case folder, or make one: kit new"):
        kit.open(tmp_path)
    monkeypatch.chdir(case_folder / "data/manual")
    assert kit.open().path == case_folder
    (case_folder / "data/case.toml").write_text("title = ")
    with pytest.raises(KitError, match="each line is name = value"):
        kit.open(case_folder)
    (case_folder / "data/case.toml").write_text("contact = ''")
    with pytest.raises(KitError, match="has no title; add a line"):
        kit.open(case_folder)
    (case_folder / "data/case.toml").write_text("title = 'T'")
    with pytest.raises(KitError, match="has no contact"):
        kit.open(case_folder).contact  # noqa: B018


def test_lists_are_taken_apart_and_put_together_in_one_way():
    assert split_list(" a;b ; ") == ("a", "b")
    assert join_list(split_list("a; b")) == "a; b"
    with pytest.raises(ValueError, match="holds a semicolon"):
        join_list(["a;b"])


def test_the_tables_of_this_case_are_kept_in_house_form(project, tmp_path):
    shutil.copytree(project / "data", tmp_path / "data", ignore=shutil.ignore_patterns("captures"))
    assert tidy(tmp_path) == {}, "run: kit tidy"


def test_letters_of_windows_are_told_and_repaired_by_tidy(edit):
    folder = edit("sources", lambda raw: raw.replace(b"Roe, Jane", "Roë, José".encode("cp1252")))
    with pytest.raises(BadTable, match=r"is not UTF-8 .* `kit tidy` reads it as Windows-1252"):
        load_tables(folder)
    assert tidy(folder) == {"data/manual/sources.csv": ["Windows-1252 letters"]}
    assert load_tables(folder)["sources"]["authors"].explode().eq("Roë, José").any()


@pytest.mark.parametrize(
    ("text", "letters"),
    [("Müller", "mac-roman"), ("Привет", "cp1251"), ("Wałęsa", "cp1250"), ("Ελλάδα", "cp1253"), ("été", "mac-roman"),
     ("tück", "cp850"), ("これは", "shift_jis"), ("中文新闻", "gbk")],
)  # fmt: skip
def test_other_letters_are_not_taken_for_those_of_windows(edit, text, letters):
    folder = edit("sources", lambda raw: raw.replace(b"Roe, Jane", text.encode(letters)))
    with pytest.raises(BadTable, match=r"is not UTF-8 .* save it as CSV UTF-8 in the program that made it"):
        tidy(folder)


@pytest.mark.parametrize(
    "text",
    ["naïve café – “x” 5 €", "São Paulo ¿qué? ¡hola!", "Blåbær blåøjet", "Šibenik Žižek cœur", "créée d´accord l·l",
     "MÜLLER STRAßE ÉCOLE", "§ 5 §§ 3 12 m² 1ª nº5 3×4", "£5m ¥5 ½ °C ©", "Þórður Ægisson", "«mot» foo…bar naïf™"],
)  # fmt: skip
def test_letters_of_western_europe_are_read(text):
    saved = saved_rows(b"id,title\na," + text.encode("cp1252"), repair=True)
    assert saved.rows[1] == ["a", text]


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_under_the_name_of_a_csv_file_is_said_to_be_one(edit, begin):
    folder = edit("tags", lambda raw: begin + raw)
    with pytest.raises(BadTable, match=r"is a workbook of .* under the name of a CSV file; open it there"):
        load_tables(folder)


def test_the_mark_that_excel_needs_stays_where_it_was(edit):
    folder = edit("tags", lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert tidy(folder) == {"data/manual/tags.csv": ["Windows line ends"]}
    assert (folder / "data/manual/tags.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert tidy(folder) == {}


BROKEN = [
    ("events", b"Police search", "KÃ¼stenpolizei sucht".encode(), "title 'KÃ¼stenpolizei sucht"),
    ("events", b"Police search", "Polizei im Hafen\ufffdmt".encode(), "letter that was lost (U+FFFD)"),
    ("events", b"Police search the harbour office", b"#NAME?", "is the error of a spreadsheet's formula"),
    (
        "events",
        b"Police search the harbour office",
        b'"=HYPERLINK(""https://x.example"",""x"")"',
        "is a formula",
    ),
    ("events", b"Police search", "M\x81ller sucht".encode(), "letter that was lost (U+0081)"),
    (
        "events",
        b"Police search the harbour office",
        "#¿NOMBRE?".encode(),
        "is the error of a spreadsheet's formula",
    ),
    ("events", b"Police search the harbour office", b"Err:502", "is the error of a spreadsheet's formula"),
    ("events", b"Police search the harbour office", b"+HYPERLINK(1)", "is a formula"),
    (
        "events",
        b"Police search the harbour office",
        b"4.11E+15",
        "is what a spreadsheet makes of a long number",
    ),
    ("events", b"fine; raid", b'"fine, raid"', "a list has semicolons: write fine; raid"),
    ("events", b",reported,", b",Reported,", "did you mean 'reported'?"),
    (
        "events",
        b"2021-03-01-raid-harbour,",
        b"<<<<<<< HEAD\n2021-03-01-raid-harbour,",
        "is a mark of a merge",
    ),
]


@pytest.mark.parametrize(("table", "old", "new", "said"), BROKEN, ids=[said[:30] for *_, said in BROKEN])
def test_what_a_spreadsheet_or_a_merge_leaves_in_cells_is_told(edit, table, old, new, said):
    folder = edit(table, lambda raw: raw.replace(old, new, 1))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "value",
    ["São Paulo", "CAFÉ… LATÉ", "Müller’s “Öl”", "Łódź", "À la carte", "№ 4 ½ °", "東京", "p. 3/4", "3-4", "1. Mai", "=1+1",
     "#1 of 3", "#NVIDIA", "E+05", "1e5", "@quay", "-(x)", "44257", "Ã", "Â§ 4", "May 2021", "2021/22", "12.5", "3:45", "+49 30 1234", "C#"],
)  # fmt: skip
def test_sound_cells_stay_unmarked(value):
    tell = damage_of(pd.Series(["", value], name="locator"))
    assert tell(value) is None or value == "Â§ 4"


@pytest.mark.parametrize(
    "value", ["3/2/2021", "4-Mar", "Mar-04", "04. Mrz", "2.3.2021", "2021-03-02 00:00:00", "3-Apr-21"]
)
def test_a_date_that_a_spreadsheet_made_is_told_wherever_days_stand(edit, value):
    folder = edit(
        "evidence", lambda raw: raw.replace(b"boxes away,,,\n", f"boxes away,,,{value}\n".encode(), 1)
    )
    with pytest.raises(BadTable, match="is what a spreadsheet makes of a date"):
        load_tables(folder)


def test_the_number_of_a_day_is_told_where_a_day_stood(edit):
    folder = edit(
        "evidence",
        lambda raw: raw.replace(b"2021-06-fine-paid,,", b"2021-06-fine-paid,date,").replace(
            b"supports,,", b"supports,44257,"
        ),
    )
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert "says '44257' is a number by which spreadsheets count days; write 2021-03-02" in str(error.value)
    assert str(error.value).count("44257") == 1, "a fact whose field is no date may say so"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["2021-03-04", "3/2/2021"], "is what a spreadsheet makes of a date"),
        (["2021-03-04", "44257"], "is a number by which spreadsheets count days"),
        (["3/2/2021", "4/2/2021"], "is what a spreadsheet makes of a date"),
        (["Mar-21", ""], "is what a spreadsheet makes of a date"),
        (["1.2.3", "10.4.21"], ""),
        (["berth 4", "3/2/2021"], ""),
        (["44257", "44258"], ""),
    ],
)
def test_a_column_of_the_case_s_own_that_holds_dates_is_known_by_them(cells, told):
    tell = damage_of(pd.Series(cells, name="seen"), own=True)
    found = [wrong[0] for cell in cells if cell and (wrong := tell(cell))]
    assert all(told in wrong for wrong in found)
    assert bool(found) is bool(told)


def test_a_row_is_named_by_its_line_in_the_file(edit):
    folder = edit(
        "events", lambda raw: raw.replace(b"2021-06~", b"2021-13").replace(b"\n2021-06", b"\n\n\n2021-06")
    )
    with pytest.raises(BadTable, match=r"row 5 \(2021-06-fine-paid\): date '2021-13'"):
        load_tables(folder)


def test_a_source_that_is_there_twice_is_a_problem_and_no_traceback(edit):
    folder = edit("sources", lambda raw: raw + raw.splitlines(keepends=True)[1])
    with pytest.raises(BadTable, match="is used twice"):
        load_tables(folder)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("events.xlsx", "save its sheet as CSV UTF-8, as events.csv"),
        ("Events.ODS", "save its sheet as CSV UTF-8, as events.csv"),
        ("events (1).csv", "call it events.csv"),
        ("EVENTS.CSV", "call it events.csv"),
        ("events.csv.txt", "call it events.csv"),
    ],
)
def test_a_file_beside_a_missing_table_is_named(case_folder, name, remedy):
    (case_folder / "data/manual/events.csv").rename(case_folder / "data/manual" / name)
    with pytest.raises(BadTable) as error:
        load_tables(case_folder)
    assert f"is missing, and {name} lies beside it; {remedy}" in str(error.value)


@pytest.mark.parametrize("name", ["places - old.xlsx", "~$places.xlsx", "events.xlsx", "events (1).csv"])
def test_a_file_beside_the_tables_is_nobody_s_business(case_folder, name):
    (case_folder / "data/manual" / name).write_bytes(b"x")
    assert len(load_tables(case_folder)["events"]) == 2


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_problems(raw):
    saved = saved_rows(raw)
    assert len(saved.rows) == len(saved.lines)
    assert saved.lines == sorted(set(saved.lines))


@pytest.mark.parametrize(("cell", "said"), [
    ("44256", "date '44256' is a number by which spreadsheets count days; write 2021-03-01"),
    ("01.03.2021", "a spreadsheet has rewritten it; write 2021-03-01, and format the column as text"),
    ("02/03/2021", "write 2021-02-03 or 2021-03-02"),
])  # fmt: skip
def test_a_day_as_a_spreadsheet_has_it_is_told_with_the_day(edit, cell, said):
    folder = edit("events", lambda raw: raw.replace(b",2021-03-01,", f",{cell},".encode(), 1))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert said in str(error.value)


@pytest.mark.parametrize("sign", [b"\0", b"\x07", b"\x1b[31m"])
def test_a_control_sign_in_a_cell_is_told(edit, sign):
    folder = edit("events", lambda raw: raw.replace(b"Police", b"Po" + sign + b"lice", 1))
    with pytest.raises(BadTable, match="has a control sign"):
        load_tables(folder)
