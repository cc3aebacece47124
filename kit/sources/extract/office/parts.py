"""The parts of a document that is a zip, opened within bounds: each is unpacked once before anything reads it."""

from __future__ import annotations

import io
import zipfile
import zlib

from kit.sources.extract.reading.html_tree import Unreadable
from kit.tables.spreadsheet.parts import LARGEST_PART, PARTS, UNPACKED

AGAIN = "open it, and save it anew"


def checked_parts(data: bytes, place: str) -> zipfile.ZipFile:
    """The parts of the document, none of them larger than it says; one that would unpack to too much raises `Unreadable`.

    >>> made = io.BytesIO()
    >>> with zipfile.ZipFile(made, "w") as parts:
    ...     parts.writestr("content.xml", "<a/>")
    >>> checked_parts(made.getvalue(), "memo.odt").namelist()
    ['content.xml']
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        entries = parts.infolist()
        total = sum(entry.file_size for entry in entries)
        if len(entries) > PARTS or total > UNPACKED or any(each.file_size > LARGEST_PART for each in entries):
            raise Unreadable(
                place, "would unpack to far more than a document holds", "keep it, and read it by eye"
            )
        for entry in entries:
            with parts.open(entry) as file:
                while file.read(1_000_000):
                    pass
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zlib.error,
        ValueError,
        OSError,
    ) as error:
        raise Unreadable(place, f"is damaged, or has a password ({error})", AGAIN) from error
    return parts
