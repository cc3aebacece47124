"""The gate's rules on names: spelled as the tables have them, and with the title that is theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, our_texts, place_of, rule
from kit.evidence.prose.sentences import Sentence
from kit.text.language import ENGLISH, Language
from kit.text.wording import listed

_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w]|[^\W\d_]")
#: Endings that a name takes in a sentence, and that make no other name of it.
_ENDINGS = ("", "s", "es", "n", "en", "’", "'", "’s", "'s")
#: So many letters may differ in a name of so many characters.
_SLIPS = ((12, 2), (6, 1))
_SURNAME = 6
#: A shorter word is another one when a letter differs: Doe, Roe.
_LONG_WORD = 5


def titles_of(name: str, text: str, *, surname: bool = False, language: Language = ENGLISH) -> set[str]:
    """The kinds of job title that ``text`` gives the person right beside the name: "CEO Ann Roe", "Ann Roe, its founder".

    With ``surname`` the surname alone counts too ("Judge Roe"). A title of someone else in the sentence does not.

    >>> sorted(titles_of("Ann Roe", "The port's co-founder Ann Roe said so; Ann Roe, then its chief executive, left."))
    ['chief executive', 'co-founder']
    """
    last = re.escape(name.rsplit(" ", 1)[-1])
    names = re.escape(name) + (rf"|(?<![\w] ){last}|(?<=[a-z] ){last}" if surname else "")
    titles = "|".join(
        f"(?P<t{number}>{forms})" for number, forms in enumerate(language.prose.job_titles.values())
    )
    kinds = list(language.prose.job_titles)
    found = set()
    for pattern, flags in (
        (rf"\b(?:{titles}){language.prose.title_before}(?:{names})\b", re.IGNORECASE),
        (rf"\b(?:{names}){language.prose.title_after}(?:{titles})\b", re.NOFLAG),
    ):
        for match in re.finditer(pattern, text, flags):
            found |= {kinds[int(group[1:])] for group, words in match.groupdict().items() if words}
    return found


def _titles_in(text: str, language: Language) -> set[str]:
    """The kinds of job title that a note gives."""
    return {
        kind
        for kind, forms in language.prose.job_titles.items()
        if re.search(rf"(?<!\w)(?:{forms})(?!\w)", text, re.IGNORECASE)
    }


@rule(
    "title-differs",
    "warning",
    "correct the title, or note in data/manual/actors.csv that the person had this one too",
)
def title_differs(context: CheckContext) -> Iterator[Finding]:
    """A person's title in the text is not the one in the tables.

    Only where the person's note, or some other text of the tables, says what the person is.
    """
    actors, events = context.case.table("actors"), context.case.table("events")
    texts = [*events["title"], *events["summary"], *events["note"], *context.case.table("replies")["answer"]]
    language = context.language
    for actor in actors[actors["kind"].eq("person")].to_dict("records"):
        name = actor["name"]
        known = _titles_in(actor["note"], language)
        for text in texts:
            known |= titles_of(name, text, language=language) if name in text else set()
        for each in (name, *actor["aliases"]):
            known |= titles_of(name, each, surname=True, language=language)
        surname = name.rsplit(" ", 1)[-1]
        for path, sentence in context.prose() if known or actor["note"] else ():
            if surname not in sentence.text or sentence.language is not language:
                continue
            if given := titles_of(name, sentence.prose, surname=True, language=language) - known:
                ours = listed(sorted(known)) if known else f"“{actor['note']}”"
                found = f"calls {name} {listed(sorted(given))}; the tables have {ours}"
                yield Finding(place_of(path, sentence), actor["id"], found)


@rule(
    "name-differs",
    "warning",
    "write the name as the tables have it, or add it there as an alias or as an actor",
)
def name_differs(context: CheckContext) -> Iterator[Finding]:
    """A name a letter or two off is somebody else's, and so is a surname with another first name.

    Names of actors with their aliases, of publishers and of authors; in our own words.
    """
    actors = context.case.table("actors")
    sources = context.case.table("sources")
    people = set(actors[actors["kind"].eq("person")]["name"])
    aliases = {alias for names in actors["aliases"] for alias in names}
    authors = {" ".join(reversed(name.split(", "))) for names in sources["authors"] for name in names}
    names = {
        name
        for name in {*actors["name"], *aliases, *sources["publisher"], *authors}
        if len(name) >= _SLIPS[-1][0]
    }
    spelled = _vocabulary(context) | {word.casefold() for name in names for word in name.split()}
    by_size: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        by_size[len(name.split())].append(name)
    by_size[1] += sorted({name.split()[-1] for name in people if len(name.split()[-1]) >= _SURNAME})
    first: dict[str, set[str]] = defaultdict(set)
    for name in (*people, *aliases, *authors):
        *firsts, last = name.split()
        first[last] |= set(firsts)
    for path, sentence in context.prose():
        for said, meant in dict.fromkeys(_off(sentence, by_size, spelled)):
            yield Finding(place_of(path, sentence), "", f"{said!r} is not quite {meant}")
        for said, meant in dict.fromkeys(_other_first(sentence, people, first, spelled)):
            yield Finding(
                place_of(path, sentence), "", f"{said!r} has the surname of {meant} and another first name"
            )


def _vocabulary(context: CheckContext) -> set[str]:
    """The words that our own tables spell."""
    texts = (text for name, column in our_texts(context.case) for text in context.case.table(name)[column])
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _off(sentence: Sentence, by_size: dict[int, list[str]], spelled: set[str]) -> Iterator[tuple[str, str]]:
    """What is nearly a name, and the name."""
    text = sentence.ours
    words = list(_WORD.finditer(text))
    for size, names in by_size.items():
        for at in range(len(words) - size + 1):
            start, stop = words[at].start(), words[at + size - 1].end()
            said = _POSSESSIVE.sub("", text[start:stop])
            if not said[0].isupper() or (
                size == 1 and (said.casefold() in spelled or not text[:start].strip())
            ):
                continue
            allowed = next((slips for length, slips in _SLIPS if len(said) >= length), 0)
            near = process.extractOne(
                said,
                names,
                scorer=Levenshtein.distance,
                score_cutoff=allowed if size > 1 else min(allowed, 1),
            )
            if near and near[1] and _slip(said, near[0]) and not any(_same(said, name) for name in names):
                yield said, near[0]


def _slip(said: str, name: str) -> bool:
    """Whether one word alone differs, a long one, and in more than its ending."""
    pairs = [
        (one, other)
        for one, other in zip(said.split(), name.split(), strict=False)
        if one.casefold() != other.casefold()
    ]
    return len(pairs) == 1 and len(pairs[0][1]) >= _LONG_WORD and not _same(*pairs[0])


_POSSESSIVE = re.compile(r"[’']s?$")


def _same(said: str, name: str) -> bool:
    """Whether two spellings differ in their case or an ending only."""
    one, other = said.casefold(), name.casefold()
    return any(one == other + ending or other == one + ending for ending in _ENDINGS)


def _other_first(
    sentence: Sentence, people: set[str], first: dict[str, set[str]], spelled: set[str]
) -> Iterator[tuple[str, str]]:
    """A capital word before a person's surname that is no first name, title or honorific of theirs."""
    language, text = sentence.language, sentence.ours
    if language.nouns_capital or not language.judged:
        return
    titles = "|".join(language.prose.job_titles.values())
    for match in re.finditer(r"(?<![\w.-])(?P<first>[A-ZÀ-Þ][a-zà-ÿ-]+) (?P<last>[A-ZÀ-Þ][\w’-]+)", text):
        word, last = match["first"], _POSSESSIVE.sub("", match["last"])
        owner = next(
            (name for name in sorted(people) if name.endswith(f" {last}") and len(name.split()) == 2), ""
        )
        if not owner or word in first[last] or word.casefold() in spelled | language.prose.starters:
            continue
        known = word.casefold() in language.prose.abbreviations or re.fullmatch(titles, word, re.IGNORECASE)
        if not known and not any(Levenshtein.distance(word, other) <= 2 for other in first[last]):
            yield match[0], owner


RULES = (title_differs, name_differs)
