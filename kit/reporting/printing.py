"""An edition of a case printed in its formats, with what lies beside it, and looked through before it is public."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from kit.case import Case
from kit.evidence.marks import citable, records
from kit.reporting import deposit, editions, leaks
from kit.reporting.chapter import Book, make_book
from kit.reporting.leaks_hidden import Kept, captured_passages, hidden_cells, unquoted
from kit.reporting.names import PUBLIC, WRITERS
from kit.reporting.risk_chapter import with_risk
from kit.reporting.run import wrong_marks
from kit.reporting.runs import AT_ONCE, Progress, Runs
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
    done = runs.executed(only, progress)
    wrong = wrong_marks(case, done)
    found = editions.findings(case, done)
    if public:
        editions.refuse(found, wrong)
        leaks.withheld(case)
    ids = citable(case)
    shown = {path: editions.marked(notebook, ids, records(notebook)) for path, notebook in done.items()}
    book = replace(make_book(case, shown if wrong else done, edition), findings=found)
    if not public:
        book = with_risk(book)
    _print(book, folder, formats, progress)
    deposit.write(book, folder, formats, only, runs.reads)
    if public:
        hidden = [
            one for path, nb in done.items() for one in hidden_cells(nb, book.notebooks[path.stem], path.stem)
        ]
        leaks.refuse(leaks.scan(case, folder, [*hidden, *_passages(case)], _own_scripts(formats)))


def _print(book: Book, folder: Path, formats: list[str], progress: Progress | None) -> None:
    """Write the formats side by side: much of the work is done by pandoc and Typst, beside the interpreter."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = {name: pool.submit(import_module(WRITERS[name]).write, book, folder) for name in formats}
        for number, (name, work) in enumerate(begun.items(), start=1):
            if progress:
                progress(name, number, len(formats))
            work.result()


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

    return (vega_bundle(),) if "html" in formats else ()
