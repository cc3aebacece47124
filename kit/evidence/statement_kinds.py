"""What a checker has to look at in a statement: names, titles, numbers, quotations, dates, documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kit.evidence.days import MENTION
from kit.evidence.prose import Sentence

KINDS = ("name", "title", "number", "quotation", "date", "document")
_TITLE = re.compile(
    r"\b(?:chief(?: [a-z]+){0,3}(?: officer| executive)?|executives?|presidents?|chair(?:man|woman|person)?|"
    r"(?:co-?)?founders?|spokes(?:person|man|woman|people)|directors?|heads? of|managers?|engineers?|researchers?|"
    r"judges?|lawyers?|attorneys?|senators?|ministers?|commissioners?|professors?|editors?|reporters?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?<![\w-])\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"dozens?|hundreds?|thousands?|half|twice|percent|per cent)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DOCUMENT = re.compile(
    r"\b(?:memos?|letters?|complaints?|filings?|rulings?|judg(?:e)?ments?|orders?|contracts?|agreements?|terms|clauses?|"
    r"polic(?:y|ies)|e-?mails?|papers|statements?|reports?|articles?|posts?|surveys?|notices?)\b",
    re.IGNORECASE,
)


def name_finder(names: Iterable[str]) -> re.Pattern[str]:
    """What finds any of ``names`` as whole words, the longest first; a name of one letter is none."""
    known = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)")


def kinds(
    sentence: Sentence, names: re.Pattern[str], documents: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """The kinds of `KINDS` that a sentence has, in their order; ``documents`` are the ids of sources that are one.

    >>> said = Sentence(1, 1, 1, "paragraph", "Chief executive Ann Roe wrote on 3 May 2021 of 38 boxes.")
    >>> kinds(said, name_finder(["Ann Roe"]))
    ('name', 'title', 'number', 'date')
    """
    text = sentence.prose
    undated = MENTION.sub(" ", text)
    has = {
        "name": bool(names.search(text)),
        "title": bool(_TITLE.search(text)),
        "number": bool(sentence.numbers or _QUANTITY.search(undated)),
        "quotation": bool(sentence.quotations),
        "date": bool(MENTION.search(text) or _WEEKDAY.search(text)),
        "document": bool(_DOCUMENT.search(text) or set(sentence.cited) & set(documents)),
    }
    return tuple(kind for kind in KINDS if has[kind])
