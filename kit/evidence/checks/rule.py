"""What the gate's rules are made of: a rule, a finding, and where the finding is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kit.tables.declarations import fact_tables

if TYPE_CHECKING:
    from kit.case import Case
    from kit.evidence.prose.sentences import Sentence


#: From the gravest down: an error stops the public edition, a warning is for the desk to mend, a notice for a person
#: to look at.
SEVERITIES = ("error", "warning", "notice")
#: Columns of facts, and of answers, that hold our own words; a note of any table does.
_OUR_TEXTS = ("title", "summary", "basis", "why", "answer")
#: So many ids are named; of more there is only a count.
_NAMED = 3


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: where it is, which fact or statement it touches, and what was found there.

    ``remedy`` and ``severity`` are given where they are others than the rule's own.
    """

    place: str
    record: str
    found: str
    remedy: str = ""
    severity: str = ""


Find = Callable[[Any], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule of the gate: its code, how grave a breach is, why it is there, what mends it, and how to find breaches.

    ``findings`` takes a `kit.evidence.checks.context.CheckContext`.
    """

    code: str
    severity: str
    reason: str
    remedy: str
    findings: Find


def rule(code: str, severity: str, remedy: str) -> Callable[[Find], Rule]:
    """What makes a rule of the function that finds its breaches; the first line of its docstring says why it is there.

    >>> @rule("event-untitled", "error", "give it a title")
    ... def untitled(context):
    ...     "Nobody finds what has no name."
    ...     yield Finding("data/manual/events.csv, row 2", "raid-harbour", "has no title")
    >>> untitled.reason, [finding.record for finding in untitled.findings(None)]
    ('Nobody finds what has no name.', ['raid-harbour'])
    """
    return lambda find: Rule(code, severity, (find.__doc__ or code).partition("\n")[0], remedy, find)


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


def our_texts(case: Case) -> Iterator[tuple[str, str]]:
    """Each text of the tables that is our own, as its table and column; what a source or an actor is called is not.

    >>> import kit
    >>> [text for text in our_texts(kit.example()) if text[0] == "events"]
    [('events', 'title'), ('events', 'summary'), ('events', 'note')]
    """
    ours = fact_tables(case.schema)
    for name, table in case.schema.items():
        for column in table.names:
            if column == "note" or (column in _OUR_TEXTS and (name in ours or name == "replies")):
                yield name, column


def first_few(ids: list[str]) -> str:
    """The first ids by name, and how many there are beside them.

    >>> first_few(["post", "digest"]), first_few(["a", "b", "c", "d", "e"])
    ('post, digest', 'a, b, c and 2 more')
    """
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
