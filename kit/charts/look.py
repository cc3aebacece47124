"""The look of every chart: sizes, inks, a palette that survives colour blindness, and words measured before they are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from kit.text.printable import printable

#: Pixels from edge to edge: what a notebook's column and a printed page both hold.
WIDTH = 700
#: vl-convert carries Liberation Sans; Arial and Helvetica have the same widths.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 11
SMALL = 10
LEADING = 14

INK = "#222222"
MUTED = "#5f6368"
RULE = "#c9ccd1"
PALE = "#eceef1"
PAPER = "#ffffff"
ACCENT = "#0072b2"
ALERT = "#b84a00"
#: After Okabe and Ito (2008), the darker ones first, orange and sky darkened so that labels can wear them.
PALETTE = (ACCENT, ALERT, "#007a5a", "#a3507f", "#8a6d00", "#3b7ea1", "#5b5b5b", "#7a5195")


def colours(entities: Sequence[str], order: Sequence[str] = ()) -> dict[str, str]:
    """A colour for each entity: those in ``order`` first, the others by name, then grey.

    >>> colours(["b", "a", "z"], order=("z",))["z"] == ACCENT
    True
    """
    ranked = [*dict.fromkeys(order), *sorted(set(entities) - set(order))]
    return {entity: PALETTE[i] if i < len(PALETTE) else MUTED for i, entity in enumerate(ranked)}


def config() -> dict[str, Any]:
    """The Vega-Lite config of every chart, with nothing in it that Vega-Lite 5 and 6 read differently.

    >>> config()["title"]["anchor"]
    'start'
    """
    axis = {
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "labelColor": MUTED,
        "titleColor": MUTED,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": PALE,
        "labelLimit": 0,
        "titleLimit": 0,
    }
    return {
        "font": FONT,
        "aria": False,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"color": INK, "fontSize": SIZE, "lineBreak": "\n", "lineHeight": LEADING},
        "concat": {"spacing": 12},
        "title": {"anchor": "start", "frame": "bounds", "color": INK, "subtitleColor": MUTED, "limit": 0},
        "locale": {},
    }


def theme() -> None:
    """Nothing; from here on every chart that is made with Altair itself has the kit's letters and colours.

    It is a theme of Altair's, named ``casebook``. Such a chart prints in a report as it is; a headline, a source line and
    words for those who cannot see it come with `kit.charts.figure`.

    >>> import altair
    >>> theme()
    >>> altair.theme.active
    'casebook'
    """
    import altair

    def casebook() -> altair.theme.ThemeConfig:
        own: Any = config() | {"range": {"category": list(PALETTE)}, "mark": {"color": ACCENT}}
        return altair.theme.ThemeConfig(config=own)

    altair.theme.register("casebook", enable=True)(casebook)


#: Advance widths, in thousandths of the type size, of the printable ASCII characters: of Liberation Sans (whose widths
#: Arial and Helvetica share) and DejaVu Sans the wider one, since a browser without the first often sets the second.
_REGULAR = """
318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636
636 636 337 337 838 838 838 556 1015 684 686 722 770 667 611 778 752 295 500 667 557 863 748 787
667 787 722 667 611 732 684 989 685 667 685 390 337 390 838 556 500 613 635 550 635 615 352 635
634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 592 592 525 636 337 636 838
"""
_BOLD = """
348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 696 696
696 696 400 400 838 838 838 611 1000 774 762 734 830 683 683 821 837 372 556 775 637 995 837 850
733 850 770 720 682 812 774 1103 771 724 725 457 365 457 838 556 500 675 716 593 716 678 435 716
712 343 343 665 343 1042 712 687 716 716 493 595 478 712 652 924 645 652 582 712 365 712 838
"""
_ASCII = [chr(code) for code in range(32, 127)]
_WIDTHS = {
    False: dict(zip(_ASCII, map(int, _REGULAR.split()), strict=True)),
    True: dict(zip(_ASCII, map(int, _BOLD.split()), strict=True)),
}
#: No label needs more; a page's title can be of any length.
_LONGEST = 2_000


def one_line(text: object) -> str:
    """The text on one line, without control characters, at most 2,000 characters long.

    What came from a web page may hold anything; an SVG file may not.

    >>> one_line("two\\n lines\\x00")
    'two lines'
    """
    return printable(str(text), lines=False)[:_LONGEST]


def width(text: str, size: float, bold: bool = False) -> float:
    """About how many pixels the text takes at that type size; not less than in Liberation Sans or DejaVu Sans.

    A browser may set each letter on whole pixels, which can make words wider still: the wider of the two counts.

    >>> 22 < width("wide", 11) < 27
    True
    """
    smooth, whole = 0.0, 0
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            continue
        known = _WIDTHS[bold].get(character)
        advance = known if known is not None else _unlisted(character) * (1.12 if bold else 1)
        smooth += advance * size / 1_000
        whole += round(advance * size / 1_000)
    return max(smooth, whole)


def _unlisted(character: str) -> int:
    if unicodedata.east_asian_width(character) in "FW" or character in "—…→":
        return 1_000
    return 880 if character.isupper() else 680


def wrap(text: object, room: float, size: float, bold: bool = False, most: int = 40) -> list[str]:
    """The text on one line broken into lines no wider than ``room`` pixels; more than ``most`` end in an ellipsis.

    A word that is wider than the room is broken, since a cut word cannot be read at all.

    >>> wrap("Access was cut on a Tuesday", 90, 11)
    ['Access was cut', 'on a Tuesday']
    """
    lines = [""]
    for word in one_line(text).split(" "):
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
