"""What is told of a passage that stands: where on its page, how far from end to end, and what its ends cut in two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import explain_absence, find_passage, judge_quotation
from kit.evidence.passages.matching import Passage
from kit.sources.extract.reading.html_tree import parse
from kit.sources.extract.reading.page import TextRange
from kit.sources.extract.reading.visible import seen


def read(html: str, language: str = "en") -> CaptureText:
    """A page as a capture of it is read."""
    page = seen(parse(html))
    text, parts = page.text, list(page.structure)
    for label, words in page.unseen:
        parts.append(TextRange(len(text) + 2, len(text) + 2 + len(words), label))
        text += f"\n\n{words}"
    return CaptureText(
        "c-1", "s", datetime(2021, 3, 1, tzinfo=UTC), False, text, structure=tuple(parts), language=language
    )


def told(html: str, start: str, end: str = "", language: str = "en") -> tuple[str, str]:
    page, passage = read(html, language), Passage("e-1", "s", start, end)
    found = find_passage(page, passage) or explain_absence(page, passage)
    return found.verdict, found.notices.partition(":")[0]


PAGE = (
    "<h1>Port</h1><p>The office paid a fine of 12</p><p>500 people were paid in full.</p>"
    "<table><tr><th>Quay<th>2021<tr><td>North quay<td>1,400<tr><td>South quay<td>2,900</table>"
    "<p hidden>The board voted at midnight.</p><div class=comments><p>The board met at noon.</p></div>"
    "<p>The <del>old </del>levy goes on for good.</p>"
)


@pytest.mark.parametrize(("start", "end", "due"), [
    ("a fine of 12 500 people", "", ("spliced", "")), ("The office paid", "paid in full", ("exact", "span")),
    ("500 people were paid", "", ("exact", "")), ("North quay 1,400", "", ("normalised", "")),
    ("North quay", "1,400", ("exact", "")), ("1,400 South quay", "", ("spliced", "")), ("North quay", "2,900", ("exact", "span")),
    ("The board voted at", "", ("exact", "unseen")), ("The board met at", "", ("exact", "foreign")),
    ("The levy goes on", "", ("exact", "")), ("The old levy goes", "", ("exact", "unseen")),
])  # fmt: skip
def test_where_a_passage_stands(start: str, end: str, due: tuple[str, str]) -> None:
    assert told(PAGE, start, end) == due


def test_the_article_goes_before_what_stands_beside_it() -> None:
    twice = "<p>The board met at noon.</p>" + PAGE
    assert told(twice, "The board met at noon") == ("exact", "")
    assert told(PAGE + PAGE.replace("comments", "lead"), "The board met at noon") == ("exact", "")


@pytest.mark.parametrize(("length", "due"), [(600, ""), (601, "span")])
def test_a_long_passage_is_told(length: int, due: str) -> None:
    words = f"First words {'x ' * 400}"[: length - len(" and last words")].rstrip().ljust(length - 15, "y")
    assert told(f"<p>{words} and last words</p>", "First words", "and last words") == ("exact", due)


@pytest.mark.parametrize(("text", "start", "language"), [
    ("It has never paid for the quay.", "paid for the quay", "en"), ("It was non-compliant in May.", "compliant in May", "en"),
    ("It didn’t pay for the quay.", "pay for the quay", "en"), ("Er zahlte nicht für den Kai.", "für den Kai bald", "de"),
    ("Er hat nicht gezahlt, sagt er.", "gezahlt, sagt er", "de"), ("No pagó la multa entera.", "pagó la multa entera", "es"),
    ("Il n’a jamais payé cette amende.", "payé cette amende", "fr"), ("It paid 1 250 000 euros.", "It paid 1 250", "en"),
    ("It fell by 5 % in May.", "It fell by 5", "en"),
    ("It paid 2.5 million to them.", "It has paid 2.5", "en"), ("It paid A$500 for the berth.", "$500 for the berth", "en"),
    ("It was −5 degrees at noon.", "5 degrees at noon", "en"), ("The US told them so.", "The us told them", "en"),
])  # fmt: skip
def test_ends_that_cut_in_two_are_told(text: str, start: str, language: str) -> None:
    page = (
        text.replace("It paid 2.5", "It has paid 2.5")
        .replace("euros.", "euros in all.")
        .replace("Kai.", "Kai bald.")
    )
    if start == "für den Kai bald":
        page = page.replace("für den Kai bald.", "nicht für den Kai bald.").replace("nicht nicht", "nicht")
    assert told(f"<p>{page}</p>", start, language=language)[1] == "cut"


@pytest.mark.parametrize(("text", "start", "language"), [
    ("It has never paid for the quay.", "never paid for", "en"), ("It paid in 2021 500 people.", "500 people", "en"),
    ("He said no. The quay was shut.", "The quay was shut", "en"), ("It paid $500 for the berth.", "$500 for the berth", "en"),
    ("In 2019-20 it paid for the berth.", "20 it paid for", "en"), ("THE PORT WAS SHUT AT NOON", "The port was shut", "en"),
    ("It paid 1 250 euros.", "It paid 1 250 euros", "en"), ("The plus side of it was shut.", "side of it was", "en"),
    ("Er zahlte, nicht aber sie.", "Er zahlte,", "de"), ("The office, not the board, paid.", "The office,", "en"),
])  # fmt: skip
def test_ends_that_cut_nothing_are_not(text: str, start: str, language: str) -> None:
    assert told(f"<p>{text}</p>", start, language=language)[1] == ""


@pytest.mark.parametrize(("quotation", "due", "language"), [
    ("The firm [always] paid for access", "altered", "en"), ("The firm … paid for access", "altered", "en"),
    ("[The firm] paid for access", "altered", "en"), ("The firm never paid … to the archive", "normalised", "en"),
    ("[It] never paid for access", "normalised", "en"), ("The firm never [ever] paid for access", "normalised", "en"),
    ("It … close the north quay", "altered", "en"), ("It may close … of the harbour", "normalised", "en"),
    ("It [will] close the north quay", "altered", "en"), ("The board … approved the sale", "normalised", "en"),
    ("the firm does [not] know of it", "altered", "en"), ("The firm never paid. It may", "exact", "en"),
    ("Das Amt hat … gezahlt", "altered", "de"), ("Das Amt hat nicht … gezahlt", "normalised", "de"),
    ("L’office n’a … payé", "altered", "fr"), ("El puerto … pagó la multa", "altered", "es"),
])  # fmt: skip
def test_what_is_left_out_or_put_in_may_not_turn_the_meaning(quotation: str, due: str, language: str) -> None:
    page = read(
        "<p>The firm never paid for access to the archive. It may close the north quay of the harbour. "
        "The board, which never met, approved the sale. Now the firm does know of it. The firm never paid. It may.</p>"
        "<p>Das Amt hat nicht sofort gezahlt.</p><p>L’office n’a pas encore payé.</p><p>El puerto no pagó la multa.</p>",
        language,
    )
    passage = Passage("q-1", "s", quotation=quotation)
    assert judge_quotation(page, passage, (0, len(page.normal.text))).verdict == due


def test_a_quotation_may_end_a_paragraph_but_not_run_through_one() -> None:
    page = read(
        "<p>They paid the fine. They left.</p><p>The quay was shut at noon.</p><p>A fine of 12</p><p>500 people</p>"
    )
    joined = [
        judge_quotation(page, Passage("q-1", "s", quotation=words)).verdict
        for words in ("They left. The quay was shut", "A fine of 12 500 people")
    ]
    assert joined == ["normalised", "spliced"]


def test_words_beside_chinese_marks_are_whole() -> None:
    page = "<p>这家公司被称为“中国虾稻米之乡”响当当的牌子，获得市场高度认可。</p><p>회사는 “자율 규제 협약”은 없다고 했다.</p>"
    assert told(page, "中国虾稻米之乡", "响当当的牌子")[0] == "exact"
    assert told(page, "자율 규제 협약 은")[0] != "exact"
    assert told(page, "자율 규제 협약", "없다고 했다")[0] == "exact"
