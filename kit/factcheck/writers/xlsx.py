"""The packet as a spreadsheet: a row a statement, its status chosen from a list."""

from __future__ import annotations

import io

from kit.factcheck.model.facts import NO_SOURCE
from kit.factcheck.model.packet import OPEN_REMARK, STATUS_SHOWN, Entry, Packet
from kit.factcheck.model.returned import PrintedLine, baseline_text
from kit.reporting.writers.docx.elements import NO_DAY
from kit.tables.workbook.write import row_height
from kit.text.printable import xml_text

SHEET, DATA = "Statements", "packet"
#: The columns, and how wide each is; those that a checker fills in are found by these names when a file comes back.
SHEET_COLUMNS = {
    "id": 9,
    "statement": 60,
    "status": 12,
    "checked by": 16,
    "on": 12,
    "comment": 40,
    "look at": 34,
    "evidence": 80,
    "origins": 40,
}
#: What stands above the head, among the lines that were printed.
ABOVE = "above"
FILLED_IN = ("status", "checked by", "on", "comment")
#: A cell of Excel holds this many characters; the data of the packet is spread over as many cells as it needs.
_CELL = 32_000


def packet_xlsx(packet: Packet) -> bytes:
    """The packet as an .xlsx file; the same packet gives the same bytes. No cell is a formula, whatever it begins with."""
    import xlsxwriter

    raw = io.BytesIO()
    # Strings that look like formulas, numbers or links stay strings: much of what is printed came from web pages.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(raw, options)
    book.set_properties(
        {"title": f"Fact-check packet: {packet.case}", "subject": packet.id, "created": NO_DAY}
    )
    lines = _statements(book, packet)
    data = book.add_worksheet(DATA)
    text = baseline_text(packet, lines)
    for row, at in enumerate(range(0, len(text), _CELL)):
        data.write_string(row, 0, text[at : at + _CELL])
    data.hide()
    book.close()
    return raw.getvalue()


def _statements(book, packet: Packet) -> list[PrintedLine]:
    """The lines of the sheet with the statements, which is written."""
    lines = []
    sheet = book.add_worksheet(SHEET)
    plain = {"text_wrap": True, "valign": "top", "font_size": 10}
    looks = {
        "head": book.add_format(
            {**plain, "bold": True, "bg_color": "#EEF2F6", "bottom": 1, "valign": "vcenter"}
        ),
        "text": book.add_format(plain),
        "fill": book.add_format({**plain, "bg_color": "#FFFBE8", "border": 1, "border_color": "#D8D2B4"}),
        "day": book.add_format(
            {
                **plain,
                "bg_color": "#FFFBE8",
                "border": 1,
                "border_color": "#D8D2B4",
                "num_format": "yyyy-mm-dd",
            }
        ),
        "said": book.add_format({**plain, "font_size": 11}),
        "bare": book.add_format({**plain, "bold": True, "font_color": "#9B1C1C"}),
    }
    bold = book.add_format({"bold": True, "font_size": 12})
    above = [
        packet.case,
        f"Packet {packet.id} ({packet.edition} edition): {packet.summary}",
        "Choose a status in the yellow columns, with your name, the day (2025-07-29) and any comment. Leave the ids as they are. Save as .xlsx and send the file back.",
        *(f"{OPEN_REMARK}{remark}" for remark in packet.open),
    ]
    for row, text in enumerate(above):
        sheet.write_string(row, 0, xml_text(text, "")[:_CELL], None if row else bold)
        lines.append(PrintedLine("", ABOVE, xml_text(text, "")[:_CELL]))
    head = len(above)
    for column, (name, width) in enumerate(SHEET_COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, name, looks["head"])
    for row, entry in enumerate(packet.entries, start=head + 1):
        for column, (name, text) in enumerate(_row(entry).items()):
            look = (
                "day"
                if name == "on"
                else "fill"
                if name in FILLED_IN
                else "said"
                if name == "statement"
                else "text"
            )
            look = "bare" if name == "evidence" and entry.bare else look
            shown = xml_text(text, "")[:_CELL]
            sheet.write_string(row, column, shown, looks[look])
            if name not in ("id", "statement", *FILLED_IN):
                lines.append(PrintedLine(entry.id, name, shown))
        sheet.set_row(row, row_height(zip(_row(entry).values(), SHEET_COLUMNS.values(), strict=True)))
    last = head + len(packet.entries)
    status = list(SHEET_COLUMNS).index("status")
    choices = {
        "validate": "list",
        "source": list(STATUS_SHOWN.values()),
        "error_title": "Not a status",
        "error_message": "Choose one from the list.",
    }
    sheet.data_validation(head + 1, status, max(last, head + 1), status, choices)
    sheet.autofilter(head, 0, last, len(SHEET_COLUMNS) - 1)
    sheet.freeze_panes(head + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    return lines


def _row(entry: Entry) -> dict[str, str]:
    standing = entry.standing
    open_ = [f"{OPEN_REMARK}{remark}" for remark in entry.open]
    look = "\n".join(filter(None, (entry.headline, entry.note, *open_)))
    values = (
        entry.id,
        entry.text,
        STATUS_SHOWN[standing.status],
        standing.by,
        standing.on,
        standing.comment,
        look,
        _evidence(entry),
        "\n".join(fact.origins for fact in entry.facts if fact.origins),
    )
    return dict(zip(SHEET_COLUMNS, values, strict=True))


def _evidence(entry: Entry) -> str:
    if entry.bare:
        return f"No evidence. {entry.why_bare}"
    lines = [str(found) for found in (entry.drawn, *entry.numbers) if found]
    for fact in entry.facts:
        lines.append(f"{fact.line} {NO_SOURCE}" if fact.lacks else fact.line)
        for proof in fact.proofs:
            passage = f"“{proof.passage}”" if proof.passage else ""
            parts = (
                f"{proof.stance}.",
                f"{proof.source} ({proof.read}).",
                passage,
                proof.locator,
                proof.verdict,
            )
            lines.append("  • " + " ".join(filter(None, parts)))
        if fact.also:
            lines.append(f"  • Also, without a passage: {'; '.join(fact.also)}.")
    lines += [f"{fact.line} Evidence: under {first}." for fact, first in entry.again]
    return "\n".join(lines)
