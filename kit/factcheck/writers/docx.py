"""The packet as a Word document: statuses as lists to choose from, evidence in full, everything readable back."""

from __future__ import annotations

from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.shared import Pt

from kit.factcheck.content.facts import Fact, Proof
from kit.factcheck.content.packet import NAMESPACE, Entry, Packet, baseline_text
from kit.factcheck.content.wording import COVER, NO_SOURCE, STATUS_SHOWN, counted, headline, note_of, why_bare
from kit.reporting.writers.docx.elements import (
    blank_document,
    bookmark,
    control,
    data_part,
    day,
    document_bytes,
    dropdown,
    element,
    field,
    inner_link,
    link,
    paragraph,
    run,
    style,
)
from kit.tables.schema import STATUSES
from kit.text.printable import xml_text

#: Asked for in fields that nobody has filled in; reading back takes them for blank.
NAME, DATE = "name", "yyyy-mm-dd"
#: Labels of the line that a checker fills in; reading back finds the fields by them where controls were lost.
LABELS = ("Status:", "Checked by:", "On:")
#: Begins the line that holds for every mark without a name or day of its own.
WHOLE_PACKET = "Whole packet"


def word_bytes(packet: Packet) -> bytes:
    """The packet as a .docx file; the same packet gives the same bytes.

    Each statement has a line with its id, a list for the status, a field for the checker and one for the date. Their
    tags name the statement, and so do the visible id and a bookmark, since LibreOffice drops the tags.
    """
    return document_bytes(_Writer(packet).document)


