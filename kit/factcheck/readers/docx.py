"""A Word packet read back, from Word or LibreOffice: marks, sentences, comments, and everything else that was typed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree
from rapidfuzz import fuzz

from kit.errors import KitError
from kit.factcheck.model.differences import ReturnedLine, differences
from kit.factcheck.model.returned import (
    ASIDE,
    NAMESPACE,
    STATEMENT,
    Baseline,
    Comment,
    PrintedLine,
    Remark,
    Returned,
    read_baseline,
    squeezed,
)
from kit.factcheck.readers.comments import word_comments
from kit.factcheck.readers.mark_line import read_mark_line
from kit.factcheck.readers.paragraphs import (
    CLOSE,
    OPEN,
    Paragraph,
    W,
    WordStyles,
    read_paragraphs,
    read_styles,
)
from kit.factcheck.readers.properties import saved_on, typed_properties
from kit.factcheck.writers.docx import LABELS, LINE_STYLES, WHOLE_PACKET
from kit.tables.spreadsheet.parts import all_text, part_bytes, relations, xml_part

_ID = re.compile(rf"\b{STATEMENT}\b")
_HEADING = re.compile(r"heading|title|subtitle", re.IGNORECASE)
_PACKET = re.compile(r"\bPacket: (p-[0-9a-f]{10})\b")
#: So many characters of a sentence tell it where it was joined to another line; they stand at most so far behind its id.
_BEGINS, _NEAR = 12, 60
#: Parts that hold no words of a checker, or that are read on their own.
_MACHINERY = re.compile(
    r"word/(?:document|styles|stylesWithEffects|settings|fontTable|numbering|webSettings|people|comments\w*|footnotes|endnotes"
    r"|header\d*|footer\d*)\.xml|word/(?:theme|glossary)/.*|customXml/.*|docProps/.*|\[Content_Types\]\.xml|.*\.rels|.*/"
)
#: Gives the data of a packet that was sent out, by its id; ``None`` where it is not at hand.
FindBaseline = Callable[[str], Baseline | None]


def read_word(
    parts: zipfile.ZipFile, place: str, sent: FindBaseline, lines: tuple[PrintedLine, ...] | None = None
) -> Returned:
    """What came back in the parts of a .docx; one that is no packet raises `KitError`.

    Changes count as accepted: what was struck out or moved away is gone, what was put in or moved here is there.
    A statement is known by its bookmark or the id before it, a mark by the tag of its control or the id in its line.
    All other lines are compared with those that were printed. Where a program has thrown away the packet's own data,
    ``sent`` is asked for them by the id on the cover; ``lines`` are those of a packet whose data do not hold them.
    """
    body = xml_part(parts, "word/document.xml", place)
    if body is None:
        raise KitError(place, "holds no text", "ask for the file again")
    styles = read_styles(xml_part(parts, "word/styles.xml", place))
    paragraphs = list(read_paragraphs(body, styles))
    baseline = data_of(parts, place) or _named(paragraphs, place, sent)
    if baseline.lines is None and lines is not None:
        baseline = replace(baseline, lines=lines)
    returned = Returned(baseline, saved_on=saved_on(parts, place))
    reader = _Reader(returned, word_comments(parts, place))
    reader.read(paragraphs)
    reader.lines += _other_lines(parts, place, styles, reader.noted)
    reader.finish()
    _files(parts, place, reader)
    return returned


def data_of(parts: zipfile.ZipFile, place: str) -> Baseline | None:
    """The packet's own data in the parts of a .docx; ``None`` where there are none."""
    for name in sorted(parts.namelist()):
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            data = xml_part(parts, name, place)
            if data is not None and data.tag == f"{{{NAMESPACE}}}packet":
                return read_baseline(data.text or "", place)
    return None


def lines_sent(parts: zipfile.ZipFile, place: str) -> tuple[PrintedLine, ...]:
    """The lines of a .docx as it was sent out, for a packet whose own data do not hold them.

    One without a packet's data raises `KitError`.
    """
    body = xml_part(parts, "word/document.xml", place)
    baseline = data_of(parts, place)
    if body is None or baseline is None:
        raise KitError(place, "holds no packet's data", "give the .docx as kit report wrote it")
    styles = read_styles(xml_part(parts, "word/styles.xml", place))
    reader = _Reader(Returned(baseline), {})
    reader.read(list(read_paragraphs(body, styles)))
    lines = [*reader.lines, *_other_lines(parts, place, styles, {})]
    aside = ("a header", "a footer", "a link")
    return tuple(
        PrintedLine(line.statement, ASIDE if line.place in aside else "", line.text) for line in lines
    )


def _named(paragraphs: list[Paragraph], place: str, sent: FindBaseline) -> Baseline:
    """The data of the packet that the text names."""
    named = next((match[1] for each in paragraphs if (match := _PACKET.search(each.plain))), "")
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


