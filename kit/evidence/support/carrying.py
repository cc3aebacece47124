"""Whether a passage carries the fact it is cited for: its numbers, its day, who it is about, and that it happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kit.evidence.support.dates import day_stands, day_wanted, other_days
from kit.evidence.support.figures import figures, stands_there
from kit.evidence.support.question import CitedFact, Surroundings, folded_name
from kit.tables.cells import split_list
from kit.text.amounts import unit_of
from kit.text.language import ENGLISH, Language
from kit.text.translations.phrases import IN_ENGLISH, Phrases
from kit.text.wording import listed

#: What a passage may be found to do; what it may be missing.
VERDICTS = ("carries", "part", "lacks", "not-judged")
PARTS = ("number", "unit", "day", "who", "modality")

_CLAUSE = re.compile(r"[;:!?()–—]|,(?!\d)|(?<!\d)\.")
#: At the head of a sentence, somebody or something that was named before: "The ferry failed".
_DESCRIBED = re.compile(
    r"(?:^|[.!?…] )(?:The|This|Th[eo]se|D[ie]e?[ers]?|Das|Diese[rs]?|L[ea]s?|Ce(?:tte|s)?|El|Los|Est[aeo]s?) [a-zß-ÿ]|^D(?:er|ie|as) [A-Z]"
)
_CONFIRMED = ("", "confirmed")
_WORDS = {
    "number": "the number",
    "unit": "the unit",
    "day": "the day",
    "who": "who it is about",
    "modality": "that it happened",
}


def missing_words(missing: str, say: Phrases = IN_ENGLISH) -> str:
    """What is missing, as a ledger has it, in words of the language of ``say``.

    >>> missing_words("number; day")
    'the number and the day'
    """
    return say.listed([say(_WORDS[part]) for part in split_list(missing)])


def carrying_sentence(verdict: str, missing: str = "", say: Phrases = IN_ENGLISH) -> str:
    """A sentence on what a passage that stands there carries, as a ledger has it; '' where nobody looked.

    >>> carrying_sentence("part", "day"), carrying_sentence("carries"), carrying_sentence("")
    ('It carries a part of the fact; missing: the day.', 'It carries the fact.', '')
    """
    match verdict:
        case "carries":
            return say("It carries the fact.")
        case "part":
            return say("It carries a part of the fact; missing: {parts}.", parts=missing_words(missing, say))
        case "lacks":
            return say("It does not carry the fact; missing: {parts}.", parts=missing_words(missing, say))
        case "not-judged":
            return say("Whether it carries the fact was not judged.")
    return ""


@dataclass(frozen=True)
class Carrying:
    """What a passage was found to do, which of `PARTS` it is missing, and what was looked for."""

    verdict: str
    missing: tuple[str, ...] = ()
    why: str = ""


def carrying(
    passage: str, fact: CitedFact, around: Surroundings | None = None, language: Language | None = ENGLISH
) -> Carrying:
    """Whether ``passage`` carries ``fact``: one of `VERDICTS` with the parts that are missing.

    ``lacks``: no number of the fact stands there, or not the day that the row is about, or nothing at all. ``part``:
    something is missing. ``not-judged``: the fact has nothing to look for, or, with ``language`` ``None``, what is
    missing may be told in words that the kit does not know; digits, ISO dates and names are looked for all the same. Nor is
    what the page would tell that is not known: its day, for a weekday, or the paragraph before, for a pronoun.

    >>> from decimal import Decimal
    >>> fine = CitedFact(value=Decimal(2300000), unit="eur", actors=(("Harbour Office",),))
    >>> carrying("The Harbour Office paid 2.3 million euros.", fine).verdict
    'carries'
    >>> carrying("The Harbour Office paid €2.3 billion.", fine)
    Carrying(verdict='lacks', missing=('number',), why='looked for 2,300,000 eur')
    """
    around = around or Surroundings()
    asked: dict[str, list[bool]] = {}
    looked: list[str] = []
    unknown: dict[str, str] = {}
    wanted = figures(fact, passage, language)
    found = [stands_there(figure, passage, language) for figure in wanted]
    if wanted:
        asked["number"] = [state != "" for state in found]
        looked += [str(figure) for figure, state in zip(wanted, found, strict=True) if state != "whole"]
    missing = [] if all(asked.get("number", [])) else ["number"]
    if "bare" in found:
        missing.append("unit")
    span, demanded = day_wanted(fact)
    if span and (demanded or (not wanted and fact.field == "")):
        stands = day_stands(span, fact, passage, around, language)
        if stands is None:
            unknown["day"] = "the page's own day, by which it tells the day"
        else:
            asked["day"] = [stands]
        if stands is False:
            missing.append("day")
            looked.append(span.text)
    elif span and wanted and unit_of(fact.unit) != "years" and other_days(span, passage, language):
        missing.append("day")
        looked.append(span.text)
    if fact.actors:
        named = _named(fact, passage, around, language)
        if named is None:
            unknown["who"] = "what stands before it on the page, by which it tells who"
        else:
            asked["who"] = [named]
        if named is False:
            missing.append("who")
            looked.append(" or ".join(names[0] for names in fact.actors))
    unsure = _unsure(passage, fact, language) if language else ""
    if unsure:
        missing.append("modality")
    if not asked and not unknown:
        return Carrying("not-judged", why="the fact has no number, day or actor to look for")
    why = listed([f"looked for {'; '.join(looked)}"] * bool(looked) + [f"it says “{unsure}”"] * bool(unsure))
    if missing and language is None:
        return Carrying(
            "not-judged", tuple(missing), f"{why}; the words of the passage's language are not known"
        )
    nothing = len(asked) > 1 and not any(any(states) for states in asked.values())
    bare = "number" in asked and not any(asked["number"])
    if nothing or bare or (demanded and "day" in asked and not asked["day"][0]):
        return Carrying("lacks", tuple(missing), why)
    if unknown and not missing:
        return Carrying("not-judged", tuple(unknown), f"not known: {listed([*unknown.values()])}")
    return Carrying("part" if missing else "carries", tuple(missing), why)


def _named(fact: CitedFact, passage: str, around: Surroundings, language: Language | None) -> bool | None:
    """Whether one of the actors is named near by, or meant by a pronoun of the passage; ``None`` where that cannot be seen.

    Near are what stands of the passage's first sentence before it and, unless the passage is about others whom
    the tables know, the headline.
    """
    before = around.before or ""
    sentence = "" if re.search(r"[.!?…]\W*$", before) else re.split(r"[.!?…]\s", before)[-1]
    ours = [name for names in fact.actors for name in names]
    near, others = f"{sentence} {passage}", False
    if fact.others:  # "Clinic" is not North Clinic where South Clinic is told of
        others = any(match[0] not in ours for match in fact.others.finditer(near))
        near = fact.others.sub(lambda match: match[0] if match[0] in ours else "…", near)
    if any(_stands(name, near) for name in ours):
        return True
    if not others and any(_stands(name, around.headline) for name in ours):
        return True
    if around.before is None:
        return None
    if not any(_stands(name, before) for name in ours):
        return False
    if language is None or re.search(rf"(?i)(?<!\w)(?:{language.passages.pronouns})(?!\w)", passage):
        return True
    return not others and bool(_DESCRIBED.search(passage))


def _stands(name: str, text: str) -> bool:
    """Whether the text has the name, without its article or accents, or, of several words, the last with its capital."""
    bare = re.sub(r"^(?:the|der|die|das|les?|la|el|los|las|l['’]) ?", "", name, flags=re.IGNORECASE)
    last = bare.rsplit(" ", 1)[-1]
    if re.search(rf"(?<!\w){re.escape(folded_name(bare))}(?:['’]?s)?(?!\w)", folded_name(text)):
        return True
    return (
        " " in bare
        and last[:1].isupper()
        and bool(re.search(rf"(?<!\w){re.escape(last)}(?:['’]?s)?(?!\w)", text))
    )


def _unsure(passage: str, fact: CitedFact, language: Language) -> str:
    """The word by which the passage tells as possible, planned or alleged what the fact is told as done; '' for none."""
    words = language.passages
    kinds = ("possible", "alleged") if fact.status in _CONFIRMED else ("possible",)
    open_words = (*kinds, "announced")
    if not fact.wording or any(
        _unsure_words(each, open_words).search(fact.wording) for each in (fact.language, language)
    ):
        return ""
    found = _unsure_words(language, kinds).search(_telling(passage, fact.wording, words.speech))
    return found[0] if found else ""


@cache
def _unsure_words(language: Language, kinds: tuple[str, ...]) -> re.Pattern[str]:
    """The words of a language that say as possible, planned or alleged what happened."""
    words = "|".join(getattr(language.passages, kind) for kind in kinds)
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")


def _telling(passage: str, wording: str, speech: str) -> str:
    """The clause of the passage that tells the fact: the one that shares most with its wording, or the longest."""
    clauses = [clause for clause in _CLAUSE.split(passage) if clause.strip()]
    spoken = re.compile(rf"(?i)(?<!\w)(?:{speech})(?!\w)")
    told = {word[:5] for word in re.findall(r"[^\W\d_]{4,}", wording.casefold())}

    def weight(clause: str) -> tuple[int, bool, int]:
        shared = told & {word[:5] for word in re.findall(r"[^\W\d_]{4,}", clause.casefold())}
        return len(shared), not spoken.search(clause), len(clause)

    return max(clauses, key=weight, default="")
