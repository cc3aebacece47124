"""The pictures of a book as they stand on a page: how large, in which letters, and as dots where vectors are not shown."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from kit.errors import KitError
from kit.reporting.book.book import Book, once
from kit.reporting.book.figures import Picture
from kit.reporting.book.front import FRONT
from kit.reporting.transforms.fonts import font_folders, shown_instead, warn_of_missing_glyphs
from kit.reporting.transforms.paper import paper_pictures

#: The room for a picture on the page, in millimetres, and the share of it that one takes: the smallest letters of most
#: charts are 6 points high then, and two charts stand on a page. On the front it is an eye-catcher: its chapter has it in full.
_WIDE, _HIGH, _HIGH_ON_FRONT, _SHARE = 158, 200, 120, 0.8
_DOTS_AN_INCH = 300


def fitted(picture: Picture, high: float = _HIGH) -> tuple[float, float]:
    """Millimetres across and down: as large as it was drawn, or as the page has room for, ``high`` at the most.

    >>> drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="1194" height="96"/>'
    >>> [round(side) for side in fitted(Picture("a", "svg", drawn.encode(), "A line"))]
    [158, 13]
    """
    wide, tall = picture.millimetres
    share = min(1, _WIDE / wide, high / tall)
    return wide * share, tall * share


def size_on_page(key: str, picture: Picture) -> tuple[float, float]:
    """Millimetres across and down of the picture under that key: a share of how it was drawn, as the page has room.

    >>> drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="1194" height="96"/>'
    >>> [round(side) for side in size_on_page("00-raid-a", Picture("a", "svg", drawn.encode(), "A line"))]
    [126, 10]
    """
    wide, tall = fitted(picture, _HIGH_ON_FRONT if key.startswith(f"{FRONT}-") else _HIGH)
    return wide * _SHARE, tall * _SHARE


def typst_picture(picture: Picture, missing: frozenset[str]) -> bytes:
    """The picture's file as Typst draws it: in a drawing, letters of the kit's font, and boxes for those ``missing``."""
    if picture.kind != "svg":
        return picture.content
    # The kit's Arimo has the measures of the Liberation Sans that the chart was laid out with.
    named = re.sub(r'font-family="[^"]*"', 'font-family="Arimo"', picture.svg)
    return shown_instead(named, missing).encode()


@once
def rasterize(book: Book) -> dict[str, bytes]:
    """Each picture of the book under its key (see `paper_pictures`): a drawing as PNG at 300 dots an inch and as wide
    as it stands on the page, a photograph as it is.

    Letters that no font has are drawn as a box and named in ``book.warnings``. A drawing that Typst cannot read raises
    `KitError`.
    """
    import typst

    pictures = paper_pictures(book)
    fonts = font_folders(book.case)
    missing = warn_of_missing_glyphs(
        book, [(chapter, []) for chapter in book.chapters], fonts, drawings_only=True
    )
    drawings = [key for key, picture in pictures.items() if picture.kind == "svg"]
    ready = {key: picture.content for key, picture in pictures.items() if picture.kind != "svg"}
    if not drawings:
        return ready
    with tempfile.TemporaryDirectory() as folder:
        pages = ["#set page(width: auto, height: auto, margin: 0pt)"]
        for number, key in enumerate(drawings):
            Path(folder, f"{number}.svg").write_bytes(typst_picture(pictures[key], missing))
            pages.append(f'#page(image("{number}.svg", width: {size_on_page(key, pictures[key])[0]:.1f}mm))')
        (source := Path(folder, "drawings.typ")).write_text("\n".join(pages))
        try:
            made = typst.compile(
                str(source),
                root=folder,
                font_paths=list(fonts),
                ignore_system_fonts=True,
                format="png",
                ppi=_DOTS_AN_INCH,
            )
        except typst.TypstError as error:
            raise KitError("a chart", f"cannot be drawn ({error})", "draw it again") from error
    return ready | dict(zip(drawings, made if isinstance(made, list) else [made], strict=True))
