"""A small case with a notebook in it, for the rules on prose: sound, until a test changes a row or writes a sentence."""

from __future__ import annotations

import copy
import itertools
import re
from pathlib import Path
from typing import Any

import nbformat

from kit.case import Case
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Rule
from kit.evidence.prose.records import RECORD_MIMETYPE
from support.small_case import ROWS, write_rows

RAID, FINE, BOXES = "2021-03-01-raid-harbour", "2021-06-fine-paid", "harbour-2021-boxes"
POST = "harbour-post-2021-03-02-raid"
#: Numbers that the notebook recorded: name, value, unit, base.
RECORDS = (
    ("share", 37.4, "percent", "72 coded cases"),
    ("pages", 82.0, "pages", "all pages"),
    ("pace", 1.42e9, "usd", "a year"),
    ("rise", 3.0, "percentage points", "between two years"),
)
_FRESH = itertools.count()


def rows(*changes: tuple[str, dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The rows of the small case with ``changes``: a row of a table with a known id is changed, another is added."""
    found = copy.deepcopy(ROWS)
    for table, row in changes:
        same = [one for one in found[table] if "id" in row and one["id"] == row["id"]]
        for one in same:
            one.update(row)
        if not same:
            found[table].append(row)
    return found


def context_of(
    folder: Path, *markdown: str, changed: tuple[tuple[str, dict[str, str]], ...] = (), records=RECORDS
) -> CheckContext:
    """The case with one notebook, of these Markdown cells and a cell that recorded ``records``."""
    path = write_rows(folder / f"case-{next(_FRESH)}", rows(*changed))
    outputs = [
        nbformat.v4.new_output(
            "display_data",
            {
                RECORD_MIMETYPE: dict(zip(("name", "value", "unit", "base"), one, strict=True)),
                "text/plain": one[0],
            },
        )
        for one in records
    ]
    cells = [nbformat.v4.new_markdown_cell(text) for text in markdown]
    cells.append(nbformat.v4.new_code_cell("display(...)", outputs=outputs, execution_count=1))
    (path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path / "notebooks/01-raid.ipynb")
    return CheckContext(Case(path))


def codes(rules: tuple[Rule, ...], context: CheckContext) -> list[str]:
    """The code of each of ``rules`` that finds something, once for each finding."""
    return [rule.code for rule in rules for _ in rule.findings(context)]


def by_text(rules: tuple[Rule, ...], folder: Path, texts: list[str], **made: Any) -> dict[str, list[str]]:
    """The codes that ``rules`` find in each text, all of them in one notebook, a cell each."""
    whole = context_of(folder, *texts, **made)
    found: dict[str, list[str]] = {text: [] for text in texts}
    for rule in rules:
        for finding in rule.findings(whole):
            cell = re.search(r", cell (\d+),", finding.place)
            if cell:
                found[texts[int(cell[1]) - 1]].append(rule.code)
    return found
