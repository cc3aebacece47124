"""The gate's rules on passages: one for each verdict with which a passage proves nothing, and one on the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kit.evidence import ledger
from kit.evidence.findings import HOLDS, REMEDIES
from kit.evidence.matter import Matter
from kit.evidence.rules import Finding, Rule, place

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


def _failing(verdict: str, matter: Matter) -> Iterator[Finding]:
    verdicts = matter.verdicts
    evidence = matter.case.evidence.reset_index().set_index("id")
    for row in verdicts[verdicts["verdict"] == verdict].itertuples():
        cited = evidence.loc[row.evidence]
        words = f"“{cited['start']} … {cited['end']}”" if cited["end"] else f"“{cited['start']} …”"
        seen = _SEEN.get(row.seen) or f"by the ledger, {row.checked_on}"
        found = f"{words} in {row.source}: {row.found or verdict} ({seen})"
        where = place("evidence", f"row {cited['index'] + 2}", "start")
        yield Finding(where, cited["record"], found, row.remedy)


def _unwritten(matter: Matter) -> Iterator[Finding]:
    """Verdicts that the ledger does not have as they stand, and those it has on passages that are no more."""
    written = ledger.read_ledger(matter.case.path).set_index("evidence")["verdict"]
    records = matter.case.evidence.set_index("id")["record"]
    where = ledger.LEDGER.as_posix()
    for row in matter.verdicts.itertuples():
        before = written.get(row.evidence, "not-captured")
        if before != row.verdict:
            found = f"{row.evidence}: the ledger says {before}, the captures here say {row.verdict}"
            yield Finding(where, records[row.evidence], found)
    gone = written.index.difference(matter.verdicts["evidence"])
    if len(gone):
        yield Finding(where, "", f"{len(gone)} verdicts are on passages that no row of evidence.csv has")


RULES = (
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
