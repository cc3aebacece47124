"""The report of a case: an edition in every format, built aside and put in place when it is whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kit.case import Case
from kit.clock import today
from kit.reporting.cache import FOLDER as CACHE
from kit.reporting.cache import Cache, digest, software, state_of, surroundings, unchanged
from kit.reporting.inputs import inputs
from kit.reporting.names import EDITIONS, PUBLIC, formats_named, known
from kit.reporting.staging import staged
from kit.sources.capture import CAPTURES
from kit.tables.ledgers import LEDGERS
from kit.tables.schema import TABLES

if TYPE_CHECKING:
    from kit.reporting.runs import Progress

FOLDER = "reports"
_READS = ".reads"
#: The ledger of statements, which a packet brings up to date.
_STATEMENTS = LEDGERS["statements"].path


def report(
    case: Case,
    *,
    edition: str = PUBLIC,
    to: str | Iterable[str] = (),
    only: str = "",
    progress: Progress | None = None,
) -> list[Path]:
    """The files of the report, written anew to ``reports/<edition>/``.

    ``edition`` is ``internal``, ``legal`` or ``public``; ``to`` names the formats (see `kit.reporting.names.WRITERS`), all of them when it
    is empty; ``only`` begins the name of one notebook. A name that is none raises `KitError`, a failed cell
    `FailedCell`. The internal and the legal edition show what does not hold where it stands; the public one refuses
    then: with `UnknownMark` or `editions.Refused` for what the gate finds, with `leaks.Leaked` for what must stay out
    of print. A report that was there before stays whole until the new one is complete. The same inputs give the same
    bytes, whether notebooks ran or were remembered.
    """
    known(edition, EDITIONS, "edition")
    formats = formats_named(to)
    cache = Cache(case.path / CACHE)
    key = _key(case, edition, formats, only)
    target = case.path / FOLDER / edition
    with staged(target) as staging:
        if not _restored(case, cache.get("reports", key), staging):
            # What prints is not loaded where nothing has to be printed.
            from kit.reporting.printing import build
            from kit.reporting.runs import Runs

            runs = Runs(case, cache)
            build(case, staging, edition, formats, only, progress, runs)
            if runs.followed:
                # What the ledger says now, its ids are what the report shows.
                reads = {_STATEMENTS: state_of(case.path / _STATEMENTS)} | runs.reads
                cache.put("reports", key, _packed(staging, reads))
    return sorted(path for path in target.rglob("*") if path.is_file())


def _key(case: Case, edition: str, formats: list[str], only: str) -> str:
    """What the report is made from, but for what its notebooks read elsewhere, and for the ledger that it writes."""
    files = [*inputs(case), *(table.path for table in TABLES.values() if table.private)]
    files = [name for name in files if name != _STATEMENTS]
    captures = sorted((case.path / CAPTURES).glob("*.warc.gz"))
    kept = [f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in captures]
    named = [part for name in files for part in (name, state_of(case.path / name))]
    # A waiver counts to its last day.
    day = today().isoformat()
    return digest(software(), *surroundings(), edition, *formats, only, day, *named, *kept)


def _packed(folder: Path, reads: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(_READS, json.dumps(reads))
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.writestr(path.relative_to(folder).as_posix(), path.read_bytes())
    return made.getvalue()


def _restored(case: Case, content: bytes | None, folder: Path) -> bool:
    """Whether the remembered report is the one that a build would give, and then stands in ``folder``."""
    if content is None:
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if not unchanged(case, json.loads(packed.read(_READS))):
            return False
        for name in packed.namelist():
            if name != _READS:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed.read(name))
    return True
