"""What is at risk, as the last chapter of the editions that stay on the desk: a table that every format prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

import pandas as pd

from kit.evidence.checks.risk import REASONS, confidence, risks
from kit.reporting.document.document import Book, Chapter
from kit.text.pandoc import Tree, div, words

NAME = "risk"
_SPACE: Tree = {"t": "Space"}
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
        f"Of {_count(len(cited), 'fact')} that this edition cites, {number} "
        f"{'has' if number == 1 else 'have'} at least one reason to be looked at again before print. The worst come "
        "first: a fact stands where its gravest reason puts it. Nothing is scored; each reason is read from the "
        "tables, the ledgers or the gate, and says what was found there."
    )
    trust = confidence(book.case)
    blocks = [
        _header(1, NAME, _TITLE),
        _para(answer),
        _header(2, "reasons", "The reasons, from the gravest down"),
        _reasons(ours, found),
        _header(2, "cited", "Facts that the text cites"),
        _facts(book, ours, trust, cited) if number else _para("None of them has a reason."),
    ]
    contents = [("reasons", "The reasons, from the gravest down"), ("cited", "Facts that the text cites")]
    if others["record"].nunique():
        more = _count(others["record"].nunique(), "more fact")
        blocks += [
            _header(2, "others", "Facts that no sentence cites"),
            _para(
                f"{more} of the case have a reason; no sentence cites them, but a table or a chart may show them."
            ),
            div("", ["folded"], [_facts(book, others, trust, {})]),
        ]
        contents.append(("others", "Facts that no sentence cites"))
    return Chapter(NAME, _TITLE, answer, tuple(contents), blocks, {}, {}, ())


def _reasons(ours: pd.DataFrame, found: pd.DataFrame) -> Tree:
    counts = [frame.groupby("reason")["record"].nunique() for frame in (ours, found)]
    rows = [
        [[words(_named(code))], *([words(f"{int(n.get(code, 0))}")] for n in counts)]
        for code in REASONS
        if code in counts[1]
    ]
    return _table(["Reason", "Facts cited", "All facts"], rows, right=2)


def _facts(book: Book, found: pd.DataFrame, trust: pd.Series, cited: dict[str, list[str]]) -> Tree:
    rows = []
    for record, of in groupby(found.itertuples(index=False), key=lambda row: row.record):
        fact = [_anchored(record, book.notes.label(record), linked=bool(cited))]
        if chapters := cited.get(record):
            where = [_string("in")]
            for name in chapters:
                where += [*([_string(",")] if len(where) > 1 else []), _SPACE, _link(name, f"{name}.ipynb")]
            fact.append(where)
        reasons = [
            [
                {"t": "Strong", "c": words(_named(code))},
                *_told("; ".join(row.found for row in each if row.found)),
            ]
            for code, each in groupby(of, key=lambda row: row.reason)
        ]
        rows.append([fact, [words(trust[record] or "–")], reasons])
    return _table(["Fact", "Confidence", "Reasons"], rows, widths=(0.32, 0.12, 0.56))


def _told(found: str) -> list[Tree]:
    return [_string(":"), _SPACE, *words(f"{found.rstrip('.')}.")] if found else [_string(".")]


def _named(code: str) -> str:
    return f"{REASONS[code][:1].upper()}{REASONS[code][1:]}"


def _anchored(record: str, label: str, *, linked: bool) -> list[Tree]:
    name = [f"fact-{record}", [], []]
    if linked:
        return [{"t": "Link", "c": [name, words(label), [f"evidence.html#{record}", ""]]}]
    return [{"t": "Span", "c": [name, words(label)]}]


def _table(
    heads: list[str], rows: list[list[list[list[Tree]]]], *, right: int = 0, widths: tuple[float, ...] = ()
) -> Tree:
    """A table of these rows; a cell is a list of lines, and the last ``right`` columns hold numbers."""
    sides = ["AlignLeft"] * (len(heads) - right) + ["AlignRight"] * right
    shares = [{"t": "ColWidth", "c": width} for width in widths] or [{"t": "ColWidthDefault"}] * len(heads)
    specs = [[{"t": side}, share] for side, share in zip(sides, shares, strict=True)]
    head = [["", [], []], [_row([[words(text)] for text in heads])]]
    body = [["", [], []], 0, [], [_row(cells) for cells in rows]]
    # Where the screen is narrow, a table that needs widths is read row by row.
    classes = ["stacked"] if widths else []
    return {"t": "Table", "c": [["", classes, []], [None, []], specs, head, [body], [["", [], []], []]]}


def _row(cells: Iterable[list[list[Tree]]]) -> list[object]:
    none = ["", [], []]
    return [
        none,
        [[none, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": _lines(cell)}]] for cell in cells],
    ]


def _lines(lines: list[list[Tree]]) -> list[Tree]:
    return [node for line in lines for node in ({"t": "LineBreak"}, *line)][1:]


def _link(text: str, target: str) -> Tree:
    return {"t": "Link", "c": [["", [], []], words(text), [target, ""]]}


def _string(text: str) -> Tree:
    return {"t": "Str", "c": text}


def _header(level: int, name: str, text: str) -> Tree:
    return {"t": "Header", "c": [level, [name, [], []], words(text)]}


def _para(text: str) -> Tree:
    return {"t": "Para", "c": words(text)}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
