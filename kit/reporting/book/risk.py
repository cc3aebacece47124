"""What is at risk, as the last chapter of the editions that stay on the desk: a table that every format prints."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pandas as pd

from kit.evidence.checks.risk import REASONS, confidence, risks
from kit.reporting.book.book import Book
from kit.reporting.book.chapter import Chapter
from kit.text.pandoc import (
    BLANK,
    BREAK,
    Tree,
    div,
    hyperlink,
    inlines,
    intersperse,
    para,
    section_heading,
    simple_table,
    span,
    string,
    strong,
)
from kit.text.wording import plural

NAME = "risk"
_TITLE = "What is at risk?"


def with_risk(book: Book) -> Book:
    """The book with its ``risk``, and with a chapter that tells it, the worst first.

    Facts that the prose cites come first; all others, which a table or a chart may show, are folded, and so left out
    on paper. The gate must have been asked: what it found is read from the book's ``findings``.
    """
    found = risks(book.case, book.findings)
    return replace(book, risk=found, chapters=[*book.chapters, _chapter(book, found)])


def _chapter(book: Book, found: pd.DataFrame) -> Chapter:
    facts = set(book.case.facts)
    cited: dict[str, list[str]] = {}
    for chapter in book.chapters:
        for id in facts.intersection(chapter.marks):
            cited.setdefault(id, []).append(chapter.name)
    ours, others = found[found["record"].isin(cited)], found[~found["record"].isin(cited)]
    number = ours["record"].nunique()
    answer = (
        f"Of {plural(len(cited), 'fact')} that this edition cites, {number} "
        f"{'has' if number == 1 else 'have'} at least one reason to be looked at again before print. The worst come "
        "first: a fact stands where its gravest reason puts it. Nothing is scored; each reason is read from the "
        "tables, the ledgers or the gate, and says what was found there."
    )
    trust = confidence(book.case)
    blocks = [
        section_heading(1, _TITLE, NAME),
        para(answer),
        section_heading(2, "The reasons, from the gravest down", "reasons"),
        _reasons(ours, found),
        section_heading(2, "Facts that the text cites", "cited"),
        _facts(book, ours, trust, cited) if number else para("None of them has a reason."),
    ]
    contents = [("reasons", "The reasons, from the gravest down"), ("cited", "Facts that the text cites")]
    if others["record"].nunique():
        more = plural(others["record"].nunique(), "more fact")
        blocks += [
            section_heading(2, "Facts that no sentence cites", "others"),
            para(
                f"{more} of the case have a reason; no sentence cites them, but a table or a chart may show them."
            ),
            div([_facts(book, others, trust, {})], classes=["folded"]),
        ]
        contents.append(("others", "Facts that no sentence cites"))
    return Chapter(NAME, _TITLE, answer, tuple(contents), blocks)


def _reasons(ours: pd.DataFrame, found: pd.DataFrame) -> Tree:
    counts = [frame.groupby("reason")["record"].nunique() for frame in (ours, found)]
    rows = [
        [_named(code), *(f"{int(n.get(code, 0))}" for n in counts)] for code in REASONS if code in counts[1]
    ]
    return simple_table(["Reason", "Facts cited", "All facts"], rows, right=2)


def _facts(book: Book, found: pd.DataFrame, trust: pd.Series, cited: dict[str, list[str]]) -> Tree:
    rows = []
    for record, of in groupby(found.itertuples(index=False), key=lambda row: row.record):
        name, label = f"fact-{record}", book.notes.label(record)
        fact = hyperlink(label, f"evidence.html#{record}", name) if cited else span(label, name)
        places = [[BLANK, hyperlink(chapter, f"{chapter}.ipynb")] for chapter in cited.get(record, ())]
        where = [BREAK, string("in"), *intersperse(places, [string(",")])] if places else []
        reasons = [
            [strong(_named(code)), *_because("; ".join(row.found for row in each if row.found))]
            for code, each in groupby(of, key=lambda row: row.reason)
        ]
        rows.append([[fact, *where], trust[record] or "–", intersperse(reasons, [BREAK])])
    # Where the screen is narrow, a table that needs widths is read row by row.
    heads = ["Fact", "Confidence", "Reasons"]
    return simple_table(heads, rows, widths=(0.32, 0.12, 0.56), classes=["stacked"])


def _because(found: str) -> list[Tree]:
    return [string(":"), BLANK, *inlines(f"{found.rstrip('.')}.")] if found else [string(".")]


def _named(code: str) -> str:
    return f"{REASONS[code][:1].upper()}{REASONS[code][1:]}"
