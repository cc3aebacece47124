"""A case that the Jupyter server works on: found around a path, read anew when a file of it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kit.case import Case
from kit.desk.server.gate import GateRun
from kit.desk.server.keeping import KeepRun
from kit.errors import KitError, NoCase
from kit.tables.declarations import SETTINGS

Derived = TypeVar("Derived")

#: The files on which what is shown of a case depends.
_FILES = (SETTINGS, "data/manual/*.csv", "data/processed/*.csv", "notebooks/*.ipynb")


class ServedCase:
    """The case in ``folder``, with what was made of it, which lasts until one of its files changes; its ``gate`` and
    what it is told to ``keep`` run apart.

    While tables do not load, ``problem`` says why, and ``case`` is as it last loaded: whoever is writing should not
    lose completion because a colleague's row is half typed. It is ``None`` where the case has not loaded yet.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        self.gate, self.keep = GateRun(folder), KeepRun(folder, root)
        self.case: Case | None = None
        self.problem = ""
        self._stamp: list[tuple[str, int, int]] = []
        self._made: dict[Callable[[Case], object], object] = {}

    def refresh(self) -> None:
        """Nothing; the case is read anew if a file of it is not as it was."""
        files = [path for form in _FILES for path in sorted(self.folder.glob(form))]
        states = ((path.name, path.stat()) for path in files)
        stamp = [(name, state.st_mtime_ns, state.st_size) for name, state in states]
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            case = Case(self.folder)
            case.table("sources")
        except KitError as error:
            self.problem = str(error)
        else:
            self.case, self.problem = case, ""
            self._made.clear()

    @property
    def state(self) -> str:
        """Another text whenever a file of the case is not as it was."""
        return hashlib.sha256(repr(self._stamp).encode()).hexdigest()[:16]

    def shown(self, path: str) -> str:
        """The path within the case as the server knows it; '' for what lies outside of what it shows."""
        file = self.folder / path
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else ""

    def loaded(self) -> Case:
        """The case as it last loaded; `KitError` where it never has."""
        if self.case is None:
            raise KitError("the tables", f"do not load: {self.problem}", "mend what is named")
        return self.case

    def once(self, make: Callable[[Case], Derived]) -> Derived:
        """What ``make`` makes of the case as it is now."""
        case = self.loaded()
        if make not in self._made:
            self._made[make] = make(case)
        return self._made[make]  # type: ignore[return-value]


class ServedCases:
    """The cases at and around the folder ``root`` that a Jupyter server shows; each is opened once."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._open: dict[Path, ServedCase] = {}

    def around(self, path: str) -> ServedCase:
        """The case around ``path``, which is given from ``root``; `NoCase` where there is none, or it leads out of ``root``.

        >>> ServedCases(Path("/nowhere")).around("../etc")
        Traceback (most recent call last):
            ...
        kit.errors.NoCase: '../etc': lies outside of the folder that is served; open a file of the case
        """
        place = (self.root / path.lstrip("/")).resolve()
        if not place.is_relative_to(self.root):
            raise NoCase(repr(path), "lies outside of the folder that is served", "open a file of the case")
        for folder in (place, *place.parents):
            if (folder / SETTINGS).is_file():
                served = self._open.setdefault(folder, ServedCase(folder, self.root))
                served.refresh()
                return served
        raise NoCase(repr(path or "/"), "is in no case", "open a file of a case, or make one: kit new")
