"""What stops the edition that the public reads, and how the others show it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.clock import today
from kit.errors import Problem, Problems, UnknownMark
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.gate import judged, open_at

#: The gate's rules on marks: what they find, `kit.evidence.prose.marks` says with the nearest name.
_MARKS = ("mark-unknown", "number-not-recorded", "number-misprinted")
_MARK = re.compile(r"\[([^\[\]]*@[^\[\]]*)\]|\[([^\[\]]*)\]\(#=([^()\s]+)\)")


class Refused(Problems):
    """The public edition was not built, since something that it would say does not hold."""


def findings(case: Case, done: dict[Path, Any]) -> pd.DataFrame:
    """What the gate finds in the case and its notebooks, those that were ``done`` as they are now and not as saved.

    Columns: `kit.evidence.checks.gate.COLUMNS`.
    """
    matter = CheckContext(case, today())
    matter.notebooks = matter.notebooks | {
        f"notebooks/{path.name}": notebook for path, notebook in done.items()
    }
    return judged(matter)


def refuse(found: pd.DataFrame, wrong: dict[str, list[Problem]]) -> None:
    """Nothing where no mark is ``wrong`` and no open finding an error; otherwise all of them, by place.

    They come as `UnknownMark` where marks are among them, and as `Refused` where none is.
    """
    problems = {place: list(marks) for place, marks in wrong.items()}
    for row in open_at(found, "error").itertuples():
        if row.rule not in _MARKS:
            problems.setdefault(row.place, []).append(Problem(row.record or row.rule, row.found, row.remedy))
    if problems:
        raise (UnknownMark if wrong else Refused)(problems)


def marked(notebook: Any, known_ids: Iterable[str], computed: Iterable[str]) -> Any:
    """The notebook with each mark that names nothing turned into words that say so, for the desk to see.

    >>> cell = {"cell_type": "markdown", "source": "It was [@2021-raid; @typo]: [38](#=boxs)."}
    >>> marked({"cells": [cell]}, ["2021-raid"], ["boxes"])["cells"][0]["source"]
    'It was [@2021-raid] **(nothing is called typo)**: 38 **(no cell recorded boxs)**.'
    """
    ids, names = set(known_ids), set(computed)

    def mend(match: re.Match[str]) -> str:
        if match[3]:
            return match[0] if match[3] in names else f"{match[2]} **(no cell recorded {match[3]})**"
        parts = [part.strip() for part in match[1].split(";")]
        lost = [part for part in parts if part.startswith("@") and part[1:].split(",")[0].strip() not in ids]
        if not lost:
            return match[0]
        kept = "; ".join(part for part in parts if part not in lost)
        told = ", ".join(part[1:] for part in lost)
        return " ".join(filter(None, [f"[{kept}]" if kept else "", f"**(nothing is called {told})**"]))

    cells = [
        {**cell, "source": _MARK.sub(mend, "".join(cell["source"]))}
        if cell["cell_type"] == "markdown"
        else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}
