"""`kit run` and `kit report`: the notebooks run again, and what other people read."""

from __future__ import annotations

import sys

import click

from kit.commands import case_of, progress


@click.command()
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.option("--accept", is_flag=True, help="Save the notebooks as they ran.")
@click.pass_context
def run(context: click.Context, only: str, accept: bool) -> None:
    """Run the notebooks again; show which numbers, tables and charts changed, and save them only with --accept."""
    from kit.reporting.run import run as run_notebooks

    moved = run_notebooks(case_of(context), only=only, accept=accept, progress=progress("running"))
    for name, changes in moved.items():
        click.echo(f"notebooks/{name}.ipynb: {len(changes)} output{'s' if len(changes) > 1 else ''} changed")
        for change in changes:
            click.echo(f"  {change}")
    if not moved:
        click.echo("nothing changed")
    elif accept:
        click.echo("accepted and saved")
    else:
        click.echo("nothing saved; to keep this: kit run --accept")
        sys.exit(1)


@click.command()
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.pass_context
def report(context: click.Context, only: str) -> None:
    """Run the notebooks and write reports/."""
    from kit.reporting.build import report as build

    case = case_of(context)
    for path in build(case, only=only, progress=progress("running")):
        click.echo(path.relative_to(case.path))
