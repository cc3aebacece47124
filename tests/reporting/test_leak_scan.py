"""The leak scan finds each kind of secret in each place of each format, and is quiet where there is none."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, strategies
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from support import leak_files
from support.leak_files import PLACES
from support.secret_texts import secret_texts

import kit
from kit.errors import KitError
from kit.evidence.passages.copied import captured_runs, word_runs
from kit.evidence.prose.document import Document
from kit.reporting.book.book import reduced
from kit.reporting.leak_scan.hidden_words import HiddenText, Lookout, captured_text, hidden_cells
from kit.reporting.leak_scan.scan import Leaked, find_leaks, refuse_leaks
from kit.text.secrets.names import SecretName, searchable
from kit.text.secrets.randomness import looks_random
from kit.text.secrets.signs import signs_in

HIDDEN = "the harbour master met our second source twice in March behind the old ice house"
PASSAGE = "the crane had stood idle since the spring tide and nobody had signed for its keys that week or the week before"
#: Each kind of secret: what the scan calls it, and one that is made up.
SECRETS = {
    "a withheld term": "Wilhelmina Ósk-Thorne",
    "an e-mail address": "wilma.thorne@paper.example",
    "a telephone number": "+44 20 7946 0958",
    "an AWS key": "AKIAIOSFODNN7EXAMPLE",
    "a GitHub token": "ghp_" + "a1B2c3D4e5F6" * 3,
    "a GitLab token": "glpat-x1Y2z3W4v5U6t7S8r9Q0",
    "a Slack token": "xoxb-123456789012-abcdefABCDEF",
    "a secret key": "sk-ant-api03-Zk4Lm9Qw2Er5Ty8Ui1Op",
    "a Google key": "AIza" + "SyD4f5G6h7J8k9L0m1N2b3V4c5X6z7A8q_w",
    "a Hugging Face token": "hf_" + "QwErTyUiOpAsDfGhJkLzXcVbNmQwErTyUi",
    "a web token (JWT)": "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    "a password in an address": "https://wilma:hunter2x@archive.example/x",
    "a key or a password": "api_key = q8Zr2LmX0vTb7NcYw4Kd",
    "a path of somebody's machine": "/home/wilma/cases/harbour",
    "a path of somebody's machine ": "C:\\Users\\wilma\\cases",
    "words kept out, of a cell": HIDDEN,
    "words kept out, of a page": PASSAGE,
}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    from support.small_case import ROWS, write_rows

    folder = write_rows(tmp_path_factory.mktemp("case") / "harbour", ROWS)
    (folder / "data/manual/withheld.csv").write_text(
        "term,why\nWilhelmina Ósk-Thorne,asked for it\n", encoding="utf-8"
    )
    return kit.open(folder)


@pytest.fixture(scope="module")
def kept():
    passages = captured_text(
        captured_runs({"e-1": f"We saw that {PASSAGE} of all weeks"}, ["We saw all weeks"])
    )
    return [
        HiddenText("a cell", frozenset(word_runs(HIDDEN, 10))),
        *(HiddenText("a page", one.runs) for one in passages),
    ]


def found(case, folder, kept=()):
    return find_leaks(case, folder, list(kept))


def write(folder, name, content):
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_secret_is_found_in_this_place(place, case, kept, tmp_path):
    name, build = PLACES[place]
    missed = []
    for kind, secret in SECRETS.items():
        write(tmp_path, name, build(secret))
        told = found(case, tmp_path, kept)
        if not any(leak.file == name and leak.what.startswith(kind.strip()) for leak in told):
            missed.append(kind)
        assert not any(secret in str(leak) for leak in told), "the message says what it warns of"
    assert missed == []


@pytest.mark.parametrize("place", PLACES)
def test_a_harmless_text_is_no_leak_in_this_place(place, case, kept, tmp_path):
    name, build = PLACES[place]
    told = found(case, write(tmp_path, name, build("The crane stood idle")), kept)
    traces = ("data that came with a picture", "a comment", "a tracked", "a file's own")
    assert [leak for leak in told if not leak.what.startswith(traces)] == []
    harmless = not any(
        word in place for word in ("png", "jpeg", "comment", "metadata", "ion", "author", "picture")
    )
    assert not (harmless and told)


@pytest.mark.parametrize(
    "text",
    [
        "Call 2025-08-01, 20250801123456 or 1951234567890123456",
        "https://medium.com/@harbour/raid-0123456789ab and @handle",
        "https://web.archive.org/web/20250801120000/https://a.example/home/x",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "sorted(rows, key=lambda row: row.published_on_or_before)",
        "sk-learn, a task-force, the-ask-me-anything-thread-of-2025-08-01",
        "doi:10.1000/182, ISBN 978-3-16-148410-0, v0.28.1, $12,500,000 to 13.400.000",
        "data/manual/events.csv and notebooks/01-the-dispute.ipynb, /home page",
        "the token-based-pricing-of-2025-in-the-enterprise",
        "desk@harbourpost.example",
        "12.5 12.75 13.25 14.50, M10 20L300 400",
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(text, case, tmp_path):
    assert found(case, write(tmp_path, "a.md", text.encode())) == []


@pytest.mark.parametrize(
    "written",
    [
        "WILHELMINA ÓSK-THORNE",
        "Wilhelmina Osk Thorne",
        "Wilhelmina\nÓsk‑Thorne",
        "Wil\u00adhel\u200bmina  Ósk–Thorne",
        "Ｗilhelmina O\u0301sk-Thorne's",
        "wilhelmina_osk_thorne",
        "(WilhelminaOskThorne)",
        "Wilhel-\nmina Ósk-Thorne",
    ],
)
def test_a_term_is_found_however_it_is_set(written):
    assert list(SecretName("Wilhelmina Ósk-Thorne").found_in(written))


@pytest.mark.parametrize(
    ("term", "text"), [("Ann", "Annual plan"), ("Thorne", "the thorned"), ("IP", "ship")]
)
def test_a_term_is_a_word_and_not_a_part_of_one(term, text):
    assert not list(SecretName(term).found_in(text))


@pytest.mark.parametrize(
    ("term", "text"), [("田中花子", "記者の田中花子は"), ("김하늘", "김하늘은 말했다"), ("Жанна", "ЖАННА, 3")]
)
def test_terms_of_other_scripts_are_found(term, text):
    assert list(SecretName(term).found_in(text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Edda Holm", "Holm, Edda, kept the log"),
        ("Edda Holm", "It was E. Holm"),
        ("Edda Holm", "HOLM Edda"),
        ("Edda Holm", "Edda Holms Akte; Edda Holm’s file"),
        ("Edda Holm", "Edda K. Holm"),
        ("Edda Holm", "given,family\nEdda,Holm\n"),
        ("Edda Ruth Holm", "Edda Holm and E. R. Holm"),
        ("Jörg Großkopf", "Joerg Grosskopf"),
        ("Joerg Grosskopf", "Jörg Großkopf"),
        ("Paweł Dudek", "z Pawłem Dudkiem"),
        ("Olga Sadowska", "list Olgi Sadowskiej"),
        ("Jan Dvořák", "Jana Dvoraka"),
        ("Олег Громов", "с Олегом Громовым"),
        ("Op. Lantern", "op lantern"),
    ],
)
def test_a_name_is_found_in_each_of_its_forms(term, text):
    assert list(SecretName(term).found_in(text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Edda Holm", "Moor, Edda; Holm, Ruth"),
        ("Edda Holm", "Ruth Holm, Edda Moor and others"),
        ("Edda Holm", "- Moor, Edda\n- Holm, Ruth\n"),
        ("Edda Holm", "They met Edda.\n\nHolm is a harbour."),
        ("Edda Holm", "Edda Holmberg"),
        ("Carl Berg", "Carla Berg"),
        ("Jan Dvořák", "Jana Dvořáková"),
        ("Edda Holm", "Holm Street, where Edda lives"),
    ],
)
def test_two_people_do_not_make_a_third(term, text):
    assert list(SecretName(term).found_in(text)) == []


@given(strategies.text(max_size=60), strategies.text(max_size=200))
def test_what_is_found_stands_in_the_text(term, text):
    plain, _ = searchable(text)
    assert all(words in plain for words in SecretName(term).found_in(text))


WORD = strategies.text("abcdefghijklmnopqrstuvwxyzäöüßłéø", min_size=2, max_size=12).map(str.capitalize)


@given(WORD, WORD)
def test_any_name_is_found_as_it_is_in_capitals_and_turned_round(given_name, family):
    name = SecretName(f"{given_name} {family}")
    for said in (f"{given_name} {family}", f"{given_name} {family}'s".upper(), f"{family}, {given_name}"):
        assert list(name.found_in(f"it was {said} 12 of them")), said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>said Wilhelmina Ósk-Thorne<sup><a>12</a></sup>.</p>".encode()),
        ("a.md", "said Wilhelmina Ósk-Thorne[^12].".encode()),
        ("a.pdf", leak_files.pdf("said Wilhelmina Ósk-Thorne#super[12].")),
        ("a.docx", leak_files.word(lambda d: d.add_paragraph("Wilhelmina Ósk-Thorne").add_run("12"))),
    ],
)
def test_a_name_right_before_a_note_is_found(name, content, case, tmp_path):
    assert "a withheld term (Wi…)" in [leak.what for leak in found(case, write(tmp_path, name, content))]


def test_words_of_two_elements_of_a_drawing_are_not_joined(case, tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title><desc>Wilhelmina Ósk-Thorne</desc><text>Pier</text></svg>'
    told = found(case, write(tmp_path, "a.svg", drawing.encode()))
    assert [leak.what for leak in told] == ["a withheld term (Wi…)"]


@pytest.mark.parametrize(
    "unit", ["a", "http://", "password:", "1 ", "0", "a.", "A1", "\\", "/srv/", "a@", "Edda ", "holm "]
)
def test_no_text_takes_long(unit):
    text = unit * (200_000 // len(unit))
    begun = time.perf_counter()
    assert sum(1 for _ in signs_in(text)) < len(text)
    list(SecretName("Edda Holm").found_in(text))
    assert time.perf_counter() - begun < 10


def test_texts_with_a_secret_are_told_from_those_without():
    wrong = [text.text for text in secret_texts("tuning") if bool(text.found) != bool(text.kind)]
    assert wrong == []


def test_what_the_case_publishes_on_purpose_is_no_secret(case_folder, tmp_path):
    rows = case_folder / "data/manual/sources.csv"
    shared = "https://drive.google.com/file/d/1QaZ2wSx3EdC4rFv5TgB6yHn7/view"
    lines = rows.read_text(encoding="utf-8").splitlines()
    first = kit.open(case_folder).sources["url"].iloc[0]
    rows.write_text("\n".join(lines).replace(first, shared) + "\n", encoding="utf-8")
    published = kit.open(case_folder)
    (folder := tmp_path / "out").mkdir()
    assert found(published, write(folder, "a.md", shared.encode())) == []
    assert found(published, write(folder, "a.md", shared.replace("1Qa", "9Qa").encode()))


def test_a_file_may_not_be_called_what_must_not_be_said(case, tmp_path):
    (leak,) = found(case, write(tmp_path, "wilhelmina-osk-thorne.md", b"a"))
    assert (leak.place, leak.what) == ("its name", "a withheld term (wi…)")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda raw: leak_files.zipped(**{"a.warc": raw})])
def test_an_archived_page_is_found_however_it_is_packed(pack, case, tmp_path):
    told = found(case, write(tmp_path, "a.bin", pack(b"WARC/1.1\r\nWARC-Type: response\r\n")))
    assert [leak.what for leak in told] == ["an archived page (WA…)"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02",
        b"%PDF-1.7 nothing",
        b"PK\x03\x04 broken",
        leak_files.png() + b"more",
        leak_files.jpeg() + b"more",
        b"\xff\xfe\x00",
        leak_files.zipped(**{"docProps/core.xml": b"<a>"}),
    ],
)
def test_what_cannot_be_read_is_not_vouched_for(content, case, tmp_path):
    assert any(
        leak.what.startswith("what no scan can read")
        for leak in found(case, write(tmp_path, "a.bin", content))
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.png", leak_files.png((b"tEXt", b"Author\x00W")), "data that came with a picture, Author"),
        ("a.png", leak_files.png((b"tIME", b"\x07\xe5\x01\x01\x01\x01\x01")), "data that came with a picture, time"),
        ("a.jpg", leak_files.jpeg(0xE1, b"Exif\x00\x00MM"), "data that came with a picture, EXIF"),
        ("a.svg", leak_files.svg("a", comment="b"), "a comment"),
        ("a.svg", leak_files.svg("a", metadata="b"), "data that came with a picture, metadata"),
        ("a.docx", leak_files.word(lambda d: setattr(d.core_properties, "author", "W")), "a file's own creator"),
        ("a.docx", leak_files.word(lambda d: setattr(d.core_properties, "last_modified_by", "W")), "a file's own lastModifiedBy"),
        ("a.docx", leak_files.word(leak_files._tracked("b", "del")), "a tracked deletion"),
        ("a.docx", leak_files.word(leak_files._remark("b")), "a comment"),
        ("a.xlsx", leak_files.sheet(company="W"), "a file's own Company"),
        ("a.pdf", leak_files.pdf(author="W"), "a file's own Author"),
        ("a.json", b'{"kernelspec": {}}', "a notebook's own data"),
    ],
)  # fmt: skip
def test_what_a_file_says_of_its_making_is_a_leak_by_itself(name, content, what, case, tmp_path):
    assert [leak.what.partition(" (")[0] for leak in found(case, write(tmp_path, name, content))] == [what]


@pytest.mark.parametrize(
    "content", [leak_files.png(), leak_files.jpeg(), leak_files.png((b"tEXt", b"Software\x00Matplotlib 3"))]
)
def test_pictures_without_a_past_are_fine(content, case, tmp_path):
    assert found(case, write(tmp_path, "a.png", content)) == []


@pytest.mark.parametrize("place", ["png", "jpeg"])
def test_each_of_two_comments_on_a_picture_is_read(place, case, tmp_path):
    """Libraries that give a picture's data by name keep the last of one name."""
    first, second = (
        b"\xff\xfe\x00\x16" + text for text in (b"wilma@paper.example ", b"a second comment    ")
    )
    picture = {
        "png": leak_files.png((b"tEXt", b"Comment\0wilma@paper.example"), (b"tEXt", b"Comment\0second")),
        "jpeg": b"\xff\xd8" + first + second + leak_files.jpeg()[2:],
    }[place]
    told = found(case, write(tmp_path, "a.bin", picture))
    assert "an e-mail address (wi…)" in [leak.what for leak in told]


