"""A quotation taken apart: its words, what is left out or put in between them, and whether that turns what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kit.evidence.passages.nearest import find_words
from kit.text.language import ENGLISH, LANGUAGES, Language
from kit.text.normalise import Normal, fold, normalise
from kit.text.sentences import WORD

#: Verbs of speech in every language that the kit knows.
_SAID = "|".join([ENGLISH.prose.speech_verbs, *(each.passages.speech for each in LANGUAGES.values())])
_NAME = r"[A-Z][\w'-]+(?: (?:[A-Z]\.|[A-Z][\w'-]*|of|and|de|van|von)){0,5}"
_BETWEEN = r"(?:,[^,.\"]{1,60},)? "  # a name, what the person is, and the verb
_AFTER = re.compile(
    rf"^[,.]? ?(?:(?:{_SAID}) (?:\w+ ){{0,2}}?(?P<b>{_NAME})"
    rf"|(?P<a>{_NAME}){_BETWEEN}(?:{_SAID})\b|[Aa]ccording to (?P<c>{_NAME}))"
)
_BEFORE = re.compile(
    rf"(?:(?P<a>{_NAME}){_BETWEEN}(?:{_SAID})\b[^.\"]{{0,60}}|[Aa]ccording to (?P<c>{_NAME})[^.\"]{{0,20}})$"
)
_REACH = 120
#: A mark that opens stands before a word and behind a space; one that closes behind a word; one behind a number, as of
#: inches, does neither.
_QUOTE = re.compile(
    r'(?P<open>(?:(?<=^)|(?<=[\s(\[-]))"(?=\S))|(?P<close>(?<=[^\s\d(\[])")|(?P<closing>(?<=\d)"(?=[,.]|$))'
)
#: Whoever writes the page, outside quotation marks.
WRITER = "the page itself"


def speaker(page: Normal, start: int, stop: int) -> str:
    """Who speaks between two offsets: a name, `WRITER` outside quotation marks, blank where it is untold.

    >>> from kit.text.normalise import normalise
    >>> page = normalise('“We paid,” said Ann Roe. The firm disagreed.')
    >>> speaker(page, 1, 8), speaker(page, 25, 40)
    ('Ann Roe', 'the page itself')
    """
    text = page.text
    block = text.rfind("\n", 0, start) + 1
    end = text.find("\n", stop)
    end = len(text) if end < 0 else end
    marks = [(match.start() + block, match.lastgroup) for match in _QUOTE.finditer(text[block:end])]
    if any(start < at < stop - 1 for at, _ in marks):
        return ""
    before = [(at, kind) for at, kind in marks if at < start]
    if not before or before[-1][1] != "open":
        return WRITER if text[start] != '"' else ""
    opened = before[-1][0]
    close = next((at for at, kind in marks if at >= stop - 1 and kind != "open"), None)
    if close is None:
        return ""
    if match := _AFTER.match(text[close + 1 : min(end, close + 1 + _REACH)]):
        return match["a"] or match["b"] or match["c"]
    if match := _BEFORE.search(text[max(block, opened - _REACH) : opened].rstrip(" ,:")):
        return match["a"] or match["c"]
    return ""


def other_speaker(first: str, second: str) -> bool:
    """Whether two speakers are known to be different: no part of one's name is part of the other's.

    >>> other_speaker("Ann Roe", "Roe"), other_speaker("Ann Roe", "John Doe"), other_speaker("Ann Roe", "")
    (False, True, False)
    """
    return bool(first and second) and not set(first.split()) & set(second.split())


#: Characters that an ellipsis may leave out, and that words in brackets may stand for.
LEFT_OUT = 600
BRACKETED = 60
_ELLIPSIS = r"\[ ?(?:\.{3,4}|\. \. \.) ?\]|\( ?(?:\.{3,4}|\. \. \.) ?\)|\.{3,4}|\. \. \.(?: \.)?"
_MARKS = re.compile(rf"(?P<ellipsis>{_ELLIPSIS})|\[(?P<letter>\w)\](?=\w)|\[(?P<words>[^\[\]]{{0,120}})\]")
_REMARKS = {"sic", "emphasis added", "emphasis in original", "emphasis mine"}
_EDGE = " .,;:\"'()[]"
_BRANCHES = 6


@dataclass(frozen=True)
class QuotedPiece:
    """Words that must stand as they are, how many characters may stand between them and those before, and what the
    quoter put there in brackets."""

    text: str
    gap: int
    put_in: str = ""

    @property
    def folded(self) -> str:
        """The words as they are searched."""
        return fold(self.text)


def quoted_pieces(quotation: str) -> tuple[list[QuotedPiece], tuple[str, ...]]:
    """The pieces of a quotation, and what its writer put in brackets, which a person must judge.

    >>> quoted_pieces("“[The firm] cut access … without notice [sic].”")[0]
    [QuotedPiece(text='cut access', gap=60, put_in='The firm'), QuotedPiece(text='without notice', gap=600, put_in='')]
    """
    text = normalise(quotation).text
    found: list[QuotedPiece] = []
    brackets: list[str] = []
    gap, last, held, put_in = 0, 0, "", ""
    for match in _MARKS.finditer(text):
        held += text[last : match.start()]
        last = match.end()
        if match["letter"]:
            held += match["letter"]
            brackets.append(f"[{match['letter']}]")
            continue
        if match["words"] is not None and match["words"].casefold() in _REMARKS:
            held = held.rstrip(" ")
            continue
        if match["words"] is not None:
            brackets.append(match[0])
        if words := held.strip(_EDGE):
            found.append(QuotedPiece(words, gap, put_in))
            gap, put_in = 0, ""
        gap, held = gap + (LEFT_OUT if match["ellipsis"] else BRACKETED), ""
        put_in = f"{put_in} {match['words'] or ''}".strip()
    if words := (held + text[last:]).strip(_EDGE):
        found.append(QuotedPiece(words, gap, put_in))
    return found, tuple(brackets)


def chains(page: Normal, sought: list[QuotedPiece], start: int, stop: int) -> Iterator[list[tuple[int, int]]]:
    """Each way in which the pieces stand between two offsets, in order and within reach of one another."""
    text = page.folded
    at = start
    while sought and (at := find_words(text, sought[0].folded, at)) >= 0:
        end = at + len(sought[0].folded)
        if end > stop:
            return
        if (rest := _rest(text, sought[1:], end, stop)) is not None:
            yield [(at, end), *rest]
        at += 1


def _rest(text: str, sought: list[QuotedPiece], after: int, stop: int) -> list[tuple[int, int]] | None:
    if not sought:
        return []
    piece, at = sought[0], after
    for _ in range(_BRANCHES):
        at = find_words(text, piece.folded, at)
        end = at + len(piece.folded)
        if at < 0 or end > stop or at > after + piece.gap:
            return None
        if (rest := _rest(text, sought[1:], end, stop)) is not None:
            return [(at, end), *rest]
        at += 1
    return None


def differing_letters(ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    """The words that differ in case or accents so that they may be other words.

    A capital at a word's head is typography, and so are capitals throughout; an acronym or an accent is not.
    Both texts must fold to the same.

    >>> differing_letters("Tell us who RESIGNED", "tell US who resigned")
    (('us', 'US'), ('RESIGNED', 'resigned'))
    """
    if len(ours.split()) > 1 and (ours.isupper() or theirs.isupper()):
        return ()
    spans = [match.span() for match in WORD.finditer(fold(ours))]
    pairs = ((ours[start:stop], theirs[start:stop]) for start, stop in spans)
    return tuple((mine, other) for mine, other in pairs if _tail(mine) != _tail(other))


def _tail(word: str) -> str:
    return word[:1].casefold() + word[1:].replace('"', "'")


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
    return f"leaves out {may[0][0]!r}" if may and may[0][0].lower() not in put_in.lower() else ""


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
