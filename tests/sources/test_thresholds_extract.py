"""Each number that decides how a page is read, on both sides of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.sources.extract import extractors, pdf, warnings
from kit.sources.extract.article import extract_html
from kit.sources.extract.boilerplate import clear, trim
from kit.sources.extract.metadata.authors import people
from kit.sources.extract.metadata.datelines import datelines
from kit.sources.extract.metadata.dates import stated_date
from kit.sources.extract.reading.html_tree import Unreadable, decode, parse
from kit.sources.extract.reading.page import Found, Offer, Page, page_lines
from kit.sources.extract.reading.structured_data import Stated, gather, plain_text
from kit.sources.extract.reading.visible import Seen, seen

WORDS = [f"word{number}" for number in range(103)]  # a hundred runs of four words
ARTICLE = "<title>The raid</title><h1>The raid</h1><p>Fifty boxes.</p>"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read a page with extractors that say what they are told to; every extractor asked is noted."""

    def extract(html: str = ARTICLE, url: str = "", **says: str) -> tuple[Page, list[str]]:
        asked: list[str] = []

        def extractor(name: str) -> Any:
            return lambda page: asked.append(name) or says.get(name, says["trafilatura"])

        for name in extractors.EXTRACTORS:
            monkeypatch.setitem(extractors.EXTRACTORS, name, extractor(name))
        return extract_html(html, url), asked

    return extract


@pytest.mark.parametrize(("changed", "confirmed"), [(10, True), (11, False)])
def test_a_witness_confirms_nine_tenths_of_a_text(read: Any, changed: int, confirmed: bool) -> None:
    other = [*WORDS[:-changed], *(f"other{number}" for number in range(changed))]
    page, asked = read(trafilatura=" ".join(WORDS), resiliparse=" ".join(other))
    assert asked == ["trafilatura", "resiliparse"] + ([] if confirmed else ["readability", "newspaper"])
    assert bool(page.text.others) is not confirmed


def codes(
    text: str = "x " * 500, visible: str = "", agreement: float = 1.0, url: str = "", **article: Any
) -> list[str]:
    stated = Stated(articles=[{"@type": "NewsArticle", **article}])
    fields = {"canonical": Found(), "date": Found(), "printed": ""}
    return [warn.code for warn in warnings.warnings(stated, fields, text, visible, agreement, url)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (codes(agreement=0.8), []),
        (codes(agreement=0.79), ["low-agreement"]),
        (codes("x" * 899, isAccessibleForFree=False), ["stub"]),
        (codes("x" * 900, isAccessibleForFree=False), ["paywall"]),
        (codes("x" * 899, visible="Subscribe now to continue"), ["stub"]),
        (codes("x" * 900, visible="Subscribe now to continue"), []),
        (codes("x" * 898 + "…"), ["stub"]),
        (codes("x" * 899 + "…"), []),
        (codes("x " * 75, wordCount=151), ["stub"]),
        (codes("x " * 76, wordCount=151), []),
        (codes("x", wordCount=150), []),
        (codes("x", wordCount=999_999), ["stub"]),
        (codes("x", wordCount=1_000_000), []),
        (codes("12:30 x\n" * 7 + "x" * 900), []),
        (codes("12:30 x\n" * 8 + "x" * 900), ["live-blog"]),
        (codes("12:30 x\n" * 2 + "x" * 900, url="https://a.example/live/x"), []),
        (codes("12:30 x\n" * 3 + "x" * 900, url="https://a.example/live/x"), ["live-blog"]),
    ],
)  # fmt: skip
def test_what_is_warned_of(found: list[str], expected: list[str]) -> None:
    assert found == expected


def left(html: str) -> str:
    return seen(clear(parse(html))).text


@pytest.mark.parametrize(
    ("gone", "stays"),
    [
        # the share of the page's words, and of its paragraphs, above which a named box is the page
        *[
            (f"<div class=related>{'a' * 30}</div><div>{'b' * 70}</div>", f"<div class=related>{'a' * 31}</div><div>{'b' * 69}</div>"),
            (
                f"<div class=related><p><a href=x>{'a' * 30}</a></p></div><p><a href=x>b</a>{'b' * 69}</p>",
                f"<div class=related><p><a href=x>{'a' * 31}</a></p></div><p><a href=x>b</a>{'b' * 68}</p>",
            ),
        ],
        # the share of a list's words that are links
        (
            f"<ul><li><a href=x>{'a' * 61}</a>{'c' * 39}</ul><div>{'b' * 900}</div>",
            f"<ul><li><a href=x>{'a' * 60}</a>{'c' * 40}</ul><div>{'b' * 900}</div>",
        ),
        # the words of a paragraph that is a headline to another page
        (f"<p><a href=x>a a a a</a></p><p>{'b' * 99}", f"<p><a href=x>a a a</a></p><p>{'b' * 99}"),
        # the characters of a name that are looked at
        (
            f"<i class='{'x ' * 246}related'>a</i><div>{'b' * 99}</div>",
            f"<i class='{'x ' * 250}related'>a</i><div>{'b' * 99}</div>",
        ),
    ],
)  # fmt: skip
def test_what_is_cleared_away(gone: str, stays: str) -> None:
    assert "a" not in left(gone)
    assert "a" in left(stays)


