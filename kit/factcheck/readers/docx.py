"""A Word packet read back, from Word or LibreOffice, with text moved, changes tracked, controls lost, and comments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from kit.errors import KitError
from kit.factcheck.model.returned import (
    NAMESPACE,
    STATEMENT,
    Baseline,
    CheckMark,
    Comment,
    Returned,
    read_baseline,
    squeezed,
    xml_part,
)
from kit.factcheck.writers.docx import ASKED_DAY, ASKED_NAME, LABELS, WHOLE_PACKET
from kit.reporting.writers.docx.elements import NO_DAY

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = (f"{_W}del", f"{_W}moveFrom")
_STATUS, _BY, _ON = map(re.escape, LABELS)
_LINE = re.compile(
    rf"(?P<id>{STATEMENT}|{re.escape(WHOLE_PACKET)})\b\s*(?:{_STATUS}\s*(?P<status>.*?)\s*)?{_BY}\s*(?P<by>.*?)\s*{_ON}\s*(?P<on>.*)"
)
_SENTENCE = re.compile(rf"(?P<id>{STATEMENT})\b\s*(?P<words>.*)")
_TAG = re.compile(rf"(?P<id>{STATEMENT}|packet)\.(?P<what>status|by|on)")
_HEADING = re.compile(r"Heading|Title|Subtitle", re.IGNORECASE)
_PACKET = re.compile(r"\bPacket: (p-[0-9a-f]{10})\b")
#: Gives the data of a packet that was sent out, by its id; ``None`` where it is not at hand.
FindBaseline = Callable[[str], Baseline | None]


def read_word(parts: zipfile.ZipFile, place: str, sent: FindBaseline) -> Returned:
    """What came back in the parts of a .docx; one that is no packet raises `KitError`.

    Changes count as accepted: what was struck out or moved away is gone, what was put in or moved here is there.
    A statement is known by its bookmark or the id before it, a mark by the tag of its control or the id in its line.
    Where a program has thrown away the packet's own data, ``sent`` is asked for them by the id on the cover.
    """
    body = xml_part(parts, "word/document.xml", place)
    if body is None:
        raise KitError(place, "holds no text", "ask for the file again")
    baseline = data_of(parts, place) or _named(body, place, sent)
    returned = Returned(baseline, saved_on=_saved_on(parts, place))
    _Reader(returned, _comments(parts, place)).read(body)
    return returned


def data_of(parts: zipfile.ZipFile, place: str) -> Baseline | None:
    """The packet's own data in the parts of a .docx; ``None`` where there are none."""
    for name in sorted(parts.namelist()):
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            data = xml_part(parts, name, place)
            if data is not None and data.tag == f"{{{NAMESPACE}}}packet":
                return read_baseline(data.text or "", place)
    return None


def _named(body: etree._Element, place: str, sent: FindBaseline) -> Baseline:
    """The data of the packet that the text names."""
    texts = (squeezed(_text(paragraph)) for paragraph in body.iter(f"{_W}p"))
    named = next((match[1] for text in texts if (match := _PACKET.search(text))), "")
    if not named:
        raise KitError(
            place,
            "is no packet, or the program that saved it has thrown away the packet's data and its cover",
            "ask for the file as Word or LibreOffice saves it",
        )
    baseline = sent(named)
    if baseline is None:
        raise KitError(
            place,
            f"is packet {named}, whose data the program that saved it has thrown away",
            "give the .docx that was sent out beside it: --sent FILE; or ask for it as Word or LibreOffice saves it",
        )
    return baseline


def _saved_on(parts: zipfile.ZipFile, place: str) -> str:
    """The day the file was last saved, as its properties say."""
    properties = xml_part(parts, "docProps/core.xml", place)
    found = properties.findtext("{http://purl.org/dc/terms/}modified") if properties is not None else None
    day = _iso(found or "")
    return "" if day == f"{NO_DAY:%Y-%m-%d}" else day


def _comments(parts: zipfile.ZipFile, place: str) -> dict[str, Comment]:
    found = xml_part(parts, "word/comments.xml", place)
    if found is None:
        return {}
    return {
        comment.get(f"{_W}id", ""): Comment(
            squeezed(" ".join(_text(p) for p in comment.iter(f"{_W}p"))),
            squeezed(comment.get(f"{_W}author", "")),
            _iso(comment.get(f"{_W}date", "")),
        )
        for comment in found.iter(f"{_W}comment")
    }


