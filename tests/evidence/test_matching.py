"""Passages are found where a browser would: the Web Platform Tests of text fragments, in words of our own.

Facts re-expressed from web-platform-tests, scroll-to-text-fragment/ (find-range-from-text-directive.html and
scroll-to-text-fragment.html). Cases that need a live page are left out, since a capture's text has no such
thing: generated content, hidden or broken elements, frames, shadow trees, scrolling, several directives.
"""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.evidence.passages.matching import (
    LONGEST_PASSAGE,
    BadPassage,
    Passage,
    located,
    passage_hash,
    places,
)
from kit.text.normalise import normalise

BLANK = "\n\n   \u00a0 \n\n\n \u00a0\u00a0 \n"
PAGE = normalise(
    "Not the one that is sought:\npair tail\npair tail3\n\n"
    "The small grey heron waded past the sleepy toad.\na a b b b c\n\n"
    "ho ho ho hum hum hum\n\n"
    "pair tail2\nlead pair tail3 pairEnd tail4 pairEnd tail5\n\n"
    f"Alpha{BLANK}Beta\n\nGamma{BLANK}Delta\n\n"
    "Words\n\nkept apart by a block\n\n"
    "He held it in one hand and a string. zzz\n\n"
    "She's leaving.\n\n3.5\n\n40.2\n\nII\n\nthe toad\n\nAnd I think 't were wrong\n\n"
    "Here stands one plain line !$'()*+./:;=?@_~ &,- ネコ\n\n"
    "before\n\nplain line\n\nafter\n\nfurther plain line follows\n\n"
    "These words stand at the very end"
)
CASES = [
    # prefix, start, end, suffix, found, what the case shows
    ("", "waded", "", "", True, "one whole word"),
    ("ad", "ed", "", "", False, "a prefix begins at a word"),
    ("wa", "ded", "", "", True, "a prefix may end within a word"),
    ("null", "The small", "", "", False, "a prefix that is not there"),
    ("ho ho", "hum", "", "", True, "prefixes that overlap"),
    ("a a", "b", "", "", True, "prefixes of single letters that overlap"),
    ("small grey", "grey heron", "", "", False, "a prefix that overlaps the match"),
    ("small grey", "heron", "", "", True, "a match right after its prefix"),
    ("Alpha", "Beta", "", "", True, "blank blocks between prefix and match"),
    ("at the very end", "waded", "", "", False, "a prefix at the end of the page"),
    ("heron", "wad", "past", "", False, "an end makes the start end at a word"),
    ("heron", "wad", "", "", False, "without end or suffix the start ends at a word"),
    ("heron", "wad", "", "ed", True, "before a suffix the start may end within a word"),
    ("wad", "ed", "", "", True, "after a prefix the start may begin within a word"),
    ("waded", "null", "", "", False, "a start that is not there, after a prefix"),
    ("waded", "null", "sleepy", "", False, "the same with an end"),
    ("grey", "waded", "", "", False, "a match that does not follow at once"),
    ("ho", "hum", "", "", True, "a match that does not follow the first such prefix"),
    ("", "wad", "past", "", False, "no prefix; an end makes the start end at a word"),
    ("", "wad", "", "", False, "no prefix; the start ends at a word"),
    ("", "wad", "", "ed", True, "no prefix; before a suffix it need not"),
    ("", "aded", "", "", False, "a start begins at a word"),
    ("", "null", "", "", False, "a start that is not there"),
    ("", "null", "sleepy", "", False, "a start that is not there, with an end"),
    ("", "b b", "", "c", True, "matches that overlap, with a suffix"),
    ("", "ho ho", "", "hum", True, "matches of words that overlap, with a suffix"),
    ("", "grey", "heron", "", True, "a range"),
    ("", "grey", "small", "", False, "a range the wrong way round"),
    ("", "small", "gre", "", False, "without a suffix the end ends at a word"),
    ("", "small", "gre", "y", True, "before a suffix it need not"),
    ("", "small", "re", "y", False, "an end begins at a word"),
    ("", "gre", "y", "", False, "also where the whole range is bounded"),
    ("", "small", "null", "", False, "an end that is not there"),
    ("", "small", "waded", "heron", False, "a suffix before the end"),
    ("The", "small", "grey", "", True, "a prefix and no suffix"),
    ("The", "small", "heron", "grey", False, "a suffix inside the range"),
    ("Alpha", "Beta", "Gamma", "Delta", True, "blank blocks between end and suffix"),
    ("", "small", "", "gre", False, "a suffix ends at a word"),
    ("", "sm", "", "all", True, "a suffix may begin within a word"),
    ("", "small", "", "null", False, "a suffix that is not there"),
    ("", "small", "", "heron", False, "words between match and suffix"),
    ("", "pair", "", "tail2", True, "a first match with another suffix"),
    ("lead", "pair", "", "tail3", True, "the search goes on to the one with the prefix"),
    ("lead", "pair", "pairEnd", "tail5", True, "an end goes on to the one with the suffix"),
    ("", "Words kept apart by a block", "", "", False, "a part does not run over a block's end"),
    ("", "held", "and a", "", True, "an end after a candidate that overlaps it and is no whole word"),
    ("", "z", "", "", False, "the end of an inline element is no word's end"),
    ("", "she's", "", "", True, "an apostrophe within a word"),
    ("", "she", "", "", False, "no match ends before an apostrophe within a word"),
    ("", "'t", "", "", True, "a word that begins with an apostrophe"),
    ("", "5", "", "", False, "no match begins within a number"),
    ("", "3.", "", "", False, "no match ends within a number"),
    ("", "2", "", "", False, "nor within a number of several elements"),
    ("i", "the toad", "", "", False, "a prefix begins at a word at a block's beginning, too"),
    ("stands one", "plain", "", "line", True, "prefix and suffix"),
    ("ho", "ho", "", "hum", True, "a prefix equal to the match"),
    ("stands", "one", "line", "none", False, "a range with another suffix"),
    ("none", "one", "plain", "line", False, "a range with another prefix"),
    ("", "stands one plain line", "", "", True, "several words"),
    ("", "plain lin", "", "", False, "several words, the last not whole"),
    ("", "&,-", "", "", True, "the signs of the syntax itself"),
    ("", "ネコ", "", "", True, "letters that are not Latin"),
    ("", "!$'()*+./:;=?@_~", "", "", True, "all other signs"),
    ("before", "plain line", "", "after", True, "prefix and suffix in other blocks"),
]