SENTENCES = "\n".join(f"It was seen by {number} of the people who stood on the quay." for number in range(30))


@pytest.mark.parametrize(
    ("gone", "stays"),
    [
        ("Advertisement" + "-" * 46, "Advertisement" + "-" * 47),
        ("Read more: " + "x" * 188, "Read more: " + "x" * 189),
        ("Click here " + "x" * 148, "Click here " + "x" * 149),
        ("1 " * 59 + "1", "1 " * 59 + "11"),
        ("x" * 58 + " a headline of more than it", "x" * 59 + " a headline of more than it"),
        ("x a headline of more it", "x a headline of more i"),
    ],
)
def test_what_is_trimmed_before_an_article(gone: str, stays: str) -> None:
    titles = ("A headline of more than it", "a headline of more it", "a headline of more i")
    assert trim(f"{gone}\n{SENTENCES}", titles[:1] if "than" in gone else titles[1:], ()) == SENTENCES
    assert trim(f"{stays}\n{SENTENCES}", titles[:1] if "than" in stays else titles[1:], ()) != SENTENCES


def test_six_lines_before_and_eight_behind_an_article_may_go() -> None:
    days = "\n".join(f"{number} May 2025" for number in range(1, 8))
    assert trim(f"{days}\n{SENTENCES}", (), ()) == f"7 May 2025\n{SENTENCES}"
    for behind in (7, 8):
        tail = "\n".join(["© Post", *["short"] * behind])
        assert trim(f"{SENTENCES}\n{tail}", (), ()).endswith("quay.") is (behind == 7)
    for length in (60, 61):  # a long line is the article's again
        text = f"{SENTENCES}\n© Post\n{'x' * length}"
        assert trim(text, (), ()).endswith("quay.") is (length == 60)


def headline(head: str, body: str) -> str:
    return str(extract_html(f"<html><head>{head}</head><body>{body}<p>Text.</p></body></html>").title.value)


def social(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (social("abcdefghijkl and more"), "<h1>abcdefghijkl</h1><h1>Post</h1>", "abcdefghijkl"),
        (social("abcdefghijk and more"), "<h1>abcdefghijk</h1><h1>Post</h1>", "abcdefghijk and more"),
        (social("a title of twentyone c"), "<h1>News a title of twentyone c</h1>", "a title of twentyone c"),
        (social("a title of twenty cc"), "<h1>News a title of twenty cc</h1>", "News a title of twenty cc"),
        # two of eight pairs of letters are too few for the heading to be the page's, three are enough
        (social("abc"), "<h1>abcdefghi</h1>", "abc"),
        (social("abcd"), "<h1>abcdefghi</h1>", "abcdefghi"),
    ],
)
def test_which_title_is_the_headline(head: str, body: str, title: str) -> None:
    assert headline(head, body) == title


def embedding(data: str, size: int = 500) -> str:
    data = json.dumps({"body": [data]})
    return f'{ARTICLE}<script type="application/json">{data.ljust(size)}</script>'


@pytest.mark.parametrize(("length", "sought"), [(1_499, True), (1_500, False)])
def test_a_scant_text_is_looked_for_in_the_pages_data(read: Any, length: int, sought: bool) -> None:
    text = ("Fifty boxes were carried out on Monday by men. " * 40)[: length - 1] + "."
    page, _ = read(embedding(f"{text} {'More was said of it later. ' * 80}"), trafilatura=text)
    assert len(text) == length
    assert (page.text.how == "data embedded in a script") is sought


@pytest.mark.parametrize(("more", "taken"), [(0, False), (1, True)])
def test_the_data_must_hold_more_than_twice_the_text(read: Any, more: int, taken: bool) -> None:
    text = "Fifty boxes were carried out of the harbour office by men on Monday morning."
    data = f"{text} {'x' * (len(text) - 2 + more)}."
    assert len(data) == 2 * len(text) + more
    page, _ = read(embedding(data), trafilatura=text)
    assert (page.text.how == "data embedded in a script") is taken


@pytest.mark.parametrize(("length", "size", "taken"), [(59, 500, False), (60, 500, True), (60, 499, False)])
def test_a_paragraph_in_the_data_has_sixty_characters_and_a_script_five_hundred(
    read: Any, length: int, size: int, taken: bool
) -> None:
    text = "a b c d e f g"
    data = f"{text} {'x' * (length - len(text) - 2)}."
    assert len(data) == length
    page, _ = read(embedding(data, size=size), trafilatura=text)
    assert (page.text.how == "data embedded in a script") is taken


