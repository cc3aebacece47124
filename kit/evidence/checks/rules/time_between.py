"""The gate's rules on times between events: how far they lie apart, and which comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.fact_dates import FactDates, fact_dates, meet, spans_of
from kit.evidence.checks.fact_numbers import stems
from kit.evidence.checks.rule import Finding, place_of, rule
from kit.evidence.prose.sentences import Sentence
from kit.text.amounts import Amount, amounts
from kit.text.dates import printed_dates
from kit.text.days import Days
from kit.text.language import Language
from kit.text.language.language import alternatives

#: The days of a unit, and how far off words in it may be.
_UNITS = {"days": (1, 0.5), "weeks": (7, 3), "months": (30.44, 15), "years": (365.25, 60)}
#: So far from a bound that the words set may the time be: "nearly eight months", "more than a year".
_NEARLY, _OVER = 0.8, 1.5
#: So many words behind "before" tell which event is meant.
_ANCHOR = re.compile(r"(?:[ ’'][\w-]+){1,6}")


@rule("time-apart", "warning", "count the days and record the number, or correct the words")
def time_apart(context: CheckContext) -> Iterator[Finding]:
    """The words put another time between two days than the dates do.

    Only where the sentence has two dates of its own, printed or its facts', and where no cell computed the number.

    "Nine days after the raid" may count from any fact cited so far, "nine days later" from one in the same block.
    """
    facts = context.once(fact_dates)
    path, block = "", (0, 0)
    so_far: list[Days] = []
    in_block: list[Days] = []
    for where, sentence in context.prose():
        if where != path:
            path, block, so_far = where, (0, 0), []
        if block != (sentence.cell, sentence.block):
            block, in_block = (sentence.cell, sentence.block), []
        cited = [identity for identity in dict.fromkeys(sentence.cited) if identity in facts]
        here = _here(sentence, [facts[identity] for identity in cited])
        named = [span for identity in cited for span in facts[identity].named]
        for words, least, most, anchored in _told(sentence) if len(here) > 1 else ():
            others = [*named, *in_block, *(so_far if anchored else ())]
            if not any(_fits(one, other, least, most) for one, other in _pairs(here, others)):
                gaps = sorted({_gap(one, other) for one, other in _pairs(here, [])})
                found = f"says {words!r}; its dates are {' or '.join(gaps)} days apart"
                yield Finding(place_of(path, sentence), next(iter(cited), ""), found)
        so_far += here
        in_block += here


def _told(sentence: Sentence) -> Iterator[tuple[str, float, float, bool]]:
    """The times between two days that a sentence tells: the words, the days at least and at most, and whether they
    name what they count from."""
    text, language = sentence.ours, sentence.language
    computed = [(number.start, number.stop) for number in sentence.numbers]
    found = [one for one in amounts(text, language) if one.unit in _UNITS and one.kind == "count"]
    for at, amount in enumerate(found):
        way = _way(language).match(text, amount.stop)
        if not way or any(start <= amount.start < stop for start, stop in computed):
            continue
        least, most = _bounds(amount)
        start = amount.start
        if at and re.fullmatch(rf",? (?:{language.prose.joins}) ", text[found[at - 1].stop : start]):
            start = found[at - 1].start
            least, most = (a + b for a, b in zip(_bounds(found[at - 1]), (least, most), strict=True))
        anchored = bool(way["anchor"]) and way["way"].casefold() in language.prose.anchors
        yield text[start : way.end("way")], least, most, anchored
    for match in _one(language).finditer(text):
        days, slack = _UNITS[language.prose.distance_units[match["unit"].casefold()]]
        anchored = bool(match["anchor"]) and match["way"].casefold() in language.prose.anchors
        yield text[match.start() : match.end("way")], days - slack, days + slack, anchored
    for match in language.prose.distances.finditer(text):
        word = next((match[name] for name in ("next", "side", "last") if match[name]), "").casefold()
        if match["same"]:
            least, most = 0.0, 0.0
        elif unit := language.prose.distance_units.get(word):
            least, most = _UNITS[unit][0] - _UNITS[unit][1], _UNITS[unit][0] + _UNITS[unit][1]
        else:
            continue
        anchored = bool(match["anchor"]) and (match["way"] or "").casefold() in language.prose.anchors
        yield match[0].removesuffix(match["anchor"] or ""), least, most, anchored


@cache
def _way(language: Language) -> re.Pattern[str]:
    words = f"{language.prose.earlier}|{language.prose.later}"
    return re.compile(rf" (?P<way>{words})\b(?P<anchor> (?!and\b|but\b|it\b)[\w“‘])?", re.IGNORECASE)


@cache
def _one(language: Language) -> re.Pattern[str]:
    """One unit, told by an article: "a month later"."""
    units = alternatives(tuple(language.prose.distance_units))
    pattern = rf"(?<!\w)(?:{language.amounts.one}) (?P<unit>{units}){_way(language).pattern}"
    return re.compile(pattern, re.IGNORECASE)


def _bounds(amount: Amount) -> tuple[float, float]:
    days, slack = _UNITS[amount.unit]
    if amount.value is None:
        return float(amount.low or 0) * days - slack, float(amount.high or 0) * days + slack
    told = float(amount.value) * days
    if amount.low is not None:
        return told - slack, told * _OVER + slack
    if amount.high is not None:
        return told * _NEARLY - slack, told + slack
    return told - slack, told + slack


def _here(sentence: Sentence, cited: list[FactDates]) -> list[Days]:
    """The different dates of a sentence: its facts', and the days that it prints."""
    years = [year for fact in cited for year in fact.years][:1]
    days = printed_dates(sentence.ours, sentence.language)
    printed = [span for day in days if day.day for span in spans_of(day, years)]
    return list(dict.fromkeys([*(fact.own[0] for fact in cited), *printed]))


