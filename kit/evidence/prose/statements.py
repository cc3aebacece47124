"""The ledger of our statements, ``data/processed/statements.csv``: each sentence that states a fact, with its id."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from kit.case import Case
from kit.evidence.prose.classification import states_fact
from kit.evidence.prose.document import Document, saved_documents
from kit.evidence.prose.sentences import Sentence
from kit.files import write_whole
from kit.lock import locked
from kit.tables.cells import join_list, split_list, unguarded
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger

#: A chart's specification, and what it says of itself for what prints it: headline, subtitle, key, source line, alt
#: text, and the order of its columns.
VEGALITE = "application/vnd.vegalite.v5+json"
CHART_FACTS = "application/vnd.casebook.chart+json"
#: In the metadata of an output: it was a widget, and nothing but its name is left.
WIDGET = "widget"
#: The rows under a chart, among the named datasets of its specification.
CHART_DATA = "chart_data"


@dataclass(frozen=True)
class DrawnChart:
    """A chart that a cell drew: its headline, its source line, and the hash of its data."""

    cell: int
    headline: str
    source: str
    data: str

    def __str__(self) -> str:
        return f"Chart drawn by cell {self.cell}; its source line: {self.source}"


def chart_data(output: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """The columns and the rows under a chart, from its output by media type; no columns where it has none.

    A cell is text, a number, or ``None``.

    >>> chart_data({CHART_FACTS: {"columns": ["n"]}, VEGALITE: {"datasets": {CHART_DATA: [{"n": 2}]}}})
    (['n'], [[2]])
    """
    columns = output.get(CHART_FACTS, {}).get("columns", [])
    rows = output.get(VEGALITE, {}).get("datasets", {}).get(CHART_DATA, [])
    return columns, [[row.get(name) for name in columns] for row in rows]


def drawn_charts(notebook: Any) -> Iterator[DrawnChart]:
    """The charts with a headline among the outputs of a notebook, in order."""
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            shown = output.get("data", {})
            facts = shown.get(CHART_FACTS)
            if facts and facts.get("headline"):
                data = hashlib.sha256(json.dumps(chart_data(shown)).encode()).hexdigest()[:10]
                yield DrawnChart(number, facts["headline"], facts.get("source", ""), data)


def chart_headlines(notebook: Any) -> list[Sentence]:
    """The headlines as sentences.

    >>> facts = {"headline": "Fines doubled in 2021", "source": "Source: the court"}
    >>> cell = {"cell_type": "code", "source": "", "outputs": [{"data": {CHART_FACTS: facts}}]}
    >>> [(each.cell, each.kind, each.text) for each in chart_headlines({"cells": [cell]})]
    [(1, 'headline', 'Fines doubled in 2021')]
    """
    found: list[Sentence] = []
    for chart in drawn_charts(notebook):
        position = 1 + sum(each.cell == chart.cell for each in found)
        found.append(Sentence(chart.cell, 1, position, "headline", " ".join(chart.headline.split())))
    return found


#: How alike (of 100) two wordings must be to be one statement, by how far it moved (0: same cell, 1: same notebook,
#: 2: another notebook) and whether both rest on the same marks (0), share some or have none (1), or share none (2).
#: Marks that agree are a strong sign, and marks that have nothing in common are one against it.
SAME_STATEMENT = ((55.0, 66.0, 93.0), (68.0, 80.0, 95.0), (84.0, 90.0, 96.0))
#: Fewer characters than this are too little to be called alike; such a sentence is matched word for word only.
_SHORTEST = 16


@dataclass(frozen=True)
class PlacedSentence:
    """A sentence and where it stands: its notebook, its cell, its place in the cell, its text and its marks."""

    notebook: str
    cell: str
    position: int
    text: str
    marks: frozenset[str] = frozenset()

    @property
    def folded(self) -> str:
        """The text as it is compared: case and spaces do not count."""
        return " ".join(self.text.casefold().split())


def match_statements(
    before: Sequence[PlacedSentence], now: Sequence[PlacedSentence], gone: Sequence[PlacedSentence] = ()
) -> list[int | None]:
    """For each sentence of ``now``, the index in ``before`` of the statement it is, or ``None`` where it is new.

    An index from ``len(before)`` on is one of ``gone``: statements taken out earlier, which come back only word for
    word. What stands word for word is settled first, so that no likeness can take a sentence's id from it; then the
    most alike pairs, each sentence once. The more a sentence moved, the more alike it has to be.

    >>> old = [PlacedSentence("n", "a", 1, "The office paid a fine in June 2021."), PlacedSentence("n", "a", 2, "Nobody appealed.")]
    >>> new = [PlacedSentence("n", "a", 1, "Police came."), PlacedSentence("n", "a", 2, "The office paid a fine in July 2021.")]
    >>> match_statements(old, new)
    [None, 0]
    """
    found: dict[int, int] = {}
    _same_words(before, now, found, 0)
    _alike(before, now, found)
    _same_words(gone, now, found, len(before))
    return [found.get(number) for number in range(len(now))]


def _same_words(
    before: Sequence[PlacedSentence], now: Sequence[PlacedSentence], found: dict[int, int], offset: int
) -> None:
    """Pair sentences with the same words, those that moved least first."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for old, sentence in enumerate(before):
        by_words[sentence.folded].append(old)
    pairs = [
        ((_moved(before[old], sentence), _marks_apart(before[old], sentence)), abs(before[old].position - sentence.position), old, new)
        for new, sentence in enumerate(now)
        if new not in found
        for old in by_words[sentence.folded]
    ]  # fmt: skip
    _take(sorted(pairs), found, offset)


