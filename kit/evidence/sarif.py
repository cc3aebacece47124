"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines they speak of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from kit.evidence.places import Places
from kit.evidence.rules import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


def sarif(found: pd.DataFrame, rules: Mapping[str, Rule], folder: Path) -> dict[str, Any]:
    """The SARIF log of the findings of the case in ``folder``, ready for ``json.dumps``; the same for the same findings.

    A waived finding is told as suppressed, with the waiver as its justification.

    >>> columns = ["rule", "severity", "place", "record", "found", "remedy", "waived"]
    >>> log = sarif(pd.DataFrame(columns=columns), {}, Path("."))
    >>> log["version"], log["runs"][0]["results"]
    ('2.1.0', [])
    """
    numbers = {code: number for number, code in enumerate(rules)}
    places = Places(folder)
    driver = {
        "name": "casebook-kit",
        "semanticVersion": version("casebook-kit"),
        "rules": [_rule(rule) for rule in rules.values()],
    }
    results = [_result(row, numbers, places) for row in found.itertuples()]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.reason},
        "help": {"text": f"{rule.reason} What to do: {rule.remedy}."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(row: Any, numbers: dict[str, int], places: Places) -> dict[str, Any]:
    path, line = places.of(row.place)
    where: dict[str, Any] = {"artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"}}
    if line:
        where["region"] = {"startLine": line}
    told = hashlib.sha256("\x1f".join((row.rule, row.record or row.place, row.found)).encode()).hexdigest()
    result: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": numbers[row.rule],
        "level": _LEVELS[row.severity],
        "message": {"text": f"{row.place}: {row.found}" + (f"; {row.remedy}" if row.remedy else "")},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"finding/v1": told[:32]},
    }
    if row.waived:
        result["suppressions"] = [{"kind": "external", "justification": row.waived}]
    return result
