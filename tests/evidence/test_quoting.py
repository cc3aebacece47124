"""A quotation against a page: the verdict, the words that differ, and what a person must look at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import judge_quotation
from kit.evidence.passages.matching import Passage

WHEN = datetime(2021, 3, 1, tzinfo=UTC)
TEXT = (
    "The fee for berths rose to $4,000 in May, the port’s US office said. “We never sold the list,” said Ann Roe. "
    "“They never asked us for it,” said Ben Doe.\n\nNine brokers hadn’t paid when the gate was shut. "
    "The long-\npromised register opened."
)
PAGE = CaptureText("c-1", "s", WHEN, False, TEXT)


def verdict(quotation: str, within: tuple[int, int] | None = None) -> tuple[str, str]:
    found = judge_quotation(PAGE, Passage("q-1", "s", quotation=quotation), within)
    return found.verdict, found.found


@pytest.mark.parametrize(("quotation", "due"), [
    ("Nine brokers hadn’t paid", ("exact", "")),
    ("Nine brokers hadn't paid", ("normalised", "")),
    ("nine [of the] brokers hadn’t paid", ("normalised", "[of the] is the quoter's")),
    ("Nine brokers … when the gate was shut", ("altered", 'leaves out "hadn\'t"')),
    ("[The] brokers hadn’t paid", ("normalised", "[The] is the quoter's")),
    ("The long-promised register opened", ("normalised", "")),
    ("Nine brokers had paid when", ("altered", "reads \"hadn't\", not 'had'")),
    ("The fee for berths rose to $5,000 in May", ("altered", "reads '4,000', not '5,000'")),
    ("The fee for berths rose to €4,000 in May", ("altered", "reads '$', not '€'")),
    ("The fee for berths rose, to $4,000 in May", ("altered", "the punctuation differs")),
    ("the port’s us office said", ("altered", "reads 'US', not 'us'")),
    ("We never sold … asked us for it", ("spliced", "joins the words of Ann Roe and of Ben Doe")),
    ("We never sold the list when the gate was shut", ("spliced", "put together from 2 places without an ellipsis")),
    ("Nine brokers … the fee for berths", ("spliced", "its parts stand in another order")),
    ("in May", ("ambiguous", "fewer than 12 characters prove nothing alone")),
    ("Nobody came to the tower on that day", ("not-found", "")),
    ("[…]", ("not-found", "the quotation has no words of the source's")),
])  # fmt: skip
def test_the_verdict_on_a_quotation(quotation: str, due: tuple[str, str]) -> None:
    assert verdict(quotation) == due


def test_within_a_passage_a_short_quotation_stands() -> None:
    assert verdict("in May", (0, 60)) == ("exact", "")


def test_outside_the_passage_it_does_not() -> None:
    assert verdict("Nine brokers hadn’t paid", (0, 60))[0] == "not-found"


def test_an_excerpt_proves_no_absence() -> None:
    page = CaptureText("c-1", "s", WHEN, True, TEXT)
    found = judge_quotation(page, Passage("q-1", "s", quotation="Nobody came to the tower on that day"))
    assert found.verdict == "not-captured"
    assert "proves no absence" in found.found


def test_the_offsets_and_the_hash_are_of_what_was_found() -> None:
    found = judge_quotation(PAGE, Passage("q-1", "s", quotation="Nine brokers … when the gate was shut"))
    assert PAGE.normal.text[found.start : found.stop] == "Nine brokers hadn't paid when the gate was shut"
    assert len(found.hash) == 64