class _Writer:
    """Writes the packet from the cover to the last statement."""

    def __init__(self, packet: Packet) -> None:
        self.packet = packet
        self.document = blank_document(f"Fact-check packet: {packet.case}", packet.id, packet.language)
        self.end = self.document.element.body.sectPr
        self.style_ids: dict[str, str] = {}
        self.numbers = count(1)
        _styles(self.document)
        self._running_lines()
        self._cover()
        notebook = section = ""
        for entry in packet.entries:
            if entry.statement.notebook != notebook:
                notebook, section = entry.statement.notebook, ""
                self._paragraph("Heading 1", run(packet.titles[notebook]))
            if entry.section != section:
                section = entry.section
                self._paragraph("Heading 2", run(section))
            self._entry(entry)
        content = f'<packet xmlns="{NAMESPACE}">{escape(xml_text(baseline_text(packet), ""))}</packet>'
        data_part(self.document, content.encode())

    def _paragraph(self, name: str, *content: Any) -> Any:
        if name not in self.style_ids:
            self.style_ids[name] = self.document.styles[name].style_id
        made = paragraph(self.style_ids[name], *content)
        self.end.addprevious(made)
        return made

    def _running_lines(self) -> None:
        section = self.document.sections[0]
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head._p.extend(
            [run(f"{self.packet.case} · {self.packet.id} · {self.packet.edition} edition", "Quiet")]
        )
        foot._p.extend([run("Page ", "Quiet"), *field(" PAGE ", run("1", "Quiet"))])

    def _cover(self) -> None:
        self._paragraph("Title", run("Fact-check packet"))
        self._paragraph("Subtitle", run(self.packet.case))
        self._paragraph(
            "Cover line", run("Packet: ", "Label"), run(f"{self.packet.id} ({self.packet.edition} edition)")
        )
        self._paragraph("Cover line", run("Holds: ", "Label"), run(counted(self.packet)))
        fields = [
            run(f"{LABELS[1]} ", "Label"),
            self._field("packet", "by", "", NAME),
            run(f"   {LABELS[2]} ", "Label"),
            self._field("packet", "on", "", DATE),
        ]
        self._paragraph("Mark", run(f"{WHOLE_PACKET}   ", "Label"), *fields)
        for heading, lines in COVER:
            self._paragraph("Heading 2", run(heading))
            for line in lines:
                self._paragraph("List Bullet", run(line))

    def _field(self, statement: str, what: str, given: str, asked: str) -> Any:
        kind = day() if what == "on" else element("text")
        shown = run(given) if given else run(asked, "Asked")
        name = {"by": "Who checked", "on": "Day of the check"}[what]
        tag = f"{statement}.{what}"
        return control(f"{name} {statement}", tag, next(self.numbers), kind, shown, empty=not given)

    def _entry(self, entry: Entry) -> None:
        number = next(self.numbers)
        words = bookmark(entry.id.replace("-", "_"), number, run(f"{entry.id}  ", "Id"), run(entry.text))
        self._paragraph("Statement", *words)
        standing = entry.standing
        choices = [(STATUS_SHOWN[name], name) for name in STATUSES]
        status = control(
            f"Status {entry.id}",
            f"{entry.id}.status",
            next(self.numbers),
            dropdown(choices),
            run(STATUS_SHOWN[standing.status], "Choice"),
        )
        self._paragraph(
            "Mark",
            run(f"{entry.id}   ", "Id"),
            run(f"{LABELS[0]} ", "Label"),
            status,
            run(f"   {LABELS[1]} ", "Label"),
            self._field(entry.id, "by", standing.by, NAME),
            run(f"   {LABELS[2]} ", "Label"),
            self._field(entry.id, "on", standing.on, DATE),
        )
        if note := note_of(entry):
            self._paragraph("Detail", run(note, "Warning"))
        if standing.comment:
            self._paragraph("Detail", run("Remark: ", "Label"), run(standing.comment))
        self._paragraph("Detail", run(headline(entry)))
        if entry.bare:
            self._paragraph(
                "Detail",
                run("No evidence. ", "Warning"),
                run(why_bare(entry)),
            )
        if entry.drawn:
            self._paragraph("Detail", run(str(entry.drawn)))
        for computed in entry.numbers:
            self._paragraph("Detail", run("Number ", "Label"), run(str(computed)))
        for fact in entry.facts:
            self._fact(fact)
        for fact, first in entry.again:
            target = inner_link(first.replace("-", "_"), run(first, "Link"))
            self._paragraph(
                "Detail", run("Fact ", "Label"), run(f"{fact.told} Evidence: under "), target, run(".")
            )

    def _fact(self, fact: Fact) -> None:
        kind = "Fact " if fact.proofs or fact.also or fact.origins or fact.lacks else "Source "
        self._paragraph("Detail", run(kind, "Label"), run(fact.told))
        if fact.lacks:
            self._paragraph("Evidence", run(NO_SOURCE, "Warning"))
        for proof in fact.proofs:
            self._proof(proof)
        if fact.also:
            self._paragraph("Evidence", run("Also, without a passage: "), run("; ".join(fact.also)), run("."))
        if fact.origins:
            self._paragraph("Evidence", run("Origins: ", "Label"), run(fact.origins))

    def _proof(self, proof: Proof) -> None:
        parts = self._paragraph(
            "Evidence", run(f"{proof.stance}. ", "Label"), run(f"{proof.source} ({proof.read}).")
        )
        if proof.passage:
            parts.append(run(f" “{proof.passage}”", "Passage"))
        elif proof.ends:
            parts.append(run(f" “{proof.ends}”", "Passage"))
        if proof.locator:
            parts.append(run(f", {proof.locator}"))
        if proof.verdict:
            parts.append(
                run(
                    f" {proof.verdict[:1].upper()}{proof.verdict[1:]}.", "Holds" if proof.holds else "Warning"
                )
            )
        for label, address in (("Open the page", proof.link), ("Archived copy", proof.archived)):
            if address:
                parts.extend([run(" "), link(self.document, address, run(label, "Link"))])


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    character = WD_STYLE_TYPE.CHARACTER
    style(document, "Id", 9, kind=character, bold=True, colour="3A5A7A")
    style(document, "Label", 9, kind=character, bold=True)
    style(document, "Choice", 10, kind=character, bold=True, colour="7A3E00")
    style(document, "Asked", 9, kind=character, colour="6B6B6B")
    style(document, "Quiet", 8.5, kind=character, colour="5A5A5A")
    style(document, "Warning", 9, kind=character, bold=True, colour="9B1C1C")
    style(document, "Holds", 9, kind=character, bold=True, colour="1E6B3A")
    style(document, "Passage", 9, kind=character).font.italic = True
    style(document, "Link", 9, kind=character, colour="1F5FA8").font.underline = True
    _block(style(document, "Statement", 11.5), before=14, after=3, together=True)
    mark = style(document, "Mark", 9.5)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF2F6")):
        shade.set(f"{{{shade.nsmap['w']}}}{name}", value)
    mark.element.get_or_add_pPr().append(shade)  # first, since Word wants its properties in order
    _block(mark, before=0, after=3, together=True)
    _block(style(document, "Detail", 9), before=0, after=2, indent=10)
    _block(style(document, "Evidence", 9), before=0, after=2, indent=22)
    _block(style(document, "Cover line", 11), before=0, after=3)


def _block(made: Any, *, before: float, after: float, indent: float = 0, together: bool = False) -> None:
    layout = made.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.left_indent, layout.keep_with_next = Pt(indent), together
