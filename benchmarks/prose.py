"""How well the gate tells false sentences from true ones, on stories from elsewhere in four languages.

``python benchmarks/prose.py tuning`` scores the half that rules were written on, by kind of fault and by language;
``unseen`` is for the end, once. A false sentence is caught where a rule on prose says an error or a warning; an alarm is
the same of a true one, and an error the worst of them. ``--verbose`` names what was missed and what was said of the true.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.judged_sentences import JudgedSentence, gate_says, judged_sentences  # noqa: E402

Said = list[tuple[str, str, str]]


def _grave(said: Said, *severities: str) -> bool:
    return any(severity in severities for _, severity, _ in said)


def scores(pairs: list[tuple[JudgedSentence, Said]]) -> list[str]:
    """Caught of false, alarms of true, errors on true."""
    false = [said for sentence, said in pairs if not sentence.true]
    true = [said for sentence, said in pairs if sentence.true]
    counts = (
        (sum(_grave(said, "error", "warning") for said in false), len(false)),
        (sum(_grave(said, "error", "warning") for said in true), len(true)),
        (sum(_grave(said, "error") for said in true), len(true)),
    )
    return [f"{some}/{of}" if of else "" for some, of in counts]


def table(pairs: list[tuple[JudgedSentence, Said]]) -> str:
    """A row for each kind of fault, each language, and all."""
    groups: dict[str, list[tuple[JudgedSentence, Said]]] = defaultdict(list)
    for sentence, said in sorted(pairs, key=lambda pair: (pair[0].true, pair[0].kind)):
        groups["(true)" if sentence.true else sentence.kind].append((sentence, said))
    for sentence, said in sorted(pairs, key=lambda pair: pair[0].language):
        groups[sentence.language].append((sentence, said))
    groups["all"] = pairs
    lines = [f"{'':26}{'caught':>10}{'alarms':>10}{'errors':>10}"]
    return "\n".join(
        [*lines, *(f"{name:26}{''.join(f'{n:>10}' for n in scores(of))}" for name, of in groups.items())]
    )


if __name__ == "__main__":
    sentences = judged_sentences(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        says = gate_says(sentences, Path(folder))
    pairs = [(sentence, says[sentence.id]) for sentence in sentences]
    for sentence, said in pairs if "--verbose" in sys.argv else ():
        told = "; ".join(
            f"{severity} {code}: {found}" for code, severity, found in said if severity != "notice"
        )
        if bool(told) == sentence.true:
            print(
                f"{'ALARM ' if sentence.true else 'MISSED'} {sentence.id} ({sentence.kind}) {sentence.text}\n       {told}"
            )
    print(table(pairs))
