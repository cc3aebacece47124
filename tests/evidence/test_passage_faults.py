"""The proof that the gate works: every planted fault is caught and named, no sound quotation is taken for one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.faults import Case, faults, judged, sound

PAGES = range(40, 43)


def _wrong(cases: list[Case]) -> list[str]:
    verdicts = judged(cases)
    return [
        f"{case.kind}: {verdict}; {case.passage}"
        for case, verdict in zip(cases, verdicts, strict=True)
        if verdict.verdict not in case.due
    ]


@pytest.mark.parametrize("number", PAGES)
def test_every_planted_fault_is_caught_and_named(number: int) -> None:
    assert _wrong(list(faults(number))) == []


@pytest.mark.parametrize("number", PAGES)
def test_no_sound_quotation_is_taken_for_a_fault(number: int) -> None:
    assert _wrong(list(sound(number))) == []


def test_the_faults_are_of_every_kind() -> None:
    cases = [case for number in PAGES for case in faults(number)]
    kinds = Counter(case.kind for case in cases)
    assert len(kinds) >= 30
    due = {name for case in cases for name in case.due}
    assert due == {"altered", "spliced", "wrong-source", "changed", "not-found", "not-captured", "ambiguous"}


def test_the_page_on_the_gate_shows_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs" / "gate.md").read_text(encoding="utf-8")
    kinds = {case.kind for number in PAGES for make in (faults, sound) for case in make(number)}
    assert [kind for kind in sorted(kinds) if f"| {kind.partition(': ')[2] or kind} |" not in page] == []
