"""The judged sentences and passages are whole, and no story that rules were tuned on is among those kept unseen."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest
from support.judged_passages import FOLDER

HALVES = ("tuning", "unseen")
LANGUAGES = ("de", "en", "es", "fr")


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("half", HALVES)
def test_each_sentence_cites_facts_that_its_row_has(half):
    found = rows(half)
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        cited = set(re.findall(r"\[@([\w-]+)\]|\]\(#=([\w-]+)\)", row["sentence"]))
        facts = json.loads(row["fact"])
        assert {one or other for one, other in cited} == {fact["id"] for fact in facts}
        assert {fact["table"] for fact in facts} <= {"events", "metrics", "recorded"}
        assert bool(row["fault"]) == (row["verdict"] == "false")
        assert bool(row["trap"]) == (row["verdict"] == "true")


def test_each_half_has_both_verdicts_in_each_language():
    for half in HALVES:
        counts = Counter((row["language"], row["verdict"]) for row in rows(half))
        assert min(counts[language, verdict] for language in LANGUAGES for verdict in ("true", "false")) >= 25


def test_no_story_is_in_both_halves():
    tuning, unseen = ({row["story"] for row in rows(half)} for half in HALVES)
    assert not tuning & unseen


@pytest.mark.parametrize("half", HALVES)
def test_each_passage_says_what_it_is_missing(half):
    found = rows(f"passages_{half}")
    counts = Counter((row["language"], row["verdict"]) for row in found)
    assert all(
        counts[language, verdict] >= 6 for language in LANGUAGES for verdict in ("carries", "part", "lacks")
    )
    assert all((row["verdict"] != "carries") == bool(row["missing"]) for row in found)
    assert all(json.loads(row["record"])["table"] in ("events", "metrics") for row in found)


def test_as_many_sentences_state_a_fact_as_do_not():
    counts = Counter((row["language"], row["half"], row["states_fact"]) for row in rows("states_fact"))
    assert counts == Counter(
        {(language, half, yes): 10 for language in LANGUAGES for half in HALVES for yes in ("yes", "no")}
    )
