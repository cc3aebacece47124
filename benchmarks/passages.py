"""How fast passages are checked, and how much memory that takes.

``python benchmarks/passages.py [captures] [passages]`` makes invented captures of 50 kB each, times the gate and a
naive search, and writes the table into docs/gate.md when run without numbers. Times are of the wall clock, so run
it on a machine that does nothing else.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gate import write
from rapidfuzz import fuzz

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.matching import Passage
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import TextIndex

SIZE = 50_000
SAMPLE = 40
_DRAW = random.Random(1)
_VOCABULARY = [
    "".join(_DRAW.choice("bcdfghklmnprstv") + _DRAW.choice("aeiou") for _ in range(_DRAW.randint(1, 4)))
    for _ in range(20_000)
]
_WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY))))
_WHEN = datetime(2021, 3, 1, tzinfo=UTC)
_ENDS = (". ", ". ", "? ", ".\n\n", ", he said: “no” – and ", "’s own. ")


def capture(number: int) -> CaptureText:
    """The invented capture of that number."""
    draw, pieces, size = random.Random(number), [], 0
    while size < SIZE:
        words = draw.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=draw.randint(8, 22))
        pieces.append(" ".join(words).capitalize() + draw.choice(_ENDS))
        size += len(pieces[-1])
    return CaptureText(f"c-{number:06}", f"s-{number:06}", _WHEN, False, "".join(pieces))


def passages(captures: int, count: int) -> Iterator[Passage]:
    """Passages of the captures, one in seven with a fault: moved, altered, the wrong way round, invented."""
    for number in range(captures):
        words, draw = capture(number).text.split(), random.Random(-number - 1)
        for each in range(count // captures):
            at, length = draw.randrange(len(words) - 60), draw.randint(14, 40)
            start, end = " ".join(words[at : at + 5]), " ".join(words[at + length - 5 : at + length])
            source, fault = number, draw.random()
            if fault < 0.05:
                source = (number + 7) % captures
            elif fault < 0.10:
                start = start.replace(words[at + 2], "zzzz")
            elif fault < 0.12:
                start, end = end, start
            elif fault < 0.15:
                start = "nowhere to be found at all"
            yield Passage(f"e-{number}-{each}", f"s-{source:06}", start, end)


def naive(sought: list[Passage], captures: list[CaptureText]) -> None:
    """What a script would do: look in the source's text, then in all, then for the best fuzzy match in the source's."""
    texts = {capture.source: capture.text for capture in captures}
    for passage in sought:
        own = texts[passage.source]
        if passage.start in own and passage.end in own:
            continue
        if not any(passage.start in text and passage.end in text for text in texts.values()):
            fuzz.partial_ratio_alignment(f"{passage.start} {passage.end}", own)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long it took, in seconds of the wall clock, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def measure(captures: int, count: int) -> dict[str, float]:
    """Seconds to index and check, the size of the index and the most memory held, in megabytes."""
    with tempfile.TemporaryDirectory() as folder, TextIndex(Path(folder) / "texts.sqlite") as texts:
        indexed, _ = timed(lambda: texts.add(map(capture, range(captures))))
        sought = list(passages(captures, count))
        checked, verdicts = timed(lambda: judge_passages(sought, texts))
        print(dict(Counter(verdict.verdict for verdict in verdicts)))
        size = (Path(folder) / "texts.sqlite").stat().st_size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"index": indexed, "check": checked, "size": size / 1e6, "memory": memory}


def main() -> None:
    """Measure, print, and write the table where the sizes are those of the page."""
    captures, count = (int(word) for word in [*sys.argv[1:], 1000, 10_000][:2])
    found = measure(captures, count)
    kept = [capture(number) for number in range(captures)]
    sample = list(passages(captures, count))[:: max(1, count // SAMPLE)]
    slow, _ = timed(lambda: naive(sample, kept))
    slow *= count / len(sample)
    table = "\n".join([
        "| | measured |",
        "|---|--:|",
        f"| index {captures:,} captures, once | {found['index']:.1f} s, {found['size']:.0f} MB on disk |",
        f"| check {count:,} passages | {found['check']:.1f} s |",
        f"| the same by a naive search (from {len(sample)} of them) | {slow:.0f} s |",
        f"| naive search to gate | {slow / found['check']:.0f} : 1 |",
        f"| most memory held, naive search not counted | {found['memory']:.0f} MB |",
    ])  # fmt: skip
    print(table)
    if len(sys.argv) == 1:
        write("speed", table)


if __name__ == "__main__":
    main()
