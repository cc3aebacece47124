"""An id belongs to one sentence for good: whatever is done to a text, no id moves to another."""

from __future__ import annotations

import random
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.harbour import page

from kit.evidence.prose.statements import (
    STATEMENT_COLUMNS,
    PlacedSentence,
    match_statements,
    number_statements,
)

EMPTY = pd.DataFrame(columns=STATEMENT_COLUMNS, dtype="str")
FIRST, LATER = date(2021, 6, 1), date(2021, 7, 1)


#: Sentences made after sixteen different forms, so that no two are alike, as those of a text are.
TEXT = [f"{fact}." for number in (1, 2) for fact in page(number).facts]


def worded(cells: list[list[str]], notebook: str = "01") -> list[PlacedSentence]:
    """A notebook whose cells hold these sentences."""
    return [
        PlacedSentence(notebook, f"cell-{number}", position, text)
        for number, sentences in enumerate(cells)
        for position, text in enumerate(sentences, start=1)
    ]


def build(
    cells: list[list[str]], before: pd.DataFrame = EMPTY, on: date = FIRST
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The ledger after a build, and the id of each sentence by its text."""
    now = worded(cells)
    after, ids = number_statements(before, now, on)
    assert len(set(ids)) == len(ids)
    return after, dict(zip([sentence.text for sentence in now], ids, strict=True))


def cut(sentences: list[str], rng: random.Random) -> list[list[str]]:
    """The sentences in cells of one to four."""
    left, cells = list(sentences), []
    while left:
        size = rng.randint(1, 4)
        cells.append(left[:size])
        left = left[size:]
    return cells


def reworded(text: str, rng: random.Random) -> str:
    """The sentence with one word in it changed, put in or taken out."""
    words = text.split()
    at = rng.randrange(1, len(words))
    return " ".join(rng.choice([
        [*words[:at], "newly", *words[at:]], [*words[:at], *words[at + 1 :]], [*words[:at], "altogether", *words[at + 1 :]]
    ]))  # fmt: skip


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_ids_follow_their_sentences_through_any_edit(rng: random.Random) -> None:
    chosen = rng.sample(TEXT, 14)
    kept, spare = chosen[:10], chosen[10:]
    ledger, ids = build(cut(kept, rng))
    cells = cut(kept, rng)
    rng.shuffle(cells)
    edited, origin = [], {}
    for cell in cells:
        new = []
        for text in cell:
            deed = rng.choice(["keep", "keep", "reword", "delete", "insert"])
            if deed == "delete":
                continue
            now = reworded(text, rng) if deed == "reword" and len(text.split()) > 9 else text
            origin[now] = text
            new.append(now)
            if deed == "insert" and spare:
                new.append(spare.pop())
        edited.append(new)
    after, now_ids = build(edited, ledger, LATER)
    for text, id in now_ids.items():
        if text in origin:
            # What stands word for word keeps its id wherever it went; what was reworded keeps it or gets a new one.
            assert id == ids[origin[text]] or (text != origin[text] and id not in ids.values())
        else:
            assert id not in ids.values()
    again, third = build(edited, after, date(2021, 8, 1))
    assert third == now_ids
    pd.testing.assert_frame_equal(again, after)


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(2, 6))
def test_no_id_is_ever_given_twice(rng: random.Random, builds: int) -> None:
    ledger, owner = EMPTY, {}
    for number in range(builds):
        ledger, ids = build(cut(rng.sample(TEXT, 8), rng), ledger, date(2021, 6, 1 + number))
        for text, id in ids.items():
            assert owner.setdefault(id, text) == text
    assert ledger["statement"].is_unique


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_a_reworded_sentence_keeps_its_id_where_it_stands(rng: random.Random) -> None:
    cells = cut(rng.sample([text for text in TEXT if len(text.split()) > 9], 6), rng)
    ledger, ids = build(cells)
    for cell in cells:
        for position, text in enumerate(cell):
            cell[position] = reworded(text, rng)
    assert list(build(cells, ledger, LATER)[1].values()) == list(ids.values())


def test_a_changed_number_keeps_the_id() -> None:
    ledger, ids = build([["Of the 72 cases 38% were never reversed."]])
    after, now = build([["Of the 74 cases 41% were never reversed."]], ledger, LATER)
    assert [*ids.values()] == [*now.values()] == ["s-0001"]
    assert after["first_seen"].tolist() == ["2021-06-01"]


def test_a_doubled_sentence_gets_an_id_of_its_own() -> None:
    text = "Police searched the harbour office on Monday."
    ledger, _ = build([[text]])
    _, ids = number_statements(ledger, worded([[text, "Nobody was arrested that day.", text]]), LATER)
    assert ids[0] == "s-0001"
    assert len(set(ids)) == 3


def test_the_sentence_that_stayed_keeps_the_id_and_not_the_copy_elsewhere() -> None:
    text = "Police searched the harbour office on Monday."
    ledger, _ = number_statements(EMPTY, [PlacedSentence("02", "b", 3, text)], FIRST)
    _, ids = number_statements(
        ledger, [PlacedSentence("01", "a", 1, text), PlacedSentence("02", "b", 1, text)], LATER
    )
    assert ids[1] == "s-0001" != ids[0]


def test_of_a_split_sentence_one_part_keeps_the_id() -> None:
    whole = "Police searched the harbour office on Monday morning and took 38 boxes of papers away, and nobody was told."
    ledger, _ = build([[whole]])
    parts = [
        "Police searched the harbour office on Monday morning and took 38 boxes of papers away.",
        "Nobody was told.",
    ]
    first, second = build([parts], ledger, LATER)[1].values()
    assert first == "s-0001" != second


def test_two_sentences_made_one_leave_one_id_and_retire_the_other() -> None:
    parts = ["Police searched the harbour office on Monday morning and took papers away.", "Nobody was told."]
    ledger, _ = build([parts])
    after, ids = build(
        [["Police searched the harbour office on Monday morning and took papers away; nobody was told."]],
        ledger,
        LATER,
    )
    assert [*ids.values()] == ["s-0001"]
    assert after["retired_on"].tolist() == ["", "2021-07-01"]


def test_what_was_taken_out_and_put_back_has_its_old_id() -> None:
    text = "Police searched the harbour office on Monday."
    ledger, _ = build([[text]])
    gone, _ = build([["The quay was closed in winter."]], ledger, LATER)
    assert gone["retired_on"].tolist() == ["2021-07-01", ""]
    back, ids = build([[text]], gone, date(2021, 8, 1))
    assert ids == {text: "s-0001"}
    assert back["retired_on"].tolist() == ["", "2021-08-01"]


def test_marks_tell_sentences_apart_that_read_alike() -> None:
    old = [PlacedSentence("n", "a", 1, "The office denied that it was told.", frozenset({"denial-2021"}))]
    new = [
        PlacedSentence("n", "a", 1, "The harbour union denied that it was told.", frozenset({"denial-2022"}))
    ]
    assert match_statements(old, new) == [None]
    same = [
        PlacedSentence("n", "a", 1, "The harbour union denied that it was told.", frozenset({"denial-2021"}))
    ]
    assert match_statements(old, same) == [0]


@pytest.mark.parametrize("short", ["It did.", "No.", "So it is."])
def test_a_few_words_are_alike_only_when_the_same(short: str) -> None:
    assert match_statements(
        [PlacedSentence("n", "a", 1, short)], [PlacedSentence("n", "a", 1, f"{short[:-1]}!")]
    ) == [None]


def test_branches_give_different_sentences_different_ids_and_the_same_one_the_same() -> None:
    ledger, _ = build([["Police searched the harbour office on Monday."]])
    here, ours = build([["Police searched the harbour office on Monday.", "The clinic closed in May 2021.",
                         "Both of us wrote this in June 2021."]], ledger, LATER)  # fmt: skip
    there, theirs = build([["Police searched the harbour office on Monday.", "The council paid 40 dollars.",
                            "Both of us wrote this in June 2021."]], ledger, LATER)  # fmt: skip
    one, other = list(ours.values()), list(theirs.values())
    assert one[0] == other[0] == "s-0001"
    assert one[1] != other[1]
    assert one[2] == other[2]
    merged = pd.concat([here, there]).drop_duplicates("statement", ignore_index=True)
    assert merged.groupby("statement")["text"].nunique().eq(1).all()
    assert len(merged) == 4
