"""A small notebook about the harbour, the packet printed from it, and what a checker does to a returned file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import kit
from kit.evidence.prose.document import Document
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.factcheck.model.packet import Packet, make_packet
from kit.factcheck.writers.docx import packet_docx
from kit.reporting.book.notes import Notes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROSE = (
    "# What happened at the harbour?\n\n"
    "Police searched the Harbour Office on 1 March 2021 [@2021-03-01-raid-harbour]. "
    "They carried [38](#=boxes) boxes away [@harbour-2021-boxes].\n\n"
    "## What followed\n\n"
    "The office paid a fine in June 2021 [@2021-06-fine-paid]. Its director Ann Roe was told in May 2021. "
    "The search itself is not disputed [@2021-03-01-raid-harbour]."
)
DAY = date(2021, 7, 1)


def ran(prose: str = PROSE, boxes: float = 38) -> Any:
    """The notebook as it was run: its prose, and the cell that counts the boxes."""
    record = {"name": "boxes", "value": boxes, "unit": "boxes", "base": "boxes counted by the paper"}
    output = new_output("execute_result", {RECORD_MIMETYPE: record, "text/plain": "boxes"}, execution_count=1)
    cells = [
        new_markdown_cell(prose, id="01-001"),
        new_code_cell("kit.record(...)", id="01-002", execution_count=1, outputs=[output]),
    ]
    return new_notebook(cells=cells)


def printed(
    folder: Path, prose: str = PROSE, boxes: float = 38, edition: str = "public", notebook: Any = None
) -> Packet:
    """The packet of the case in ``folder`` with this notebook in it."""
    path = folder / "notebooks/01-the-raid.ipynb"
    path.parent.mkdir(exist_ok=True)
    made = notebook or ran(prose, boxes)
    nbformat.write(made, path)
    case = kit.open(folder)
    document = Document(made, path)
    cited = sorted({mark.target for mark in document.marks if mark.kind == "cite"})
    return make_packet(
        case, edition, {document.name: document}, Notes(case, cited, desk=edition != "public"), DAY
    )


def sent(folder: Path, **how: Any) -> Path:
    """The packet as a Word file, beside the case."""
    path = folder.parent / "fact-check.docx"
    path.write_bytes(packet_docx(printed(folder, **how)))
    return path


def repacked(path: Path, changes: dict[str, Callable[[bytes], bytes]], name: str = "returned.docx") -> Path:
    """The file with some of its parts changed, or added where they were not there, under another name."""
    target, raw = path.with_name(name), io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(raw, "w") as new:
        there = old.namelist()
        for part in there:
            new.writestr(part, changes.get(part, bytes)(old.read(part)))
        for part in changes.keys() - set(there):
            new.writestr(part, changes[part](b""))
    target.write_bytes(raw.getvalue())
    return target


def edited(path: Path, how: Callable[[etree._Element], None], **others: Callable[[bytes], bytes]) -> Path:
    """The document with its text changed by ``how``; ``comments`` gives the comments part."""

    def change(raw: bytes) -> bytes:
        root = etree.fromstring(raw)
        how(root)
        return etree.tostring(root)

    return repacked(path, {"word/document.xml": change, **others})


def text_of(node: etree._Element) -> str:
    """The text of a node."""
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def paragraph(root: etree._Element, begins: str, style: str) -> etree._Element:
    """The paragraph in that style whose text begins so."""
    for node in root.iter(f"{W}p"):
        named = node.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style and text_of(node).startswith(begins):
            return node
    raise AssertionError(f"no {style} begins with {begins!r}")


def fill(root: etree._Element, statement: str, status: str = "", by: str = "", on: str = "") -> None:
    """Fill in the line of a statement, or of the whole packet, as Word does: in its controls."""
    line = paragraph(root, statement, "Mark")
    for control in line.iter(f"{W}sdt"):
        what = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val").partition(".")[2]
        if given := {"status": status, "by": by, "on": on}[what]:
            next(control.iter(f"{W}t")).text = given


def without_controls(root: etree._Element) -> None:
    """Take the content controls out and leave their text, as some programs do."""
    for control in list(root.iter(f"{W}sdt")):
        parent, at = control.getparent(), control.getparent().index(control)
        for inside in reversed(list(control.find(f"{W}sdtContent"))):
            parent.insert(at, inside)
        parent.remove(control)


def tracked(run: etree._Element, kind: str) -> None:
    """Put a run inside a tracked change: ins, del, moveFrom or moveTo."""
    change = etree.Element(f"{W}{kind}", {f"{W}id": "900", f"{W}author": "Ann Roe"})
    run.addprevious(change)
    change.append(run)


def commented(root: etree._Element, number: int, begins: str, style: str = "Statement") -> None:
    """Anchor comment ``number`` at a paragraph."""
    node = paragraph(root, begins, style)
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)})
    node.insert(1, start)


def comments(
    *texts: str, author: str = "Ann Roe", on: str = "2021-07-02T10:00:00Z"
) -> Callable[[bytes], bytes]:
    """The comments part with these comments, numbered from 0."""
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    for number, text in enumerate(texts):
        attributes = {f"{W}id": str(number), f"{W}author": author, f"{W}date": on}
        node = etree.SubElement(root, f"{W}comment", attributes)
        words = etree.SubElement(etree.SubElement(etree.SubElement(node, f"{W}p"), f"{W}r"), f"{W}t")
        words.text = text
    return lambda raw: etree.tostring(root)
