"""`kit new`: a case of one's own, sound from the first minute."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from kit.errors import KitError
from kit.files import staged, write_whole
from kit.tables.datapackage import described

#: Names that a template cannot have, since tools would obey them where it lies, and the names in a case.
_NAMES = {"gitignore": ".gitignore", "ci": ".ci"}
_TITLE, _CONTACT = "@TITLE@", "@CONTACT@"


def new_case(folder: Path, title: str, contact: str = "") -> list[Path]:
    """The files of a new case in ``folder``: tables with an invented example, notebooks that run, a report to build.

    A folder that has anything in it raises `KitError` and stays as it is; nothing half made is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KitError(folder, "is not empty", "name a folder that is not there yet")
    if not title.strip():
        raise KitError("title", "is blank", "give the case its name: --title")
    made = _template(files("kit") / "templates" / "case", title, contact)
    with staged(folder) as staging:
        for name, content in made.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
            if name.startswith(".ci/"):
                os.chmod(path, 0o755)
        for name, content in described(staging).items():
            made[name] = content
            write_whole(staging / name, content)
    return [folder / name for name in sorted(made)]


def _template(place: Traversable, title: str, contact: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in place.iterdir():
        name = _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            found |= {f"{name}/{inner}": text for inner, text in _template(entry, title, contact).items()}
        elif not name.endswith(".pyc"):
            text = entry.read_text(encoding="utf-8")
            quoted = json.dumps if name.endswith(".toml") else str
            found[name] = text.replace(_TITLE, quoted(title)).replace(_CONTACT, quoted(contact))
    return found


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the case is called; default: the folder's name.")
@click.option("--contact", default="", help="Whom a webmaster can write to; nothing is fetched without it.")
def new(folder: Path, title: str, contact: str) -> None:
    """Start a case in FOLDER, with a small invented example to replace."""
    place = folder.resolve()
    made = new_case(place, title or place.name, contact)
    click.echo(f"{len(made)} files in {folder}; now: cd {folder}, then make report, or jupyter lab")
