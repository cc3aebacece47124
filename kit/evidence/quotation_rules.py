"""The gate's rules on quotations: the words between quotation marks beside a source must be that source's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kit.evidence.findings import REMEDIES
from kit.evidence.matter import Matter
from kit.evidence.rules import Finding, Rule

_SHOWN = 60


def _failing(named: tuple[str, ...], matter: Matter) -> Iterator[Finding]:
    for quote, source, verdict in matter.quotations:
        if verdict.verdict in named:
            found = (
                f"{_short(quote.words)} in {source}: {verdict.verdict}: {verdict.found or 'nothing like it'}"
            )
            yield Finding(quote.place, quote.record, found.removesuffix(": "), verdict.remedy)


def _uncited(matter: Matter) -> Iterator[Finding]:
    for quote in matter.quotes:
        if not quote.sources:
            yield Finding(quote.place, quote.record, f"{_short(quote.words)} stands beside no source")


def _short(words: str) -> str:
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + '…'}”"


RULES = (
    Rule(
        "quotation-altered",
        "error",
        "Quotation marks promise the source's own words, in its order.",
        REMEDIES["altered"],
        partial(_failing, ("altered", "spliced", "changed")),
        "data/manual/events.csv, raid-harbour, summary: “officers carried 83 boxes away” in harbour-post-2021: altered: "
        "reads '38', not '83'",
    ),
    Rule(
        "quotation-not-found",
        "error",
        "The sources beside a quotation were captured whole, and none has it.",
        "cite the source that has the words, or say it in your own without quotation marks",
        partial(_failing, ("not-found", "wrong-source")),
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: “nobody was told of the search” in harbour-post-2021: "
        "not-found: nothing like it",
    ),
    Rule(
        "quotation-not-captured",
        "warning",
        "A quotation is compared with captures, and none here has the page, or that part of it.",
        REMEDIES["not-captured"],
        partial(_failing, ("not-captured",)),
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: “nobody was told of the search” in harbour-post-2021: "
        "not-captured: no capture of its source",
    ),
    Rule(
        "quotation-uncited",
        "warning",
        "A quotation without a source beside it is nobody's.",
        "put the mark of its source into the sentence",
        _uncited,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: “nobody was told of the search” stands beside no source",
    ),
)
