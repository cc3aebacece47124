"""Which letters of a book its fonts lack, and where they stand: told, never silent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kit.errors import Problem
from kit.pandoc import Tree, rewrite
from kit.reporting.chapter import Book, Chapter
from kit.reporting.drawings import letters_of
from kit.reporting.glyphs import INSTEAD, without_glyph
from kit.reporting.printed import title_lines

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
