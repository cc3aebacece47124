"""`kit tidy`, `kit sheet`, `kit docs`, `kit upgrade`, `kit rename`, `kit merge` and `kit merge-tables`: tables, and what names their rows, put in order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.cli.output import case_of, say
from kit.text.wording import listed, plural

if TYPE_CHECKING:
    from kit.sources.renaming import Rewritten


@click.command()
@click.pass_context
def tidy(context: click.Context) -> None:
    """Rewrite tables that a spreadsheet has saved in another form: letters, line ends, separators, order of rows."""
    from kit.tables.write import tidy as tidy_tables

    names = tidy_tables(case_of(context))
    done = [f"rewrote {name}, which had {', '.join(had)}" for name, had in names.items()]
    say("\n".join(done) or "all tables are tidy")


@click.command()
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option(
    "--import",
    "back",
    type=click.Path(path_type=Path),
    help="Bring the edits in this workbook into the tables.",
)
@click.option(
    "--conflicts",
    type=click.Choice(["workbook", "tables"]),
    help="Whose cell stands where both were changed; without it each is shown, and nothing is written.",
)
@click.option("--dry-run", is_flag=True, help="Show what the edits come to, and write nothing.")
@click.pass_context
def sheet(
    context: click.Context, out: Path | None, back: Path | None, conflicts: str | None, dry_run: bool
) -> None:
    """Write the tables to OUT, an Excel workbook to edit them in; with --import, bring the edits back."""
    if (out is None) == (back is None):
        raise click.UsageError("give the name of a workbook to write, or --import with one that came back")
    if out:
        from kit.tables.workbook.write import sheet as written

        if conflicts or dry_run:
            raise click.UsageError("--conflicts and --dry-run go with --import")
        say(f"wrote {listed(written(case_of(context), out))} to {out}")
    elif back:
        from kit.tables.workbook.read import import_sheet

        outcome = import_sheet(case_of(context), back, conflicts or "", dry_run=dry_run)
        say(outcome)
        sys.exit(0 if outcome.clean else 1)


@click.command()
@click.pass_context
def docs(context: click.Context) -> None:
    """Write data/README.md and data/datapackage.json again: what each table and column means."""
    from kit.tables.datapackage import write_docs

    names = write_docs(case_of(context))
    say("\n".join(f"wrote {name}" for name in names) or "nothing is stale")


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def upgrade(context: click.Context, dry_run: bool) -> None:
    """Bring a case of the first edition to this one; a copy of what changes is kept."""
    from kit.tables.upgrade import upgrade as upgraded

    case = case_of(context)
    done = upgraded(case, dry_run=dry_run)
    if not done.texts:
        say("this case is of this edition already")
        return
    say(done.diff())
    names = ", ".join(done.texts)
    if done.copy is None:
        say(f"would change {names}; nothing was written")
    else:
        say(f"changed {names}; as they were: {done.copy.relative_to(case.path).as_posix()}/")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def rename(context: click.Context, old: str, new: str, dry_run: bool) -> None:
    """Give what has the id OLD the id NEW, in every table, ledger and notebook at once."""
    from kit.sources.renaming import rename as renamed

    _report_rewritten(renamed(case_of(context), old, new, dry_run=dry_run), old, dry_run)


@click.command()
@click.argument("kept")
@click.argument("gone")
@click.option("--force", is_flag=True, help="Where both say something else, let KEPT stand.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def merge(context: click.Context, kept: str, gone: str, force: bool, dry_run: bool) -> None:
    """Make KEPT and GONE, two ids that are one thing, one: rows put together, everything named KEPT."""
    from kit.sources.renaming import merge as merged

    _report_rewritten(merged(case_of(context), kept, gone, force=force, dry_run=dry_run), gone, dry_run)


def _report_rewritten(made: Rewritten, old: str, dry_run: bool) -> None:
    for name, count in made.counts.items():
        say(f"{name}: {plural(count, 'place')}")
    if made.mentions:
        say(f"{old} still stands in the words or code of {listed(made.mentions)}; look there", err=True)
    if any(name.startswith("notebooks/") for name in made.counts):
        say("notebooks have changed; run them: kit run --accept")
    if dry_run:
        say("nothing was written")


@click.command("merge-tables")
@click.argument("files", nargs=-1, metavar="[BEFORE OURS THEIRS NAME]")
@click.option("--install", is_flag=True, help="Let git merge the tables of this case so, in this clone.")
@click.pass_context
def merge_tables(context: click.Context, files: tuple[str, ...], install: bool) -> None:
    """Merge two versions of a table by row and field; git calls it for the tables of a case, once it is installed.

    OURS then holds both. Exit status 1: rows stand there twice, between marks, and each field that clashes is told.
    """
    from kit.errors import Problems
    from kit.tables.merging import driver

    if install:
        say(
            "\n".join(f"set {what}" for what in driver.install_merge_driver(case_of(context))) or "all is set"
        )
        return
    if len(files) != 4:
        raise click.UsageError("it takes BEFORE OURS THEIRS NAME, as git gives them, or --install alone")
    before, ours, theirs = map(Path, files[:3])
    try:
        clashes = driver.merge_tables(before, ours, theirs, files[3])
    except Problems as error:
        say(error, err=True)
        say(f"{files[3]}: merged line by line instead", err=True)
        driver.merge_lines(before, ours, theirs)
        sys.exit(1)
    for clash in clashes:
        say(f"{files[3]}, {clash}", err=True)
    sys.exit(1 if clashes else 0)
