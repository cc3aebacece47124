"""PDF, Word and Markdown print the same notebook: real notes, alt text, the same bytes, and text that stays text."""

from __future__ import annotations

import base64
import ctypes
import io
import os
import re
import tomllib
import zipfile
from dataclasses import replace
from html import unescape
from importlib import import_module
from pathlib import Path

import docx
import nbformat
import pandas as pd
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from support.books import (
    DOT,
    NUMBER,
    PROSE,
    ROWS,
    W,
    book_of,
    chart,
    notebook,
    pdf_alts,
    pdf_text,
    shown,
    table,
    word_part,
    word_text,
)

import kit
from kit.errors import KitError, NoCase, Problems, UnknownMark
from kit.evidence.prose.document import Document
from kit.reporting.book.book import make_book, reduced
from kit.reporting.book.editions import built_for
from kit.reporting.writers import markdown, pdf
from kit.reporting.writers.docx import writer
from kit.reporting.writers.html.page import page_of
from kit.text.pandoc import rewrite, run_pandoc

HOSTILE = r'#import "x.typ" \ `ls` $x$ <script>alert(1)</script> a|b [c](javascript:1) *d* _e_ // f @g ~'


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


@pytest.fixture
def book(case):
    first = notebook(
        PROSE, [NUMBER, chart()], [ROWS], [new_output("stream", name="stdout", text="38 of 42\n")]
    )
    second = notebook(
        "# And then?\n\nNothing [@harbour-post-2021-03-02-raid]; see [the raid](00-raid.ipynb)."
    )
    folder = case.path / "notebooks"
    return make_book(
        case, [Document(first, folder / "00-raid.ipynb"), Document(second, folder / "01-then.ipynb")]
    )


def notes_in(book):
    counted = []
    rewrite([chapter.blocks for chapter in book.chapters], lambda kind, content: counted.append(kind))
    return counted.count("Note")


def test_each_format_is_the_same_bytes_twice_whatever_the_clock(book, tmp_path, monkeypatch):
    made = {}
    for turn in ("first", "second"):
        monkeypatch.setattr("time.time", lambda turn=turn: {"first": 1e9, "second": 1.5e9}[turn])
        files = [path for writer in (pdf, writer, markdown) for path in writer.write(book, tmp_path / turn)]
        made[turn] = {path.relative_to(tmp_path / turn).as_posix(): path.read_bytes() for path in files}
    assert list(made["first"]) == [
        "report.pdf",
        "report.docx",
        "markdown/00-raid.md",
        "markdown/00-raid/figure-1.png",
        "markdown/01-then.md",
    ]
    assert made["first"] == made["second"]
    assert book.warnings == []


def test_the_pdf_is_tagged_for_readers_and_fit_to_be_kept(book):
    content = pdf.pdf_bytes(book)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in re.sub(
        rb">\s+<", b"><", content
    )
    assert pypdfium2.PdfDocument(content).is_tagged()
    text = pdf_text(content)
    for said in (
        "The harbour raid",
        "Public edition",
        "Contents",
        f"Built for {built_for().day} ",
        "Police searched the … on Monday morning",
        "Most boxes went on Monday",
        "38 of 42",
        "Jane Roe and John Doe",
    ):
        assert said in text, said
    assert "x = 1" not in text
    assert pdf_alts(content) == ["Two bars: 38 boxes on Monday, 4 on Tuesday."]
    outline = [item.get_title() for item in pypdfium2.PdfDocument(content).get_toc()]
    assert outline == ["Was it raided?", "What went", "And then?", "The evidence, fact by fact", "Sources"]