def _other_lines(
    parts: zipfile.ZipFile, place: str, styles: WordStyles, noted: dict[tuple[str, str], str]
) -> Iterator[ReturnedLine]:
    """The lines that stand outside the text: notes, heads and feet, drawings, links, properties."""
    for name in sorted(parts.namelist()):
        if found := re.fullmatch(r"word/(header|footer|footnote|endnote)s?\d*\.xml", name):
            yield from _notes(xml_part(parts, name, place), found[1], styles, noted)
        elif name.endswith(".xml") and not _MACHINERY.fullmatch(name):
            root = xml_part(parts, name, place)
            if words := squeezed(all_text(root)) if root is not None else "":
                yield ReturnedLine("", f"in {name}", words)
    for bound in relations(parts, "word/document.xml", place):
        if bound.external and bound.target and bound.kind == "hyperlink":
            yield ReturnedLine("", "a link", bound.target, before=bound.target, ours=True)
    for name, words in typed_properties(parts, place):
        yield ReturnedLine("", f"the file's {name}", words)


def _notes(
    root: etree._Element | None, kind: str, styles: WordStyles, noted: dict[tuple[str, str], str]
) -> Iterator[ReturnedLine]:
    for paragraph in read_paragraphs(root, styles) if root is not None else ():
        note = next(paragraph.node.iterancestors(f"{W}{kind}"), None)
        statement = noted.get((kind, note.get(f"{W}id", "")), "") if note is not None else ""
        # A page's number is what the program that saved the file counted.
        text = re.sub(r"^Page \d+$", "Page 1", paragraph.plain)
        where = f"a {kind}" if kind != "endnote" else "an endnote"
        ours = kind in ("header", "footer")
        yield ReturnedLine(statement, where, text, paragraph.gone, paragraph.before, paragraph.by, ours=ours)


def _files(parts: zipfile.ZipFile, place: str, reader: _Reader) -> None:
    """Keep aside the pictures and other files that somebody put in; the packet has none."""
    targets = {b.id: b.target for b in relations(parts, "word/document.xml", place)}
    at = {targets.get(identity, ""): statement for identity, statement in reader.pictured.items()}
    for name in sorted(parts.namelist()):
        if name.endswith(".xml") or _MACHINERY.fullmatch(name):
            continue
        reader.returned.put_aside(at.get(name, ""), name, part_bytes(parts, name, place))


@dataclass
class _Sentence:
    """A line that begins with a statement's id: its words, those struck out, and whether it looks like the sentence."""

    words: str
    line: ReturnedLine
    sure: bool


