"""Right of reply: who has been accused and not heard, what we would write to them, and what the log lets us say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.clock import today
from kit.errors import KitError
from kit.evidence.prose.classification import name_finder
from kit.protection import Protection
from kit.sources.bibliography.formatting import DEFAULT, formatted, read_style
from kit.tables.read import suggest
from kit.text.edtf import parse_date
from kit.text.pandoc import stringify
from kit.text.translations.phrases import IN_ENGLISH, Phrases, phrases

if TYPE_CHECKING:
    from kit.case import Case


#: Parts in an event that an allegation is not about: they watch, report, rule or speak for others.
WATCHES = ("regulator", "court", "reporter", "commentator", "investor", "competitor", "spokesperson")
_OPEN = ("alleged", "disputed")
#: In ``answered_on``: there is no answer. Other words for a missing day leave open whether there was one.
_NONE = "not-applicable"
_READ = {
    "full": "read in full",
    "excerpt": "read in part",
    "relay": "known to us through other pages",
    "no": "not read",
}


@dataclass(frozen=True)
class Point:
    """One allegation as the letter puts it: what we mean to say, by whose account, and what it rests on."""

    record: str
    date: str
    title: str
    summary: str
    standing: str
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A letter to one party: every allegation at once, so that nothing in print is a surprise.

    ``written`` is the day of the letter; ``newsroom`` stands at its head, and ``byline`` signs it.
    """

    case: str
    party: str
    name: str
    deadline: str
    contact: str
    points: tuple[Point, ...]
    written: str
    newsroom: str
    byline: str
    language: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """The letter, piece by piece, each with what it is: head, title, text, heading or item."""
        say = phrases(self.language)
        if self.newsroom:
            yield "head", self.newsroom
        yield "head", self.contact
        yield "head", _written(self.written, say)
        yield "title", say("Request for comment: {case}", case=self.case)
        yield "text", say("To {name}", name=self.name)
        yield "text", say("We are preparing to publish an account of the matter above. It says the following about you. We write so that nothing in it comes as a surprise and so that your answer can stand beside it.")  # fmt: skip
        for number, point in enumerate(self.points, start=1):
            yield "heading", f"{number}. {point.title}"
            what = say(
                "What we mean to report ({day}): {what}", day=_written(point.date, say), what=point.summary
            )
            yield "text", what
            yield "text", say("Standing: {what}.", what=point.standing)
            yield "text", say("It rests on:") if point.basis else say("We name no source for it.")
            for item in point.basis:
                yield "item", item
        yield "heading", say("What we ask")
        yield "text", say("For each point: is it right? If it is not, what is wrong with it, and what shows that? What should stand beside it?")  # fmt: skip
        yield "text", say("Please answer by {day}. We will report the substance of your answer, complete. If none has come by then we will say that we asked, on which day and how.", day=_written(self.deadline, say))  # fmt: skip
        yield "text", say("With kind regards")
        for line in filter(None, (self.byline, self.newsroom, self.contact)):
            yield "sign", line

    def text(self) -> str:
        """The letter as plain text."""
        made, before = [], ""
        for kind, words in self.lines():
            together = kind == before and kind in ("head", "item", "sign")
            made += [*([""] if before and not together else []), f"- {words}" if kind == "item" else words]
            before = kind
        return "\n".join(made) + "\n"


def unheard_parties(case: Case) -> pd.DataFrame:
    """Each party to an alleged or disputed event, other than who says so, of whom no answer or asking is logged.

    Columns: ``record``, ``party``, ``name``, ``status``, ``attributed_to``, ``date``, ``title``. Where somebody is
    named as accused, only they count; otherwise all who took part, and did not merely watch. A reply logged on the
    event's case counts for the event.
    """
    heard = set(zip(case.table("replies")["record"], case.table("replies")["party"], strict=True))
    actors = {row.id: (row.name, *row.aliases) for row in case.table("actors").itertuples()}
    parts = case.table("participants")[~case.table("participants")["role"].isin(WATCHES)]
    found = []
    for event in case.table("events")[case.table("events")["status"].isin(_OPEN)].itertuples():
        own = parts[parts["event"] == event.id]
        if own["role"].eq("accused").any():
            own = own[own["role"] == "accused"]
        for party in sorted(set(own["actor"])):
            names = actors.get(party, (party,))
            says_so = any(name.casefold() in event.attributed_to.casefold() for name in names)
            if not says_so and not heard & {(event.id, party), (event.case, party)}:
                of_event = (event.status, event.attributed_to, event.date, event.title)
                found.append((event.id, party, names[0], *of_event))
    columns = ["record", "party", "name", "status", "attributed_to", "date", "title"]
    return pd.DataFrame(found, columns=columns)


