"""Each rule of the gate finds the fault planted for it, and keeps quiet about a sound neighbour."""

from __future__ import annotations

import importlib
import re

import pytest
from support.rule_faults import PLANTED, TODAY, Harbour, Planted

from kit.case import open_case
from kit.evidence.checks import gate
from kit.evidence.checks.rule import SEVERITIES


def examples(project) -> dict[str, str]:
    """What the page of rules has each rule say."""
    page = (project / "docs/rules.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([\w-]+)\n\n.*\n\n```\n(.*)\n```$", page, re.MULTILINE))


def test_in_a_sound_case_nothing_is_found(tmp_path):
    case = open_case(Harbour(tmp_path / "harbour").folder)
    found = gate.check(case, on=TODAY)
    assert found.columns.tolist() == gate.FINDING_COLUMNS
    assert found.to_dict("records") == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.rule)
def test_the_fault_is_found_and_its_neighbour_is_not(planted: Planted, tmp_path, project):
    damaged, neighbour = Harbour(tmp_path / "damaged"), Harbour(tmp_path / "neighbour")
    planted.plant(damaged)
    planted.sound(neighbour)
    found = damaged.found(planted.rule)
    assert found, f"missed: {planted.fault}"
    assert examples(project)[planted.rule] == found[0], "run: python benchmarks/rules.py"
    assert neighbour.found(planted.rule) == [], f"false alarm: {planted.neighbour}"


def test_every_rule_has_a_fault_planted_and_says_what_it_is_for():
    rules = gate.rules()
    assert {planted.rule for planted in PLANTED} == set(rules)
    for rule in rules.values():
        assert rule.severity in SEVERITIES
        assert rule.reason.endswith(".")
        assert rule.remedy


def test_the_page_of_rules_is_fresh(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    made = importlib.import_module("rules").page(
        {planted.rule: (True, False) for planted in PLANTED}, examples(project)
    )
    assert (project / "docs/rules.md").read_text(encoding="utf-8") == made, "run: python benchmarks/rules.py"
