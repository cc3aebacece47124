"""Each number that decides how a report looks or what is kept, on both sides of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.books import book_of, table, word_part
from support.small_case import ROWS, write_rows

import kit
from kit.errors import KitError
from kit.reporting.book.figures import Picture, filed_picture
from kit.reporting.execution.cache import Cache
from kit.reporting.execution.run import changes
from kit.reporting.transforms.annex import with_long_notes
from kit.reporting.transforms.column_widths import with_widths
from kit.reporting.transforms.fonts import warn_of_missing_glyphs
from kit.reporting.transforms.paper import SHORT, TALL_ROWS, flat
from kit.reporting.transforms.pictures import size_on_page
from kit.reporting.writers.docx.writer import word_bytes
from kit.reporting.writers.html.page import data_html
from kit.text.pandoc import bullets, classes_of, note, para, simple_table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def held(blocks):
    """The classes of what holds the table."""
    (made,) = flat(blocks)
    return classes_of(made) if made["t"] == "Div" else []


@pytest.mark.parametrize(("rows", "classes"), [(17, [SHORT]), (18, [])])
def test_a_table_of_eighteen_lines_stays_on_one_page(rows, classes):
    assert held([simple_table(["a"], [["1"]] * rows)]) == classes


@pytest.mark.parametrize(("letters", "classes"), [(25 * 122, []), (25 * 122 + 1, [TALL_ROWS])])
def test_a_row_of_more_than_twenty_five_lines_may_break(letters, classes):
    assert held([simple_table(["a"], [["x" * letters]])]) == classes


@pytest.mark.parametrize(("letters", "widths"), [(120, False), (121, True)])
def test_a_table_wider_than_the_line_gets_widths(letters, widths):
    made = with_widths(simple_table(["a", "b"], [["", "x" * (letters - 1)]]))
    assert any(width["t"] == "ColWidth" for _, width in made["c"][2]) is widths


def test_a_column_is_as_wide_as_its_longest_word_to_a_point():
    shares = [
        with_widths(simple_table(["a", "b"], [["x" * letters, "word " * 400]]))["c"][2][0][1]["c"]
        for letters in (15, 16, 17, 30)
    ]
    assert shares[0] < shares[1] == shares[2] == shares[3]


def lines_of(count: int) -> str:
    """Text that takes so many lines of a note."""
    return "x" * (115 * count)


@pytest.mark.parametrize(
    ("blocks", "cut"),
    [
        ([bullets([[para(lines_of(12))], [para(lines_of(13))]])], False),
        ([bullets([[para(lines_of(13))]] * 2)], True),
        ([para(lines_of(25))], False),
        ([para(lines_of(26))], True),
    ],
)
def test_a_note_of_more_than_twenty_five_lines_stands_at_the_end(blocks, cut):
    made = with_long_notes([para([note(blocks)])])
    assert (len(made) > 1) is cut


@pytest.mark.parametrize(("rows", "kept"), [(7, True), (8, False)])
def test_a_table_of_words_with_eight_rows_stays_on_one_page(tmp_path, rows, kept):
    import pandas as pd

    case = kit.open(write_rows(tmp_path / "harbour", ROWS))
    frame = pd.DataFrame({"day": [f"{n} May" for n in range(rows)], "boxes": range(rows)})
    body = word_part(word_bytes(book_of(case, "# T\n\nText.", [table(frame)])), "word/document.xml")
    (shown,) = body.iter(f"{W}tbl")
    assert any(True for _ in shown.iter(f"{W}keepNext")) is kept


@pytest.mark.parametrize(("rows", "said"), [(200, ""), (201, "The first 200 of 201 rows")])
def test_two_hundred_rows_stand_under_a_chart(rows, said):
    picture = Picture("figure-1", "svg", b"<svg/>", alt="x", columns=["n"], rows=[[n] for n in range(rows)])
    made = data_html(picture, "00")
    assert made.count("<tr>") == 201
    assert ("The first" in made) is bool(said)
    assert said in made


@pytest.mark.parametrize(("number", "shown"), [(9999, "9999"), (10000, "10,000")])
def test_numbers_from_ten_thousand_on_are_grouped(number, shown):
    picture = Picture("figure-1", "svg", b"<svg/>", alt="x", columns=["n"], rows=[[number]])
    assert f">{shown}</td>" in data_html(picture, "00")


@pytest.mark.parametrize(
    ("size", "said"), [(20_000_000, "cannot be drawn"), (20_000_001, "is over 20,000,000 bytes")]
)
def test_a_picture_beside_a_notebook_is_so_large(tmp_path: Path, size, said):
    path = tmp_path / "crane.png"
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(size)
    with pytest.raises(KitError, match=said):
        filed_picture("figure-1", "crane.png", "A crane", tmp_path, tmp_path)


def drawing(wide: float, high: float) -> Picture:
    """A drawing of so many millimetres."""
    sides = f'width="{wide * 96 / 25.4:.4f}" height="{high * 96 / 25.4:.4f}"'
    return Picture("a", "svg", f'<svg xmlns="http://www.w3.org/2000/svg" {sides}/>'.encode(), "A line")


@pytest.mark.parametrize(
    ("key", "drawn", "printed"),
    [
        ("00-raid-figure-1", (158, 200), (126.4, 160)),
        ("00-raid-figure-1", (316, 100), (126.4, 40)),
        ("00-raid-figure-1", (100, 400), (40, 160)),
        ("front-figure-1", (100, 400), (24, 96)),
    ],
)
def test_a_picture_takes_four_fifths_of_how_it_was_drawn_or_of_the_room_there_is(key, drawn, printed):
    assert size_on_page(key, drawing(*drawn)) == pytest.approx(printed, abs=0.01)


@pytest.mark.parametrize(("letters", "more"), [("ཀཁགངཅཆཇཉ", ""), ("ཀཁགངཅཆཇཉཏ", " and 1 more")])
def test_eight_letters_without_a_glyph_are_named(tmp_path, letters, more):
    case = kit.open(write_rows(tmp_path / "harbour", ROWS))
    book = book_of(case, f"# {letters}")
    warn_of_missing_glyphs(book, [(book.chapters[0], [])], (str(tmp_path),))
    (problem,) = book.warnings
    assert problem.wrong.count("U+0F") == 8
    assert problem.wrong.endswith(more or "U+0F49) in " + letters)


@pytest.mark.parametrize(("kind", "kept"), [("runs", 60), ("reports", 8)])
def test_a_cache_keeps_so_many_of_a_kind(tmp_path, kind, kept):
    cache = Cache(tmp_path)
    for number in range(kept):
        cache.put(kind, str(number), b"made")
    assert len(list((tmp_path / kind).iterdir())) == kept
    cache.put(kind, "one more", b"made")
    assert len(list((tmp_path / kind).iterdir())) == kept


def test_six_lines_of_a_change_are_shown():
    def ran(letter: str):
        text = "\n".join(f"{letter}{number}" for number in range(7))
        return {"cells": [{"outputs": [{"output_type": "stream", "name": "stdout", "text": text}]}]}

    (change,) = changes(ran("a"), ran("b"))
    assert change.was == " / ".join(f"a{number}" for number in range(6))
    assert change.now == " / ".join(f"b{number}" for number in range(6))
