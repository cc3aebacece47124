"""Notebooks run side by side, and again only when their code, or something that they read, has changed."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kit.case import Case
from kit.reporting.execution.cache import Cache, digest, software, state_of, surroundings, unchanged
from kit.reporting.execution.kernel import notebooks, read_notebook, run_notebook

#: What is told how far a run is: what is waited for, its number from 1, and how many there are.
Progress = Callable[[str, int, int], None]
#: How many kernels, and how many printers, work side by side: each takes a core, a kernel some 300 MB.
PARALLEL = min(os.cpu_count() or 1, 4)


@dataclass(frozen=True)
class _Ran:
    """A notebook after its run, and the files it read with their hashes; ``followed`` unless it did more than read."""

    key: str
    notebook: Any
    reads: dict[str, str]
    followed: bool = True
    remembered: bool = False


class Runs:
    """Runs notebooks of a case, unless they ran before with the same code on the same files and ``cache`` has that.

    ``reads`` are the files that any of them read, with their hashes, ``read_by`` those of each by its name; ``followed`` is false once one did something that
    cannot be followed, such as writing a file: that one runs every time.
    """

    def __init__(self, case: Case, cache: Cache | None = None) -> None:
        self.case, self.cache = case, cache
        self.reads: dict[str, str] = {}
        self.read_by: dict[str, dict[str, str]] = {}
        self.followed = True

    def executed(self, only: str = "", progress: Progress | None = None) -> dict[Path, Any]:
        """Each notebook of the case as a run from a fresh kernel leaves it, in order.

        Those that only read run side by side; once one does more, such as writing a file, all that follow wait for it
        and for each other, as if none had been begun. A failed cell raises `FailedCell`.
        """
        from nbclient.util import run_sync

        return run_sync(self._executed)(notebooks(self.case, only), progress)

    async def _executed(self, paths: list[Path], progress: Progress | None) -> dict[Path, Any]:
        room = asyncio.Semaphore(PARALLEL)

        async def in_turn(path: Path) -> _Ran:
            async with room:
                return await self._ran(path)

        begun = {path: asyncio.create_task(in_turn(path)) for path in paths}
        done = {}
        try:
            for number, path in enumerate(paths, start=1):
                if progress:
                    progress(path.stem, number, len(paths))
                ran = await (begun.pop(path) if self.followed else self._ran(path))
                self._remember(ran)
                done[path] = ran.notebook
                self.read_by[path.stem] = ran.reads
                if not self.followed:
                    await _stopped(begun)
        finally:
            await _stopped(begun)
        return done

    async def _ran(self, path: Path) -> _Ran:
        notebook = read_notebook(path)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        key = digest(software(), *surroundings(), *self._names(), *(cell["source"] for cell in code))
        known = json.loads((self.cache.get("runs", key) if self.cache else None) or b"{}")
        if known and unchanged(self.case, known["reads"]):
            for cell, ran in zip(code, known["cells"], strict=True):
                cell.update(nbformat.from_dict(ran))
            return _Ran(key, notebook, known["reads"], remembered=True)
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "reads"
            notebook = await run_notebook(path, log)
            noted = log.read_text("utf-8", "surrogateescape") if log.exists() else "more\tnobody watched"
        events = [line.partition("\t")[::2] for line in noted.splitlines()]
        reads = {self._within(Path(where)): state_of(Path(where)) for what, where in events if what != "more"}
        return _Ran(key, notebook, reads, followed=not any(what == "more" for what, _ in events))

    def _remember(self, ran: _Ran) -> None:
        if not ran.followed:
            self.followed = False
            return
        self.reads |= ran.reads
        if self.cache and not ran.remembered:
            cells = [
                {"execution_count": cell["execution_count"], "outputs": cell["outputs"]}
                for cell in ran.notebook["cells"]
                if cell["cell_type"] == "code"
            ]
            kept = {"reads": ran.reads, "cells": cells}
            self.cache.put("runs", ran.key, json.dumps(kept).encode())

    def _within(self, path: Path) -> str:
        own = self.case.path
        return path.relative_to(own).as_posix() if path.is_relative_to(own) else str(path)

    def _names(self) -> list[str]:
        """The names of the data files: whether a file is there at all may be asked without opening it."""
        data = self.case.path / "data"
        return sorted(
            path.relative_to(data).as_posix()
            for folder in ("manual", "processed")
            for path in (data / folder).glob("*")
            if not path.name.startswith(".")
        )


async def _stopped(tasks: dict[Path, asyncio.Task[_Ran]]) -> None:
    """Nothing, once the tasks have ended and their kernels with them; there are none left."""
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    tasks.clear()
