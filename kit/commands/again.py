"""`kit keep --again`: what is due captured again, and what changed said with the evidence that it touches."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import click
import pandas as pd

from kit.case import Case
from kit.commands.keeping import bar
from kit.commands.outside import safe
from kit.errors import KitError
from kit.sources.addresses import BadAddress, web_address
from kit.sources.keep import now
from kit.sources.reading import visible
from kit.sources.recapture import due, recapture


def keep_again(case: Case, targets: tuple[str, ...], days: float, fetching: Mapping[str, Any]) -> bool:
    """Capture again the pages named, or all that are due, and print what changed; whether one was missed.

    Each is in the ledger before the next is asked for, so that nothing is lost when the run is stopped.
    """
    captures = _named(due(case, timedelta(days=days), now()), targets)
    evidence = case.evidence
    counts: Counter[str] = Counter()
    try:
        with bar("again") as told:
            for number in range(len(captures)):
                row = recapture(case, captures.iloc[[number]], visible, evidence, **fetching).iloc[0]
                told(number + 1, len(captures), str(row["url"]))
                counts[row["change"] or "unchanged"] += 1
                _tell(row, evidence)
    except KeyboardInterrupt:
        click.echo("\nstopped; what came is kept, and the same command goes on with the rest", err=True)
        sys.exit(130)
    summary = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    click.echo(summary or f"nothing is due: every page was tried within {days:g} days, or was never fetched")
    return counts["missed"] > 0


def _named(captures: pd.DataFrame, targets: tuple[str, ...]) -> pd.DataFrame:
    if not targets:
        return captures
    wanted = pd.Series(False, index=captures.index)
    for target in targets:
        address = _address(target)
        found = (
            captures["source"].eq(target) | captures["url"].eq(address) | captures["final_url"].eq(address)
        )
        if not found.any():
            raise KitError(target, "was never fetched, or not long enough ago", "keep it first")
        wanted |= found
    return captures[wanted]


def _address(target: str) -> str:
    try:
        return web_address(target)
    except BadAddress:
        return target


def _tell(row: pd.Series, evidence: pd.DataFrame) -> None:
    if not row["change"]:
        return
    click.echo(f"{row['change']}: {row['source']} {safe(row['url'])}")
    if row["reason"]:
        click.echo(f"  {safe(row['reason'])}")
        return
    click.echo(f"  before {row['before']}\n  after  {row['after']}")
    for line in safe(row["diff"]).splitlines():
        click.echo(f"    {line}")
    for piece in evidence[evidence["id"].isin(row["touched"])].itertuples():
        words = f"{piece.start} … {piece.end}" if piece.end else piece.start
        click.echo(
            f"  touches {piece.record}, {piece.field or 'as a whole'}: “{safe(str(words))}” ({piece.id})"
        )
