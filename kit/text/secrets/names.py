"""A name or a term that must stay out of print, found in each form in which prose may have it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kit.text.normalise import fold, normalise
from kit.text.sentences import UNSPACED

_WORD = re.compile(r"[^\W_]+")
#: Stands between two words of one name: a blank or a sign of their own, never what parts the entries of a list.
_GAP = r"(?:[ _]| \| |[-.'·+/]|,(?! ))?"
#: A name's own word in quotation marks or brackets, or the letter of a second name.
_BETWEEN = r"(?: [a-z]\.| ['(][^\W\d_]+[')])?"
_PARTICLES = frozenset(["af", "al", "av", "bin", "d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "la", "le", "of", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur"])  # fmt: skip
_FIRST, _LAST = "first", "last"
#: How Slavic languages, with or without their accents, let a name end.
_ENDINGS = (
    "iego|iemu|owi|ovi|iem|ego|eho|emu|ach|ami|ich|imi|iej|em|im|om|ym|am|ie|ii|ia|iu|ej|oj|ou|ow|ze|a|e|i|o|u|y"
    "|ого|его|ому|ему|ами|ах|ой|ою|ей|ом|ем|ым|им|ов|ев|а|е|и|о|у|ы|ю|я"
)
_VOWELS = "aoiyаяоий"
#: A stem with fewer letters has too much in common with other words.
_STEM = 3
#: So many letters at its end may change.
_CHANGED = 2
#: No form of a name reaches so far from its last word.
_REACH = 100
#: A term of one word takes endings where it has so many letters.
_LONE_STEM = 7
#: Letters with a stroke, which folding leaves as they are.
_STROKES = str.maketrans("łđðø", "lddo")
_SPELT = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ø": "oe?", "å": "aa?", "ß": "(?:ss|ß)", "æ": "(?:ae|æ)", "œ": "(?:oe|œ)", "þ": "(?:th|þ)"}  # fmt: skip
_DIGRAPHS = {"ae": "(?:ae?|æ)", "oe": "(?:oe?|œ)", "ue": "ue?", "ss": "(?:ss|ß)"}


@dataclass(frozen=True)
class SecretName:
    """A name or a term, and what finds it.

    A term that reads as a person's name, of two to four words with capital letters, is found with its last name first,
    with initials for the others, and in the endings of German and Slavic languages; any term with its accents or
    without, and however its words are joined.
    """

    term: str

    def found_in(self, text: str) -> Iterator[str]:
        """The words in which the text has it.

        >>> list(SecretName("Jane Doe").found_in("It was J. Doe; the list says “Doe, Jane” and “Roe, Jane; Doe, John”."))
        ['J. Doe', 'Doe, Jane']
        >>> list(SecretName("Anna Nowicka").found_in("W imieniu Anny Nowickiej, nie Anny Nowak."))
        ['Anny Nowickiej']
        """
        return self.found(*searchable(text))

    def found(self, plain: str, folded: str) -> Iterator[str]:
        """The same in a text as `searchable` gives it."""
        for start, stop in self._windows(folded):
            for match in self._pattern.finditer(folded, start, stop):
                if not self._is_another(match, plain):
                    yield plain[match.start() : match.end()]

    def _windows(self, folded: str) -> Iterator[tuple[int, int]]:
        """The stretches in which the name may stand: those around what its last word begins with in each form."""
        start = stop = 0
        for match in self._anchor.finditer(folded):
            if match.start() - _REACH > stop:
                if stop:
                    yield start, stop
                start = max(match.start() - _REACH, 0)
            stop = match.end() + _REACH
        if stop:
            yield start, stop

    def _is_another(self, match: re.Match[str], plain: str) -> bool:
        """Whether two people share what was found: a list of names has the one's last word before the other's first."""
        parts = match.groupdict()
        if parts.get(_FIRST) and not parts.get(_LAST):
            return True
        if parts.get("turned") is not None:
            return bool(
                re.search(r"[^\W\d_a-z][^\W\d_]* $", plain[: match.start()])
                and re.match(r"(?: [^\W\d_]\.)? [^\W\d_a-z][^\W\d_]", plain[match.end() :])
            )
        if parts.get("bare") is not None:
            start, stop = match.span("family")
            return not plain[start:stop].isupper() or plain[match.start() : match.end()].isupper()
        return False

    @cached_property
    def _anchor(self) -> re.Pattern[str]:
        words = _WORD.findall(unicodedata.normalize("NFC", self.term))
        if not words:
            return re.compile(_joined(self.term))
        last = words[-1]
        return re.compile(_spelt(last[: max(len(last) - _CHANGED, _STEM)]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = self.term.replace("’", "'").split()
        forms = _forms_of_a_person(words) if _is_personal(words) else [_joined(self.term)]
        return re.compile("|".join(forms))


def searchable(text: str) -> tuple[str, str]:
    """The text with its typography evened out, and the same folded, letter for letter; a paragraph's end stays one."""
    plain = normalise(text).text.replace("\n", "¶")
    return plain, _folded(plain)