def unsupported_claims(case: Case) -> pd.DataFrame:
    """Each claim of others that we print and do not find supported, with each actor whom it may concern.

    Columns: ``record``, ``claim``, ``verdict``, ``party``, ``name``, and ``why``: the actor ``made`` the claim, or is
    ``named`` in it. Where who published a claim is no actor of the case, ``party`` is blank and ``name`` is what the
    publisher is called, or else the page's address or id. The table of claims does not say whom a claim accuses, or whether it accuses anybody, and words
    alone do not either: that is for a reader to say. What is logged on a claim is left out.
    """
    heard = set(zip(case.table("replies")["record"], case.table("replies")["party"], strict=True))
    sources = case.table("sources").set_index("id")
    finders = [
        (
            row.id,
            row.name,
            {_called(name) for name in (row.name, *row.aliases)},
            name_finder((row.name, *row.aliases)),
        )
        for row in case.table("actors")[case.table("actors")["kind"].ne("product")].itertuples()
    ]
    found = []
    for claim in case.table("claims")[case.table("claims")["verdict"].ne("supported")].itertuples():
        source = sources.loc[claim.made_by]
        maker = _called(source["publisher"])
        makers = {party for party, _, names, _ in finders if maker and maker in names}
        if not makers:
            name = source["publisher"] or source["url"] or claim.made_by
            found.append((claim.id, claim.claim, claim.verdict, "", name, "made"))
        for party, name, _, finder in finders:
            why = "made" if party in makers else "named" if finder.search(claim.claim) else ""
            if why and (claim.id, party) not in heard:
                found.append((claim.id, claim.claim, claim.verdict, party, name, why))
    return pd.DataFrame(found, columns=["record", "claim", "verdict", "party", "name", "why"])


def _called(name: str) -> str:
    """A name as it is compared: the same publisher is written with and without its article."""
    return re.sub(
        r"^(?:the|der|die|das|le|la|les|el|los|las)\s+|^l['’]", "", " ".join(name.casefold().split())
    )


def request_letter(case: Case, party: str, deadline: str, claims: Sequence[str] = ()) -> Letter:
    """The letter to ``party``, an actor's id, with every allegation on which it has not been heard.

    ``claims`` are ids of claims of others to be put to it as well. An actor that there is not, or that has been heard
    on everything, raises `KitError`, and so does a claim that there is not; so does a deadline that is no day, since
    an answer can only be late by a day.
    """
    open_points = unheard_parties(case)
    mine = open_points[open_points["party"] == party]
    named = case.names
    known = case.table("claims").set_index("id", drop=False)
    for claim in claims:
        if claim not in known.index:
            near = suggest(claim, list(known.index))
            remedy = f"did you mean {near!r}?" if near else "give the id of a row of claims.csv"
            raise KitError(f"{claim!r}", "is no claim", remedy)
    if mine.empty and not (claims and party in named):
        near = suggest(party, sorted(set(open_points["party"])))
        remedy = f"did you mean {near!r}?" if near else "see whom kit replies lists"
        raise KitError(f"{party!r}", "is nobody whose answer is missing", remedy)
    span = parse_date(deadline)
    if span.precision != "day" or span.doubt:
        raise KitError("deadline", f"{deadline!r} is not one day", "write it as 2021-03-01")
    events = case.table("events").set_index("id", drop=False)
    points = tuple(_point(case, events.loc[record]) for record in mine["record"])
    points += tuple(_put(case, known.loc[claim]) for claim in dict.fromkeys(claims))
    say = phrases(case.settings.get("language", "en"))
    told = {name: str(case.settings.get(name, "")).strip() for name in ("contact", "newsroom", "byline")}
    told["contact"] = told["contact"] or say("[name, newsroom, address for the answer]")
    shown, day = _protected(case, party), today().isoformat()
    points = tuple(_shown(point, shown) for point in points)
    name = named.get(party, party)
    return Letter(
        shown.text(case.title), party, name, deadline, points=points, written=day, language=say.code, **told
    )


def _protected(case: Case, party: str) -> Protection:
    """What the letter to ``party`` must not tell: whom the case protects, but not from themselves."""
    actors = case.table("actors")
    mine = {name for row in actors[actors["id"] == party].itertuples() for name in (row.name, *row.aliases)}
    names = {name: alias for name, alias in case.protection.names.items() if name not in mine}
    return Protection(names, {id: alias for id, alias in case.protection.ids.items() if id != party})


def _shown(point: Point, shown: Protection) -> Point:
    told = {name: shown.text(getattr(point, name)) for name in ("title", "summary", "standing")}
    return replace(point, **told, basis=tuple(shown.text(item) for item in point.basis))


def _point(case: Case, event: pd.Series) -> Point:
    rows = case.table("evidence")[case.table("evidence")["record"] == event["id"]]
    source_ids = rows.loc[rows["stance"].isin(("supports", "states")), "source"]
    say = phrases(case.settings.get("language", "en"))
    standing = f"{say(event['status'])}, {say('according to {who}', who=event['attributed_to'])}"
    return Point(
        event["id"], event["date"], event["title"], event["summary"], standing, _basis(case, source_ids)
    )


