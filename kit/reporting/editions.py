"""What stops the edition that the public reads, and how the others show it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kit.case import Case
from kit.clock import today
from kit.errors import Problem, Problems, UnknownMark
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.gate import check_context, open_findings
from kit.evidence.prose.document import Document

#: The gate's rules on marks: what they find, `kit.evidence.prose.marks` says with the nearest name.
_MARKS = ("mark-unknown", "number-not-recorded", "number-misprinted")


class Refused(Problems):
    """The public edition was not built, since something that it would say does not hold."""


def findings(case: Case, documents: Iterable[Document]) -> pd.DataFrame:
    """What the gate finds in the case and its notebooks, which are these ``documents``.

    Columns: `kit.evidence.checks.gate.FINDING_COLUMNS`.
    """
    matter = CheckContext(case, today())
    matter.documents = {f"notebooks/{document.path.name}": document for document in documents}
    return check_context(matter)


def refuse(found: pd.DataFrame, wrong: dict[str, list[Problem]]) -> None:
    """Nothing where no mark is ``wrong`` and no open finding an error; otherwise all of them, by place.

    They come as `UnknownMark` where marks are among them, and as `Refused` where none is.
    """
    problems = {place: list(marks) for place, marks in wrong.items()}
    for row in open_findings(found, "error").itertuples():
        if row.rule not in _MARKS:
            problems.setdefault(row.place, []).append(Problem(row.record or row.rule, row.found, row.remedy))
    if problems:
        raise (UnknownMark if wrong else Refused)(problems)
