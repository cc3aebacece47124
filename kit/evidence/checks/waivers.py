"""Findings that a person has set aside in ``data/manual/waivers.csv``, and waivers that do not do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, rule


def waived(context: CheckContext) -> list[str]:
    """For each finding of the context, in order, who set it aside, since when, until when and why; blank where nobody.

    A waiver names a rule and a record, or the finding's place where it has no record. It counts from its first day
    to its last; one without a last day does not count. Where the tables do not load, there are no waivers.
    """
    words = {
        (row.rule, row.record): f"{row.by}, {row.on} until {row.until}: {row.reason}"
        for row in context.waivers.itertuples()
        if _counts(row, context)
    }
    return [words.get((rule.code, _named(finding)), "") for rule, finding in context.found]


def _named(finding: Finding) -> str:
    return finding.record or finding.place


def _row(row: Any) -> str:
    return f"row {row.Index + 2}"


def _counts(row: Any, context: CheckContext) -> bool:
    day = pd.Timestamp(context.on)
    return bool(row.on_earliest <= day <= row.until_latest)


@rule("waiver-unknown", "warning", "correct the rule's code")
def waiver_unknown(context: CheckContext) -> Iterator[Finding]:
    """A waiver for a rule that does not exist sets nothing aside, and its author believes it does."""
    codes = context.codes
    for row in context.waivers.itertuples():
        if row.rule not in codes:
            near = get_close_matches(row.rule, codes, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else ""
            yield Finding(
                place("waivers", _row(row), "rule"), row.record, f"no rule has the code {row.rule!r}", remedy
            )


@rule("waiver-expired", "warning", "mend the finding, or look again and write a new last day")
def waiver_expired(context: CheckContext) -> Iterator[Finding]:
    """Setting a finding aside is a decision for a time; after that somebody must look again."""
    day = pd.Timestamp(context.on)
    for row in context.waivers.itertuples():
        where = place("waivers", _row(row), "until")
        if pd.isna(row.until_latest):
            yield Finding(
                where, row.record, f"{row.rule}: until {row.until!r} has no last day", "write a day"
            )
        elif row.until_latest < day:
            yield Finding(where, row.record, f"{row.rule}: set aside by {row.by} only until {row.until}")


@rule("waiver-idle", "notice", "remove the row")
def waiver_idle(context: CheckContext) -> Iterator[Finding]:
    """A waiver whose finding is gone would hide the next one of its kind."""
    open_ = {(rule.code, _named(finding)) for rule, finding in context.found}
    for row in context.waivers.itertuples():
        if row.rule not in context.codes or (row.rule, row.record) in open_:
            continue
        yield Finding(
            place("waivers", _row(row)),
            row.record,
            f"{row.rule} finds nothing here that could be set aside",
        )


RULES = (waiver_unknown, waiver_expired, waiver_idle)
