"""Where one word, sentence or quotation ends and the next begins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from kit.text.language import ENGLISH, Language

_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character of a script written without spaces: a word of its own.
UNSPACED = re.compile(f"[{_SCRIPTS}]")
_RUN = rf"[^\W{_SCRIPTS}]+"
#: A word, a number or a sign that says what a number counts, in folded text.
WORD = re.compile(
    rf"[{_SCRIPTS}]|[$€£¥₹%]|{_RUN}(?:(?:(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['.:](?=[^\W\d_])){_RUN})*"
)


def bounded(text: str, at: int) -> bool:
    """Whether a word begins or ends at ``at``, by Unicode's word boundaries as far as searching needs them.

    >>> [bounded("he's 3.5", at) for at in (0, 2, 4, 5, 6, 8)]
    [True, False, True, True, False, True]
    """
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if _letter(before) and _letter(after):
        return bool(UNSPACED.match(before) or UNSPACED.match(after)) and unicodedata.combining(after) == 0
    if _letter(before):
        return not (at + 1 < len(text) and _links(before, after, text[at + 1]))
    if _letter(after):
        return not (at > 1 and _links(text[at - 2], before, after))
    return True


def _letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _links(before: str, between: str, after: str) -> bool:
    if UNSPACED.match(before) or UNSPACED.match(after):
        return False
    if before.isdecimal() and after.isdecimal():
        return between in ".,;'"
    return between in "'.:·" and before.isalpha() and after.isalpha()


_END = re.compile(r"(?P<stop>[.!?\u2026]+)(?P<close>[\"'”’»)\]]*) +(?=[\"'“‘«„(\[]*(?P<next>[^\W_]))")
_LAST_WORD = re.compile(r"[\w.'’-]*$")


@cache
def _speaker(language: Language) -> re.Pattern[str]:
    """A name and a verb of speech, which go on a sentence whose quotation ends with its own stop."""
    return re.compile(rf"(?:[A-Z][\w'’-]+ ){{1,4}}(?:{language.prose.speech_verbs})\b")


def sentence_ends(text: str, held: Iterable[tuple[int, int]] = (), language: Language = ENGLISH) -> list[int]:
    """The offset behind each sentence of ``text``, the last one's included; none for a blank text.

    No sentence ends within a span of ``held``, nor within brackets. What cannot be told stays one sentence:
    a sentence too long still says all it says, one cut in two may say another thing.

    >>> text = "Harbour Inc. appealed. No. 5 of the U.S. rules, e.g. on fees of 1.5 percent, stands."
    >>> ends = sentence_ends(text)
    >>> [text[start:stop].strip() for start, stop in zip([0, *ends], ends)]
    ['Harbour Inc. appealed.', 'No. 5 of the U.S. rules, e.g. on fees of 1.5 percent, stands.']
    """
    if not text.strip():
        return []
    closed = [*held, *_bracketed(text)]
    found = []
    for match in _END.finditer(text):
        end = match.end("close")
        if not any(start < end < stop for start, stop in closed) and _is_end(text, match, language):
            found.append(end)
    return [*found, len(text)]


def _is_end(text: str, match: re.Match[str], language: Language) -> bool:
    stop, after = match["stop"], text[match.end() :]
    if match["next"].islower():
        return False
    if set(stop) & set("!?"):
        return not (match["close"] and _speaker(language).match(after))
    following = re.match(r"[\"'“‘«„(\[]*([\w’']+)", after)
    starts = following is not None and following[1].casefold() in language.prose.starters
    if stop != ".":
        return starts
    word = (_LAST_WORD.search(text[: match.start()]) or [""])[0].casefold().lstrip("'’")
    if word.isdigit() and language.ordinal == r"\.":
        return starts  # "am 16. März" goes on
    if word in language.prose.before_numbers and match["next"].isdigit():
        return False
    if word in language.prose.abbreviations:
        return False
    if word in language.prose.at_ends or re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", word):
        return starts
    return True


def _bracketed(text: str) -> list[tuple[int, int]]:
    """The spans within brackets that are closed; one that is never closed holds nothing together."""
    pairs, spans, opened = {")": "(", "]": "["}, [], []
    for at, character in enumerate(text):
        if character in "([":
            opened.append((character, at))
        elif character in pairs and opened and opened[-1][0] == pairs[character]:
            spans.append((opened.pop()[1], at + 1))
    return spans


#: A mark that opens stands behind a space, a bracket or another mark; inches and feet do not.
_OPENS_BEHIND = r"(?<![^\s(\[—–“„«»‹›「『/:])"
_QUOTED = re.compile(
    "|".join((
        r"„([^„“”]+)[“”]", r"“([^“”]+)”", r"«([^«»]+)»", rf"{_OPENS_BEHIND}»(?=\S)([^«»]+)«", r"‹([^‹›]+)›",
        rf"{_OPENS_BEHIND}›(?=\S)([^‹›]+)‹", r"「([^「」]+)」", r"『([^『』]+)』", rf"{_OPENS_BEHIND}\"([^\"]+)\"", rf"{_OPENS_BEHIND}[″〝]([^″〞]+)[″〞]",
        rf"{_OPENS_BEHIND}‘(?!\d\ds?\b)(?=\S)((?:[^‘’]|(?<=\w)’(?=\w)|(?<=s)’(?= [a-z][^‘]*[.,!?]’))+)’(?!\w)",
        rf"{_OPENS_BEHIND}‚(?=\S)([^‚‘]+)[‘’](?!\w)",
    ))
)  # fmt: skip


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where the words between quotation marks begin and stop, in order; a quotation within one is part of it.

    >>> text = "He said »nein«, ‘the harbour’s shut’ and 6″ of the workers’ «rail»."
    >>> [text[start:stop] for start, stop in quoted_spans(text)]
    ['nein', 'the harbour’s shut', 'rail']
    """
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]


