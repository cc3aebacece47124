"""A case is a folder, opened: its settings and its tables, and nothing more."""

from __future__ import annotations

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from kit.errors import KitError, NoCase, NoTable
from kit.tables import access_log
from kit.tables.load import by_id, load_tables
from kit.tables.read import suggest
from kit.tables.schema import TABLES
from kit.text.wording import listed

SETTINGS = "data/case.toml"


class Case:
    """The case in ``path``: ``settings`` as written in data/case.toml, and each table as a DataFrame.

    The tables are read and checked together when the first of them is asked for; any problem in any of them
    raises `BadTable` with all of them. What a caller changes in a frame stays with that caller.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings: dict[str, Any] = _settings(path / SETTINGS)

    def __repr__(self) -> str:
        return f"Case({self.title!r})"

    @property
    def title(self) -> str:
        """What the case is called."""
        return self.settings["title"]

    @property
    def contact(self) -> str:
        """Whom a webmaster can write to; `KitError` where the newsroom has set none, since nobody fetches anonymously."""
        if not (contact := self.settings.get("contact", "").strip()):
            raise KitError(SETTINGS, "has no contact", 'add a line: contact = "desk@your-newsroom.example"')
        return contact

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        with access_log.apart():
            return load_tables(self.path)

    def reread(self) -> None:
        """Nothing; the tables are read anew when next asked for, since one of them was written."""
        self.__dict__.pop("_tables", None)

    def table(self, name: str) -> pd.DataFrame:
        """The table of that name with its rows counted from 0 and ``id`` as a column; the kit's own code takes it so.

        An unknown name raises `NoTable`.
        """
        if name not in self._tables:
            near = suggest(name, self._tables)
            remedy = f"did you mean {near!r}?" if near else f"it has {listed(sorted(self._tables))}"
            raise NoTable(repr(name), "is no table of this case", remedy)
        found = self._tables[name].copy(deep=False)
        access_log.handed_out(self.path / TABLES[name].path)
        return found

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name; its index is ``id`` where it has ids, and counts the rows from 0 where it has none.

        An unknown name raises `NoTable`, which is a ``KeyError`` too.
        """
        return by_id(self.table(name))

    @property
    def sources(self) -> pd.DataFrame:
        """A published thing a row."""
        return self["sources"]

    @property
    def events(self) -> pd.DataFrame:
        """Something that happened a row."""
        return self["events"]

    @property
    def actors(self) -> pd.DataFrame:
        """A company, person or body a row."""
        return self["actors"]

    @property
    def participants(self) -> pd.DataFrame:
        """An actor in an event a row."""
        return self["participants"]

    @property
    def cases(self) -> pd.DataFrame:
        """A coded cutoff a row."""
        return self["cases"]

    @property
    def codebook(self) -> pd.DataFrame:
        """A value of a coded variable a row."""
        return self["codebook"]

    @property
    def second_coding(self) -> pd.DataFrame:
        """A second coder's value a row."""
        return self["second_coding"]

    @property
    def metrics(self) -> pd.DataFrame:
        """A number a row."""
        return self["metrics"]

    @property
    def claims(self) -> pd.DataFrame:
        """Somebody else's sentence under test a row."""
        return self["claims"]

    @property
    def evidence(self) -> pd.DataFrame:
        """What a source says about a fact a row."""
        return self["evidence"]

    @property
    def replies(self) -> pd.DataFrame:
        """An answer, or the asking for it, a row."""
        return self["replies"]

    @property
    def tags(self) -> pd.DataFrame:
        """A tag a row."""
        return self["tags"]

    @property
    def waivers(self) -> pd.DataFrame:
        """A finding set aside a row; no rows where the case has no such table."""
        return self["waivers"]

    @property
    def checks(self) -> pd.DataFrame:
        """A person's mark on one of our statements a row; no rows where nobody has checked any."""
        return self["checks"]


def open_case(path: str | Path | None = None) -> Case:
    """The case whose folder is ``path``, or the nearest one around the working folder (around the notebook).

    `NoCase` is raised where there is none: guessing a folder could publish another case's data.
    """
    start = Path(path or ".").resolve()
    for folder in [start] if path else [start, *start.parents]:
        if (folder / SETTINGS).is_file():
            return Case(folder)
    raise NoCase(
        start,
        f"no {SETTINGS} here" + ("" if path else " or above"),
        "open a case folder, or make one: kit new",
    )


def _settings(path: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoCase(path.parent.parent, f"no {SETTINGS}", "make a case with: kit new") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError(SETTINGS, f"cannot be read ({error})", "mend it: each line is name = value") from error
    if not isinstance(settings.get("title"), str) or not settings["title"].strip():
        raise KitError(SETTINGS, "has no title", 'add a line: title = "..."')
    return settings
