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
from kit.tables.merging.driver import git, install_merge_driver
from kit.text.wording import listed

#: Names that a template cannot have, since tools would obey them where it lies, and the names in a case.
_NAMES = {
    "gitignore": ".gitignore", "gitattributes": ".gitattributes", "ci": ".ci", "github": ".github",
    "gitlab-ci.yml": ".gitlab-ci.yml", "kept": "captures",
}  # fmt: skip
#: The settings that a new case is given, as its settings name them.
_GIVEN = re.compile(r"@([A-Z]+)@")
#: What a new case can begin as, each made of folders of which a later one takes the place of what an earlier one has.
TEMPLATES = {
    "investigation": ("case", "harbour", "investigation"),
    "chronology": ("case", "harbour", "chronology"),
    "factcheck": ("case", "harbour", "factcheck"),
    "documents": ("case", "documents"),
}
_EMPTY = ("case", "empty")


def new_case(
    folder: str | Path,
    title: str | None = None,
    *,
    template: str = "investigation",
    empty: bool = False,
    **settings: str,
) -> Case:
    """A new case in ``folder``: tables with an invented example, notebooks that run, a report to build.

    ``title`` is the folder's name where none is given; ``template`` is one of `TEMPLATES`, and with ``empty`` there is
    no example at all. ``settings`` are those that its data/case.toml begins with: contact (without one nothing is
    fetched), language, byline, newsroom, corrections, logo, licence. A folder that has anything in it, a blank title,
    and a template, a setting or a licence that there is not, raise `KitError`; nothing half made is left behind.

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
    if template not in TEMPLATES:
        raise KitError(f"template {template!r}", "is none of the kit's", f"it has {listed([*TEMPLATES])}")
    places = [files("kit") / "templates" / name for name in (_EMPTY if empty else TEMPLATES[template])]
    named = [name.lower() for name in _GIVEN.findall((places[0] / SETTINGS).read_text(encoding="utf-8"))]
    if strange := sorted(settings.keys() - named):
        raise KitError(strange[0], "is no setting of a new case", f"it takes {listed(named)}")
    licence(settings)
    own = {"language": "en", "id": f"case-{secrets.token_hex(5)}"}
    values = dict.fromkeys(named, "") | own | settings | {"title": title}
    made = {name: content for place in places for name, content in _template(place, values).items()}
    with staged(folder) as staging:
        for name, content in made.items():
            write_whole(staging / name, content)
            if name.startswith(".ci/"):
                os.chmod(staging / name, 0o755)
        for name, described_as in described(staging).items():
            write_whole(staging / name, described_as)
    return Case(folder.resolve())


def in_repository(case: Case) -> str:
    """What was done so that git keeps the case, in words: a repository of its own with a first commit.

    Nothing is done where the folder is in one already, or where this machine has no git; without a name that git signs
    with, all is ready for the first commit. What git refuses raises `KitError`.
    """
    if shutil.which("git") is None:
        return "there is no git here: the case is in no repository"
    if git(case.path, "rev-parse", "--is-inside-work-tree", quiet=True).strip() == "true":
        return "it lies in a repository already: commit it there"
    git(case.path, "init", "--quiet", "--initial-branch", "main")
    install_merge_driver(case)
    git(case.path, "add", "--all")
    if not git(case.path, "config", "user.email", quiet=True).strip():
        return "a repository was begun; tell git who you are, then: git commit"
    git(case.path, "commit", "--quiet", "--message", f"A new case: {case.title}")
    return "a repository was begun, with a first commit"


def example_case() -> Case:
    """A new case with nothing but the invented example, to try things on; its folder goes when Python ends.

    >>> example_case().events.index.tolist()
    ['example-2021-03-01-raid-harbour', 'example-2021-06-fine-paid']
    """
    folder = tempfile.mkdtemp(prefix="casebook-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return new_case(Path(folder) / "example", "An invented example", contact="desk@harbourpost.example")


def _template(place: Traversable, values: dict[str, str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in place.iterdir():
        name = _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            found |= {f"{name}/{inner}": content for inner, content in _template(entry, values).items()}
        elif name.endswith(".gz"):
            found[name] = entry.read_bytes()
        elif not name.endswith(".pyc"):
            text = entry.read_text(encoding="utf-8")
            found[name] = _filled(text, values, quoted=name.endswith(".toml")).encode()
    return found


def _filled(text: str, values: dict[str, str], *, quoted: bool) -> str:
    """The text with what was given; TOML takes text as JSON writes it, but for letters beyond 16 bits, which stay."""

    def given(found: re.Match[str]) -> str:
        value = values.get(found[1].lower(), found[0])
        return json.dumps(value, ensure_ascii=False) if quoted else value

    return _GIVEN.sub(given, text)
