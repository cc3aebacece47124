"""Sources to and from other programs: nothing lost, nothing doubled, nothing run, nothing half written."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from ftfy import fix_encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kit
from kit.errors import BadTable, KitError
from kit.sources.bibliography.csl import extra_fields, with_extra_fields
from kit.sources.bibliography.exchange import FORMATS, export_sources, exported, import_sources
from kit.sources.bibliography.identity import is_usable, source_id
from kit.sources.bibliography.ris import read_ris, write_ris
from kit.sources.bibliography.rows import COLUMNS, item_row
from kit.tables.cells import join_list
from kit.tables.load import typed
from kit.tables.schema import TABLES
from kit.tables.validate import check_tables

TABLE = TABLES["sources"]
WORDS = {column.name: column.words for column in TABLE.columns if column.words}
RAID = "harbour-post-2021-03-02-raid"


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


def written(path, items):
    path.write_text(json.dumps(items), encoding="utf-8")
    return path


# A cell of the table: any text that is not control characters, in one line.
text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30).filter(
    lambda words: fix_encoding(words) == words and "\ufffd" not in words
)
cell = text.map(str.strip)
some = cell.filter(bool)
tricky = st.sampled_from(
    [
        "=1+1", "'=x", "@a", "--", "a -- b", "Quote \"x\" 'y'", "100% & more_", "{brace", "\\alpha $x$", "[described]",
        "Key: value", "Contradicted: no", "<i>x</i> <b", "a; b", "é ü 漢字 ﬁ", "x [csl DOI=1]", "x [casebook tier=x]", "~", "#1",
        "TY  - BOOK", "ER  -", "a]b", "@book{a,", "“smart”", "n/a", "Title: Short", "trailing.", "...", "¿?",
    ]
)  # fmt: skip
words = st.one_of(some, tricky)
names = st.one_of(
    st.tuples(some, some).map(", ".join),
    words,
    st.sampled_from(["Boxes, Inc.", "van der Roe, Jane", "King, M. L., Jr."]),
).map(lambda name: " ".join(name.replace(";", " ").split()))
dates = st.sampled_from(
    ["2021-03-02", "2021-03", "2021", "2021-23", "2021?", "2021-03~", "2021-03-02%", "[2021-03-02..2021-03-05]", "199X",
     "2021-XX", "2021-03/2021-05", "2021/..", "unknown", "not-recorded", "not-applicable"]
)  # fmt: skip
addresses = st.sampled_from(
    ["", "https://p.example/a_b?c=d&e=%20f#g,h", "http://p.example/~x/{y}", "https://漢.example/é"]
)


@st.composite
def rows(draw, count):
    def one(number):
        return dict.fromkeys(COLUMNS, "") | {
            "id": f"source-{number}",
            "type": draw(st.sampled_from(WORDS["type"])),
            "title": draw(words),
            "authors": join_list(filter(None, draw(st.lists(names, max_size=3)))),
            "publisher": draw(words),
            "issued": draw(dates),
            "url": draw(addresses),
            "language": draw(st.sampled_from(["en", "fr", "zh", "und"])),
            "tier": draw(st.sampled_from(WORDS["tier"])),
            "derived_from": "source-0" if number and draw(st.booleans()) else "",
            "read": draw(st.sampled_from(WORDS["read"])),
            "archived_url": draw(addresses),
            "note": draw(st.one_of(st.just(""), words)),
        }

    return [one(number) for number in range(count)]


def back_and_forth(cells, ending):
    frame = pd.DataFrame(cells, columns=COLUMNS, dtype="str")
    assert not check_tables({"sources": frame})
    return [item_row(item) for item in FORMATS[ending].read(exported(typed(frame, TABLE), ending)).items]


def plain(cells):
    return {column: re.sub(r"^'(?=[=+\-@])", "", value) for column, value in cells.items()}


@settings(deadline=None, max_examples=40)
@given(rows(3))
def test_json_and_ris_bring_every_cell_back(cells):
    for ending in (".json", ".ris"):
        assert list(map(plain, back_and_forth(cells, ending))) == list(map(plain, cells))


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(rows(25))
def test_bibtex_brings_every_cell_back(cells):
    assert list(map(plain, back_and_forth(cells, ".bib"))) == list(map(plain, cells))


def test_the_project_s_own_sources_come_back_from_every_format(project):
    sources = kit.open(project).sources.iloc[::10]
    for ending in FORMATS:
        # exported() reads its own text back and raises where a cell would not return.
        assert [
            item_row(item)["id"] for item in FORMATS[ending].read(exported(sources, ending)).items
        ] == list(sources.index)


@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_is_imported_as_the_same_table(case, case_folder, tmp_path, ending):
    before = (case_folder / TABLE.path).read_bytes()
    file = export_sources(case, tmp_path / f"out{ending}")
    bare(case_folder)
    added, duplicates, _ = import_sources(kit.open(case_folder), file)
    assert (case_folder / TABLE.path).read_bytes() == before
    pd.testing.assert_frame_equal(
        added.sort_values("id", ignore_index=True), case.table("sources").sort_values("id", ignore_index=True)
    )
    assert duplicates.empty


def bare(folder):
    """The case without facts or sources."""
    for name in (
        "evidence",
        "claims",
        "events",
        "cases",
        "metrics",
        "participants",
        "second_coding",
        "sources",
    ):
        path = folder / TABLES[name].path
        path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_sources_are_reported_and_not_doubled(case, case_folder, tmp_path, ending):
    before = (case_folder / TABLE.path).read_bytes()
    added, duplicates, _ = import_sources(case, export_sources(case, tmp_path / f"out{ending}"))
    assert added.empty
    assert duplicates["same_as"].tolist() == case.sources.index.tolist()
    assert set(duplicates["by"]) == {"address"}
    assert (case_folder / TABLE.path).read_bytes() == before


def test_a_duplicate_is_told_by_address_or_doi_and_a_likeness_is_only_told(case, tmp_path):
    items = [
        {"title": "Other", "URL": "http://www.harbourpost.example/2021/03/02/raid/?utm_source=x#top"},
        {"title": "police raid the HARBOUR office!", "issued": {"date-parts": [[2021, 3, 2]]}},
        {"title": "A paper", "DOI": "10.1/AB", "publisher": "Quay"},
        {"title": "The paper", "DOI": "https://doi.org/10.1/ab", "publisher": "Quay"},
        {"title": "Police raid the harbour office", "publisher": "Quay"},
    ]
    added, duplicates, told = import_sources(case, written(tmp_path / "x.json", items), tier="secondary")
    assert added["title"].tolist() == [
        "police raid the HARBOUR office!",
        "A paper",
        "Police raid the harbour office",
    ]
    assert duplicates[["same_as", "by"]].values.tolist() == [[RAID, "address"], ["quay-undated-paper", "DOI"]]
    assert told["says"].tolist() == [f"has the title and date of {RAID}: are they one?"]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({"URL": "https://app.example/#/doc/1"}, {"URL": "https://app.example/#/doc/2"}, False),
        ({"URL": "https://app.example/#!doc1"}, {"URL": "https://app.example/#!doc2"}, False),
        ({"URL": "https://a.example/x#top"}, {"URL": "https://a.example/x#notes"}, True),
        ({"URL": "https://a.example/x?id=1"}, {"URL": "https://a.example/x?id=2"}, False),
        ({"URL": "https://a.example/x?fbclid=1"}, {"URL": "http://www.a.example/x/"}, True),
        ({"title": "[untitled]"}, {"title": "[untitled]"}, False),
        ({"title": "News in brief"}, {"title": "News in brief"}, False),
        ({"type": "chapter", "title": "Night", "URL": "https://b.example/book"},
         {"type": "chapter", "title": "Day", "URL": "https://b.example/book"}, False),
        ({"type": "chapter", "title": "Night", "DOI": "10.1/b"}, {"type": "chapter", "title": "Day", "DOI": "10.1/b"}, False),
        ({"type": "chapter", "title": "Night", "DOI": "10.1/b"}, {"type": "chapter", "title": "Night", "DOI": "10.1/B"}, True),
    ],
)  # fmt: skip
def test_what_is_one_source(case, tmp_path, first, second, one):
    day = {
        "issued": {"date-parts": [[2021, 3, 2]]},
        "type": "article-newspaper",
        "title": "A title of its own",
    }
    items = [{**day, **first, "id": "one"}, {**day, **second, "id": "two"}]
    added, there, _ = import_sources(case, written(tmp_path / "x.json", items), tier="secondary")
    assert (len(added), len(there)) == ((1, 1) if one else (2, 0))


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        ("2021-03-02", "2021-03-02"),
        (2021, "2021"),
        ({"raw": "March 2, 2021"}, "2021-03-02"),
        ({"literal": "Spring 2021"}, "2021-21"),
        ({"edtf": "2021-03?"}, "2021-03?"),
        ({"date-parts": [[2021]], "season": "winter"}, "2021-24"),
        ({"date-parts": [["2021-03-02"]]}, "2021-03-02"),
        ({"date-parts": [["2021", "03", "02"]]}, "2021-03-02"),
        ({"date-parts": [[None]]}, "not-recorded"),
        ({"date-parts": [[]]}, "not-recorded"),
        ({"date-parts": [[None]], "literal": "2 March 2021"}, "2021-03-02"),
    ],
)
def test_days_of_csl_json_in_every_form(issued, day):
    assert item_row({"title": "x", "issued": issued})["issued"] == day


def test_a_day_with_two_readings_is_both_and_asked_about(case, tmp_path):
    (tmp_path / "x.ris").write_text("TY  - NEWS\nTI  - Raid\nPY  - 2021\nDA  - 02/03/2021\nER  - \n")
    added, _, told = import_sources(case, tmp_path / "x.ris", tier="secondary")
    assert added["issued"].tolist() == ["[2021-02-03,2021-03-02]"]
    assert told["says"].tolist() == ["the date '02/03/2021' is 3 February or 2 March 2021"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("TY  - NEWS|Y1  - 2021/02/27|PY  - 2021|DA  - 2021/03/02", {"issued": {"date-parts": [[2021, 3, 2]]}}),
        ("TY  - NEWS|PY  - 2021|DA  - Mar 2", {"issued": {"date-parts": [[2021, 3, 2]]}}),
        ("TY  - NEWS|DA  - 2021|Y1  - 2021/03/02", {"issued": {"date-parts": [[2021, 3, 2]]}}),
        ("TY  - CHAP|A2  - Doe, John|T2  - Ports|PB  - Quay|SP  - 33|EP  - 52",
         {"type": "chapter", "editor": [{"family": "Doe", "given": "John"}], "publisher": "Quay", "page": "33-52",
          "container-title": "Ports"}),
        ("TY  - BOOK|T2  - Harbour studies|SN  - 978|SP  - 300",
         {"collection-title": "Harbour studies", "ISBN": "978", "number-of-pages": "300"}),
        ("TY  - CASE|PB  - Court of Quay|SP  - 4", {"authority": "Court of Quay", "page": "4"}),
        ("TY  - ELEC|Y2  - 2021/04/05/|T2  - Quay online", {"accessed": {"date-parts": [[2021, 4, 5]]}}),
        ("TY  - JOUR|JO  - H. Stud.|T2  - Harbour Studies", {"container-title": "Harbour Studies"}),
        ("TY  - EJOUR|TI  - x", {"type": "article-journal", "custom": {"RIS-TY": ["EJOUR"]}}),
        ("TY  -NEWS|TI  -Raid|PY  -2021|ER  -", {"type": "article-newspaper", "title": "Raid"}),
        ("TY-NEWS|TI - Raid", {"type": "article-newspaper", "title": "Raid"}),
    ],
)  # fmt: skip
def test_a_tag_of_ris_means_what_it_means_for_its_kind(lines, expected):
    (item,) = read_ris(lines.replace("|", "\n")).items
    assert {field: item.get(field) for field in expected} == expected
    assert read_ris(write_ris([{"id": "a", **item}])).items[0] == {"id": "a", **item}


def test_fields_without_a_column_are_kept_and_cited_and_exported(case, case_folder, tmp_path):
    items = [
        {
            "id": "Roe2020",
            "type": "thesis",
            "title": "On raids",
            "author": [
                {"family": "Roe", "given": "Jan", "non-dropping-particle": "van"},
                {"literal": "Doe, Reed & Co; X"},
            ],
            "publisher": "Quay University",
            "container-title": "Works",
            "issued": {"date-parts": [["2020", "5"]], "circa": True},
            "DOI": "10.1/x",
            "accessed": {"date-parts": [[2021, 1, 2]]},
            "custom": {"deep": [1, {"a": None}]},
        }
    ]
    added, _, _ = import_sources(case, written(tmp_path / "x.json", items), tier="primary")
    row = added.iloc[0]
    assert (row["id"], row["type"], row["issued"]) == ("quay-university-2020-05-raids", "report", "2020-05~")
    assert row["authors"] == ("van Roe, Jan", "Doe, Reed & Co, X")
    again = kit.open(case_folder).sources.query("id == @row.id")
    for ending in FORMATS:
        back = FORMATS[ending].read(exported(again, ending)).items
        assert item_row(back[0])["note"] == row["note"], ending
    item = json.loads(exported(again, ".json"))[0]
    for field in ("type", "container-title", "DOI", "accessed", "custom"):
        assert item[field] == items[0][field]
    assert item["author"] == [
        {"family": "Roe", "given": "Jan", "non-dropping-particle": "van"},
        items[0]["author"][1],
    ]
    assert item["citation-key"] == "Roe2020"


def test_a_column_that_a_person_changes_outdoes_what_was_carried(case):
    note = with_extra_fields("", "csl", {"author": [{"literal": "Doe, Reed & Co"}], "type": "thesis"})
    from kit.sources.bibliography.csl import csl_items

    changed = case.sources.assign(note=note, authors=[("Roe, Jane",)] * 2, type="book")
    assert csl_items(changed)[0]["author"] == [{"family": "Roe", "given": "Jane"}]
    assert csl_items(changed)[0]["type"] == "book"


def test_bibtex_of_another_program_is_read_with_its_unknown_fields(case, tmp_path):
    (tmp_path / "x.bib").write_text(
        """@string{hp = "Harbour Post"}
