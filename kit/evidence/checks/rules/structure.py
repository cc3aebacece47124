"""The gate's rules on structure: facts without proof, sources without use, marks that name nothing, answers not asked for, languages not named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pandas as pd

from kit.errors import BadTable, Problem
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, first_few, place, place_of, rule
from kit.evidence.freshness import older_notebooks
from kit.evidence.prose.marks import Mark, mark_problems
from kit.evidence.replies import unheard_parties
from kit.tables.cells import split_list
from kit.tables.declarations import SETTINGS
from kit.text.language import LANGUAGES, language_of
from kit.text.printable import printable
from kit.text.wording import plural

_UNHEARD = "unheard"
_RECORD = re.compile(r"^rows? \d+ \(([^)]+)\)")


def _problems(context: CheckContext) -> dict[str, list[Problem]]:
    """What the tables refuse, by file; nothing where they load."""
    try:
        context.case.table("sources")
    except BadTable as error:
        return error.problems
    return {}


def _refused(kind: str, context: CheckContext) -> Iterator[Finding]:
    for path, problems in context.once(_problems).items():
        for problem in problems:
            if problem.kind == kind:
                named = _RECORD.match(problem.place)
                record = named[1] if named else ""
                yield Finding(f"{path}, {problem.place}", record, problem.wrong, problem.remedy)


def _dangling(context: CheckContext) -> Iterator[Finding]:
    """Ids that name nothing: what the tables refuse, and what they let pass where a file that may have them is not here."""
    yield from _refused("dangling", context)
    case = context.case
    for name, table in case.schema.items() if not context.once(_problems) else ():
        for column in (column for column in table.columns if len(column.refers) > 1):
            known = set().union(*(case.table(other)["id"] for other in column.refers))
            cells = case.table(name)[column.name].explode() if column.many else case.table(name)[column.name]
            lost = cells[cells.fillna("").ne("") & ~cells.isin(known)]
            for number, value in lost.items():
                row = case.table(name).loc[number, table.key[0]]
                found = f"{column.name} {value!r} is in none of {', '.join(column.refers)}"
                yield Finding(place(name, row, column.name), row, found)


_TABLE_RULES = tuple(
    Rule(
        f"table-{name}", "error", reason, remedy, _dangling if kind == "dangling" else partial(_refused, kind)
    )
    for name, kind, reason, remedy in (
        (
            "broken",
            "",
            "A table that cannot be read, or a cell that is not of its kind, would be left out or guessed at.",
            "mend the cell; the message says what may stand there",
        ),
        (
            "dangling",
            "dangling",
            "An id that names nothing breaks the way from a fact to its proof.",
            "correct the id, or add the row that it names",
        ),
        (
            "duplicate",
            "duplicate",
            "An id that names two things names nothing; a row that is there twice is counted twice.",
            "give one of the two another id, or remove it",
        ),
        (
            "vocabulary",
            "vocabulary",
            "A word that the schema or the codebook does not define means something else to each reader.",
            "use a defined word, or define it in the codebook",
        ),
    )
)


@rule("fact-without-evidence", "error", "add a row to evidence.csv, or remove the fact")
def without_evidence(context: CheckContext) -> Iterator[Finding]:
    """A fact that no source carries is our word alone."""
    for id, table in context.facts.items():
        if table != "claims" and id not in context.supporting:
            yield Finding(place(table, id), id, "no row of evidence.csv supports it")


@rule(
    "claim-without-evidence",
    "notice",
    "add a row to evidence.csv, or let `why` say what was looked for and where",
)
def claim_without_evidence(context: CheckContext) -> Iterator[Finding]:
    """A verdict on somebody else's sentence should show what it was held against.

    Claims of others on which no evidence bears, whatever we found them to be.
    """
    touched = set(context.case.table("evidence")["record"])
    for row in context.case.table("claims").itertuples():
        if row.id not in touched:
            found = f"found {row.verdict}, and no row of evidence.csv bears on it"
            yield Finding(place("claims", row.id), row.id, found)


@rule("source-unused", "notice", "add its evidence, or remove it")
def source_unused(context: CheckContext) -> Iterator[Finding]:
    """A source that nothing refers to was read for nothing, or its evidence was forgotten."""
    case = context.case
    used = {
        *case.table("evidence")["source"],
        *case.table("claims")["made_by"],
        *case.table("sources")["derived_from"].explode().dropna(),
    }
    used |= context.cited
    for id in case.table("sources")["id"]:
        if id not in used:
            yield Finding(place("sources", id), id, "no fact, claim, source or sentence refers to it")


@rule("mark-unknown", "error", "correct the mark, or add what it names")
def mark_unknown(context: CheckContext) -> Iterator[Finding]:
    """A mark that names nothing leads the reader nowhere."""
    known = context.case.citable
    for path, sentence in context.prose():
        marks = [Mark(sentence.cell, "cite", id) for id in sentence.cited]
        for problem in mark_problems(marks, known, {}):
            yield Finding(place_of(path, sentence), "", problem.wrong, problem.remedy)


@rule("reply-missing", "warning", "log the answer, or the asking for it, in replies.csv")
def reply_missing(context: CheckContext) -> Iterator[Finding]:
    """Who is accused is heard, or at least asked.

    Parties to an event in dispute, other than who says so, of whom no answer or asking is logged. Where data/case.toml
    says `unheard = "error"`, one that a published notebook cites stops the public edition.
    """
    wanted = context.case.settings.get(_UNHEARD, "warning")
    if wanted not in ("warning", "error"):
        found = f"{_UNHEARD} = {wanted!r} is neither warning nor error"
        yield Finding(
            f"{SETTINGS}, {_UNHEARD}", "", found, f'write {_UNHEARD} = "error" or leave it out', "error"
        )
    published = [document for document in context.documents.values() if document.public]
    cited = {mark.target for document in published for mark in document.marks if mark.kind == "cite"}
    of_case = context.case.table("events").set_index("id")["case"]
    for row in unheard_parties(context.case).itertuples():
        found = f"{row.status}, according to {row.attributed_to}; no answer of {row.name}, and none asked for"
        printed = bool(cited & {row.record, of_case[row.record]})
        severity = "error" if wanted == "error" and printed else ""
        yield Finding(place("events", row.record, "status"), row.record, found, severity=severity)


@rule("reply-overdue", "warning", "note the answer, or that none came")
def reply_overdue(context: CheckContext) -> Iterator[Finding]:
    """An answer asked for is waited for, or its absence is said."""
    replies = context.case.table("replies")
    late = replies["deadline_latest"].lt(pd.Timestamp(context.on)) & replies["answered_on_latest"].isna()
    for row in replies[late].itertuples():
        found = f"asked {row.party} for an answer by {row.deadline}, and none is noted"
        yield Finding(place("replies", row.id, "answered_on"), row.record, found)


@rule("second-coding-outside", "notice", "say in the case's note why it was settled so, or code it again")
def second_coding_outside(context: CheckContext) -> Iterator[Finding]:
    """Agreement was counted on other values than the one now in the table.

    Settled values that neither of the two coders gave.
    """
    cases = context.case.table("cases").set_index("id")
    for row in context.case.table("second_coding").itertuples():
        if row.case not in cases.index or row.variable not in cases:
            continue
        settled = cases.at[row.case, row.variable]
        values = settled if isinstance(settled, tuple) else (settled,)
        if sorted(values) not in (sorted(split_list(row.first)), sorted(split_list(row.second))):
            found = f"{row.variable} is {'; '.join(values)}; the coders gave {row.first} and {row.second}"
            yield Finding(place("cases", row.case, row.variable), row.case, found)


_MAY_STAND = (
    f"write the code of a language (ISO 639-1): {', '.join(sorted(LANGUAGES))} are judged whole, of another such as fi "
    "only digits, marks, quotations and ISO dates"
)


@rule("language-unknown", "error", _MAY_STAND)
def language_unknown(context: CheckContext) -> Iterator[Finding]:
    """Prose is judged by the words of its language, which has to be named by its code."""
    code = str(context.case.settings.get("language", "en"))
    if language_of(code) is None:
        yield Finding(f"{SETTINGS}, language", "", f"language = {code!r} is no code of a language")
    for path, document in context.documents.items():
        for cell, named in document.named_languages.items():
            if language_of(named) is None:
                yield Finding(
                    f"{path}, cell {cell}", "", f"its metadata have language = {named!r}, which is no code"
                )


@rule("language-not-judged", "notice", "have somebody who reads the language check these sentences")
def language_not_judged(context: CheckContext) -> Iterator[Finding]:
    """In a language whose words the kit has not, only digits, marks, quotations and ISO dates are judged."""
    for path, sentences in context.sentences.items():
        counts = Counter(sentence.language.code for sentence in sentences if not sentence.language.judged)
        for code, count in sorted(counts.items()):
            yield Finding(path, "", f"{plural(count, 'sentence')} in {code}: the words are not judged")


@rule("notebook-older", "notice", "run it again: kit run, and with --accept once what it shows is right")
def notebook_older(context: CheckContext) -> Iterator[Finding]:
    """A notebook shows what its tables said when it was last run.

    Tables that have changed since a notebook read them; known on the machine on which it was run, and no matter where
    the report is built, which runs it anew.
    """
    if context.ran:
        return
    for name, tables in older_notebooks(context.case).items():
        yield Finding(f"notebooks/{name}.ipynb", "", f"is older than {first_few(tables)}, which it read")


@rule(
    "notebook-unread",
    "notice",
    "begin its name with a number, as 05-the-harbour.ipynb, or take it out of the folder",
)
def notebook_unread(context: CheckContext) -> Iterator[Finding]:
    """The chapters of a report are the notebooks whose names begin with a number; no other is run, checked or printed."""
    for path in sorted((context.case.path / "notebooks").glob("*.ipynb")):
        if not path.name[0].isdigit() and not path.name.startswith("."):
            yield Finding(
                f"notebooks/{printable(path.name)}", "", "its name begins with no number: it is not read"
            )


RULES = (
    *_TABLE_RULES,
    without_evidence,
    mark_unknown,
    reply_missing,
    reply_overdue,
    claim_without_evidence,
    second_coding_outside,
    source_unused,
    language_unknown,
    language_not_judged,
    notebook_older,
    notebook_unread,
)