def test_each_mark_of_a_title_is_the_same_in_every_format(edit):
    title = 'The ’90s: 5\' 10" and 12" at l’été, rock ’n’ roll, ʻokina'
    cell = '"' + title.replace('"', '""') + '"'
    case = kit.open(
        edit("sources", lambda raw: raw.replace(b"Police raid the harbour office", cell.encode()))
    )
    made = book_of(case, PROSE, [NUMBER])
    page = re.sub(r"<[^>]*>", "", page_of(made.chapters[0], made.notes).body)
    (written, *_) = markdown.write(made, case.path)
    (word,) = writer.write(made, case.path)
    notes = "".join(t.text or "" for t in word_part(word.read_bytes(), "word/footnotes.xml").iter(f"{W}t"))
    for printed in (pdf_text(pdf.pdf_bytes(made)), notes, unescape(page), written.read_text()):
        assert title.casefold() in " ".join(printed.replace("\\", "").split()).casefold()


def test_every_font_of_the_pdf_is_within_it(book):
    document = pypdfium2.PdfDocument(pdf.pdf_bytes(book))
    fonts = {}
    for page in document:
        for text in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
            font = pdfium.FPDFTextObj_GetFont(text)
            fonts[ctypes.addressof(font.contents)] = pdfium.FPDFFont_GetIsEmbedded(font)
    assert len(fonts) >= 3
    assert set(fonts.values()) == {1}


def test_the_day_of_an_edition_is_that_of_source_date_epoch(book, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert "Built for 14 November 2023" in pdf_text(pdf.pdf_bytes(book))
    facts = docx.Document(io.BytesIO(writer.word_bytes(book))).core_properties
    assert f"{facts.created:%Y-%m-%d}" == f"{facts.modified:%Y-%m-%d}" == "2023-11-14"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(KitError, match="SOURCE_DATE_EPOCH: 'soon' is no time; give whole seconds"):
        pdf.pdf_bytes(book)


def test_word_has_real_notes_headings_captions_and_alt_text(book):
    content = writer.word_bytes(book)
    notes = word_part(content, "word/footnotes.xml")
    written = [note for note in notes.iter(f"{W}footnote") if note.get(f"{W}type") is None]
    assert len(written) == notes_in(book) - 1 == 3  # the raid is marked twice, and has one note
    assert "Harbour Post (2021-03-02); 0 of 1 passage found. Evidence E1." in "".join(
        t.text for t in written[0].iter(f"{W}t")
    )
    assert "Police searched the … on Monday morning" in word_text(content)
    document = docx.Document(io.BytesIO(content))
    styled = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Heading 1", "Was it raided?") in styled
    assert ("Heading 2", "What went") in styled
    assert ("Lead", "The chart follows.") in styled
    assert [text for style, text in styled if style in ("toc 1", "toc 2")] == [
        "Was it raided?", "What went", "And then?", "The evidence, fact by fact", "Sources",
    ]  # fmt: skip
    described = [part.get("descr") for part in document.element.body.iter() if part.tag.endswith("}docPr")]
    assert described == ["Two bars: 38 boxes on Monday, 4 on Tuesday."]
    assert [section.header.paragraphs[0].text for section in document.sections] == [
        "",
        "Was it raided?",
        "And then?",
        "The evidence, fact by fact",
    ]
    # LibreOffice shows 0 for each note of a section that begins anew.
    assert b"numRestart" not in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_everything_that_a_word_file_names_is_in_it_once(book):
    content = writer.word_bytes(book)
    packed = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith(".xml")}
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    for name, part in parts.items():
        named = [
            e.get(f"{W}val")
            for kind in ("pStyle", "rStyle", "tblStyle", "basedOn")
            for e in part.iter(f"{W}{kind}")
        ]
        assert {*named} <= styles, name
        identities = [e.get("id") for e in part.iter() if str(e.tag).endswith("}docPr")]
        assert len(identities) == len({*identities}), name
        links = {value for e in part.iter() for key, value in e.attrib.items() if "relationships}" in key}
        folder, _, file = name.rpartition("/")
        beside = f"{folder}/_rels/{file}.rels"
        known = etree.fromstring(packed.read(beside)) if beside in packed.namelist() else ()
        assert links <= {relation.get("Id") for relation in known}, name
        missing = [
            relation.get("Target") for relation in known
            if relation.get("TargetMode") != "External"
            and os.path.normpath(os.path.join("/", folder, relation.get("Target")))[1:] not in packed.namelist()
        ]  # fmt: skip
        assert missing == [], name
    body, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    for attribute in ("id", "name"):
        marks = [mark.get(f"{W}{attribute}") for mark in body.iter(f"{W}bookmarkStart")]
        assert len(marks) == len({*marks})
    asked = [reference.get(f"{W}id") for reference in body.iter(f"{W}footnoteReference")]
    held = [note.get(f"{W}id") for note in notes.iter(f"{W}footnote") if note.get(f"{W}type") is None]
    assert sorted(asked) == sorted(held) != []
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}


