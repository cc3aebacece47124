"""Whether what is left out, put in or cut off turns what a passage says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kit.evidence.passages.quotation import differing_letters
from kit.text.language import ENGLISH, LANGUAGES, Language

#: What parts a clause from the next, so that a negation on one side does not reach the other.
_CLAUSE = re.compile(r"[;:!?()\n]|[,.](?!\d)| - ")
#: So many words from what is kept a negation stands beside it, and so many words on it may say so itself ("nor"); a
#: "may" stands only before it, or before an adverb.
_BESIDE, _NEAR = 2, 4
_ADVERBS = re.compile(
    r"(?:\s+(?:\w+ly|also|soon|still|yet|now|even|once|again|bald|noch|auch|bientôt|pronto))*\s*"
)
_SCALES = re.compile(
    r"\s?(?:%|‰|€|£|\$|per ?cent\b|percent\b|prozent\b|pour cent\b|por ciento\b|(?:thousand|hundred|[mbt]rill?ion|million|milliard|"
    r"mio|mrd|bn|billion|millone?|millón|mil)[a-zé]*\b)",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"(?:(?<![\d.,])\d{1,3}(?:[ .,']\d{3})*[ .,']|\d[.,])$")
_NUMBER_BEHIND = re.compile(r"[ .,']\d{3}(?!\d)|[.,]\d")
_LAST_NUMBER = re.compile(r"\d+(?:[ .,']\d{3})*")
_SIGN_BEFORE = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹]\s?|(?:^|[\s(\"'])-|[A-Z]{1,3}(?=\$))$")
_PREFIX = re.compile(r"\b(?:non|un|anti|nicht|in|dis|ex)-$", re.IGNORECASE)


def turned(left_out: str, put_in: str, kept: str, language: str) -> str:
    """The word by which the meaning turns, where ``put_in`` stands for ``left_out`` of the page before what is ``kept``, in words;
    '' for none.

    Only what belongs to the clauses beside it counts: a clause that was left out whole takes its own negation along.

    >>> turned(" never", "always", "paid", "en"), turned(", who never met,", "", "voted", "en")
    ("leaves out 'never'", '')
    """
    denied, unsure = _words(LANGUAGES.get(language[:2], ENGLISH))
    clauses = _CLAUSE.split(left_out)
    gone = [
        *denied.finditer(clauses[-1], _last_words(clauses[-1])),
        *denied.finditer(_first_words(clauses[0])),
    ]
    if gone and not denied.search(f"{put_in} {' '.join(kept.split()[:_NEAR])}"):
        return f"leaves out {gone[0][0]!r}"
    for kind in (denied, unsure):
        if (new := kind.search(put_in)) and not kind.search(left_out):
            return f"puts in {new[0]!r}"
    may = [match for match in unsure.finditer(clauses[-1]) if _ADVERBS.fullmatch(clauses[-1], match.end())]
    return f"leaves out {may[0][0]!r}" if may and not unsure.search(put_in) else ""


def _first_words(clause: str) -> str:
    return " ".join(clause.split()[:_BESIDE])


def _last_words(clause: str) -> int:
    """Where the last few words of a clause begin."""
    return max(0, len(clause) - len(" ".join(clause.split()[-_BESIDE - 1 :])) - 1)


@cache
def _words(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    passages = language.passages
    denied = re.compile(rf"(?<!\w)(?:{passages.negated})(?!\w)|\w+n't\b", re.IGNORECASE)
    unsure = re.compile(rf"(?<!\w)(?:{passages.possible}|{passages.alleged})(?!\w)", re.IGNORECASE)
    return denied, unsure


def cut_ends(text: str, start: int, stop: int, language: str) -> Iterator[str]:
    """What the first or the last words of the stretch cut in two: a negation, a number, a sign; in words.

    >>> list(cut_ends("It has never paid A$1 250 000.", 13, 25, "en"))
    ["cuts off 'never' before its first words", "cuts a number after '1 250'"]
    """
    denied, _ = _words(LANGUAGES.get(language[:2], ENGLISH))
    before, behind, inside = text[max(0, start - 40) : start], text[stop : stop + 24], text[start:stop]
    before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    last = re.search(r"[\w']+(?=\W*$)", _CLAUSE.split(before)[-1])
    if last and (denied.fullmatch(last[0]) or last[0].lower().endswith("n't")):
        yield f"cuts off {last[0]!r} before its first words"
    elif prefix := _PREFIX.search(before):
        yield f"cuts off {prefix[0]!r} before its first words"
    following = re.match(r" ([\w']+)", behind)
    if following and denied.fullmatch(following[1]) and not re.search(r"[.,;:!?]$", inside):
        yield f"cuts off {following[1]!r} behind its last words"
    if inside[:1].isdigit() and (sign := (_NUMBER_BEFORE.search(before) or _SIGN_BEFORE.search(before))):
        yield f"cuts off {sign[0].strip()!r} before its first number"
    elif inside[:1] in "$€£¥" and (letters := re.search(r"(?<![A-Za-z])[A-Z]{1,3}$", before)):
        yield f"cuts off {letters[0]!r} before its first number"
    if inside[-1:].isdigit() and (_NUMBER_BEHIND.match(behind) or _SCALES.match(behind)):
        yield f"cuts a number after {_LAST_NUMBER.findall(inside)[-1]!r}"


def other_acronyms(ours: str, theirs: str) -> str:
    """An acronym that ours has as a word, or the other way round, in words; '' where there is none.

    >>> other_acronyms("they told us", "they told US")
    "has 'us' for 'US'"
    """
    for mine, other in differing_letters(ours, theirs):
        if mine.lower() == other.lower() and {mine.isupper(), other.isupper()} == {True, False}:
            return f"has {mine!r} for {other!r}"
    return ""
