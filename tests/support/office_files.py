"""Parts and elements of Office files as Word and Excel write them, to put into a packet."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from support.packets import W, repacked

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(text: str, properties: str = "") -> str:
    """A run of text as XML, with properties such as ``<w:strike/>``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def note(node: etree._Element, kind: str) -> None:
    """Put the number of a footnote or an endnote at the end of a paragraph; the note itself is a part."""
    reference = f'<w:r {_NAMES}><w:{kind}Reference w:id="2"/></w:r>'
    node.append(etree.fromstring(reference))


def box(text: str, form: str) -> etree._Element:
    """A run with a text box: as older programs draw it (vml), as newer ones do (drawing), or both side by side."""
    inside = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    new = f"<w:drawing><anchor>{inside}</anchor></w:drawing>"
    shown = {"vml": old, "drawing": new}.get(form) or (
        f"<mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    return etree.fromstring(f"<w:r {_NAMES}>{shown}</w:r>")


def with_part(path: Path, name: str, content: str) -> Path:
    """The file with one more part, or with another content for one that it has."""
    return repacked(path, {name: lambda raw: content.encode()}, f"with-more{path.suffix}")
