"""The line of a Word packet that a checker fills in: what stands in its fields, and what was typed beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from kit.factcheck.model.returned import STATEMENT, CheckMark, squeezed
from kit.factcheck.readers.paragraphs import CLOSE, OPEN, W, shown_text
from kit.factcheck.writers.docx import ASKED_DAY, ASKED_NAME, LABELS, WHOLE_PACKET
from kit.tables.ledgers import STATUSES

_STATUS, _BY, _ON = map(re.escape, LABELS)
_LINE = re.compile(
    rf"(?P<id>{STATEMENT}|{re.escape(WHOLE_PACKET)})\b\s*(?:{_STATUS}(?P<status>.*?))?{_BY}(?P<by>.*?){_ON}(?P<on>.*)"
)
_TAG = re.compile(rf"(?P<id>{STATEMENT}|packet)\.(?P<what>status|by|on)")
_CONTROL = re.compile(f"{OPEN}(.*?){CLOSE}")
#: The longest answer that is a name, and the longest line that is searched for labels.
_NAME, _LONGEST = 60, 20_000


@dataclass(frozen=True)
class MarkLine:
    """The line of a statement, or of the whole packet: what was filled in, and other words beside the fields."""

    statement: str
    mark: CheckMark
    beside: tuple[str, ...]


def read_mark_line(paragraph: etree._Element, text: str, *, alone: bool) -> MarkLine | None:
    """What was filled in in the line; ``None`` where ``text`` is no such line.

    A field is found by the tag of its control or, since LibreOffice drops tags, by the label before it. ``alone`` says
    that the text is the whole ``paragraph``.
    """
    line = _LINE.match(text[:_LONGEST])
    tagged = _tagged(paragraph) if line or alone else {}
    if not tagged and not line:
        return None
    given, beside = {"status": "", "by": "", "on": ""}, []
    identity = line["id"] if line else ""
    if line:
        for what in given:
            given[what], rest = _field(what, line[what] or "")
            beside.append(rest)
        beside.append(text[_LONGEST:])
    else:
        rest = _CONTROL.sub(" ", text)
        for word in (*LABELS, *(tag_id for tag_id, _ in tagged)):
            rest = rest.replace(word, " ", 1)
        beside.append(squeezed(rest))
    for (tagged_id, what), control in tagged.items():
        if not line:
            given[what] = _answer(what, shown_text(control))
        identity = WHOLE_PACKET if tagged_id == "packet" else tagged_id
    mark = CheckMark(given["status"], given["by"], _day(paragraph, given["on"]))
    return MarkLine(identity, mark, tuple(filter(None, beside)))


def _field(what: str, text: str) -> tuple[str, str]:
    """What was filled in, and what else stands there; behind a control that nobody touched, an answer is one too."""
    inside = " ".join(words for words in _CONTROL.findall(text))
    if OPEN not in text:
        answer = _answer(what, text)
        known = re.match(rf"(?i)(?:{'|'.join(s.replace('-', '[- ]') for s in STATUSES)})\b", answer)
        if what == "status" and known:
            return known[0], answer[known.end() :].strip()
        return answer, ""
    answer, rest = (
        _answer(what, inside),
        squeezed(_CONTROL.sub(" ", text).replace(OPEN, "").replace(CLOSE, "")),
    )
    untouched = not answer or (what == "status" and answer == STATUSES[0])
    short = {
        "status": rest.casefold().replace(" ", "-") in STATUSES,
        "by": len(rest) <= _NAME and bool(re.fullmatch(r"(?:[^\W\d_a-zß-ÿ][\w'’.-]*\s?){1,4}", rest)),
        "on": bool(re.fullmatch(r"[\d\s./-]{6,12}", rest)),
    }
    return (rest, "") if untouched and rest and short[what] else (answer, rest)


def _answer(what: str, words: str) -> str:
    """What was filled in, without the words that ask for it: where the control is lost they may stand on beside it."""
    asked = {"by": ASKED_NAME, "on": ASKED_DAY}.get(what, "")
    words = squeezed(words)
    return (
        squeezed(re.sub(rf"^{re.escape(asked)}(?: |$)| {re.escape(asked)}$", "", words)) if asked else words
    )


def _tagged(paragraph: etree._Element) -> dict[tuple[str, str], etree._Element]:
    """The controls of a paragraph that a checker fills in, by statement and by what is filled in."""
    found = {}
    for control in paragraph.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        match = _TAG.fullmatch(tag.get(f"{W}val", "")) if tag is not None else None
        if match:
            found[match["id"], match["what"]] = control
    return found


def _day(node: etree._Element, words: str) -> str:
    """The day in a field: as written, or as a date control holds it where it is shown in another form."""
    held = [date.get(f"{W}fullDate", "")[:10] for date in node.iter(f"{W}date")]
    if not words or re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) or not any(held):
        return words
    return next(filter(None, held))
