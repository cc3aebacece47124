"""The rules on prose, on sentences from stories that are not ours, in four languages; and which language is judged."""

from __future__ import annotations

import csv
from pathlib import Path

import nbformat
import pytest
from support.judged_sentences import FOLDER, JudgedSentence, gate_says, judged_sentences
from support.rule_faults import BOXES, RAID, Harbour

from kit.case import open_case
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rules import numbers, structure
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.document import Document
from kit.text.language import LANGUAGES

SENTENCES = judged_sentences("tuning")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str, str]]]:
    return gate_says(SENTENCES, tmp_path_factory.mktemp("stories"))


def test_no_true_sentence_is_called_an_error(said):
    assert [
        s.id for s in SENTENCES if s.true and any(severity == "error" for _, severity, _ in said[s.id])
    ] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_false_sentences_are_caught_and_true_ones_seldom_flagged(language, said):
    def flagged(some: list[JudgedSentence]) -> int:
        return sum(any(severity in ("error", "warning") for _, severity, _ in said[s.id]) for s in some)

    of = [s for s in SENTENCES if s.language == language]
    false, true = [s for s in of if not s.true], [s for s in of if s.true]
    assert flagged(false) >= 0.9 * len(false)
    assert flagged(true) <= 0.1 * len(true) + 1


def test_a_number_typed_beside_its_fact_is_no_result_of_ours(said):
    assert [s.id for s in SENTENCES if any(code == "number-typed" for code, _, _ in said[s.id])] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_states_a_fact_is_told_in_each_language(language):
    with (FOLDER / "states_fact.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["half"], row["language"]) == ("tuning", language)]
    wrong = [row["id"] for row in rows if _states(row["sentence"], language) != (row["states_fact"] == "yes")]
    assert len(wrong) <= 1, wrong


def _states(text: str, language: str) -> bool:
    cell = {"cell_type": "markdown", "source": text}
    return any(map(states_fact, Document({"cells": [cell]}, language=LANGUAGES[language]).sentences))


def notebook(folder: Path, *cells: tuple[str, dict[str, str]]) -> CheckContext:
    """The sound case with one more notebook, of Markdown cells with these metadata."""
    harbour = Harbour(folder)
    made = [nbformat.v4.new_markdown_cell(text, metadata=metadata) for text, metadata in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made), harbour.folder / "notebooks/02-more.ipynb")
    return CheckContext(open_case(harbour.folder))


def test_a_cell_is_judged_in_the_language_of_its_metadata(tmp_path):
    text = f"Die Polizei trug achtundvierzig Kisten weg [@{BOXES}]."
    english = notebook(tmp_path / "en", (text, {}))
    german = notebook(tmp_path / "de", (text.replace("Kisten", "boxes"), {"language": "de"}))
    found = [[f.found for f in numbers.contradicts_fact.findings(context)] for context in (english, german)]
    assert found[0] == []
    assert found[1] == [f"prints achtundvierzig, where {BOXES} gives 38"] or "38" in found[1][0]


def test_an_unknown_language_of_a_cell_is_named_and_others_are_counted(tmp_path):
    context = notebook(
        tmp_path / "en", ("One. Two.", {"language": "german"}), ("Yksi. Kaksi.", {"language": "fi"})
    )
    (unknown,) = structure.language_unknown.findings(context)
    assert (unknown.place, "'german'" in unknown.found) == ("notebooks/02-more.ipynb, cell 1", True)
    (counted,) = structure.language_not_judged.findings(context)
    assert counted.found.startswith("2 sentences in fi")


def test_digits_are_judged_in_any_language(tmp_path):
    context = notebook(tmp_path / "en", (f"Laatikoita oli 83 boxes [@{BOXES}].", {"language": "fi"}))
    assert [finding.record for finding in numbers.contradicts_fact.findings(context)] == [BOXES]


def test_a_quotation_in_another_language_is_not_judged_as_ours(tmp_path):
    context = notebook(tmp_path / "en", (f"> Sie trugen 83 boxes weg, am Dienstag. [@{BOXES}] [@{RAID}]", {}))
    assert list(numbers.contradicts_fact.findings(context)) == []


def test_a_number_of_a_passage_that_was_kept_is_the_facts_too(tmp_path):
    harbour = Harbour(tmp_path / "harbour")
    harbour.add("evidence", record=RAID, source="harbour-post-2021-03-02-raid", stance="supports",
        start="on Monday morning", end="away, said")  # fmt: skip
    harbour.prose(f"The Harbour Post reports that 38 boxes went [@{RAID}].")
    assert list(numbers.contradicts_fact.findings(CheckContext(open_case(harbour.folder)))) == []
    harbour.prose(f"The Harbour Post reports that 39 boxes went [@{RAID}].")
    assert len(list(numbers.contradicts_fact.findings(CheckContext(open_case(harbour.folder))))) == 1
