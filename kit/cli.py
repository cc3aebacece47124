"""The verbs in the shell. They parse words and call the floors below."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kit.errors import KitError


class _Kit(click.Group):
    """Commands whose known errors end in a message and exit status 1, never in a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KitError as error:
            click.echo(str(error), err=True)
            sys.exit(1)


@click.group(cls=_Kit, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--case", "folder", type=click.Path(path_type=Path), help="The case folder; default: the one around here."
)
@click.version_option(package_name="casebook-kit")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Keep sources, check what we say of them, and report."""
    context.obj = folder


def _case(context: click.Context):
    from kit.case import open_case

    return open_case(context.obj)


def _progress(label: str):
    """A bar that grows by a notebook, one line each, so that a log keeps it too."""

    def told(name: str, number: int, total: int) -> None:
        bar = "█" * number + "·" * (total - number)
        click.echo(f"{label} {bar} {number}/{total} {name}", err=True)

    return told


@main.command()
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.option("--accept", is_flag=True, help="Save the notebooks as they ran.")
@click.pass_context
def run(context: click.Context, only: str, accept: bool) -> None:
    """Run the notebooks again; show which numbers, tables and charts changed, and save them only with --accept."""
    from kit.reporting.run import run as run_notebooks

    moved = run_notebooks(_case(context), only=only, accept=accept, progress=_progress("running"))
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


@main.command()
@click.option("--only", default="", help="One notebook, by the beginning of its name.")
@click.pass_context
def report(context: click.Context, only: str) -> None:
    """Run the notebooks and write reports/."""
    from kit.reporting.build import report as build

    case = _case(context)
    for path in build(case, only=only, progress=_progress("running")):
        click.echo(path.relative_to(case.path))


@main.command()
@click.pass_context
def tidy(context: click.Context) -> None:
    """Rewrite tables that a spreadsheet has saved in another form: byte-order mark, line ends, order of rows."""
    from kit.tables.write import tidy as tidy_tables

    names = tidy_tables(_case(context).path)
    click.echo("\n".join(f"rewrote {name}" for name in names) or "all tables are tidy")


@main.command()
@click.pass_context
def docs(context: click.Context) -> None:
    """Write data/README.md and data/datapackage.json again from the schema."""
    from kit.tables.describe import described, stale
    from kit.tables.write import write_whole

    case = _case(context)
    old = stale(case.path, case.title)
    for name in old:
        write_whole(case.path / name, described(case.title)[name].encode())
    click.echo("\n".join(f"wrote {name}" for name in old) or "nothing is stale")
