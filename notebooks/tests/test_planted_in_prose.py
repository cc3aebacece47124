"""The five notebooks as they are raise no error; with faults planted in their sentences, the rules on prose find them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kit.case import open_case
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Rule
from kit.evidence.checks.rules import attribution, dates_in_prose, dates_in_tables, numbers
from kit.evidence.prose.sentences import Sentence
from kit.text.dates import WEEKDAYS, printed_dates
from kit.text.language import ENGLISH

ALL = (*numbers.RULES, *dates_in_prose.RULES, *dates_in_tables.RULES, *attribution.RULES)
SPANS = ("citations", "numbers", "quotations", "emphasis", "strong", "code")
Plant = Callable[[Sentence], Sentence | None]


@pytest.fixture(scope="module")
def ours() -> CheckContext:
    return CheckContext(open_case(Path(__file__).parents[2]))


def put(sentence: Sentence, start: int, stop: int, words: str) -> Sentence:
    """The sentence with other words between two offsets, its spans moved along."""
    longer = len(words) - (stop - start)

    def moved(span):
        at = [place + longer if place >= stop else place for place in (span.start, span.stop)]
        return replace(span, start=at[0], stop=at[1])

    spans = {name: tuple(moved(span) for span in getattr(sentence, name)) for name in SPANS}
    return replace(sentence, text=sentence.text[:start] + words + sentence.text[stop:], **spans)


def other_number(sentence: Sentence) -> Sentence | None:
    for at, number in enumerate(sentence.numbers):
        digits = re.search(r"\d+", number.printed)
        words = number.printed.replace(digits[0], str(int(digits[0]) + 1), 1) if digits else "nineteen"
        changed = put(sentence, number.start, number.stop, words)
        marks = list(changed.numbers)
        marks[at] = replace(marks[at], printed=words)
        return replace(changed, numbers=tuple(marks))
    return None


def other_weekday(sentence: Sentence) -> Sentence | None:
    for day in printed_dates(sentence.text):
        if day.weekday and day.day:
            tomorrow = WEEKDAYS[(WEEKDAYS.index(day.weekday) + 1) % 7]
            words = sentence.text[day.start : day.stop].replace(day.weekday, tomorrow)
            return put(sentence, day.start, day.stop, words)
    return None


def other_day(dated: set[str], sentence: Sentence) -> Sentence | None:
    for day in printed_dates(sentence.text) if dated & set(sentence.cited) else ():
        if day.day:
            words = sentence.text[day.start : day.stop].replace(str(day.day), str(day.day % 27 + 2), 1)
            return put(sentence, day.start, day.stop, words)
    return None


def nobody_says(open_: set[str], sentence: Sentence) -> Sentence | None:
    """The sentence without the words and names that say who says so."""
    if not open_ & set(sentence.cited):
        return None
    text = re.sub(r"\b[A-Z]\w+", "They", ENGLISH.prose.attribution.sub("made", sentence.text))
    return replace(sentence, text=text, context="", **{name: () for name in SPANS if name != "citations"})


def planted(ours: CheckContext, plant: Plant, rules: tuple[Rule, ...]) -> tuple[int, list[str], list[str]]:
    """How many sentences could be damaged; those whose damage no rule found; findings where nothing was damaged."""
    damaged, places = {}, {}
    for path, sentences in ours.sentences.items():
        changed = [plant(sentence) for sentence in sentences]
        damaged[path] = [new or old for new, old in zip(changed, sentences, strict=True)]
        places |= {f"{path}, cell {s.cell}, sentence {s.position}": s.text for s in changed if s}
    context = CheckContext(ours.case)
    context.__dict__ |= {"documents": ours.documents, "sentences": damaged}
    found = {
        finding.place for rule in rules for finding in rule.findings(context) if "sentence" in finding.place
    }
    return (
        len(places),
        [places[place] for place in places if place not in found],
        sorted(found - places.keys()),
    )


def rules(*codes: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in ALL if rule.code in codes)


def test_the_notebooks_and_tables_raise_no_error(ours: CheckContext) -> None:
    errors = [rule for rule in ALL if rule.severity == "error"]
    assert [(rule.code, finding) for rule in errors for finding in rule.findings(ours)] == []


def test_every_number_changed_is_found(ours: CheckContext) -> None:
    count, missed, elsewhere = planted(ours, other_number, rules("number-misprinted"))
    assert count > 50
    assert (missed, elsewhere) == ([], [])


def test_every_weekday_changed_is_found(ours: CheckContext) -> None:
    count, missed, elsewhere = planted(ours, other_weekday, rules("weekday-wrong"))
    assert count > 0
    assert (missed, elsewhere) == ([], [])


def test_every_attribution_taken_away_is_found(ours: CheckContext) -> None:
    events = ours.case.table("events")
    open_ = set(events[events["status"].ne("confirmed")]["id"])
    told = rules("alleged-as-fact", "reported-as-fact")
    count, missed, elsewhere = planted(ours, partial(nobody_says, open_), told)
    assert count > 10
    assert (missed, elsewhere) == ([], [])


def test_days_moved_are_found_where_the_fact_has_a_day_of_its_own(ours: CheckContext) -> None:
    events = ours.case.table("events")
    dated = set(events[events["date_precision"].eq("day")]["id"])
    count, missed, elsewhere = planted(ours, partial(other_day, dated), rules("date-not-the-facts"))
    assert count > 5
    assert elsewhere == []
    # A mark may stand in a later clause than the day, and a neighbour's day may be the new one.
    assert len(missed) <= count // 4
