"""Which sentence of a new build is which of the last one, so that a statement keeps its id when it is edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

#: How alike (of 100) two wordings must be to be one statement, by how far it moved (0: same cell, 1: same notebook,
#: 2: another notebook) and whether both rest on the same marks (0), share some or have none (1), or share none (2).
#: Marks that agree are a strong sign, and marks that have nothing in common are one against it.
ALIKE = ((55.0, 66.0, 93.0), (68.0, 80.0, 95.0), (84.0, 90.0, 96.0))
#: Fewer characters than this are too little to be called alike; such a sentence is matched word for word only.
_SHORTEST = 16


@dataclass(frozen=True)
class Worded:
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


def matched(before: Sequence[Worded], now: Sequence[Worded], gone: Sequence[Worded] = ()) -> list[int | None]:
    """For each sentence of ``now``, the index in ``before`` of the statement it is, or ``None`` where it is new.

    An index from ``len(before)`` on is one of ``gone``: statements taken out earlier, which come back only word for
    word. What stands word for word is settled first, so that no likeness can take a sentence's id from it; then the
    most alike pairs, each sentence once. The more a sentence moved, the more alike it has to be.

    >>> old = [Worded("n", "a", 1, "The office paid a fine in June 2021."), Worded("n", "a", 2, "Nobody appealed.")]
    >>> new = [Worded("n", "a", 1, "Police came."), Worded("n", "a", 2, "The office paid a fine in July 2021.")]
    >>> matched(old, new)
    [None, 0]
    """
    found: dict[int, int] = {}
    _same_words(before, now, found, 0)
    _alike(before, now, found)
    _same_words(gone, now, found, len(before))
    return [found.get(number) for number in range(len(now))]


def _same_words(before: Sequence[Worded], now: Sequence[Worded], found: dict[int, int], offset: int) -> None:
    """Pair sentences with the same words, those that moved least first."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for old, sentence in enumerate(before):
        by_words[sentence.folded].append(old)
    pairs = [
        ((_moved(before[old], sentence), _parted(before[old], sentence)), abs(before[old].position - sentence.position), old, new)
        for new, sentence in enumerate(now)
        if new not in found
        for old in by_words[sentence.folded]
    ]  # fmt: skip
    _take(sorted(pairs), found, offset)


def _alike(before: Sequence[Worded], now: Sequence[Worded], found: dict[int, int]) -> None:
    """Pair what is left by likeness, the most alike first."""
    taken = set(found.values())
    left = [n for n, sentence in enumerate(before) if n not in taken and len(sentence.folded) >= _SHORTEST]
    new = [n for n, sentence in enumerate(now) if n not in found and len(sentence.folded) >= _SHORTEST]
    if not left or not new:
        return
    floor = min(min(row) for row in ALIKE)
    scores = process.cdist(
        [now[n].folded for n in new], [before[n].folded for n in left], scorer=fuzz.ratio, score_cutoff=floor
    )
    pairs = []
    for row, column in zip(*scores.nonzero(), strict=True):
        sentence, old = now[new[row]], before[left[column]]
        moved, parted, score = _moved(old, sentence), _parted(old, sentence), float(scores[row, column])
        if score >= ALIKE[moved][parted]:
            pairs.append((-score, (moved, parted), left[column], new[row]))
    _take(sorted(pairs), found, 0)


def _take(pairs: Iterable[tuple], found: dict[int, int], offset: int) -> None:
    taken = {old - offset for old in found.values()}
    for *_, old, new in pairs:
        if new not in found and old not in taken:
            found[new] = old + offset
            taken.add(old)


def _moved(old: Worded, new: Worded) -> int:
    if old.notebook != new.notebook:
        return 2
    return 0 if old.cell == new.cell else 1


def _parted(old: Worded, new: Worded) -> int:
    if old.marks & new.marks or not (old.marks and new.marks):
        return 0 if old.marks == new.marks and old.marks else 1
    return 2