class _Reader:
    """Goes through the text once, and remembers under which statement it is."""

    def __init__(self, returned: Returned, comments: dict[str, Comment]) -> None:
        self.returned, self.comments = returned, comments
        self.known = returned.baseline.statements
        self.current = self.open = ""
        self.where = ""
        self.anchored: set[str] = set()
        self.noted: dict[tuple[str, str], str] = {}
        self.pictured: dict[str, str] = {}
        self.lines: list[ReturnedLine] = []
        self.sentences: dict[str, list[_Sentence]] = {}
        self.tails: dict[str, list[ReturnedLine]] = {}

    def read(self, paragraphs: list[Paragraph]) -> None:
        """Take the paragraphs in order."""
        for paragraph in paragraphs:
            if _HEADING.match(paragraph.style):
                self.current = self.open = self.where = ""
            if paragraph.boxed:
                self._line(paragraph, paragraph.plain, "a text box")
            else:
                self._paragraph(paragraph)
            self._anchors(paragraph)

    def finish(self) -> None:
        """Settle which line is each statement's sentence, and compare all others with what was printed."""
        returned, baseline = self.returned, self.returned.baseline
        for identity, found in self.sentences.items():
            self._settle(identity, found)
        lost = self.known.keys() - self.sentences.keys() - returned.marks.keys()
        printed = baseline.lines
        if printed is None:
            printed = tuple(PrintedLine(line.statement, "", line.before) for line in self.lines if line.ours)
        returned.remarks += differences(printed, self.lines, lost)
        for number, comment in self.comments.items():
            if number not in self.anchored and comment.text:
                returned.remarks.append(Remark("", "a comment", str(comment), comment.by, comment.on))

    def _paragraph(self, paragraph: Paragraph) -> None:
        pieces = list(self._pieces(paragraph))
        for number, text in enumerate(pieces):
            alone = len(pieces) == 1
            if self._mark(paragraph, text, alone=alone) or self._sentence(paragraph, text, alone=alone):
                continue
            self._line(paragraph, text, self.where, first=number == 0)

    def _pieces(self, paragraph: Paragraph) -> Iterator[str]:
        """The text in the lines that were printed, where somebody joined them."""
        text = paragraph.text
        starts = [0]
        for match in _ID.finditer(text):
            behind = text[match.end() : match.end() + _NEAR].replace(OPEN, "").lstrip()
            printed = self.known.get(match[0])
            sentence = (
                printed is not None and printed.wording and behind.startswith(printed.wording[:_BEGINS])
            )
            if match.start() and (sentence or behind.startswith((LABELS[0], LABELS[1]))):
                starts.append(match.start())
        for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
            yield text[start:stop].strip()

    def _line(self, paragraph: Paragraph, text: str, place: str, *, first: bool = True) -> None:
        """Keep a line that is neither mark nor sentence."""
        text = squeezed(text.replace(OPEN, " ").replace(CLOSE, " "))
        gone, before = (paragraph.gone, paragraph.before) if first else ("", "")
        if paragraph.drawn and not paragraph.pictures and first:
            self.lines.append(
                ReturnedLine(self.current, "a drawing", "a drawing was put in", by=paragraph.by)
            )
        if not text and not gone:
            return
        style = paragraph.style.casefold()
        ours = style in LINE_STYLES and not paragraph.boxed
        place = "the evidence" if ours and self.current else place
        line = ReturnedLine(self.current, place or "the cover", text, gone, before, paragraph.by, ours)
        self.lines.append(line)
        if self.open and text and not paragraph.boxed:
            self.tails.setdefault(self.open, []).append(line)

    def _mark(self, paragraph: Paragraph, text: str, *, alone: bool) -> bool:
        """Whether the text is a line that a checker fills in; what is filled in is kept."""
        line = read_mark_line(paragraph.node, text, alone=alone)
        if line is None:
            return False
        if (
            not any((line.mark.status, line.mark.by, line.mark.on))
            and not text.replace(OPEN, "").replace(CLOSE, "").strip()
        ):
            return True  # struck out, or moved away: it stands elsewhere or is lost
        whole = line.statement == WHOLE_PACKET
        self.open, self.where = "", "the cover" if whole else "below the mark"
        self.current = "" if whole else line.statement
        if whole:
            self.returned.cover = line.mark
        else:
            self.returned.marks.setdefault(line.statement, []).append(line.mark)
        for words in line.beside:
            remark = Remark(self.current, "the line of the mark", words, paragraph.by)
            self.returned.remarks.append(remark)
        return True

    def _sentence(self, paragraph: Paragraph, text: str, *, alone: bool) -> bool:
        """Whether the text is a statement's sentence, with its id or its bookmark."""
        found = _ID.match(text)
        marked = [m.replace("_", "-") for m in paragraph.bookmarks if re.fullmatch(r"s_\d{4,}", m)]
        plain = squeezed(text.replace(OPEN, " ").replace(CLOSE, " "))
        gone = paragraph.gone if alone else ""
        if not found and not (marked and alone and (plain or gone)):
            return False
        identity = found[0] if found else marked[0]
        if not found and gone.startswith(identity):
            gone = gone.removeprefix(identity).strip()
        words = plain.removeprefix(identity).strip() if found else plain
        if not found and not words and not gone:
            return False
        self.current = self.open = identity
        self.where = "below the sentence"
        line = ReturnedLine(identity, "beside the sentence", plain, gone, paragraph.before, paragraph.by)
        sure = identity in marked or paragraph.style == "Statement"
        self.sentences.setdefault(identity, []).append(_Sentence(words, line, sure))
        return True

    def _settle(self, identity: str, found: list[_Sentence]) -> None:
        """Which of the lines with a statement's id is its sentence; the others are remarks."""
        printed = self.known.get(identity)
        wording = squeezed(printed.wording) if printed else ""
        found = [each for each in found if each.words] or found[:1]
        best = [each for each in found if each.sure or _alike(each.words, wording) > _SAME] or found[:1]
        for each in found:
            if each not in best:
                self.returned.remarks.append(
                    Remark(identity, "beside the sentence", each.line.text, each.line.by)
                )
        tail = self.tails.get(identity, [])[:_PARTS] if len(best) == 1 else []
        for each in best:
            words, count = _whole(each.words, [line.text for line in tail], wording)
            for line in tail[:count]:
                self.lines.remove(line)
            self.returned.wordings.setdefault(identity, []).append(words)

    def _anchors(self, paragraph: Paragraph) -> None:
        for note in paragraph.notes:
            self.noted[note] = self.current
        for picture in paragraph.pictures:
            self.pictured[picture] = self.current
        for words in dict.fromkeys(paragraph.descriptions):
            self.lines.append(
                ReturnedLine(self.current, "the description of a picture", words, by=paragraph.by)
            )
        for number in paragraph.comments:
            if number in self.comments and number not in self.anchored:
                self.anchored.add(number)
                comment = self.comments[number]
                if self.current and comment.text:
                    self.returned.comments.setdefault(self.current, []).append(comment)
                elif comment.text:
                    remark = Remark("", "a comment", str(comment), comment.by, comment.on)
                    self.returned.remarks.append(remark)


#: How alike a line is to a sentence that it may be.
_SAME = 60.0
#: Into so many parts more a sentence may be split.
_PARTS = 12


def _alike(text: str, printed: str) -> float:
    return fuzz.ratio(text, printed)


def _whole(head: str, tail: list[str], printed: str) -> tuple[str, int]:
    """The sentence, put together where somebody split it, and how many of the lines behind it that took."""
    if not tail or head == printed:
        return head, 0
    best, most, count = head, _alike(head, printed), 0
    for stop in range(1, len(tail) + 1):
        joined = " ".join([head, *tail[:stop]])
        if joined.replace(" ", "") == printed.replace(" ", ""):
            return printed, stop
        if (alike := _alike(joined, printed)) > most:
            best, most, count = joined, alike, stop
    return best, count
