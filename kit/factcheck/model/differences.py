"""What of a returned file was not printed, and what of the print is not there any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kit.evidence.prose.reviews import wording_changes
from kit.factcheck.model.returned import ASIDE, PrintedLine, Remark

#: How alike (of 100) a line is to the printed one that it was made of; the longest line that is compared word by word,
#: and the most pairs of lines: what is more is told whole.
_ALIKE, _LONGEST, _PAIRS = 55.0, 20_000, 100_000


@dataclass(frozen=True)
class ReturnedLine:
    """A line of a returned file: the statement it stands under, where, and its text.

    ``gone`` is what was struck out in it, ``before`` its text without the changes that were tracked, and ``by`` who made
    one. ``ours`` says that it has the looks of a line that the packet prints.
    """

    statement: str
    place: str
    text: str
    gone: str = ""
    before: str = ""
    by: str = ""
    ours: bool = False


def differences(
    printed: Iterable[PrintedLine], came: Sequence[ReturnedLine], lost: Iterable[str] = ()
) -> list[Remark]:
    """What differs between the lines as printed and as they came back, in order.

    Lines may have been moved, split and joined: only words that came or went are told. Of the statements in ``lost``
    nothing came back, and their lines are not missed one by one.

    >>> printed = [PrintedLine("s-0001", "", "Fact: a fine of 40."), PrintedLine("s-0001", "", "Origins: one.")]
    >>> came = [ReturnedLine("s-0001", "below", "Origins: one."), ReturnedLine("s-0001", "below", "Fact: a fine of 40. NOT THERE!")]
    >>> [(each.statement, each.words) for each in differences(printed, came)]
    [('s-0001', '“NOT THERE!” was added')]
    """
    wanted = [line for line in printed if line.text]
    left = Counter(line.text for line in wanted)
    new: dict[str, list[ReturnedLine]] = defaultdict(list)
    struck: dict[str, str] = {}
    for line in came:
        if line.gone and not line.text:
            struck[line.gone] = line.by
        elif left[line.text] > 0:
            left[line.text] -= 1
        elif line.text:
            new[line.statement].append(line)
    missing: dict[str, list[PrintedLine]] = defaultdict(list)
    skipped = set(lost)
    for old in reversed(wanted):
        if left[old.text] > 0:
            left[old.text] -= 1
            if old.statement not in skipped and old.column != ASIDE:
                missing[old.statement].insert(0, old)
    found: list[Remark] = []
    for statement in dict.fromkeys([*(line.statement for line in came), *missing]):
        found += _told(statement, missing.get(statement, []), new.get(statement, []), struck)
    return found


def _told(
    statement: str, missing: list[PrintedLine], new: list[ReturnedLine], struck: dict[str, str]
) -> Iterable[Remark]:
    """The remarks that lines under one statement come to."""
    if _run_together(missing) == _run_together(new):
        return
    few = len(new) * len(missing) <= _PAIRS
    for line in new:
        pairs = missing if few and len(line.text) <= _LONGEST else []
        close = [(fuzz.ratio(line.text, old.text, score_cutoff=_ALIKE), old) for old in pairs]
        score, old = max(close, key=lambda pair: pair[0], default=(0.0, None))
        words = line.text
        if score and old is not None:
            missing.remove(old)
            words = wording_changes(old.text, line.text)
        elif line.gone:
            words = f"{line.text} (struck out: {line.gone})"
        yield Remark(statement, line.place, words, line.by)
    for old in missing:
        yield Remark(statement, "what was printed", f"“{old.text}” was taken out", struck.get(old.text, ""))


def _run_together(lines: Sequence[ReturnedLine | PrintedLine]) -> str:
    return "".join("".join(line.text.split()) for line in lines)
