"""Words made ready for a picture: cleaned, measured and wrapped without asking the machine for its fonts."""

from __future__ import annotations

import unicodedata

#: Advance widths, in thousandths of the type size, of the printable ASCII characters in Liberation Sans,
#: which Arial and Helvetica share: vl-convert carries the first, nearly every reader has one of the others.
_ADVANCES = """
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556
556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778
667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556
556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584
"""
_WIDTHS = dict(zip(map(chr, range(32, 127)), map(int, _ADVANCES.split()), strict=True))
_BOLD = 1.08
#: Room kept for a reader whose machine has none of the three.
_SLACK = 1.04
#: No label needs more; a page's title can be of any length.
_LONGEST = 2_000


def clean(text: object) -> str:
    """The text on one line, without control characters, at most 2,000 characters long.

    What came from a web page may hold anything; an SVG file may not.

    >>> clean("two\\n lines\\x00")
    'two lines'
    """
    shown = "".join(
        " " if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Zl", "Zp") else c for c in str(text)
    )
    return " ".join(shown.split())[:_LONGEST]


def width(text: str, size: float, bold: bool = False) -> float:
    """About how many pixels the text takes at that type size; never less than in Liberation Sans.

    >>> 19 < width("wide", 11) < 24
    True
    """
    total = 0
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            continue
        wide = 1_000 if unicodedata.east_asian_width(character) in "FW" else 650
        total += _WIDTHS.get(character, wide)
    return total * size / 1_000 * _SLACK * (_BOLD if bold else 1)


def wrap(text: object, room: float, size: float, bold: bool = False, most: int = 40) -> list[str]:
    """The cleaned text in lines no wider than ``room`` pixels; more than ``most`` lines end in an ellipsis.

    A word that is wider than the room is broken, since a cut word cannot be read at all.

    >>> wrap("Access was cut on a Tuesday", 80, 11)
    ['Access was cut', 'on a Tuesday']
    """
    lines = [""]
    for word in clean(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and width(lines[-1] + character, size, bold) > room:
                lines.append("")
            lines[-1] += character
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(last + "…", size, bold) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip(" ,;:.") + "…"]
    return lines


def joined(values: list[str]) -> str:
    """The values as a list in a sentence.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}" if values else ""
