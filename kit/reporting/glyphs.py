"""The letters that a PDF can show: those of the fonts that come with Typst and the kit, and of a folder that the case names."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from functools import lru_cache
from pathlib import Path

from kit.case import SETTINGS, Case
from kit.errors import KitError

_OWN = Path(__file__).parent / "fonts"
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
