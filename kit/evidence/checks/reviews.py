"""The gate's rules on what checkers said: sentences that somebody found wrong, and remarks that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, place_of, rule
from kit.evidence.prose.remarks import open_remarks, remark_line
from kit.evidence.prose.sentences import Sentence
from kit.evidence.prose.statements import chart_headlines
from kit.tables.cells import as_text, unguarded
from kit.tables.load import load_tables

_LONGEST = 300


def _tables(context: CheckContext) -> dict[str, pd.DataFrame]:
    """What checkers said; it does not wait until all other tables load: what is wrong stays wrong meanwhile."""
    schema = context.case.schema
    return load_tables(context.case.path, {name: schema[name] for name in ("checks", "remarks")})


def _marks(context: CheckContext) -> Mapping[str, Any]:
    return {row.statement: row for row in context.once(_tables)["checks"].itertuples()}


def _printed(context: CheckContext) -> list[tuple[str, Sentence]]:
    """Each sentence of the prose and each chart's headline, with the path of its notebook."""
    headlines = (
        (path, headline)
        for path, document in context.documents.items()
        for headline in chart_headlines(document.notebook)
    )
    return [*context.prose(), *headlines]


def _marked(context: CheckContext, status: str) -> Iterator[Finding]:
    """Sentences that a mark of that status holds for, and those that cite a fact or source with such a mark."""
    bad = {id: mark for id, mark in context.once(_marks).items() if mark.status == status}
    if not bad:
        return
    by_words = {unguarded(mark.wording): id for id, mark in bad.items()}
    for path, sentence in context.once(_printed):
        if id := by_words.get(sentence.text):
            yield Finding(place_of(path, sentence), id, f"{id} {_in_words(bad[id])}")
    cited = {id for _, sentence in context.prose() for id in sentence.cited if id in bad}
    cited = {id for id in cited if _as_marked(context, bad[id])} if cited else cited
    for path, sentence in context.prose():
        for id in dict.fromkeys(sentence.cited):
            if id in cited:
                yield Finding(place_of(path, sentence), id, f"cites {id}, which {_in_words(bad[id])}")


def _as_marked(context: CheckContext, mark: Any) -> bool:
    """Whether a row still says what it said when it was marked: one of its cells is the wording of the mark."""
    table = context.case.citable.get(mark.statement)
    if not table:
        return False
    rows = context.case.table(table)
    row = rows[rows["id"] == mark.statement].iloc[0]
    return unguarded(mark.wording) in {as_text(cell) for cell in row if isinstance(cell, (str, float, tuple))}


def _in_words(mark: Any) -> str:
    comment = unguarded(mark.comment)
    said = f": {_short(comment)}" if comment else ""
    return f"is marked {mark.status.replace('-', ' ')} ({unguarded(mark.by)}, {mark.on}){said}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@rule(
    "checked-wrong",
    "error",
    "mend the sentence, or have it checked anew: the mark holds for this wording only",
)
def checked_wrong(context: CheckContext) -> Iterator[Finding]:
    """What a person has checked and found wrong is not printed.

    A fact or source that has such a mark is not cited either, as long as a cell of its row is the wording of the mark.
    """
    yield from _marked(context, "wrong")


@rule(
    "checked-needs-work",
    "warning",
    "do the work, or have it checked anew: the mark holds for this wording only",
)
def checked_needs_work(context: CheckContext) -> Iterator[Finding]:
    """What a person has checked and found unfinished is unfinished."""
    yield from _marked(context, "needs-work")


@rule("remark-open", "error", "deal with it, and write the day in `settled` and what was done in `answer`")
def remark_open(context: CheckContext) -> Iterator[Finding]:
    """What a checker wrote is answered before it is printed over.

    Remarks of returned packets in remarks.csv without a day in `settled`; a rewording that was taken over, and a struck
    sentence that is gone, are settled by that.
    """
    remarks = context.once(_tables)["remarks"]
    if remarks.empty:
        return
    texts = {sentence.text for _, sentence in context.once(_printed)}
    for row in open_remarks(remarks, texts, context.once(_marks)).itertuples():
        yield Finding(place("remarks", row.id), row.statement, _short(remark_line(row)))


RULES = (checked_wrong, checked_needs_work, remark_open)