def _pairs(here: list[Days], others: list[Days]) -> Iterator[tuple[Days, Days]]:
    for at, one in enumerate(here):
        for other in (*here[at + 1 :], *others):
            yield one, other


def _fits(one: Days, other: Days, at_least: float, at_most: float) -> bool:
    """Whether two dates can lie that far apart, whichever comes first."""
    least, most = _between(one, other)
    return least <= at_most and at_least <= most


def _between(one: Days, other: Days) -> tuple[int, int]:
    if meet(one, other):
        return 0, max((one[1] - other[0]).days, (other[1] - one[0]).days)
    first, second = sorted((one, other))
    return (second[0] - first[1]).days, (second[1] - first[0]).days


def _gap(one: Days, other: Days) -> str:
    least, most = _between(one, other)
    return str(least) if least == most else f"{least} to {most}"


@rule(
    "order-turned", "warning", "put the events in the order of their dates, or correct the date that is wrong"
)
def order_turned(context: CheckContext) -> Iterator[Finding]:
    """The words put one event before another, and the dates put it after.

    Only where a sentence cites two facts with dates, and the words behind "before" or "after" are those of one of them.
    """
    facts = context.once(fact_dates)
    for path, sentence in context.prose():
        cited = [identity for identity in dict.fromkeys(sentence.cited) if identity in facts]
        if len(cited) != 2:
            continue
        words = sentence.language.prose
        for pattern, before in ((words.precedes, True), (words.follows, False)):
            units = [
                amount.stop for amount in amounts(sentence.text, sentence.language) if amount.unit in _UNITS
            ]
            for match in pattern.finditer(sentence.ours):
                if match.start() - 1 in units:
                    continue  # "nine days after" has a rule of its own
                behind = _ANCHOR.match(sentence.ours, match.end())
                anchor = _meant(behind[0] if behind else "", cited, facts)
                if not anchor:
                    continue
                other = cited[1 - cited.index(anchor)]
                (first, last), (start, stop) = facts[other].own[0], facts[anchor].own[0]
                if (first > stop) if before else (last < start):
                    told = f"{'before' if before else 'after'}"
                    found = f"{match[0]!r} puts {other} {told} {anchor}, and they are of {first} and {start}"
                    yield Finding(place_of(path, sentence), other, found)


def _meant(said: str, pair: list[str], facts: dict[str, FactDates]) -> str:
    """Which of two facts the first telling word is of, by its title rather than its texts; '' where none is of one alone."""
    one, other = (facts[identity] for identity in pair)
    for word in said.split():
        stem = stems(word)
        for first, second in ((one.title, other.title), (one.words, other.words)):
            if stem & (first ^ second):
                return pair[0] if stem & first else pair[1]
    return ""


RULES = (time_apart, order_turned)