def test_a_table_in_word_is_one_that_an_editor_can_edit(book):
    (edited,) = docx.Document(io.BytesIO(writer.word_bytes(book))).tables
    assert [[cell.text for cell in row.cells] for row in edited.rows] == [
        ["day", "boxes"],
        ["Mon", "38"],
        ["Tue", "4"],
    ]
    assert edited.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert {p.style.name for row in edited.rows for cell in row.cells for p in cell.paragraphs} == {
        "Table Text"
    }
    assert edited.rows[1].cells[1].paragraphs[0].alignment == 2


def test_a_word_file_names_nobody_and_no_machine(book):
    content = writer.word_bytes(book)
    facts = docx.Document(io.BytesIO(content)).core_properties
    assert (facts.author, facts.last_modified_by, facts.title) == ("", "", "The harbour raid")
    packed = zipfile.ZipFile(io.BytesIO(content))
    assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    everything = b"".join(packed.read(name) for name in packed.namelist())
    for secret in (str(Path.home()), str(book.case.path), "base64,"):
        assert secret.encode() not in everything


def test_markdown_holds_its_notes_and_its_pictures_and_no_path_of_ours(book, tmp_path):
    markdown.write(book, tmp_path)
    text = (tmp_path / "markdown/00-raid.md").read_text()
    assert text.startswith('---\ntitle: "Was it raided?"\ncase: "The harbour raid"\nedition: "public"\n')
    assert len(re.findall(r"^\[\^\d+\]: ", text, re.M)) == 3
    pictures = re.findall(r"!\[([^]]*)\]\(([^)]*)\)", text)
    assert pictures == [("Two bars: 38 boxes on Monday, 4 on Tuesday.", "00-raid/figure-1.png")]
    assert (tmp_path / "markdown" / pictures[0][1]).read_bytes().startswith(b"\x89PNG")
    assert "| Mon |    38 |" in text
    assert "[the raid](00-raid.md)" in (tmp_path / "markdown/01-then.md").read_text()
    assert str(book.case.path) not in text


def test_letters_without_a_glyph_are_told_with_their_place_and_the_pdf_still_stands(case, edit):
    edit("sources", lambda raw: raw.replace(b"Police raid the harbour office", "港ཀ Порт".encode()))
    book = book_of(kit.open(case.path), PROSE, [NUMBER])
    text = pdf_text(pdf.pdf_bytes(book))
    assert "港□ Порт" in text
    assert [problem.place for problem in book.warnings] == [
        "notebooks/00-raid.ipynb",
        "the chapter “The evidence, fact by fact”",
    ]
    assert book.warnings[0].wrong.startswith("1 letter has no glyph and is printed as □: ཀ (U+0F40) in ")
    assert 'fonts = "fonts"' in book.warnings[0].remedy
    assert "港ཀ Порт" in "".join(word_part(writer.word_bytes(book), "word/footnotes.xml").itertext())
    assert "港ཀ Порт" in markdown.markdown_files(book)["00-raid.md"].decode()


def test_letters_of_a_chart_count_too(case):
    book = book_of(case, "# T", [chart(headline="On ཀ most went")])
    writer.word_bytes(book)
    assert "ཀ (U+0F40)" in book.warnings[0].wrong


