"""The report of a case: an edition in every format, built aside and put in place when it is whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.evidence.marks import citable, records
from kit.reporting import deposit, editions, leaks
from kit.reporting.cache import FOLDER as CACHE
from kit.reporting.cache import Cache, Runs, digest, software, state_of, surroundings, unchanged
from kit.reporting.chapter import EDITIONS, make_book
from kit.reporting.leaks_hidden import Kept, captured_passages, hidden_cells, unquoted
from kit.reporting.run import Progress, executed, wrong_marks
from kit.reporting.staging import staged
from kit.tables.schema import TABLES

FOLDER = "reports"
#: Each format and the module that writes it: ``write(book, folder)`` gives the files written.
WRITERS = {
    "html": "kit.reporting.site",
    "pdf": "kit.reporting.pdf",
    "docx": "kit.reporting.word",
    "md": "kit.reporting.markdown",
    "packet": "kit.reporting.packet",
}
_READS = ".reads"


def report(
    case: Case,
    *,
    edition: str = editions.PUBLIC,
    to: str | Iterable[str] = (),
    only: str = "",
    progress: Progress | None = None,
) -> list[Path]:
    """The files of the report, written anew to ``reports/<edition>/``.

    ``edition`` is ``internal``, ``legal`` or ``public``; ``to`` names the formats (see `WRITERS`), all of them when it
    is empty; ``only`` begins the name of one notebook. A name that is none raises `KitError`, a failed cell
    `FailedCell`. The internal and the legal edition show what does not hold where it stands; the public one refuses
    then: with `UnknownMark` or `editions.Refused` for what the gate finds, with `leaks.Leaked` for what must stay out
    of print. A report that was there before stays whole until the new one is complete. The same inputs give the same
    bytes, whether notebooks ran or were remembered.
    """
    editions.known(edition, EDITIONS, "edition")
    formats = formats_named(to)
    cache = Cache(case.path / CACHE)
    key = _key(case, edition, formats, only)
    target = case.path / FOLDER / edition
    with staged(target) as staging:
        if not _restored(case, cache.get("reports", key), staging):
            runs = Runs(case, cache)
            build(case, staging, edition, formats, only, progress, runs)
            if runs.followed:
                cache.put("reports", key, _packed(staging, runs.reads))
    return sorted(path for path in target.rglob("*") if path.is_file())


def formats_named(to: str | Iterable[str]) -> list[str]:
    """The formats that ``to`` names, in the order of `WRITERS`; all of them where it names none.

    >>> formats_named("docx, html")
    ['html', 'docx']
    """
    names = [name.strip() for name in to.split(",")] if isinstance(to, str) else list(to)
    wanted = {editions.known(name, WRITERS, "format") for name in names if name}
    return [name for name in WRITERS if name in wanted or not wanted]


def build(
    case: Case,
    folder: Path,
    edition: str,
    formats: list[str],
    only: str,
    progress: Progress | None,
    run: Any,
) -> None:
    """Nothing; the edition is written to ``folder``, and checked there where the public will read it."""
    public = edition == editions.PUBLIC
    done = executed(case, only, progress, run)
    wrong = wrong_marks(case, done)
    found = editions.findings(case, done)
    if public:
        editions.refuse(found, wrong)
        leaks.withheld(case)
    ids = citable(case)
    shown = {path: editions.marked(notebook, ids, records(notebook)) for path, notebook in done.items()}
    book = replace(make_book(case, shown if wrong else done, edition), findings=found)
    for number, name in enumerate(formats, start=1):
        if progress:
            progress(name, number, len(formats))
        import_module(WRITERS[name]).write(book, folder)
    deposit.write(book, folder, formats, only)
    if public:
        hidden = [
            one for path, nb in done.items() for one in hidden_cells(nb, book.notebooks[path.stem], path.stem)
        ]
        leaks.refuse(leaks.scan(case, folder, [*hidden, *_passages(case)], _own_scripts(formats)))


def _passages(case: Case) -> list[Kept]:
    """The captured text between a passage's ends, but for words that our own tables have, such as a title."""
    found = captured_passages(case)
    ours = (
        [text for name in TABLES for text in case.table(name).select_dtypes("str").to_numpy().ravel()]
        if found
        else []
    )
    return list(unquoted(found, ours))


def _own_scripts(formats: list[str]) -> tuple[str, ...]:
    from kit.reporting.site import vega_bundle

    return (vega_bundle(),) if {"html", "packet"} & set(formats) else ()


def _key(case: Case, edition: str, formats: list[str], only: str) -> str:
    """What the report is made from, but for what its notebooks read elsewhere."""
    files = [*deposit.inputs(case), *(table.path for table in TABLES.values() if table.private)]
    captures = sorted((case.path / "data/captures").glob("*"))
    kept = [f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in captures]
    named = [part for name in files for part in (name, state_of(case.path / name))]
    # A waiver counts to its last day.
    day = editions.today(case).isoformat()
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
