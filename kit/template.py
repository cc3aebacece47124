"""A case of one's own, sound from the first minute: written from the template with its invented example."""

from __future__ import annotations

import atexit
import json
import os
import re
import secrets
import shutil
import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kit.case import Case
from kit.errors import KitError
from kit.files import staged, write_whole
from kit.tables.datapackage import described, licence
from kit.tables.declarations import SETTINGS
from kit.text.wording import listed

#: Names that a template cannot have, since tools would obey them where it lies, and the names in a case.
_NAMES = {"gitignore": ".gitignore", "ci": ".ci"}
#: The settings that a new case is given, as its settings name them.
_GIVEN = re.compile(r"@([A-Z]+)@")


def new_case(folder: str | Path, title: str | None = None, **settings: str) -> Case:
    """A new case in ``folder``: tables with an invented example, notebooks that run, a report to build.

    ``title`` is the folder's name where none is given; ``settings`` are those that its data/case.toml begins with: contact (without
    one nothing is fetched), language, byline, newsroom, corrections, logo, licence. A folder that has anything in it, a blank title, and a setting or a licence that there is not, raise
    `KitError`; nothing half made is left behind.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new_case(Path(folder) / "harbour", contact="desk@harbourpost.example").title
    'harbour'
    """
    folder = Path(folder)
    title = folder.resolve().name if title is None else title
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KitError(folder, "is not empty", "name a folder that is not there yet")
    if not title.strip():
        raise KitError("title", "is blank", "give the case its name: --title")
    place = files("kit") / "templates" / "case"
    named = [name.lower() for name in _GIVEN.findall((place / SETTINGS).read_text(encoding="utf-8"))]
    if strange := sorted(settings.keys() - named):
        raise KitError(strange[0], "is no setting of a new case", f"it takes {listed(named)}")
    licence(settings)
    own = {"language": "en", "id": f"case-{secrets.token_hex(5)}"}
    made = _template(place, dict.fromkeys(named, "") | own | settings | {"title": title})
    with staged(folder) as staging:
        for name, content in made.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
            if name.startswith(".ci/"):
                os.chmod(path, 0o755)
        for name, content in described(staging).items():
            write_whole(staging / name, content)
    return Case(folder.resolve())


def example_case() -> Case:
    """A new case with nothing but the invented example, to try things on; its folder goes when Python ends.

    >>> example_case().events.index.tolist()
    ['example-2021-03-01-raid-harbour', 'example-2021-06-fine-paid']
    """
    folder = tempfile.mkdtemp(prefix="casebook-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return new_case(Path(folder) / "example", "An invented example", contact="desk@harbourpost.example")


def _template(place: Traversable, values: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in place.iterdir():
        name = _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            found |= {f"{name}/{inner}": text for inner, text in _template(entry, values).items()}
        elif not name.endswith(".pyc"):
            text = entry.read_text(encoding="utf-8")
            found[name] = _filled(text, values, quoted=name.endswith(".toml"))
    return found


def _filled(text: str, values: dict[str, str], *, quoted: bool) -> str:
    """The text with what was given; TOML takes text as JSON writes it, but for letters beyond 16 bits, which stay."""

    def given(found: re.Match[str]) -> str:
        value = values.get(found[1].lower(), found[0])
        return json.dumps(value, ensure_ascii=False) if quoted else value

    return _GIVEN.sub(given, text)
