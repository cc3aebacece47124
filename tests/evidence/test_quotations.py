"""Quotations are taken apart as a reader of newspapers would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.passages.quotation import (
    BRACKETED,
    LEFT_OUT,
    QuotedPiece,
    chains,
    differing_letters,
    quoted_pieces,
)
from kit.text.normalise import normalise


@pytest.mark.parametrize(("quotation", "found"), [
    ("cut off at noon", [QuotedPiece("cut off at noon", 0)]),
    ("“cut off at noon,”", [QuotedPiece("cut off at noon", 0)]),
    ("cut off … at noon", [QuotedPiece("cut off", 0), QuotedPiece("at noon", LEFT_OUT)]),
    ("cut off... at noon", [QuotedPiece("cut off", 0), QuotedPiece("at noon", LEFT_OUT)]),
    ("cut off [...] at noon", [QuotedPiece("cut off", 0), QuotedPiece("at noon", LEFT_OUT)]),
    ("cut off . . . at noon", [QuotedPiece("cut off", 0), QuotedPiece("at noon", LEFT_OUT)]),
    ("cut off (…) at noon", [QuotedPiece("cut off", 0), QuotedPiece("at noon", LEFT_OUT)]),
    ("cut [it] off", [QuotedPiece("cut", 0), QuotedPiece("off", BRACKETED, "it")]),
    ("[The firm] … cut off", [QuotedPiece("cut off", BRACKETED + LEFT_OUT, "The firm")]),
    ("[C]ut off", [QuotedPiece("Cut off", 0)]),
    ("cut of [sic] at noon", [QuotedPiece("cut of at noon", 0)]),
    ("[all of it]", []),
    ("…", []),
])  # fmt: skip
def test_a_quotation_comes_apart_at_its_marks(quotation: str, found: list[QuotedPiece]) -> None:
    assert quoted_pieces(quotation)[0] == found


def test_what_stands_in_brackets_is_shown() -> None:
    assert quoted_pieces("[T]he fee [of May] rose [sic]")[1] == ("[T]", "[of May]")


PAGE = normalise(
    "The fee rose in May. Nobody was told. " + "Other things happened. " * 40 + "The fee fell in June."
)


@pytest.mark.parametrize(("quotation", "ways"), [
    ("The fee rose … Nobody was told", 1), ("Nobody was told … The fee rose", 0), ("The fee rose … fell in June", 0),
    ("The fee", 2), ("Nobody … told", 1), ("The fee [of ours] in May", 1), ("Nobody [at all] Other things", 1),
])  # fmt: skip
def test_pieces_stand_in_order_and_within_reach(quotation: str, ways: int) -> None:
    assert len(list(chains(PAGE, quoted_pieces(quotation)[0], 0, len(PAGE.text)))) == ways


@pytest.mark.parametrize(("ours", "theirs", "found"), [
    ("the fee", "The fee", ()), ("THE FEE", "the fee", ()), ("the fee", "THE FEE", ()),
    ("tell us", "tell US", (("us", "US"),)), ("Zoe came", "Zoë came", (("Zoe", "Zoë"),)),
    ("iPhone", "Iphone", (("iPhone", "Iphone"),)), ("'so'", '"so"', ()),
])  # fmt: skip
def test_capitals_at_a_words_head_are_typography_and_others_are_not(
    ours: str, theirs: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert differing_letters(ours, theirs) == found


@given(st.text("ab.… []()\"'", max_size=40))
def test_any_text_comes_apart(quotation: str) -> None:
    for piece in quoted_pieces(quotation)[0]:
        assert piece.text == piece.text.strip()
        assert piece.text
