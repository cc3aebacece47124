"""`kit new`: a case of one's own, sound from the first minute."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kit.cli.output import say
from kit.cli.sources import TIERS, say_added
from kit.errors import KitError

#: What a new case is asked for beside its title: settings of data/case.toml, each with the question.
_ASKED = {
    "contact": "Whom a webmaster can write to; nothing is fetched without it",
    "language": "Language that the case is written in (en, de, fr, es or another)",
    "byline": "Who writes the report",
    "newsroom": "For which newsroom",
    "corrections": "Where a reader can report a mistake (an address)",
    "logo": "A picture printed above the title, seen from the case's folder",
    "licence": "Licence of the published tables, as CC-BY-4.0; blank: all rights reserved",
}


def _with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, question in reversed(_ASKED.items()):
        command = click.option(f"--{name}", help=f"{question}.")(command)
    return command


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="What the case is called; default: the folder's name.")
@click.option(
    "--template",
    type=click.Choice(["investigation", "chronology", "factcheck", "documents"]),
    default="investigation",
    help="What it begins as: an investigation, a chronology, one article claim by claim, papers that came.",
)
@click.option("--empty", is_flag=True, help="No example at all.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    help="Begin with the sources of a file (Zotero's JSON, BibTeX, RIS, CSV, Excel, addresses), and no example.",
)
@click.option("--tier", type=click.Choice(TIERS), help="With --from: how near they stood to what happened.")
@click.option("--git/--no-git", "keeps", default=True, help="Begin a repository; not where there is one.")
@_with_settings
def new(
    folder: Path, title: str | None, template: str, empty: bool, file: Path | None, tier: str | None, keeps: bool,
    **settings: str | None,
) -> None:  # fmt: skip
    """Start a case in FOLDER, with a small invented example to replace.

    What is not given is asked for, where somebody sits at the keyboard; each answer may be blank.
    """
    from kit.sources.lists import bring_in
    from kit.template import in_repository, new_case

    if tier and file is None:
        raise KitError("--tier", "says nothing without --from", "name the file: --from sources.csv")
    if file is not None and not file.is_file():
        raise KitError(file, "is not there", "check the name")
    asks = sys.stdin.isatty()
    if title is None and asks:
        title = click.prompt("What the case is called", default=folder.resolve().name)
    for name, question in _ASKED.items():
        if settings[name] is None and asks:
            settings[name] = click.prompt(question, default="en" if name == "language" else "")
    given = {name: value for name, value in settings.items() if value is not None}
    if file is not None and tier is None and asks:
        tier = click.prompt("How near the sources stood to what happened", type=click.Choice(TIERS))
    case = new_case(folder, title, template=template, empty=empty or file is not None, **given)
    if file is not None:
        try:
            say_added(bring_in(case, file, tier or ""))
        except KitError:
            shutil.rmtree(case.path)  # nothing half made is left behind
            raise
    if keeps:
        say(in_repository(case))
    say(f"a new case in {folder}; now: cd {folder}, then make report, or jupyter lab")