@article{Roe2021, author = {Roe, Jane and {Boxes, Inc.}}, title = {Police raid {\\'e}tude \\& more}, journal = hp,
  year = 2021, month = mar, printrun = "9, {a}", shelf = {x {y} = z}, url = {https://h.example/a_b?c=d&e=f}}
@online{x, title={Page}, date={2021-03-02?}, organization={Site}, url={https://x.example/}}"""
    )
    added, _, _ = import_sources(case, tmp_path / "x.bib", tier="secondary")
    roe = added.iloc[0]
    assert roe["authors"] == ("Roe, Jane", "Boxes, Inc.")
    assert (roe["title"], roe["publisher"], roe["issued"]) == (
        "Police raid étude & more",
        "Harbour Post",
        "2021-03",
    )
    custom = extra_fields(roe["note"], "csl")[1]["custom"]
    assert custom == {"bibtex-printrun": "9, {a}", "bibtex-shelf": "x {y} = z"}


def test_ris_of_another_program_is_read_with_its_unknown_tags():
    lines = [
        "TY  - NEWS",
        "A1  - Roe, Jane",
        "T1  - A long",
        "title",
        "Y1  - 2021/03/02/Tuesday",
        "KW  - a",
        "KW  - b",
        "TY  - BOOK",
    ]
    raid, book = read_ris("\r\n".join([*lines[:7], "ER  - ", "", lines[7], "TI  - Cut off"])).items
    assert raid["title"] == "A long title"
    assert raid["issued"] == {"date-parts": [[2021, 3, 2]]}
    assert raid["custom"] == {"RIS-KW": ["a", "b"]}
    assert "KW  - a\nKW  - b\n" in write_ris([raid])
    assert book["title"] == "Cut off"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([{"title": "x", "URL": "javascript:alert(1)"}], {"url": "", "publisher": "unknown"}),
        ([{"title": "x", "URL": "data:text/html,<script>"}], {"url": ""}),
        ([{"title": "x", "URL": "file:///etc/passwd"}], {"url": ""}),
        ([{"title": "=HYPERLINK(1)", "author": [{"literal": "@x"}]}], {"title": "'=HYPERLINK(1)"}),
        ([{"title": "x", "publisher": "+1", "note": "-2"}], {"publisher": "'+1"}),
        (
            [{"title": "x", "note": "[casebook title==1+1 url=javascript:x archived_url=data:x]"}],
            {"title": "'=1+1", "url": ""},
        ),
        ([{"title": "a\u001b[31m\nb\u0000"}], {"title": "a[31m b"}),
        (
            [{"title": ["a", {"b": 1}], "type": ["x"], "issued": 5, "author": "Roe", "note": {"x": 1}}],
            {"type": "document"},
        ),
        ([{"title": "x", "issued": {"date-parts": [["year", None]]}}], {"issued": "not-recorded"}),
        ([{"title": "x", "issued": {"date-parts": [[10**30, 99, 99]]}}], {"issued": "not-recorded"}),
        ([{"id": "../../etc/passwd", "title": "../../x", "publisher": "/root"}], {"id": "root-undated-x"}),
        ([{"id": "con\u0000", "title": "漢字", "publisher": "漢"}], {"id": "con"}),
    ],
)
def test_hostile_items_become_harmless_rows(case, case_folder, tmp_path, items, expected):
    added, _, _ = import_sources(case, written(tmp_path / "x.json", items), tier="secondary")
    row = added.iloc[0]
    for column, value in expected.items():
        assert row[column] == value
    assert is_usable(row["id"])
    for value in (row["title"], row["publisher"], row["note"], *row["authors"]):
        assert not value.startswith(("=", "+", "-", "@"))
    assert (tmp_path / "x.json").exists()
    assert kit.open(case_folder).sources.index.tolist().count(row["id"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("x.json", b"{", "is not JSON"),
        ("x.json", b"[" * 200_000, "is not JSON"),
        ("x.json", b"[1, 2]", "is not a list of items"),
        ("x.json", b"\xff\xfe", "is not UTF-8"),
        ("x.bib", b"@article{a, title = {unclosed", "mend what it names"),
        ("x.bib", b" " * 5_000_001, "is over 5 MB"),
        ("x.rdf", b"<rdf/>", "is not a format for sources"),
        ("none.ris", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    case, case_folder, tmp_path, name, content, wrong
):
    before = (case_folder / TABLE.path).read_bytes()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(KitError, match=wrong):
        import_sources(case, tmp_path / name, tier="secondary")
    assert (case_folder / TABLE.path).read_bytes() == before


def test_a_tier_is_asked_for_and_never_guessed(case, case_folder, tmp_path):
    file = written(tmp_path / "x.json", [{"title": "x", "publisher": "Quay"}])
    with pytest.raises(KitError, match="how near 1 source stood to what happened; say which tier: primary"):
        import_sources(case, file)
    with pytest.raises(BadTable, match="tier 'prime' is not one of"):
        import_sources(case, file, tier="prime")
    assert len(kit.open(case_folder).sources) == 2


def test_origins_follow_their_new_ids_and_strangers_are_named_in_the_note(case, tmp_path):
    items = [
        {"id": "Roe", "title": "Raid", "publisher": "Quay", "note": "[casebook tier=primary]"},
        {
            "id": "Doe",
            "title": "Echo",
            "publisher": "Pier",
            "note": "[casebook tier=secondary derived_from=Roe;%20far]",
        },
    ]
    added, _, _ = import_sources(case, written(tmp_path / "x.json", items))
    assert added["derived_from"].tolist() == [(), ("quay-undated-raid",)]
    assert added["note"].iloc[1].startswith("Repeats, in the case it comes from: far.")


def test_an_id_that_another_table_uses_is_not_taken(case, tmp_path):
    file = written(
        tmp_path / "x.json", [{"id": "2021-03-01-raid-harbour", "title": "Raid", "publisher": "Quay"}]
    )
    added, _, _ = import_sources(case, file, tier="secondary")
    assert added["id"].tolist() == ["quay-undated-raid"]


@given(st.text(), st.text(), st.text(), st.text())
def test_an_id_is_never_a_path_and_always_the_same(publisher, issued, title, url):
    cells = {"publisher": publisher, "issued": issued, "title": title, "url": url}
    first = source_id(cells, ())
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", first)
    assert is_usable(first)
    assert first == source_id(cells, ())
    second = source_id(cells, {first})
    assert second == f"{first}-2"
    assert source_id(cells, {first, second}) == f"{first}-3"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)


@given(
    cell,
    st.dictionaries(
        st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,4}(-[A-Za-z0-9_]{1,4})?", fullmatch=True),
        json_values,
        min_size=1,
    ),
)
def test_what_a_note_carries_comes_back(note, values):
    line = with_extra_fields(note, "csl", values)
    assert "--" not in line.removeprefix(note)
    assert extra_fields(line, "csl") == (note, values)


fields = st.sampled_from(
    [
        "id",
        "type",
        "title",
        "author",
        "issued",
        "URL",
        "DOI",
        "note",
        "publisher",
        "container-title",
        "language",
        "custom",
        "x",
    ]
)


@settings(deadline=None)
@given(st.dictionaries(fields, json_values))
def test_any_item_makes_a_row_that_holds_only_text_in_one_line(item):
    cells = item_row(item)
    assert list(cells) == COLUMNS
    assert all(isinstance(value, str) and "\n" not in value for value in cells.values())
    assert not any(value.startswith(("=", "+", "-", "@")) for value in cells.values())
    cells |= {"id": source_id(cells, ()), "tier": cells["tier"] or "primary"}
    frame = pd.DataFrame([cells], columns=COLUMNS, dtype="str")
    assert not check_tables({"sources": frame}) or "casebook" in str(item)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_as_ris_without_an_error_of_python(content):
    for item in read_ris(content).items:
        item_row(item)