def test_a_style_is_found_beside_its_case_wherever_the_report_is_asked_for(
    case, project, tmp_path_factory, monkeypatch
):
    (case.path / "house.csl").write_bytes((project / "kit/sources/bibliography/styles/apa.csl").read_bytes())
    case.settings["citation_style"] = "house.csl"
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    book = book_of(case, "# T\n\nSo [@harbour-post-2021-03-02-raid].")
    assert "Roe, J., & Doe, J. (2021, March 2)" in markdown.markdown_files(book)["00-raid.md"].decode()


@pytest.mark.parametrize("folder", ["nowhere", "../elsewhere"])
def test_a_folder_of_fonts_must_be_in_the_case(case, folder):
    (case.path.parent / "elsewhere").mkdir()
    case.settings["fonts"] = folder
    with pytest.raises(KitError, match=r"data/case.toml: fonts = .* is no folder of the case; name a folder"):
        pdf.pdf_bytes(book_of(case, "# T"))


def test_hostile_text_stays_text_in_every_format(case, edit):
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    edit("sources", lambda raw: raw.replace(b"Police raid the harbour office", quoted.encode()))
    (case.path / "data/case.toml").write_text(f"title = '{HOSTILE}'\n")
    rows = table(pd.DataFrame({HOSTILE: [HOSTILE], "n": [1]}))
    written = (
        "# "
        + re.sub(r"([^\w\s]|_)", r"\\\1", HOSTILE)
        + "\n\n[38](#=boxes) [@harbour-post-2021-03-02-raid]\n"
    )
    book = book_of(
        kit.open(case.path), written, [NUMBER, chart(headline=HOSTILE, alt=HOSTILE), rows],
        [new_output("stream", name="stdout", text=f"``` {HOSTILE}\n````\n#panic()")],
    )  # fmt: skip
    assert book.chapters[0].title == HOSTILE

    printed = pdf_text(pdf.pdf_bytes(book))
    squeezed = re.sub(r"\s", "", printed)
    assert squeezed.count(re.sub(r"\s", "", HOSTILE)) >= 5
    assert "#panic()" in squeezed

    content = writer.word_bytes(book)
    assert word_text(content).count(HOSTILE) >= 4
    # The citation style gives a title capitals, and nothing else.
    noted = "".join(word_part(content, "word/footnotes.xml").itertext())
    assert HOSTILE[HOSTILE.index("$x$") :].lower() in noted.lower()
    links = zipfile.ZipFile(io.BytesIO(content)).read("word/_rels/document.xml.rels").decode()
    assert "javascript" not in links

    text = markdown.markdown_files(book)["00-raid.md"].decode()
    read_again = run_pandoc(text.split("---\n", 2)[2], "gfm", "plain", "--columns", "1000")
    assert read_again.count(HOSTILE) >= 3
    assert "<script" not in run_pandoc(text.split("---\n", 2)[2], "gfm", "html").replace("<code", "")


OWN = (
    "# T\n\nSo it was[^own], says the Post [@harbour-post-2021-03-02-raid]; a count [@harbour-2021-boxes].\n\n"
    "Again the Post [@harbour-post-2021-03-02-raid] and the office [@2021-06-fine-paid].\n\n"
    "[^own]: We asked, as the raid shows [@2021-03-01-raid-harbour], on Monday.\n"
)
HEADED = (
    "# Was it raided [@2021-03-01-raid-harbour]?\n\n"
    + "So it was. " * 900
    + "\n\n## See [the Post](https://post.example)[^1] [@2021-06-fine-paid]\n\nAgain [@2021-03-01-raid-harbour].\n\n"
    "# القسم الثاني [@2021-06-fine-paid]\n\n" + "So it went. " * 900 + "\n\n[^1]: Own.\n"
)


