"""`kit new`: a case of one's own, sound from the first minute."""

from __future__ import annotations

from pathlib import Path

import click

from kit.cli.output import say


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the case is called; default: the folder's name.")
@click.option("--contact", default="", help="Whom a webmaster can write to; nothing is fetched without it.")
def new(folder: Path, title: str, contact: str) -> None:
    """Start a case in FOLDER, with a small invented example to replace."""
    from kit.template import new_case

    new_case(folder, title or None, contact)
    say(f"a new case in {folder}; now: cd {folder}, then make report, or jupyter lab")
