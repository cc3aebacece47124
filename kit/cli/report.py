"""`kit run`, `kit report` and `kit export`: the notebooks run again, and what other people read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kit.case import Case
from kit.cli.output import case_of, progress, say
from kit.text.wording import plural


@click.command()
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.option("--accept", is_flag=True, help="Save the notebooks as they ran.")
@click.pass_context
def run(context: click.Context, only: str, accept: bool) -> None:
    """Run the notebooks again; show which numbers, tables and charts changed, and save them only with --accept."""
    from kit.reporting.execution.run import run as run_notebooks

    moved = run_notebooks(case_of(context), only=only, accept=accept, progress=progress("running"))
    for name, changes in moved.items():
        say(f"notebooks/{name}.ipynb: {plural(len(changes), 'output')} changed")
        for change in changes:
            say(f"  {change}")
    if not moved:
        say("nothing changed")
    elif accept:
        say("accepted and saved")
    else:
        say("nothing saved; to keep this: kit run --accept")
        sys.exit(1)


@click.command()
@click.option("--edition", default="public", help="internal, legal or public (the default).")
@click.option("--to", default="", help="Formats, with commas between: html,pdf,docx,md,packet; default: all.")
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.option("--verify", is_flag=True, help="Build it again aside and compare the bytes; write nothing.")
@click.option(
    "--dry-run", is_flag=True, help="List what would go public, row by row, with why; write nothing."
)
@click.pass_context
def report(context: click.Context, edition: str, to: str, only: str, verify: bool, dry_run: bool) -> None:
    """Write an edition of the report to reports/EDITION/."""
    from kit.reporting.build import report as build

    case = case_of(context)
    if dry_run:
        _list_public(case, only)
        return
    show = progress("building")
    if verify:
        from kit.reporting.build import verify as compare

        if to or only:
            raise click.UsageError("--verify compares what is there; leave out --to and --only")
        say(f"{len(compare(case, edition, show))} files, all as a fresh build gives them")
        return
    for path in build(case, edition=edition, to=to, only=only, progress=show):
        say(path.relative_to(case.path))
    manifest = json.loads((case.path / "reports" / edition / "manifest.json").read_text(encoding="utf-8"))
    for warning in manifest["warnings"]:
        say(f"warning: {warning}", err=True)


@click.command()
@click.argument("form", type=click.Choice(["timelinejs", "datawrapper", "ftm"]))
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def export(context: click.Context, form: str, path: Path) -> None:
    """Write what goes public for another program: a timeline, tables for charts, FollowTheMoney entities."""
    from kit.reporting.interchange.export import export as exported

    for written in exported(case_of(context), form, path):
        say(written)


def _list_public(case: Case, only: str) -> None:
    from kit.reporting.build import preview

    found = preview(case, only)
    for table, rows in found.groupby("table", sort=False):
        public = rows["public"].eq("yes")
        say(f"{table}: {public.sum():,} of {plural(len(rows), 'row')} would go public")
        for row in rows.itertuples():
            say(f"  {row.public:3}  {row.row}: {row.why}")