def test_headings_may_bear_notes_and_links(case):
    book = book_of(case, HEADED)
    document = pypdfium2.PdfDocument(pdf.pdf_bytes(book))
    assert [item.get_title().strip() for item in document.get_toc()][:2] == ["Was it raided?", "See the Post"]
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    assert any(page.startswith("Was it raided?\n") for page in pages[2:])
    assert any("القسم" in page for page in pages[2:])
    assert re.findall(r"See note (\d)\.", "".join(pages)) == ["3"]
    assert re.search(r"Again\s*1\s*\.", "".join(pages))
    notes = [note.strip() for note in notes_of(writer.word_bytes(book))]
    assert [notes[1], *notes[3:]] == ["Own.", "See note 3."]
    assert "Again1." in word_text(writer.word_bytes(book))
    sections = docx.Document(io.BytesIO(writer.word_bytes(book))).sections
    assert sections[1].header.paragraphs[0].text == "Was it raided?"


AGAIN = "Once more the raid [@2021-03-01-raid-harbour] and the fine [@2021-06-fine-paid]."


def notes_of(content):
    """The notes of a Word file by chapter, as its reader sees them."""
    written = word_part(content, "word/footnotes.xml").iter(f"{W}footnote")
    return ["".join(t.text for t in n.iter(f"{W}t")) for n in written if n.get(f"{W}type") is None]


def test_footnotes_of_the_authors_own_count_and_may_hold_marks(case):
    book = book_of(case, OWN, AGAIN)
    notes = notes_of(writer.word_bytes(book))
    assert notes[0].strip().startswith("We asked, as the raid shows, on Monday.2021-03-01: Police search")
    assert [note.strip() for note in notes] == [
        notes[0].strip(), notes[1].strip(), notes[2].strip(), notes[3].strip(),
    ]  # fmt: skip
    assert "See note" not in "".join(notes)
    assert "Again the Post2 and the office.\nOnce more the raid1 and the fine4." in word_text(
        writer.word_bytes(book)
    )
    printed = " ".join(pdf_text(pdf.pdf_bytes(book)).split())
    assert re.search(
        r"Again the Post ?2 and the office ?4 ?\. Once more the raid ?1 and the fine ?4 ?\.", printed
    )
    text = markdown.markdown_files(book)["00-raid.md"].decode()
    assert [f"[^{n}]: See note {of}." in text for n, of in ((4, 2), (6, 1), (7, 5))] == [True] * 3

    page = page_of(book.chapters[0], book.notes)
    assert page.noted == {
        "2021-03-01-raid-harbour": 1,
        "harbour-post-2021-03-02-raid": 2,
        "harbour-2021-boxes": 3,
        "2021-06-fine-paid": 5,
    }
    assert re.findall(r'href="#fn(\d)"[^>]*data-again="(\d)"', page.body) == [
        ("2", "2"),
        ("1", "1"),
        ("5", "5"),
    ]


def test_numbers_of_neighbouring_notes_are_parted(case):
    book = book_of(
        case,
        "# T\n\n## So\n\nIt was [@2021-03-01-raid-harbour; @2021-06-fine-paid] so[^a][^b].\n\n[^a]: A.\n\n[^b]: B.",
    )
    assert re.search(r"It was ?1 ?, ?2 so ?3 ?, ?4 ?\.", " ".join(pdf_text(pdf.pdf_bytes(book)).split()))
    assert "It was, so,." in word_text(writer.word_bytes(book))
    shown = re.sub(r"<[^>]*>", "", page_of(book.chapters[0], book.notes).body)
    assert "It was1,2 so3,4." in shown


def test_notes_count_through_a_word_file_and_are_named_so(case):
    raid, then = (
        notebook("# T\n\nThe raid [@2021-03-01-raid-harbour], and again [@2021-03-01-raid-harbour]."),
        notebook(
            "# U\n\nThe Post [@harbour-post-2021-03-02-raid], 38 times: so the Post [@harbour-post-2021-03-02-raid]."
        ),
    )
    folder = case.path / "notebooks"
    content = writer.word_bytes(
        make_book(case, [Document(raid, folder / "00-raid.ipynb"), Document(then, folder / "01-then.ipynb")])
    )
    notes = [note.strip() for note in notes_of(content)]
    assert len(notes) == 2
    assert "and again1." in word_text(content)
    assert "38 times: so the Post2." in word_text(content)