def _folded(text: str) -> str:
    return fold(text).translate(_STROKES)


def secret_names(terms: Iterable[str]) -> list[SecretName]:
    """A `SecretName` for each term that is not blank."""
    return [SecretName(term) for term in dict.fromkeys(terms) if term.strip()]


def _is_personal(words: list[str]) -> bool:
    named = [word for word in words if word.casefold() not in _PARTICLES]
    return 2 <= len(named) <= len(words) <= 4 and all(
        re.fullmatch(r"[^\W\d_]['\w.-]*", word)
        and word[0].isupper()
        and not any(map(str.isdigit, word))
        and (word.isupper() or not re.search(r"[A-Z]{2}", word))
        for word in named
    )


def _forms_of_a_person(words: list[str]) -> list[str]:
    first, *middle, last = words
    between = "".join(
        f"(?:{_GAP}(?:{_spelt(word)}|{_folded(word)[0]}\\.?))?" for word in middle if _WORD.search(word)
    )
    given, family = _inflected(first, _FIRST), _inflected(last, _LAST)
    initials = r"[-. ]{0,2}".join(re.escape(_folded(part)[0]) for part in _WORD.findall(first)) + r"\."
    head, tail = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    plain_family, plain_given = _spelt(last), _spelt(first)
    return [
        f"{head}{given}{between}{_BETWEEN}{_GAP}{family}{tail}",
        f"{head}{initials}{between}{_BETWEEN} ?{plain_family}(?:s|es)?{tail}",
        f"{head}{plain_family}(?P<turned>, ?| \\(){plain_given}{tail}",
        f"{head}{plain_family}, ?{initials[:-2]}(?:\\.|{tail})",
        f"{head}(?P<family>{plain_family})(?P<bare> ){plain_given}{tail}",
    ]


def _inflected(word: str, changed: str) -> str:
    """The word with what German and Slavic languages end it with.

    The group ``changed`` is set where a Slavic ending follows the whole word, or, of a last name, any.
    """
    spelt, plain = _spelt(word), _folded(word)
    bare = f"{spelt}(?:'?s|es)?"
    if len(plain) > _STEM and plain[-1] in _VOWELS:
        ended = f"{_spelt(word[:-1])}(?:{_ENDINGS})"
        return f"(?:{bare}|(?P<{changed}>{ended}))" if changed == _LAST else f"(?:{bare}|{ended})"
    if len(plain) < _STEM:
        return bare
    ended = f"{spelt}(?:{_ENDINGS})"
    if len(plain) > _STEM and plain[-2] in "eе" and plain[-1] not in "eе":
        ended += f"|{_spelt(word[:-2] + word[-1])}(?:{_ENDINGS})"
    return f"(?:{bare}|(?P<{changed}>{ended}))"


def _joined(term: str) -> str:
    """What finds a term that is no person's name: its words, however joined."""
    words = _WORD.findall(unicodedata.normalize("NFC", term))
    if not words:
        return re.escape(searchable(term)[1])
    own = [re.escape(_folded(sign)) for sign in _WORD.split(term)[1:-1]]
    pattern = _spelt(words[0])
    for sign, word in zip(own, words[1:], strict=True):
        pattern += f"(?:{sign}|{_GAP}){_spelt(word)}"
    first, last = words[0][0], words[-1][-1]
    # A raised number of a note may stand right behind a name.
    head = r"(?<![^\W_])" if first.isdigit() else r"(?<![^\W\d_])"
    tail = r"(?![^\W_])" if last.isdigit() else r"(?![^\W\d_])"
    if len(words) == 1 and len(term) >= _LONE_STEM and not last.isdigit():
        pattern = _inflected(words[0], _LAST)
    elif not last.isdigit():
        pattern += "(?:s|es)?" if len(words[-1]) > _STEM else ""
    # Korean joins its particles to a name.
    head = "" if UNSPACED.match(first) else head
    tail = "" if UNSPACED.match(last) or "\uac00" <= last <= "\ud7a3" else tail
    return head + pattern + tail


def _spelt(word: str) -> str:
    """The letters of a word as they may be spelt, in text that is folded."""
    lower = unicodedata.normalize("NFC", word).lower()
    found, at = [], 0
    while at < len(lower):
        if spelt := _DIGRAPHS.get(lower[at : at + 2]):
            found.append(spelt)
            at += 2
            continue
        letter = lower[at]
        found.append(_GAP if letter in "-.'" else _SPELT.get(letter) or re.escape(_folded(letter)))
        at += 1
    return "".join(found)
