"""The book as one PDF, tagged for screen readers and fit to be kept, made by pandoc and Typst."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from kit.errors import KitError
from kit.files import write_whole
from kit.reporting.book.book import Book
from kit.reporting.book.editions import built_for
from kit.reporting.book.figures import Picture
from kit.reporting.book.front import FRONT, logo_of
from kit.reporting.transforms.annex import FINE
from kit.reporting.transforms.bidi import FROM_RIGHT
from kit.reporting.transforms.fonts import font_folders, shown_instead, warn_of_missing_glyphs
from kit.reporting.transforms.paper import LEAD, SHORT, TALL_ROWS, on_paper, paper_pictures, title_lines
from kit.reporting.transforms.pdf_structure import with_headings, with_repeated_notes, without_noted_lists
from kit.reporting.transforms.pictures import size_on_page, typst_picture
from kit.text.pandoc import (
    Tree,
    attributes,
    div,
    document_json,
    nodes,
    raw_block,
    raw_inline,
    rewrite,
    run_pandoc,
    string,
    stringify,
)

REPORT_PDF = "report.pdf"
#: What Typst itself checks the file against: accessible, and fit to be kept.
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
#: Typst 0.15 can lose its tags where a note and its mark fall on two pages (its issue 8776): the foot of the page is
#: then made some millimetres higher, and the breaks fall elsewhere.
_FEET = (20, 22, 24, 26, 28)
_OF_ITS_OWN = re.compile("internal error|invalid .* structure")
_ERRORS = 5
#: How a Div of that class is set: the room around it, and what else.
_LOOKS = {
    "csl-entry": ("0.5em", "#set par(hanging-indent: 1.2em, leading: 0.5em)\n#set text(size: 8pt)"),
    TALL_ROWS: ("0.95em", "#set table.cell(breakable: true)"),
    FINE: (
        "0.7em",
        "#set par(spacing: 0.5em, leading: 0.5em)\n#set list(spacing: 0.45em)\n#set text(size: 8pt)",
    ),
}


def write(book: Book, folder: Path) -> list[Path]:
    """The PDF of the book, written whole to ``report.pdf`` in ``folder``.

    Letters that no font has are printed as a box and named in ``book.warnings``. What Typst refuses raises `KitError`.
    """
    write_whole(folder / REPORT_PDF, pdf_bytes(book))
    return [folder / REPORT_PDF]


def pdf_bytes(book: Book) -> bytes:
    """The PDF of the book; twice the same book gives the same bytes."""
    fonts = font_folders(book.case)
    chapters = on_paper(book)
    pictures = paper_pictures(book)
    front = title_lines(book)
    missing = warn_of_missing_glyphs(book, chapters, fonts)
    noted = [with_repeated_notes(blocks, number) for number, (_, blocks) in enumerate(chapters)]
    blocks = with_headings(without_noted_lists([block for of in noted for block in of]))
    body = run_pandoc(document_json(rewrite(blocks, _in_typst(pictures, missing))), "json", "typst-smart")
    look = (files("kit.reporting") / "templates" / "report.typ").read_text(encoding="utf-8")
    settings = _settings(book, front, _titles(blocks), missing)
    return _compiled("\n".join((settings, look, body)), pictures, missing, fonts, book)


def _compiled(
    source: str, pictures: Mapping[str, Picture], missing: frozenset[str], fonts: tuple[str, ...], book: Book
) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.typ").write_text(source, encoding="utf-8")
        for key, picture in pictures.items():
            Path(folder, f"{key}.{picture.kind}").write_bytes(typst_picture(picture, missing))
        for foot in _FEET:
            try:
                return typst.compile(
                    str(Path(folder, "report.typ")),
                    root=folder,
                    font_paths=list(fonts),
                    ignore_system_fonts=True,
                    pdf_standards=[*STANDARDS],
                    sys_inputs={"foot": str(foot)},
                    timestamp=built_for(),
                )
            except typst.TypstError as error:
                refused = error
                if not _OF_ITS_OWN.search(str(error)):
                    break
    errors = re.findall(r"^error: (.*)", getattr(refused, "diagnostic", ""), re.MULTILINE) or [str(refused)]
    message = "; ".join(dict.fromkeys(errors[:_ERRORS]))
    raise KitError(REPORT_PDF, f"Typst refused it: {message}", "mend what it names") from refused


def _titles(blocks: list[Tree]) -> list[str]:
    return [stringify(node["c"][2]) for node in nodes(blocks, "Header") if node["c"][0] == 1]


def _settings(book: Book, front: list[str], titles: list[str], missing: frozenset[str]) -> str:
    """The words of the title page and of the running heads, as Typst's own values."""

    def listed(texts: list[str]) -> str:
        return "(" + "".join(f"{typst_string(shown_instead(text, missing))}, " for text in texts) + ")"

    language, _, region = book.case.settings.get("language", "en").partition("-")
    day = built_for()
    values = {
        "title": typst_string(shown_instead(book.case.title, missing)),
        "edition": typst_string(book.notes.say(f"{book.edition} edition")),
        "lines": listed(front),
        "titles": listed(titles),
        "contents": typst_string(book.notes.say("Contents")),
        "logo": f"({typst_string(f'logo.{logo.kind}')}, {typst_string(logo.alt)})"
        if (logo := logo_of(book))
        else "none",
        "language": typst_string(language.lower()),
        "region": typst_string(region.upper()) if region else "none",
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
    }
    return "#let book = (" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def typst_string(text: str) -> str:
    """``text`` as a string of Typst's, in which nothing is a command.

    >>> print(typst_string('a "b" \\\\ #c'))
    "a \\"b\\" \\\\ #c"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _in_typst(pictures: Mapping[str, Picture], missing: frozenset[str]):
    def change(kind: str, content: Any) -> Any:
        if kind == "Figure":
            shown = next(nodes(content[2], "Image"))["c"]
            caption = " ".join(stringify(block["c"]) for block in content[1][1])
            caption_part = f", caption: {typst_string(shown_instead(caption, missing))}" if caption else ""
            # What stands on the front stays below its words, and is small: its chapter has it whole.
            placed = "figure" if shown[2][0].startswith(f"{FRONT}-") else "floating"
            return raw_block(
                "typst",
                f"#{placed}({drawn(shown)}{caption_part})\n#metadata(none) <{content[0][0] or shown[2][0]}>",
            )
        if kind == "Image":
            return raw_inline("typst", f"#{drawn(content)}")
        if kind == "Math":
            # For a reader who cannot see it, the formula as it was written.
            spoken = raw_inline("typst", f"#[#set math.equation(alt: {typst_string(content[1])}); ")
            return [spoken, {"t": kind, "c": content}, raw_inline("typst", "]")]
        if kind == "Table":
            return {"t": kind, "c": [attributes(classes=["typst:no-figure"]), *content[1:]]}
        if kind == "Div":
            return _div(content)
        if kind == "Str" and missing:
            return string(shown_instead(content, missing))
        if kind in ("Code", "CodeBlock"):
            return {"t": kind, "c": [attributes(), shown_instead(content[1], missing)]}
        return None

    def drawn(content: list[Any]) -> str:
        key, alt = content[2][0], stringify(content[1])
        wide, _ = size_on_page(key, pictures[key])
        file = typst_string(f"{key}.{pictures[key].kind}")
        return f"image({file}, width: {wide:.1f}mm, alt: {typst_string(alt)})"

    return change


def _div(content: list[Any]) -> Tree | list[Tree] | None:
    """A Div as Typst sets it, by its class."""
    (identity, classes, _), blocks = content
    if SHORT in classes:
        return div(blocks, **{"typst:breakable": "false"})
    if looks := [_LOOKS[name] for name in classes if name in _LOOKS]:
        spacing, look = looks[0]
        sizes = {"typst:spacing": spacing, "typst:width": "100%"}
        return div([raw_block("typst", look), *blocks], identity, **sizes)
    if FROM_RIGHT in classes:
        return [raw_block("typst", "#[#set text(dir: rtl)"), *blocks, raw_block("typst", "]")]
    if LEAD in classes:
        return list(blocks)
    return None
