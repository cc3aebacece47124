"""Two real processes that do things to one case at the same moment, round after round."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

import kit
from kit.evidence.prose.statements import update_statements
from kit.sources.bibliography.exchange import import_sources
from kit.sources.keep import keep
from kit.sources.renaming import rename
from kit.tables.schema import TABLES
from kit.tables.write import tidy

#: Does something to the case, in the round of that number.
Deed = Callable[[kit.Case, int], object]


def imports(who: str, case: kit.Case, number: int) -> None:
    """Four sources of its own are imported."""
    items = [
        {
            "id": f"{who}-{number}-{each}",
            "type": "book",
            "title": f"{who} {number} {each}",
            "publisher": "Quay",
        }
        for each in range(4)
    ]
    path = case.path / f"{who}-{number}.json"
    path.write_text(json.dumps([item | {"issued": {"date-parts": [[2021]]}} for item in items]))
    import_sources(case, path, "primary")


def tidies(case: kit.Case, number: int) -> None:
    """The tables are put in order."""
    tidy(case)


def renames(case: kit.Case, number: int) -> None:
    """A tag gets another name."""
    rename(case, f"tags/raid{number or ''}", f"raid{number + 1}")


def keeps(who: str, case: kit.Case, number: int) -> None:
    """A text is kept, with its row."""
    words = f"{who} saw box {number}."
    keep(case, words, how="pasted", source=f"{who}-{number}", tier="primary", say=lambda told: None)


def renews(case: kit.Case, number: int) -> None:
    """Ledgers are brought up to date."""
    update_statements(case, kit.clock.today())


def _rounds(folder: Path, deed: Deed, rounds: int, start: Barrier) -> None:
    case = kit.open(folder)
    for number in range(rounds):
        start.wait(60)
        deed(case, number)


def side_by_side(folder: Path, one: Deed, other: Deed, rounds: int = 5) -> None:
    """Nothing, once both processes have done their deed in each of the rounds; one that fails raises ``AssertionError``."""
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(2)
    both = [spawn.Process(target=_rounds, args=(folder, deed, rounds, start)) for deed in (one, other)]
    for each in both:
        each.start()
    for each in both:
        each.join(120)
    assert [each.exitcode for each in both] == [0, 0]


def unsorted(folder: Path) -> None:
    """Nothing; the table of sources is as a spreadsheet has saved it, so that there is something to tidy."""
    path = folder / TABLES["sources"].path
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\r\n".join([head, *reversed(rows)]) + "\r\n", encoding="utf-8", newline="")


imports_as, keeps_as = partial(partial, imports), partial(partial, keeps)
