"""Notebooks run again only when their code, or something that they read, has changed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from kit.case import Case
from kit.reporting.cache import Cache, digest, software, state_of, surroundings, unchanged
from kit.reporting.execute import execute, read


class Runs:
    """Runs notebooks of a case, unless they ran before with the same code on the same files.

    ``reads`` are the files that any of them read, with their hashes; ``followed`` is false once one did something that
    cannot be followed, such as writing a file: that one runs every time.
    """

    def __init__(self, case: Case, cache: Cache) -> None:
        self.case, self.cache = case, cache
        self.reads: dict[str, str] = {}
        self.followed = True

    def __call__(self, path: Path) -> Any:
        """The notebook as a run leaves it."""
        notebook = read(path)
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        key = digest(software(), *surroundings(), *self._names(), *(cell["source"] for cell in code))
        known = json.loads(self.cache.get("runs", key) or b"{}")
        if known and unchanged(self.case, known["reads"]):
            for cell, ran in zip(code, known["cells"], strict=True):
                cell.update(nbformat.from_dict(ran))
            notebook["metadata"] = nbformat.from_dict(known["metadata"])
            self.reads |= known["reads"]
            return notebook
        return self._run(path, key)

    def _run(self, path: Path, key: str) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "reads"
            notebook = execute(path, log)
            noted = log.read_text("utf-8", "surrogateescape") if log.exists() else "more\tnobody watched"
        events = [line.partition("\t")[::2] for line in noted.splitlines()]
        if any(what == "more" for what, _ in events):
            self.followed = False
            return notebook
        reads = {self._within(Path(where)): state_of(Path(where)) for _, where in events}
        cells = [
            {"execution_count": cell["execution_count"], "outputs": cell["outputs"]}
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        ]
        ran = {"reads": reads, "cells": cells, "metadata": notebook["metadata"]}
        self.cache.put("runs", key, json.dumps(ran).encode())
        self.reads |= reads
        return notebook

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
