"""The three editions: what each shows of a notebook, and what stops the one that the public reads."""

from __future__ import annotations

import copy
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.evidence.marks import find_marks
from kit.evidence.numbers import MIMETYPE
from kit.tables.read import suggest

#: Each edition and who reads it.
EDITIONS = {"internal": "the desk", "legal": "the desk's lawyers", "public": "everybody"}
#: Cells with this tag are for the desk: the public edition is made without them.
INTERNAL = "internal"
REMOVED = "remove-cell"


class Refused(Problems):
    """The public edition was not built, since something that it would say does not hold."""


def edition_named(name: str) -> str:
    """The edition of that name; another name raises `KitError` that tells those that there are.

    >>> edition_named("public")
    'public'
    """
    return known(name, EDITIONS, "edition")


def known(name: str, names: Any, what: str) -> str:
    """The name where it is one of ``names``; otherwise `KitError` with the nearest of them, or all."""
    if name in names:
        return name
    near = suggest(name, names)
    there = ", ".join(names)
    remedy = f"did you mean {near!r}? There are {there}" if near else f"there are {there}"
    raise KitError(f"{what} {name!r}", "is not known", remedy)


def hidden(cell: Any, edition: str) -> bool:
    """Whether the edition leaves the cell out.

    >>> hidden({"metadata": {"tags": ["internal"]}}, "public"), hidden({"metadata": {"tags": ["internal"]}}, "legal")
    (True, False)
    """
    tags = cell["metadata"].get("tags", ())
    return REMOVED in tags or (edition == "public" and INTERNAL in tags)


def shown(notebook: Any, edition: str) -> Any:
    """The notebook as the edition shows it: cells that it leaves out stand empty, so that the others keep their numbers.

    Of a cell left out stays only what a printed number needs to be explained: the record that a mark elsewhere names.
    """
    kept = copy.deepcopy(notebook)
    for cell in kept["cells"]:
        if hidden(cell, edition):
            cell.update(cell_type="markdown", source="", metadata={})
    printed = {mark.target for mark in find_marks(kept) if mark.kind == "number"}
    for before, cell in zip(notebook["cells"], kept["cells"], strict=True):
        if hidden(before, edition) and "outputs" in cell:
            cell["outputs"] = [
                output
                for output in cell["outputs"]
                if output.get("data", {}).get(MIMETYPE, {}).get("name") in printed
            ]
    return kept


def findings(case: Case) -> pd.DataFrame:
    """What the gate finds in the case, a finding a row."""
    from kit.evidence.gate import check

    return check(case)


def refuse(found: pd.DataFrame) -> None:
    """Nothing, where no open finding is an error; otherwise `Refused` with all of them, by place."""
    open_errors = found[found["severity"].eq("error") & ~found["waived"].astype(bool)]
    problems: dict[str, list[Problem]] = {}
    for row in open_errors.itertuples():
        problems.setdefault(str(row.place), []).append(Problem(str(row.record), str(row.found), str(row.remedy)))
    if problems:
        raise Refused(problems)
