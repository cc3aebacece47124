"""What the desk sends out: the packet of an edition in each of its forms, and letters that ask for comment."""

from __future__ import annotations

import hashlib
import io
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from docx.oxml.ns import qn
from docx.shared import Mm

from kit.clock import today
from kit.errors import KitError
from kit.evidence.replies import Letter, request_letter
from kit.factcheck.model.facts import NO_SOURCE
from kit.factcheck.model.packet import OPEN_REMARK, STATUS_SHOWN, Packet, make_packet
from kit.factcheck.writers.docx import packet_docx
from kit.factcheck.writers.xlsx import packet_xlsx
from kit.files import write_whole
from kit.reporting.book.front import case_logo
from kit.reporting.transforms.pictures import fitted
from kit.reporting.writers.docx.elements import blank_document, document_bytes
from kit.text.printable import xml_text
from kit.text.translations.phrases import phrases

if TYPE_CHECKING:
    from kit.case import Case
    from kit.reporting.book.book import Book
    from kit.reporting.book.figures import Picture

#: Where letters are drafted, seen from the case folder.
LETTERS = Path("reports") / "replies"
#: Millimetres.
_LOGO_HIGH = 18
_STYLES = {
    "head": "No Spacing",
    "title": "Title",
    "heading": "Heading 2",
    "text": "Normal",
    "item": "List Bullet",
    "sign": "No Spacing",
}


def write(book: Book, folder: Path) -> list[Path]:
    """The packet of an edition as ``fact-check.docx``, ``.html`` and ``.xlsx`` in ``folder``, each written whole.

    The ledger of statements is brought up to date by it.
    """
    packet = make_packet(book.case, book.edition, book.documents, book.notes, today(), book.saved or None)
    made = {"docx": packet_docx, "html": packet_html, "xlsx": packet_xlsx}
    paths = {folder / f"fact-check.{ending}": content(packet) for ending, content in made.items()}
    for path, content in paths.items():
        write_whole(path, content)
    return list(paths)


def packet_html(packet: Packet) -> bytes:
    """The packet as one page to read, search and filter, which asks nothing of any network.

    Statuses are shown; they are set in the Word file or the spreadsheet.
    """
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kit.factcheck"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    script = (files("kit.factcheck") / "templates/packet.js").read_text(encoding="utf-8")
    page = templates.get_template("packet.html").render(
        packet=packet,
        script=script,
        # Nothing but this very script may run.
        digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        shown=STATUS_SHOWN,
        kinds=sorted({kind for entry in packet.entries for kind in entry.kinds}),
        no_source=NO_SOURCE,
        open_remark=OPEN_REMARK,
    )
    return page.encode("utf-8", "xmlcharrefreplace")


def draft_letter(case: Case, party: str, deadline: str, claims: Sequence[str] = ()) -> list[Path]:
    """The files of the letter to ``party``, an actor's id, in ``reports/replies/``: one for Word, and plain text.

    ``deadline`` is the day by which to answer, as 2025-07-29; ``claims`` are ids of claims of others to be put to it as
    well. What `kit.evidence.replies.request_letter` refuses raises `KitError`, and so does a day that leaves no time to
    answer.

    >>> import kit
    >>> draft_letter(kit.example(), "nobody", "2030-01-01")
    Traceback (most recent call last):
    kit.errors.KitError: 'nobody': is nobody whose answer is missing; see whom kit replies lists
    """
    made = request_letter(case, party, deadline, claims)
    if date.fromisoformat(deadline) <= today():
        raise KitError("deadline", f"{deadline} leaves no day to answer", "give a later one")
    logo = case_logo(case)
    drafts: dict[Path, bytes | str] = {
        case.path / LETTERS / f"{party}.docx": letter_docx(made, logo),
        case.path / LETTERS / f"{party}.txt": made.text(),
    }
    for path, content in drafts.items():
        write_whole(path, content)
    return list(drafts)


def letter_docx(made: Letter, logo: Picture | None = None) -> bytes:
    """The letter as a .docx file, to be read over, signed and sent; the same letter gives the same bytes.

    ``logo`` stands above it.
    """
    say = phrases(made.language)
    document = blank_document(say("Request for comment: {case}", case=made.case), made.name, made.language)
    if logo is not None:
        _, high = fitted(logo, _LOGO_HIGH)
        document.add_picture(io.BytesIO(_bitmap(logo)), height=Mm(high))
        document.element.body.find(f".//{qn('wp:docPr')}").set("descr", logo.alt)
    for kind, words in made.lines():
        document.add_paragraph(xml_text(words, ""), style=_STYLES[kind])
    return document_bytes(document)


def _bitmap(picture: Picture) -> bytes:
    """What Word shows everywhere; drawings at about 300 dots an inch."""
    if picture.kind != "svg":
        return picture.content
    import vl_convert

    return vl_convert.svg_to_png(picture.svg, scale=4)
