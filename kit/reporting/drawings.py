"""Charts as Typst takes them: with letters that the kit brings along, as vectors or as dots."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kit.errors import KitError
from kit.reporting.glyphs import shown_instead
from kit.reporting.pictures import Picture


def for_typst(picture: Picture, gone: frozenset[str]) -> bytes:
    """The picture's file; in a drawing, the letters of ``gone``, which no font has, are boxes."""
    if picture.kind != "svg":
        return picture.content
    # The kit's Arimo has the measures of the Liberation Sans that the chart was laid out with.
    named = re.sub(r'font-family="[^"]*"', 'font-family="Arimo"', picture.svg)
    return shown_instead(named, gone).encode()


def letters_of(picture: Picture) -> str:
    """The words that are written in a drawing."""
    return re.sub(r"<[^>]*>", " ", picture.svg)


def as_dots(
    pictures: Mapping[str, Picture], widths: Mapping[str, float], fonts: tuple[str, ...], gone: frozenset[str]
) -> dict[str, bytes]:
    """Each drawing as PNG at 300 dots an inch, drawn ``widths`` millimetres wide; photographs as they are.

    A drawing that Typst cannot read raises `KitError`.
    """
    import typst

    drawings = [key for key, picture in pictures.items() if picture.kind == "svg"]
    ready = {key: picture.content for key, picture in pictures.items() if picture.kind != "svg"}
    if not drawings:
        return ready
    with tempfile.TemporaryDirectory() as folder:
        pages = ["#set page(width: auto, height: auto, margin: 0pt)"]
        for number, key in enumerate(drawings):
            Path(folder, f"{number}.svg").write_bytes(for_typst(pictures[key], gone))
            pages.append(f'#page(image("{number}.svg", width: {widths[key]:.1f}mm))')
        (source := Path(folder, "drawings.typ")).write_text("\n".join(pages))
        try:
            made = typst.compile(
                str(source),
                root=folder,
                font_paths=list(fonts),
                ignore_system_fonts=True,
                format="png",
                ppi=300,
            )
        except typst.TypstError as error:
            raise KitError("a chart", f"cannot be drawn ({error})", "draw it again") from error
    return ready | dict(zip(drawings, made if isinstance(made, list) else [made], strict=True))
