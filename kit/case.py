"""A case is a folder, opened: its settings, its tables, and what can be done to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import MethodType
from typing import Any

import pandas as pd

from kit.errors import KitError, NoCase, NoTable
from kit.lock import locked
from kit.protection import IDENTIFYING, Protection, protection_of
from kit.tables import access_log
from kit.tables.columns import Table
from kit.tables.declarations import SETTINGS, fact_tables, read_settings, tables_of
from kit.tables.load import by_id, load_tables
from kit.tables.read import suggest
from kit.tables.schema import TABLES
from kit.text.wording import listed
from kit.verbs import VERBS, function


class Case:
    """The case in ``path``: ``settings`` as written in data/case.toml, and each table as a DataFrame.

    The tables are read and checked together when the first of them is asked for; any problem in any of them
    raises `BadTable` with all of them, and anew once a file has changed. What a caller changes in a frame stays with that caller. Each verb of the kit is
    a method: ``case.check()`` is ``kit.check(case)``. The case shows how it stands, as `status` gives it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings: dict[str, Any] = read_settings(path)
        self._seen: list[tuple[int, int, int]] = []

    def __repr__(self) -> str:
        return f"Case({self.title!r})"

    def __fspath__(self) -> str:
        return str(self.path)

    def __str__(self) -> str:
        return str(self.status())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        shown = self.status()
        return {"text/html": shown._repr_html_(), "text/plain": str(shown)}

    def __getattr__(self, name: str) -> Any:
        if name not in VERBS:
            near = suggest(name, [*VERBS, *TABLES])
            raise AttributeError(f"a case has no {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        self._look()
        return MethodType(function(VERBS[name]), self)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *VERBS]

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
    def schema(self) -> dict[str, Table]:
        """Every table that the case can have, by name: those of the kit, with what the case declares itself.

        `BadTable` says what is wrong with its declarations.
        """
        with access_log.apart():
            return tables_of(self.path)

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        with access_log.apart():
            return load_tables(self.path, self.schema)

    @cached_property
    def protection(self) -> Protection:
        """The names that are never shown, of actors and sources that have an alias, with what is shown in place of each."""
        return protection_of({name: self._tables[name] for name in IDENTIFYING})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A stretch in which nobody else's process writes tables, ledgers or notebooks; tables are as they are on the disk.

        Whoever changes a table reads it within, and what takes long is done before. It may be asked for again within;
        what keeps the case from being written to raises `KitError`.

        >>> import kit
        >>> case = kit.example()
        >>> with case.writing():
        ...     (case.path / "data" / "manual" / "tags.csv").is_file()
        True
        """
        with locked(self.path):
            self._look()
            try:
                yield
            finally:
                self.reread()

    def reread(self) -> None:
        """Nothing; the tables are read anew when next asked for, since one of them was written."""
        for made in ("schema", "_tables", "protection"):
            self.__dict__.pop(made, None)

    def _look(self) -> None:
        """Read the tables anew when next asked for, if a file of theirs is not as it was: somebody is working on them."""
        with access_log.apart():
            files = [path.stat() for path in sorted((self.path / "data").glob("manual/*.csv"))]
        now = [(file.st_ino, file.st_mtime_ns, file.st_size) for file in files]
        if now != self._seen:
            self.reread()
        self._seen = now

    def table(self, name: str) -> pd.DataFrame:
        """The table of that name with its rows counted from 0 and ``id`` as a column; the kit's own code takes it so.

        A table whose file is not there has no rows. An unknown name raises `NoTable`.
        """
        if name not in self._tables:
            near = suggest(name, self._tables)
            remedy = f"did you mean {near!r}?" if near else f"it has {listed(sorted(self._tables))}"
            raise NoTable(repr(name), "is no table of this case", remedy)
        found = self._tables[name].copy(deep=False)
        access_log.handed_out(self.path / self.schema[name].path)
        if name == "cases":
            access_log.handed_out(self.path / self.schema["codebook"].path)
        return found

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of that name; its index is ``id`` where it has ids, and counts the rows from 0 where it has none.

        An actor or a source that has an alias is shown under it. An unknown name raises `NoTable`, which is a
        ``KeyError`` too.
        """
        self._look()
        return by_id(self.protection.frame(self.table(name), self.schema[name]))

    @property
    def facts(self) -> dict[str, str]:
        """The table of each fact, by the fact's id: what evidence can bear on.

        >>> import kit
        >>> kit.example().facts["example-2021-06-fine-paid"]
        'events'
        """
        return {id: name for name in fact_tables(self.schema) for id in self.table(name)["id"]}

    @property
    def citable(self) -> dict[str, str]:
        """The table of each fact and source, by its id: what a mark ``[@id]`` may name.

        >>> import kit
        >>> kit.example().citable["example-harbour-post-2021-03-02-raid"]
        'sources'
        """
        return {id: name for name in ("sources", *fact_tables(self.schema)) for id in self.table(name)["id"]}

    @property
    def names(self) -> dict[str, str]:
        """What actors, places and sources are called, by id: that which a number or a claim may be about.

        >>> import kit
        >>> kit.example().names["harbour-office"]
        'Harbour Office'
        """
        called = {"sources": "title", "places": "name", "actors": "name"}
        frames = [self.table(table).set_index("id")[column] for table, column in called.items()]
        return {str(id): str(name) for frame in frames for id, name in frame.items()}

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
    def places(self) -> pd.DataFrame:
        """A place a row."""
        return self["places"]

    @property
    def cases(self) -> pd.DataFrame:
        """A case for comparison a row, with the variables that the codebook declares."""
        return self["cases"]

    @property
    def codebook(self) -> pd.DataFrame:
        """A variable, or a value of one, a row."""
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
        """A finding set aside a row."""
        return self["waivers"]

    @property
    def checks(self) -> pd.DataFrame:
        """A person's mark on one of our statements a row."""
        return self["checks"]

    @property
    def remarks(self) -> pd.DataFrame:
        """What came back in a packet and is no mark, a row each."""
        return self["remarks"]


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
