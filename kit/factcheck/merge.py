"""A returned packet carried over into data/manual/checks.csv: nothing is overwritten silently, nothing half."""

from __future__ import annotations

import re
import warnings
from datetime import date
from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.errors import KitError, Problem, Problems
from kit.evidence.prose.reviews import wording_changes
from kit.evidence.prose.statements import STATEMENT_LEDGER, read_statements
from kit.factcheck.model.returned import (
    Baseline,
    CheckMark,
    Comment,
    Outcome,
    PrintedStatement,
    Returned,
    open_parts,
    squeezed,
)
from kit.factcheck.readers.docx import FindBaseline, data_of, read_word
from kit.factcheck.readers.xlsx import read_sheet
from kit.files import write_whole
from kit.reporting.build import REPORTS
from kit.tables.cells import guarded, join_list, split_list, unguarded
from kit.tables.read import TidyWarning, read_text, suggest
from kit.tables.schema import STATUSES, TABLES
from kit.tables.write import table_bytes
from kit.text.dates import printed_dates

CHECKS = TABLES["checks"]
#: What a cell of a spreadsheet holds, and a little less: the table is opened in one.
_LONGEST = 32_000
_BETWEEN = " / "
_UNTOUCHED = CheckMark("unchecked")


def import_packet(case: Case, path: Path, sent: Path | None = None) -> Outcome:
    """What became of the marks and comments in a packet that came back as .docx or .xlsx.

    ``sent`` is the .docx that was sent out; it is needed where a program has thrown away the packet's own data and
    the packet in ``reports/`` is a newer one.

    A file that is no packet, is another case's, or was printed by another version of the kit raises `KitError`. Marks
    that cannot be understood (a status that is none, no name, no day) raise `Problems` with all of them, and nothing
    is written. The same packet twice changes nothing.

    >>> import kit
    >>> from kit.evidence.prose.document import saved_documents
    >>> from kit.factcheck import export
    >>> from kit.reporting.book.book import make_book
    >>> case = kit.example()
    >>> word, *_ = export.write(make_book(case, saved_documents(case).values(), "internal"), case.path)
    >>> import_packet(case, word).clean
    True
    """
    returned = read_packet(path, lambda packet: _sent(case, packet, sent))
    printed = returned.baseline
    if printed.case != case.title:
        raise KitError(
            path.name,
            f"is a packet of the case {printed.case!r}, not of {case.title!r}",
            "import it in its own case",
        )
    merge = _Merge(case, returned, Outcome(printed.packet, path.name))
    for statement in printed.statements.values():
        merge.take(statement)
    if merge.problems:
        raise Problems({path.name: merge.problems})
    merge.rest()
    if merge.changed:
        cells = pd.DataFrame(merge.rows.values(), columns=CHECKS.names).map(guarded)
        write_whole(case.path / CHECKS.path, table_bytes(cells, CHECKS))
    return merge.outcome


def _sent(case: Case, packet: str, sent: Path | None) -> Baseline | None:
    """The data of a packet of that id: of the file that was sent out, or of one that lies in the reports."""
    if sent:
        with open_parts(sent) as parts:
            found = data_of(parts, sent.name)
        if found is None:
            raise KitError(sent.name, "holds no packet's data", "give the .docx as kit report wrote it")
        if found.packet != packet:
            raise KitError(
                sent.name,
                f"is packet {found.packet}, and {packet} came back",
                "give the one that was sent out",
            )
        return found
    for path in sorted((case.path / REPORTS).glob("*/fact-check.docx")):
        try:
            with open_parts(path) as parts:
                found = data_of(parts, path.name)
        except KitError:
            continue  # of an older kit, say: it is not the one that is sought
        if found and found.packet == packet:
            return found
    return None


def read_packet(path: Path, sent: FindBaseline) -> Returned:
    """What came back in the file, by what it holds and not by its name; one that is no packet raises `KitError`."""
    with open_parts(path) as parts:
        names = set(parts.namelist())
        if "word/document.xml" in names:
            return read_word(parts, path.name, sent)
    if "xl/workbook.xml" in names:
        return read_sheet(path)
    raise KitError(
        path.name, "is no Word document and no spreadsheet", "give the .docx or .xlsx that came back"
    )


