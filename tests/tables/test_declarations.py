"""What a case declares is checked before anything is read by it, and told with its place and what to write."""

from __future__ import annotations

import pytest

import kit
from kit.errors import BadTable, KitError
from kit.tables.load import evidence_ids, load_tables
from kit.tables.read import read_cells
from kit.tables.schema import TABLES
from kit.tables.write import table_bytes

COLUMN = '[columns.events.berth]\nkind = "text"\nabout = "Where it lay"\n'


def declare(folder, text):
    with (folder / "data/case.toml").open("a") as file:
        file.write(text)
    return folder


WRONG = [
    ('[columns.event.berth]\nkind = "text"\nabout = "x"', "[columns.event]: is no table; did you mean 'events'?"),
    ('[columns.events]\nberth = "text"', "[columns.events.berth]: declares nothing; give it kind and about"),
    ('[columns]\nevents = "berth"', "[columns.events]: names no column; write [columns.events.COLUMN]"),
    ("columns = 3", "columns: is no table of the file; write [columns.NAME]"),
    ('[columns.events.berth]\nkind = "txt"\nabout = "x"', "[columns.events.berth]: kind 'txt' is none; did you mean 'text'?"),
    ('[columns.events.berth]\nkind = "number"', "[columns.events.berth]: does not say what it means"),
    ('[columns.events.Berth]\nkind = "text"\nabout = "x"', "[columns.events.Berth]: cannot be called so"),
    ('[columns.events.sailed_latest]\nkind = "text"\nabout = "x"', "none of the endings _earliest, _latest"),
    ('[columns.events.title]\nkind = "text"\nabout = "x"', "[columns.events.title]: is a column of the table already"),
    ('[columns.events.berth]\nkind = "code"\nabout = "x"', 'a code has words = ["...", "..."], or codebook = "variable"'),
    ('[columns.events.berth]\nkind = "text"\nwords = ["a"]\nabout = "x"', "has words without being of kind code"),
    ('[columns.events.berth]\nkind = "code"\nwords = ["a;b"]\nabout = "x"', "'a;b' cannot be a word of it"),
    ('[columns.events.berth]\nkind = "ref"\nabout = "x"', 'a ref has refers = ["actors"]'),
    ('[columns.events.berth]\nkind = "ref"\nrefers = ["actor"]\nabout = "x"', "refers to 'actor', which is no table with ids; did you mean 'actors'?"),
    ('[columns.events.berth]\nkind = "ref"\nrefers = ["evidence"]\nabout = "x"', "refers to 'evidence', which is no table with ids"),
    ('[columns.events.berth]\nkind = "text"\nabout = "x"\nneeded = true', "'needed' means nothing here; it takes kind, about"),
    ('[columns.events.berth]\nkind = "text"\nabout = "x"\nmany = "yes"', "many = 'yes' is not true or false"),
    ('[columns.events.berth]\nkind = "code"\nwords = [1]\nabout = "x"', "words holds something that is not text"),
    ('[tables.inspections]\nabout = "x"', "[tables.inspections]: lacks about or columns"),
    ('[tables.tags]\nabout = "x"\n[tables.tags.columns.a]\nkind = "text"\nabout = "x"', "[tables.tags]: cannot be called so"),
    ('[tables.captures]\nabout = "x"\n[tables.captures.columns.a]\nkind = "text"\nabout = "x"', "[tables.captures]: cannot be called so"),
    ('[tables.i]\nabout = "x"\nkey = ["b"]\n[tables.i.columns.a]\nkind = "text"\nabout = "x"', "[tables.i]: key names 'b', which is no column"),
    ('[tables.i]\nabout = "x"\nfact = true\nkey = ["a"]\n[tables.i.columns.a]\nkind = "text"\nabout = "x"', "is a table of facts with another key than id"),
    ('[tables]\ni = 1', "[tables.i]: declares nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said[:50] for _, said in WRONG])
def test_a_declaration_that_cannot_be_used_is_told(case_folder, text, said):
    with pytest.raises(BadTable) as error:
        kit.open(declare(case_folder, text)).events  # noqa: B018
    assert said in str(error.value)
    assert str(error.value).startswith("data/case.toml:")


def test_all_of_them_come_at_once(case_folder):
    wrong = '[columns.event.a]\nkind = "text"\n[columns.events.b]\nkind = "txt"\n[tables.c]\nabout = "x"\n'
    with pytest.raises(BadTable, match="4 problems to fix"):
        kit.open(declare(case_folder, wrong)).events  # noqa: B018


def test_a_column_that_nobody_declared_is_told_with_what_to_write(edit):
    folder = edit("events", lambda raw: raw.replace(b",note\n", b",berth\n"))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    told = 'declare it in data/case.toml: [columns.events.berth] with kind = "text" and about = "..."'
    assert told in str(error.value)
    declare(folder, COLUMN)
    assert load_tables(folder)["events"]["berth"].tolist() == ["", ""]


def test_cells_of_its_own_columns_are_checked_as_others_are(edit):
    folder = edit(
        "events", lambda raw: raw.replace(b",note\n", b",berth\n").replace(b",high,\n", b",high,nine\n")
    )
    declare(folder, '[columns.events.berth]\nkind = "number"\nrequired = true\nabout = "Where it lay"\n')
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert "berth 'nine' is not a number" in str(error.value)
    assert "berth is blank; write a value, or one of unknown, not-recorded, not-applicable" in str(
        error.value
    )


VARIABLES = [
    (b"rule,one,", b"rule,,", "column 'rule' is not one of the table's"),
    (b"rule,,existing", b"rulo,,existing", "row 12 (rule): has no value; add a row for each value that it may take"),
    (b"office,actor,,", b"note,actor,,", "has the name of another column of cases; give it another name"),
    (b"rule,,existing", b"rulo,one,existing", "kind 'one' stands beside a value"),
    (b"office,actor,", b"Office,actor,", "'Office' cannot be the name of a column; use lower-case letters"),
    (b"rule,one,", b"rule,on,", "kind 'on' is none; did you mean 'one'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), VARIABLES, ids=[said[:40] for _, _, said in VARIABLES])
def test_a_variable_that_cannot_be_used_is_told(edit, old, new, said):
    folder = edit("codebook", lambda raw: raw.replace(old, new))
    with pytest.raises(BadTable) as error:
        load_tables(folder)
    assert said in str(error.value)


def test_a_file_may_do_without_what_may_be_blank(case_folder):
    path = case_folder / "data/manual/sources.csv"
    cells, problems, _ = read_cells(path, TABLES["sources"])
    assert not problems
    path.write_bytes(
        table_bytes(cells.drop(columns=["authors", "note", "derived_from", "url"]), TABLES["sources"])
    )
    sources = load_tables(case_folder)["sources"]
    assert sources["authors"].tolist() == [(), ()]
    assert sources["url"].tolist() == ["", ""]
    assert kit.tidy(kit.open(case_folder)) == {}
    assert (
        path.read_text().splitlines()[0] == "id,type,title,publisher,issued,language,tier,read,archived_url"
    )


def test_evidence_keeps_its_id_when_a_file_gains_columns_and_gets_another_for_another_capture(case_folder):
    path = case_folder / "data/manual/evidence.csv"
    before = load_tables(case_folder)["evidence"]["id"].tolist()
    cells, _, _ = read_cells(path, TABLES["evidence"])
    told = cells.assign(capture="", translation="In English")
    assert evidence_ids(told) == before
    capture = "harbour-post-2021-03-02-raid-20260304t090000z"
    assert not set(evidence_ids(told.assign(capture=capture))) & set(before)
    path.write_bytes(table_bytes(told.assign(capture=capture), TABLES["evidence"]))
    assert load_tables(case_folder)["evidence"]["capture"].eq(capture).all()
    path.write_bytes(table_bytes(told.assign(capture="last week"), TABLES["evidence"]))
    with pytest.raises(BadTable, match="capture 'last week' is not of its form"):
        load_tables(case_folder)


def test_settings_that_are_no_text_are_told(case_folder):
    (case_folder / "data/case.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(KitError, match="cannot be read"):
        kit.open(case_folder)
