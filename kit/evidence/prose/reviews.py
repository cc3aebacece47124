"""Whether a person's mark on a statement still stands: it is good for the wording and the evidence it was put on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kit.evidence.prose.records import RecordedNumber
from kit.evidence.prose.sentences import Sentence
from kit.evidence.prose.statements import marks_in
from kit.tables.cells import unguarded


@dataclass(frozen=True)
class ReviewState:
    """What is known of a statement's check: its status, who gave it and when, and what was written beside it.

    ``changed`` says what has changed in the statement since somebody marked it; the status is then `unchecked`
    again, nobody has checked it, and ``before`` says what the mark was.
    """

    status: str = "unchecked"
    by: str = ""
    on: str = ""
    comment: str = ""
    changed: str = ""
    before: str = ""


def statement_basis(sentence: Sentence, computed: Mapping[str, RecordedNumber]) -> list[str]:
    """What a sentence rests on, in words that change when it does: its marks, and the values behind its numbers.

    >>> from kit.evidence.prose.document import Document
    >>> cell = {"cell_type": "markdown", "source": "They paid [38%](#=share) [@roe-2021]."}
    >>> statement_basis(Document({"cells": [cell]}).sentences[0], {"share": RecordedNumber("share", 37.6, "percent", "72 cases")})
    ['roe-2021', '#share = 37.6 percent']
    """

    def described(mark: str) -> str:
        found = computed.get(mark[1:]) if mark.startswith("#") else None
        return f"{mark} = {found.value:.12g} {found.unit}".replace(";", ",") if found else mark

    return [described(mark) for mark in marks_in(sentence)]


def review_state(wording: str, rests_on: list[str], mark: Any | None) -> ReviewState:
    """How a statement stands, with ``mark`` its row of the checks table, or ``None`` where nobody has marked it.

    A mark that was put on another wording, or on other evidence, does not count.

    >>> from types import SimpleNamespace as Row
    >>> mark = Row(status="checked", by="Roe", on="2021-06-02", comment="", wording="It paid 38%.", basis=())
    >>> review_state("It paid 41%.", [], mark)
    ReviewState(status='unchecked', by='', on='', comment='', changed='“38%.” became “41%.”', before='checked (Roe, 2021-06-02)')
    """
    if mark is None:
        return ReviewState()
    changed = wording_changes(unguarded(mark.wording), wording)
    changed = "; ".join(filter(None, (changed, _rested(list(mark.basis), rests_on))))
    if changed and mark.status != "unchecked":
        before = f"{mark.status} ({unguarded(mark.by)}, {mark.on})"
        return ReviewState(comment=unguarded(mark.comment), changed=changed, before=before)
    return ReviewState(mark.status, unguarded(mark.by), mark.on, unguarded(mark.comment))


def wording_changes(was: str, now: str) -> str:
    """What became of a wording, in words; blank where it is the same.

    >>> wording_changes("The office paid a fine.", "The office paid no fine at all.")
    '“a fine.” became “no fine at all.”'
    """
    old, new = was.split(), now.split()
    changes = []
    for what, first, last, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = " ".join(old[first:last]), " ".join(new[start:stop])
        if what == "replace":
            changes.append(f"“{gone}” became “{come}”")
        elif what != "equal":
            changes.append(f"“{gone}” was taken out" if gone else f"“{come}” was added")
    return "; ".join(changes)


def _rested(was: list[str], now: list[str]) -> str:
    gone = [item for item in was if item not in now]
    come = [item for item in now if item not in was]
    changes = []
    for item in gone:
        name = item.partition(" = ")[0]
        again = next((other for other in come if other.partition(" = ")[0] == name), "")
        if again:
            come.remove(again)
            changes.append(f"{item} is now {again.partition(' = ')[2] or 'not computed'}")
        else:
            changes.append(f"no longer rests on {item}")
    return "; ".join([*changes, *(f"now rests on {item} too" for item in come)])
