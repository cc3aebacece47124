"""Notebooks' prose comes apart into sentences, and no mark is lost or counted twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.document import Document
from kit.evidence.prose.sentences import Sentence
from kit.text.sentences import sentence_ends as ends


def read(*sources: str) -> list[Sentence]:
    """The sentences of a notebook with these Markdown cells."""
    return Document({"cells": [{"cell_type": "markdown", "source": source} for source in sources]}).sentences


def parts(text: str) -> list[str]:
    """The text cut where its sentences end."""
    stops = ends(text)
    return [text[start:stop].strip() for start, stop in zip([0, *stops], stops, strict=False)]


@pytest.mark.parametrize(("text", "count"), [
    ("They paid. Nobody asked.", 2), ("Who paid? Nobody asked!", 2), ("They paid.", 1), ("", 0), ("   ", 0),
    ("The U.S. District Court ruled.", 1), ("It left the U.S. The court ruled.", 2), ("He met Mr. Roe. She left.", 2),
    ("Harbour Inc. appealed.", 1), ("It is Harbour Inc. The court ruled.", 2), ("No. 5 stands.", 1),
    ("The answer was no. Then they left.", 2), ("The answer was No. Then they left.", 2), ("See p. 12 of it.", 1),
    ("On Jan. 5 they paid.", 1), ("They paid in Jan. The rest followed.", 2), ("Fees, e.g. Tolls, rose.", 1),
    ("In Roe v. Wade the court ruled.", 1), ("It cost 1.5 million. Half was paid.", 2), ("GPT-4.1 came. It sold.", 2),
    ("J. R. Roe paid. She left.", 2), ("He waited … Then he left.", 2), ("He said so … Roe left.", 1),
    ("He waited... and left.", 1), ("“We paid.” The firm did not.", 2), ("“Did we pay?” Roe asked.", 1),
    ("“Did we pay?” Nobody knew.", 2), ("It closed (as Roe said. Later). It reopened.", 2),
    ("He paid [see note 3. Roe]. She left.", 2), ("One; two; three. Four.", 2), ("At 5 p.m. Roe left.", 1),
    ("They left at 5 p.m. The door stood open.", 2), ("Two points: first this. Then that.", 2),
    ("They paid. 38 left.", 2), ("They paid.Then they left.", 1), ("Is it so?! Yes.", 2), ("Roe et al. agree.", 1),
])  # fmt: skip
def test_sentences_end_where_a_reader_says(text: str, count: int) -> None:
    assert len(parts(text)) == count


@given(st.text("Ab1 .…!?()[]“”’;,", max_size=60))
def test_a_cut_text_is_whole_and_its_ends_in_order(text: str) -> None:
    stops = ends(text)
    assert stops == sorted(set(stops))
    assert "".join(parts(text)).replace(" ", "") == text.replace(" ", "")


WORDS = st.sampled_from(
    [
        "paid",
        "Roe",
        "U.S.",
        "38%",
        "Inc.",
        "“so”",
        "(as said)",
        "left.",
        "why?",
        "e.g.",
        "it",
        "2.5",
        "*no*",
        "`x.y`",
    ]
)
MARKS = st.sampled_from(["[@roe-2021]", "[@doe-2020; @poe-2019]", "[38%](#=share)", "[\\$5 billion](#=pace)"])


@settings(max_examples=40)
@given(st.lists(WORDS | MARKS, min_size=1, max_size=25), st.sampled_from(["", "- ", "> ", "1. "]))
def test_no_text_is_lost_and_every_mark_belongs_to_one_sentence(pieces: list[str], lead: str) -> None:
    source = lead + " ".join(["First", *pieces])
    found = read(source)
    marks = Document({"cells": [{"cell_type": "markdown", "source": source}]}).marks
    numbers = [n for s in found for n in s.numbers]
    assert [t for s in found for t in s.cited] == [m.target for m in marks if m.kind == "cite"]
    assert [(n.target, n.printed) for n in numbers] == [
        (m.target, m.printed) for m in marks if m.kind == "number"
    ]
    assert all(s.words(n) == n.printed for s in found for n in s.numbers)
    text = re.sub(r"\[@[^]]*\]", "", source.removeprefix(lead))
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    assert re.sub(r"[\s`*\\]", "", text) == "".join(s.text for s in found).replace(" ", "")


@pytest.mark.parametrize(("source", "text", "cited"), [
    ("They paid [@a-1].", "They paid.", ("a-1",)), ("They paid. [@a-1]", "They paid.", ("a-1",)),
    ("They paid [@a-1], he says [@b-2].", "They paid, he says.", ("a-1", "b-2")),
    ("They paid [@a-1; @b-2]", "They paid", ("a-1", "b-2")), ("[@a-1] They paid.", "They paid.", ("a-1",)),
    ("Ask @handle.", "Ask @handle.", ()), ("Code `[@a-1]` is none.", "Code [@a-1] is none.", ()),
    ("They\npaid  it.", "They paid it.", ()), ("**They** *paid*.", "They paid.", ()), ("[@a-1]", "", ("a-1",)),
])  # fmt: skip
def test_the_text_is_what_a_reader_sees_and_the_marks_are_its_own(
    source: str, text: str, cited: tuple[str, ...]
) -> None:
    (sentence,) = read(source)
    assert (sentence.text, sentence.cited) == (text, cited)


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    first, second = read("They paid. [@a-1] [@b-2] Nobody asked [@c-3].")
    assert (first.cited, second.cited) == (("a-1", "b-2"), ("c-3",))


def test_a_citation_keeps_its_place_in_the_text() -> None:
    (sentence,) = read("They paid [@a-1] and left [@b-2].")
    assert [sentence.text[: mark.start] for mark in sentence.citations] == ["They paid", "They paid and left"]


@pytest.mark.parametrize(("source", "found"), [
    ('He said "we paid" once.', ["we paid"]), ("He said “we paid. We left” once.", ["we paid. We left"]),
    ("Er sagte „wir zahlten“ einmal.", ["wir zahlten"]), ("Il dit «payé» hier.", ["payé"]), ("It’s Roe’s.", []),
    ("He said 'we paid' once.", ["we paid"]), ("A “so” and “no”.", ["so", "no"]), ("「払った」", ["払った"]),
])  # fmt: skip
def test_quotations_are_found_whole(source: str, found: list[str]) -> None:
    (sentence,) = read(source)
    assert [sentence.words(span) for span in sentence.quotations] == found


def test_every_kind_of_block_is_told() -> None:
    source = (
        "# Head\n\nPara.\n\n- Item.\n\n> Quoted.\n\n| who | what |\n|---|---|\n| Roe | Paid. Left. |\n\n"
        "Term\n:   Meaning.\n\nNote[^1].\n\n[^1]: Below [@a-1].\n\n```\nCode.\n```\n"
    )
    found = [(s.kind, s.text, s.context) for s in read(source)]
    assert found == [
        ("heading", "Head", ""), ("paragraph", "Para.", ""), ("item", "Item.", ""), ("quotation", "Quoted.", ""),
        ("heading", "who", ""), ("heading", "what", ""), ("table cell", "Roe", "who"),
        ("table cell", "Paid.", "what; Roe"), ("table cell", "Left.", "what; Roe"), ("heading", "Term", ""),
        ("definition", "Meaning.", ""), ("paragraph", "Note.", ""), ("note", "Below.", ""),
    ]  # fmt: skip


def test_places_are_counted_from_one() -> None:
    found = read("One. Two.", "Three.\n\nFour.")
    assert [(s.cell, s.block, s.position) for s in found] == [(1, 1, 1), (1, 1, 2), (2, 1, 1), (2, 2, 2)]


def test_code_is_no_prose() -> None:
    (sentence,) = read("The cell `38 pages` counts.")
    assert (sentence.text, sentence.prose) == ("The cell 38 pages counts.", "The cell          counts.")


@pytest.mark.parametrize("source", [
    "They paid [@a-1].", "They paid [38%](#=share).", "Roe wrote “we paid”.", "The Harbour Office paid.",
    "They paid in March 2021.", "They paid two million.", "The firm lost seven ships.", "OpenAI denied it.",
    "Neither company answered.", "The charge was dropped.", "Prices did not rise.", "- **Fines follow the raids.**",
    "| what |\n|---|\n| none known |", "whether it was used: nobody was found who says so",
    "The next table holds the fines; the Harbour Post printed none of them.",
    "*Caveat on the next table: the Harbour Post reported it first.*", "| what |\n|---|\n| Yes [@a-1] |",
])  # fmt: skip
def test_what_states_a_fact(source: str) -> None:
    assert states_fact(read(source)[-1])


@pytest.mark.parametrize("source", [
    "# The Harbour Office paid [@a-1]", "Who paid the Harbour Office?", "The next cell counts the Harbour's ships.",
    "Open the Harbour table and add a row.", "You see the Harbour's ships.", "Here are the first days of August 2025.",
    "*Reads:* all tables of 2021.", "The chart shows the Harbour's ships in 2021.", "It is one of them.", "[@a-1]",
    "Notebook 02 uses the same codes.", "Both of the Harbour's readings are drawn.", "- **Words made stronger.**",
    "[02-the-raid](02.ipynb) holds it against the Harbour's rules.", "| what |\n|---|\n| whom |",
    "*Caveat on the next chart: it shows one dispute.*", "Dates say what is known and no more.", "***",
])  # fmt: skip
def test_what_states_none(source: str) -> None:
    assert not any(states_fact(sentence) for sentence in read(source))


def test_a_known_name_at_the_head_is_a_name() -> None:
    (sentence,) = read("Harbour paid.")
    known: Any = {"Harbour"}
    assert (states_fact(sentence), states_fact(sentence, known)) == (False, True)