def _alike(before: Sequence[PlacedSentence], now: Sequence[PlacedSentence], found: dict[int, int]) -> None:
    """Pair what is left by likeness, the most alike first."""
    taken = set(found.values())
    left = [n for n, sentence in enumerate(before) if n not in taken and len(sentence.folded) >= _SHORTEST]
    new = [n for n, sentence in enumerate(now) if n not in found and len(sentence.folded) >= _SHORTEST]
    if not left or not new:
        return
    floor = min(min(row) for row in SAME_STATEMENT)
    scores = process.cdist(
        [now[n].folded for n in new], [before[n].folded for n in left], scorer=fuzz.ratio, score_cutoff=floor
    )
    pairs = []
    for row, column in zip(*scores.nonzero(), strict=True):
        sentence, old = now[new[row]], before[left[column]]
        moved, apart, score = _moved(old, sentence), _marks_apart(old, sentence), float(scores[row, column])
        if score >= SAME_STATEMENT[moved][apart]:
            pairs.append((-score, (moved, apart), left[column], new[row]))
    _take(sorted(pairs), found, 0)


def _take(pairs: Iterable[tuple], found: dict[int, int], offset: int) -> None:
    taken = {old - offset for old in found.values()}
    for *_, old, new in pairs:
        if new not in found and old not in taken:
            found[new] = old + offset
            taken.add(old)


def _moved(old: PlacedSentence, new: PlacedSentence) -> int:
    if old.notebook != new.notebook:
        return 2
    return 0 if old.cell == new.cell else 1


def _marks_apart(old: PlacedSentence, new: PlacedSentence) -> int:
    if old.marks & new.marks or not (old.marks and new.marks):
        return 0 if old.marks == new.marks and old.marks else 1
    return 2


STATEMENT_LEDGER = Path(LEDGERS["statements"].path)
STATEMENT_COLUMNS = LEDGERS["statements"].names


@dataclass(frozen=True)
class Statement:
    """A sentence of ours that states a fact, in prose or above a chart: its id, notebook, cell's number, and the sentence."""

    id: str
    notebook: str
    cell: int
    sentence: Sentence

    @property
    def text(self) -> str:
        """The sentence as a reader sees it."""
        return self.sentence.text