class _Merge:
    """Takes one statement after the other; the table's rows are cells as text, by statement."""

    def __init__(self, case: Case, returned: Returned, outcome: Outcome) -> None:
        self.returned, self.outcome = returned, outcome
        self.rows = _rows(case.path)
        ledger = read_statements(case.path)
        standing = ledger[ledger["retired_on"].eq("")]
        self.now = dict(zip(standing["statement"], standing["text"], strict=True))
        self.known = set(ledger["statement"])
        self.problems: list[Problem] = []
        self.changed = False

    def take(self, printed: PrintedStatement) -> None:
        """Carry over what came back for one statement."""
        given = list(dict.fromkeys(self.returned.marks.get(printed.id, [])))
        wordings = list(dict.fromkeys(map(squeezed, self.returned.wordings.get(printed.id, []))))
        comments = self.returned.comments.get(printed.id, [])
        if not given:
            self.outcome.lost.append(f"{printed.id}: {_short(printed.wording)}")
            if not comments:
                return
        marks = list(dict.fromkeys(self._understood(printed, mark) for mark in given))
        if None in marks:
            return
        twice = (
            [f"“{wording}”" for wording in wordings]
            if len(marks) < 2
            else map(_mark_line, filter(None, marks))
        )
        if len(marks) > 1 or len(wordings) > 1:
            what = "stands" if len(marks) > 1 else "its sentence stands"
            remarks = "".join(f"; remark: {comment}" for comment in comments)
            self.outcome.conflicts.append(
                f"{printed.id}: {what} twice in the file, as {' and '.join(twice)}{remarks}"
            )
            return
        mark = (marks and marks[0]) or CheckMark(printed.status, printed.by, printed.on)
        wording = wordings[0] if wordings and wordings[0] else printed.wording
        reworded = squeezed(printed.wording) != wording
        if not reworded:
            wording = printed.wording
        if not wordings:
            self.outcome.reworded.append(f"{printed.id}: struck out")
        comment = self._comment(printed, comments)
        if max(len(comment), len(mark.by)) > _LONGEST:
            wrong = (
                f"a comment or a name of over {_LONGEST:,} characters does not fit a cell of a spreadsheet"
            )
            self.problems.append(Problem(printed.id, wrong, "shorten it, or send it as a file of its own"))
            return
        touched = mark != CheckMark(printed.status, printed.by, printed.on)
        if not (touched or reworded or comment != printed.comment):
            return
        if signed := self._signed(printed, mark, comments):
            self._write(printed, signed, wording, comment, reworded)

    def _understood(self, printed: PrintedStatement, mark: CheckMark) -> CheckMark | None:
        """The mark in the words of the table; ``None``, and a problem, where it is not to be understood."""
        status = mark.status.casefold().replace(" ", "-") or "unchecked"
        if status not in STATUSES:
            near = suggest(status, STATUSES)
            remedy = f"did you mean {near!r}?" if near else f"choose one of {', '.join(STATUSES)}"
            self.problems.append(Problem(printed.id, f"status {mark.status[:40]!r} is none", remedy))
            return None
        day = _day(mark.on)
        if mark.on and not day:
            self.problems.append(
                Problem(printed.id, f"{mark.on[:40]!r} is not a day", "write it as 2025-07-29")
            )
            return None
        return CheckMark(status, mark.by, day)

    def _signed(
        self, printed: PrintedStatement, mark: CheckMark, comments: list[Comment]
    ) -> CheckMark | None:
        """The mark with a name and a day: its own, the cover's, a comment's, or the day the file was saved."""
        cover = self.returned.cover
        if mark.status != printed.status and (mark.by, mark.on) == (printed.by, printed.on):
            # The name and day printed there are those of the mark that was changed.
            mark = CheckMark(mark.status)
        by = mark.by or cover.by or next((c.by for c in comments if c.by), "")
        day = (
            mark.on
            or _day(cover.on)
            or next((c.on for c in comments if _day(c.on)), "")
            or self.returned.saved_on
        )
        if not by:
            remedy = "write a name beside it, or once for the whole packet"
            self.problems.append(Problem(printed.id, f"is {mark.status} by nobody", remedy))
        elif not day:
            self.problems.append(Problem(printed.id, f"is {mark.status} on no day", "write it as 2025-07-29"))
        else:
            return CheckMark(mark.status, by, day)
        return None

    def _comment(self, printed: PrintedStatement, comments: list[Comment]) -> str:
        """The comment as the table will have it: what was there, what was written over it, what was added."""
        text = self.returned.rewritten.get(printed.id, printed.comment)
        for comment in comments:
            if str(comment) not in text:
                text = _BETWEEN.join(filter(None, (text, str(comment))))
        return text

    def _write(
        self, printed: PrintedStatement, mark: CheckMark, wording: str, comment: str, reworded: bool
    ) -> None:
        row = {
            "statement": printed.id,
            "status": mark.status,
            "by": mark.by,
            "on": mark.on,
            "comment": comment,
            "wording": wording,
            "basis": join_list(printed.basis),
        }
        held = self.rows.get(printed.id)
        if held == row:
            return
        if held and (other := self._other(printed, held)):
            if mark.status == printed.status and not reworded:
                self._beside(printed, held, comment)
                return
            said = f": {comment}" if comment else ""
            both = f"the packet has {_mark_line(mark)}{said}, the table {_mark_line(other)}; the table stands"
            self.outcome.conflicts.append(f"{printed.id}: {both}")
            return
        if reworded:
            self.outcome.reworded.append(f"{printed.id}: {wording_changes(printed.wording, wording)}")
        now = self.now.get(printed.id)
        if now is None:
            gone = "was taken out of the notebooks"
            self.outcome.stale.append(f"{printed.id}: {gone}")
        elif now != wording and not reworded:
            self.outcome.stale.append(f"{printed.id}: {wording_changes(wording, now)}")
        before = f", was {_mark_line(CheckMark(held['status'], held['by'], held['on']))}" if held else ""
        beside = f": {comment}" if comment else ""
        self.outcome.marked.append(f"{printed.id}: {_mark_line(mark)}{before}{beside}")
        self.rows[printed.id] = row
        self.changed = True

    def _beside(self, printed: PrintedStatement, held: dict[str, str], comment: str) -> None:
        """Add a comment to the table's row where the packet's checker did nothing else: both can stand."""
        known = held["comment"]
        added = [part for part in comment.split(_BETWEEN) if part not in known]
        if added:
            together = _BETWEEN.join(filter(None, (known, *added)))
            self.rows[printed.id] = held | {"comment": together}
            self.outcome.marked.append(f"{printed.id}: remark: {_BETWEEN.join(added)}")
            self.changed = True

    def _other(self, printed: PrintedStatement, held: dict[str, str]) -> CheckMark | None:
        """The table's mark, where it is one that the packet did not know when it was printed."""
        mark = CheckMark(held["status"], held["by"], held["on"])
        same_words = held["wording"] == printed.wording and split_list(held["basis"]) == printed.basis
        known = (mark, held["comment"]) == (
            CheckMark(printed.status, printed.by, printed.on),
            printed.comment,
        )
        if same_words:
            return None if known else mark
        # A mark on an older wording had lapsed when the packet was printed; one on today's came afterwards.
        return mark if held["wording"] == self.now.get(printed.id) else None

    def rest(self) -> None:
        """Note what the file has that no statement of the packet took."""
        printed = self.returned.baseline.statements
        for identity in sorted({*self.returned.marks, *self.returned.comments} - printed.keys()):
            where = (
                "a statement of this case"
                if identity in self.known
                else f"not in {STATEMENT_LEDGER.as_posix()}"
            )
            given = [mark for mark in self.returned.marks.get(identity, []) if mark != _UNTOUCHED]
            marks = [_mark_line(mark) for mark in given]
            words = [f"remark: {comment}" for comment in self.returned.comments.get(identity, [])]
            self.outcome.unknown.append("; ".join([f"{identity}: {where}", *marks, *words]))
        self.outcome.remarks += map(str, self.returned.remarks)


def _rows(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of the table as text, without the guards against formulas."""
    path = folder / CHECKS.path
    if not path.is_file():
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TidyWarning)
        cells, wrong = read_text(path, CHECKS)
    if wrong:
        raise Problems({CHECKS.path: wrong})
    rows = cells.map(unguarded).to_dict("records")
    return {row["statement"]: row for row in rows}


def _day(text: str) -> str:
    """A day as 2025-07-29; blank where the text names none."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return ""
    found = [day.span() for day in printed_dates(text) if day.year and day.day]
    return found[0][0].isoformat() if len(found) == 1 and found[0] else ""


def _mark_line(mark: CheckMark) -> str:
    return f"{mark.status} ({', '.join(filter(None, (mark.by, mark.on))) or 'nobody'})"


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89].rstrip() + "…"
