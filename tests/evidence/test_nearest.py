"""The nearest stretch is one and whole; the words that differ are shown; parts put together are found out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.passages.nearest import differing_words, find_words, nearest_stretch, spliced_parts
from kit.text.normalise import fold, normalise

PAGE = normalise(
    "The firm said in May that it would never sell its list of names to anyone. "
    "A second notice, sent in June, gave brokers nine days to hand back their keys. "
    "Nobody at the port was told why the gate had been closed."
)


@pytest.mark.parametrize(("sought", "found"), [
    ("it would always sell its list of names", "it would never sell its list of names"),
    ("gave brokers ninety days to hand back their keys", "gave brokers nine days to hand back their keys"),
    ("in May that it would sell its list of names", "in May that it would never sell its list of names"),
    ("at the port was told why the gate had now been closed", "at the port was told why the gate had been closed"),
])  # fmt: skip
def test_the_nearest_stretch_is_whole_words(sought: str, found: str) -> None:
    near = nearest_stretch(PAGE, fold(sought))
    assert near is not None
    assert PAGE.text[near.start : near.stop] == found


@pytest.mark.parametrize("sought", ["nine days", "parrots in the tower of the old light", "", "$ $ $"])
def test_what_is_unlike_is_not_near(sought: str) -> None:
    assert nearest_stretch(PAGE, fold(sought)) is None


def test_nothing_outside_the_offsets_is_near() -> None:
    sought = "it would always sell its list"
    assert nearest_stretch(PAGE, sought, 90) is None
    assert nearest_stretch(PAGE, sought, 0, 30) is None


@given(
    st.lists(
        st.sampled_from(["port", "gate", "firm", "keys", "list", "names", "brokers", "may", "june"]),
        min_size=5,
        max_size=30,
    ),
    st.data(),
)
def test_a_word_swapped_is_near_and_shown(words: list[str], data: st.DataObject) -> None:
    page = normalise(" ".join(words))
    at = data.draw(st.integers(0, len(words) - 1))
    ours = [*words[:at], "xx", *words[at + 1 :]]
    near = nearest_stretch(page, " ".join(ours))
    assert near is not None
    theirs = page.text[near.start : near.stop]
    assert any("xx" in mine for mine, _ in differing_words(" ".join(ours), theirs))


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8),
)
def test_differences_are_none_exactly_when_the_words_are_the_same(one: list[str], other: list[str]) -> None:
    assert (differing_words(" ".join(one), " ".join(other)) == ()) == (one == other)


def test_parts_from_two_places_are_found_out() -> None:
    joined = "in may that it would hand back their keys"
    first, second = spliced_parts(PAGE, joined)
    assert PAGE.folded[slice(*first)] == "in may that it would"
    assert PAGE.folded[slice(*second)] == "hand back their keys"


@pytest.mark.parametrize(
    "sought", ["never sell its list", "in may that grey parrots sell", "of to in why was the a"]
)
def test_one_part_or_scattered_words_are_no_parts(sought: str) -> None:
    assert spliced_parts(PAGE, sought) == []


def test_only_whole_words_stand() -> None:
    assert find_words("cataract cat", "cat") == 9
    assert find_words("cataract", "cat") == -1
