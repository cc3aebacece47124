"""A returned packet carried over into the case's tables: marks, and what else a checker left, of which nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.case import Case
from kit.clock import today
from kit.errors import KitError
from kit.evidence.prose.reviews import wording_changes
from kit.evidence.prose.statements import STATEMENT_LEDGER, read_statements
from kit.factcheck.model.returned import (
    Baseline,
    CheckMark,
    Comment,
    Outcome,
    PrintedStatement,
    Remark,
    Returned,
    squeezed,
)
from kit.factcheck.readers.days import typed_day
from kit.factcheck.readers.files import find_sent, read_packet
from kit.factcheck.tables import BETWEEN, CheckTables
from kit.tables.cells import join_list, split_list
from kit.tables.ledgers import STATUSES
from kit.tables.read import suggest

_UNTOUCHED = CheckMark("unchecked")
_OLD = "printed by an older kit: words typed into its evidence without changes tracked cannot be told from what was printed; --sent FILE compares them"
#: The list of the outcome in which each kind of remark is told.
_TOLD = {
    "rewording": "reworded",
    "struck": "reworded",
    "remark": "remarks",
    "conflict": "conflicts",
    "question": "questions",
    "lost": "lost",
    "unknown": "unknown",
}


def import_packet(case: Case, path: Path, sent: Path | None = None) -> Outcome:
    """What became of the marks, comments and remarks in a packet that came back as .docx or .xlsx.

    Marks go to ``data/manual/checks.csv``; everything else that was not printed goes to ``data/manual/remarks.csv``,
    where it waits for somebody to deal with it. ``sent`` is the .docx that was sent out; it is needed where a program
    has thrown away the packet's own data and the packet in ``reports/`` is a newer one. A file that is no packet, is
    another case's, or was printed by a later version of the kit raises `KitError`. The same packet twice changes
    nothing.

    >>> import kit
    >>> from kit.evidence.prose.document import saved_documents
    >>> from kit.factcheck import export
    >>> from kit.reporting.book.book import make_book
    >>> case = kit.example()
    >>> word, *_ = export.write(make_book(case, saved_documents(case).values(), "internal"), case.path)
    >>> import_packet(case, word).clean
    True
    """
    returned = read_packet(path, lambda packet: find_sent(case, packet, sent), sent)
    with case.writing():
        return _carried_over(case, returned, path)


def _carried_over(case: Case, returned: Returned, path: Path) -> Outcome:
    printed = returned.baseline
    ledger = read_statements(case.path)
    if not _same_case(case, printed, ledger):
        raise KitError(
            path.name,
            f"is a packet of the case {printed.case!r}, not of {case.title!r}",
            "import it in its own case",
        )
    merge = _Merge(case, returned, ledger, Outcome(printed.packet, path.name))
    for statement in printed.statements.values():
        merge.take(statement)
    merge.rest()
    merge.tables.write(returned.files)
    return merge.outcome


def _same_case(case: Case, printed: Baseline, ledger: pd.DataFrame) -> bool:
    """Whether the packet is of this case: by the case's own id, else by its title or by most of its sentences."""
    own = str(case.settings.get("id", ""))
    if own and printed.case_id:
        return own == printed.case_id
    if printed.case == case.title:
        return True
    known = dict(zip(ledger["statement"], ledger["text"], strict=True))
    same = sum(known.get(each.id) == each.wording for each in printed.statements.values())
    return same * 2 > len(printed.statements)


