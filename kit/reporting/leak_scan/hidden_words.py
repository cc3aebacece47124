"""Words that the public edition must not hold though we have them: of cells left out, and of captured pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.evidence.passages.copied import WORDS, word_runs
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.text.normalise import plainly

#: So many words in a row of a cell that was left out are no accident.
_RUN = 10


@dataclass(frozen=True)
class HiddenText:
    """A text kept out of the public edition: where it stands, and its runs of words that stand nowhere else."""

    place: str
    runs: frozenset[str]


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
                seen.update(*(word_runs(text, _RUN) for text in said))
    for place, said in hidden:
        if found := set().union(*(word_runs(text, _RUN) for text in said)) - seen:
            yield HiddenText(place, frozenset(found))


def _outputs(cell: Any) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if RECORD_MIMETYPE not in data:
            yield "".join(data.get("text/plain", output.get("text", "")))


def captured_text(runs: Mapping[str, str]) -> Iterator[HiddenText]:
    """What a report must not print of captured pages: the runs of words, given with the passage that has each.

    >>> [(kept.place, sorted(kept.runs)) for kept in captured_text({"a ship sank": "e-1", "ship sank here": "e-1"})]
    [('the captured text of e-1', ['a ship sank', 'ship sank here'])]
    """
    by_passage: dict[str, set[str]] = {}
    for run, identity in runs.items():
        by_passage.setdefault(identity, set()).add(run)
    for identity, found in by_passage.items():
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
        words = WORDS.findall(plainly(text))
        there = {" ".join(words[at : at + n]) for n in self._lengths for at in range(len(words) - n + 1)}
        found: dict[int, str] = {}
        for run in sorted(there & self._holders.keys()):
            for number in self._holders[run]:
                found.setdefault(number, run)
        yield from ((self._kept[number], found[number]) for number in sorted(found))
