"""The packet as a Word document: statuses as lists to choose from, evidence in full, everything readable back."""

from __future__ import annotations

from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from kit.factcheck.model.facts import NO_SOURCE, Fact, Proof
from kit.factcheck.model.packet import OPEN_REMARK, STATUS_SHOWN, Entry, Packet
from kit.factcheck.model.returned import ASIDE, NAMESPACE, PrintedLine, baseline_text, squeezed
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
    paragraph,
    style,
    text_run,
    web_link,
)
from kit.tables.ledgers import STATUSES
from kit.text.printable import xml_text

#: Asked for in fields that nobody has filled in; reading back takes them for blank.
ASKED_NAME, ASKED_DAY = "name", "yyyy-mm-dd"
#: Labels of the line that a checker fills in; reading back finds the fields by them where controls were lost.
LABELS = ("Status:", "Checked by:", "On:")
#: Begins the line that holds for every mark without a name or day of its own.
WHOLE_PACKET = "Whole packet"
#: The styles of all other lines, in lower case, as some programs write them.
LINE_STYLES = frozenset(
    ("title", "subtitle", "cover line", "heading 1", "heading 2", "list bullet", "detail", "evidence")
)
#: Headings and lines of the cover.
_COVER = (
    (
        "How to check",
        (
            "Write your name and the day above, once; a mark below that has neither of its own takes them from there.",
            "Read each sentence against its evidence. Open the page with the link, or the archived copy, and find the passage.",
            "Choose a status: checked, wrong, or needs work. Leave it unchecked if you did not look.",
            "Say more in a comment on the sentence or on its evidence. You may change the sentence itself, best with changes tracked: a changed sentence comes back as a proposal.",
            "Move text about as you like, but leave the ids (s-0001) standing: by them your marks find their way back.",
            "Save as .docx and send the file back. A mark holds for the wording you saw: when the sentence changes, it is unchecked again.",
        ),
    ),
    (
        "What is printed",
        (
            "Under each sentence: what kinds of things there are to check, where it stands, the facts and numbers it rests on, and the evidence for each.",
            "The verdict after a passage says whether its words were found in our own capture of the page, and on which day.",
            "Origins say how many of the pages tell a story first-hand. Many pages can repeat one report.",
            "“No evidence” means that nothing in the text leads from the sentence to a source. It may be a summary of what stands around it, or it may lack a source.",
        ),
    ),
)


