"""The report of a case: an edition in every format, built aside, put in place when it is whole, and built again to compare."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.clock import as_on, today
from kit.errors import KitError, Problem, Problems, UnknownMark
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.gate import check_context, open_findings
from kit.evidence.checks.rules.publication import unquoted_runs
from kit.evidence.prose.document import Document, saved_documents
from kit.evidence.prose.statements import chart_data
from kit.evidence.secrecy import withheld
from kit.files import CACHE_FOLDER, staged, sweep, zip_bytes
from kit.lock import locked
from kit.reporting.book.book import Book, make_book, reduced
from kit.reporting.book.editions import EDITIONS, PUBLIC, WRITERS, formats_named, known
from kit.reporting.book.publication import Publication, public_documents, publication
from kit.reporting.book.risk import with_risk
from kit.reporting.deposit import MANIFEST, inputs, write_deposit
from kit.reporting.execution.cache import Cache, digest, software, state_of, surroundings, unchanged
from kit.reporting.execution.run import wrong_marks
from kit.reporting.execution.scheduler import PARALLEL, Progress, Runs
from kit.reporting.leak_scan.hidden_words import captured_text, hidden_cells
from kit.reporting.leak_scan.scan import find_leaks, refuse_leaks
from kit.sources.capture.capture import CAPTURES
from kit.tables.ledgers import LEDGERS

REPORTS = "reports"
_READS = ".reads"
#: The ledger of statements, which a packet brings up to date.
_STATEMENTS = LEDGERS["statements"].path
#: The gate's rules on marks: what they find, `kit.evidence.prose.marks` says with the nearest name.
_MARK_RULES = ("mark-unknown", "number-not-recorded", "number-misprinted")
#: The rule on facts that nobody has finished.
_UNFINISHED = "fact-without-evidence"


class Refused(Problems):
    """The public edition was not built, since something that it would say does not hold."""


class Differs(Problems):
    """A report is not what its case gives when it is built anew."""


def report(
    case: Case,
    *,
    edition: str = PUBLIC,
    to: str | Iterable[str] = (),
    only: str = "",
    progress: Progress | None = None,
) -> list[Path]:
    """The files of the report, written anew to ``reports/<edition>/``.

    ``edition`` is ``internal``, ``legal`` or ``public``; ``to`` names the formats (``html``, ``pdf``, ``docx``, ``md``,
    ``packet``), all of them when it is empty; ``only`` begins the name of one notebook; ``progress`` is told how far the
    run is. A name that is none raises `KitError`, a failed cell `FailedCell`. The internal and the legal edition show
    what does not hold where it stands; the public one refuses then: with `UnknownMark` or `Refused` for what the gate
    finds, with `Leaked` for what must stay out of print. A report that was there before stays whole until the new one
    is complete, and while it is built, building it elsewhere raises `Locked`. The same inputs give the same bytes, whether notebooks ran or were remembered.

    >>> import kit
    >>> [path.name for path in report(kit.example(), to="md", only="00") if path.parent.name == "markdown"]
    ['00-start-here.md']
    """
    known(edition, EDITIONS, "edition")
    formats = formats_named(to, edition)
    cache = Cache(case.path / CACHE_FOLDER)
    key = _key(case, edition, formats, only)
    target = case.path / REPORTS / edition
    with locked(case.path, f"{edition}-report", wait=0):
        sweep(target)
        with staged(target) as staging:
            if not _restored(case, cache.get("reports", key), staging):
                runs = Runs(case, cache)
                _build(case, staging, edition, formats, only, progress, runs)
                if runs.followed:
                    # What the ledger says now, its ids are what the report shows.
                    reads = {_STATEMENTS: state_of(case.path / _STATEMENTS)} | runs.reads
                    cache.put("reports", key, _packed(staging, reads))
    return sorted(path for path in target.rglob("*") if path.is_file())


def preview(case: Case, only: str = "") -> pd.DataFrame:
    """What the public edition would publish of the tables, and why, a row for each of theirs; nothing runs or is written.

    Columns: `kit.reporting.book.publication.REASON_COLUMNS`; ``public`` is ``yes`` or ``no``. The notebooks are taken as they
    were last saved. ``only`` begins the name of one.

    >>> import kit
    >>> found = preview(kit.example())
    >>> found.loc[found["public"].eq("yes"), "table"].unique().tolist()[:2]
    ['sources', 'events']
    """
    saved = {name: document for name, document in saved_documents(case).items() if name.startswith(only)}
    return _going_public(case, saved).reasons


def cleared(case: Case) -> Publication:
    """What goes public of the tables, the notebooks being as they were last saved; nothing runs or is written.

    What the public edition refuses, such as open errors of the gate, raises as it does there.

    >>> import kit
    >>> "events" in cleared(kit.example()).cells
    True
    """
    saved = saved_documents(case)
    going = _going_public(case, saved)
    _refuse(findings(case, saved.values()), wrong_marks(case, saved.values()), _printed(going, saved))
    withheld(case)
    return going


def _going_public(case: Case, saved: Mapping[str, Document]) -> Publication:
    shown = [reduced(document, PUBLIC) for document in public_documents(case, saved).values()]
    return publication(case, {mark.target for one in shown for mark in one.marks})


def verify(case: Case, edition: str = PUBLIC, progress: Progress | None = None) -> list[str]:
    """The files of the edition in ``reports/``, each found to be what a fresh build gives; nothing remembered is used.

    It is built for the day that the report was built for, unless SOURCE_DATE_EPOCH gives another.

    `Differs` names every file that is not, and every input that has changed since; `KitError` is raised where there is
    no report to compare. Nothing is written.

    >>> import kit
    >>> verify(kit.example())
    Traceback (most recent call last):
    kit.errors.KitError: reports/public/manifest.json: is not there, or is none; build it: kit report --edition public
    """
    folder = case.path / REPORTS / edition
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        formats, only, built_from = manifest["formats"], manifest["only"], manifest["inputs"]
        day = date.fromisoformat(manifest["built_for"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        place, remedy = f"{REPORTS}/{edition}/{MANIFEST}", f"build it: kit report --edition {edition}"
        raise KitError(place, "is not there, or is none", remedy) from error
    with tempfile.TemporaryDirectory() as temporary, as_on(day):
        fresh = Path(temporary)
        _build(case, fresh, edition, formats, only, progress, Runs(case))
        before, after = _bytes_in(folder), _bytes_in(fresh)
    names = sorted(name for name in before | after if before.get(name) != after.get(name))
    if names:
        problems = {f"{REPORTS}/{edition}": [_difference(name, before, after) for name in names]}
        # A public manifest names no other inputs than it publishes.
        named = {*built_from, *(() if edition == PUBLIC else inputs(case))}
        now = {name: state_of(case.path / name) for name in named}
        if moved := [name for name in sorted(now) if now[name] != built_from.get(name)]:
            what, remedy = (
                "is not as it was when the report was built",
                "put it back, or build the report again",
            )
            problems["inputs"] = [Problem(name, what, remedy) for name in moved]
        raise Differs(problems)
    return sorted(before)


def _build(
    case: Case,
    folder: Path,
    edition: str,
    formats: list[str],
    only: str,
    progress: Progress | None,
    runs: Runs,
) -> None:
    """Write the edition to ``folder``, and look it through there where the public will read it."""
    executed = runs.executed(only, progress)
    saved = saved_documents(case)
    done = {path.stem: saved[path.stem].ran(notebook) for path, notebook in executed.items()}
    context = _context(case, (saved | done).values())
    found = check_context(context)
    if edition == PUBLIC:
        printed = _printed(_going_public(case, done), done)
        _refuse(found, wrong_marks(case, done.values()), printed)
        withheld(case)
    if edition == PUBLIC:
        done = public_documents(case, done)
    book = replace(make_book(case, done.values(), edition), saved=saved, findings=found)
    if edition != PUBLIC:
        book = with_risk(book)
    _print(book, folder, formats, progress)
    write_deposit(case, book, folder, formats, only, runs.reads)
    if edition == PUBLIC:
        hidden = [
            text
            for name, document in done.items()
            for text in hidden_cells(document.notebook, book.documents[name].notebook, name)
        ]
        kept = [*hidden, *captured_text(unquoted_runs(context))]
        refuse_leaks(find_leaks(case, folder, kept, _own_scripts(formats), done.values()))


def findings(case: Case, documents: Iterable[Document]) -> pd.DataFrame:
    """What the gate finds in the case and its notebooks, which are these ``documents``.

    Columns: `kit.evidence.checks.gate.FINDING_COLUMNS`.
    """
    return check_context(_context(case, documents))


def _context(case: Case, documents: Iterable[Document]) -> CheckContext:
    context = CheckContext(case, today(), ran=True, thorough=True)
    context.documents = {f"notebooks/{document.path.name}": document for document in documents}
    return context


def _printed(going: Publication, documents: Mapping[str, Document]) -> set[str]:
    """The ids of the rows that go public, and of those that a chart of the public chapters draws."""
    rows = going.reasons
    drawn = {
        str(dict(zip(columns, row, strict=True)).get("id"))
        for document in documents.values()
        if document.public
        for cell in document.notebook["cells"]
        for output in cell.get("outputs", ())
        for columns, data in [chart_data(output.get("data", {}))]
        for row in data
    }
    return drawn | set(rows.loc[rows["public"].eq("yes"), "row"])


def _refuse(found: pd.DataFrame, wrong: dict[str, list[Problem]], printed: set[str]) -> None:
    """Raise what the public edition stops for: marks that are ``wrong``, and open findings that are errors, by place.

    A fact that has no evidence yet stops nothing as long as it is not among what is ``printed``.
    """
    problems = {place: list(marks) for place, marks in wrong.items()}
    for row in open_findings(found, "error").itertuples():
        if row.rule == _UNFINISHED and row.record not in printed:
            continue
        if row.rule not in _MARK_RULES:
            problem = Problem(row.record or row.rule, row.found, row.remedy)
            problems.setdefault(row.place, []).append(problem)
    if problems:
        raise (UnknownMark if wrong else Refused)(problems)


def _print(book: Book, folder: Path, formats: list[str], progress: Progress | None) -> None:
    """Write the formats side by side: much of the work is done by pandoc and Typst, beside the interpreter."""
    with ThreadPoolExecutor(PARALLEL) as pool:
        begun = {name: pool.submit(import_module(WRITERS[name]).write, book, folder) for name in formats}
        for number, (name, work) in enumerate(begun.items(), start=1):
            if progress:
                progress(name, number, len(formats))
            work.result()


def _own_scripts(formats: list[str]) -> tuple[str, ...]:
    from kit.reporting.writers.html.site import vega_bundle

    return (vega_bundle(),) if "html" in formats else ()


def _key(case: Case, edition: str, formats: list[str], only: str) -> str:
    """What the report is made from, but for what its notebooks read elsewhere, and for the ledger that it writes."""
    files = [*inputs(case), *(table.path for table in case.schema.values() if table.private)]
    captures = sorted((case.path / CAPTURES).glob("*.warc.gz"))
    kept = [f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in captures]
    named = [part for name in files if name != _STATEMENTS for part in (name, state_of(case.path / name))]
    # A waiver counts to its last day.
    day = today().isoformat()
    return digest(software(), *surroundings(), edition, *formats, only, day, *named, *kept)


def _packed(folder: Path, reads: dict[str, str]) -> bytes:
    return zip_bytes({_READS: json.dumps(reads).encode(), **_bytes_in(folder)}, packed=False)


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


def _bytes_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _difference(name: str, before: dict[str, bytes], after: dict[str, bytes]) -> Problem:
    if name not in after:
        return Problem(name, "is in the report and in no build of it", "remove it")
    if name not in before:
        return Problem(name, "is missing from the report", "build it again: kit report")
    old, new = before[name], after[name]
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return Problem(name, f"differs from byte {at + 1:,} on", "build it again: kit report")
