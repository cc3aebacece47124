"""The gate's rules on the tables themselves: what the tables refuse on load, told as findings beside the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from kit.errors import BadTable
from kit.evidence.matter import Matter
from kit.evidence.rules import Finding, Rule

_RECORD = re.compile(r"^rows? \d+ \(([^)]+)\)")


def _refused(kind: str, matter: Matter) -> Iterator[Finding]:
    """What the tables refuse of that kind; nothing where they load."""
    try:
        matter.case.sources  # noqa: B018 -- the tables are read, and checked together, when the first is asked for
    except BadTable as error:
        for path, problems in error.problems.items():
            for problem in problems:
                if problem.kind == kind:
                    named = _RECORD.match(problem.place)
                    record = named[1] if named else ""
                    yield Finding(f"{path}, {problem.place}", record, problem.wrong, problem.remedy)


RULES = (
    Rule(
        "table-broken",
        "error",
        "A table that cannot be read, or a cell that is not of its kind, would be left out or guessed at.",
        "mend the cell; the message says what may stand there",
        partial(_refused, ""),
        "data/manual/events.csv, row 14 (raid-harbour): date '2021-13' is not a real date",
    ),
    Rule(
        "table-dangling",
        "error",
        "An id that names nothing breaks the way from a fact to its proof.",
        "correct the id, or add the row that it names",
        partial(_refused, "dangling"),
        "data/manual/events.csv, row 22 (fine-paid): tag 'fin' is not in data/manual/tags.csv",
    ),
    Rule(
        "table-duplicate",
        "error",
        "An id that names two things names nothing; a row that is there twice is counted twice.",
        "give one of the two another id, or remove it",
        partial(_refused, "duplicate"),
        "data/manual/events.csv, row 9 (raid-harbour): id 'raid-harbour' is used twice",
    ),
    Rule(
        "table-vocabulary",
        "error",
        "A word that the schema or the codebook does not define means something else to each reader.",
        "use a defined word, or define it in the codebook",
        partial(_refused, "vocabulary"),
        "data/manual/events.csv, row 3 (raid-harbour): status 'rumoured' is not one of confirmed, reported, …",
    ),
)
