"""The look of a Word report: styles, fonts and margins of the document that pandoc takes as its reference."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from kit.text.pandoc import pandoc_bytes

# Fonts that Word has everywhere and that LibreOffice replaces with letters of the same widths.
SANS, SERIF, FIXED = "Arial", "Times New Roman", "Courier New"
INK, SOFT, LINK = "1B1F24", "57606A", "0B4A8F"
#: The style of a paragraph that stays with the chart or table that follows, and of the texts in tables.
LEAD_STYLE, CELL_STYLE, FINE_STYLE = "Lead", "Table Text", "Evidence"

#: Styles that Word has of its own, by the ids under which documents name them.
_BUILT_IN = {
    "Header": "Header",
    "Footer": "Footer",
    "toc 1": "TOC1",
    "toc 2": "TOC2",
    "Normal Table": "TableNormal",
}
_HEADINGS = {1: (20, 0, 14), 2: (13.5, 15, 5), 3: (11.5, 12, 4), 4: (11, 12, 3)}
#: Font, size, and the points above and below.
_TEXTS = {
    "Title": (SANS, 26, 150, 12),
    "Subtitle": (SANS, 10.5, 0, 4),
    "TOC Heading": (SANS, 16, 0, 10),
    "toc 1": (SANS, 9.5, 8, 2),
    "toc 2": (SANS, 9.5, 0, 1),
    "Header": (SANS, 8, 0, 6),
    "Footer": (SANS, 8, 6, 0),
    "Normal": (SERIF, 10.5, 0, 4),
    "Body Text": (SERIF, 10.5, 0, 5),
    "First Paragraph": (SERIF, 10.5, 0, 5),
    LEAD_STYLE: (SERIF, 10.5, 0, 5),
    "Compact": (SERIF, 10.5, 0, 2),
    CELL_STYLE: (SANS, 7.5, 1, 1),
    FINE_STYLE: (SERIF, 9, 0, 2),
    "Bibliography": (SERIF, 9, 0, 2),
    "Footnote Text": (SERIF, 8, 0, 1),
    "Footnote Block Text": (SERIF, 8, 0, 1),
    "Image Caption": (SANS, 8.5, 2, 10),
    "Table Caption": (SANS, 8.5, 10, 3),
    "Source Code": (FIXED, 8, 4, 8),
    "Block Text": (SERIF, 10.5, 4, 6),
}


@cache
def reference() -> bytes:
    """A Word document that holds the styles and nothing else."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = Document(io.BytesIO(pandoc_bytes("", "markdown", "docx", "--output", "-")))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin, section.bottom_margin = Mm(21), Mm(20)
    styles = document.styles
    for name in ("Source Code", LEAD_STYLE, CELL_STYLE, FINE_STYLE):
        if name not in [style.name for style in styles]:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for name, identity in _BUILT_IN.items():
        kind = WD_STYLE_TYPE.TABLE if name == "Normal Table" else WD_STYLE_TYPE.PARAGRAPH
        styles.add_style(name, kind, builtin=True).element.set(qn("w:styleId"), identity)
    for name, (font, size, before, after) in _TEXTS.items():
        _set(styles[name], font, Pt(size), Pt(before), Pt(after))
    for level, (size, before, after) in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _set(heading, SANS, Pt(size), Pt(before), Pt(after))
        heading.font.bold = heading.font.cs_bold = True
        heading.font.italic = False
        heading.font.color.rgb = RGBColor.from_string(INK)
        heading.paragraph_format.keep_with_next = True
    for name in ("Subtitle", "Header", "Footer", "Image Caption"):
        styles[name].font.color.rgb = RGBColor.from_string(SOFT)
        styles[name].font.italic = False
    styles["Title"].font.bold, styles["toc 1"].font.bold = True, True
    styles["Subtitle"].font.bold = False
    for spaced in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(spaced)
    for name in ("Title", "TOC Heading"):
        styles[name].font.color.rgb = RGBColor.from_string(INK)
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = 0
    styles["toc 2"].paragraph_format.left_indent = Mm(5)
    styles["Hyperlink"].font.color.rgb = RGBColor.from_string(LINK)
    styles["Verbatim Char"].font.name, styles["Verbatim Char"].font.size = FIXED, Pt(9.5)
    styles[LEAD_STYLE].paragraph_format.keep_with_next = True
    # A picture stays with its caption.
    styles["Captioned Figure"].paragraph_format.keep_with_next = True
    entry = styles["Bibliography"].paragraph_format
    entry.left_indent, entry.first_line_indent = Mm(5), Mm(-5)
    _ruled(styles["Table"].element)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set(style: Any, font: str, size: Any, before: Any, after: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    style.font.name, style.font.size = font, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    fonts.set(qn("w:cs"), font)
    # Arabic, Hebrew and the scripts of India have a size of their own, beside the one that other letters have.
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), style.element.rPr.find(qn("w:sz")).get(qn("w:val")))
    style.element.rPr.find(qn("w:sz")).addnext(complex_size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = before, after


def _ruled(style: Any) -> None:
    """Give a table style a line under each row, and a stronger one and bold letters to the header."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    for old in ("w:tblPr", "w:tblStylePr"):
        for found in style.findall(qn(old)):
            style.remove(found)
    line = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    style.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{line.format('bottom', 4, 'C9CCD1')}"
            f"{line.format('insideH', 4, 'C9CCD1')}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        )
    )
    style.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
            f"{line.format('bottom', 8, SOFT)}</w:tcBorders></w:tcPr></w:tblStylePr>"
        )
    )