def read_statements(case: Path) -> pd.DataFrame:
    """The ledger of the case folder ``case``, its cells as text; no rows where none was written yet.

    A row that is not of its form, or an id that stands twice, raises `BadTable` with all of them: an id read wrongly
    would put a person's mark on another sentence.
    """
    return read_ledger(case, "statements")


def update_statements(case: Case, on: date, saved: Mapping[str, Document] | None = None) -> list[Statement]:
    """Each sentence and headline of the saved notebooks that states a fact, in order, with its id; the ledger is written.

    Ids are matched with the last ledger (`kit.evidence.prose.statements`), and never given again. ``on`` is the
    day that new and retired rows get; where no sentence has changed, no byte of the ledger does. ``saved`` are the
    saved notebooks, where they were read before.
    """
    with locked(case.path):
        after, found = _next_ledger(case, on, saved)
        content = _bytes(after)
        path = case.path / STATEMENT_LEDGER
        if not path.exists() or path.read_bytes() != content:
            write_whole(path, content)
        return found


def recover_ids(case: Case, on: date) -> None:
    """Nothing; ids that checkers' marks know and the ledger does not are in it again, as sentences that are gone.

    Where such a sentence still stands, it has its old id when the ledger is next brought up to date, and its mark with it.
    """
    ledger, checks = read_statements(case.path), case.table("checks")
    form = LEDGERS["statements"].column("statement").form
    lost = checks[checks["statement"].str.fullmatch(form) & ~checks["statement"].isin(ledger["statement"])]
    if lost.empty:
        return
    day = on.isoformat()
    rows = [
        (row.statement, "unknown", "", "0", unguarded(row.wording), "", day, day) for row in lost.itertuples()
    ]
    both = pd.concat([ledger, pd.DataFrame(rows, columns=STATEMENT_COLUMNS)], ignore_index=True)
    write_whole(case.path / STATEMENT_LEDGER, _bytes(both.astype("str")))


def pending_changes(case: Case, on: date, saved: Mapping[str, Document] | None = None) -> list[str]:
    """What the ledger does not say yet of the saved notebooks, a line each; `update_statements` writes it, this does not.

    >>> import kit
    >>> pending_changes(kit.example(), date(2026, 1, 1))[0][:16]
    's-0001 is new: E'
    """
    before = read_statements(case.path)
    after, _ = _next_ledger(case, on, saved)
    lines = []
    was = {row.statement: row for row in before.itertuples(index=False)}
    for row in after.itertuples(index=False):
        old = was.get(row.statement)
        if old is None:
            lines.append(f"{row.statement} is new: {row.text}")
        elif old.retired_on != row.retired_on:
            lines.append(f"{row.statement} is {'gone' if row.retired_on else 'back'}: {row.text}")
        elif old != row:
            changed = [name for name in STATEMENT_COLUMNS if getattr(old, name) != getattr(row, name)]
            lines.append(f"{row.statement} has another {', '.join(changed)}: {row.text}")
    return lines


def _next_ledger(
    case: Case, on: date, saved: Mapping[str, Document] | None
) -> tuple[pd.DataFrame, list[Statement]]:
    """The ledger as the saved notebooks have it, and their statements in order."""
    names = {name for row in case.table("actors").itertuples() for name in (row.name, *row.aliases)}
    found = [
        (name, document.notebook["cells"][sentence.cell - 1].get("id", ""), sentence)
        for name, document in (saved_documents(case) if saved is None else saved).items()
        for sentence in _ours(document)
        if states_fact(sentence, names)
    ]
    placed = [
        PlacedSentence(notebook, cell, sentence.position, sentence.text, frozenset(marks_in(sentence)))
        for notebook, cell, sentence in found
    ]
    after, ids = number_statements(read_statements(case.path), placed, on)
    return after, [
        Statement(id, notebook, sentence.cell, sentence)
        for id, (notebook, _, sentence) in zip(ids, found, strict=True)
    ]


