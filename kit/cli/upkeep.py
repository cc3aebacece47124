"""`kit tidy`, `kit docs` and `kit upgrade`: tables and what describes them put in order."""

from __future__ import annotations

import click

from kit.cli.output import case_of, safe


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
    """Write data/README.md and data/datapackage.json again: what each table and column means."""
    from kit.files import write_all
    from kit.tables.datapackage import described, stale

    folder = case_of(context).path
    made, old = described(folder), stale(folder)
    write_all({folder / name: made[name] for name in old})
    click.echo("\n".join(f"wrote {name}" for name in old) or "nothing is stale")


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def upgrade(context: click.Context, dry_run: bool) -> None:
    """Bring a case of the first edition to this one; a copy of what changes is kept."""
    from kit.tables.upgrade import upgrade as upgraded

    case = case_of(context)
    done = upgraded(case.path, dry_run=dry_run)
    if not done.texts:
        click.echo("this case is of this edition already")
        return
    click.echo(safe(done.diff()))
    names = ", ".join(done.texts)
    if done.copy is None:
        click.echo(f"would change {names}; nothing was written")
    else:
        click.echo(f"changed {names}; as they were: {done.copy.relative_to(case.path).as_posix()}/")
