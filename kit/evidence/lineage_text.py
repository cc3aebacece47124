"""Pages as numbers: their words, and the runs of words they hold, hashed so that 100,000 pages fit in memory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

#: Words, and each character of a script that puts no spaces between them.
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
_LONG = 64
#: An odd number without pattern (the golden ratio in 64 bits), so that the order of words matters to the hash of a run.
_STEP = np.uint64(0x9E3779B97F4A7C15)


def words(text: str) -> list[str]:
    """The words of the text, case put aside.

    >>> words("Access was cut — on Tuesday. 访问")
    ['access', 'was', 'cut', 'on', 'tuesday', '访', '问']
    """
    return _WORD.findall(text.casefold())


@dataclass(frozen=True)
class Corpus:
    """Texts as one array of hashed words; text ``i`` lies between ``starts[i]`` and ``starts[i + 1]``."""

    hashed: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def runs(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        """The distinct runs of so many words of each text, sorted within it, and where each text's runs start.

        A text with fewer words has no run.
        """
        parts = [self._runs(i, length) for i in range(len(self))]
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
        return (np.concatenate(parts) if parts else np.empty(0, np.uint64)), starts

    def _runs(self, i: int, length: int) -> np.ndarray:
        own = self.hashed[self.starts[i] : self.starts[i + 1]]
        if len(own) < length:
            return np.empty(0, np.uint64)
        many = len(own) - length + 1
        mixed = np.zeros(many, np.uint64)
        for at in range(length):
            mixed = mixed * _STEP + own[at : at + many]
            mixed ^= mixed >> np.uint64(29)
        return np.unique(mixed)


def corpus(texts: Iterable[str]) -> Corpus:
    """The texts as a `Corpus`; the same texts give the same numbers on any machine.

    >>> two = corpus(["one two three", "one two four"])
    >>> runs, starts = two.runs(2)
    >>> len(np.intersect1d(runs[: starts[1]], runs[starts[1] :]))
    1
    """
    known: dict[str, int] = {}
    arrays = []
    for text in texts:
        found = words(text)
        for word in found:
            if word not in known:
                known[word] = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        arrays.append(np.fromiter((known[word] for word in found), np.uint64, len(found)))
    starts = np.concatenate([[0], np.cumsum([len(array) for array in arrays])]).astype(np.int64)
    return Corpus(np.concatenate(arrays) if arrays else np.empty(0, np.uint64), starts)


def longest_shared(one: str, other: str, most: int = 8) -> str:
    """The longest run of words that both texts hold, as ``one`` prints it, cut to its first ``most`` words.

    Runs of more than 64 words count as equally long, so that no page, however it repeats itself, takes long.

    >>> longest_shared("He said that access was cut on Tuesday.", "Access was cut, it said.")
    'access was cut'
    """
    places = list(_WORD.finditer(one))
    mine, theirs = [place[0].casefold() for place in places], words(other)
    low, high, begins = 0, min(_LONG, len(mine), len(theirs)), 0
    while low < high:
        length = (low + high + 1) // 2
        held = {tuple(theirs[at : at + length]) for at in range(len(theirs) - length + 1)}
        at = next((at for at in range(len(mine) - length + 1) if tuple(mine[at : at + length]) in held), -1)
        low, high, begins = (length, high, at) if at >= 0 else (low, length - 1, begins)
    return one[places[begins].start() : places[begins + min(low, most) - 1].end()] if low else ""
