"""`kit lineage`: who seems to repeat whom, for a person to take over into `derived_from` or not."""

from __future__ import annotations

import click

from kit.cli.check import clipped
from kit.cli.output import case_of, say
from kit.text.wording import plural


@click.command()
@click.pass_context
def lineage(context: click.Context) -> None:
    """Say which pages seem to repeat which, by their texts as captured here."""
    from kit.evidence.provenance.detection import propose_lineage

    found = propose_lineage(case_of(context))
    for row in found.itertuples():
        known = "as in derived_from" if row.known else "not in derived_from"
        say(f"{row.source} repeats {row.parent} ({row.kind}; {known})")
        for reason in row.reasons:
            say(f"  {clipped(reason)}")
    say(f"{plural(len(found), 'repetition')} proposed, {int((~found['known']).sum())} of them new")