def _iso(time: str) -> str:
    """The day of a time as XML writes it; blank where there is none, and programs do write 0-00-00."""
    return match[0] if (match := re.match(r"[1-9]\d{3}-\d{2}-\d{2}", time)) else ""


def _text(node: etree._Element) -> str:
    """The text of a paragraph or a part of it, changes accepted."""
    words = []
    for child in node.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if not any(above.tag in _GONE for above in child.iterancestors()):
            words.append({"t": child.text or "", "noBreakHyphen": "-"}.get(etree.QName(child).localname, " "))
    return "".join(words)


class _Reader:
    """Goes through the text once, and remembers under which statement it is."""

    def __init__(self, returned: Returned, comments: dict[str, Comment]) -> None:
        self.returned, self.comments = returned, comments
        self.current = ""
        self.anchored: set[str] = set()

    def read(self, body: etree._Element) -> None:
        for paragraph in body.iter(f"{_W}p"):
            text = squeezed(_text(paragraph))
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            if style is not None and _HEADING.match(style.get(f"{_W}val", "")):
                self.current = ""
            elif not self._mark(paragraph, text):
                self._sentence(paragraph, text)
            self._anchors(paragraph)
        for number, comment in self.comments.items():
            if number not in self.anchored and comment.text:
                self.returned.remarks.append(comment)

    def _mark(self, paragraph: etree._Element, text: str) -> bool:
        """Whether the paragraph is a line that a checker fills in; what is filled in is kept."""
        tagged = {m: control for m, control in _controls(paragraph) if m}
        line = _LINE.match(text)
        if not tagged and not line:
            return False
        given = {"status": "", "by": "", "on": ""}
        identity = ""
        if line:
            identity = line["id"]
            given |= {name: line[name] or "" for name in given}
            given["on"] = _day(paragraph, given["on"])
        for (tagged_id, what), control in tagged.items():
            words = squeezed(_text(control))
            if words or not line:
                given[what] = _day(control, words) if what == "on" else words
            identity = WHOLE_PACKET if tagged_id == "packet" else tagged_id
        if not any(given.values()):
            return True  # struck out, or moved away: it stands elsewhere or is lost
        mark = CheckMark(given["status"], _answer(given["by"], ASKED_NAME), _answer(given["on"], ASKED_DAY))
        if identity == WHOLE_PACKET:
            self.returned.cover = mark
        else:
            self.current = identity
            self.returned.marks.setdefault(identity, []).append(mark)
        return True

    def _sentence(self, paragraph: etree._Element, text: str) -> None:
        if not text:
            return
        line = _SENTENCE.match(text)
        names = {mark.get(f"{_W}name", "") for mark in paragraph.iter(f"{_W}bookmarkStart")}
        marked = sorted(name.replace("_", "-") for name in names if re.fullmatch(r"s_\d{4,}", name))
        if not line and not marked:
            return
        self.current = line["id"] if line else marked[0]
        self.returned.wordings.setdefault(self.current, []).append(line["words"] if line else text)

    def _anchors(self, paragraph: etree._Element) -> None:
        for anchor in paragraph.iter(f"{_W}commentRangeStart", f"{_W}commentReference"):
            number = anchor.get(f"{_W}id", "")
            if number in self.comments and number not in self.anchored:
                self.anchored.add(number)
                comment = self.comments[number]
                if not comment.text:
                    continue
                if self.current:
                    self.returned.comments.setdefault(self.current, []).append(comment)
                else:
                    self.returned.remarks.append(comment)


def _answer(words: str, asked: str) -> str:
    """What was filled in, without the words that ask for it: where the control is lost they may stand on beside it."""
    return squeezed(re.sub(rf"^{re.escape(asked)}(?: |$)| {re.escape(asked)}$", "", words))


def _controls(paragraph: etree._Element) -> Iterator[tuple[tuple[str, str] | None, etree._Element]]:
    for control in paragraph.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        match = _TAG.fullmatch(tag.get(f"{_W}val", "")) if tag is not None else None
        yield (match["id"], match["what"]) if match else None, control


def _day(node: etree._Element, words: str) -> str:
    """The day in a field: as written, or as a date control holds it where it is shown in another form."""
    held = [date.get(f"{_W}fullDate", "")[:10] for date in node.iter(f"{_W}date")]
    if words == ASKED_DAY or re.fullmatch(r"\d{4}-\d{2}-\d{2}", words) or not any(held):
        return words
    return next(filter(None, held))
