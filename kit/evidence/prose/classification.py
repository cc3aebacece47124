"""Whether a sentence of ours states a fact, so that a reader may ask how we know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from kit.evidence.prose.sentences import Sentence
from kit.text.dates import date_mentions
from kit.text.language import Language
from kit.text.language.language import alternatives

#: What a statement may hold that a checker looks at first.
STATEMENT_KINDS = ("name", "title", "number", "quotation", "date", "document")


def name_finder(names: Iterable[str]) -> re.Pattern[str]:
    """What finds any of ``names`` as whole words, the longest first; a name of one letter is none."""
    known = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)")


def statement_kinds(
    sentence: Sentence,
    names: re.Pattern[str],
    documents: Collection[str] = frozenset(),
) -> tuple[str, ...]:
    """The kinds of `STATEMENT_KINDS` that a sentence has, in their order; ``documents`` are the ids of sources that are one.

    >>> sentence = Sentence(1, 1, 1, "paragraph", "Chief executive Ann Roe wrote on 3 May 2021 of 38 boxes.")
    >>> statement_kinds(sentence, name_finder(["Ann Roe"]))
    ('name', 'title', 'number', 'date')
    """
    text, language = sentence.prose, sentence.language
    dates, words = date_mentions(language), language.prose
    one = re.search(rf"\b(?:{alternatives(language.spelled[1:2])})\b", text, re.IGNORECASE)
    has = {
        "name": bool(names.search(text)),
        "title": bool(words.titles.search(text)),
        "number": bool(sentence.numbers or one or _counts(language).search(dates.sub(" ", text))),
        "quotation": bool(sentence.quotations),
        "date": bool(dates.search(text) or _weekdays(language).search(text)),
        "document": bool(words.documents.search(text) or set(sentence.cited) & set(documents)),
    }
    return tuple(kind for kind in STATEMENT_KINDS if has[kind])


@cache
def _counts(language: Language) -> re.Pattern[str]:
    """What finds a number in digits or in words, "one" aside."""
    spelled = alternatives(language.spelled[2:])
    return re.compile(
        rf"(?<![\w-])\d[\d,.]*(?:%|\b)|[$€£]\d|\b(?:{spelled}|{language.prose.many})\b", re.IGNORECASE
    )


@cache
def _weekdays(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(language.weekdays)})(?!\w)")


#: So many words without a verb that we know are taken for a sentence all the same.
_LONG = 8
#: So many words in bold are a claim, fewer a label.
_CLAIM = 4


def states_fact(sentence: Sentence, names: Collection[str] = ()) -> bool:
    """Whether the sentence states a fact that needs evidence: a rule of thumb, on the side of saying yes.

    Yes for what cites, prints a computed number or quotes two words or more, and for what has a verb (or eight words)
    and a name, a date, a quantity, a party or paper, a denial, or the past tense; in a table's cell a quantity or a
    denial is enough. So is a claim of four words or more that is strong as a whole. No for headings, questions,
    instructions, and for the notebook's words on its own cells, charts and tables, unless a denial or a name follows.
    ``names`` are actors known to the case: without them a name at the head of a sentence may pass for a common word.

    >>> of = lambda text: Sentence(1, 1, 1, "paragraph", text)
    >>> states_fact(of("The office paid the Harbour Post in March.")), states_fact(of("Who paid?"))
    (True, False)
    >>> states_fact(of("The next cell counts the pages.")), states_fact(of("Roe paid."), {"Roe"})
    (False, True)
    """
    whole, words = sentence.prose.strip(), sentence.language.prose
    text = words.label.sub("", whole).strip()
    if (
        sentence.kind == "heading"
        or not any(c.isalnum() for c in text)
        or text.rstrip("”’»\")'").endswith("?")
    ):
        return False
    first = re.split(r"\W", text, maxsplit=1)[0].casefold()
    if words.to_reader.search(text) or (first in words.orders and not sentence.cited):
        return False
    if words.on_itself.match(text) or (text != whole and words.on_a_chart.match(text)):
        return any(
            words.verbs.search(part)
            and (words.denials.search(part) or _names_someone(part, names, sentence.language))
            for part in words.goes_on.split(text)[1:]
        )
    if sentence.citations or sentence.numbers:
        return True
    if any(len(sentence.words(span).split()) > 1 for span in sentence.quotations):
        return True
    if sentence.kind == "table cell" and (
        _counts(sentence.language).search(text) or words.denials.search(text)
    ):
        return True
    if sentence.kind == "headline":
        return True  # a chart's says what it shows
    if not words.verbs.search(text) and len(text.split()) < _LONG:
        return False
    return _wholly_strong(sentence) or _about(text, names, sentence.language)


def _wholly_strong(sentence: Sentence) -> bool:
    """Whether all of the sentence is strong, as the claim is that begins an item."""
    whole = any((span.start, span.stop) == (0, len(sentence.text)) for span in sentence.strong)
    return whole and len(sentence.text.split()) >= _CLAIM


def _about(text: str, names: Collection[str], language: Language) -> bool:
    """Whether the words speak of something outside the notebook."""
    words = language.prose
    looks = (
        _counts(language), date_mentions(language), _weekdays(language), words.multiples,
        words.parties, words.denials, words.past,
    )  # fmt: skip
    return any(look.search(text) for look in looks) or _names_someone(text, names, language)


def _names_someone(text: str, names: Collection[str], language: Language) -> bool:
    words = (match[0].casefold().removesuffix("’s") for match in language.prose.names.finditer(text))
    if any(word not in language.prose.no_names and word not in language.calendar for word in words):
        return True
    head = re.split(r"’s\b|[^\w-]", text, maxsplit=1)[0]
    return head in names or any(text.startswith(f"{name} ") for name in names)
