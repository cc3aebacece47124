"""The gate's rules on quotations: the words between quotation marks beside a source must be that source's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, place
from kit.evidence.passages import ledger
from kit.evidence.passages.verdict import HOLDS, REMEDIES

_REASONS = {
    "altered": "Words that are nearly the source's are not the source's.",
    "spliced": "Parts put together say what nobody said.",
    "wrong-source": "The words are another source's, so this one proves nothing.",
    "changed": "The page no longer says what we say it says.",
    "not-found": "The whole page was captured, and the passage is not on it.",
    "ambiguous": "A passage that stands in several places does not lead the reader to one.",
    "not-captured": "Nobody can check a passage of which nothing was kept.",
}
_EXAMPLES = {
    "altered": "“officers carried 83 … boxes away” in harbour-post-2021: reads '38', not '83' (read in the captures here)",
    "spliced": "“boxes away … Police searched the” in harbour-post-2021: the ends stand in another order "
    "(read in the captures here)",
    "wrong-source": "“Police searched the …” in coast-digest-2021: stands in harbour-post-2021 (read in the captures here)",
    "changed": "“officers carried 38 …” in harbour-post-2021: stood there on 2021-03-02, not in the newest capture "
    "(by the ledger, 2021-06-01)",
    "not-found": "“the mayor resigned …” in harbour-post-2021: nothing like it (by the ledger, 2021-06-01)",
    "ambiguous": "“the harbour …” in harbour-post-2021: 4 places (read in the captures here)",
    "not-captured": "“Police searched the …” in harbour-post-2021: no capture of its source (never checked)",
}
_SEEN = {"here": "read in the captures here", "nowhere": "never checked"}


def _failing(verdict: str, matter: CheckContext) -> Iterator[Finding]:
    verdicts = matter.verdicts
    evidence = matter.case.table("evidence").reset_index().set_index("id")
    for row in verdicts[verdicts["verdict"] == verdict].itertuples():
        cited = evidence.loc[row.evidence]
        words = f"“{cited['start']} … {cited['end']}”" if cited["end"] else f"“{cited['start']} …”"
        seen = _SEEN.get(row.seen) or f"by the ledger, {row.checked_on}"
        found = f"{words} in {row.source}: {row.found or verdict} ({seen})"
        where = place("evidence", f"row {cited['index'] + 2}", "start")
        yield Finding(where, cited["record"], found, row.remedy)


def _unwritten(matter: CheckContext) -> Iterator[Finding]:
    """Verdicts that the ledger does not have as they stand, and those it has on passages that are no more."""
    written = ledger.read_ledger(matter.case.path).set_index("evidence")["verdict"]
    records = matter.case.table("evidence").set_index("id")["record"]
    where = ledger.LEDGER.as_posix()
    for row in matter.verdicts.itertuples():
        before = written.get(row.evidence, "not-captured")
        if before != row.verdict:
            found = f"{row.evidence}: the ledger says {before}, the captures here say {row.verdict}"
            yield Finding(where, records[row.evidence], found)
    gone = written.index.difference(matter.verdicts["evidence"])
    if len(gone):
        yield Finding(where, "", f"{len(gone)} verdicts are on passages that no row of evidence.csv has")


_PASSAGE_RULES = (
    *(
        Rule(
            f"passage-{verdict}",
            "warning" if verdict == "not-captured" else "error",
            _REASONS[verdict],
            remedy,
            partial(_failing, verdict),
            f"data/manual/evidence.csv, row 14, start: {_EXAMPLES[verdict]}",
        )
        for verdict, remedy in REMEDIES.items()
        if verdict not in HOLDS
    ),
    Rule(
        "ledger-stale",
        "warning",
        "Reports and notebooks read the ledger, never the captures: what it lacks they do not know.",
        "kit check --renew",
        _unwritten,
        "data/processed/passages.csv: e-dca685f1: the ledger says exact, the captures here say changed",
    ),
)


_SHOWN = 60


def _failing_quotations(named: tuple[str, ...], matter: CheckContext) -> Iterator[Finding]:
    for quote, source, verdict in matter.quotations:
        if verdict.verdict in named:
            found = (
                f"{_short(quote.words)} in {source}: {verdict.verdict}: {verdict.found or 'nothing like it'}"
            )
            yield Finding(quote.place, quote.record, found.removesuffix(": "), verdict.remedy)


def _uncited(matter: CheckContext) -> Iterator[Finding]:
    for quote in matter.quotes:
        if not quote.sources:
            yield Finding(quote.place, quote.record, f"{_short(quote.words)} stands beside no source")


def _short(words: str) -> str:
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + '…'}”"


_QUOTATION_RULES = (
    Rule(
        "quotation-altered",
        "error",
        "Quotation marks promise the source's own words, in its order.",
        REMEDIES["altered"],
        partial(_failing_quotations, ("altered", "spliced", "changed")),
        "data/manual/events.csv, raid-harbour, summary: “officers carried 83 boxes away” in harbour-post-2021: altered: "
        "reads '38', not '83'",
    ),
    Rule(
        "quotation-not-found",
        "error",
        "The sources beside a quotation were captured whole, and none has it.",
        "cite the source that has the words, or say it in your own without quotation marks",
        partial(_failing_quotations, ("not-found", "wrong-source")),
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: “nobody was told of the search” in harbour-post-2021: "
        "not-found: nothing like it",
    ),
    Rule(
        "quotation-not-captured",
        "warning",
        "A quotation is compared with captures, and none here has the page, or that part of it.",
        REMEDIES["not-captured"],
        partial(_failing_quotations, ("not-captured",)),
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

RULES = (*_PASSAGE_RULES, *_QUOTATION_RULES)
