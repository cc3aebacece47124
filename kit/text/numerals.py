"""Numbers that a text prints in digits of any locale or in the words of a language, with what multiplies them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kit.text.language import Language
from kit.text.language.language import alternatives

#: Between a number and what belongs to it.
SPACE = "[ \u00a0\u2009\u202f]"
_DIGITS = re.compile(
    rf"(?<![\w.,])(?:(?<![^\s(\[])[-\u2212+])?(?:\d{{1,3}}(?P<group>[.,'’]|{SPACE})\d{{3}}(?:(?P=group)\d{{3}})*"
    r"(?:(?!(?P=group))[.,]\d+)?(?![\d'’]|[.,]\d)|\d+(?:[.,]\d+)?(?!\d))"
)
#: A multiplier of one letter is one where money stands beside it, or as a capital on the digits (50M+); else it may be a metre.
_MONEY_BEFORE = re.compile(rf"(?:[$€£¥]|\b[A-Z]{{3}}){SPACE}?$")
_MONEY_BEHIND = re.compile(rf"{SPACE}?[$€£¥]")


@dataclass(frozen=True)
class Numeral:
    """A number where a text prints it, in full: 2.3 million is 2300000.

    ``readings`` are the other numbers that the same digits may be, ``half`` is half a unit of the last place printed,
    ``scale`` what the last word multiplied with.
    """

    start: int
    stop: int
    value: Decimal
    half: Decimal
    scale: int = 1
    readings: tuple[Decimal, ...] = ()


class Numerals:
    """The number words of a language as patterns, made once."""

    def __init__(self, language: Language) -> None:
        words = language.amounts
        self.language = language
        powers = {word: 10**power for word, power in language.scales.items()}
        multipliers = {w: n for w, n in powers.items() if len(w) > 2} | dict(words.multipliers)
        self._multipliers = {form: n for word, n in multipliers.items() for form in _spellings(word)}
        plain = {word: n for n, word in enumerate(language.spelled)} | dict(words.numbers)
        plain = {form: n for word, n in plain.items() for form in _spellings(word)}
        self._values = {_bare(word): Decimal(n) for word, n in (plain | self._multipliers).items()}
        self._multipliers = {_bare(word): n for word, n in self._multipliers.items()}
        self.scales = {word.casefold(): n for word, n in powers.items() if n >= 1000}
        self.scale = re.compile(rf"(?i)(?:{SPACE}|-)?(?P<scale>{alternatives(list(self.scales))})\.?(?!\w)")
        sure = [word for word in plain if word not in words.no_number]
        #: A number of one word, and those among them that are tens.
        self.small = rf"(?:{_loose(sure)}|\d{{1,4}})"
        self.tens = _loose([word for word in sure if plain[word] in range(20, 100, 10)])
        times = _loose(list(multipliers))
        one = rf"(?:{words.one})(?={words.link}(?:{times})(?!\w)|(?:{times}))"
        every, first = (_loose([*some, *multipliers, *self._multipliers]) for some in (plain, sure))
        self._word = re.compile(rf"(?i){one}|{every}")
        self._run = re.compile(
            rf"(?i)(?<![\w-])(?:{one}|{first})(?:{words.link}(?:{every}))*(?P<half>{words.half_suffix})?(?!\w)"
        )
        ones = _loose(sorted(word for word in plain if plain[word] in range(10)))
        self._decimals = re.compile(rf"(?i){SPACE}{words.point}(?P<digits>(?:{SPACE}(?:{ones}))+)(?!\w)")
        self._one = re.compile(rf"(?i){ones}")
        self._and_half = re.compile(rf"(?i){SPACE}{words.and_half}(?!\w)")

    def value_of(self, printed: str) -> Decimal:
        """The number that digits or one word of the language give; an article is one."""
        word = _bare(printed)
        return Decimal(word) if word.isdigit() else self._values.get(word, Decimal(1))

    def in_digits(self, text: str) -> Iterator[Numeral]:
        """Each number in digits; which of two readings comes first is for the language to say.

        >>> from kit.text.language import ENGLISH
        >>> [str(found.value) for found in Numerals(ENGLISH).in_digits("$2.3m for 1,250 boats")]
        ['2300000', '1250']
        """
        for match in _DIGITS.finditer(text):
            readings = _readings(match[0], match["group"] or "", self.language)
            found = Numeral(*match.span(), readings[0], _half_place(readings[0]), 1, tuple(readings[1:]))
            yield self._multiplied(text, found)

    def in_words(self, text: str) -> Iterator[Numeral]:
        """Each number in words; a word that does not go on with what stands before it begins another.

        >>> from kit.text.language import GERMAN
        >>> [str(found.value) for found in Numerals(GERMAN).in_words("zweihundertvierzehn von drei Millionen")]
        ['214', '3000000']
        """
        for run in self._run.finditer(text):
            for found in self._spelled(text, run):
                yield self._multiplied(text, self._with_decimals(text, found))

    def _spelled(self, text: str, run: re.Match[str]) -> Iterator[Numeral]:
        start, stop, scale = run.start(), run.start(), 1
        total, part, last = Decimal(0), None, None
        for match in self._word.finditer(text, run.start(), run.start("half") if run["half"] else run.end()):
            word = _bare(match[0])
            value = self._values.get(word, Decimal(1))
            if word not in self._multipliers:
                fits = part is None or (part >= 100 and part % 100 == 0 and value < 100)
                fits = fits or (part is not None and part % 10 == 0 and value < 10 < part)
                part = (part or 0) + value if fits else part
            elif value < 1000:
                fits = part is None or part < value
                part = (part or 1) * value if fits else part
            elif part is None and last is not None and value > last:
                fits, total, last = True, total * value, value  # "mil millones"
            else:
                fits = last is None or value < last
                if fits:
                    total, part, last = total + (1 if part is None else part) * value, None, value
            if not fits:
                yield Numeral(start, stop, total + (part or 0), Decimal(scale) / 2, scale)
                total, part, last, start = Decimal(0), value, None, match.start()
            scale, stop = self._multipliers.get(word, 1), match.end()
        value, half = total + (part or 0), Decimal(scale) / 2
        if run["half"]:
            yield Numeral(start, run.end(), value + Decimal("0.5"), half / 10)
        else:
            yield Numeral(start, stop, value, half, scale)

    def _with_decimals(self, text: str, found: Numeral) -> Numeral:
        if not (match := self._decimals.match(text, found.stop)):
            return found
        digits = "".join(str(self.value_of(one)) for one in self._one.findall(match["digits"]))
        value = Decimal(f"{found.value}.{digits}")
        return Numeral(found.start, match.end(), value, _half_place(value))

    def _multiplied(self, text: str, found: Numeral) -> Numeral:
        """The number with "and a half" and with the words behind it that multiply it."""
        if half := self._and_half.match(text, found.stop):
            more = Decimal(found.scale) / 2
            found = replace(found, stop=half.end(), value=found.value + more, half=more / 10)
        while match := self.scale.match(text, found.stop):
            attached = match.start("scale") == found.stop and match["scale"].isupper()
            if (
                len(match["scale"]) == 1
                and not attached
                and not _MONEY_BEFORE.search(text[max(0, found.start - 5) : found.start])
                and not _MONEY_BEHIND.match(text, match.end())
            ):
                break
            times = self.scales[match["scale"].casefold()]
            # Nobody prints 9.3 million as 9.300 million, nor 1,762 billion for 1.762 trillion.
            others = tuple(
                _whole(reading * times)
                for reading in found.readings
                if reading.as_tuple().digits[-1] and reading < found.value
            )
            found = Numeral(
                found.start,
                match.end("scale"),
                _whole(found.value * times),
                found.half * times,
                times,
                others,
            )
        return found


@cache
def numerals(language: Language) -> Numerals:
    """The number words of ``language``."""
    return Numerals(language)


def _readings(printed: str, group: str, language: Language) -> list[Decimal]:
    """The numbers that digits may be, the language's own reading first."""
    minus = "-" if printed[0] in "-\u2212" else ""
    digits = printed.lstrip("-\u2212+")
    point = next((c for c in reversed(digits) if not c.isdigit() and c != group), "")
    if not group:
        return [Decimal(minus + digits.replace(",", "."))]
    whole, _, rest = digits.partition(point) if point else (digits, "", "")
    grouped = Decimal(minus + whole.replace(group, "") + (f".{rest}" if rest else ""))
    if group not in ".," or digits.count(group) > 1 or point:
        return [grouped]
    decimal = Decimal(minus + digits.replace(group, "."))
    if digits.startswith("0"):
        return [decimal]
    return [decimal, grouped] if group == language.decimal else [grouped, decimal]


def _half_place(value: Decimal) -> Decimal:
    return Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _whole(value: Decimal) -> Decimal:
    """The number without noughts behind its point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _bare(word: str) -> str:
    return re.sub(r"[\s-]+", " ", word.casefold())


def _spellings(word: str) -> tuple[str, str]:
    """A word as it is spelled, and as keyboards without its accents have it."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return word, bare.replace("ß", "ss")


def _loose(words: list[str]) -> str:
    """Alternatives, the longest first, whose words may be parted by a space or a hyphen."""
    return alternatives(words).replace("\\-", "[- ]").replace("\\ ", "[- ]")