@pytest.mark.parametrize(
    ("prefix", "start", "end", "suffix", "found", "shows"), CASES, ids=[case[5] for case in CASES]
)
def test_web_platform_cases(prefix: str, start: str, end: str, suffix: str, found: bool, shows: str) -> None:
    passage = Passage("e-1", "s", start, end, prefix, suffix)
    assert (next(places(PAGE, passage), None) is not None) == found


@pytest.mark.parametrize(("cells", "before"), [
    ({"start": "plain line", "prefix": "further"}, "further "),
    ({"start": "plain line", "suffix": "follows"}, "further "),
    ({"start": "plain line", "prefix": "before", "suffix": "after"}, "before\n"),
])  # fmt: skip
def test_what_surrounds_it_tells_places_apart(cells: dict[str, str], before: str) -> None:
    found = list(places(PAGE, Passage("e-1", "s", **cells)))
    assert len(found) == 1
    assert PAGE.text[: found[0].start].endswith(before)


def test_a_part_runs_over_a_paragraphs_end_only_when_asked() -> None:
    passage = Passage("e-1", "s", "Words kept apart", "by a block")
    assert not list(places(PAGE, passage))
    assert len(list(places(PAGE, passage, blocks=False))) == 1


def test_ends_that_are_the_same_words_are_one_passage() -> None:
    passage = Passage("e-1", "s", "one plain line", "one plain line")
    assert [PAGE.text[at.start : at.stop] for at in places(PAGE, passage)] == ["one plain line"]


def test_a_passage_too_long_is_none() -> None:
    page = normalise(f"It began here. {'word ' * LONGEST_PASSAGE} It ended there.")
    assert not list(places(page, Passage("e-1", "s", "It began", "ended there")))


WORD = st.text("abcde", min_size=1, max_size=4)


@given(st.lists(WORD, min_size=6, max_size=40), st.data())
def test_any_passage_of_a_page_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    page = normalise(" ".join(words))
    first = data.draw(st.integers(0, len(words) - 4))
    last = data.draw(st.integers(first + 3, len(words)))
    passage = Passage("e-1", "s", " ".join(words[first : first + 2]), " ".join(words[last - 1 : last]))
    begin = len(" ".join([*words[:first], ""]))
    found = list(places(page, passage))
    assert begin in {at.start for at in found}
    for at in found:
        assert page.text[at.start : at.start_stop] == passage.start
        assert page.text[at.end_start : at.stop] == (passage.end if passage.term("end") else passage.start)


@given(st.text("ab .,'-\n", max_size=40), st.text("ab .'-", max_size=5), st.text("ab .'-", max_size=5))
def test_places_are_whole_words_in_order_for_any_text(text: str, start: str, end: str) -> None:
    page = normalise(text)
    if not normalise(start).text.strip():
        return
    found = list(islice(places(page, Passage("e-1", "s", start, end)), 50))
    assert [at.start for at in found] == sorted({at.start for at in found})
    for at in found:
        assert at.start < at.start_stop <= at.end_start <= at.stop or at.end_start == at.start_stop == at.stop


def test_a_numbered_paragraph_locates() -> None:
    page = normalise("1. One thing.\n\n2. Two things.\n\f3. Three things.")
    assert page.text[slice(*located(page, "para 2") or (0, 0))].strip().startswith("2. Two")
    assert located(page, "12:40 into the film") is None
    assert located(page, "p. 1") is None


def test_the_hash_is_of_the_words_not_of_their_type() -> None:
    one, other = normalise("It’s  cut"), normalise("It's cut")
    assert passage_hash(one, 0, 8) == passage_hash(other, 0, 8)
    assert passage_hash(one, 0, 8) != passage_hash(normalise("It's put"), 0, 8)


@pytest.mark.parametrize(
    "cells", [{}, {"start": " \u200b "}, {"end": "words"}, {"end": "words", "quotation": "more words"}]
)
def test_a_passage_without_words_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(BadPassage, match="e-1: has no first words"):
        Passage("e-1", "s", **cells)