def _put(case: Case, claim: pd.Series) -> Point:
    source = case.table("sources").set_index("id").loc[claim["made_by"]]
    rows = case.table("evidence")[case.table("evidence")["record"] == claim["id"]]
    source_ids = [claim["made_by"], *rows.loc[rows["stance"].ne("context"), "source"]]
    say = phrases(case.settings.get("language", "en"))
    verdict = say(claim["verdict"].replace("-", " "))
    maker = source["publisher"]
    tested = say("{maker} writes, in our words: {claim} By what we read this is {verdict}.", maker=maker, claim=claim["claim"], verdict=verdict)  # fmt: skip
    summary = f"{tested} {claim['why']}"
    standing = say("a claim by {maker}, which we tested and call {verdict}", maker=maker, verdict=verdict)
    title = say("What {maker} writes", maker=maker)
    return Point(claim["id"], source["issued"], title, summary, standing, _basis(case, source_ids))


def _basis(case: Case, source_ids: Iterable[str]) -> tuple[str, ...]:
    """The sources in full, each with how it was read."""
    sources = case.table("sources")[case.table("sources")["id"].isin(set(source_ids))]
    sources = case.protection.frame(sources, case.schema["sources"])
    style = read_style(case.settings.get("citation_style", DEFAULT), case.path)
    say = phrases(case.settings.get("language", "en"))
    cited = formatted(sources, style, case.settings.get("language", "en")) if len(sources) else {}
    return tuple(
        f"{stringify(cited[row.id]).rstrip('.')} ({say(_READ[row.read])})" for row in sources.itertuples()
    )


def unanswered(case: Case, on: date) -> pd.DataFrame:
    """The sentences "did not answer" that the log bears out on the day ``on``: ``record``, ``party``, ``sentence``.

    A sentence needs a day on which we asked, a deadline that has passed, and a note that there is no answer
    (``answered_on`` is `not-applicable`). Where any answer of the party to the same is logged there is no sentence.
    """
    replies = case.table("replies")
    names, say = case.names, phrases(case.settings.get("language", "en"))
    asked = replies["asked_on_latest"].notna() & replies["deadline_latest"].lt(pd.Timestamp(on))
    silent = replies["answered_on"].eq(_NONE)
    answered = set(zip(replies["record"][~silent], replies["party"][~silent], strict=True))
    found = [
        (row.record, row.party, _silence(names.get(row.party, row.party), row, on, say))
        for row in replies[asked & silent].itertuples()
        if (row.record, row.party) not in answered
    ]
    return pd.DataFrame(found, columns=["record", "party", "sentence"])


def _silence(name: str, row: Any, on: date, say: Phrases) -> str:
    days = {"asked": row.asked_on, "deadline": row.deadline, "today": on.isoformat()}
    written = {of: _written(day, say) for of, day in days.items()}
    return say(
        "{name} was asked on {asked} ({channel}) for an answer by {deadline}; none is noted in our log on {today}.",
        name=name,
        channel=row.channel,
        **written,
    )


def log_in_words(case: Case) -> str:
    """What the log holds, in sentences that claim no more than it does, in the language of the case.

    >>> import kit
    >>> log_in_words(kit.example()).partition(": ")[2]
    'we asked nobody, and noted no public statement.'
    """
    replies = case.table("replies")
    say = phrases(case.settings.get("language", "en"))
    if replies.empty:
        return say("The log of replies is empty: we asked nobody, and noted no public statement.")
    entries = say.many(len(replies), "entry", "entries")
    if replies["asked_on"].eq(_NONE).all():
        return say(
            "The log of replies holds {entries}: all of them public statements. We asked nobody.",
            entries=entries,
        )
    asked = int(replies["asked_on_latest"].notna().sum())
    times = say.many(asked, "time", "times")
    told = say("The log of replies holds {entries}: we asked {times}.", entries=entries, times=times)
    if asked == len(replies):
        return told
    rest = say.many(len(replies) - asked, "entry", "entries")
    return f"{told} {say('Without a day on which we asked: {entries}.', entries=rest)}"


def _written(day: str, say: Phrases = IN_ENGLISH) -> str:
    """A date as a letter has it; what is no plain day, month or year stays as the table writes it."""
    span = parse_date(day)
    first = span.earliest
    if first is None or span.precision not in ("day", "month", "year"):
        return day
    written = {"day": say.day, "month": say.month, "year": lambda of: str(of.year)}[span.precision](first)
    written = say("about {day}", day=written) if span.doubt in ("approximate", "both") else written
    return say("{day}, not certain", day=written) if span.doubt in ("uncertain", "both") else written