class _Merge:
    """Takes one statement after the other; the rows of the tables are cells as text, by their first column."""

    def __init__(self, case: Case, returned: Returned, ledger: pd.DataFrame, outcome: Outcome) -> None:
        self.case, self.returned, self.outcome = case, returned, outcome
        self.tables = CheckTables(case.path, returned.baseline.packet, today())
        standing = ledger[ledger["retired_on"].eq("")]
        self.now = dict(zip(standing["statement"], standing["text"], strict=True))
        self.known = set(ledger["statement"])
        self.day = today()
        self.cover = self._cover()

    def _cover(self) -> CheckMark:
        """Name and day on the cover, which sign every mark that has none; a day that is none is asked about there."""
        given = self.returned.cover
        typed = typed_day(given.on, self.day)
        if typed.rest:
            self.returned.remarks.append(Remark("", "the day on the cover", given.on, given.by))
        if typed.why:
            self.tables.remark(
                "question", "", "the day on the cover", f"On: {given.on}", given.by, told=typed.why
            )
        return CheckMark(given.status, given.by, typed.day or (given.on if typed.why else ""))

    def take(self, printed: PrintedStatement) -> None:
        """Carry over what came back for one statement."""
        returned, identity = self.returned, printed.id
        given = returned.marks.get(identity, [])
        wordings = list(dict.fromkeys(map(squeezed, returned.wordings.get(identity, []))))
        comments = returned.comments.get(identity, [])
        if not given and not wordings and not comments:
            self.tables.remark("lost", identity, "", printed.wording, told=_short(printed.wording))
            return
        if given and not wordings:
            wordings = [""]
        elif wordings and not given:
            self.tables.remark("remark", identity, "the line of the mark", "was taken out")
        marks = list(dict.fromkeys(self._understood(printed, mark) for mark in dict.fromkeys(given)))
        if len(marks) > 1 or len(wordings) > 1:
            self._twice(identity, [mark for mark in marks if mark], wordings, comments)
            return
        wording = self._wording(printed, wordings)
        if None in marks:
            self._comments_only(printed, comments)
            return
        mark = (marks and marks[0]) or CheckMark(printed.status, printed.by, printed.on)
        if mark.status in ("unchecked", "wrong", "needs-work") or not wording:
            wording = printed.wording  # what is wrong is what was printed, not what is proposed for it
        cell = returned.rewritten.get(identity, printed.comment)
        cell = cell if cell == printed.comment else self.tables.joined(identity, "", [cell])
        comment = self.tables.joined(identity, cell, map(str, comments))
        if mark == CheckMark(printed.status, printed.by, printed.on) and comment == printed.comment:
            return
        if signed := self._signed(printed, mark, comments):
            self._write(printed, signed, wording, comment)
        else:
            self._comments_only(printed, comments)

    def _twice(
        self, identity: str, given: list[CheckMark], wordings: list[str], comments: list[Comment]
    ) -> None:
        marks = [str(mark) for mark in given] if len(given) > 1 else []
        said = marks or [f"“{wording}”" for wording in wordings]
        what = "stands" if marks else "its sentence stands"
        remarks = "".join(f"; remark: {comment}" for comment in comments)
        words = f"{what} twice in the file, as {' and '.join(said)}{remarks}"
        self.tables.remark("conflict", identity, "", words, told=words)

    def _wording(self, printed: PrintedStatement, wordings: list[str]) -> str:
        """The sentence as the checker left it; another than was printed is a proposal."""
        was = squeezed(printed.wording)
        if not wordings or wordings[0] == was:
            return printed.wording
        by = self.cover.by
        if not wordings[0]:
            self.tables.remark("struck", printed.id, "", printed.wording, by, told="struck out")
        else:
            told = wording_changes(printed.wording, wordings[0])
            self.tables.remark("rewording", printed.id, "", wordings[0], by, told=told)
        return wordings[0]

    def _understood(self, printed: PrintedStatement, mark: CheckMark) -> CheckMark | None:
        """The mark in the words of the table; ``None``, and a question, where it is not to be understood."""
        status = mark.status.casefold().replace(" ", "-") or "unchecked"
        typed = typed_day(mark.on, self.day)
        why = typed.why
        if status not in STATUSES:
            near = suggest(status, STATUSES)
            remedy = f"did you mean {near!r}?" if near else f"choose one of {', '.join(STATUSES)}"
            why = f"status {mark.status!r} is none; {remedy}"
        if why:
            self.tables.remark("question", printed.id, "", str(mark), told=f"{mark}: {why}")
            return None
        if typed.rest:
            self.returned.remarks.append(Remark(printed.id, "the line of the mark", typed.rest, mark.by))
        return CheckMark(status, mark.by, typed.day)

    def _signed(
        self, printed: PrintedStatement, mark: CheckMark, comments: list[Comment]
    ) -> CheckMark | None:
        """The mark with a name and a day: its own, the cover's, a comment's, or the day the file was saved."""
        if mark.status != printed.status and (mark.by, mark.on) == (printed.by, printed.on):
            # The name and day printed there are those of the mark that was changed.
            mark = CheckMark(mark.status)
        by = mark.by or self.cover.by or next((c.by for c in comments if c.by), "")
        day = mark.on or self.cover.on
        day = (
            day
            or next((c.on for c in comments if typed_day(c.on, self.day).day), "")
            or self.returned.saved_on
        )
        why = ""
        if not by:
            why = f"is {mark.status} by nobody; write a name beside it, or once for the whole packet"
        elif not day:
            why = f"is {mark.status} on no day; write it as 2025-07-29"
        elif not (typed := typed_day(day, self.day)).day:
            why = typed.why
        if not why:
            return CheckMark(mark.status, by, day)
        words = str(CheckMark(mark.status, by, day))
        self.tables.remark("question", printed.id, "", words, by, told=f"{words}: {why}")
        return None

    def _comments_only(self, printed: PrintedStatement, comments: list[Comment]) -> None:
        """Keep the comments on a statement whose mark is not written."""
        for comment in comments:
            self.tables.remark("remark", printed.id, "a comment", str(comment), comment.by, comment.on)
        cell = self.returned.rewritten.get(printed.id, printed.comment)
        if cell != printed.comment:
            self.tables.remark("remark", printed.id, "the column 'comment'", cell or "(was emptied)")

    def _write(self, printed: PrintedStatement, mark: CheckMark, wording: str, comment: str) -> None:
        row = {
            "statement": printed.id,
            "status": mark.status,
            "by": mark.by,
            "on": mark.on,
            "comment": comment,
            "wording": wording,
            "basis": join_list(printed.basis),
        }
        held = self.tables.marks.get(printed.id)
        if held == row:
            return
        if held and (other := self._other(printed, held)):
            if not self._later(printed, mark, other, wording == held["wording"], comment):
                self._beside(printed.id, comment)
                return
            row["comment"] = self.tables.joined(printed.id, held["comment"], comment.split(BETWEEN))
            if row == held:
                return
        self._stale(printed, wording)
        before = f", was {CheckMark(held['status'], held['by'], held['on'])}" if held else ""
        beside = f": {row['comment']}" if row["comment"] else ""
        self.outcome.marked.append(f"{printed.id}: {mark}{before}{beside}")
        self.tables.mark(row)

    def _later(
        self, printed: PrintedStatement, mark: CheckMark, other: CheckMark, same_words: bool, comment: str
    ) -> bool:
        """Whether the mark takes the place of one that the packet did not know; what else it is, is told and kept."""
        if mark.status == printed.status:
            return False
        if other.status == "unchecked":
            return True
        same_person = mark.by.casefold() == other.by.casefold()
        if mark.status == other.status and same_words:
            if not same_person:
                held = self.tables.marks[printed.id]
                agreed = f"{mark.status} too ({mark.by}, {mark.on})"
                if agreed not in held["comment"]:
                    self.outcome.marked.append(f"{printed.id}: {agreed}")
                    self.tables.mark(
                        held | {"comment": self.tables.joined(printed.id, held["comment"], [agreed])}
                    )
            return same_person and mark.on > other.on
        if same_person and mark.on != other.on:
            if mark.on < other.on:
                self.outcome.older.append(f"{printed.id}: {mark}, and later {other}")
            return mark.on > other.on
        said = f": {comment}" if comment else ""
        told = f"the packet has {mark}{said}, the table {other}; the table stands"
        self.tables.remark(
            "conflict", printed.id, "", f"{mark}, and the table had {other}", mark.by, mark.on, told=told
        )
        return False

    def _stale(self, printed: PrintedStatement, wording: str) -> None:
        now = self.now.get(printed.id)
        if now is None:
            self.outcome.stale.append(f"{printed.id}: was taken out of the notebooks")
        elif now not in (wording, printed.wording):
            self.outcome.stale.append(f"{printed.id}: {wording_changes(wording, now)}")

    def _beside(self, statement: str, comment: str) -> None:
        """Add a comment to the table's row where the mark is not written: both can stand."""
        held = self.tables.marks[statement]
        together = self.tables.joined(statement, held["comment"], comment.split(BETWEEN))
        if together != held["comment"]:
            self.outcome.marked.append(f"{statement}: remark: {comment}")
            self.tables.mark(held | {"comment": together})

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
        """Keep what the file has that no statement of the packet took, and say what of all this is open."""
        printed = self.returned.baseline.statements
        for identity in sorted(
            {*self.returned.marks, *self.returned.wordings, *self.returned.comments} - printed.keys()
        ):
            where = (
                "a statement of this case"
                if identity in self.known
                else f"not in {STATEMENT_LEDGER.as_posix()}"
            )
            given = [mark for mark in self.returned.marks.get(identity, []) if mark != _UNTOUCHED]
            words = [where, *map(str, given)]
            words += [f"sentence: {each}" for each in self.returned.wordings.get(identity, []) if each]
            words += [f"remark: {comment}" for comment in self.returned.comments.get(identity, [])]
            words += filter(None, [self.returned.rewritten.get(identity, "")])
            self.tables.remark("unknown", identity, "", "; ".join(words), told="; ".join(words))
        for remark in self.returned.remarks:
            self.tables.remark(
                "remark", remark.statement, remark.place, remark.words, remark.by or self.cover.by, remark.on
            )
        for kind, line in self.tables.open_lines(set(self.now.values())):
            getattr(self.outcome, _TOLD[kind]).append(line)
        if self.returned.baseline.lines is None:
            self.outcome.note = _OLD


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89].rstrip() + "…"