@pytest.mark.parametrize(("deep", "read"), [(8, True), (9, False)])
def test_files_are_read_eight_deep_and_what_lies_deeper_is_not_vouched_for(deep, read, case, tmp_path):
    content = b"wilma@paper.example"
    for _ in range(deep):
        content = leak_files.zipped(**{"a.md": content})
    told = {leak.what.partition(" (")[0] for leak in found(case, write(tmp_path, "a.zip", content))}
    assert told == ({"an e-mail address"} if read else {"what no scan can read"})


@pytest.mark.parametrize(("words", "found"), [(9, False), (10, True)])
def test_ten_words_in_a_row_are_no_accident(words, found):
    hidden = HiddenText("cell 3", frozenset(word_runs(HIDDEN, 10)))
    text = f"We know that {' '.join(HIDDEN.split()[:words])}, for sure."
    assert bool(list(Lookout([hidden]).found_in(text))) is found


@pytest.mark.parametrize(
    ("text", "run"), [("crane", []), ("a crane", []), ("the cranes", []), ("the crane is", ["the crane is"])]
)
def test_a_short_text_is_looked_for_whole_where_it_is_long_enough_to_be_told(text, run):
    assert sorted(word_runs(text, 10)) == run


@pytest.mark.parametrize(
    ("text", "random"),
    [("abcabcabcd1e", False), ("q8Zr2LmX0vTb", True), ("a1b2c3d4e5", True), ("aab1ab1c", False)],
)
def test_what_is_drawn_by_lot_hardly_repeats_a_sign(text, random):
    assert looks_random(text) is random


