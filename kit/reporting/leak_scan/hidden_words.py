"""Words that the public edition must not hold though we have them: of cells left out, and of captured pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kit.case import Case
from kit.evidence.passages.capture_text import captures_here
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.text_index import open_index
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.reporting.leak_scan.patterns import plainly

#: So many words in a row are no accident.
_RUN = 10
_SHORTEST = 12
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class HiddenText:
    """A text kept out of the public edition: where it stands, and its runs of words that stand nowhere else."""

    place: str
    runs: frozenset[str]


def word_runs(text: str, length: int = _RUN) -> set[str]:
    """Each run of ``length`` words in the text; the whole of a shorter one that is long enough to be told.

    >>> sorted(word_runs("The harbour master, he said", 3))
    ['harbour master he', 'master he said', 'the harbour master']
    """
    words = _WORD.findall(plainly(text))
    if len(words) <= length:
        whole = " ".join(words)
        return {whole} if len(words) > 1 and len(whole) >= _SHORTEST else set()
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def hidden_cells(before: Any, after: Any, name: str) -> Iterator[HiddenText]:
    """What the notebook ``before`` says in cells, inputs and outputs that ``after``, as an edition shows it, leaves out.

    Words that the edition shows elsewhere are no secret.
    """
    seen: set[str] = set()
    hidden: list[tuple[str, list[str]]] = []
    for number, (cell, kept) in enumerate(zip(before["cells"], after["cells"], strict=True), start=1):
        gone = kept["cell_type"] != cell["cell_type"] or kept["source"] != cell["source"]
        tags = {str(tag).replace("_", "-") for tag in cell["metadata"].get("tags", ())}
        place = f"notebooks/{name}.ipynb, cell {number}"
        for part, said in (("input", ["".join(cell["source"])]), ("output", list(_outputs(cell)))):
            if gone or f"remove-{part}" in tags:
                hidden.append((place, said))
            else:
                seen.update(*map(word_runs, said))
    for place, said in hidden:
        if found := set().union(*map(word_runs, said)) - seen:
            yield HiddenText(place, frozenset(found))


def _outputs(cell: Any) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if RECORD_MIMETYPE not in data:
            yield "".join(data.get("text/plain", output.get("text", "")))


def captured_passages(case: Case) -> list[tuple[str, str, str, str]]:
    """The passages whose captures are here: id of the evidence, whole text, first words, last words."""
    ledger = read_passages(case.path)
    ledger = ledger[
        ledger["capture"].isin({capture.id for capture in captures_here(case)})
        & ledger["start_offset"].notna()
    ]
    if ledger.empty:
        return []
    ends = case.table("evidence").set_index("id")[["start", "end"]]
    found = []
    with open_index(case) as kept:
        for capture, rows in ledger[ledger["evidence"].isin(ends.index)].groupby("capture"):
            text = kept.page(str(capture)).normal.text
            for row in rows.itertuples():
                whole = text[int(row.start_offset) : int(row.end_offset)]
                found.append((row.evidence, whole, *ends.loc[row.evidence]))
    return found


def unquoted(passages: list[tuple[str, str, str, str]], ours: Iterable[str]) -> Iterator[HiddenText]:
    """The middles of passages, given as (id, whole text, first words, last words), that a report must not print.

    ``ours`` are texts of our own tables, which may have some of the same words, a title for instance.

    >>> middle = "one two three four five six seven eight nine"
    >>> [len(kept.runs) for kept in unquoted([("e-1", f"Ship {middle} sank", "Ship", "sank")], [])]
    [2]
    """
    # Notes print both ends of a passage with dots between them, which are no word; passages may overlap.
    printed = [f"{start} {end}" for *_, start, end in passages]
    printed_runs = set().union(*map(word_runs, [*ours, *printed]))
    for identity, whole, *_ in passages:
        if len(_WORD.findall(whole)) > _RUN and (found := word_runs(whole) - printed_runs):
            yield HiddenText(f"the captured text of {identity}", frozenset(found))


class Lookout:
    """HiddenText texts, made ready to be looked for in one text after another.

    >>> lookout = Lookout([HiddenText("cell 3", frozenset({"jane roe paid"}))])
    >>> [(one.place, run) for one, run in lookout.found_in("So Jane Roe paid.")]
    [('cell 3', 'jane roe paid')]
    """

    def __init__(self, kept: list[HiddenText]) -> None:
        self._kept = kept
        self._holders: dict[str, list[int]] = {}
        for number, one in enumerate(kept):
            for run in one.runs:
                self._holders.setdefault(run, []).append(number)
        self._lengths = {run.count(" ") + 1 for run in self._holders}

    def found_in(self, text: str) -> Iterator[tuple[HiddenText, str]]:
        """Each kept text of which the text has a run, and the first such run in the order of letters."""
        if not self._holders:
            return
        words = _WORD.findall(plainly(text))
        there = {" ".join(words[at : at + n]) for n in self._lengths for at in range(len(words) - n + 1)}
        found: dict[int, str] = {}
        for run in sorted(there & self._holders.keys()):
            for number in self._holders[run]:
                found.setdefault(number, run)
        yield from ((self._kept[number], found[number]) for number in sorted(found))
