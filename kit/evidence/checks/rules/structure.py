"""The gate's rules on structure: facts without proof, sources without use, marks that name nothing, answers not asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pandas as pd

from kit.errors import BadTable
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, place, place_of
from kit.evidence.prose.marks import Mark, citable, mark_problems
from kit.evidence.replies import unheard
from kit.tables.cells import split_list
from kit.tables.schema import FACTS

_RECORD = re.compile(r"^rows? \d+ \(([^)]+)\)")


def _refused(kind: str, matter: CheckContext) -> Iterator[Finding]:
    """What the tables refuse of that kind; nothing where they load."""
    try:
        matter.case.table("sources")
    except BadTable as error:
        for path, problems in error.problems.items():
            for problem in problems:
                if problem.kind == kind:
                    named = _RECORD.match(problem.place)
                    record = named[1] if named else ""
                    yield Finding(f"{path}, {problem.place}", record, problem.wrong, problem.remedy)


_TABLE_RULES = (
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


def _unproved(matter: CheckContext) -> Iterator[Finding]:
    for table in FACTS[:3]:
        for id in matter.case.table(table)["id"]:
            if id not in matter.carried:
                yield Finding(place(table, id), id, "no row of evidence.csv supports it")


def _untested(matter: CheckContext) -> Iterator[Finding]:
    """Claims of others on which no evidence bears, whatever we found them to be."""
    touched = set(matter.case.table("evidence")["record"])
    for row in matter.case.table("claims").itertuples():
        if row.id not in touched:
            yield Finding(
                place("claims", row.id),
                row.id,
                f"found {row.verdict}, and no row of evidence.csv bears on it",
            )


def _unused(matter: CheckContext) -> Iterator[Finding]:
    case = matter.case
    used = {
        *case.table("evidence")["source"],
        *case.table("claims")["made_by"],
        *case.table("sources")["derived_from"].explode().dropna(),
    }
    used |= {id for sentences in matter.sentences.values() for sentence in sentences for id in sentence.cited}
    for id in case.table("sources")["id"]:
        if id not in used:
            yield Finding(place("sources", id), id, "no fact, claim, source or sentence refers to it")


def _marks(matter: CheckContext) -> Iterator[Finding]:
    known = citable(matter.case)
    for path, sentences in matter.sentences.items():
        for sentence in sentences:
            marks = [Mark(sentence.cell, "cite", id) for id in sentence.cited]
            for problem in mark_problems(marks, known, {}):
                yield Finding(place_of(path, sentence), "", problem.wrong, problem.remedy)


def _unanswered(matter: CheckContext) -> Iterator[Finding]:
    """Parties to an event in dispute, other than who says so, of whom no answer or asking is logged."""
    for row in unheard(matter.case).itertuples():
        found = f"{row.status}, according to {row.attributed_to}; no answer of {row.name}, and none asked for"
        yield Finding(place("events", row.record, "status"), row.record, found)


def _overdue(matter: CheckContext) -> Iterator[Finding]:
    replies = matter.case.table("replies")
    late = replies["deadline_latest"].lt(pd.Timestamp(matter.on)) & replies["answered_on_latest"].isna()
    for row in replies[late].itertuples():
        found = f"asked {row.party} for an answer by {row.deadline}, and none is noted"
        yield Finding(place("replies", row.id, "answered_on"), row.record, found)


def _recoded(matter: CheckContext) -> Iterator[Finding]:
    """Settled values that neither of the two coders gave."""
    cases = matter.case.table("cases").set_index("id")
    for row in matter.case.table("second_coding").itertuples():
        settled = cases.at[row.case, row.variable]
        values = settled if isinstance(settled, tuple) else (settled,)
        if sorted(values) not in (sorted(split_list(row.first)), sorted(split_list(row.second))):
            found = f"{row.variable} is {'; '.join(values)}; the coders gave {row.first} and {row.second}"
            yield Finding(place("cases", row.case, row.variable), row.case, found)


_STRUCTURE_RULES = (
    Rule(
        "fact-without-evidence",
        "error",
        "A fact that no source carries is our word alone.",
        "add a row to evidence.csv, or remove the fact",
        _unproved,
        "data/manual/events.csv, raid-harbour: no row of evidence.csv supports it",
    ),
    Rule(
        "mark-unknown",
        "error",
        "A mark that names nothing leads the reader nowhere.",
        "correct the mark, or add what it names",
        _marks,
        "notebooks/01-the-raid.ipynb, cell 3: [@raid-harbor] names no fact or source",
    ),
    Rule(
        "reply-missing",
        "warning",
        "Who is accused is heard, or at least asked.",
        "log the answer, or the asking for it, in replies.csv",
        _unanswered,
        "data/manual/events.csv, raid-harbour, status: alleged, according to the police; no answer of Harbour Office, "
        "and none asked for",
    ),
    Rule(
        "reply-overdue",
        "warning",
        "An answer asked for is waited for, or its absence is said.",
        "note the answer, or that none came",
        _overdue,
        "data/manual/replies.csv, reply-raid-1, answered_on: asked harbour-office for an answer by 2021-03-05, "
        "and none is noted",
    ),
    Rule(
        "claim-without-evidence",
        "notice",
        "A verdict on somebody else's sentence should show what it was held against.",
        "add a row to evidence.csv, or let `why` say what was looked for and where",
        _untested,
        "data/manual/claims.csv, digest-c01: found unsupported, and no row of evidence.csv bears on it",
    ),
    Rule(
        "second-coding-outside",
        "notice",
        "Agreement was counted on other values than the one now in the table.",
        "say in the case's note why it was settled so, or code it again",
        _recoded,
        "data/manual/cases.csv, harbour-2021, rule: rule is changed; the coders gave existing and existing",
    ),
    Rule(
        "source-unused",
        "notice",
        "A source that nothing refers to was read for nothing, or its evidence was forgotten.",
        "add its evidence, or remove it",
        _unused,
        "data/manual/sources.csv, harbour-post-2021: no fact, claim, source or sentence refers to it",
    ),
)

RULES = (*_TABLE_RULES, *_STRUCTURE_RULES)