def test_all_leaks_are_told_at_once_with_file_place_and_remedy(case, tmp_path):
    write(tmp_path, "a.md", b"one\n+44 20 7946 0958\n")
    write(tmp_path, "b.md", b"wilma@paper.example")
    with pytest.raises(Leaked) as error:
        refuse_leaks(found(case, tmp_path))
    assert str(error.value).splitlines() == [
        "a.md: 1 problem to fix",
        "  line 2: a telephone number (+4…); take it out",
        "b.md: 1 problem to fix",
        "  line 1: an e-mail address (wi…); take it out, or make it the case's contact",
    ]


def test_a_case_that_withholds_needs_its_list(case_folder):
    settings = case_folder / "data/case.toml"
    settings.write_text(settings.read_text() + "withholds = true\n")
    with pytest.raises(
        KitError, match=r"withheld.csv: is not here, and data/case.toml says that the case withholds"
    ):
        found(kit.open(case_folder), case_folder)


def test_what_cells_left_out_say_is_kept_and_what_others_say_too_is_not():
    output = new_output("stream", text="forty two boxes were counted by the night watch")
    cells = [
        new_markdown_cell("The police searched the harbour office on Monday at dawn."),
        new_markdown_cell(
            "Our source in the harbour office asked us to wait.", metadata={"tags": ["internal"]}
        ),
        new_code_cell("count = boxes.sum()", outputs=[output], metadata={"tags": ["remove-output"]}),
    ]
    notebook = new_notebook(cells=cells)
    kept = list(hidden_cells(notebook, reduced(Document(notebook), "public").notebook, "00-raid"))
    assert [one.place for one in kept] == [
        "notebooks/00-raid.ipynb, cell 2",
        "notebooks/00-raid.ipynb, cell 3",
    ]
    assert next(
        hidden_cells(notebook, reduced(Document(notebook), "legal").notebook, "00-raid")
    ).place.endswith("cell 3")
