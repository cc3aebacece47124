"""`kit inbox`: facts that a program or a colleague proposes, shown with what was found, accepted or dropped."""

from __future__ import annotations

import json

import click

from kit.cli.output import case_of, say
from kit.text.wording import plural


@click.group()
def inbox() -> None:
    """See the facts that are proposed in data/inbox, and put them into the tables or aside."""


@inbox.command("list")
@click.argument("id", required=False, default="")
@click.pass_context
def list_(context: click.Context, id: str) -> None:
    """List what is proposed, with the verdict on each passage; with an ID, all the rows of that one."""
    from kit.desk.inbox import proposals

    found = proposals(case_of(context), id)
    for one in found:
        rows = [(table, row) for table, its in one.rows.items() for row in its]
        say(f"{one.id}  by {one.by or 'nobody known'}: {plural(len(rows), 'row')}")
        if id and one.why:
            say(f"  {one.why}")
        for table, row in rows if id else ():
            say(f"  {table}: " + "; ".join(f"{name} = {cell}" for name, cell in row.items() if cell))
        for verdict in one.verdicts:
            carries = f", {verdict.carries}" if verdict.carries else ""
            lacking = f" ({verdict.looked_for})" if verdict.looked_for else ""
            say(
                f"  passage {verdict.verdict}{carries}{lacking}{f': {verdict.found}' if verdict.found else ''}"
            )
        for problem in one.problems:
            say(f"  cannot be accepted: {problem}")
    say(plural(len(found), "proposal"))


@inbox.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_context
def accept(context: click.Context, ids: tuple[str, ...]) -> None:
    """Put the rows of proposals into their tables, all of one or none."""
    from kit.desk.inbox import accept as accepted

    for id in ids:
        say(f"{id}: {accepted(case_of(context), id)}")


@inbox.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_context
def drop(context: click.Context, ids: tuple[str, ...]) -> None:
    """Put proposals aside, into data/inbox/dropped."""
    from kit.desk.inbox import drop as dropped

    case = case_of(context)
    for id in ids:
        say(f"{id}: lies in {dropped(case, id).relative_to(case.path)}")


@inbox.command()
@click.pass_context
def schema(context: click.Context) -> None:
    """Print the JSON schema of a proposal, made from the tables of this case."""
    from kit.desk.proposal import inbox_schema

    say(json.dumps(inbox_schema(case_of(context)), indent=2))
