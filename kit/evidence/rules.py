"""What the gate's rules are made of: a rule, a finding, and the matter that all of them look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.evidence.prose import Sentence, sentences

#: From the gravest down: an error stops the public edition, a warning is for the desk to mend, a notice for a person
#: to look at.
SEVERITIES = ("error", "warning", "notice")


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: where it is, which fact or statement it touches, and what was found there.

    ``remedy`` is given where there is a better one than the rule's own.
    """

    place: str
    record: str
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of the gate: its code, how grave a breach is, why it is there, what mends it, and how it looks.

    >>> rule = Rule("event-without-evidence", "error", "A fact needs a source.", "add a row", lambda matter: iter(()))
    >>> list(rule.findings(None))
    []
    """

    code: str
    severity: str
    reason: str
    remedy: str
    findings: Callable[[Any], Iterator[Finding]]


class Matter:
    """A case as the rules see it: its tables, and its notebooks as saved, each read once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def notebooks(self) -> dict[str, Any]:
        """Each saved notebook by its path within the case, in order."""
        import nbformat

        paths = sorted((self.case.path / "notebooks").glob("[0-9]*.ipynb"))
        return {f"notebooks/{path.name}": nbformat.read(path, as_version=4) for path in paths}

    @cached_property
    def sentences(self) -> dict[str, list[Sentence]]:
        """The sentences of each notebook's prose, by its path within the case."""
        return {path: sentences(notebook) for path, notebook in self.notebooks.items()}


def place(table: str, record: str, field: str = "") -> str:
    """Where a row of a table is, as the messages of the tables name it.

    >>> place("events", "raid-harbour", "date")
    'data/manual/events.csv, raid-harbour, date'
    """
    return ", ".join(filter(None, (Path("data/manual", f"{table}.csv").as_posix(), record, field)))
