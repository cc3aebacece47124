"""Which letters of a book its fonts lack, and where they stand: told, never silent."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from kit.case import SETTINGS, Case
from kit.errors import KitError, Problem
from kit.reporting.document.document import Book, Chapter
from kit.reporting.document.figures import Picture
from kit.reporting.transforms.paper import title_lines
from kit.text.pandoc import Tree, rewrite

_OWN = Path(__file__).parents[1] / "fonts"
#: Stands for a letter that no font has.
INSTEAD = "□"
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Cs", "Cn")


def font_folders(case: Case) -> tuple[str, ...]:
    """The folders whose fonts a PDF of the case may use: the kit's, and ``fonts`` in data/case.toml.

    The fonts of the machine are left alone, since the next machine has others. A folder that is not there, or lies
    outside the case, raises `KitError`.
    """
    if not (named := case.settings.get("fonts", "")):
        return (str(_OWN),)
    folder = (case.path / str(named)).resolve()
    if not folder.is_relative_to(case.path.resolve()) or not folder.is_dir():
        remedy = 'name a folder within the case that holds .ttf or .otf files: fonts = "fonts"'
        raise KitError(SETTINGS, f"fonts = {str(named)!r} is no folder of the case", remedy)
    return (str(_OWN), str(folder))


@lru_cache(maxsize=8)
def without_glyph(letters: frozenset[str], folders: tuple[str, ...]) -> frozenset[str]:
    """Those of the letters that none of the fonts has; Typst itself is asked.

    >>> sorted(without_glyph(frozenset("aЖ日한ཀ"), (str(_OWN),)))
    ['ཀ']
    """
    import typst

    asked = sorted(
        letter for letter in letters if ord(letter) > 126 and unicodedata.category(letter) not in _UNSEEN
    )
    if not asked:
        return frozenset()
    # A line each, so that the line of a complaint names the letter; the first line holds the title.
    lines = ['#set document(title: "letters")', *(rf'#"\u{{{ord(letter):x}}}" \ ' for letter in asked)]
    with tempfile.TemporaryDirectory() as folder:
        (source := Path(folder, "letters.typ")).write_text("\n".join(lines))
        try:
            typst.compile(
                str(source), font_paths=list(folders), ignore_system_fonts=True, pdf_standards=["a-2b"]
            )
        except typst.TypstError as error:
            complaints = re.findall(r"could not be displayed[^┌]*┌─ \S*?:(\d+):\d+", error.diagnostic)
            if not complaints:
                raise KitError(
                    "fonts", f"Typst cannot use them: {error}", "look at the folder of fonts"
                ) from error
            return frozenset(asked[int(line) - 2] for line in complaints)
    return frozenset()


def shown_instead(text: str, gone: frozenset[str]) -> str:
    """The text with a box for each letter that has no glyph.

    >>> shown_instead("Ka ཀ", frozenset("ཀ"))
    'Ka □'
    """
    return text.translate({ord(letter): INSTEAD for letter in gone})


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


_REMEDY = 'put a font that has them into a folder of the case and name it in data/case.toml: fonts = "fonts"'
_NAMED = 8


def told_gone(
    book: Book,
    chapters: list[tuple[Chapter, list[Tree]]],
    fonts: tuple[str, ...],
    *,
    drawings_only: bool = False,
) -> frozenset[str]:
    """The letters that none of the fonts has; ``book.warnings`` then tells of each place that holds some.

    With ``drawings_only`` the words of the charts alone count, since Word shows the others with fonts of its own.
    """
    texts = {} if drawings_only else {"the title page": [book.case.title, *title_lines(book)]}
    for chapter, blocks in chapters:
        drawn = [letters_of(picture) for picture in chapter.pictures.values()]
        written = [] if drawings_only else [chapter.title, *_texts(blocks)]
        texts[f"notebooks/{chapter.name}.ipynb"] = [*written, *drawn]
    gone = without_glyph(frozenset("".join(text for said in texts.values() for text in said)), fonts)
    for place, said in texts.items():
        book.warnings.extend(told(place, said, gone))
    return gone


def told(place: str, texts: Iterable[str], gone: frozenset[str]) -> list[Problem]:
    """What to tell of the letters that a place cannot show: which, and in which words; nothing where it shows all.

    >>> print(told("01-a", ["as ཀa says"], frozenset("ཀ"))[0].wrong)
    1 letter has no glyph and is printed as □: ཀ (U+0F40) in ཀa
    """
    found: dict[str, str] = {}
    for word in (word for text in texts for word in text.split()):
        for letter in word:
            if letter in gone:
                found.setdefault(letter, word[:40])
    if not found:
        return []
    shown = [f"{letter} (U+{ord(letter):04X}) in {word}" for letter, word in sorted(found.items())[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    many = (
        "1 letter has no glyph and is" if len(found) == 1 else f"{len(found)} letters have no glyph and are"
    )
    return [Problem(place, f"{many} printed as {INSTEAD}: {', '.join(shown)}{more}", _REMEDY)]


def _texts(blocks: list[Tree]) -> list[str]:
    found: list[str] = []

    def take(kind: str, content: Any) -> None:
        if kind in ("Str", "Code", "CodeBlock"):
            found.append(content if kind == "Str" else content[1])

    rewrite(blocks, take)
    return found