def packet_docx(packet: Packet) -> bytes:
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
        self.lines: list[PrintedLine] = []
        self.current = ""
        _styles(self.document)
        self._running_lines()
        self._cover()
        notebook = section = ""
        for entry in packet.entries:
            if entry.statement.notebook != notebook:
                notebook, section = entry.statement.notebook, ""
                self.current = ""
                self._paragraph("Heading 1", text_run(packet.titles[notebook]))
            if entry.section != section:
                section, self.current = entry.section, ""
                self._paragraph("Heading 2", text_run(section))
            self._entry(entry)
        text = xml_text(baseline_text(packet, self.lines), "")
        content = f'<packet xmlns="{NAMESPACE}">{escape(text)}</packet>'
        data_part(self.document, content.encode())

    def _paragraph(self, name: str, *content: Any) -> Any:
        if name not in self.style_ids:
            self.style_ids[name] = self.document.styles[name].style_id
        made = paragraph(self.style_ids[name], *content)
        self.end.addprevious(made)
        if name.casefold() in LINE_STYLES:
            self._printed(made)
        return made

    def _printed(self, made: Any, column: str = "") -> None:
        """Remember a line, so that what differs in a returned file can be told from it."""
        text = squeezed("".join(node.text or "" for node in made.iter(qn("w:t"))))
        if text:
            self.lines.append(PrintedLine("" if column else self.current, column, text))

    def _running_lines(self) -> None:
        section = self.document.sections[0]
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head._p.extend(
            [text_run(f"{self.packet.case} · {self.packet.id} · {self.packet.edition} edition", "Quiet")]
        )
        foot._p.extend([text_run("Page ", "Quiet"), *field(" PAGE ", text_run("1", "Quiet"))])
        for made in (head._p, foot._p):
            self._printed(made, ASIDE)

    def _cover(self) -> None:
        self._paragraph("Title", text_run("Fact-check packet"))
        self._paragraph("Subtitle", text_run(self.packet.case))
        self._paragraph(
            "Cover line",
            text_run("Packet: ", "Label"),
            text_run(f"{self.packet.id} ({self.packet.edition} edition)"),
        )
        self._paragraph("Cover line", text_run("Holds: ", "Label"), text_run(self.packet.summary))
        fields = [
            text_run(f"{LABELS[1]} ", "Label"),
            self._field("packet", "by", "", ASKED_NAME),
            text_run(f"   {LABELS[2]} ", "Label"),
            self._field("packet", "on", "", ASKED_DAY),
        ]
        self._paragraph("Mark", text_run(f"{WHOLE_PACKET}   ", "Label"), *fields)
        for remark in self.packet.open:
            self._paragraph("Cover line", text_run(OPEN_REMARK, "Warning"), text_run(remark))
        for heading, lines in _COVER:
            self._paragraph("Heading 2", text_run(heading))
            for line in lines:
                self._paragraph("List Bullet", text_run(line))

    def _field(self, statement: str, what: str, given: str, asked: str) -> Any:
        kind = day() if what == "on" else element("text")
        shown = text_run(given) if given else text_run(asked, "Asked")
        name = {"by": "Who checked", "on": "Day of the check"}[what]
        tag = f"{statement}.{what}"
        return control(f"{name} {statement}", tag, next(self.numbers), kind, shown, empty=not given)

    def _entry(self, entry: Entry) -> None:
        number = next(self.numbers)
        words = bookmark(
            entry.id.replace("-", "_"), number, text_run(f"{entry.id}  ", "Id"), text_run(entry.text)
        )
        self.current = entry.id
        self._paragraph("Statement", *words)
        standing = entry.standing
        choices = [(STATUS_SHOWN[name], name) for name in STATUSES]
        status = control(
            f"Status {entry.id}",
            f"{entry.id}.status",
            next(self.numbers),
            dropdown(choices),
            text_run(STATUS_SHOWN[standing.status], "Choice"),
        )
        self._paragraph(
            "Mark",
            text_run(f"{entry.id}   ", "Id"),
            text_run(f"{LABELS[0]} ", "Label"),
            status,
            text_run(f"   {LABELS[1]} ", "Label"),
            self._field(entry.id, "by", standing.by, ASKED_NAME),
            text_run(f"   {LABELS[2]} ", "Label"),
            self._field(entry.id, "on", standing.on, ASKED_DAY),
        )
        if entry.note:
            self._detail(text_run(entry.note, "Warning"))
        if standing.comment:
            self._detail(text_run("Remark: ", "Label"), text_run(standing.comment))
        for remark in entry.open:
            self._detail(text_run(OPEN_REMARK, "Warning"), text_run(remark))
        self._detail(text_run(entry.headline))
        if entry.bare:
            self._detail(text_run("No evidence. ", "Warning"), text_run(entry.why_bare))
        if entry.drawn:
            self._detail(text_run(str(entry.drawn)))
        for computed in entry.numbers:
            self._detail(text_run("Number ", "Label"), text_run(str(computed)))
        for fact in entry.facts:
            self._fact(fact)
        for fact, first in entry.again:
            target = inner_link(first.replace("-", "_"), text_run(first, "Link"))
            self._detail(
                text_run("Fact ", "Label"), text_run(f"{fact.line} Evidence: under "), target, text_run(".")
            )

    def _detail(self, *content: Any) -> None:
        self._paragraph("Detail", *content)

    def _fact(self, fact: Fact) -> None:
        self._detail(text_run("Source " if fact.is_source else "Fact ", "Label"), text_run(fact.line))
        if fact.lacks:
            self._paragraph("Evidence", text_run(NO_SOURCE, "Warning"))
        for proof in fact.proofs:
            self._proof(proof)
        if fact.also:
            self._paragraph(
                "Evidence",
                text_run("Also, without a passage: "),
                text_run("; ".join(fact.also)),
                text_run("."),
            )
        if fact.origins:
            self._paragraph("Evidence", text_run("Origins: ", "Label"), text_run(fact.origins))

    def _proof(self, proof: Proof) -> None:
        parts = [text_run(f"{proof.stance}. ", "Label"), text_run(f"{proof.source} ({proof.read}).")]
        if proof.passage:
            parts.append(text_run(f" “{proof.passage}”", "Passage"))
        if proof.locator:
            parts.append(text_run(f", {proof.locator}"))
        if proof.verdict:
            parts.append(text_run(f" {proof.verdict}", "Holds" if proof.holds else "Warning"))
        for label, address in (("Open the page", proof.link), ("Archived copy", proof.archived)):
            if address:
                self.lines.append(PrintedLine("", ASIDE, xml_text(address, "")))
                parts += [text_run(" "), web_link(self.document, address, text_run(label, "Link"))]
        self._paragraph("Evidence", *parts)


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
