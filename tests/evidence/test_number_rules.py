"""Numbers in prose: each fault planted is caught, and its sound neighbours raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.prose_case import BOXES, by_text, codes, context_of

from kit.evidence.checks.rules import numbers
from kit.evidence.prose.quantities import quantities
from kit.evidence.prose.sentences import Sentence

ARR = ("metrics", {"id": "office-arr-2021", "metric": "arr", "entity": "harbour-office", "value": "1400000000",
    "unit": "usd", "period": "2021", "basis": "yearly pace", "qualifier": "reported", "confidence": "high"})  # fmt: skip
SHARE = ("metrics", {"id": "office-share-2021", "metric": "share", "entity": "harbour-office", "value": "38",
    "unit": "percent", "low": "36", "high": "40", "period": "2021", "basis": "of callers", "qualifier": "survey",
    "confidence": "high"})  # fmt: skip
NOTICE = ("metrics", {"id": "office-notice-2021", "metric": "notice", "entity": "harbour-office", "value": "5",
    "unit": "days", "period": "2021", "basis": "told", "qualifier": "reported", "confidence": "high"})  # fmt: skip
TOLD = tuple(
    ("evidence", {"record": each[1]["id"], "source": "harbour-post-2021-03-02-raid", "stance": "supports"})
    for each in (ARR, SHARE, NOTICE)
)

FAULTS = (
    ("The share is [38%](#=share).", "number-misprinted"),
    ("The share is [37 percentage points](#=share).", "number-misprinted"),
    ("The share is [37](#=share).", "number-misprinted"), ("It rose by [3%](#=rise).", "number-misprinted"),
    ("The pace is [$1.4 million](#=pace).", "number-misprinted"), ("It is [€1.4 billion](#=pace).", "number-misprinted"),
    ("Of [many](#=pages) pages.", "number-misprinted"), ("Of [eighty](#=pages) pages.", "number-misprinted"),
    ("Of [82](#=page) pages.", "number-not-recorded"),
    ("The office raised its fee by 38%.", "number-typed"), ("The office has 82 berths.", "number-typed"),
    ("The office paid $1.4 billion.", "number-typed"), ("The Post counted seven boats.", "number-typed"),
    ("The Office doubled its fee.", "number-typed"), ("The Post found twice the fee there.", "number-typed"),
    ("# What 82 pages say", "number-typed"), ("A third of the Office left.", "number-typed"),
    ("Police took 38 boxes in 2021.", "number-typed"), ("Police took a 12-month lease.", "number-typed"),
    ("The pace was [$1.42 billion](#=pace) [@office-share-2021], or 41% [@office-share-2021].", "number-contradicts-fact"),
    ("The Office has [$1.42 billion](#=pace), and $1.3 billion [@office-arr-2021].", "number-contradicts-fact"),
    ("The Office gave nine days [@office-notice-2021].", "number-contradicts-fact"),
)  # fmt: skip


SOUND = (
    "The share is [37%](#=share), or [37.4 percent](#=share).", "It rose by [3 points](#=rise).",
    "The pace is [$1.4 billion](#=pace) or [$1,420 million](#=pace).", "Of [82](#=pages) pages.",
    "The Office paid in 2021, on 3 March 2021, in March and on March 3.", "The Office bought GPT-5 and Claude 4.",
    "The Office runs Opus 4.1 and GPT-4o on version 2.1 of Max 20x.", "The Office said so on page 5 and p. 12.",
    "The Office is in notebook 02 and cell 3, section 4, steps 1 to 3.", "Police came at 9 a.m. and at 17:30.",
    "The two companies paid the Office.", "The Office has one berth.", "These are of three kinds, says the Post.",
    "The Post says “we took 38 boxes”.", "It is `38` in the Office's code.", "The 2nd and the first Office.",
    "The next cell counts 38 boxes.", "Open 3 boxes of the Office.", "Does the Office own 38 boxes?",
    "Police took rule (1) of the Office.", "In the 1990s the Office paid.", "The firm 3taps paid the Office.",
    "The Office's share was [37%](#=share) [@office-share-2021].",
)  # fmt: skip


AGREEING = (
    "It was 38% [@office-share-2021].", "It was 36 to 40 percent [@office-share-2021].", "Nearly 38 per cent [@office-share-2021].",
    "Some $1.4 billion [@office-arr-2021].", "They had five days [@office-notice-2021].", "They took 38 boxes [@harbour-2021-boxes].",
    "In five cases it was $1.4 billion [@office-arr-2021].", "It took nine boats [@office-notice-2021].",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the rules on numbers find in each text: they stand in one notebook, a cell each."""
    folder = tmp_path_factory.mktemp("numbers")
    return by_text(
        numbers.RULES, folder, [*dict(FAULTS), *SOUND, *AGREEING], changed=(ARR, SHARE, NOTICE, *TOLD)
    )


@pytest.mark.parametrize(("text", "due"), FAULTS)
def test_a_planted_fault_is_caught(text: str, due: str, found: dict[str, list[str]]) -> None:
    assert due in found[text]