#: Letters that Unicode takes for letters of their own, and a reader who has no such key for others.
_LIKE = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ŋ": "n",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
#: Beyond these, what Unicode takes apart is not an accent: a syllable of Hangul, a voiced kana.
_ACCENTED = (range(0x80, 0x530), range(0x1E00, 0x2000))
_SEARCHED = re.compile(r"[^\W_]+")


class _Bare(dict[int, str]):
    """Each character as it is searched: lower case, and Latin, Greek and Cyrillic letters without accents."""

    def __missing__(self, code: int) -> str:
        folded = chr(code).casefold()
        if any(code in block for block in _ACCENTED):
            apart = unicodedata.normalize("NFD", folded)
            folded = "".join(_LIKE.get(c, c) for c in apart if not unicodedata.combining(c))
        self[code] = folded
        return folded


_BARE = _Bare()


def search_words(text: str) -> list[str]:
    """The words of the text as they are searched: lower case, no accents; a character of its own where none has spaces.

    >>> search_words("Zoë’s 1,400 STRASSEN – 切断")
    ['zoe', 's', '1', '400', 'strassen', '切', '断']
    """
    bare = text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_BARE)
    return _SEARCHED.findall(bare if bare.isascii() else UNSPACED.sub(r" \g<0> ", bare))


@cache
def _spellings() -> dict[str, str]:
    """For what a character is searched as, every character that is searched so, as a regular expression."""
    found: dict[str, list[str]] = {}
    for code in (*range(0x30, 0x530), *range(0x1E00, 0x2000)):
        if chr(code).isalnum():
            found.setdefault(_BARE[code], []).append(chr(code))
    return {bare: f"[{''.join(signs)}]" for bare, signs in found.items()}


def search_pattern(words: Sequence[str], *, prefix: bool = False) -> re.Pattern[str]:
    """What finds the words, one behind another, in a text as it was written; the last may go on with ``prefix``.

    Words are those of `search_words`; the text has its letters composed (NFC).

    >>> search_pattern(["strasse", "zoe"]).search("in der Straße, Zoë")[0]
    'Straße, Zoë'
    """
    pattern = "" if UNSPACED.match(words[0]) else r"(?<![^\W_])"
    before = ""
    for word in words:
        if before:
            pattern += r"[\W_]*" if UNSPACED.match(before) or UNSPACED.match(word) else r"[\W_]+"
        before = word
        pattern += _spelled(word)
    if prefix:
        pattern += r"[^\W_]*"
    elif not UNSPACED.match(before):
        pattern += r"(?![^\W_])"
    return re.compile(pattern, re.IGNORECASE)


def _spelled(word: str) -> str:
    """A regular expression for the word in every spelling, those in which one sign stands for two letters too."""
    one = _spellings()
    pattern, at = "", 0
    while at < len(word):
        stop = at + 1
        while word[stop - 1 : stop + 1] in one and stop < len(word):
            stop += 1
        pairs = [one[word[n : n + 2]] for n in range(at, stop - 1)]
        single = [one.get(sign, re.escape(sign)) for sign in word[at:stop]]
        if stop - at > 2:  # any of the signs, as many as there may be: it is good enough to show a place
            pattern += f"(?:{'|'.join(dict.fromkeys([*pairs, *single]))}){{{(stop - at) // 2},{stop - at}}}"
        else:
            pattern += f"(?:{pairs[0]}|{''.join(single)})" if pairs else single[0]
        at = stop
    return pattern
