"""How well the gate tells a passage that carries its fact from one that does not, on passages from elsewhere.

``python benchmarks/carrying.py tuning`` scores the half that rules were written on; ``unseen`` is for the end, once. A
passage is caught where it carries less than its fact and the gate says so; a false alarm is a word against one that
carries it all. ``exact`` counts verdicts and missing parts that are a person's to the last.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.judged_passages import JudgedPassage, judged_passages  # noqa: E402


def table(passages: list[JudgedPassage]) -> str:
    """A row for each language: faulty passages caught, false alarms, errors against sound ones, exact verdicts."""
    by_language = defaultdict(list)
    for passage in passages:
        by_language[passage.language].append((passage, passage.judged()))
    lines = [f"{'':4}{'caught':>12}{'false alarms':>16}{'as errors':>12}{'exact':>12}"]
    by_language["all"] = [pair for pairs in list(by_language.values()) for pair in pairs]
    for language, pairs in by_language.items():
        sound = [found for passage, found in pairs if passage.verdict == "carries"]
        faulty = [found for passage, found in pairs if passage.verdict != "carries"]
        caught = sum(found.verdict in ("part", "lacks") for found in faulty)
        alarms = sum(found.verdict in ("part", "lacks") for found in sound)
        errors = sum(found.verdict == "lacks" for found in sound)
        exact = sum((found.verdict, {*found.missing}) == (p.verdict, p.missing) for p, found in pairs)
        cells = (
            f"{caught}/{len(faulty)}", f"{alarms}/{len(sound)}", f"{errors}/{len(sound)}", f"{exact}/{len(pairs)}",
        )  # fmt: skip
        lines.append(f"{language:4}{cells[0]:>12}{cells[1]:>16}{cells[2]:>12}{cells[3]:>12}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(list(judged_passages(sys.argv[1]))))