@pytest.mark.parametrize(("words", "taken"), [(8, False), (9, True)])
def test_the_data_must_have_more_than_half_of_what_is_known(read: Any, words: int, taken: bool) -> None:
    text = "a b c d e f g h i j k l m"  # ten runs of four words, of which eight words have five and nine six
    data = f"{text[: 2 * words - 1]} {'x' * 60}."
    page, _ = read(embedding(data), trafilatura=text)
    assert (page.text.how == "data embedded in a script") is taken


@pytest.mark.parametrize(
    ("excess", "bounds"),
    [(False, (400, 60_000, 600_000)), (True, (401, 1, 1)), (True, (1, 60_001, 1)), (True, (1, 1, 600_001))],
)
def test_a_page_that_is_too_much_for_the_extractors(excess: bool, bounds: tuple[int, int, int]) -> None:
    depth, elements, characters = bounds
    assert bool(Seen("x" * characters, depth, elements).excess) is excess


def test_a_document_that_is_too_long_is_not_read() -> None:
    for document in ("x" * 12_000_001, "<" * 150_001):
        with pytest.raises(Unreadable):
            parse(document)
    parse("<" * 150_000)
    parse("x" * 12_000_000)


@pytest.mark.parametrize(
    ("letters", "how"), [(50, "the bytes, some of them broken"), (49, "guessed from the bytes")]
)
def test_a_hundredth_of_the_bytes_may_be_broken(letters: int, how: str) -> None:
    _, found = decode("é".encode() * letters + b" \xff", "")
    assert found.how == how


def test_numbers_that_bound_what_is_stated() -> None:
    assert stated_date("1499-12-31") is None
    assert stated_date("1500-01-01")
    assert len(datelines("1 May 2021\n" * 400)) == 300
    assert people("A" + "b" * 59)
    assert people("A" + "b" * 60) == ()
    assert len(people("; ".join(f"Ann B{number}" for number in range(30)))) == 20
    assert len(plain_text("x" * 3_000)) == 2_000
    stated = gather(parse("<h1>x</h1>" * 70))
    assert len(stated.headings) == 60
    nodes = json.dumps([{"@type": "Thing"}] * 20_010)
    assert len(gather(parse(f'<script type="application/ld+json">{nodes}</script>')).nodes) == 20_000
    assert extractors.overlap(extractors.shingles("a b c d"), extractors.shingles("a b c e")) == 0


@pytest.mark.parametrize(("letters", "guessed"), [(299, ""), (300, "en")])
def test_a_language_is_guessed_from_three_hundred_characters(read: Any, letters: int, guessed: str) -> None:
    text = ("The harbour police searched the office on Monday and carried the boxes away. " * 5)[:letters]
    assert not text.endswith(" ")
    page, _ = read(f"<p>{text}</p>", trafilatura=text)
    assert (len(page.visible), page.language.value) == (letters, guessed)


def test_a_page_is_shown_in_bounds() -> None:
    offers = tuple(Offer(f"title {number}", "meta") for number in range(8))
    shown = list(page_lines(Page("", "text/html", title=Found("x" * 301, "h1", offers))))
    assert shown[0].startswith(f"title            {'x' * 300} … (h1)")
    assert shown[6:8] == [f"{'':<16} but: title 5 (meta)", f"{'':<16} but: and 2 more"]
    assert next(page_lines(Page("", "text/html", title=Found("x" * 300)))) == f"title            {'x' * 300}"


class Printed:
    """A PDF of so many pages, each with so many words."""

    def __init__(self, pages: int, words: str) -> None:
        self.pages, self.words = pages, words

    def __len__(self) -> int:
        return self.pages

    def __getitem__(self, number: int) -> Printed:
        return self

    def get_textpage(self) -> Printed:
        return self

    def count_chars(self) -> int:
        return len(self.words) + 1  # a letter that takes two places, so that nothing is measured

    def get_text_range(self, start: int, count: int, errors: str) -> str:
        return self.words

    def get_metadata_dict(self, skip_empty: bool) -> dict[str, str]:
        return {}

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("pages", "words", "cut"),
    [(3_000, "x", False), (3_001, "x", True), (3, "x" * 6_000_000, True), (2, "x" * 6_000_000, False)],
)
def test_a_pdf_is_read_in_bounds(monkeypatch: pytest.MonkeyPatch, pages: int, words: str, cut: bool) -> None:
    monkeypatch.setattr("pypdfium2.PdfDocument", lambda data: Printed(pages, words))
    page = pdf.extract_pdf(b"%PDF-")
    assert ["cut" in warn.code for warn in page.warnings] == [True] * cut


def test_a_pdf_of_eighty_megabytes_is_opened() -> None:
    with pytest.raises(Unreadable, match="over the 80,000,000 read"):
        pdf.extract_pdf(bytes(80_000_001))
    with pytest.raises(Unreadable, match="cannot be opened"):
        pdf.extract_pdf(bytes(80_000_000))
