"""`kit tidy` and `kit docs`: tables and generated pages put in order."""

from __future__ import annotations

import click

from kit.cli.output import case_of


@click.command()
@click.pass_context
def tidy(context: click.Context) -> None:
    """Rewrite tables that a spreadsheet has saved in another form: byte-order mark, line ends, order of rows."""
    from kit.tables.write import tidy as tidy_tables

    names = tidy_tables(case_of(context).path)
    click.echo("\n".join(f"rewrote {name}" for name in names) or "all tables are tidy")


@click.command()
@click.pass_context
def docs(context: click.Context) -> None:
    """Write data/README.md and data/datapackage.json again from the schema."""
    from kit.files import write_whole
    from kit.tables.datapackage import described, stale

    case = case_of(context)
    old = stale(case.path, case.title)
    for name in old:
        write_whole(case.path / name, described(case.title)[name].encode())
    click.echo("\n".join(f"wrote {name}" for name in old) or "nothing is stale")
