"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines they speak of."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from kit.evidence.checks.rule import Rule

_ROW = re.compile(r"rows? (\d+)")
_CELL = re.compile(r"cell (\d+)")
_CELLS = re.compile(r'"cells"\s*:\s*\[')


class Places:
    """Where the findings of the case in ``folder`` are; each file is read once.

    >>> import kit
    >>> Places(kit.example().path).of("data/manual/tags.csv, row 2 (raid), facet")
    ('data/manual/tags.csv', 2)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, _Lines] = {}

    def of(self, place: str) -> tuple[str, int | None]:
        """The file, by its path within the case, and the line; no line where the place names none that is there."""
        path, _, rest = place.partition(", ")
        if path not in self._files:
            self._files[path] = _Lines(self.folder / path)
        return path, self._files[path].line(rest)


class _Lines:
    """The lines on which a table's rows, or a notebook's cells, begin."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def line(self, rest: str) -> int | None:
        if self.path.suffix == ".csv":
            if row := _ROW.match(rest):
                return self._rows[0].get(int(row[1]))
            return self._rows[1].get(rest.partition(", ")[0])
        if self.path.suffix == ".ipynb" and (cell := _CELL.match(rest)):
            return self._cells.get(int(cell[1]))
        return None

    @cached_property
    def _rows(self) -> tuple[dict[int, int], dict[str, int]]:
        """The line of each row, by its number in the file and by what stands in its first cell."""
        numbers: dict[int, int] = {}
        names: dict[str, int] = {}
        reader = csv.reader(io.StringIO(self._text))
        line = 1
        for number, cells in enumerate(reader, start=1):
            numbers[number] = line
            names.setdefault(cells[0] if cells else "", line)
            line = reader.line_num + 1
        return numbers, names

    @cached_property
    def _cells(self) -> dict[int, int]:
        """The line on which each cell's source stands in the notebook's JSON."""
        found: dict[int, int] = {}
        text, decoder = self._text, json.JSONDecoder()
        begin = _CELLS.search(text)
        at = begin.end() if begin else len(text)
        while (start := text.find("{", at)) >= 0 and not text[at:start].strip(", \r\n\t"):
            _, at = decoder.raw_decode(text, start)
            source = text.find('"source"', start, at)
            found[len(found) + 1] = text.count("\n", 0, source if source >= 0 else start) + 1
        return found

    @cached_property
    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8-sig", errors="replace") if self.path.is_file() else ""


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


def sarif(found: pd.DataFrame, rules: Mapping[str, Rule], folder: Path) -> dict[str, Any]:
    """The SARIF log of the findings of the case in ``folder``, ready for ``json.dumps``; the same for the same findings.

    A waived finding is given as suppressed, with the waiver as its justification.

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
    digest = hashlib.sha256("\x1f".join((row.rule, row.record or row.place, row.found)).encode()).hexdigest()
    result: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": numbers[row.rule],
        "level": _LEVELS[row.severity],
        "message": {"text": f"{row.place}: {row.found}" + (f"; {row.remedy}" if row.remedy else "")},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"finding/v1": digest[:32]},
    }
    if row.waived:
        result["suppressions"] = [{"kind": "external", "justification": row.waived}]
    return result
