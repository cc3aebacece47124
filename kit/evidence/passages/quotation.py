"""A quotation taken apart: its words, what is left out between them, what its writer put in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kit.evidence.passages.nearest import find_words
from kit.text.language import ENGLISH, LANGUAGES
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
