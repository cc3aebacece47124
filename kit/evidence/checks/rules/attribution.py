"""The gate's rules on attribution: who says so, in which words, and under which title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, place_of, rule
from kit.evidence.prose.sentences import Sentence
from kit.text.language import ENGLISH
from kit.text.language.language import JudgedLanguage, StrongVerb
from kit.text.wording import listed

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
#: Fewer characters than this in italics are a word that is named, not one that is used.
_A_WORD = 30


def titles_of(name: str, text: str, *, surname: bool = False, language: JudgedLanguage = ENGLISH) -> set[str]:
    """The kinds of job title that ``text`` gives the person right beside the name: "CEO Ann Roe", "Ann Roe, its founder".

    With ``surname`` the surname alone counts too ("Judge Roe"). A title of someone else in the sentence does not.

    >>> sorted(titles_of("Ann Roe", "The port's co-founder Ann Roe said so; Ann Roe, then its chief executive, left."))
    ['chief executive', 'co-founder']
    """
    last = re.escape(name.rsplit(" ", 1)[-1])
    names = re.escape(name) + (rf"|(?<![\w] ){last}|(?<=[a-z] ){last}" if surname else "")
    titles = "|".join(f"(?P<t{number}>{forms})" for number, forms in enumerate(language.job_titles.values()))
    kinds = list(language.job_titles)
    found = set()
    for pattern, flags in (
        (rf"\b(?:{titles}){language.title_before}(?:{names})\b", re.IGNORECASE),
        (rf"\b(?:{names}){language.title_after}(?:{titles})\b", re.NOFLAG),
    ):
        for match in re.finditer(pattern, text, flags):
            found |= {kinds[int(group[1:])] for group, words in match.groupdict().items() if words}
    return found


@cache
def _patterns(language: JudgedLanguage) -> list[tuple[StrongVerb, re.Pattern[str]]]:
    return [(verb, re.compile(rf"\b(?:{verb.forms})\b", re.IGNORECASE)) for verb in language.strong_verbs]


def strong_verbs(text: str, language: JudgedLanguage = ENGLISH) -> list[tuple[re.Match[str], StrongVerb]]:
    """Each strong verb in the text, where it stands, in order of the language's list.

    >>> [(found[0], verb.plainer) for found, verb in strong_verbs("The firm admitted it.")]
    [('admitted', 'said, confirmed')]
    """
    return [(match, verb) for verb, pattern in _patterns(language) for match in pattern.finditer(text)]


class _Names:
    """Who may stand behind a fact, by each name that a reader would know them by."""

    def __init__(self, context: CheckContext) -> None:
        self.nobody = context.language.nobody
        actors = context.case.table("actors")
        self.forms = {row["name"]: {row["name"], *row["aliases"]} for row in actors.to_dict("records")}
        people = actors[actors["kind"].eq("person")]["name"]
        for name in people:
            self.forms[name].add(name.rsplit(" ", 1)[-1])
        self.parties = context.case.table("participants").groupby("event")["actor"].agg(set)
        self.by_id = actors.set_index("id")["name"]
        self.publishers = context.case.table("sources").set_index("id")["publisher"]
        self.made_by = (
            context.case.table("evidence").query("stance == 'supports'").groupby("record")["source"].agg(list)
        )

    def of(self, event: pd.Series) -> set[str]:
        """The names and words that ``attributed_to`` gives, and the publishers of what supports the event.

        Those of the parties to the event are left out: a sentence names them anyhow, as those who did it.
        """
        given = event["attributed_to"]
        found = {
            form for forms in self.forms.values() if any(_stands(f, given) for f in forms) for form in forms
        }
        parts = re.split(r"[;,()]| via | and | from |[’']s\b", given)
        bare = (self.nobody.sub(" ", part).strip() for part in parts)
        found |= {" ".join(part.split()) for part in bare if re.search(r"[A-Z0-9]", part)}
        found |= {self.publishers[source] for source in self.made_by.get(event["id"], [])}
        parties = {self.by_id[actor] for actor in self.parties.get(event["id"], ()) if actor in self.by_id}
        return found - {form for party in parties for form in self.forms[party]}


def _stands(name: str, text: str) -> bool:
    return bool(name) and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if name.islower() else 0)
    )


def _cited(context: CheckContext, *standing: str) -> Iterator[tuple[str, Sentence, pd.Series]]:
    """Each sentence that cites an event of that standing."""
    events = context.case.table("events").set_index("id", drop=False)
    chosen = events[events["status"].isin(standing)]
    for path, sentence in context.prose():
        for identity in dict.fromkeys(sentence.cited):
            if identity in chosen.index:
                yield path, sentence, chosen.loc[identity]


def _unattributed(context: CheckContext, *standing: str) -> Iterator[Finding]:
    names = _Names(context)
    for path, sentence, event in _cited(context, *standing):
        text = f"{sentence.text} {sentence.context}"
        if not context.language.attribution.search(text) and not any(
            _stands(name, text) for name in names.of(event)
        ):
            yield Finding(
                place_of(path, sentence),
                event["id"],
                f"cites what is {event['status']} by {event['attributed_to']}, and names nobody who says so",
            )


@rule("alleged-as-fact", "error", "say in the sentence who alleges it")
def alleged_as_fact(context: CheckContext) -> Iterator[Finding]:
    """What somebody alleges is told as if it were settled."""
    return _unattributed(context, "alleged")


@rule("reported-as-fact", "warning", "say in the sentence who reports it, or that it is reported")
def reported_as_fact(context: CheckContext) -> Iterator[Finding]:
    """What somebody reports is told as if it were settled."""
    return _unattributed(context, "reported", "disputed", "denied")


@rule("denial-left-out", "warning", "say in the sentence, or in the next, who denies or disputes it")
def denial_left_out(context: CheckContext) -> Iterator[Finding]:
    """What is denied or disputed is told from one side."""
    for path, sentence, event in _cited(context, "denied", "disputed"):
        beside = [other.text for other in context.sentences[path] if _beside(other, sentence)]
        if not any(context.language.contradiction.search(text) for text in beside):
            found = f"cites what is {event['status']}, and does not say so"
            yield Finding(place_of(path, sentence), event["id"], found)


def _beside(other: Sentence, sentence: Sentence) -> bool:
    same_block = (other.cell, other.block) == (sentence.cell, sentence.block)
    return same_block and 0 <= other.position - sentence.position <= 1


@rule(
    "verb-stronger",
    "notice",
    "use the source's own verb, or the plainer one; leave it where the source says just that",
)
def verb_stronger(context: CheckContext) -> Iterator[Finding]:
    """The verb says more than a source may have said.

    Looked for in our own words, in prose and in the events' texts, and in the fact's sources as far as quoted.
    """
    rows = context.case.table("evidence").astype({"record": str})
    words = (rows["says"] + " " + rows["start"] + " " + rows["end"]).groupby(rows["record"]).agg(" ".join)
    for path, sentence in context.prose():
        theirs = " ".join(words.get(identity, "") for identity in sentence.cited)
        for found in _stronger(_unquoted(sentence), theirs, context.language):
            yield Finding(place_of(path, sentence), next(iter(sentence.cited), ""), found)
    for event in context.case.table("events").to_dict("records"):
        for field in ("title", "summary"):
            text = _QUOTED.sub(" ", event[field])
            for found in _stronger(text, words.get(event["id"], ""), context.language):
                yield Finding(place("events", event["id"], field), event["id"], found)


def _stronger(text: str, theirs: str, language: JudgedLanguage) -> Iterator[str]:
    for match, verb in strong_verbs(text, language):
        before = re.split(r"[.;:]", text[: match.start()])[-1]
        if not language.negation.search(before) and not re.search(verb.stem, theirs, re.IGNORECASE):
            yield f"{match[0]!r} adds {verb.adds}; plainer: {verb.plainer}"


def _unquoted(sentence: Sentence) -> str:
    """The sentence without what it quotes or names as a word in italics."""
    named = (span for span in sentence.emphasis if span.stop - span.start < _A_WORD)
    return sentence.prose_without(*sentence.quotations, *named)


@rule(
    "title-differs",
    "warning",
    "correct the title, or note in data/manual/actors.csv that the person had this one too",
)
def title_differs(context: CheckContext) -> Iterator[Finding]:
    """A person's title in the text is not the one in the tables.

    Only where some text of the tables gives the person a title.
    """
    actors, events = context.case.table("actors"), context.case.table("events")
    texts = [*events["title"], *events["summary"], *events["note"], *context.case.table("replies")["answer"]]
    language = context.language
    for actor in actors[actors["kind"].eq("person")].to_dict("records"):
        name = actor["name"]
        known = titles_of(name, f"{name}, {actor['note']}", language=language)
        for text in texts:
            known |= titles_of(name, text, language=language) if name in text else set()
        for each in (name, *actor["aliases"]):
            known |= titles_of(name, each, surname=True, language=language)
        surname = name.rsplit(" ", 1)[-1]
        for path, sentence in context.prose() if known else ():
            if surname not in sentence.text:
                continue
            if given := titles_of(name, sentence.prose, surname=True, language=language) - known:
                found = f"calls {name} {listed(sorted(given))}; the tables have {listed(sorted(known))}"
                yield Finding(place_of(path, sentence), actor["id"], found)


RULES = (alleged_as_fact, reported_as_fact, denial_left_out, verb_stronger, title_differs)
