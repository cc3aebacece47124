"""The command `kit`: its verbs, and known errors told in a message."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import click

from kit.cli.check import check, status
from kit.cli.factcheck import replies
from kit.cli.inbox import inbox
from kit.cli.keep import keep
from kit.cli.lineage import lineage
from kit.cli.new import new
from kit.cli.output import say
from kit.cli.report import export, report, run
from kit.cli.search import search
from kit.cli.sources import cite, extract, sources
from kit.cli.upkeep import docs, merge, merge_tables, rename, sheet, tidy, upgrade
from kit.errors import KitError


class _Kit(click.Group):
    """Commands whose known errors end in a message and exit status 1, never in a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KitError as error:
            say(error, err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read along has seen enough
                raise
            place = Path(str(error.filename2 or error.filename or "a file")).name[:80]
            wrong, remedy = (
                error.strerror or type(error).__name__,
                "see to its name, its rights and the room there",
            )
            say(KitError(place, f"could not be read or written ({wrong})", remedy), err=True)
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


for _command in (
    new,
    keep,
    extract,
    cite,
    search,
    sources,
    inbox,
    check,
    status,
    lineage,
    replies,
    run,
    report,
    export,
    tidy,
    sheet,
    docs,
    upgrade,
    rename,
    merge,
    merge_tables,
):
    main.add_command(_command)
