"""What the gate's rules are made of: a rule, a finding, and where the finding is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.evidence.prose.sentences import Sentence


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


def place(table: str, record: str, field: str = "") -> str:
    """Where a row of a table is, as the messages of the tables name it.

    >>> place("events", "raid-harbour", "date")
    'data/manual/events.csv, raid-harbour, date'
    """
    return ", ".join(filter(None, (f"data/manual/{table}.csv", record, field)))


def place_of(path: str, sentence: Sentence) -> str:
    """Where a sentence of a notebook is.

    >>> from kit.evidence.prose.sentences import Sentence
    >>> place_of("notebooks/01-raid.ipynb", Sentence(4, 1, 2, "paragraph", "They paid."))
    'notebooks/01-raid.ipynb, cell 4, sentence 2'
    """
    return f"{path}, cell {sentence.cell}, sentence {sentence.position}"
