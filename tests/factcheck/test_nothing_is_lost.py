"""A word typed anywhere into a packet is told and kept, wherever and however it was typed."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from support.office_files import MAIN, REL, W, box, note, run, with_part
from support.packets import edited, fill, paragraph, printed, repacked, sent, tracked

import kit
from kit.factcheck.merge import import_packet
from kit.factcheck.writers.xlsx import packet_xlsx
from kit.tables.schema import TABLES

TOKEN = "Quagmire"
TABLES_HERE = [TABLES[name].path for name in ("checks", "remarks")]
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(folder: Path, path: Path) -> tuple[str, str, bool]:
    """What importing says, what the tables then hold, and whether all was found in order; the tables are emptied before."""
    for name in TABLES_HERE:
        (folder / name).unlink(missing_ok=True)
    outcome = import_packet(kit.open(folder), path)
    kept = "".join((folder / name).read_text() for name in TABLES_HERE if (folder / name).exists())
    return str(outcome), kept, outcome.clean


def assert_told(folder: Path, path: Path) -> None:
    said, kept, clean = told(folder, path)
    assert TOKEN in said
    assert TOKEN in kept
    assert not clean
    again = import_packet(kit.open(folder), path)
    assert (again.marked, again.clean) == ([], False)


def into(text: str, at: int) -> str:
    """The text with the word put into it."""
    return f"{text[: at % (len(text) + 1)]} {TOKEN} {text[at % (len(text) + 1) :]}"


NUMBER = st.integers(0, 10_000)


def clean_print(folder: Path, sheet: bool = False) -> Path:
    """The packet of the case, in which nobody has said anything yet; printed once."""
    for name in TABLES_HERE:
        (folder / name).unlink(missing_ok=True)
    kept, path = (
        folder.parent / f"kept-{sheet}",
        folder.parent / ("fact-check.xlsx" if sheet else "fact-check.docx"),
    )
    if not kept.exists():
        kept.write_bytes(packet_xlsx(printed(folder)) if sheet else sent(folder).read_bytes())
    path.write_bytes(kept.read_bytes())
    return path


@QUICK
@given(which=NUMBER, at=NUMBER, own=st.booleans(), change=st.sampled_from(["", "ins", "moveTo"]))
def test_a_word_in_any_text_of_a_word_file(
    case_folder: Path, which: int, at: int, own: bool, change: str
) -> None:
    where = ""

    def typed(root: etree._Element) -> None:
        nonlocal where
        fill(root, "Whole packet", by="Ann Roe", on="2021-07-02")
        nodes = [node for node in root.iter(f"{W}t") if node.text]
        node = nodes[which % len(nodes)]
        where = next(
            (tag.get(f"{W}val") for tag in node.iterancestors(f"{W}sdt") for tag in tag.iter(f"{W}tag")), ""
        )
        if own:
            new = copy.deepcopy(node.getparent())
            new.find(f"{W}t").text = f" {TOKEN} "
            node.getparent().addnext(new)
            if change:
                tracked(new, change)
        else:
            node.text = into(node.text, at)

    said, kept, clean = told(case_folder, edited(clean_print(case_folder), typed))
    if where != "packet.by":  # a name alone, which signs nothing here
        assert TOKEN in said
        assert TOKEN in kept
        assert not clean or where.endswith(".by") or f"({TOKEN}," in said  # a name beside its field is one


@QUICK
@given(which=NUMBER, ours=st.booleans(), new=st.booleans())
def test_a_paragraph_after_any_other(case_folder: Path, which: int, ours: bool, new: bool) -> None:
    def typed(root: etree._Element) -> None:
        there = list(root.iter(f"{W}p"))
        before = there[which % len(there)]
        made = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{run(f"Ann: {TOKEN}, see page 5")}</w:p>')
        if ours:
            made.insert(0, copy.deepcopy(before.find(f"{W}pPr")))
        if new:
            tracked(made.find(f"{W}r"), "ins")
        before.addnext(made)

    assert_told(case_folder, edited(clean_print(case_folder), typed))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note(case_folder: Path, kind: str) -> None:
    path = sent(case_folder)
    back = edited(path, lambda root: note(paragraph(root, "s-0003", "Statement"), kind))
    back = with_part(
        back,
        f"word/{kind}s.xml",
        f'<w:{kind}s xmlns:w="{W[1:-1]}"><w:{kind} w:id="2"><w:p>{run(TOKEN)}</w:p></w:{kind}></w:{kind}s>',
    )
    assert_told(case_folder, back)
    assert (
        f"s-0003 was remarked on (a{'n' if kind == 'endnote' else ''} {kind}): {TOKEN}"
        in told(case_folder, back)[0]
    )


@pytest.mark.parametrize("form", ["vml", "drawing", "both"])
def test_a_text_box(case_folder: Path, form: str) -> None:
    back = edited(
        sent(case_folder), lambda root: paragraph(root, "s-0002", "Statement").append(box(TOKEN, form))
    )
    assert_told(case_folder, back)
    said = told(case_folder, back)[0]
    assert f"s-0002 was remarked on (a text box): {TOKEN}" in said
    assert said.count(TOKEN) == 1


def test_a_picture_is_kept_aside_and_told(case_folder: Path) -> None:
    back = with_part(sent(case_folder), "word/media/image1.png", "not really a picture")
    said, _, clean = told(case_folder, back)
    assert "a picture or file was put in, kept as data/returned/" in said
    assert not clean
    (kept,) = (case_folder / "data/returned").iterdir()
    assert kept.read_text() == "not really a picture"


OTHER_PARTS: dict[str, str] = {
    "word/header7.xml": f'<w:hdr xmlns:w="{W[1:-1]}"><w:p>{run(TOKEN)}</w:p></w:hdr>',
    "word/diagrams/data1.xml": f'<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>{TOKEN}</a:t></d>',
    "word/comments.xml": f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="7"><w:p>{run(TOKEN)}</w:p></w:comment></w:comments>',
}


@pytest.mark.parametrize("name", OTHER_PARTS)
def test_words_in_another_part(case_folder: Path, name: str) -> None:
    assert_told(case_folder, with_part(sent(case_folder), name, OTHER_PARTS[name]))


def test_words_in_the_properties_of_the_file(case_folder: Path) -> None:
    def typed(raw: bytes) -> bytes:
        root = etree.fromstring(raw)
        node = etree.SubElement(
            root, "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
        )
        node.text = TOKEN
        return etree.tostring(root)

    assert_told(case_folder, repacked(sent(case_folder), {"docProps/core.xml": typed}))


def book(folder: Path) -> Any:
    return load_workbook(clean_print(folder, sheet=True))


def saved(folder: Path, made: Any) -> Path:
    path = folder.parent / "fact-check.xlsx"
    made.save(path)
    return path


@QUICK
@given(row=st.integers(1, 40), column=st.integers(1, 30), append=st.booleans(), at=st.integers(0, 300))
def test_a_word_in_any_cell(case_folder: Path, row: int, column: int, append: bool, at: int) -> None:
    made = book(case_folder)
    cell = made["Statements"].cell(row, column)
    name = made["Statements"].cell(4, column).value
    cell.value = into(str(cell.value or ""), at) if append else TOKEN
    said, kept, clean = told(case_folder, saved(case_folder, made))
    filled = row in range(5, 10) and name in ("comment", "checked by")
    assert TOKEN in said
    assert filled or (TOKEN in kept and not clean)


SHEETS: dict[str, Callable[[Any], None]] = {
    "a new sheet": lambda made: made.create_sheet("Mine").append(["", TOKEN]),
    "the hidden sheet": lambda made: made["packet"].__setitem__("C9", TOKEN),
    "a comment far below": lambda made: setattr(
        made["Statements"]["C90"], "comment", Comment(TOKEN, "Ann Roe")
    ),
    "a formula": lambda made: made["Statements"].__setitem__("B6", f'="{TOKEN}"&A1'),
    "the head of a page": lambda made: setattr(made["Statements"].oddHeader.left, "text", TOKEN),
    "a cell at the far end": lambda made: made["Statements"].__setitem__("XFD1048576", TOKEN),
}


@pytest.mark.parametrize("where", SHEETS)
def test_a_word_around_the_cells(case_folder: Path, where: str) -> None:
    made = book(case_folder)
    SHEETS[where](made)
    assert_told(case_folder, saved(case_folder, made))


@pytest.mark.parametrize(("cell", "said"), [
    ("B7", "s-0003: struck out"),
    ("H7", "s-0003 was remarked on (what was printed)"),
    ("F7", "s-0003 was remarked on (the column 'comment', struck out): Twelve"),
])  # fmt: skip
def test_what_is_struck_out_in_a_cell_is_told(case_folder: Path, cell: str, said: str) -> None:
    made = book(case_folder)
    if cell == "F7":
        made["Statements"][cell] = "Twelve"
    made["Statements"][cell].font = Font(strike=True)
    outcome, _, clean = told(case_folder, saved(case_folder, made))
    assert said in outcome
    assert not clean


def test_a_text_box_beside_the_cells(case_folder: Path) -> None:
    path = saved(case_folder, book(case_folder))
    drawing = f'<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>{TOKEN}</a:t></d>'
    assert_told(case_folder, with_part(path, "xl/drawings/drawing1.xml", drawing))


def test_an_untouched_file_says_nothing(case_folder: Path) -> None:
    assert "nothing new" in told(case_folder, sent(case_folder))[0]
    assert "nothing new" in told(case_folder, saved(case_folder, book(case_folder)))[0]


def test_a_thread_of_excel_comes_back_whole_and_without_what_is_meant_for_older_versions(
    case_folder: Path,
) -> None:
    path = saved(case_folder, book(case_folder))
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    sheet = "xl/worksheets/_rels/sheet1.xml.rels"
    bound = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}" Target="../threadedComments/t.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/comments" Target="../comments1.xml"/></Relationships>'
    )
    threads = (
        '<ThreadedComments xmlns="t"><threadedComment ref="B6" dT="2021-07-02T10:00:00" personId="p" id="1" done="1">'
        '<text>Which court?</text></threadedComment><threadedComment ref="B6" dT="2021-07-03T10:00:00" personId="q" id="2" '
        'parentId="1"><text>The county court.</text></threadedComment></ThreadedComments>'
    )
    old = (
        f'<comments xmlns="{MAIN}"><authors><author>tc=1</author></authors><commentList><comment ref="B6" authorId="0">'
        "<text><t>[Threaded comment]\n\nYour version of Excel allows you to read this; learn more: https://x.example/1\n\n"
        "Comment:\n    Which court?</t></text></comment></commentList></comments>"
    )
    people = '<personList xmlns="t"><person displayName="Ann Roe" id="p"/><person displayName="Ben Doe" id="q"/></personList>'
    for name, content in (
        (sheet, bound), ("xl/threadedComments/t.xml", threads), ("xl/comments1.xml", old), ("xl/persons/person.xml", people),
    ):  # fmt: skip
        path = with_part(path, name, content)
    outcome = import_packet(kit.open(case_folder), path)
    resolved = "thread resolved; the file does not say by whom"
    assert kit.open(case_folder).checks.loc[0, "comment"] == (
        f"Which court? (Ann Roe, 2021-07-02; {resolved}) / The county court. (Ben Doe, 2021-07-03; a reply; {resolved})"
    )
    assert "version of Excel" not in str(outcome)


def test_what_word_writes_into_an_emptied_field_is_no_answer(case_folder: Path) -> None:
    def emptied(root: etree._Element) -> None:
        fill(root, "s-0001", status="checked")
        line = paragraph(root, "s-0001", "Mark")
        control = line.findall(f"{W}sdt")[1]
        shown = etree.fromstring(
            f'<w:r xmlns:w="{W[1:-1]}"><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click or tap here.</w:t></w:r>'
        )
        content = control.find(f"{W}sdtContent")
        content[:] = [shown]

    said, _, _ = told(case_folder, edited(clean_print(case_folder), emptied))
    assert "s-0001: checked (nobody): is checked by nobody" in said


HOSTILE: dict[str, str] = {
    "labels without end": "s-0001 Status: " + "Checked by: " * 60_000,
    "ids without end": "s-0002 " * 100_000,
    "a paragraph of one word": "x" * 3_000_000,
    "many new paragraphs": "",
    "nested changes": "",
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_text_is_read_in_bounded_time(case_folder: Path, how: str) -> None:
    def hostile(root: etree._Element) -> None:
        before = paragraph(root, "s-0002", "Statement")
        if how == "many new paragraphs":
            for number in range(5_000):
                before.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{run(f"line {number}")}</w:p>'))
        elif how == "nested changes":
            deep = f"{'<w:ins>' * 200}{run(TOKEN)}{'</w:ins>' * 200}"
            before.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{deep}</w:p>'))
        else:
            before.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{run(HOSTILE[how])}</w:p>'))

    path = edited(clean_print(case_folder), hostile)
    started = time.process_time()
    assert not import_packet(kit.open(case_folder), path).clean
    assert time.process_time() - started < 20


def test_a_picture_at_a_sentence_is_told_there(case_folder: Path) -> None:
    def put(root: etree._Element) -> None:
        drawing = (
            f'<w:r xmlns:w="{W[1:-1]}" xmlns:r="{REL}"><w:drawing><a descr="Page 5 of the ledger">'
            '<b r:embed="rId99"/></a></w:drawing></w:r>'
        )
        paragraph(root, "s-0003", "Statement").append(etree.fromstring(drawing))

    rels = "word/_rels/document.xml.rels"
    bound = (
        f'<Relationship Id="rId99" Type="{REL}/image" Target="media/image1.png"/></Relationships>'.encode()
    )
    back = edited(clean_print(case_folder), put)
    back = repacked(back, {rels: lambda raw: raw.replace(b"</Relationships>", bound)}, "bound.docx")
    said, kept, _ = told(case_folder, with_part(back, "word/media/image1.png", "not really a picture"))
    assert (
        "s-0003 was remarked on (a picture or file): a picture or file was put in, kept as data/returned/"
        in said
    )
    assert "s-0003 was remarked on (the description of a picture): Page 5 of the ledger" in said
    assert "reworded" not in said
    assert "Page 5 of the ledger" in kept
