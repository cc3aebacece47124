"""The fonts that a book is printed in, and the letters that none of them has: named, never silently left out."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kit.case import SETTINGS, Case
from kit.errors import KitError, Problem
from kit.reporting.book.book import Book
from kit.reporting.book.chapter import Chapter
from kit.reporting.transforms.paper import title_lines
from kit.text.pandoc import Tree, nodes

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
def missing_glyphs(letters: frozenset[str], folders: tuple[str, ...]) -> frozenset[str]:
    """Those of the letters that none of the fonts has; Typst itself is asked. Fonts that it cannot use raise `KitError`.

    >>> sorted(missing_glyphs(frozenset("aЖ日한ཀ"), (str(_OWN),)))
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


def shown_instead(text: str, missing: frozenset[str]) -> str:
    """The text with a box for each letter that has no glyph.

    >>> shown_instead("Ka ཀ", frozenset("ཀ"))
    'Ka □'
    """
    return text.translate({ord(letter): INSTEAD for letter in missing})


_REMEDY = 'put a font that has them into a folder of the case and name it in data/case.toml: fonts = "fonts"'
_NAMED = 8
_TAG = re.compile("<[^>]*>")


def warn_of_missing_glyphs(
    book: Book,
    chapters: list[tuple[Chapter, list[Tree]]],
    fonts: tuple[str, ...],
    *,
    drawings_only: bool = False,
) -> frozenset[str]:
    """The letters that none of the fonts has; ``book.warnings`` then names each place that holds some.

    With ``drawings_only`` the words of the charts alone count, since Word shows the others with fonts of its own.
    """
    places = {} if drawings_only else {"the title page": [book.case.title, *title_lines(book)]}
    for chapter, blocks in chapters:
        texts = [_TAG.sub(" ", picture.svg) for picture in chapter.pictures.values()]
        if not drawings_only:
            texts = [chapter.title, *_texts(blocks), *texts]
        named = chapter.name in book.documents
        places[f"notebooks/{chapter.name}.ipynb" if named else f"the chapter “{chapter.title}”"] = texts
    missing = missing_glyphs(frozenset("".join(text for texts in places.values() for text in texts)), fonts)
    for place, texts in places.items():
        if problem := _missing_at(place, texts, missing):
            book.warnings.append(problem)
    return missing


def _missing_at(place: str, texts: Iterable[str], missing: frozenset[str]) -> Problem | None:
    """Which letters a place cannot show, and in which words; ``None`` where it shows all.

    >>> print(_missing_at("01-a", ["as ཀa says"], frozenset("ཀ")).wrong)
    1 letter has no glyph and is printed as □: ཀ (U+0F40) in ཀa
    """
    found: dict[str, str] = {}
    for word in (word for text in texts for word in text.split()):
        for letter in missing.intersection(word):
            found.setdefault(letter, word[:40])
    if not found:
        return None
    shown = [f"{letter} (U+{ord(letter):04X}) in {word}" for letter, word in sorted(found.items())[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    many = (
        "1 letter has no glyph and is" if len(found) == 1 else f"{len(found)} letters have no glyph and are"
    )
    return Problem(place, f"{many} printed as {INSTEAD}: {', '.join(shown)}{more}", _REMEDY)


def _texts(blocks: list[Tree]) -> list[str]:
    found = nodes(blocks, "Str", "Code", "CodeBlock")
    return [node["c"] if node["t"] == "Str" else node["c"][1] for node in found]
