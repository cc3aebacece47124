"""Passages over captures: which capture decides, and what another source has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from support.harbour import Page

from kit.evidence.passages.matching import Passage
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import TextIndex
from kit.evidence.passages.verdict import Verdict

NOW = "The gate was shut by the port in May. Nobody said why it was shut."
HERE = Page("c-1", "here", datetime(2021, 3, 1, tzinfo=UTC), False, NOW)
LATER = replace(HERE, id="c-2", captured_at=datetime(2021, 6, 1, tzinfo=UTC))
THERE = replace(HERE, id="c-9", source="there")
SOUGHT = Passage("e-1", "here", "The gate was shut", "by the port in May")


def verdict(*pages: Page, passage: Passage = SOUGHT) -> Verdict:
    with TextIndex(Path(":memory:")) as texts:
        texts.add(pages)
        return judge_passages([passage], texts)[0]


def test_the_newest_capture_decides() -> None:
    assert (verdict(LATER, HERE).verdict, verdict(LATER, HERE).capture) == ("exact", "c-2")


def test_what_was_taken_away_has_changed() -> None:
    found = verdict(HERE, replace(LATER, text="Nothing to see on this page."))
    assert (found.verdict, found.capture) == ("changed", "c-1")
    assert found.found == "stood there on 2021-03-01, not in the newest capture"


def test_what_was_reworded_has_changed_and_shows_how() -> None:
    found = verdict(HERE, replace(LATER, text=NOW.replace("in May", "in June")))
    assert found.verdict == "changed"
    assert found.found.endswith("it now reads 'June', not 'May'")


def test_other_words_between_the_same_ends_have_changed() -> None:
    found = verdict(HERE, replace(LATER, text=NOW.replace("shut by", "shut and locked by")))
    assert (found.verdict, found.found) == ("changed", "since 2021-03-01 it has 'and locked' more")


def test_other_typography_has_not_changed() -> None:
    assert verdict(HERE, replace(LATER, text=NOW.replace(" ", "\u00a0"))).verdict == "normalised"


def test_a_later_excerpt_proves_no_change() -> None:
    later = replace(LATER, excerpt=True, text="Nobody said why it was shut.")
    assert (verdict(HERE, later).verdict, verdict(HERE, later).capture) == ("exact", "c-1")


def test_the_words_in_another_source_are_named() -> None:
    found = verdict(replace(HERE, text="Nothing to see on this page."), THERE)
    assert (found.verdict, found.capture, found.found) == ("wrong-source", "c-9", "stands in there")


def test_an_excerpt_that_lacks_the_words_is_not_contradicted_by_another_source() -> None:
    found = verdict(replace(HERE, excerpt=True, text="Nothing to see on this page."), THERE)
    assert found.verdict == "not-captured"
    assert found.found.endswith("proves no absence; stands in there")


def test_no_capture_is_said_to_be_none() -> None:
    assert verdict().verdict == "not-captured"
    assert verdict(THERE).found == "no capture of its source; stands in there"


def test_verdicts_come_in_the_order_asked_for() -> None:
    sought = [
        replace(SOUGHT, id=f"e-{number}", source=source) for number, source in enumerate(("b", "here", "a"))
    ]
    with TextIndex(Path(":memory:")) as texts:
        texts.add([HERE])
        assert [found.passage for found in judge_passages(sought, texts)] == ["e-0", "e-1", "e-2"]


def test_a_capture_that_is_named_decides_alone() -> None:
    gone = replace(LATER, text="Nothing to see on this page.")
    assert verdict(HERE, gone).remedy == "write c-1 into `capture`, and say that the page has changed since"
    assert verdict(HERE, gone, passage=replace(SOUGHT, capture="c-1")).verdict == "exact"
    assert verdict(HERE, gone, passage=replace(SOUGHT, capture="c-2")).verdict == "not-found"
    assert verdict(HERE, passage=replace(SOUGHT, capture="c-7")).verdict == "not-captured"