def _ours(document: Document) -> list[Sentence]:
    """The sentences of the prose and the headlines of the charts, in order."""
    return sorted(
        [*document.sentences, *chart_headlines(document.notebook)],
        key=lambda each: (each.cell, each.position),
    )


def _bytes(ledger: pd.DataFrame) -> bytes:
    return ledger.to_csv(index=False, lineterminator="\n").encode("utf-8")


def marks_in(sentence: Sentence) -> list[str]:
    """What a sentence rests on, each once: the id of a fact or source, ``#name`` for a number that a cell computed."""
    marks = [*sentence.cited, *(f"#{number.target}" for number in sentence.numbers)]
    return list(dict.fromkeys(marks))


def number_statements(
    before: pd.DataFrame, now: list[PlacedSentence], on: date
) -> tuple[pd.DataFrame, list[str]]:
    """The ledger that follows ``before`` when the sentences are ``now``, sorted by id, and the id of each sentence.

    >>> empty = pd.DataFrame(columns=STATEMENT_COLUMNS, dtype="str")
    >>> first, ids = number_statements(empty, [PlacedSentence("01", "a", 1, "The office paid a fine.")], date(2021, 6, 1))
    >>> second, again = number_statements(first, [PlacedSentence("01", "b", 4, "The office paid a fine.")], date(2021, 7, 1))
    >>> ids, again, second["first_seen"].tolist()
    (['s-0001'], ['s-0001'], ['2021-06-01'])
    """
    standing = before["retired_on"].eq("")
    known = pd.concat([before[standing], before[~standing]], ignore_index=True)
    old = [_placed(row) for row in known.itertuples()]
    count = int(standing.sum())
    given, ids, rows, seen = set(known["statement"]), [], [], set()
    for sentence, match in zip(now, match_statements(old[:count], now, old[count:]), strict=True):
        if match is None:
            id, first = _new_id(sentence, given, first_ledger=known.empty), on.isoformat()
            given.add(id)
        else:
            id, first = known.loc[match, "statement"], known.loc[match, "first_seen"]
        ids.append(id)
        seen.add(id)
        rows.append((id, *_cells(sentence), first, ""))
    gone = known[~known["statement"].isin(seen)]
    gone = gone.assign(retired_on=gone["retired_on"].where(gone["retired_on"].ne(""), on.isoformat()))
    after = pd.concat([pd.DataFrame(rows, columns=STATEMENT_COLUMNS), gone], ignore_index=True).astype("str")
    serial = after["statement"].str.removeprefix("s-").astype(int)
    return after.loc[serial.sort_values().index].reset_index(drop=True), ids


def _new_id(sentence: PlacedSentence, given: set[str], *, first_ledger: bool) -> str:
    """An id that no statement has had: counted in a case's first ledger, and made from the sentence in all that follow.

    Two branches of a case would count on to the same number for two sentences, and a person's mark on one would pass to
    the other; made from the words, ids meet only where the sentences are the same.
    """
    if first_ledger:
        return f"s-{len(given) + 1:04d}"
    words = f"{sentence.notebook}\x1f{sentence.text}".encode("utf-8", "surrogatepass")
    number = int(hashlib.sha256(words).hexdigest()[:12], 16) % 90_000_000 + 10_000_000
    while f"s-{number}" in given:
        number += 1
    return f"s-{number}"


def _placed(row: Any) -> PlacedSentence:
    marks = frozenset(split_list(row.marks))
    return PlacedSentence(row.notebook, row.cell, int(row.position), row.text, marks)


def _cells(sentence: PlacedSentence) -> tuple[str, ...]:
    position, marks = str(sentence.position), join_list(sorted(sentence.marks))
    return sentence.notebook, sentence.cell, position, sentence.text, marks
