"""What the gate's rules are made of: a rule, a finding, and the matter that all of them look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.tables.schema import FACTS

#: From the gravest down: an error stops the public edition, a warning is for the desk to mend, a notice for a person
#: to look at.
SEVERITIES = ("error", "warning", "notice")
#: Stances with which a source carries a fact.
CARRIES = ("supports", "states")


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
    """A rule of the gate: its code, how grave a breach is, why it is there, what mends it, and how to find breaches.

    ``example`` is a breach as the gate would tell it, for the page of rules.

    >>> rule = Rule("event-without-evidence", "error", "A fact needs a source.", "add a row", lambda matter: iter(()))
    >>> list(rule.findings(None))
    []
    """

    code: str
    severity: str
    reason: str
    remedy: str
    findings: Callable[[Any], Iterator[Finding]]
    example: str = ""


@dataclass
class Matter:
    """A case as the rules see it on the day ``on``: its tables, and its notebooks as saved, each read once.

    ``codes`` are those of all rules, and ``found`` is what the rules before found: the rules on waivers need both, and
    come last.
    """

    case: Case
    on: date = field(default_factory=date.today)
    codes: tuple[str, ...] = ()
    found: list[tuple[Rule, Finding]] = field(default_factory=list)

    @cached_property
    def waivers(self) -> pd.DataFrame:
        """The waivers; `BadTable` where the tables do not load."""
        return self.case.waivers

    @cached_property
    def notebooks(self) -> dict[str, Any]:
        """Each saved notebook by its path within the case, in order; `KitError` for one that cannot be read."""
        paths = sorted((self.case.path / "notebooks").glob("[0-9]*.ipynb"))
        return {f"notebooks/{path.name}": _notebook(path) for path in paths}

    @cached_property
    def facts(self) -> dict[str, str]:
        """The table of each fact, by its id."""
        return {id: name for name in FACTS for id in self.case.table(name)["id"]}

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """The verdict that stands on each passage, as `kit.evidence.captured.verdicts` gives it."""
        from kit.evidence.captured import verdicts

        return verdicts(self.case)

    @cached_property
    def carried(self) -> pd.DataFrame:
        """What carries each fact: ``record`` and one row of `kit.evidence.lineage.lineage` for each of its sources."""
        from kit.evidence.lineage import lineage

        evidence = self.case.evidence
        pairs = evidence.loc[evidence["stance"].isin(CARRIES), ["record", "source"]].drop_duplicates()
        return pairs.merge(lineage(self.case.sources), left_on="source", right_on="id").drop(columns="id")

    @cached_property
    def captures(self) -> pd.DataFrame:
        """The ledger of captures, with ``here``: whether the file is on this machine."""
        from kit.sources.capture import CAPTURES
        from kit.sources.index import read_index

        index = read_index(self.case.path)
        files = {path.name for path in (self.case.path / CAPTURES).glob("*.warc.gz")}
        return index.assign(here=index["warc"].isin(files))


def _notebook(path: Path) -> Any:
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        where = f"notebooks/{path.name}"
        raise KitError(where, "cannot be read as a notebook", "save it again from JupyterLab") from error


def place(table: str, record: str, field: str = "") -> str:
    """Where a row of a table is, as the messages of the tables name it.

    >>> place("events", "raid-harbour", "date")
    'data/manual/events.csv, raid-harbour, date'
    """
    return ", ".join(filter(None, (Path("data/manual", f"{table}.csv").as_posix(), record, field)))
