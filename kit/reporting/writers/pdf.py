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
from kit.reporting.document.document import Book
from kit.reporting.document.figures import Picture
from kit.reporting.document.formats import EARLIEST, as_of
from kit.reporting.transforms.bidi import FROM_RIGHT
from kit.reporting.transforms.fonts import font_folders, for_typst, shown_instead, told_gone
from kit.reporting.transforms.long_notes import FINE
from kit.reporting.transforms.paper import LEAD, SHORT, TALL_ROWS, printed, printed_pictures, title_lines
from kit.reporting.transforms.pdf_structure import unlisted, with_headings
from kit.text.pandoc import Tree, document, plain, rewrite, run_pandoc

NAME = "report.pdf"
#: What Typst itself checks the file against: accessible, and fit to be kept.
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
#: The room for a picture on an A4 page, in millimetres.
_WIDE, _HIGH = 158, 200
#: Typst 0.15 can lose its tags where a note and its mark fall on two pages (its issue 8776): the foot of the page is
#: then made some millimetres higher, and the breaks fall elsewhere.
_FEET = (25, 27, 29, 31, 33)
_OF_ITS_OWN = re.compile("internal error|invalid .* structure")
_TOLD = 5
#: How a Div of that class is set: the room around it, and what else.
_LOOKS = {
    "csl-entry": ("0.7em", "#set par(hanging-indent: 1.2em)\n#set text(size: 9pt)"),
    TALL_ROWS: ("0.95em", "#set table.cell(breakable: true)"),
    FINE: ("0.95em", "#set par(spacing: 0.6em, leading: 0.55em)\n#set text(size: 9pt)"),
}


def write(book: Book, folder: Path) -> list[Path]:
    """The PDF of the book, written whole to ``report.pdf`` in ``folder``.

    Letters that no font has are printed as a box and told in ``book.warnings``. What Typst refuses raises `KitError`.
    """
    write_whole(folder / NAME, pdf_bytes(book))
    return [folder / NAME]


def pdf_bytes(book: Book) -> bytes:
    """The PDF of the book; twice the same book gives the same bytes."""
    fonts = font_folders(book.case)
    chapters = printed(book)
    pictures = printed_pictures(book)
    front = title_lines(book)
    gone = told_gone(book, chapters, fonts)
    blocks = with_headings(unlisted([block for _, chapter in chapters for block in chapter]))
    body = run_pandoc(document(rewrite(blocks, _in_typst(pictures, gone))), "json", "typst")
    look = (files("kit.reporting") / "templates" / "report.typ").read_text(encoding="utf-8")
    settings = _settings(book, front, _titles(blocks), gone)
    return _compiled("\n".join((settings, look, body)), pictures, gone, fonts, book)


def _compiled(
    source: str, pictures: Mapping[str, Picture], gone: frozenset[str], fonts: tuple[str, ...], book: Book
) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.typ").write_text(source, encoding="utf-8")
        for key, picture in pictures.items():
            Path(folder, f"{key}.{picture.kind}").write_bytes(for_typst(picture, gone))
        for foot in _FEET:
            try:
                return typst.compile(
                    str(Path(folder, "report.typ")),
                    root=folder,
                    font_paths=list(fonts),
                    ignore_system_fonts=True,
                    pdf_standards=[*STANDARDS],
                    sys_inputs={"foot": str(foot)},
                    timestamp=as_of(book.case) or EARLIEST,
                )
            except typst.TypstError as error:
                refused = error
                if not _OF_ITS_OWN.search(str(error)):
                    break
    told = re.findall(r"^error: (.*)", getattr(refused, "diagnostic", ""), re.MULTILINE) or [str(refused)]
    said = "; ".join(dict.fromkeys(told[:_TOLD]))
    raise KitError(NAME, f"Typst refused it: {said}", "mend what it names") from refused


def _titles(blocks: list[Tree]) -> list[str]:
    found: list[str] = []
    rewrite(blocks, lambda kind, c: found.append(plain(c[2])) if kind == "Header" and c[0] == 1 else None)
    return found


def _settings(book: Book, front: list[str], titles: list[str], gone: frozenset[str]) -> str:
    """The words of the title page and of the running heads, as Typst's own values."""

    def listed(texts: list[str]) -> str:
        return "(" + "".join(f"{string(shown_instead(text, gone))}, " for text in texts) + ")"

    language, _, region = book.case.settings.get("language", "en").partition("-")
    day = as_of(book.case)
    values = {
        "title": string(shown_instead(book.case.title, gone)),
        "edition": string(f"{book.edition} edition"),
        "lines": listed(front),
        "titles": listed(titles),
        "language": string(language.lower()),
        "region": string(region.upper()) if region else "none",
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none",
    }
    return "#let book = (" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def string(text: str) -> str:
    """``text`` as a string of Typst's, in which nothing is a command.

    >>> print(string('a "b" \\\\ #c'))
    "a \\"b\\" \\\\ #c"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _in_typst(pictures: Mapping[str, Picture], gone: frozenset[str]):
    def change(kind: str, content: Any) -> Any:
        if kind == "Figure":
            key, alt = _shown(content[2])
            caption = " ".join(plain(block["c"]) for block in content[1][1])
            said = f", caption: {string(shown_instead(caption, gone))}" if caption else ""
            figure = f"#figure({_image(key, alt, pictures[key])}{said}) <{content[0][0] or key}>"
            return _typst(figure)
        if kind == "Image":
            key = content[2][0]
            return {"t": "RawInline", "c": ["typst", f"#{_image(key, plain(content[1]), pictures[key])}"]}
        if kind == "Table":
            return {"t": kind, "c": [["", ["typst:no-figure"], []], *content[1:]]}
        if kind == "Div" and SHORT in content[0][1]:
            return {"t": kind, "c": [["", [], [["typst:breakable", "false"]]], content[1]]}
        if kind == "Div" and (looks := [_LOOKS[name] for name in content[0][1] if name in _LOOKS]):
            spacing, look = looks[0]
            attributes = [content[0][0], [], [["typst:spacing", spacing], ["typst:width", "100%"]]]
            return {"t": kind, "c": [attributes, [_typst(look), *content[1]]]}
        if kind == "Div" and FROM_RIGHT in content[0][1]:
            return [_typst("#[#set text(dir: rtl)"), *content[1], _typst("]")]
        if kind == "Div" and LEAD in content[0][1]:
            return {
                "t": kind,
                "c": [["", [], [["typst:sticky", "true"], ["typst:width", "100%"]]], content[1]],
            }
        if kind == "Str" and gone:
            return {"t": kind, "c": shown_instead(content, gone)}
        if kind in ("Code", "CodeBlock"):
            return {"t": kind, "c": [["", [], []], shown_instead(content[1], gone)]}
        return None

    return change


def _typst(markup: str) -> Tree:
    return {"t": "RawBlock", "c": ["typst", markup]}


def _shown(blocks: list[Tree]) -> tuple[str, str]:
    image = next(inline for block in blocks for inline in block["c"] if inline["t"] == "Image")
    return image["c"][2][0], plain(image["c"][1])


def _image(key: str, alt: str, picture: Picture) -> str:
    wide, high = picture.millimetres
    share = min(1, _WIDE / wide, _HIGH / high)
    return f"image({string(f'{key}.{picture.kind}')}, width: {wide * share:.1f}mm, alt: {string(alt)})"
