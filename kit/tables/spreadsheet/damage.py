"""What a spreadsheet does to a cell: letters read in the wrong way or lost, a failed formula, a date made of what was none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import ftfy
import pandas as pd

#: The sign for a letter that could not be read, and those that letters become when they are read as Latin-1.
_LOST = re.compile("[\ufffd\x80-\x84\x86-\x9f]")
#: The first bytes of letters in UTF-8 as Windows-1252 has them, before a sign that no word has there.
_READ_WRONG = re.compile(r"[ÂÃÄÅÎÏÐÑØÙâð][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
#: What Excel and Calc print for a formula that fails, in the languages of the kit and their neighbours'.
_ERROR = re.compile(
    r"#(?:NAME|NOM|¿?NOMBRE|NOME|NAAM)\?|#(?:REF|BEZUG|RIF|VERW|VALUE|WERT|VALEUR|[¡]?VALOR|VALORE|WAARDE|DIV/0|NULL|"
    r"NULO|NUL|NUM|ZAHL|GETAL|SPILL|ÜBERLAUF|CALC|KALK|FIELD|FELD|CONNECT|BLOCKED|UNKNOWN)!|#(?:N/A|NV|N/D|N/B)"
    r"|#GETTING_DATA|Err:5\d\d|#{4,}"
)
#: A formula: a function behind its sign, or a program that is to be called; a sum may be a text's own.
_FORMULA = re.compile(r"=\s*(?:[A-Z][A-Z0-9.]*\(|[A-Za-z]+\|).*|[-+@][A-Z][A-Z0-9.]*\(.*", re.DOTALL)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mrz|Mär|Mai|Okt|Dez|janv|févr|mars|avr|juin|juil|août|"
    r"déc|ene|abr|ago|dic|mrt|mei|gen|mag|giu|lug|set|ott|maj|out)"
)
#: How Excel and Calc print what they took for a date; "May 2021" and "1. Mai" people write too.
_NAMED = rf"\d{{1,2}}-{_MONTH}\.?(?:-\d{{2,4}})?|{_MONTH}\.?-\d{{2,4}}|0\d\. {_MONTH}|\d\d\. (?:Mrz|Okt|Dez|Jan|Feb)"
_MADE = re.compile(
    rf"{_NAMED}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{4}}/\d{{1,2}}/\d{{1,2}}"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
#: The same where nothing else says that a column holds dates: what could be a version's number is none.
_SURELY = re.compile(rf"{_NAMED}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d(?:[.,]\d{1,14})?E\+\d\d")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
#: Days of 2000 to 2099 as spreadsheets count them, and the day before the first one that they count so.
_COUNTED, _BEFORE = range(36_526, 73_051), date(1899, 12, 30)
#: Columns of words that were a page's own, and may hold whatever it holds.
_OF_A_PAGE = ("start", "end", "prefix", "suffix")
#: Columns that hold a day, a range of pages or a value such as 3-4 beside much else.
_OF_DAYS = ("says", "locator", "value", "first", "second")


#: What a terminal obeys and a spreadsheet cannot show; not the tab and the end of a line.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def day_of_number(text: str) -> str:
    """The day, where a program has kept its number and not that it is a day; any other text as it is.

    >>> day_of_number("44379"), day_of_number("2 July 2021")
    ('2021-07-02', '2 July 2021')
    """
    if re.fullmatch(r"\d{5}(?:\.0*)?", text) and int(float(text)) in _COUNTED:
        return (_BEFORE + timedelta(int(float(text)))).isoformat()
    return text


def damage_of(cells: pd.Series, *, own: bool = False) -> Callable[[str], tuple[str, str] | None]:
    """What tells of a cell of the column what is broken in it and the remedy, ``None`` where nothing is.

    A date made by a spreadsheet is told where the column is one that holds days (`says`, `locator`), or is a case's
    ``own`` and holds one in the tables' own form in another row, or nothing but dates that were made so.

    >>> tell = damage_of(pd.Series([""], name="locator"))
    >>> tell("p. 4"), tell("4-Mar")[0]
    (None, "locator '4-Mar' is what a spreadsheet makes of a date, or of a range such as 3-4")
    """
    name = str(cells.name)
    page = name in _OF_A_PAGE
    dated = own and not page and cells.map(_DAY.fullmatch).any()
    of_days = name in _OF_DAYS or dated or (own and not page and _all_made(cells))

    def tell(value: str) -> tuple[str, str] | None:
        if not page and (control := _CONTROL.search(value)):
            wrong = f"{name} {value[:60]!r} has a control sign (U+{ord(control[0]):04X})"
            return wrong, "write the cell anew, without it"
        if not of_days and value.isascii() and value[0] not in "#=E+-@0123456789":
            return None
        seen = f"{name} {value[:60]!r}"
        if _ERROR.fullmatch(value):
            return (
                f"{seen} is the error of a spreadsheet's formula",
                "write what stood there, and format the column as text",
            )
        if _FORMULA.fullmatch(value):
            return f"{seen} is a formula, which a spreadsheet would run", "write the words that it shows"
        if page or value.isascii():
            pass
        elif _READ_WRONG.search(value) and (mended := ftfy.fix_encoding(value)) != value:
            remedy = f"write {mended[:60]!r}, or take the file as it was before it was saved in other letters"
            return f"{seen} is text that was read in the wrong letters", remedy
        elif lost := _LOST.search(value):
            code = f"U+{ord(lost[0]):04X}"
            return f"{seen} has a sign in the place of a letter that was lost ({code})", "write the letter"
        if not page and _LONG_NUMBER.fullmatch(value):
            wrong = f"{seen} is what a spreadsheet makes of a long number"
            return wrong, "write all its digits, and format the column as text"
        if dated and (day := day_of_number(value)) != value:
            return f"{seen} is a number by which spreadsheets count days", f"write {day}, if that is meant"
        if of_days and _MADE.fullmatch(value):
            wrong = f"{seen} is what a spreadsheet makes of a date, or of a range such as 3-4"
            return wrong, "write what stood there, and format the column as text"
        return None

    return tell


def _all_made(cells: pd.Series) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(_SURELY.fullmatch, filled))
