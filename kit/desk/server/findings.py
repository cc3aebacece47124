"""What the gate found, grouped by what to do, each with the place that a click leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kit.desk.server.served_case import ServedCase
from kit.evidence.checks.gate import rules
from kit.evidence.checks.rule import SEVERITIES

#: Findings of a rule that are listed; the rest is counted.
MOST_FINDINGS = 50
_ROW, _CELL = re.compile(r"^rows? (\d+)"), re.compile(r"^cell (\d+)")


def ask_gate(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What `grouped_findings` gives, once the gate was asked anew; with ``renew`` it brings the ledgers up to date first."""
    served.gate.ask(served.state, renew=asked.get("renew") is True)
    return grouped_findings(served, asked)


def grouped_findings(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is open, grouped by what to do, the gravest first: each with the file it is in, and the row or cell.

    ``counts`` has how many there are of each severity, and is ``None`` until the gate has answered; ``stale`` says that the
    case is no longer as it was when the gate was asked.
    """
    run = served.gate
    still = [each for each in run.found or () if not each["waived"]]
    groups: dict[str, list[dict[str, str]]] = {}
    for each in still:
        groups.setdefault(each["rule"], []).append(each)
    known, rows = rules(), _Rows(served)
    return {
        "running": run.running,
        "stale": run.state != served.state,
        "problem": run.problem,
        "counts": {name: sum(each["severity"] == name for each in still) for name in SEVERITIES}
        if run.found is not None
        else None,
        "groups": [
            {
                "rule": rule,
                "severity": found[0]["severity"],
                "reason": known[rule].reason if rule in known else "",
                "remedy": known[rule].remedy if rule in known else found[0]["remedy"],
                "count": len(found),
                "findings": [each | rows.place(each["place"]) for each in found[:MOST_FINDINGS]],
            }
            for rule, found in groups.items()
        ],
    }


class _Rows:
    """Where a finding is, for a click to lead there."""

    def __init__(self, served: ServedCase) -> None:
        self.served = served
        self._numbers: dict[str, dict[str, int]] = {}

    def place(self, place: str) -> dict[str, Any]:
        """The ``path`` of the file as the server shows it, and the ``row`` of a table (the header is 1) or ``cell`` of a notebook."""
        path, _, rest = place.partition(", ")
        where: dict[str, Any] = {"path": self.served.shown(path)}
        if path.endswith(".ipynb") and (cell := _CELL.match(rest)):
            where["cell"] = int(cell[1])
        elif path.endswith(".csv") and (row := _ROW.match(rest)):
            where["row"] = int(row[1])
        elif path.endswith(".csv") and (number := self._ids(path).get(rest.partition(", ")[0])):
            where["row"] = number
        return where

    def _ids(self, path: str) -> dict[str, int]:
        if path not in self._numbers:
            name = path.rpartition("/")[2].removesuffix(".csv")
            case = self.served.case
            there = case is not None and name in case.schema and "id" in case.table(name)
            ids = case.table(name)["id"] if case is not None and there else ()
            self._numbers[path] = {str(id): at for at, id in enumerate(ids, start=2)}
        return self._numbers[path]
