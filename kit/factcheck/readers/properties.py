"""What the properties of an Office file say: when it was saved, and what somebody typed into them."""

from __future__ import annotations

import zipfile

from kit.factcheck.readers.comments import iso_day
from kit.reporting.writers.docx.elements import NO_DAY
from kit.tables.spreadsheet.parts import xml_part

_TYPED = ("description", "keywords", "category", "contentStatus")


def saved_on(parts: zipfile.ZipFile, place: str) -> str:
    """The day the file was last saved, as 2025-07-29; blank where it is not said."""
    root = xml_part(parts, "docProps/core.xml", place)
    day = iso_day(root.findtext("{http://purl.org/dc/terms/}modified") or "") if root is not None else ""
    return "" if day == f"{NO_DAY:%Y-%m-%d}" else day


def typed_properties(parts: zipfile.ZipFile, place: str) -> list[tuple[str, str]]:
    """The names and words of the properties that a packet leaves blank and somebody has filled in."""
    root = xml_part(parts, "docProps/core.xml", place)
    if root is None:
        return []
    found = [
        (name, " ".join((node.text or "").split())) for name in _TYPED for node in root.iter(f"{{*}}{name}")
    ]
    return [(name, words) for name, words in found if words]
