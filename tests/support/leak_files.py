"""Small files of each format with a text planted in one place of each: what a leak scan must be able to read."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import docx
import pikepdf
import typst
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Build = Callable[[str], bytes]


def _page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>A</title>{head}</head><body>{body}</body></html>".encode()


def _split(text: str) -> tuple[str, str]:
    return text[: len(text) // 2], text[len(text) // 2 :]


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" for c in text)


def svg(text: str = "", comment: str = "", metadata: str = "") -> bytes:
    inner = f"<!--{comment}-->" if comment else ""
    inner += f"<metadata><a>{html.escape(metadata)}</a></metadata>" if metadata else ""
    shown = f"<text>{html.escape(text)}</text>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}{shown}</svg>'.encode()


def _data(media: str, content: bytes) -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A white pixel, with what else is given."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    more = b"".join(_chunk(*chunk) for chunk in chunks)
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + more
        + _chunk(b"IDAT", zlib.compress(b"\x00\xff"))
        + _chunk(b"IEND", b"")
    )


def jpeg(marker: int = 0xE0, body: bytes = b"JFIF\x00") -> bytes:
    """The frame of a photograph, with one segment."""
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body
    return b"\xff\xd8" + segment + b"\xff\xda\x00\x02\x01\x02\xff\xd9"


def _saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def word(change: Callable) -> bytes:
    """A Word document after ``change``, with nobody's name in its properties."""
    document = docx.Document()
    document.core_properties.author = ""
    # The template comes with a picture of its first page, and that with a camera's data.
    package = document.part.package
    for key in [key for key, relation in package.rels.items() if relation.reltype.endswith("thumbnail")]:
        del package.rels[key]
    change(document)
    return _saved(document)


def _tracked(text: str, kind: str) -> Callable:
    def change(document) -> None:
        inner = "delText" if kind == "del" else "t"
        run = f'<w:{kind} {nsdecls("w")} w:id="1" w:author=""><w:r><w:{inner}>{html.escape(text)}</w:{inner}></w:r></w:{kind}>'
        document.add_paragraph()._p.append(parse_xml(run))

    return change


def _two_runs(text: str) -> Callable:
    def change(document) -> None:
        paragraph = document.add_paragraph()
        for part in _split(text):
            paragraph.add_run(part).bold = not paragraph.runs[1:]

    return change


def _remark(text: str) -> Callable:
    def change(document) -> None:
        document.add_comment(document.add_paragraph("a").runs, text=text, author="", initials="")

    return change


