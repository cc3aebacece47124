"""A verdict on a passage: what was found, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.matching import passage_hash

#: Each verdict, and what to do about it. Only the first two prove anything.
REMEDIES = {
    "exact": "",
    "normalised": "",
    "altered": "put the page's own words, or say it in your own without quotation marks",
    "spliced": "quote one stretch, or mark what is left out with an ellipsis and keep the order",
    "wrong-source": "cite the source that has the words, or find them in this one",
    "changed": "cite the earlier capture and say that the page has changed since",
    "not-found": "look the words up in the capture and mend `start` and `end`",
    "not-captured": "keep the page, or the part of it that has the passage: kit keep",
    "ambiguous": "add `prefix` or `suffix`, or more words",
}
#: What may be told of a passage that holds, and why that is told.
NOTICES = {
    "unseen": "A reader of the page does not see what it hides, or has struck out.",
    "foreign": "What stands beside an article is often not its author's.",
    "span": "Between ends that are far apart, or in two blocks, stands more than the fact.",
    "locator": "A reader who looks at the place that is named does not find the passage.",
    "cut": "Ends that cut a negation, a number or a name in two say another thing than the page.",
}
HOLDS = ("exact", "normalised")
_SHOWN = 80


@dataclass(frozen=True)
class Verdict:
    """What became of one passage.

    ``verdict`` is a key of `REMEDIES`; ``start`` and ``stop`` are offsets in the normalised text of
    ``capture``, -1 where nothing was found; ``hash`` is of the words found there; ``found`` says in a few
    words what was found; ``differing`` are the words that differ, as (ours, the page's). ``link`` opens
    the page there (`kit.evidence.passages.fragments`), and ``notices`` says what a person should know of a passage that
    holds: `NOTICES`, each with a few words, parted by semicolons.
    ``carries`` says whether a passage that stands there carries its fact, one of `kit.evidence.support.carrying.VERDICTS`,
    with what is ``missing`` and was ``looked_for``; ``asked`` changes when what it is cited for does.
    """

    passage: str
    verdict: str
    capture: str = ""
    start: int = -1
    stop: int = -1
    hash: str = ""
    found: str = ""
    remedy: str = ""
    differing: tuple[tuple[str, str], ...] = ()
    link: str = ""
    notices: str = ""
    carries: str = ""
    missing: tuple[str, ...] = ()
    looked_for: str = ""
    asked: str = ""

    @property
    def holds(self) -> bool:
        """Whether the passage proves what it is there to prove."""
        return self.verdict in HOLDS

    def __str__(self) -> str:
        where = f" in {self.capture}" if self.capture else ""
        found = f": {self.found}" if self.found else ""
        return f"{self.passage}: {self.verdict}{where}{found}" + (f"; {self.remedy}" if self.remedy else "")


def noticed(notices: Iterable[tuple[str, str]]) -> str:
    """Notices as the ledger has them.

    >>> noticed([("foreign", "in a menu"), ("span", "700 characters")])
    'foreign: in a menu; span: 700 characters'
    """
    return "; ".join(f"{code}: {words.replace(';', ',')}" for code, words in dict.fromkeys(notices) if code)


def verdict_at(
    page: CaptureText,
    passage: str,
    name: str,
    spans: Sequence[tuple[int, int]],
    found: str = "",
    differing: tuple[tuple[str, str], ...] = (),
    remedy: str | None = None,
) -> Verdict:
    """The verdict ``name`` on what stands from the first to the last of ``spans``; its usual remedy unless given one."""
    start, stop = spans[0][0], spans[-1][1]
    digest = passage_hash(page.normal, start, stop)
    remedy = REMEDIES[name] if remedy is None else remedy
    return Verdict(passage, name, page.id, start, stop, digest, found, remedy, differing)


def altered_at(
    page: CaptureText, passage: str, spans: Sequence[tuple[int, int]], pairs: tuple[tuple[str, str], ...]
) -> Verdict:
    """The verdict where other words stand there: those that differ, as (ours, the page's)."""
    found = describe_differences(pairs) or "the punctuation differs"
    return verdict_at(page, passage, "altered", spans, found, pairs)


def no_capture(passage: str) -> Verdict:
    """The verdict where nothing of the passage's source was captured."""
    return Verdict(passage, "not-captured", found="no capture of its source", remedy=REMEDIES["not-captured"])


def absent(page: CaptureText, passage: str, found: str = "") -> Verdict:
    """The verdict where the page has nothing like the passage; an excerpt proves no absence."""
    if not page.excerpt:
        return Verdict(passage, "not-found", page.id, found=found, remedy=REMEDIES["not-found"])
    found = "; ".join(filter(None, (found, "not in the excerpt kept, which proves no absence")))
    return Verdict(passage, "not-captured", page.id, found=found, remedy=REMEDIES["not-captured"])


def describe_differences(pairs: tuple[tuple[str, str], ...]) -> str:
    """Differing words in a few words, for a table that must not copy the page.

    >>> describe_differences((("never", "always"), ("for", "")))
    "reads 'always', not 'never'; lacks 'for'"
    """
    clauses = []
    for ours, theirs in pairs:
        if ours and theirs:
            clauses.append(f"reads {_short(theirs)!r}, not {_short(ours)!r}")
        else:
            clauses.append(f"lacks {_short(ours)!r}" if ours else f"has {_short(theirs)!r} more")
    return "; ".join(clauses)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