def test_notes_on_paper_count_without_the_prose_that_only_the_page_unfolds(case):
    aside = new_markdown_cell(
        "An aside [@2021-03-01-raid-harbour] to [@harbour-2021-boxes].", metadata={"tags": ["hide-cell"]}
    )
    book = book_of(case, "# T\n\nThe Post [@harbour-post-2021-03-02-raid].", aside, AGAIN, AGAIN)
    notes = [note.strip() for note in notes_of(writer.word_bytes(book))]
    assert len(notes) == 3
    assert notes[1].startswith("2021-03-01: Police search the harbour office")
    assert "Once more the raid2 and the fine3." in word_text(writer.word_bytes(book))
    again = re.search(
        r"fine ?3 ?\. Once more the raid ?2 and the fine ?3 ?\.",
        " ".join(pdf_text(pdf.pdf_bytes(book)).split()),
    )
    assert again
    text = markdown.markdown_files(book)["00-raid.md"].decode()
    assert re.findall(r"See note \d\.", text) == ["See note 2.", "See note 3."]

    assert [f"See note {n}." in page_of(book.chapters[0], book.notes).body for n in (2, 4)] == [True, False]


def tagged(tag, *outputs):
    return new_code_cell("secret = 'code'", outputs=list(outputs), metadata={"tags": [tag]})


def printed_by(text):
    return new_output("stream", name="stdout", text=text)


@pytest.mark.parametrize(
    ("tag", "code", "output"),
    [
        ("hide-input", True, True),
        ("hide_input", True, True),
        ("remove-input", False, True),
        ("remove-output", True, False),
        ("remove-cell", False, False),
    ],
)
def test_the_tags_of_jupyter_book_decide_what_is_shown(case, tag, code, output):
    (chapter,) = book_of(case, "# T", tagged(tag, printed_by("put out"))).chapters
    assert ("secret" in str(chapter.blocks)) is code
    assert ("put out" in str(chapter.blocks)) is output


def test_what_is_hidden_is_folded_on_the_page_and_left_out_on_paper(case):
    hidden = new_markdown_cell("An aside.", metadata={"tags": ["hide-cell"]})
    book = book_of(case, "# T\n\nAnswer.", tagged("hide-output", printed_by("put out")), hidden)

    page = page_of(book.chapters[0], book.notes).body
    assert page.count('<details class="folded">') == 2
    assert "put out" in page
    assert "An aside." in page
    text = pdf_text(pdf.pdf_bytes(book))
    assert "Answer." in text
    assert "put out" not in text
    assert "An aside." not in text


def test_internal_cells_are_left_out_of_the_public_edition_alone(case):
    cells = ("# T\n\n[38](#=boxes)", tagged("internal", NUMBER, printed_by("for us")))
    shown_in = {
        edition: "for us" in str(book_of(case, *cells, edition=edition).chapters[0].blocks)
        for edition in ("internal", "legal", "public")
    }
    assert shown_in == {"internal": True, "legal": True, "public": False}
    with pytest.raises(
        KitError, match="edition: there is none called 'draft'; choose internal, legal, public"
    ):
        book_of(case, "# T", edition="draft")
    assert len(reduced(Document(notebook("a", tagged("remove-cell"))), "internal").notebook["cells"]) == 2


def test_all_pictures_that_cannot_be_printed_are_told_at_once(case):
    folder = case.path / "notebooks"
    folder.mkdir()
    (folder / "photo.png").write_bytes(DOT)
    (folder / "text.png").write_text("no picture")
    (case.path.parent / "beside.png").write_bytes(DOT)
    bad = "![a](gone.png)\n\n![](photo.png)\n\n![a](../../beside.png)\n\n![a](https://host.example/a.png)\n\n![a](text.png)"
    script = shown({"image/svg+xml": '<svg width="9" height="9"><desc>d</desc><script>1</script></svg>'})
    mute = shown({"image/svg+xml": '<svg width="9" height="9"></svg>'})
    with pytest.raises(Problems) as caught:
        book_of(case, f"# T\n\n{bad}", [script, mute])
    said = str(caught.value)
    assert said.startswith("notebooks/00-raid.ipynb: 7 problems to fix")
    for line in (
        "cell 1: ![](gone.png) cannot be read (No such file or directory); save the picture there",
        "cell 1: ![](photo.png) has no alt text; write it between the brackets",
        "cell 1: ![](../../beside.png) is outside the case",
        "cell 1: ![](https://host.example/a.png) is not in the case",
        "cell 1: ![](text.png) is no png",
        "cell 2: a picture is a drawing that holds a script",
        "cell 2: a picture has no alt text; say what it shows",
    ):
        assert line in said


