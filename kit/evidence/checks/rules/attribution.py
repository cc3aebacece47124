"""The gate's rules on attribution: who says so, and who says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, place_of, rule
from kit.evidence.prose.sentences import Sentence
from kit.tables.declarations import fact_tables
from kit.text.language import ENGLISH
from kit.text.wording import listed

_UNSETTLED = ("alleged", "reported", "disputed", "denied")
_ARTICLE = re.compile(r"^(?:The|Le|La|Les|El|Los|Las|Der|Die|Das|L[’'])\s?")


class _Names:
    """Who may stand behind a fact, by each name that a reader would know them by."""

    def __init__(self, context: CheckContext) -> None:
        self.nobody = context.language.prose.nobody
        self.denials = [each.prose.contradiction for each in {context.language, ENGLISH}]
        actors = context.case.table("actors")
        self.forms = {row["name"]: {row["name"], *row["aliases"]} for row in actors.to_dict("records")}
        people = actors[actors["kind"].eq("person")]["name"]
        for name in people:
            self.forms[name].add(name.rsplit(" ", 1)[-1])
        self.parties = context.case.table("participants").groupby("event")["actor"].agg(set)
        self.by_id = actors.set_index("id")["name"]
        self.publishers = context.case.table("sources").set_index("id")["publisher"]
        sources = context.case.table("sources").set_index("id")["authors"]
        self.authors = {
            source: {" ".join(reversed(name.split(", "))) for name in names}
            for source, names in sources.items()
        }
        self.events = {row["id"]: row for row in context.case.table("events").to_dict("records")}
        self.rows = {
            row["id"]: row
            for table in fact_tables(context.case.schema)
            for row in context.case.table(table).to_dict("records")
        }
        evidence = context.case.table("evidence")
        self.bearing = evidence.groupby("record")["source"].agg(list).to_dict()
        self.said = (
            (evidence["says"] + " " + evidence["start"] + " " + evidence["end"])
            .groupby(evidence["record"])
            .agg(" ".join)
        )
        self.made_by = (
            context.case.table("evidence").query("stance == 'supports'").groupby("record")["source"].agg(list)
        )

    def heard(self, identity: str) -> set[str]:
        """Everybody who says so by the tables: whom the event is attributed to, publishers and authors of its sources,
        and whom its own texts and those of its sources name."""
        event, row = self.events.get(identity), self.rows.get(identity, {})
        found = self.of(event) if event else set()
        for source in self.bearing.get(identity, []):
            found |= {self.publishers[source], *self.authors[source]}
        told = " ".join(
            [*(cell for cell in row.values() if isinstance(cell, str)), self.said.get(identity, "")]
        )
        return found | {
            form for forms in self.forms.values() if any(_stands(f, told) for f in forms) for form in forms
        }

    def of(self, event: Mapping[str, Any], *, parties: bool = True) -> set[str]:
        """The names and words that ``attributed_to`` gives, and the publishers of what supports the event.

        Without ``parties`` those of the parties to the event are left out: a sentence names them anyhow, as those who did
        it.
        """
        saying = [
            part
            for part in event["attributed_to"].split(";")
            if not any(of.search(part) for of in self.denials)
        ]
        given = "; ".join(saying)
        found = {
            form for forms in self.forms.values() if any(_stands(f, given) for f in forms) for form in forms
        }
        parts = re.split(r"[;,()]| via | and | from |[’']s\b", given)
        bare = (self.nobody.sub(" ", part).strip() for part in parts)
        found |= {" ".join(part.split()) for part in bare if re.search(r"[A-Z0-9]", part)}
        found |= {self.publishers[source] for source in self.made_by.get(event["id"], [])}
        if parties:
            return found
        acting = {self.by_id[actor] for actor in self.parties.get(event["id"], ()) if actor in self.by_id}
        return found - {form for party in acting for form in self.forms[party]}


def _stands(name: str, text: str) -> bool:
    return bool(name) and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if name.islower() else 0)
    )


def _cited(context: CheckContext, *standing: str) -> Iterator[tuple[str, Sentence, dict[str, Any]]]:
    """Each sentence of a judged language that cites an event of that standing."""
    events = {
        row["id"]: row for row in context.case.table("events").to_dict("records") if row["status"] in standing
    }
    for path, sentence in context.prose():
        for identity in dict.fromkeys(sentence.cited) if sentence.language.judged else ():
            if identity in events:
                yield path, sentence, events[identity]


def _unattributed(context: CheckContext, *standing: str) -> Iterator[Finding]:
    names = context.once(_Names)
    for path, sentence, event in _cited(context, *standing):
        text = f"{sentence.text} {sentence.context}"
        words = sentence.language.prose
        if not words.attribution.search(words.anonymous.sub(" ", text)) and not _names_one(
            text, names.of(event, parties=False)
        ):
            yield Finding(
                place_of(path, sentence),
                event["id"],
                f"cites what is {event['status']} by {event['attributed_to']}, and names nobody who says so",
            )


def _names_one(text: str, names: set[str]) -> bool:
    return any(_stands(name, text) for name in names)


@rule("alleged-as-fact", "error", "say in the sentence who alleges it")
def alleged_as_fact(context: CheckContext) -> Iterator[Finding]:
    """What somebody alleges is told as if it were settled."""
    return _unattributed(context, "alleged")


@rule("reported-as-fact", "warning", "say in the sentence who reports it, or that it is reported")
def reported_as_fact(context: CheckContext) -> Iterator[Finding]:
    """What somebody reports is told as if it were settled."""
    return _unattributed(context, "reported", "disputed", "denied")


@rule("attributed-to-nobody", "warning", "name the person or the paper that says so")
def attributed_to_nobody(context: CheckContext) -> Iterator[Finding]:
    """ "Reportedly" names nobody whom a reader could ask."""
    names = context.once(_Names)
    for path, sentence, event in _cited(context, *_UNSETTLED):
        text, words = f"{sentence.text} {sentence.context}", sentence.language.prose
        said = words.anonymous.search(text)
        if (
            said
            and words.attribution.search(words.anonymous.sub(" ", text))
            and not _names_one(text, names.of(event))
        ):
            found = f"{said[0]!r} names nobody; it is {event['status']} by {event['attributed_to']}"
            yield Finding(place_of(path, sentence), event["id"], found)


@rule(
    "speaker-not-theirs",
    "warning",
    "name who says so by the tables, or add the source in which this one does",
)
def speaker_not_theirs(context: CheckContext) -> Iterator[Finding]:
    """Who is said to say so is somebody who does.

    A person who is not among those that the cited events are attributed to, and a paper that published none of their
    sources. Not where the sentence contradicts: an answer is given by somebody else.
    """
    names = context.once(_Names)
    actors = context.case.table("actors")
    people = {row.name for row in actors.itertuples() if row.kind == "person"}
    events = context.case.table("events").set_index("id", drop=False).to_dict("index")
    for path, sentence in context.prose():
        cited = [identity for identity in dict.fromkeys(sentence.cited) if identity in context.facts]
        words = sentence.language.prose
        if not cited or not sentence.language.judged:
            continue
        heard = {name for identity in cited for name in names.heard(identity)}
        open_ones = all(
            events.get(identity, {}).get("status", "confirmed") in _UNSETTLED for identity in cited
        )
        contradicted = words.contradiction.search(words.undisputed.sub(" ", sentence.ours))
        for speaker in _speakers(sentence, names.forms) if open_ones and not contradicted else ():
            owner = next((name for name in people if speaker in names.forms[name]), "")
            if (
                (owner or " " in speaker)
                and not heard & (names.forms.get(owner) or {speaker})
                and not _near(speaker, heard)
            ):
                yield Finding(place_of(path, sentence), cited[0], f"lets {speaker} say so; {_who(heard)}")
        for paper in _papers(sentence):
            if not _near(paper, heard) and words.attribution.search(sentence.ours):
                yield Finding(place_of(path, sentence), cited[0], f"names {paper}; {_who(heard)}")


def _who(heard: set[str]) -> str:
    return f"by the tables it is {listed(sorted(heard))}" if heard else "the tables name nobody"


def _near(name: str, heard: set[str]) -> bool:
    """Whether a name is one of those heard, or a part of it, the article and an ending put aside."""
    bare = _ARTICLE.sub("", name)
    return any(
        bare in other or _ARTICLE.sub("", other).rstrip("s") in bare or bare.rstrip("ns") in other
        for other in heard
    )


def _speakers(sentence: Sentence, known: Mapping[str, set[str]]) -> Iterator[str]:
    """The names of persons beside a verb of speech: those that the case knows, and those of two words with capitals."""
    words, text = sentence.language.prose, sentence.ours
    forms = "|".join(
        sorted((re.escape(form) for some in known.values() for form in some), key=len, reverse=True)
    )
    anyone = "(?!)" if sentence.language.nouns_capital else r"[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+){1,2}"
    name = rf"(?:{forms or '(?!)'}|{anyone})"
    pattern = re.compile(
        rf"(?<![\w’-])(?P<a>{name})(?:, [^,.;]{{1,60}},)? (?:\w+ )?(?:{words.speech_verbs})(?!\w)"
        rf"|(?<!\w)(?:{words.speech_verbs}) (?:\w+ )?(?P<b>{name})(?![\w’-])|(?<!\w)(?i:{words.according}) (?P<c>{name})(?![\w’-])"
        rf"|(?<!\w)(?P<d>{name}) (?:{words.by_name})(?!\w)"
    )
    for match in pattern.finditer(text):
        yield next(filter(None, match.groups()))


def _papers(sentence: Sentence) -> Iterator[str]:
    """The names of papers: words with capitals, one of which is what papers are called."""
    words = sentence.language.prose
    if sentence.language.nouns_capital:
        pattern = rf"(?<!\w)(?=[\w-]*-|[A-ZÄÖÜ]\w+er )(?:[A-ZÄÖÜ]\w+er )?(?:{words.papers})(?!\w)"
    else:
        link = r"(?:[A-ZÀ-Þ][\w’-]+ (?:(?:of|de|du|del|des|la|le|el|the|di|d[’']) ?)*)"
        pattern = rf"(?<!\w){link}*(?:{words.papers})(?!\w)(?: (?:(?:of|de|du|del|des|la|le|the) )*[A-ZÀ-Þ][\w’-]+)*"
    for match in re.finditer(pattern, sentence.ours):
        if " " in match[0] or "-" in match[0]:
            yield match[0]


@rule("denial-left-out", "warning", "say in the sentence, or in the next, who denies or disputes it")
def denial_left_out(context: CheckContext) -> Iterator[Finding]:
    """What is denied or disputed is told from one side."""
    for path, sentence, event in _cited(context, "denied", "disputed"):
        beside = [other.text for other in context.sentences[path] if _beside(other, sentence)]
        words = sentence.language.prose
        if not any(words.contradiction.search(words.undisputed.sub(" ", text)) for text in beside):
            found = f"cites what is {event['status']}, and does not say so"
            yield Finding(place_of(path, sentence), event["id"], found)


def _beside(other: Sentence, sentence: Sentence) -> bool:
    same_block = (other.cell, other.block) == (sentence.cell, sentence.block)
    return same_block and 0 <= other.position - sentence.position <= 1


RULES = (
    alleged_as_fact,
    reported_as_fact,
    attributed_to_nobody,
    speaker_not_theirs,
    denial_left_out,
)
