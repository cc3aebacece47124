"""The inbox: facts that a program or a colleague proposes, checked before they are shown, and put into a table by a person."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.desk.proposal import PROPOSAL_NAME, Proposal, Rows, read_proposal
from kit.desk.rows import Saved, as_if, save_rows
from kit.errors import KitError, Problem, Problems
from kit.evidence.passages.capture_text import captures_here
from kit.evidence.passages.matching import named_passages
from kit.evidence.passages.review import judge_passages
from kit.evidence.passages.text_index import TextIndex, open_index
from kit.evidence.passages.verdict import Verdict, no_capture
from kit.evidence.support.support import Support
from kit.tables.declarations import fact_tables
from kit.tables.load import evidence_ids
from kit.tables.read import complete
from kit.text.printable import printable
from kit.text.wording import listed, plural

INBOX = Path("data") / "inbox"
#: Files that are read at once.
_MOST_FILES = 500
#: What `inbox` gives, a row a proposal.
INBOX_COLUMNS = ["id", "version", "by", "adds", "title", "passages", "carries", "problems"]


def inbox(case: Case) -> pd.DataFrame:
    """The proposed facts that wait in data/inbox, a row each, in the order of their names; at most 500 of them.

    Columns: ``id`` (the name of the file), ``version``, ``by``, ``adds`` (how many rows of which tables), ``title``, ``passages`` (the
    verdict on each of its passages), ``carries`` (whether each carries its fact), ``problems`` (what keeps it from being accepted).

    >>> import kit
    >>> inbox(kit.example()).columns.tolist()
    ['id', 'version', 'by', 'adds', 'title', 'passages', 'carries', 'problems']
    """
    rows = [
        {
            "id": one.id,
            "version": one.version,
            "by": one.by,
            "adds": listed(
                [plural(len(rows), f"row of {table}", f"rows of {table}") for table, rows in one.rows.items()]
            ),
            "title": _title(case, one.rows),
            "passages": ", ".join(verdict.verdict for verdict in one.verdicts),
            "carries": ", ".join(verdict.carries or "not-judged" for verdict in one.verdicts),
            "problems": "\n".join(one.problems),
        }
        for one in proposals(case)
    ]
    return pd.DataFrame(rows, columns=INBOX_COLUMNS, dtype="str")


def proposals(case: Case, id: str = "") -> list[Proposal]:
    """The proposals of the inbox, each checked against the tables and the captures; with ``id`` that one alone.

    One that cannot be read, or that the tables could not hold, comes with its problems. An ``id`` that is not there raises `KitError`.

    >>> import kit
    >>> proposals(kit.example())
    []
    """
    read = [read_proposal(case, path) for path in ([_file(case, id)] if id else _files(case))]
    if any(one.rows for one in read) and captures_here(case):
        with open_index(case, strict=False) as texts:
            return [_checked(case, one, texts) for one in read]
    return [_checked(case, one, None) for one in read]


def accept(case: Case, id: str, *, rows: Rows | None = None, version: str = "") -> Saved:
    """What was saved: all rows of the proposal are in their tables, or none is; its file lies in data/inbox/accepted.

    ``rows`` are those to save in place of the proposed ones, mended by a person. With the ``version`` that was shown, a
    file that has changed since raises `KitError`. A row whose id is taken by another raises `Conflict` with each cell, and one that the tables cannot
    hold `BadTable`; the proposal stays in the inbox then. Rows that are there already, cell by cell, are not doubled.

    >>> import kit
    >>> accept(kit.example(), "none")
    Traceback (most recent call last):
        ...
    kit.errors.KitError: data/inbox/none.json: is not in the inbox; see what is: kit inbox list
    """
    path = _file(case, id)
    with case.writing():
        read = read_proposal(case, path)
        if version and version != read.version:
            raise KitError(
                f"{INBOX.as_posix()}/{path.name}", "has changed since it was shown", "look at it again"
            )
        if read.problems and rows is None:
            raise Problems({f"{INBOX.as_posix()}/{path.name}": [Problem("", told) for told in read.problems]})
        chosen = Proposal(read.id, read.version, rows=read.rows if rows is None else rows)
        saved = save_rows(case, chosen.edits)
        _put_aside(path, "accepted")
        return saved


def drop(case: Case, id: str) -> Path:
    """Where the proposal lies now: in data/inbox/dropped, out of the inbox and not lost.

    One that is not there raises `KitError`.
    """
    with case.writing():
        return _put_aside(_file(case, id), "dropped")


def _files(case: Case) -> list[Path]:
    found = (path for path in (case.path / INBOX).glob("*.json") if not path.name.startswith("."))
    return sorted(path for path in found if path.is_file() or path.is_symlink())[:_MOST_FILES]


def _file(case: Case, id: str) -> Path:
    """The file of that id, which is never a path to elsewhere."""
    path = case.path / INBOX / f"{id}.json"
    if not PROPOSAL_NAME.fullmatch(id) or path not in _files(case):
        place = f"{INBOX.as_posix()}/{printable(id, lines=False)[:100]}.json"
        raise KitError(place, "is not in the inbox", "see what is: kit inbox list")
    return path


def _checked(case: Case, proposal: Proposal, texts: TextIndex | None) -> Proposal:
    """The proposal with what the tables and the captures say of it."""
    if proposal.problems or not proposal.rows:
        return proposal
    try:
        made = as_if(case, proposal.edits)
    except KitError as error:
        told = tuple(line.strip() for line in str(error).splitlines())
        return replace(proposal, problems=told)
    return replace(proposal, verdicts=verdicts_on(made, proposal.rows, texts))


def verdicts_on(case: Case, rows: Rows, texts: TextIndex | None) -> tuple[Verdict, ...]:
    """The verdict on each passage that the rows of evidence name, with what it carries of its fact.

    ``case`` has the rows already, as `kit.desk.rows.as_if` makes it; ``texts`` are the captures' texts, where any are here.

    >>> import kit
    >>> verdicts_on(kit.example(), {"evidence": []}, None)
    ()
    """
    evidence = rows.get("evidence", ())
    if not evidence:
        return ()
    table = case.schema["evidence"]
    ids = evidence_ids(complete(pd.DataFrame([dict(row) for row in evidence], dtype="str").fillna(""), table))
    own = case.table("evidence")
    sought = named_passages(own[own["id"].isin(ids)])
    if texts is None:
        return tuple(no_capture(passage.id) for passage in sought)
    return tuple(judge_passages(sought, texts, Support(case)))


def _title(case: Case, rows: Rows) -> str:
    """What the proposed fact is called; where none is proposed, the first row."""
    order = [*fact_tables(case.schema), "sources", *rows]
    first: Mapping[str, str] = next((rows[table][0] for table in order if rows.get(table)), {})
    told = next(
        (first[name] for name in ("title", "claim", "metric", "name", "label", "record") if first.get(name)),
        "",
    )
    return printable(told, lines=False)[:200]


def _put_aside(path: Path, folder: str) -> Path:
    """Where the file lies now; one of its name that was put there before stays as it is."""
    place = path.parent / folder
    place.mkdir(exist_ok=True)
    number = 1
    while (target := place / (path.name if number == 1 else f"{path.stem}-{number}.json")).exists():
        number += 1
    os.replace(path, target)
    return target