def test_a_picture_beside_the_notebook_is_printed_in_every_format(case):
    (case.path / "notebooks").mkdir()
    (case.path / "notebooks/photo.png").write_bytes(DOT)
    book = book_of(case, "# T\n\nBefore ![The harbour at dawn](photo.png) after.\n\n![The quay](photo.png)")
    assert pdf_alts(pdf.pdf_bytes(book)) == ["The harbour at dawn", "The quay"]
    document = docx.Document(io.BytesIO(writer.word_bytes(book)))
    described = [part.get("descr") for part in document.element.body.iter() if part.tag.endswith("}docPr")]
    assert described == ["The harbour at dawn", "The quay"]
    files = markdown.markdown_files(book)
    assert files["00-raid/figure-1.png"] == DOT
    assert "![The harbour at dawn](00-raid/figure-1.png)" in files["00-raid.md"].decode()


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgy"
    "PC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG"
    "E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJ"
    "ipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z"
)
BROKEN = {
    "photo.png": DOT[:42] + b"\x00" + DOT[43:],
    "half.png": DOT[:40],
    "half.jpg": JPEG[:-2],
    "mixed.jpeg": JPEG[:-6].replace(b"\xff\xc4", b"\xff\xff") + JPEG[-6:],
    "cut.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="3"',
    "other.svg": b'<drawing width="9" height="9"/>',
}


def test_a_picture_that_is_broken_is_refused_by_every_format_with_its_place(case):
    (case.path / "notebooks").mkdir()
    for name, content in BROKEN.items():
        (case.path / "notebooks" / name).write_bytes(content)
    named = "\n\n".join(f"![A quay]({name})" for name in BROKEN)
    put_out = [
        shown(
            {"image/png": base64.b64encode(BROKEN["photo.png"]).decode()}, **{"image/png": {"alt": "A dot"}}
        ),
        shown(
            {"image/jpeg": base64.b64encode(BROKEN["half.jpg"]).decode()}, **{"image/jpeg": {"alt": "A dot"}}
        ),
        shown({"image/svg+xml": BROKEN["cut.svg"].decode()}),
    ]
    with pytest.raises(Problems) as caught:
        book_of(case, f"# T\n\n{named}", put_out)
    said = str(caught.value).splitlines()
    assert said[0] == "notebooks/00-raid.ipynb: 9 problems to fix"
    places = [f"cell 1: ![]({name}) " for name in BROKEN] + ["cell 2: a picture "] * 3
    for line, place in zip(said[1:], places, strict=True):
        assert re.fullmatch(
            re.escape(f"  {place}")
            + r"(cannot be drawn \(.+\); save it again with .*|is no svg; give an .*)",
            line,
        ), line


def test_whole_pictures_of_each_kind_are_printed(case):
    (case.path / "notebooks").mkdir()
    (case.path / "notebooks/a.jpg").write_bytes(JPEG)
    (case.path / "notebooks/a.svg").write_bytes(BROKEN["cut.svg"] + b"/></svg>")
    book = book_of(case, "# T\n\n![A quay](a.jpg) ![A plan](a.svg)")
    assert pdf_alts(pdf.pdf_bytes(book)) == ["A quay", "A plan"]
    assert sorted(markdown.markdown_files(book)) == [
        "00-raid.md",
        "00-raid/figure-1.jpg",
        "00-raid/figure-2.png",
    ]


