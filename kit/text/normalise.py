"""A page's text with its typography evened out, and the way back to the page as captured."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import combinations

_DOUBLE = '"“”„‟«»″‶〝〞〟「」『』❝❞'
_SINGLE = "'‘’‚‛‹›′‵´`ʼʹˈ❛❜"
_HYPHENS = "-‐‑‒–−⁃﹣"
_DASHES = "—―⸺⸻﹘"
_LINES = "\n\x0b\x85\u2028\u2029"
_NO_WORDS = "™®℠"
_HYPHENATED = 3
_SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
#: Compatibility forms that say the same; superscripts and fractions are not among them: 10² is not 102.
_SAME = (
    "<compat>",
    "<wide>",
    "<narrow>",
    "<noBreak>",
    "<font>",
    "<sub>",
    "<square>",
    "<small>",
    "<vertical>",
)
_SAME_ARABIC = ("<initial>", "<medial>", "<final>", "<isolated>")
_PAGE_NUMBER = r"\n {0,40}(?:page )?-? ?(\d{1,4})(?: ?(?:of|/) ?\d{1,4})? ?-? {0,40}\n? {0,40}(?=\f)"
_SIGNS = r"(?P<soft>\u00ad(?=[ \u00ad\u200b]{0,3}\n))|(?P<dash>(?<!-)-{2,3}(?!-))|(?P<quotes>'')"
_PLAIN = re.compile(r"[!-Z\\^_a-~]+(?: [!-Z\\^_a-~]+)*")
_SPACE = re.compile(r"[ \n\f—]{2,}|[\n\f—]")
_JOIN = re.compile(r"-(?: ?\n ?| ?\n? ?\f ?\n? ?)(?=[^\W\d_A-Z])")
#: A line ends behind the hyphen that a word, a name or a number has of its own.
_KEPT = re.compile(r"(?<=\w-) ?\n ?(?=[A-Z\d])")
_NOTE = re.compile(rf"\[\d{{1,3}}\]|[{_SUPERSCRIPTS}]+(?!\w)")
_MARKS = re.compile(r"[\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}")
Layer = tuple["array[int]", "array[int]"]


@dataclass(frozen=True)
class Normal:
    """A text with quotes, dashes, spaces, ligatures and line ends evened out, and the way back.

    ``text`` has single spaces, a line feed for a paragraph's end, and no invisible characters. ``joins`` holds the
    offsets where a hyphen at a line's end was taken out.
    """

    text: str
    joins: tuple[int, ...] = ()
    layers: tuple[Layer, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def folded(self) -> str:
        """The text for searching, offset for offset: no case, no accents on Latin letters, one quote mark."""
        return fold(self.text)

    def origin(self, start: int, stop: int) -> tuple[int, int]:
        """Where ``text[start:stop]`` stands in the original.

        >>> page = normalise("It said:  “We don’t”")
        >>> page.text, page.origin(9, 14)
        ('It said: "We don\\'t"', (10, 15))
        """
        if not 0 <= start <= stop <= len(self.text):
            raise ValueError(f"no stretch {start}..{stop} in a text of {len(self.text)} characters")
        for steps, origins in reversed(self.layers):
            start, stop = _below(steps, origins, start, stop)
        return start, stop

    def broken(self, term: str) -> str:
        """``term`` without the hyphens that a line's end took from it here; as it is where none were taken.

        >>> normalise("the long-\\npromised self-rule").broken("long-promised self-rule")
        'longpromised self-rule'
        """
        hyphens = [match.start() for match in re.finditer(r"(?<=\w)-(?=\w)", term)] if self.joins else []
        if not hyphens or fold(term) in self.folded:
            return term
        for count in range(1, min(len(hyphens), _HYPHENATED) + 1):
            for gone in combinations(hyphens, count):
                variant = "".join(c for at, c in enumerate(term) if at not in gone)
                at = self.folded.find(fold(variant))
                if at >= 0 and any(at < join < at + len(variant) for join in self.joins):
                    return variant
        return term


def normalise(raw: str) -> Normal:
    """``raw`` with its typography evened out.

    Quotes become straight, dashes hyphens (those that part sentences with a space on each side), Unicode
    forms composed, ligatures letters, runs of white space one space or, where a paragraph ends, one line
    feed. Soft hyphens, invisible characters, trade marks, note numbers and page numbers go. A word broken at
    a line's or a page's end is joined. Words, case, numbers, signs and punctuation stay.

    >>> normalise("The “ﬁrst” inter-\\nnational\\u00a0deal — 10² not 102").text
    'The "first" international deal - 10² not 102'
    """
    if _PLAIN.fullmatch(raw) and "--" not in raw and "''" not in raw:
        return Normal(raw)
    forms = {c: form for c in set(raw) if (form := _form(c)) != c}
    even, rest = raw, ""
    for character, form in sorted(forms.items()):
        if len(form) == 1:
            even = even.replace(character, form)
        else:
            rest += character
    signs = _signs(even, rest, forms) if rest or "--" in even or "''" in even else iter(())
    even, back, _ = _rewritten(even, signs)
    text, further_back, joins = _rewritten(even, _spacing(even))
    return Normal(text, joins, tuple(layer for layer in (back, further_back) if len(layer[0]) > 1))


def _rewritten(text: str, changes: Iterator[tuple[int, int, str, str]]) -> tuple[str, Layer, tuple[int, ...]]:
    """The text after ``changes``, the way back, and where words were joined.

    The way back is pairs of offsets, after and before: of a stretch kept, of the change that follows it, and
    so on.
    """
    pieces: list[str] = []
    steps, origins = array("I", (0,)), array("I", (0,))
    joins: list[int] = []
    length = last = 0
    for start, stop, new, kind in changes:
        pieces += (text[last:start], new)
        length += start - last
        steps.append(length)
        origins.append(start)
        if kind == "join":
            joins.append(length)
        length += len(new)
        steps.append(length)
        origins.append(stop)
        last = stop
    if not pieces:
        return text, (steps, origins), tuple(joins)
    pieces.append(text[last:])
    return "".join(pieces), (steps, origins), tuple(joins)


def _below(steps: array[int], origins: array[int], start: int, stop: int) -> tuple[int, int]:
    index = bisect_right(steps, start) - 1
    first = origins[index] + (0 if index % 2 else start - steps[index])
    if start == stop:
        return first, first
    index = bisect_right(steps, stop - 1) - 1
    return first, origins[index + 1] if index % 2 else origins[index] + stop - steps[index]


def _signs(even: str, rest: str, forms: dict[str, str]) -> Iterator[tuple[int, int, str, str]]:
    pattern = re.compile(f"{_SIGNS}|(?P<rest>[{re.escape(rest)}])" if rest else _SIGNS)
    for match in pattern.finditer(even):
        kind = match.lastgroup or ""
        new = {"soft": "-", "dash": "—", "quotes": '"'}.get(kind, forms.get(match[0], ""))
        yield *match.span(), new, kind


def _spacing(even: str) -> Iterator[tuple[int, int, str, str]]:
    numbers = _page_numbers(even) if "\f" in even else {}
    found = [(match.start(), match.end(), "space") for match in _SPACE.finditer(even)]
    if "-\n" in even or "- " in even or "-\f" in even:
        joins = (match.span() for match in _JOIN.finditer(even))
        found += [(start, stop, "join") for start, stop in joins if start and even[start - 1].isalpha()]
        found += [(*match.span(), "kept") for match in _KEPT.finditer(even)]
    if not even.isascii() or "[" in even:
        found += [(*match.span(), "note") for match in _NOTE.finditer(even) if _is_note(even, match.start())]
    if not even.isascii():
        found += [
            (match.start() - 1, match.end(), "marks") for match in _MARKS.finditer(even) if match.start()
        ]
    done = 0
    for start, stop, kind in sorted(found):
        if start < done:
            continue
        new = ""
        if kind == "space":
            if start in numbers:
                stop = numbers[start]
                while stop < len(even) and even[stop] in " \n\f":
                    stop += 1
            between = even[start:stop]
            parted = between.count("\n") > 1 and "\f" not in between
            new = "" if start == 0 or stop == len(even) else "\n" if parted else " "
            if "—" in between:
                new = (new or " ") + "- "
        elif kind == "marks":
            new = unicodedata.normalize("NFC", even[start:stop])
        done = stop
        yield start, stop, new, kind


def _is_note(even: str, at: int) -> bool:
    """Whether a number in brackets, or a raised one, is a note: it follows a stop, a word or a note, not a unit."""
    before = even[max(0, at - 4) : at]
    if even[at] == "[":
        return before[-1:].isalnum() or before[-1:] in tuple(".,;:!?\"']")
    return before[-1:] in tuple(".,;:!?\"'") or (
        len(before) == 4 and before.isalpha() and before[1:].islower()
    )


def _page_numbers(even: str) -> dict[int, int]:
    """Where a number alone at a page's end is the page's: it counts on with that of another page."""
    found = []
    for match in re.finditer(_PAGE_NUMBER, even, re.IGNORECASE):
        begin = match.start()
        while begin and even[begin - 1] in " \n":
            begin -= 1
        found.append((even.count("\f", 0, match.start()), int(match[1]), begin, match.end()))
    runs = [number - page for page, number, *_ in found]
    return {begin: stop for (*_, begin, stop), run in zip(found, runs, strict=True) if runs.count(run) > 1}


@cache
def _form(character: str) -> str:
    """What stands for one character; several or none where it is a ligature or invisible."""
    if character in _DOUBLE:
        return '"'
    if character in _SINGLE:
        return "'"
    if character in _HYPHENS:
        return "-"
    if character in _DASHES:
        return "—"
    if character in _LINES:
        return "\n"
    if character in _NO_WORDS:
        return ""
    if character == "\f" or " " < character <= "~":
        return character
    kind = unicodedata.category(character)
    if kind == "Zs" or character in "\t\r":
        return " "
    if kind in ("Cf", "Cc") or "\ufe00" <= character <= "\ufe0f":
        return ""
    tag = unicodedata.decomposition(character).partition(" ")[0]
    if tag in _SAME or tag in _SAME_ARABIC:
        plain = unicodedata.normalize("NFKC", character)
        return character if plain.startswith(" ") or plain == character else "".join(map(_form, plain))
    return {"İ": "I"}.get(character, unicodedata.normalize("NFC", character))


def fold(text: str) -> str:
    """``text`` as it is searched, character for character: lower case, Latin letters bare, one quote mark.

    >>> fold('"No," Zoë SAID')
    "'no,' zoe said"
    """
    table = {ord("\n"): " ", ord('"'): "'"}
    if not text.isascii():
        table |= {ord(c): _bare(c) for c in set(text) if not c.isascii()}
    lower = text.translate(table).lower()
    return (
        lower
        if len(lower) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(table))
    )


def plainly(text: str) -> str:
    """The text as words are compared: no case, accents, invisible characters or line ends, and one form of each sign.

    >>> plainly("Jane\\u00ad  D\\u200boe\\nＭＵ\\u0308ller")
    'jane doe muller'
    """
    return fold(normalise(text).text)


@lru_cache(maxsize=4096)
def bare_words(text: str) -> str:
    """``text`` as its words alone: folded, without punctuation, one space between two.

    >>> bare_words("“No,” Zoë said.")
    'no zoe said'
    """
    return " ".join(re.findall(r"\w+", fold(unicodedata.normalize("NFKC", text))))


@cache
def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() and base.isalpha() else character
