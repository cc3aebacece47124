"""The parts of an Office file from outside: opened within bounds, the strict form of Open XML read as the usual one."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from kit.errors import KitError
from kit.text.xml import BadXml, parse_xml

#: A file may be this large, and hold this much when it is unpacked: far more than a desk sends, far less than a bomb.
LARGEST, UNPACKED, PARTS = 64_000_000, 256_000_000, 4_000
#: One part of XML may be this large.
LARGEST_PART = 64_000_000
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_WANTED = "give the .docx or .xlsx that came back"
_OTHER = {
    b"%PDF": ", but a PDF",
    b"{\\rtf": ", but an RTF file",
    b"\xd0\xcf\x11\xe0": ", but a file of Word or Excel before 2007, or one with a password",
    b"<": ", but a web page or XML",
}


@dataclass(frozen=True)
class Relation:
    """What a part of the file is bound to: by which id, as what (the last word of the kind), and where it is."""

    id: str
    kind: str
    target: str
    external: bool


def open_parts(path: Path) -> zipfile.ZipFile:
    """The file's parts; what is no .docx or .xlsx, or would unpack to too much, raises `KitError`."""
    try:
        if path.stat().st_size > LARGEST:
            raise KitError(path.name, f"is larger than {LARGEST // 1_000_000} MB", _WANTED)
        parts = zipfile.ZipFile(path)
    except OSError as error:
        raise KitError(path.name, f"cannot be read ({error.strerror})", _WANTED) from error
    except zipfile.BadZipFile as error:
        raise KitError(path.name, f"is no Word document and no spreadsheet{_what(path)}", _WANTED) from error
    entries = parts.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        parts.close()
        raise KitError(path.name, "would unpack to far more than one of ours holds", _WANTED)
    if any(entry.filename == "mimetype" for entry in entries):
        parts.close()
        remedy = "open it in the program that made it, save it as .docx or .xlsx, and import that"
        raise KitError(path.name, "is no Word document and no spreadsheet, but an OpenDocument file", remedy)
    return parts


def _what(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64).lstrip()
    return next((words for begins, words in _OTHER.items() if head.startswith(begins)), "")


def part_bytes(parts: zipfile.ZipFile, name: str, place: str) -> bytes:
    """The bytes of a part; ``KeyError`` where there is none, and `KitError` for one that is damaged or too large."""
    if parts.getinfo(name).file_size > LARGEST_PART:
        raise KitError(place, f"{name} is larger than any part of one of ours", _WANTED)
    try:
        return parts.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise KitError(place, f"is damaged ({name})", "ask for the file again") from error


def xml_part(parts: zipfile.ZipFile, name: str, place: str) -> etree._Element | None:
    """The root of an XML part, or ``None`` where there is none; one that cannot be read raises `KitError`."""
    try:
        raw = part_bytes(parts, name, place)
    except KeyError:
        return None
    try:
        return parse_xml(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", raw), place)
    except BadXml as error:
        # LibreOffice 7.4 writes such files when a field was struck out while changes were tracked.
        remedy = "accept tracked changes to its fields where it was made, save it again and send it"
        raise KitError(place, f"is damaged ({name})", remedy) from error


def relations(parts: zipfile.ZipFile, name: str, place: str) -> list[Relation]:
    """What the part ``name`` is bound to; targets inside the file are names of parts."""
    folder, file = posixpath.split(name)
    root = xml_part(parts, f"{folder}/_rels/{file}.rels", place)
    found = []
    for each in root.iter("{*}Relationship") if root is not None else ():
        target, external = each.get("Target", ""), each.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = each.get("Type", "").rpartition("/")[2]
        found.append(Relation(each.get("Id", ""), kind, target, external))
    return found


def all_text(root: etree._Element) -> str:
    """Every text in the part that a person can have typed: what stands in elements called t or text."""
    nodes = root.iter("{*}t", "{*}text", "{*}delText")
    return " ".join(" ".join(node.itertext()) for node in nodes).strip()
