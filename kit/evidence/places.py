"""From the place that a finding names to the file and the line in it, for tools that jump there."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cached_property
from pathlib import Path

_ROW = re.compile(r"rows? (\d+)")
_CELL = re.compile(r"cell (\d+)")
_CELLS = re.compile(r'"cells"\s*:\s*\[')


class Places:
    """Where the findings of the case in ``folder`` are; each file is read once.

    >>> Places(Path(".")).of("data/manual/tags.csv, row 2 (acquisition), facet")
    ('data/manual/tags.csv', 2)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, _Lines] = {}

    def of(self, place: str) -> tuple[str, int | None]:
        """The file, by its path within the case, and the line; no line where the place names none that is there."""
        path, _, rest = place.partition(", ")
        if path not in self._files:
            self._files[path] = _Lines(self.folder / path)
        return path, self._files[path].line(rest)


class _Lines:
    """The lines on which a table's rows, or a notebook's cells, begin."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def line(self, rest: str) -> int | None:
        if self.path.suffix == ".csv":
            if row := _ROW.match(rest):
                return self._rows[0].get(int(row[1]))
            return self._rows[1].get(rest.partition(", ")[0])
        if self.path.suffix == ".ipynb" and (cell := _CELL.match(rest)):
            return self._cells.get(int(cell[1]))
        return None

    @cached_property
    def _rows(self) -> tuple[dict[int, int], dict[str, int]]:
        """The line of each row, by its number in the file and by what stands in its first cell."""
        numbers: dict[int, int] = {}
        names: dict[str, int] = {}
        reader = csv.reader(io.StringIO(self._text))
        line = 1
        for number, cells in enumerate(reader, start=1):
            numbers[number] = line
            names.setdefault(cells[0] if cells else "", line)
            line = reader.line_num + 1
        return numbers, names

    @cached_property
    def _cells(self) -> dict[int, int]:
        """The line on which each cell's source stands in the notebook's JSON."""
        found: dict[int, int] = {}
        text, decoder = self._text, json.JSONDecoder()
        begin = _CELLS.search(text)
        at = begin.end() if begin else len(text)
        while (start := text.find("{", at)) >= 0 and not text[at:start].strip(", \r\n\t"):
            _, at = decoder.raw_decode(text, start)
            source = text.find('"source"', start, at)
            found[len(found) + 1] = text.count("\n", 0, source if source >= 0 else start) + 1
        return found

    @cached_property
    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8-sig", errors="replace") if self.path.is_file() else ""
