"""Git's merge driver for the tables of a case: rows and fields instead of lines, and what clashes told field by field."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kit.errors import KitError, Problem, Problems
from kit.files import write_whole
from kit.tables.columns import Column, Table
from kit.tables.declarations import SETTINGS, tables_of
from kit.tables.ledgers import LEDGERS
from kit.tables.merging.three_way import Cells, Clash, Merged, merge_rows
from kit.tables.read import header, read_cells
from kit.tables.schema import TABLES
from kit.tables.spreadsheet.saved import MARK
from kit.tables.write import table_bytes

#: What git calls the driver, and the files that it merges.
DRIVER = "casebook"
ATTRIBUTES = f"data/manual/*.csv merge={DRIVER}\ndata/processed/*.csv merge={DRIVER}\n"
_OURS, _BETWEEN, _THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


def merge_tables(before: Path, ours: Path, theirs: Path, name: str) -> list[Clash]:
    """The fields in which two versions of a table clash, none where they do not; ``ours`` then holds both.

    ``before`` is the version that both came from, ``name`` the table's path, as git gives them to a merge driver. Rows
    are known by their keys, and merged as `merge_rows` says. Rows that clash stand in ``ours`` twice, between git's
    own marks, which `kit check` tells; in a ledger, which `kit check --renew` makes anew, ours stands. A version that
    cannot be read as the table raises `Problems`, and then ``ours`` is as it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = [Path(folder, side) for side in ("before", "ours", "theirs")]
    ...     for path, rows in zip(paths, ("", "a,Quay\\n", "b,Pier\\n")):
    ...         _ = path.write_text("id,name\\n" + rows)
    ...     merge_tables(*paths, "data/manual/places.csv"), paths[1].read_text()
    ([], 'id,name\\na,Quay\\nb,Pier\\n')
    """
    table = _table(name)
    sides = {"the version before": before, "here": ours, "there": theirs}
    # A column that one side declared is not yet known to the other.
    new = [own for path in sides.values() for own in header(path) if own and own not in table.names]
    table = replace(
        table, columns=(*table.columns, *(Column(own, "text", own) for own in dict.fromkeys(new)))
    )
    read = {f"{name}, {told}": _frame(path, table) for told, path in sides.items()}
    if problems := {place: wrong for place, (_, wrong) in read.items() if wrong}:
        raise Problems(problems)
    was, mine, yours = (frame for frame, _ in read.values())
    merged = merge_rows(was, mine, yours, table)
    clashes = [clash for found in merged.clashes.values() for clash in found]
    ledger = table.name in LEDGERS
    if ledger:
        merged.rows |= merged.ours
        merged.clashes = {}
    mark = MARK if ours.read_bytes().startswith(MARK) else b""
    write_whole(ours, mark + _written(merged, table))
    return [] if ledger else clashes


def _table(name: str) -> Table:
    """The table of that path, as the case around it declares it, or the kit where its declarations cannot be read."""
    path = Path(name)
    for folder in path.parents:
        if (folder / SETTINGS).is_file():
            try:
                known = tables_of(folder)
            except (KitError, OSError):
                break
            if path.stem in known:
                return known[path.stem]
    known = TABLES | LEDGERS
    if path.stem not in known:
        near = "declare it in data/case.toml, or merge it by hand"
        raise KitError(name, "is no table of the case", near)
    return known[path.stem]


def _frame(path: Path, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    if not path.stat().st_size:  # git has no version before for a table that both sides made
        return pd.DataFrame({name: pd.Series(dtype="str") for name in table.key}), []
    cells, wrong, _ = read_cells(path, table)
    if wrong:
        return cells, wrong
    key = [name for name in table.key if name in cells]
    twice = cells[cells.duplicated(key)]
    return cells, [
        Problem(
            f"row {line + 2} ({', '.join(row[name] for name in key[:3])})", "is there twice", "remove one"
        )
        for line, row in zip(twice.index, twice.to_dict("records"), strict=True)
    ]


def _written(merged: Merged, table: Table) -> bytes:
    """The file: the rows in the table's order, and each that clashes where it belongs, as either side has it."""
    rows: list[Cells] = list(merged.rows.values())
    pairs: Mapping[int, tuple[Cells | None, Cells | None]] = {}
    if merged.clashes:
        pairs = {
            len(rows) + at: (merged.ours.get(key), merged.theirs.get(key))
            for at, key in enumerate(merged.clashes)
        }
        rows += [ours or theirs or {} for ours, theirs in pairs.values()]
    frame = pd.DataFrame(rows, columns=merged.columns, dtype="str")
    if not pairs:
        return table_bytes(frame, table)
    key = [name for name in table.key if name in frame]
    order = frame.sort_values(key, kind="stable").index
    lines = [_line(merged.columns)]
    for number in order:
        if number not in pairs:
            lines.append(_line(rows[number][name] for name in merged.columns))
            continue
        ours, theirs = ([_line(row[name] for name in merged.columns)] if row else [] for row in pairs[number])
        lines += [_OURS, *ours, _BETWEEN, *theirs, _THEIRS]
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(list(cells))
    return out.getvalue().removesuffix("\n")


def merge_lines(before: Path, ours: Path, theirs: Path) -> None:
    """Nothing; ``ours`` then holds both versions as git merges any text, with its marks where lines clash; `KitError` where it cannot."""
    made = subprocess.run(
        [
            "git",
            "merge-file",
            "-p",
            "-L",
            "ours",
            "-L",
            "before",
            "-L",
            "theirs",
            str(ours),
            str(before),
            str(theirs),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode < 0 or made.returncode > 127:
        raise KitError(
            "git merge-file", made.stderr.decode("utf-8", "replace").strip()[:200], "merge it by hand"
        )
    write_whole(ours, made.stdout)


def install_merge_driver(case: str | os.PathLike[str]) -> list[str]:
    """What was set so that git merges the tables of the case row by row, in words; nothing where all was set.

    Git takes a driver from the settings of each clone, so that everybody runs this once: it names the Python it runs
    in. Which files it is for stands in ``.gitattributes``, which goes with the case. A folder that is in no repository
    raises `KitError`.
    """
    folder = Path(case)
    runs = f'"{sys.executable}" -m kit merge-tables %O %A %B %P'
    wanted = {f"merge.{DRIVER}.name": "tables of a case, by row and field", f"merge.{DRIVER}.driver": runs}
    done = []
    for setting, value in wanted.items():
        if git(folder, "config", "--local", "--get", setting, quiet=True).rstrip("\n") != value:
            git(folder, "config", "--local", setting, value)
            done.append(f"git's {setting}")
    path = folder / ".gitattributes"
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    missing = [line for line in ATTRIBUTES.splitlines() if line not in there.splitlines()]
    if missing:
        before = there if there.endswith("\n") or not there else there + "\n"
        write_whole(path, before + "\n".join(missing) + "\n")
        done.append(".gitattributes")
    return done


def git(folder: Path, *words: str, quiet: bool = False) -> str:
    """What git says to the words in the folder; `KitError` where it refuses, unless ``quiet``, and where there is no git."""
    try:
        made = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise KitError("git", "is not on this machine", "install it") from None
    if made.returncode and not quiet:
        said = made.stderr.decode("utf-8", "replace").strip().splitlines()
        raise KitError(f"git {words[0]}", said[0][:200] if said else "failed", "see to the repository")
    return made.stdout.decode("utf-8", "replace")
