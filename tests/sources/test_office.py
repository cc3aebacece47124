"""Documents that a source sent: read by rows and paragraphs, within bounds, kept under their names."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support.loopback import Desk

from kit.errors import KitError
from kit.evidence.passages.capture_text import block_at, read_capture
from kit.evidence.passages.judgement import find_passage
from kit.evidence.passages.matching import Passage
from kit.sources.adding import source_row
from kit.sources.capture.capture import Capture, capture_in
from kit.sources.capture.local_files import recognised
from kit.sources.capture.office import DOCX, ODS, ODT, RTF, XLSX
from kit.sources.extract.documents import extract, read_page
from kit.sources.extract.office.rows import extract_separated
from kit.sources.extract.reading.html_tree import Unreadable
from kit.sources.extract.reading.page import Page
from kit.sources.keep import keep
from kit.text.pandoc import pandoc_bytes

CSV = 'berth,boxes,day\nnine,38,2021-03-01\n"outer basin, west side",1204,2021-03-02\n'


def word() -> bytes:
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "Note to the master", "Ann Roe"
    made.sections[0].header.paragraphs[0].text = "Harbour office, ref 7/2021"
    made.add_heading("On the night of the search", 1)
    made.add_paragraph("Nobody on the night watch was told of the search.")
    made.add_paragraph("Two clerks stood in the rain.", style="List Bullet")
    table = made.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("berth", "boxes", "nine", "38"), strict=True
    ):
        cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def workbook(far: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Berths")
        sheet.write_row(0, 0, ["berth", "share", "boxes", "day"])
        sheet.write_row(1, 0, ["berth nine, west side"])
        sheet.write_number(1, 1, 0.27, book.add_format({"num_format": "0%"}))
        sheet.write_number(1, 2, 1204, book.add_format({"num_format": "#,##0"}))
        sheet.write_datetime(1, 3, datetime(2021, 3, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(2, 0, ["ten", "", 7])
        if far:
            sheet.write_string(1048575, 16383, "far away")
        book.add_worksheet("Notes").write_string(0, 0, "Counted twice.")
    return out.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return out.getvalue()


_NS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def opendocument(rows: str) -> bytes:
    table = f'<table:table table:name="Berths">{rows}</table:table>'
    content = f"<office:document-content {_NS}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": ODS, "content.xml": content})


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


SHEET = opendocument(
    f"<table:table-row>{cell('berth')}{cell('boxes')}</table:table-row>"
    f"<table:table-row>{cell('berth nine, west side')}{cell('38')}<table:table-cell table:number-columns-repeated='16382'/></table:table-row>"
    "<table:table-row table:number-rows-repeated='1048574'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
)


def rows(page: Page) -> list[list[str]]:
    return [block.split(" \t") for block in page.visible.split("\n\n")]


@pytest.mark.parametrize("made", [CSV, CSV.replace("\n", "\r"), "sep=,\n" + CSV, "\ufeff" + CSV])
def test_csv_is_read_by_rows_whatever_saved_it(made):
    page = extract_separated(made.encode(), "text/csv", "", "")
    assert rows(page)[2] == ["outer basin, west side", "1204", "2021-03-02"]
    assert [page.visible[span.start : span.end] for span in page.structure if span.label == "head"] == [
        "berth",
        "boxes",
        "day",
    ]


def test_csv_of_an_older_excel_is_read_in_its_letters():
    page = extract_separated("Ort;Kisten\nMüllers Kai;38\n".encode("cp1252"), "text/csv", "", "")
    assert rows(page) == [["Ort", "Kisten"], ["Müllers Kai", "38"]]


def test_a_first_row_of_values_has_no_heads():
    page = extract_separated(b"nine\t38\nten\t7\n", "text/tab-separated-values", "", "")
    assert rows(page) == [["nine", "38"], ["ten", "7"]]
    assert [span.label for span in page.structure] == ["table"]


def test_a_quotation_mark_that_never_ends_is_told():
    assert [warn.code for warn in extract_separated(b'a,b\n"c,d\ne,f\n', "text/csv", "", "").warnings] == [
        "odd-rows"
    ]


def test_a_workbook_is_read_by_sheets_and_rows_as_it_shows_them():
    page = read_page(workbook(), "application/octet-stream")
    assert rows(page) == [
        ["Berths"], ["berth", "share", "boxes", "day"], ["berth nine, west side", "27%", "1,204", "2021-03-02"], ["ten", "", "7", ""],
        ["Notes"], ["Counted twice."],
    ]  # fmt: skip


def test_a_sheet_of_opendocument_is_read_and_its_blank_million_rows_are_not():
    began = time.monotonic()
    assert rows(read_page(SHEET, ODS)) == [["berth", "boxes"], ["berth nine, west side", "38"]]
    assert time.monotonic() - began < 20


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing():
    began = time.monotonic()
    page = read_page(workbook(far=True), XLSX)
    assert "far away" in page.visible
    assert len(page.visible) < 300
    assert time.monotonic() - began < 20


def test_a_word_file_is_read_by_paragraphs_items_and_rows():
    page = read_page(word(), "application/zip")
    blocks = page.visible.split("\n\n")
    assert "Nobody on the night watch was told of the search." in blocks
    assert "nine \t38" in blocks
    assert (page.title.value, page.authors.value, page.date.value) == ("Note to the master", ("Ann Roe",), "")
    assert {"item", "table", "footer"} <= {span.label for span in page.structure}
    assert blocks[-1] == "Harbour office, ref 7/2021"


def test_what_was_struck_while_changes_were_tracked_is_not_seen_and_a_remark_is_a_remark():
    body = (
        "<w:p><w:r><w:t>The gate was </w:t></w:r><w:del w:id='1' w:author='A'><w:r><w:delText>open</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='A'><w:r><w:t>shut</w:t></w:r></w:ins><w:r><w:t> at six.</w:t></w:r></w:p>"
    )
    with zipfile.ZipFile(io.BytesIO(word())) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts["word/document.xml"] = (
        f"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>"
    )
    page = read_page(zipped(parts), DOCX)
    assert page.visible.split("\n\n")[0] == "The gate was shut at six."
    assert [label for label, _ in page.unseen][:1] == ["deleted"]


@pytest.mark.parametrize(("kind", "name"), [(ODT, "odt"), (RTF, "rtf"), (DOCX, "docx")])
def test_other_word_processors_are_read_too(kind, name):
    made = pandoc_bytes(
        "# Note\n\nThe gate was shut at six.\n", "markdown", name, "--standalone", "--output", "-"
    )
    page = read_page(made, kind)
    assert "The gate was shut at six." in page.visible.split("\n\n")


def test_words_from_outside_a_file_are_never_read_into_it(tmp_path):
    (secret := tmp_path / "secret").write_text("the password")
    content = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>' + (
        f"<office:document-content {_NS}><office:body><office:text><text:p>Read &e;</text:p></office:text></office:body></office:document-content>"
    )
    made = zipped(
        {"mimetype": ODT, "content.xml": content, "styles.xml": content, "META-INF/manifest.xml": "<m/>"}
    )
    try:
        page = read_page(made, ODT)
    except Unreadable:
        return
    assert "password" not in page.visible


@pytest.mark.parametrize("kind", [XLSX, ODS, DOCX, ODT])
def test_a_bomb_is_refused(kind):
    part = {XLSX: "xl/workbook.xml", DOCX: "word/document.xml"}.get(kind, "content.xml")
    made = zipped({"mimetype": kind, part: "<a/>", "big.xml": b"\0" * 70_000_000})
    with pytest.raises(Unreadable, match="unpack"):
        read_page(made, kind)


@pytest.mark.parametrize("kind", [XLSX, ODS, DOCX, ODT])
def test_a_damaged_file_is_refused_by_name(kind):
    with pytest.raises(Unreadable, match=r"memo\.x"):
        read_page((word() if kind == DOCX else SHEET)[:-400], kind, place="memo.x")


def test_a_wide_bomb_of_cells_is_cut():
    many = cell("x", "table:number-columns-repeated='16000'")
    page = read_page(
        opendocument(f"<table:table-row table:number-rows-repeated='900000'>{many}</table:table-row>" * 20),
        ODS,
    )
    assert len(page.visible) < 6_000_000


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "application/msword", "before 2007"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "picture"),
        (b"\0\1\2", "application/octet-stream", "octet-stream"),
    ],
)
def test_what_is_not_read_is_refused_with_what_to_do(data, kind, words):
    with pytest.raises(Unreadable, match=words) as refused:
        read_page(data, kind)
    assert refused.value.remedy


def test_json_is_read_as_the_text_that_it_is():
    assert json.loads(read_page(b'{"boxes": 38}', "application/json").visible) == {"boxes": 38}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=4), max_size=5))
def test_any_bytes_of_rows_give_a_page_whose_lines_are_its_blocks(table):
    raw = "\n".join(",".join(f'"{each.replace(chr(34), "")}"' for each in row) for row in table).encode()
    page = extract_separated(raw, "text/csv", "", "")
    assert [page.visible[span.start : span.end] for span in page.lines] == (
        page.visible.split("\n\n") if page.lines else []
    )


@pytest.fixture
def case(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


def kept(case: Desk, folder: Path, name: str, data: bytes) -> Capture:
    (folder / name).write_bytes(data)
    return keep(case, folder / name, source="the-clerk", clock=lambda: datetime(2021, 4, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "data", "start", "end"),
    [
        ("results of 2021.csv", CSV.encode(), "outer basin, west side", "1204"),
        ("berths.xlsx", workbook(), "berth nine, west side", "1,204"),
        ("berths.ods", SHEET, "berth nine, west side", "38"),
        ("memo.docx", word(), "Nobody on the night", "of the search"),
    ],
)
def test_a_passage_of_a_document_holds_and_the_document_keeps_its_name(
    case, tmp_path, name, data, start, end
):
    capture = kept(case, tmp_path, name, data)
    assert capture.file_name() == name
    assert capture_in(capture.path).file_name() == name
    row = source_row(extract(capture), capture)
    assert (row["file"], row["type"]) == (name, "document")
    assert name not in row["title"]
    page = read_capture(capture)
    verdict = find_passage(page, Passage("e-1", "the-clerk", start, end))
    assert verdict.holds
    assert not page.excerpt


def test_a_row_of_a_document_is_read_with_its_heads(case, tmp_path):
    page = read_capture(kept(case, tmp_path, "berths.xlsx", workbook()))
    assert block_at(page, page.normal.text.find("1,204")).row[2] == ("boxes", "1,204")


def test_what_a_file_is_is_known_by_its_bytes_not_its_name(tmp_path):
    for name, data, kind in (
        ("a.zip", word(), DOCX),
        ("b", workbook(), XLSX),
        ("c.zip", SHEET, ODS),
        ("d", b"{\\rtf1 x}", RTF),
    ):
        (tmp_path / name).write_bytes(data)
        assert recognised(tmp_path / name) == kind


def test_a_name_is_never_a_path(case, tmp_path):
    capture = kept(case, tmp_path, "memo.csv", CSV.encode())
    assert "/" not in capture.file_name()
    raw = capture.content()
    assert raw == CSV.encode()
    with pytest.raises(KitError):
        extract(tmp_path / "no such.csv")
    assert date(2021, 4, 1) == capture.captured_at.date()
