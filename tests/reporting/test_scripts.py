"""Names in the world's scripts: shown on paper, in the order in which they are read."""

from __future__ import annotations

import pypdfium2
import pytest
from support.books import W, book_of, chart, pdf_text, table, word_part, word_text

import kit
from kit.reporting.transforms.bidi import FROM_RIGHT, with_directions
from kit.reporting.writers import pdf
from kit.reporting.writers.docx import writer
from kit.text.pandoc import inlines, stringify

NAMES = {
    "Chinese": "王小波",
    "Chinese as in Taipei": "臺灣總統府",
    "Japanese": "宮崎駿「アンソロピック」",
    "Korean": "김대중 대통령",
    "Arabic": "محمود درويش",
    "Persian": "فروغ فرخزاد",
    "Hebrew": "עמוס עוז",
    "Cyrillic": "Анна Ахматова",
    "Greek": "Οδυσσέας Ελύτης",
    "Thai": "สุนทรภู่",
    "Devanagari": "रवीन्द्रनाथ ठाकुर",
    "Vietnamese": "Nguyễn Ái Quốc",
}
POEM = "محمود درويش كتب القصيدة في عام 1960 ثم سافر إلى Moscow في السنة التالية."


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_has_its_letters_in_text_heading_code_and_chart(case, script):
    name = NAMES[script]
    book = book_of(case, f"# {name}\n\n*{name}* **{name}** `{name}`", [chart(headline=name)])
    content = pdf.pdf_bytes(book)
    assert book.warnings == []
    if script not in ("Arabic", "Persian", "Hebrew", "Devanagari", "Thai"):  # read back letter by letter
        assert "".join(name.split()) in "".join(pdf_text(content).split())
    assert word_text(writer.word_bytes(book)).count(name) >= 4


def test_a_paragraph_in_arabic_begins_at_the_right_and_names_in_it_run_their_way(case):
    book = book_of(case, f"# T\n\n{POEM}\n\n## القسم\n\nHe is محمود درويش, 12 of them.")
    body = word_part(writer.word_bytes(book), "word/document.xml")
    told = {
        "".join(t.text or "" for t in p.iter(f"{W}t")): (
            p.find(f"{W}pPr/{W}bidi") is not None,
            [
                "".join(t.text or "" for t in r.iter(f"{W}t"))
                for r in p.iter(f"{W}r")
                if r.find(f"{W}rPr/{W}rtl") is not None
            ],
        )
        for p in body.iter(f"{W}p")
    }
    begins, against = told[POEM]
    assert begins
    assert "Moscow" not in "".join(against)
    assert "القصيدة" in "".join(against)
    assert told["He is محمود درويش, 12 of them."] == (False, ["محمود درويش,"])
    page = pypdfium2.PdfDocument(pdf.pdf_bytes(book))[2]
    text = page.get_textpage()
    year, town = (text.get_charbox(text.search(writer).get_next()[0])[0] for writer in ("1960", "Moscow"))
    # The year comes first in the sentence and so stands further right.
    assert year > town


def para(text):
    return {"t": "Para", "c": inlines(text)}


@pytest.mark.parametrize(
    ("text", "from_right"),
    [
        ("plain words", False),
        (POEM, True),
        ("עמוס", True),
        ("Moscow ثم محمود درويش كتب القصيدة", False),
        ("درويش, “قصيدة”, Harbour Post, March 2, 2021, https://harbourpost.example", False),
    ],
)
def test_a_paragraph_begins_at_the_right_only_where_it_is_for_the_most_part_written_so(text, from_right):
    (made,) = with_directions([para(text)])
    assert (made["t"] == "Div" and FROM_RIGHT in made["c"][0][1]) is from_right
    assert stringify([made]) == text


def test_notes_and_captions_begin_where_their_number_stands():
    note = {"t": "Note", "c": [para(POEM)]}
    (made,) = with_directions([{"t": "Para", "c": [*inlines("So it was"), note]}])
    assert [block["t"] for block in made["c"][-1]["c"]] == ["Para"]


def test_words_without_such_letters_are_left_as_they_are():
    blocks = [para("plain"), {"t": "BulletList", "c": [[para("Анна")]]}]
    assert with_directions(blocks) is blocks


def test_letters_of_the_right_have_the_size_of_the_others_in_word(case):
    import pandas as pd

    styles = word_part(
        writer.word_bytes(book_of(case, "# T", [table(pd.DataFrame({"a": ["درويش"]}))])), "word/styles.xml"
    )
    sizes = {
        style.get(f"{W}styleId"): [style.find(f"{W}rPr/{W}{kind}").get(f"{W}val") for kind in ("sz", "szCs")]
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}rPr/{W}sz") is not None and style.get(f"{W}type") == "paragraph"
    }
    assert "TableText" in sizes
    assert {name for name, (size, other) in sizes.items() if size != other} == set()
