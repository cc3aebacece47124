"""`kit replies`, and what `kit check --import` does: who has to be heard, and what a checker sent back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.cli.output import case_of, say

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case


@click.command()
@click.option(
    "--draft", "party", default="", help="Draft the letter to this party, by its id, as Word and text."
)
@click.option(
    "--deadline", default="", help="The day by which to answer, as 2025-07-29; needed for a letter."
)
@click.option("--claim", "claims", multiple=True, help="Put this claim of others to them too, by its id.")
@click.pass_context
def replies(context: click.Context, party: str, deadline: str, claims: tuple[str, ...]) -> None:
    """List who is accused and has not been heard, draft letters, and print what the log of replies lets us say."""
    from kit.clock import today
    from kit.evidence.replies import log_in_words, unanswered, unheard_parties, unsupported_claims

    case = case_of(context)
    if claims and not party:
        raise click.UsageError("--claim goes with --draft")
    if party:
        _draft(case, party, deadline, claims)
        return
    missing = unheard_parties(case)
    for (name, identity), rows in missing.groupby(["name", "party"], sort=False):
        say(f"{name} ({identity}): not heard on {len(rows)}")
        for row in rows.itertuples():
            say(f"  {row.date} {row.title} ({row.status}, according to {row.attributed_to})")
    if missing.empty:
        say("everybody who is accused has been heard or asked")
    _claims(unsupported_claims(case))
    for sentence in unanswered(case, today())["sentence"]:
        say(sentence)
    say(log_in_words(case))


def _claims(found: pd.DataFrame) -> None:
    """Print the claims of others that we do not bear out, by the actors whom they may concern."""
    if found.empty:
        return
    say("claims of others that we print and do not find supported; say for yourself which of them accuse:")
    for (name, party), rows in found.groupby(["name", "party"], sort=False):
        known = party or "no actor of the case: to write to it, add it to actors.csv"
        for why, told in (("made", "made"), ("named", "is named in")):
            if ids := rows.loc[rows["why"] == why, "record"].tolist():
                say(f"  {name} ({known}) {told} {', '.join(ids)}")
    say("  to put one to a party: kit replies --draft ACTOR --deadline DAY --claim ID")


def _draft(case: Case, party: str, deadline: str, claims: tuple[str, ...]) -> None:
    from kit.factcheck.export import draft_letter

    if not deadline:
        raise click.UsageError("a letter needs --deadline, a day such as 2025-07-29")
    for path in draft_letter(case, party, deadline, claims):
        say(path.relative_to(case.path))
    say("a draft: see that it names no source who must not be named; once sent, log it in replies.csv")


def carry_over(case: Case, path: Path, sent: Path | None = None) -> None:
    """Nothing; a packet is imported, and what became of it printed: exit status 1 where something in it found no place."""
    from kit.factcheck.merge import import_packet

    outcome = import_packet(case, path, sent)
    say(outcome)
    sys.exit(0 if outcome.clean else 1)
