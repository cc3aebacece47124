"""The gate's rules on wording: what our words say beyond the tables and their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place, place_of, rule
from kit.evidence.prose.classification import name_finder
from kit.evidence.prose.sentences import Sentence
from kit.tables.declarations import fact_tables
from kit.text.language import ENGLISH, Language
from kit.text.language.prose.words import StrongVerb

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
#: Fewer characters than this in italics are a word that is named, not one that is used.
_A_WORD = 30


@cache
def _patterns(language: Language) -> list[tuple[StrongVerb, re.Pattern[str]]]:
    return [
        (verb, re.compile(rf"\b(?:{verb.forms})\b", re.IGNORECASE)) for verb in language.prose.strong_verbs
    ]


def strong_verbs(text: str, language: Language = ENGLISH) -> list[tuple[re.Match[str], StrongVerb]]:
    """Each strong verb in the text, where it stands, in order of the language's list.

    >>> [(found[0], verb.plainer) for found, verb in strong_verbs("The firm admitted it.")]
    [('admitted', 'said, confirmed')]
    """
    return [(match, verb) for verb, pattern in _patterns(language) for match in pattern.finditer(text)]


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
        for found in _stronger(_unquoted(sentence), theirs, sentence.language):
            yield Finding(place_of(path, sentence), next(iter(sentence.cited), ""), found)
    for event in context.case.table("events").to_dict("records"):
        for field in ("title", "summary"):
            text = _QUOTED.sub(" ", event[field])
            for found in _stronger(text, words.get(event["id"], ""), context.language):
                yield Finding(place("events", event["id"], field), event["id"], found)


def _stronger(text: str, theirs: str, language: Language) -> Iterator[str]:
    for match, verb in strong_verbs(text, language):
        before = re.split(r"[.;:]", text[: match.start()])[-1]
        if not language.prose.negation.search(before) and not re.search(verb.stem, theirs, re.IGNORECASE):
            yield f"{match[0]!r} adds {verb.adds}; plainer: {verb.plainer}"


def _unquoted(sentence: Sentence) -> str:
    """The sentence without what it quotes or names as a word in italics."""
    named = (span for span in sentence.emphasis if span.stop - span.start < _A_WORD)
    return "" if sentence.kind == "quotation" else sentence.prose_without(*sentence.quotations, *named)


@rule(
    "accusation-unsupported",
    "warning",
    "use the source's own word, cite the fact that says so, or say who accuses in quotation marks",
)
def accusation_unsupported(context: CheckContext) -> Iterator[Finding]:
    """A word that accuses needs a source that uses it.

    Looked for in our own words: beside a mark, where neither the fact nor its sources have the word; without a mark,
    where the sentence names an actor.
    """
    evidence = context.case.table("evidence")
    words = (
        (evidence["says"] + " " + evidence["start"] + " " + evidence["end"])
        .groupby(evidence["record"])
        .agg(" ".join)
    )
    titles = context.case.table("sources").set_index("id")["title"]
    languages = context.case.table("sources").set_index("id")["language"].str.split("-").str[0]
    sources = evidence.groupby("record")["source"].agg(list)
    rows = {
        row["id"]: row
        for table in fact_tables(context.case.schema)
        for row in context.case.table(table).to_dict("records")
    }
    actors = name_finder(
        form for row in context.case.table("actors").itertuples() for form in (row.name, *row.aliases)
    )
    for path, sentence in context.prose():
        text = _unquoted(sentence)
        if sentence.kind == "heading" or sentence.language is not context.language:
            continue
        theirs = [
            _texts(rows.get(identity, {})) + " " + words.get(identity, "") for identity in sentence.cited
        ]
        ids = {source for identity in sentence.cited for source in sources.get(identity, [identity])}
        if ids and not any(languages.get(id) == sentence.language.code for id in ids):
            continue  # what a source says in another language has other words
        said = " ".join([*theirs, *(titles.get(id, "") for id in sorted(ids))])
        for forms, stem in sentence.language.prose.accusations.items():
            match = re.search(rf"(?<![\w-])(?:{forms})(?![\w-])", text, re.IGNORECASE)
            if not match or sentence.language.prose.negation.search(
                re.split(r"[.;:]", text[: match.start()])[-1]
            ):
                continue
            if sentence.cited and not re.search(stem, said, re.IGNORECASE):
                found = f"{match[0]!r} accuses, and nothing that is cited has the word"
            elif not sentence.cited and (actor := actors.search(text)):
                found = f"{match[0]!r} accuses beside the name of {actor[0]}, and no mark says who says so"
            else:
                continue
            yield Finding(place_of(path, sentence), next(iter(sentence.cited), ""), found)


def _texts(row: Mapping[str, Any]) -> str:
    return " ".join(cell for cell in row.values() if isinstance(cell, str))


@rule("claim-as-fact", "warning", "say in the sentence who claims it, or that it is not so")
def claim_as_fact(context: CheckContext) -> Iterator[Finding]:
    """What others claim, and we found contradicted, is told as if it were so."""
    claims = context.case.table("claims").set_index("id")["verdict"]
    false = set(claims.index[claims.isin(("contradicted", "unsupported"))])
    for path, sentence in context.prose():
        words, text = sentence.language.prose, f"{sentence.text} {sentence.context}"
        if not sentence.language.judged or sentence.kind == "quotation":
            continue
        told = words.anonymous.sub(" ", words.undisputed.sub(" ", text))
        if any(look.search(told) for look in (words.attribution, words.contradiction, words.negation)):
            continue
        for identity in dict.fromkeys(sentence.cited):
            if identity in false:
                found = f"cites a claim that we found {claims[identity]}, and tells it as it was claimed"
                yield Finding(place_of(path, sentence), identity, found)


@rule("plan-as-done", "warning", "say that it is planned, expected or proposed, or record that it was done")
def plan_as_done(context: CheckContext) -> Iterator[Finding]:
    """What somebody means to do is told as done.

    Events whose own title says that they are planned, beside a sentence with no word of a plan.
    """
    possible = re.compile(rf"(?<!\w)(?:{context.language.passages.possible})(?!\w)", re.IGNORECASE)
    events = context.case.table("events").set_index("id")["title"]
    says = re.compile(rf"(?<!\w)(?:{context.language.prose.speech_verbs})(?!\w)", re.IGNORECASE)
    planned = {  # what somebody says of what will be was said: the event is the saying
        identity: title
        for identity, title in events.items()
        if possible.search(title) and not says.search(title)
    }
    for path, sentence in context.prose():
        words = sentence.language.prose
        for identity in dict.fromkeys(sentence.cited):
            told = sentence.language.judged and not words.planned.search(sentence.text)
            if identity in planned and told and not words.negation.search(sentence.ours):
                found = f"tells as done what {identity} has as planned: {planned[identity]}"
                yield Finding(place_of(path, sentence), identity, found)


RULES = (plan_as_done, claim_as_fact, accusation_unsupported, verb_stronger)
