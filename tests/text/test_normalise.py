"""Typography goes, words stay, and every character leads back to where it was."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.text.normalise import fold, normalise
from kit.text.sentences import bounded

SAME = [
    ("“quoted” „low“ «angled» 「鍵」", "\"quoted\" \"low\" \"angled\" \"鍵\""),
    ("don’t donʼt don`t", "don't don't don't"),
    ("2019–20, non‑stop, −5", "2019-20, non-stop, -5"),
    ("cut—off cut -- off cut — off cut – off", "cut - off cut - off cut - off cut - off"),
    ("a\u00a0b\u2009c\td  e", "a b c d e"),
    ("one\ntwo\r\nthree", "one two three"),
    ("one\n\ntwo\r\n \r\nthree\u2029\nfour", "one\ntwo\nthree\nfour"),
    ("ﬁrst oﬃce", "first office"),
    ("soft\u00adhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
    ("cafe\u0301 \u1112\u1161\u11ab", "café 한"),
    ("ＡＢＣ １２３", "ABC 123"),
    ("wait… what", "wait... what"),
    ("Pilot™ and Quay®", "Pilot and Quay"),
    ("CO₂ but 10² and ½", "CO2 but 10² and ½"),
    ("grew fast.[12] It rose¹ again", "grew fast. It rose again"),
    ("§ [12] The court; an area of 9 km²", "§ [12] The court; an area of 9 km²"),
    ("inter-\nnational trans\u00ad\nport", "international transport"),
    ("Anglo-\nAmerican", "Anglo-American"),
    ("the fee was\n 7 \n\fraised twice\n8\n\fsince", "the fee was raised twice since"),
    ("the total was\n1200\n\fand rose", "the total was 1200 and rose"),
    ("over-\n\fboard", "overboard"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), SAME)
def test_typography_goes_and_words_stay(raw: str, text: str) -> None:
    assert normalise(raw).text == text


@pytest.mark.parametrize(("one", "other"), [
    ("10²", "102"), ("$40", "€40"), ("40%", "40"), ("was not", "was"), ("US", "us"), ("Molnár", "Molnar"),
    ("cut off.", "cut off!"), ("3.5", "35"), ("-5", "5"),
])  # fmt: skip
def test_what_is_not_typography_stays_different(one: str, other: str) -> None:
    assert normalise(one).text != normalise(other).text


WORDS = st.text(st.sampled_from("abcE é12.,'“”—–-\u00a0\u00ad\u200bﬁ…\n\f½²[]切"), max_size=60)


@given(WORDS)
def test_every_stretch_leads_back_to_what_it_was_made_of(raw: str) -> None:
    page = normalise(raw)
    for start in range(len(page.text)):
        first, last = page.origin(start, start + 1)
        assert 0 <= first < last <= len(raw)
        if page.text[start].isalpha():
            assert page.text[start] in normalise(raw[first:last]).text or raw[first:last] in "ﬁ"
    edges = [page.origin(start, start + 1)[0] for start in range(len(page.text))]
    assert edges == sorted(edges)


@given(WORDS)
def test_the_whole_text_and_only_it_is_covered(raw: str) -> None:
    page = normalise(raw)
    with pytest.raises(ValueError, match="no stretch"):
        page.origin(0, len(page.text) + 1)
    assert len(page.folded) == len(page.text)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=12))
def test_plain_words_are_left_alone(words: list[str]) -> None:
    text = " ".join(words)
    page = normalise(text)
    assert page.text == text
    assert page.layers == ()


@given(st.text(max_size=80))
def test_any_text_folds_character_for_character(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_several_notes_in_a_row_go_together() -> None:
    page = normalise("The fee rose.[1][2][13] The port[4],[5] shut. See [6] and x [7].")
    assert page.text == "The fee rose. The port, shut. See [6] and x [7]."


@pytest.mark.parametrize(("text", "edges"), [
    ("he's out", {0, 4, 5, 8}), ("3.5", {0, 3}), ("切断", {0, 1, 2}), ("ネコ", {0, 2}), ("x_y", {0, 3}),
    ("e.g. it", {0, 3, 4, 5, 7}),
])  # fmt: skip
def test_words_begin_and_end_where_unicode_says(text: str, edges: set[int]) -> None:
    assert {at for at in range(len(text) + 1) if bounded(text, at)} == edges


@pytest.mark.parametrize("hostile", [
    " " * 300_000, "\n" * 300_000, "-" * 300_000, "— " * 150_000, "\n12" + " " * 300_000, "a-\n" * 100_000,
    "1\n" * 100_000 + "\f", "e\u0301" * 100_000, "[1]" * 100_000, "\u00ad" * 300_000,
])  # fmt: skip
def test_no_text_makes_it_slow(hostile: str) -> None:
    before = time.process_time()
    normalise(hostile)
    assert time.process_time() - before < 3
