"""The gate's rules on passages and quotations: what is said to stand in a source must stand there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, place, rule
from kit.evidence.passages import ledger
from kit.evidence.passages.verdict import HOLDS, NOTICES, REMEDIES
from kit.evidence.support.carrying import missing_words
from kit.evidence.support.cited_facts import SUPPORTING_STANCES
from kit.evidence.support.question import DATE_FIELDS

_REASONS = {
    "altered": "Words that are nearly the source's are not the source's.",
    "spliced": "Parts put together say what nobody said.",
    "wrong-source": "The words are another source's, so this one proves nothing.",
    "changed": "The page no longer says what we say it says.",
    "not-found": "The whole page was captured, and the passage is not on it.",
    "ambiguous": "A passage that stands in several places does not lead the reader to one.",
    "not-captured": "Nobody can check a passage of which nothing was kept.",
}
_CARRIED = ("carries", "missing", "looked_for", "asked")
_SEEN = {"here": "read in the captures here", "nowhere": "never checked"}


def _failing(verdict: str, context: CheckContext) -> Iterator[Finding]:
    verdicts = context.verdicts
    for row, record, where, words in _named(verdicts[verdicts["verdict"] == verdict], context):
        seen = _SEEN.get(row.seen) or f"by the ledger, {row.checked_on}"
        found = f"{words} in {row.source}: {row.found or verdict} ({seen})"
        yield Finding(where, record, found, row.remedy)


def _named(rows: pd.DataFrame, context: CheckContext) -> Iterator[tuple[Any, str, str, str]]:
    """Each verdict with its fact, the place of its row of evidence, and the ends of its passage."""
    evidence = context.case.table("evidence").reset_index().set_index("id")
    for row in rows.itertuples():
        cited = evidence.loc[row.evidence]
        words = f"“{cited['start']} … {cited['end']}”" if cited["end"] else f"“{cited['start']} …”"
        yield row, cited["record"], place("evidence", f"row {cited['index'] + 2}", "start"), words


def _dated(context: CheckContext) -> set[str]:
    """The facts of which a passage of the whole fact, or of its day, carries the day: others need not have it too."""
    evidence = context.case.table("evidence")
    evidence = evidence[
        evidence["stance"].isin(SUPPORTING_STANCES) & evidence["field"].isin(("", *DATE_FIELDS))
    ]
    found = context.verdicts.set_index("evidence")[["carries", "missing"]]
    rows = evidence.join(found, on="id", how="inner")
    has = rows["carries"].eq("carries") | (rows["carries"].eq("part") & ~rows["missing"].str.contains("day"))
    return set(rows.loc[has, "record"])


def _of_whole_records(context: CheckContext) -> set[str]:
    """The rows of evidence that are for the whole of a record, and for no value of it."""
    evidence = context.case.table("evidence")
    return set(evidence.loc[evidence["field"].eq("") & evidence["says"].eq(""), "id"])


_NAME_ANOTHER = (
    "name a passage that has it, put the value as the source has it, or write `inferred` into `says`"
)


def _short_of(carries: str, cited: bool | None, context: CheckContext) -> Iterator[Finding]:
    """Passages that carry no more than ``carries`` of facts that the notebooks cite, do not cite, or either."""
    verdicts = context.verdicts
    for row, record, where, words in _named(verdicts[verdicts["carries"] == carries], context):
        # A row for the whole of a record is not about its day; that its passage has none is told beside it.
        whole = row.evidence in context.once(_of_whole_records) or record in context.once(_dated)
        if (cited is None or cited == (record in context.cited)) and not (
            (carries, row.missing) == ("part", "day") and whole
        ):
            found = f"{words} in {row.source} lacks {missing_words(row.missing)}: {row.looked_for}"
            yield Finding(where, record, found)


_CARRYING_RULES = tuple(
    Rule(code, severity, reason, _NAME_ANOTHER, partial(_short_of, carries, cited))
    for code, severity, carries, cited, reason in (
        (
            "passage-without-fact",
            "error",
            "lacks",
            True,
            "A passage proves a printed fact only where its number, its day or its name stands in it.",
        ),
        (
            "passage-without-uncited-fact",
            "warning",
            "lacks",
            False,
            "A passage in which nothing of the fact stands proves nothing, though nothing prints the fact yet.",
        ),
        (
            "passage-with-part",
            "warning",
            "part",
            None,
            "What of a fact does not stand in the passage is proved by nothing.",
        ),
    )
)


#: What mends what is told of a passage that holds, and how grave it is.
_NOTICED = {
    "unseen": ("notice", "cite a passage that a reader sees, or say where this one stands"),
    "foreign": ("notice", "say whose words they are, or cite the article itself"),
    "span": ("notice", "see whether the fact stands between the ends, and narrow them"),
    "locator": ("notice", "mend `locator`"),
    "cut": ("warning", "take the whole of it into `start` or `end`"),
}


def _told(code: str, notices: str) -> Iterator[str]:
    for notice in notices.split("; "):
        named, _, words = notice.partition(": ")
        if named == code:
            yield words


def _notices(code: str, context: CheckContext) -> Iterator[Finding]:
    verdicts = context.verdicts
    evidence = context.case.table("evidence").reset_index().set_index("id")
    for row in verdicts[verdicts["verdict"].isin(HOLDS)].itertuples():
        for words in _told(code, row.notices):
            cited = evidence.loc[row.evidence]
            where = place(
                "evidence", f"row {cited['index'] + 2}", "locator" if code == "locator" else "start"
            )
            yield Finding(where, cited["record"], f"“{cited['start']} …” in {row.source}: {words}")
    for quote, source, verdict in context.quotations:
        for words in _told(code, verdict.notices) if verdict.holds else ():
            yield Finding(quote.place, quote.record, f"{_short(quote.words)} in {source}: {words}")


_NOTICE_RULES = tuple(
    Rule(f"passage-{code}", *_NOTICED[code][:1], reason, _NOTICED[code][1], partial(_notices, code))
    for code, reason in NOTICES.items()
)


@rule("ledger-stale", "warning", "kit check --renew")
def ledger_stale(context: CheckContext) -> Iterator[Finding]:
    """Reports and notebooks read the ledger, never the captures: what it lacks they do not know.

    Verdicts that the ledger does not have as they stand, and those it has on passages that are no more.
    """
    rows = ledger.read_passages(context.case.path).set_index("evidence")
    written, carried = rows["verdict"], rows[[*_CARRIED]].to_dict("index")
    records = context.case.table("evidence").set_index("id")["record"]
    where = ledger.PASSAGE_LEDGER.as_posix()
    for row in context.verdicts.itertuples():
        before = written.get(row.evidence, "not-captured")
        if before != row.verdict:
            found = f"{row.evidence}: the ledger says {before}, the captures here say {row.verdict}"
            yield Finding(where, records[row.evidence], found)
        elif row.evidence in carried and carried[row.evidence] != {
            name: getattr(row, name) for name in _CARRIED
        }:
            before, now = (of["carries"] or "not looked at" for of in (carried[row.evidence], row._asdict()))
            found = f"{row.evidence}: of its fact the ledger says {before}, it is {now} as the fact stands"
            if before == now:
                found = (
                    f"{row.evidence}: its fact has changed since its passage was judged; it still is {now}"
                )
            yield Finding(where, records[row.evidence], found)
    gone = written.index.difference(context.verdicts["evidence"])
    if len(gone):
        yield Finding(where, "", f"{len(gone)} verdicts are on passages that no row of evidence.csv has")


_PASSAGE_RULES = tuple(
    Rule(
        f"passage-{verdict}",
        "warning" if verdict == "not-captured" else "error",
        _REASONS[verdict],
        remedy,
        partial(_failing, verdict),
    )
    for verdict, remedy in REMEDIES.items()
    if verdict not in HOLDS
)

#: Characters of a quotation that a message shows.
_SHOWN = 60


def _failing_quotations(named: tuple[str, ...], context: CheckContext) -> Iterator[Finding]:
    for quote, source, verdict in context.quotations:
        if verdict.verdict in named:
            found = (
                f"{_short(quote.words)} in {source}: {verdict.verdict}: {verdict.found or 'nothing like it'}"
            )
            yield Finding(quote.place, quote.record, found.removesuffix(": "), verdict.remedy)


@rule("quotation-uncited", "warning", "put the mark of its source into the sentence")
def quotation_uncited(context: CheckContext) -> Iterator[Finding]:
    """A quotation without a source beside it is nobody's."""
    for quote in context.quotes:
        if not quote.sources:
            yield Finding(quote.place, quote.record, f"{_short(quote.words)} stands beside no source")


def _short(words: str) -> str:
    return f"“{words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + '…'}”"


_QUOTATION_RULES = tuple(
    Rule(f"quotation-{name}", severity, reason, remedy, partial(_failing_quotations, verdicts))
    for name, severity, verdicts, reason, remedy in (
        (
            "altered",
            "error",
            ("altered", "spliced", "changed"),
            "Quotation marks promise the source's own words, in its order.",
            REMEDIES["altered"],
        ),
        (
            "not-found",
            "error",
            ("not-found", "wrong-source"),
            "The sources beside a quotation were captured whole, and none has it.",
            "cite the source that has the words, or say it in your own without quotation marks",
        ),
        (
            "not-captured",
            "warning",
            ("not-captured",),
            "A quotation is compared with captures, and none here has the page, or that part of it.",
            REMEDIES["not-captured"],
        ),
    )
)

RULES = (
    *_PASSAGE_RULES,
    *_CARRYING_RULES,
    *_NOTICE_RULES,
    ledger_stale,
    *_QUOTATION_RULES,
    quotation_uncited,
)
