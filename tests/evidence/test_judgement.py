"""A passage on a page: found, found in several places, or what stands there in its stead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import explain_absence, find_passage
from kit.evidence.passages.matching import Passage
from kit.evidence.passages.verdict import HOLDS, REMEDIES, describe_differences
from kit.sources.extract.reading.page import TextRange

WHEN = datetime(2021, 3, 1, tzinfo=UTC)
FAR = "Work went on at the port as before. " * 100
TEXT = (
    "Harbour news\n\nThe fee for all berths rose to “$4,000” in May without notice. Nobody had been told of it. "
    f"The fee for small berths fell in June.\n\n{FAR}\n\nThe register of names opened at the end of July."
)
PAGE = CaptureText("c-1", "s", WHEN, False, TEXT)
EXCERPT = CaptureText("c-2", "s", WHEN, True, TEXT)


def verdict(page=PAGE, **cells: str) -> tuple[str, str]:
    passage = Passage("e-1", "s", **cells)
    found = find_passage(page, passage) or explain_absence(page, passage)
    return found.verdict, found.found


@pytest.mark.parametrize(("cells", "due"), [
    ({"start": "The fee for all berths", "end": "without notice"}, ("exact", "")),
    ({"start": "the fee for all berths", "end": "without notice"}, ("normalised", "")),
    ({"start": "rose to \"$4,000\" in May"}, ("normalised", "")),
    ({"start": "Harbour news The fee for", "end": "notice"}, ("spliced", "words of two blocks (paragraphs, items, rows) are joined")),
    ({"start": "The fee for", "end": "berths"}, ("ambiguous", "2 places")),
    ({"start": "The fee for", "end": "berths", "suffix": "fell"}, ("ambiguous", "2 places")),
    ({"start": "in May"}, ("ambiguous", "fewer than 12 characters prove nothing alone")),
    ({"start": "The fee for most berths", "end": "without notice"}, ("altered", "reads 'all', not 'most'")),
    ({"start": "The fee for all berths", "end": "with any notice"},
     ("altered", "reads 'without', not 'with'; lacks 'any'")),
    ({"start": "Nobody had been told", "end": "The fee for all"}, ("spliced", "the last words stand before the first")),
    ({"start": "The fee for all", "end": "end of July"}, ("spliced", "the ends stand 3,766 characters apart")),
    ({"start": "Nobody had been told of", "end": "been told of it"},
     ("normalised", "the first and the last words overlap")),
    ({"start": "Nobody had been", "prefix": "in June"},
     ("altered", "stands there, but not next to that prefix and suffix")),
    ({"start": "Nobody had been", "end": "seen near the tower"},
     ("not-found", "the first words are there, the last are not")),
    ({"start": "Nine parrots lived in the tower"}, ("not-found", "")),
    ({"start": "Nobody had been told", "end": "of it", "quotation": "told of it"}, ("exact", "")),
    ({"start": "Nobody had been told", "end": "of it", "quotation": "told them of it"}, ("altered", "lacks 'them'")),
    ({"quotation": "Nobody had been told"}, ("exact", "")),
])  # fmt: skip
def test_the_verdict_on_a_passage(cells: dict[str, str], due: tuple[str, str]) -> None:
    assert verdict(**cells) == due


@pytest.mark.parametrize(("cells", "due"), [
    ({"start": "Nine parrots lived in the tower"}, "not-captured"),
    ({"start": "Nobody had been", "end": "seen near the tower"}, "not-captured"),
    ({"start": "The fee for most berths", "end": "without notice"}, "altered"),
    ({"start": "Nobody had ever yet been told"}, "not-captured"),
])  # fmt: skip
def test_an_excerpt_proves_no_absence(cells: dict[str, str], due: str) -> None:
    """What is nearly there may be another sentence, unless its other end stands there word for word."""
    assert verdict(EXCERPT, **cells)[0] == due


def test_a_page_number_tells_places_apart_or_is_said_to_be_wrong() -> None:
    text = "The gate was shut again.\fThe gate was shut again.\fThe end came.\n\n19"
    pages = (
        TextRange(0, 24, "page 1"),
        TextRange(25, 49, "page 2"),
        TextRange(50, 63, "page 3"),
        TextRange(65, 67, "page 3"),
    )
    page = CaptureText("c-1", "s", WHEN, False, text, structure=pages)
    passage = Passage("e-1", "s", "The gate was shut", locator="p. 2")
    found = find_passage(page, passage)
    assert found is not None
    assert (found.verdict, found.start) == ("exact", 25)
    assert [
        (found.verdict, found.notices)
        for locator in ("p. 1", "S. 400", "p. 3", "pp. 2-3", "p. 19", "para. 4")
        if (found := find_passage(page, Passage("e-1", "s", "The end came.", locator=locator)))
    ] == [
        ("exact", "locator: not at 'p. 1'"),
        ("exact", "locator: not at 'S. 400'"),
        *[("exact", "")] * 4,
    ]
    other = find_passage(page, Passage("e-1", "s", "The end came.", prefix="again.", locator="p. 2"))
    assert other
    assert other.notices == "locator: not at 'p. 2'"


def test_every_verdict_says_what_to_do_unless_it_holds() -> None:
    assert [name for name, remedy in REMEDIES.items() if not remedy] == list(HOLDS)


def test_what_was_found_is_told_in_few_words() -> None:
    told = describe_differences((("x" * 500, "y" * 500),))
    assert len(told) < 200
