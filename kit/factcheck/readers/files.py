"""A returned file opened by what it holds, and the packet that was sent out found where its data are needed."""

from __future__ import annotations

from pathlib import Path

from kit.case import Case
from kit.errors import KitError
from kit.factcheck.model.returned import Baseline, Returned
from kit.factcheck.readers.docx import FindBaseline, data_of, lines_sent, read_word
from kit.factcheck.readers.xlsx import read_sheet
from kit.reporting.build import REPORTS
from kit.tables.spreadsheet.parts import open_parts


def find_sent(case: Case, packet: str, sent: Path | None) -> Baseline | None:
    """The data of a packet of that id: of the file that was sent out, or of one that lies in the reports.

    A file that was ``sent`` and is not that packet raises `KitError`; ``None`` says that none is at hand.
    """
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


def read_packet(path: Path, find: FindBaseline, sent: Path | None = None) -> Returned:
    """What came back in the file, by what it holds and not by its name; one that is no packet raises `KitError`.

    The lines of a packet that an older kit printed are those of the .docx that was ``sent`` out.
    """
    with open_parts(path) as parts:
        names = set(parts.namelist())
        if "word/document.xml" in names:
            lines = None
            if sent:
                with open_parts(sent) as out:
                    lines = lines_sent(out, sent.name) if data_of(out, sent.name) else None
            return read_word(parts, path.name, find, lines)
        if "xl/workbook.xml" in names:
            return read_sheet(parts, path.name)
    raise KitError(
        path.name, "is no Word document and no spreadsheet", "give the .docx or .xlsx that came back"
    )
