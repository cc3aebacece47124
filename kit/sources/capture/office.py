"""Which office program's document a zip file is, by what it holds."""

from __future__ import annotations

import zipfile
import zlib

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OPEN_XML}wordprocessingml.document", f"{_OPEN_XML}spreadsheetml.sheet"
ODT, ODS = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet"))
EPUB, RTF = "application/epub+zip", "application/rtf"
_BY_PART = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": f"{_OPEN_XML}presentationml.presentation",
}
_LONGEST = 100


def office_type(archive: zipfile.ZipFile) -> str:
    """The media type of the office document that the zip is; '' where it is none.

    >>> import io
    >>> with zipfile.ZipFile(io.BytesIO(), "w") as archive:
    ...     archive.writestr("word/document.xml", "<w/>")
    ...     office_type(archive) == DOCX
    True
    """
    names = set(archive.namelist())
    if found := next((kind for part, kind in _BY_PART.items() if part in names), ""):
        return found
    if "mimetype" not in names:
        return ""
    try:
        with archive.open("mimetype") as file:
            named = file.read(_LONGEST).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error):
        return ""
    return named.removesuffix("-template") if named.removesuffix("-template") in (ODT, ODS, EPUB) else ""