@pytest.mark.parametrize("text", SOUND)
def test_sound_prose_raises_no_alarm(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", AGREEING)
def test_a_number_that_the_cited_fact_has_contradicts_nothing(text: str, found: dict[str, list[str]]) -> None:
    assert "number-contradicts-fact" not in found[text]


def test_a_record_without_unit_or_base_is_an_error(tmp_path: Path) -> None:
    bare = (("share", 37.4, "percent", " "), ("pages", 82.0, "", "all"))
    assert codes(numbers.RULES, context_of(tmp_path, "Nothing.", records=bare)) == ["number-without-base"] * 2


def test_a_thousandfold_slip_is_named(tmp_path: Path) -> None:
    (finding,) = numbers.misprinted.findings(context_of(tmp_path, "It is [$1.42 million](#=pace)."))
    assert finding.remedy == "it is a thousandth of what was computed: thousand, million or billion?"
    assert finding.place == "notebooks/01-raid.ipynb, cell 1, sentence 1"
    assert finding.record == "pace"


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    (finding,) = numbers.not_recorded.findings(context_of(tmp_path, "Of [82](#=page) pages."))
    assert finding.remedy == "did you mean 'pages'?"


@pytest.mark.parametrize(("text", "printed"), [
    ("Of 82 pages nine fell.", ["82", "nine"]), ("It cost US$1,400 or €3.5 million.", ["US$1,400", "€3.5 million"]),
    ("It rose by 3 percentage points to 41.5 %.", ["3 percentage points", "41.5 %"]),
    ("Twenty-one of ninety left.", ["Twenty-one", "ninety"]), ("Two million calls.", ["Two million"]),
    ("A million calls; half of the fee.", ["A million", "half"]), ("It grew tenfold, to 5x.", ["tenfold", "5x"]),
    ("On Friday 12 boats left.", ["12"]), ("In May 38 boats left.", ["38"]), ("About 38 left.", ["38"]),
    ("Roe has 3.", ["3"]), ("All sixteen left; the three stayed.", ["sixteen"]),
])  # fmt: skip
def test_quantities_are_found(text: str, printed: list[str]) -> None:
    assert [one.printed for one in quantities(Sentence(1, 1, 1, "paragraph", text))] == printed


def test_a_name_at_the_head_is_known_by_the_case() -> None:
    sentence = Sentence(1, 1, 1, "paragraph", "Claude 4 came.")
    assert [one.printed for one in quantities(sentence)] == ["4"]
    assert quantities(sentence, {"Claude"}) == []


def test_a_case_without_notebooks_has_nothing_to_find(case_folder: Path) -> None:
    from kit.case import Case
    from kit.evidence.checks.context import CheckContext

    assert codes(numbers.RULES, CheckContext(Case(case_folder))) == []
    assert BOXES in Case(case_folder).metrics.index


def says(
    words: str, *, source: str = "harbour-post-2021-03-02-raid", stance: str = "supports"
) -> tuple[str, dict[str, str]]:
    """What a source says of the boxes that were taken, 38 by our table."""
    row = {"record": BOXES, "field": "value", "source": source, "stance": stance, "says": words}
    return "evidence", row


@pytest.mark.parametrize(("words", "due"), [
    ("38 boxes", []), ("about 40 boxes", []), ("40 boxes", []), ("30-45 boxes", []), ("over 35 boxes", []),
    ("at most 38 boxes", []), ("38 boxes (at noon)", []), ("38 crates", []), ("half of them", []), ("12 boxes, of 50", []),
    ("41 boxes", ["number-outside-sources"]), ("37 boxes", ["number-outside-sources"]), ("38.5 boxes", ["number-outside-sources"]),
    ("over 45 boxes", ["number-outside-sources"]), ("less than 30 boxes", ["number-outside-sources"]),
    ("41-45 boxes", ["number-outside-sources"]), ("about 50 boxes", ["number-outside-sources"]), ("380 boxes", ["number-outside-sources"]),
])  # fmt: skip
def test_a_number_is_held_against_what_its_source_says(words: str, due: list[str], tmp_path: Path) -> None:
    assert codes(numbers.RULES, context_of(tmp_path, "Nothing.", changed=(says(words),))) == due


def test_a_source_that_gives_another_number_than_its_fellows_is_named(tmp_path: Path) -> None:
    digest = "coast-digest-2021-03-03-raid"
    both = (says("38 boxes"), says("41 boxes", source=digest))
    (finding,) = numbers.outside_a_source.findings(context_of(tmp_path, "Nothing.", changed=both))
    assert finding.found == f"we say 38 boxes; {digest} says 41 boxes"
    disputed = (says("38 boxes"), says("41 boxes", source=digest, stance="disputes"))
    assert codes(numbers.RULES, context_of(tmp_path, "Nothing.", changed=disputed)) == []


def test_a_range_of_ours_is_met_anywhere_within_it(tmp_path: Path) -> None:
    wide = ("metrics", {"id": BOXES, "low": "30", "high": "45"})
    assert codes(numbers.RULES, context_of(tmp_path, "Nothing.", changed=(wide, says("41 boxes")))) == []
    assert codes(numbers.RULES, context_of(tmp_path, "Nothing.", changed=(wide, says("46 boxes")))) == [
        "number-outside-sources"
    ]
