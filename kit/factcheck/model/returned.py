"""A packet that came back: what it was when it was printed, what a checker filled in, and what importing it did."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lxml import etree

from kit.errors import KitError
from kit.factcheck.model.packet import PACKET_FORMAT, Packet
from kit.text.xml import BadXml, parse_xml

#: A file may be this large, and hold this much when it is unpacked: far more than any packet, far less than a bomb.
LARGEST, UNPACKED, PARTS = 64_000_000, 256_000_000, 4_000
STATEMENT = r"s-\d{4,}"


#: Marks the part of a Word document that holds the data.
NAMESPACE = "urn:casebook:packet"


@dataclass(frozen=True)
class PrintedStatement:
    """A statement as a packet printed it: its words, what it rested on, and the mark it then had."""

    id: str
    wording: str
    basis: tuple[str, ...]
    status: str
    by: str
    on: str
    comment: str


@dataclass(frozen=True)
class Baseline:
    """What a packet was when it was printed: its case, its id, its statements by id."""

    case: str
    packet: str
    statements: dict[str, PrintedStatement]


def baseline_text(packet: Packet) -> str:
    """The packet's own data, as JSON."""
    printed = [
        PrintedStatement(
            e.id, e.text, e.rests_on, e.standing.status, e.standing.by, e.standing.on, e.standing.comment
        )
        for e in packet.entries
    ]
    content = {
        "format": PACKET_FORMAT,
        "case": packet.case,
        "packet": packet.id,
        "statements": [asdict(each) for each in printed],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_baseline(text: str, place: str) -> Baseline:
    """The data that `baseline_text` wrote; what is not that, or of another format, raises `KitError` at ``place``."""
    damaged = KitError(place, "does not hold the data of a packet", "ask for the file that was sent out")
    try:
        content = json.loads(text)
        if content["format"] != PACKET_FORMAT:
            raise KitError(
                place,
                f"was printed by another version of the kit (format {content['format']}, not {PACKET_FORMAT})",
                "print the packet anew and carry the marks over",
            )
        statements = [
            PrintedStatement(**{**each, "basis": tuple(each["basis"])}) for each in content["statements"]
        ]
        if not all(isinstance(each.wording, str) and isinstance(each.id, str) for each in statements):
            raise damaged
        return Baseline(content["case"], content["packet"], {each.id: each for each in statements})
    except (ValueError, KeyError, TypeError) as error:
        raise damaged from error


@dataclass(frozen=True)
class CheckMark:
    """What a checker filled in for a statement, as written; blank where nothing was."""

    status: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Comment:
    """A comment, who wrote it and the day, where the file says so."""

    text: str
    by: str = ""
    on: str = ""

    def __str__(self) -> str:
        about = ", ".join(filter(None, (self.by, self.on)))
        return f"{self.text} ({about})" if about else self.text


@dataclass
class Returned:
    """A packet that came back.

    ``marks`` and ``wordings`` hold all that was found for an id, in order: a copied line gives two. ``cover`` is what
    was filled in for the whole packet, ``saved_on`` the day that the program noted when it saved the file. ``remarks``
    are comments that stand on no statement. ``rewritten`` are comment cells of a spreadsheet, which hold the whole
    comment and not an addition to it.
    """

    baseline: Baseline
    marks: dict[str, list[CheckMark]] = field(default_factory=dict)
    wordings: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[str, list[Comment]] = field(default_factory=dict)
    rewritten: dict[str, str] = field(default_factory=dict)
    cover: CheckMark = field(default_factory=CheckMark)
    saved_on: str = ""
    remarks: list[Comment] = field(default_factory=list)


def open_parts(path: Path) -> zipfile.ZipFile:
    """The file's parts; what is no .docx or .xlsx, or would unpack to too much, raises `KitError`."""
    wanted = "give the .docx or .xlsx that the checker sent back"
    try:
        if path.stat().st_size > LARGEST:
            raise KitError(path.name, f"is larger than {LARGEST // 1_000_000} MB", wanted)
        parts = zipfile.ZipFile(path)
    except OSError as error:
        raise KitError(path.name, f"cannot be read ({error.strerror})", wanted) from error
    except zipfile.BadZipFile as error:
        raise KitError(path.name, "is no Word document and no spreadsheet", wanted) from error
    entries = parts.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        parts.close()
        raise KitError(path.name, "would unpack to far more than any packet holds", wanted)
    return parts


def xml_part(parts: zipfile.ZipFile, name: str, place: str) -> etree._Element | None:
    """The root of an XML part, or ``None`` where there is none; one that cannot be read raises `KitError`."""
    damaged = f"is damaged ({name})"
    try:
        return parse_xml(parts.read(name), place)
    except KeyError:
        return None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise KitError(place, damaged, "ask for the file again") from error
    except BadXml as error:
        # LibreOffice 7.4 writes such files when a field was struck out while changes were tracked.
        remedy = "accept tracked changes to its fields where it was made, save it again and send it"
        raise KitError(place, damaged, remedy) from error


def squeezed(text: str) -> str:
    """The text on one line, each run of space one space; programs break and pad it as they like."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Outcome:
    """What importing a packet did, each list in the order of the packet.

    ``marked`` were written to the table. ``conflicts`` were not: the table, or the file itself, says something else.
    ``reworded`` came back with other words than were printed, as a proposal; ``stale`` have changed since in the
    notebooks, so that their mark does not count for today's wording. ``lost`` ids did not come back, ``unknown`` ones
    are not the packet's. ``remarks`` are comments on no statement.
    """

    packet: str
    file: str
    marked: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether everything in the packet found its place."""
        return not (self.conflicts or self.lost or self.unknown)

    def __str__(self) -> str:
        parts = (
            ("written to data/manual/checks.csv", self.marked),
            ("not written, since two marks or sentences say different things", self.conflicts),
            ("reworded by the checker; change the notebook if you agree", self.reworded),
            ("changed in the notebooks since the packet was printed, so unchecked again", self.stale),
            ("not in the file any more", self.lost),
            ("not of this packet, left out", self.unknown),
            ("remarks on the packet as a whole", self.remarks),
        )
        lines = [f"{self.file}: packet {self.packet}"]
        for heading, found in parts:
            if found:
                lines += [f"{len(found)} {heading}:", *(f"  {each}" for each in found)]
        return "\n".join(lines if len(lines) > 1 else [*lines, "nothing new in it"])
