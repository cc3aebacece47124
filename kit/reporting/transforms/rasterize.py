"""The drawings of a book as dots, for what cannot show vectors everywhere: Word and publishing systems."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kit.errors import KitError
from kit.reporting.document.document import Book, once
from kit.reporting.document.figures import Picture
from kit.reporting.transforms.fonts import font_folders, for_typst, told_gone
from kit.reporting.transforms.paper import printed_pictures

#: The room for a picture on the page, in millimetres.
_WIDE, _HIGH = 158, 190
_DOTS_AN_INCH = 300


def size_on_page(picture: Picture) -> tuple[float, float]:
    """Millimetres across and down: as large as it was drawn, or as the page has room for."""
    wide, high = picture.millimetres
    share = min(1, _WIDE / wide, _HIGH / high)
    return wide * share, high * share


@once
def dots(book: Book) -> dict[str, bytes]:
    """Each picture of the book under its key (see `printed_pictures`): a drawing as PNG at 300 dots an inch and as wide
    as it stands on the page, a photograph as it is.

    Letters that no font has are drawn as a box and told in ``book.warnings``. A drawing that Typst cannot read raises
    `KitError`.
    """
    import typst

    pictures = printed_pictures(book)
    fonts = font_folders(book.case)
    gone = told_gone(book, [(chapter, []) for chapter in book.chapters], fonts, drawings_only=True)
    drawings = [key for key, picture in pictures.items() if picture.kind == "svg"]
    ready = {key: picture.content for key, picture in pictures.items() if picture.kind != "svg"}
    if not drawings:
        return ready
    with tempfile.TemporaryDirectory() as folder:
        pages = ["#set page(width: auto, height: auto, margin: 0pt)"]
        for number, key in enumerate(drawings):
            Path(folder, f"{number}.svg").write_bytes(for_typst(pictures[key], gone))
            pages.append(f'#page(image("{number}.svg", width: {size_on_page(pictures[key])[0]:.1f}mm))')
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