def sheet(cell: str = "", **properties: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties(properties)
        book.add_worksheet().write_string("A1", cell)
    return made.getvalue()


def pdf(body: str = "", **options: str) -> bytes:
    given = "".join(
        f"#set document({name}: {json.dumps(value, ensure_ascii=False)})\n" for name, value in options.items()
    )
    return typst.compile(f"#set page(width: 400mm)\n{given}{body or 'a'}".encode())


def repacked_pdf(change: Callable[[pikepdf.Pdf], None], **how) -> bytes:
    """A PDF after ``change``, saved as other programs than Typst may."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as file:
        change(file)
        file.save(made, deterministic_id=not how, **how)
    return made.getvalue()


def _spoken(text: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda file: file.Root.__setattr__("Lang", pikepdf.String(text))


def _on_a_page(text: str) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        attached = pikepdf.AttachedFileSpec(file, text.encode(), filename="a.txt")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=attached.obj
        )
        file.pages[0].Annots = pikepdf.Array([note])

    return change


def _metadata(text: str) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        rdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        said = f"<rdf:RDF {rdf}><rdf:Description><a>{html.escape(text)}</a></rdf:Description></rdf:RDF>"
        packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{said}</x:xmpmeta>".encode()
        stream = pikepdf.Stream(file, base64.a85encode(zlib.compress(packet)) + b"~>")
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        stream.Filter = pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode])
        file.Root.Metadata = stream

    return change


def _typst(text: str) -> str:
    return f"#text({json.dumps(text, ensure_ascii=False)})"


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


#: Each place that a text can hide in: the name of the file, and how to make it.
PLACES: dict[str, tuple[str, Build]] = {
    "html text": ("a.html", lambda t: _page(f"<p>{html.escape(t)}</p>")),
    "html, parted by markup": ("a.html", lambda t: _page("<p>{}<b>{}</b></p>".format(*map(html.escape, _split(t))))),
    "html entities": ("a.html", lambda t: _page(f"<p>{_entities(t)}</p>")),
    "html comment": ("a.html", lambda t: _page(f"<!-- {t.replace('--', '- -')} -->")),
    "html attribute": ("a.html", lambda t: _page(f'<img alt="{html.escape(t)}">')),
    "html link": ("a.html", lambda t: _page(f'<a href="x?{quote(t)}">a</a>')),
    "html data of a chart": (
        "a.html",
        lambda t: _page(f'<script type="application/json" id="charts">{json.dumps([{"data": t}])}</script>'),
    ),
    "html script": ("a.html", lambda t: _page(f"<script>let a = {json.dumps(t, ensure_ascii=False)};</script>")),
    "html style": ("a.html", lambda t: _page("", f"<style>/* {t} */</style>")),
    "html picture, svg": ("a.html", lambda t: _page(f'<img alt="" src="{_data("image/svg+xml", svg(t))}">')),
    "html picture, png": ("a.html", lambda t: _page(f'<img src="{_data("image/png", png((b"tEXt", b"Comment" + bytes(1) + t.encode())))}">')),
    "html download": ("a.html", lambda t: _page(f'<a href="data:text/csv;charset=utf-8,{quote(t)}">CSV</a>')),
    "md text": ("a.md", lambda t: f"# A\n\n{t}\n".encode()),
    "md, parted by markup": ("a.md", lambda t: "{}**{}**".format(*_split(t)).encode()),
    "md entities": ("a.md", lambda t: _entities(t).encode()),
    "md comment": ("a.md", lambda t: f"<!-- {t} -->".encode()),
    "csv": ("a.csv", lambda t: f'id,note\na,"{t}"\n'.encode()),
    "csv, UTF-16": ("a.csv", lambda t: f"id,note\na,{t}\n".encode("utf-16")),
    "json": ("a.json", lambda t: json.dumps({"a": [t]}).encode()),
    "notebook": ("a.ipynb", lambda t: json.dumps({"cells": [{"source": ["a\n", t]}]}).encode()),
    "svg text": ("a.svg", svg),
    "svg, parted by spans": ("a.svg", lambda t: svg("@").replace(b"@", "<tspan>{}</tspan><tspan>{}</tspan>".format(*map(html.escape, _split(t))).encode())),
    "svg comment": ("a.svg", lambda t: svg("a", comment=t.replace("--", "- -"))),
    "svg metadata": ("a.svg", lambda t: svg("a", metadata=t)),
    "png text": ("a.png", lambda t: png((b"tEXt", b"Author\x00" + t.encode()))),
    "png packed text": ("a.png", lambda t: png((b"zTXt", b"Author\x00\x00" + zlib.compress(t.encode())))),
    "png international text": ("a.png", lambda t: png((b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(t.encode())))),
    "png EXIF": ("a.png", lambda t: png((b"eXIf", b"MM\x00*" + t.encode()))),
    "jpeg EXIF": ("a.jpg", lambda t: jpeg(0xE1, b"Exif\x00\x00" + t.encode("utf-16-le"))),
    "jpeg XMP": ("a.jpg", lambda t: jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + t.encode())),
    "jpeg comment": ("a.jpg", lambda t: jpeg(0xFE, t.encode())),
    "docx text": ("a.docx", lambda t: word(lambda d: d.add_paragraph(t))),
    "docx, parted by runs": ("a.docx", lambda t: word(_two_runs(t))),
    "docx table": ("a.docx", lambda t: word(lambda d: setattr(d.add_table(1, 1).cell(0, 0), "text", t))),
    "docx header": ("a.docx", lambda t: word(lambda d: setattr(d.sections[0].header.paragraphs[0], "text", t))),
    "docx comment": ("a.docx", lambda t: word(_remark(t))),
    "docx insertion": ("a.docx", lambda t: word(_tracked(t, "ins"))),
    "docx deletion": ("a.docx", lambda t: word(_tracked(t, "del"))),
    "docx property": ("a.docx", lambda t: word(lambda d: setattr(d.core_properties, "keywords", t))),
    "docx author": ("a.docx", lambda t: word(lambda d: setattr(d.core_properties, "author", t))),
    "docx picture": ("a.docx", lambda t: word(lambda d: d.add_picture(io.BytesIO(png((b"tEXt", b"Comment\x00" + t.encode())))))),
    "xlsx cell": ("a.xlsx", sheet),
    "xlsx property": ("a.xlsx", lambda t: sheet(comments=t)),
    "xlsx author": ("a.xlsx", lambda t: sheet(author=t)),
    "pdf text": ("a.pdf", lambda t: pdf(_typst(t))),
    "pdf, parted by markup": ("a.pdf", lambda t: pdf("{}*{}*".format(*map(_typst, _split(t))))),
    "pdf title": ("a.pdf", lambda t: pdf(title=t)),
    "pdf author": ("a.pdf", lambda t: pdf(author=t)),
    "pdf alternative text": ("a.pdf", lambda t: pdf(f"#figure(alt: {json.dumps(t, ensure_ascii=False)}, rect())")),
    "pdf link": ("a.pdf", lambda t: pdf(f"#link({json.dumps('https://a.example/?' + quote(t))})[a]")),
    "pdf attachment": ("a.pdf", lambda t: pdf(f"#pdf.attach(\"a.txt\", bytes({json.dumps(t, ensure_ascii=False)}))")),
    "pdf attachment of a page": ("a.pdf", lambda t: repacked_pdf(_on_a_page(t))),
    "pdf structure, locked": (
        "a.pdf",
        lambda t: repacked_pdf(_spoken(t), encryption=pikepdf.Encryption(owner="locked", user="")),
    ),
    "pdf metadata, packed twice": ("a.pdf", lambda t: repacked_pdf(_metadata(t))),
    "pdf property of its own": (
        "a.pdf",
        lambda t: repacked_pdf(lambda file: file.docinfo.__setitem__("/Desk", t)),
    ),
    "zip": ("a.zip", lambda t: zipped(**{"a.txt": t.encode()})),
    "gzip": ("a.txt.gz", lambda t: gzip.compress(t.encode())),
}  # fmt: skip
