"""Telephone numbers, told from the other long numbers of a report."""

from __future__ import annotations

import re

from kit.text.secrets.sign import Sign

_SEPARATED = r"(?:[ .\u00a0/()-]{1,3})"
_SHAPE = re.compile(
    r"(?<![\w+./=&#%@-])(?<!\d[,:])(?:"
    rf"(?:\+|00{_SEPARATED}|00(?=[1-9]\d{{0,2}}{_SEPARATED}))[1-9](?:{_SEPARATED}?\d){{6,14}}"
    rf"|\(0?\d{{2,5}}\)[ \u00a0]?\d{{2,4}}(?:{_SEPARATED}?\d{{2,5}}){{1,3}}"
    rf"|0[1-9]\d{{8,10}}|0[1-9]\d{{0,3}}(?:{_SEPARATED}\d{{2,8}}){{1,4}}"
    r"|[2-9]\d{2}([-. \u00a0])\d{3}\1\d{4}"
    rf"|(?P<bare>\d(?:{_SEPARATED}?\d){{5,13}})"
    r")(?![\w/=%@]|[-.,:]\d)"
)
#: Such a word stands before a number that no shape tells.
_NAMED = re.compile(
    r"(?<![^\W_])(?:(?:tele(?:ph|f)[^\W\d_]*|tel|tél|phone|mobile?|mobil|cell|fax|whats ?app|signal|handy|durchwahl|portable"
    r"|kom(?:órk[^\W\d_]*)?|numer|rufnummer)\b[^\d\n\"{}<>=\\]{0,24}|(?:call|ring|text)\s(?:(?:her|him|me|them|us)\s)?(?:(?:on|at)\s)?)$",
    re.IGNORECASE,
)
#: And such a one before a number that is of another kind, or an address that goes on in the next line.
_OTHER = re.compile(
    r"(?<![^\W_])(?:isbn|issn|doi|imo|mmsi|nip|regon|krs|siren|siret|konto|account|id|ik|lanr|bsnr|docket|box|case|az|nr|no|n°|art|page|p|s|pp|§)"
    r"[.:]?[^\w\n]{0,3}$|\w[-/=]\r?\n$",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[ \u00a0]?(?:[€$£¥%]|zł|euros?\b|eur\b|usd\b|dollars?\b|pounds?\b|franken\b|francs?\b|mln|million)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:[0-3]?\d)[./ -](?:[01]?\d)[./ -](?:1[89]|20)\d\d(?!\d)|(?:1[89]|20)\d\d[./ -][01]?\d(?:[./ -][0-3]?\d)?(?!\d)"
)
_YEARS = re.compile(rf"(?:(?:1[5-9]|20)\d\d(?:{_SEPARATED}|$))+")


def _is_telephone(match: re.Match[str]) -> bool:
    found = match[0]
    before = match.string[max(match.start() - 40, 0) : match.start()]
    if _DATE.match(found) or _YEARS.fullmatch(found) or _MONEY.match(match.string, match.end()):
        return False
    named = bool(_NAMED.search(before))
    if _OTHER.search(before) and not named:
        return False
    plain = re.sub(r"\D", "", found)
    if not 6 <= len(plain) <= 15:
        return False
    return named or match["bare"] is None


TELEPHONE = Sign("a telephone number", _SHAPE, "take it out", holds=_is_telephone)
