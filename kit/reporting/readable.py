"""Whether a picture can be drawn at all: a file may begin as a PNG does and hold nothing that can be shown."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lxml import etree


def unreadable(kind: str, content: bytes, *, ours: bool = False) -> str:
    """Why a picture of that kind cannot be drawn, in a few words; '' where it can.

    What draws the pictures of a PDF is asked, so that every format refuses what one of them would; of ``ours``, a
    chart that the kit drew, only that it is still a drawing.

    >>> unreadable("svg", b"<svg>")[:40]
    'Premature end of data in tag svg line 1,'
    >>> unreadable("svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    ''
    """
    if kind == "svg":
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            return str(error.msg)
    if kind == "jpg" and content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda"):
        # The end of the picture is missing; programs show such a file with grey in place of the rest.
        return "it breaks off"
    return "" if ours else _refused(kind, content)


def _refused(kind: str, content: bytes) -> str:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"picture.{kind}").write_bytes(content)
        (source := Path(folder, "picture.typ")).write_text(f'#image("picture.{kind}")')
        try:
            typst.compile(str(source), root=folder, ignore_system_fonts=True, format="svg")
        except typst.TypstError as error:
            return " ".join(str(error).split())
    return ""
