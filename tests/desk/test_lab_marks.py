"""What is offered while a mark is written, and what a mark in rendered text is shown to stand for."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pandas as pd
import pytest
from support.small_case import ROWS, write_rows

from kit.desk.server.cards import cards
from kit.desk.server.catalogue import offered
from kit.desk.server.served_case import ServedCases
from kit.errors import KitError
from kit.evidence.prose.records import RECORD_MIMETYPE


def served(folder: Path):
    return ServedCases(folder.parent).around(folder.name)


def ids(folder: Path, words: str = "", **asked: str) -> list[str]:
    return [entry["id"] for entry in offered(served(folder), {"words": words, **asked})["entries"]]


def notebook(folder: Path, name: str, source: str, saved: int) -> None:
    path = folder / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    cell = {"cell_type": "markdown", "source": source, "metadata": {}}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}))
    os.utime(path, (saved, saved))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour post", "harbour-post-2021-03-02-raid"),  # publisher
        ("digest harbour", "coast-digest-2021-03-03-raid"),  # words of it, in any order
        ("roe", "harbour-post-2021-03-02-raid"),  # author
        ("2021-06", "2021-06-fine-paid"),  # date
        ("pol sear", "2021-03-01-raid-harbour"),  # the beginnings of words
        ("papers away", "2021-03-01-raid-harbour"),  # what a summary says
        ("38 boxes", "harbour-2021-boxes"),  # a number
        ("harbour-brokers", "harbour-brokers-2021"),  # an id, half typed
        ("OFFICE fine", "2021-06-fine-paid"),  # another case
    ],
)
def test_an_entry_is_found_by_what_one_knows_of_it(case_folder, words, found):
    assert found in ids(case_folder, words)


@pytest.mark.parametrize("words", ["quay", "aid", "harbour quay"])
def test_what_has_not_every_word_is_not_offered(case_folder, words):
    assert ids(case_folder, words) == []


def test_an_actor_leads_to_its_events(case_folder):
    assert ids(case_folder, "police", tables="events") == ["2021-03-01-raid-harbour"]


def test_what_was_cited_last_comes_first(case_folder):
    notebook(case_folder, "01-a.ipynb", "Then [@2021-06-fine-paid].", saved=2_000_000_000)
    notebook(case_folder, "02-b.ipynb", "[@digest-c01], [@harbour-2021-boxes]", saved=1_900_000_000)
    assert ids(case_folder)[:3] == ["2021-06-fine-paid", "harbour-2021-boxes", "digest-c01"]


def test_each_entry_says_how_it_stands(case_folder):
    says = {entry["id"]: entry["says"] for entry in offered(served(case_folder), {})["entries"]}
    assert says["harbour-post-2021-03-02-raid"] == "not kept, read in full"
    assert says["digest-c01"] == "no evidence"
    assert says["2021-03-01-raid-harbour"] == "1 source, passage not looked up"


def test_a_row_half_typed_takes_nothing_from_whoever_writes(case_folder):
    cases = ServedCases(case_folder.parent)
    before = offered(cases.around(case_folder.name), {"words": "raid"})
    path = case_folder / "data/manual/events.csv"
    path.write_bytes(path.read_bytes() + b"2021-07-half,2021-13,,,\n")
    after = cases.around(case_folder.name)
    assert offered(after, {"words": "raid"}) == before
    assert "2021-13" in after.problem


def test_a_new_row_is_offered_at_once(case_folder):
    cases = ServedCases(case_folder.parent)
    assert offered(cases.around(case_folder.name), {"words": "regatta"})["entries"] == []
    rows = ROWS | {"sources": [*ROWS["sources"], {**ROWS["sources"][0], "id": "a", "title": "A regatta"}]}
    write_rows(case_folder, rows)
    found = offered(cases.around(case_folder.name), {"words": "regatta"})
    assert [entry["id"] for entry in found["entries"]] == ["a"]


def test_ten_thousand_sources_are_looked_through_while_one_types(case_folder):
    path = case_folder / "data/manual/sources.csv"
    first = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[[0]]
    many = pd.concat([first] * 10_000, ignore_index=True)
    many["id"] = [f"post-{number:05}" for number in range(10_000)]
    many["title"] = [f"Report {number} on the quay" for number in range(10_000)]
    rows = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False), many])
    rows.to_csv(path, index=False, lineterminator="\n")
    case = served(case_folder)
    offered(case, {})
    start = time.perf_counter()
    found = offered(case, {"words": "report 77"})
    assert time.perf_counter() - start < 0.2
    assert len(found["entries"]) == 40
    assert found["more"] == 71


RECORD = {"name": "share", "value": 37.2, "unit": "percent", "base": "72 coded cases"}


def test_a_number_shows_what_was_computed_and_what_is_wrong(case_folder):
    numbers = [
        {"name": name, "printed": words}
        for name, words in (("share", "37%"), ("share", "38%"), ("shar", "1"))
    ]
    right, wrong, unknown = cards(
        served(case_folder), {"numbers": numbers, "records": [RECORD, "no record", {}]}
    )["numbers"]
    assert right == {
        "state": "holds",
        "name": "share",
        "value": "37.2",
        "unit": "percent",
        "base": "72 coded cases",
    }
    assert (wrong["state"], wrong["value"]) == ("fails", "37.2")
    assert "printed 38, computed 37.2" in wrong["wrong"]
    assert unknown["remedy"] == "did you mean 'share'?"


def test_the_numbers_of_a_text_are_those_of_the_saved_notebook(case_folder):
    from kit.desk.server.catalogue import numbers

    path = case_folder / "notebooks/01-a.ipynb"
    path.parent.mkdir()
    cell = {"cell_type": "code", "source": "", "outputs": [{"data": {RECORD_MIMETYPE: RECORD}}]}
    path.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}))
    for asked in ("notebooks/01-a.ipynb", "story.md"):
        assert [one["name"] for one in numbers(served(case_folder), {"path": asked})["numbers"]] == ["share"]


def test_a_mark_that_names_nothing_offers_the_nearest(case_folder):
    card = cards(served(case_folder), {"ids": ["2021-03-01-raid-habour"]})["cards"]["2021-03-01-raid-habour"]
    assert card["state"] == "fails"
    assert card["nearest"][0] == "2021-03-01-raid-harbour"


def test_a_fact_shows_its_evidence_and_its_origins(case_folder):
    card = cards(served(case_folder), {"ids": ["2021-03-01-raid-harbour"]})["cards"][
        "2021-03-01-raid-harbour"
    ]
    (passage,) = card["passages"]
    assert passage["publisher"] == "Harbour Post"
    assert passage["verdict"] == "Not checked: nothing of this source was captured."
    assert (card["state"], card["origins"]) == ("open", "One page, one original report.")


def test_a_source_shows_its_state(case_folder):
    card = cards(served(case_folder), {"ids": ["coast-digest-2021-03-03-raid"]})["cards"][
        "coast-digest-2021-03-03-raid"
    ]
    assert (card["who"], card["says"]) == ("Coast Digest", "not kept, read in part")


def test_a_case_that_never_loaded_says_why(edit):
    folder = edit("events", lambda raw: raw.replace(b"2021-03-01,", b"2021-13,"))
    with pytest.raises(KitError, match="2021-13"):
        offered(served(folder), {})