def test_what_typst_refuses_is_told_and_nothing_is_written(case, tmp_path):
    book = book_of(
        case, "# T", [shown({"image/png": base64.b64encode(DOT).decode()}, **{"image/png": {"alt": "A dot"}})]
    )
    (chapter,) = book.chapters
    chapter.pictures["figure-1"] = replace(chapter.pictures["figure-1"], content=BROKEN["photo.png"])
    with pytest.raises(KitError, match=r"report\.pdf: Typst refused it: .*; mend what it names"):
        pdf.write(book, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_typst_loses_its_tags_the_pages_are_broken_elsewhere(book, monkeypatch):
    feet, compile = [], typst.compile

    def losing(*given, **named):
        feet.append(named.get("sys_inputs", {}).get("foot"))
        if feet[-1] == "20":
            raise typst.TypstError("internal error: parent group")
        return compile(*given, **named)

    monkeypatch.setattr(typst, "compile", losing)
    assert pypdfium2.PdfDocument(pdf.pdf_bytes(book)).is_tagged()
    assert [foot for foot in feet if foot] == ["20", "22"]


def test_a_table_too_wide_for_the_page_is_kept_on_it(case):
    wide = pd.DataFrame({f"column {n}": ["word " * 12, "https://host.example/" + "a" * 90] for n in range(8)})
    content = pdf.pdf_bytes(book_of(case, "# T", [table(wide)]))
    for page in pypdfium2.PdfDocument(content):
        for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
            assert item.get_bounds()[2] < page.get_width() - 50


def test_a_table_longer_than_a_page_says_its_header_on_each(case):
    with pd.option_context("display.max_rows", 200):
        long = table(pd.DataFrame({"vessel": [f"ship {n}" for n in range(120)], "berth": range(120)}))
    pages = [
        p.get_textpage().get_text_range()
        for p in pypdfium2.PdfDocument(pdf.pdf_bytes(book_of(case, "# T", [long])))
    ]
    holding = [text for text in pages if "ship " in text]
    assert len(holding) > 1
    assert all("vessel" in text for text in holding)


def exporters(project):
    points = tomllib.loads((project / "pyproject.toml").read_text())["project"]["entry-points"]
    return {
        name: getattr(import_module(module), attribute)
        for name, target in points["nbconvert.exporters"].items()
        for module, attribute in [target.split(":")]
    }


@pytest.fixture
def saved(case):
    path = case.path / "notebooks/00-raid.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook(PROSE, [NUMBER, chart()]), path)
    return path


def test_the_exporters_of_jupyterlab_print_the_notebook_as_it_was_saved(saved, project):
    made = {name: exporter().from_filename(saved) for name, exporter in exporters(project).items()}
    starts = {
        "casebook_html": "<!DOCTYPE html>",
        "casebook_pdf": b"%PDF",
        "casebook_docx": b"PK",
        "casebook_md": "---\n",
    }
    for name, start in starts.items():
        assert made[name][0].lstrip()[: len(start)].lower() == start.lower(), name
    assert [resources["output_extension"] for _, resources in made.values()] == [
        ".html",
        ".pdf",
        ".docx",
        ".md",
    ]
    assert list(made["casebook_md"][1]["outputs"]) == ["00-raid/figure-1.png"]
    assert "Internal edition: not for publication" in pdf_text(made["casebook_pdf"][0])


def test_an_exporter_refuses_a_mark_that_does_not_hold_and_a_notebook_outside_a_case(
    saved, project, tmp_path
):
    export = exporters(project)["casebook_pdf"]()
    nbformat.write(notebook("# T\n\n[@2021-03-01-raid-harbor]"), saved)
    with pytest.raises(UnknownMark, match="did you mean '2021-03-01-raid-harbour'"):
        export.from_filename(saved)
    nbformat.write(notebook("# T"), tmp_path / "stray.ipynb")
    with pytest.raises(NoCase, match=r"no data/case\.toml here"):
        export.from_filename(tmp_path / "stray.ipynb")
