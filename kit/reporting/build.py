"""The report of a case: an edition in every format, built aside and put in place when it is whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from kit.case import Case
from kit.clock import today
from kit.evidence.prose.document import saved_documents
from kit.files import staged
from kit.reporting import editions
from kit.reporting.deposit import manifest
from kit.reporting.deposit.manifest import inputs
from kit.reporting.document.book import Book, make_book
from kit.reporting.document.formats import EDITIONS, PUBLIC, WRITERS, formats_named, known
from kit.reporting.document.risk_chapter import with_risk
from kit.reporting.execution.cache import FOLDER as CACHE
from kit.reporting.execution.cache import Cache, digest, software, state_of, surroundings, unchanged
from kit.reporting.execution.run import wrong_marks
from kit.reporting.execution.scheduler import AT_ONCE, Progress, Runs
from kit.reporting.leak_scan.hidden_words import HiddenText, captured_passages, hidden_cells, unquoted
from kit.reporting.leak_scan.scan import find_leaks, refuse_leaks, withheld
from kit.sources.capture.capture import CAPTURES
from kit.tables.ledgers import LEDGERS
from kit.tables.schema import TABLES


def build(
    case: Case,
    folder: Path,
    edition: str,
    formats: list[str],
    only: str,
    progress: Progress | None,
    runs: Runs,
) -> None:
    """Nothing; the edition is written to ``folder``, and looked through there where the public will read it.

    ``runs`` runs its notebooks. What stops the edition raises what `kit.reporting.build.report` names.
    """
    public = edition == PUBLIC
    executed = runs.executed(only, progress)
    saved = saved_documents(case)
    done = {path.stem: saved[path.stem].ran(notebook) for path, notebook in executed.items()}
    wrong = wrong_marks(case, done.values())
    found = editions.findings(case, (saved | done).values())
    if public:
        editions.refuse(found, wrong)
        withheld(case)
    book = replace(make_book(case, done.values(), edition), saved=saved, findings=found)
    if not public:
        book = with_risk(book)
    _print(book, folder, formats, progress)
    manifest.write(book, folder, formats, only, runs.reads)
    if public:
        hidden = [
            one
            for name, document in done.items()
            for one in hidden_cells(document.notebook, book.documents[name].notebook, name)
        ]
        refuse_leaks(find_leaks(case, folder, [*hidden, *_passages(case)], _own_scripts(formats)))


def _print(book: Book, folder: Path, formats: list[str], progress: Progress | None) -> None:
    """Write the formats side by side: much of the work is done by pandoc and Typst, beside the interpreter."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = {name: pool.submit(import_module(WRITERS[name]).write, book, folder) for name in formats}
        for number, (name, work) in enumerate(begun.items(), start=1):
            if progress:
                progress(name, number, len(formats))
            work.result()


def _passages(case: Case) -> list[HiddenText]:
    """The captured text between a passage's ends, but for words that our own tables have, such as a title."""
    found = captured_passages(case)
    ours = (
        [text for name in TABLES for text in case.table(name).select_dtypes("str").to_numpy().ravel()]
        if found
        else []
    )
    return list(unquoted(found, ours))


def _own_scripts(formats: list[str]) -> tuple[str, ...]:
    from kit.reporting.writers.html.site import vega_bundle

    return (vega_bundle(),) if "html" in formats else ()


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

    ``edition`` is ``internal``, ``legal`` or ``public``; ``to`` names the formats (see `kit.reporting.document.formats.WRITERS`), all of them when it
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
            from kit.reporting.execution.scheduler import Runs

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
