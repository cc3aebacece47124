"""Sentences from elsewhere with the facts that they cite, made into a case for each story, and what the gate says of each."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kit.case import Case
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.gate import rules
from kit.evidence.prose.records import RECORD_MIMETYPE
from support.small_case import write_rows

FOLDER = Path(__file__).parents[1] / "evidence" / "sentences"
#: The modules whose rules judge prose.
_PROSE = ("numbers", "dates_in_prose", "time_between", "attribution", "naming", "wording")


@dataclass(frozen=True)
class JudgedSentence:
    """A row of ``tuning.csv`` or ``unseen.csv``; ``kind`` is what is wrong with a false one, or may trip over a true one."""

    id: str
    language: str
    story: str
    text: str
    facts: tuple[dict[str, Any], ...]
    true: bool
    kind: str


def judged_sentences(half: str) -> list[JudgedSentence]:
    """The sentences of one half, ``tuning`` or ``unseen``."""
    with (FOLDER / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return [
            JudgedSentence(
                row["id"], row["language"], row["story"], row["sentence"], tuple(json.loads(row["fact"])),
                row["verdict"] == "true", row["fault"] or row["trap"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def gate_says(sentences: list[JudgedSentence], folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """What the rules on prose find in each sentence, by its id: code, severity, and what was found."""
    by_story: dict[tuple[str, str], list[JudgedSentence]] = defaultdict(list)
    for sentence in sentences:
        by_story[sentence.story, sentence.language].append(sentence)
    found: dict[str, list[tuple[str, str, str]]] = {sentence.id: [] for sentence in sentences}
    for (story, language), of_story in by_story.items():
        for rule, finding in _findings(_case(folder / f"{story}-{language}", language, of_story)):
            if named := re.search(r"notebooks/1-(.+)\.ipynb", finding.place):
                found[named[1]].append((rule.code, rule.severity, finding.found))
    return found


def _findings(context: CheckContext) -> Iterator[tuple[Any, Any]]:
    for rule in rules().values():
        if rule.findings.__module__.rpartition(".")[2] in _PROSE:
            yield from ((rule, finding) for finding in rule.findings(context))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold().translate(str.maketrans("äöüéèôó", "aoueeoo"))).strip(
        "-"
    )


def _case(folder: Path, language: str, sentences: list[JudgedSentence]) -> CheckContext:
    """The case of a story: its facts as rows, and a notebook for each sentence."""
    facts = {fact["id"]: fact for sentence in sentences for fact in sentence.facts}
    path = write_rows(folder, _rows(facts.values(), language))
    settings = path / "data/case.toml"
    settings.write_text(settings.read_text() + f'language = "{language}"\n')
    (path / "notebooks").mkdir()
    for sentence in sentences:
        recorded = [fact for fact in sentence.facts if fact["table"] == "recorded"]
        outputs = [
            nbformat.v4.new_output("display_data", {RECORD_MIMETYPE: _record(fact)}) for fact in recorded
        ]
        cells = [
            nbformat.v4.new_markdown_cell(sentence.text),
            nbformat.v4.new_code_cell("display(...)", outputs=outputs, execution_count=1),
        ]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path / f"notebooks/1-{sentence.id}.ipynb")
    return CheckContext(Case(path))


def _record(fact: dict[str, Any]) -> dict[str, Any]:
    return {"name": fact["id"], "value": float(fact["value"]), "unit": fact["unit"], "base": fact["base"]}


def _rows(facts: Any, language: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, dict[Any, dict[str, str]]] = defaultdict(dict)
    for word in ("a-kind", "a-role"):
        variable = {"a-kind": "category", "a-role": "role"}[word]
        rows["codebook"][word] = {"variable": variable, "value": word, "definition": "Any."}
    for fact in facts:
        actors = fact.get("actors", ())
        for actor in actors:
            row = {
                "id": _slug(actor["name"]),
                "kind": actor["kind"].replace("organisation", "group"),
                "name": actor["name"],
                "note": actor.get("title", ""),
            }
            known = rows["actors"].setdefault(row["id"], row)
            known["note"] = known["note"] or row["note"]
        if fact["table"] == "events":
            keep = ("id", "date", "title", "summary", "status")
            rows["events"][fact["id"]] = {name: fact[name] for name in keep} | {
                "category": "a-kind", "attributed_to": fact.get("attributed_to", ""), "confidence": "high",
            }  # fmt: skip
            for actor in actors:
                key = (fact["id"], _slug(actor["name"]))
                rows["participants"][key] = {"event": key[0], "actor": key[1], "role": "a-role"}
        elif fact["table"] == "metrics":
            keep = ("id", "value", "unit", "period", "basis", "low", "high")
            rows["metrics"][fact["id"]] = {name: fact[name] for name in keep if name in fact} | {
                "metric": fact["id"], "entity": "somebody", "qualifier": "reported", "confidence": "high",
            }  # fmt: skip
            rows["actors"]["somebody"] = {"id": "somebody", "kind": "company", "name": "Quux & Co"}
        for source in fact.get("sources", ({"publisher": "Some Register", "issued": "2010-01-01"},)):
            id = f"{_slug(source['publisher'])}-{source['issued']}"
            rows["sources"][id] = {
                "id": id, "type": "article-newspaper", "title": "An article", "publisher": source["publisher"],
                "issued": source["issued"], "url": f"https://{_slug(source['publisher'])}.example/{source['issued']}",
                "language": language, "tier": "original-reporting", "read": "full",
            }  # fmt: skip
            if fact["table"] != "recorded":
                rows["evidence"][fact["id"], id] = {"record": fact["id"], "source": id, "stance": "supports"}
    names = (
        "sources",
        "tags",
        "actors",
        "codebook",
        "events",
        "participants",
        "cases",
        "second_coding",
        "metrics",
        "claims",
        "evidence",
        "replies",
    )
    return {name: list(rows[name].values()) for name in names}
