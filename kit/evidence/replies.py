"""Right of reply: who has been accused and not heard, what we would write to them, and what the log lets us say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from kit.errors import KitError
from kit.pandoc import plain
from kit.sources.format import formatted
from kit.sources.style import DEFAULT, read_style
from kit.tables.dates import parse_date
from kit.tables.read import suggest

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
    """A letter to one party: every allegation at once, so that nothing in print is a surprise."""

    case: str
    party: str
    name: str
    deadline: str
    contact: str
    points: tuple[Point, ...]

    def lines(self) -> Iterator[tuple[str, str]]:
        """The letter, piece by piece, each with what it is: title, text, heading or item."""
        yield "title", f"Request for comment: {self.case}"
        yield "text", f"To {self.name}"
        yield "text", "We are preparing to publish an account of the matter above. It says the following about you. We write so that nothing in it comes as a surprise and so that your answer can stand beside it."  # fmt: skip
        for number, point in enumerate(self.points, start=1):
            yield "heading", f"{number}. {point.title}"
            yield "text", f"What we mean to report ({point.date}): {point.summary}"
            yield "text", f"Standing: {point.standing}."
            yield "text", "It rests on:" if point.basis else "We name no source for it."
            for item in point.basis:
                yield "item", item
        yield "heading", "What we ask"
        yield "text", "For each point: is it right? If it is not, what is wrong with it, and what shows that? What should stand beside it?"  # fmt: skip
        yield "text", f"Please answer by {_written(self.deadline)}. We will report the substance of your answer, complete. If none has come by then we will say that we asked, on which day and how."  # fmt: skip
        yield "text", self.contact

    def text(self) -> str:
        """The letter as plain text."""
        marks = {"title": "{}\n", "heading": "{}\n", "text": "{}\n", "item": "- {}"}
        made, before = [], ""
        for kind, words in self.lines():
            if before == "item" != kind:
                made.append("")
            made.append(marks[kind].format(words))
            before = kind
        return "\n".join(made).rstrip() + "\n"


def unheard(case: Case) -> pd.DataFrame:
    """Each party to an alleged or disputed event, other than who says so, of whom no answer or asking is logged.

    Columns: ``record``, ``party``, ``name``, ``status``, ``attributed_to``, ``date``, ``title``. Where somebody is
    named as accused, only they count; otherwise all who took part, and did not merely watch. A reply logged on the
    event's case counts for the event.
    """
    heard = set(zip(case.replies["record"], case.replies["party"], strict=True))
    actors = case.actors.set_index("id")
    parts = case.participants[~case.participants["role"].isin(WATCHES)]
    found = []
    for event in case.events[case.events["status"].isin(_OPEN)].itertuples():
        own = parts[parts["event"] == event.id]
        if own["role"].eq("accused").any():
            own = own[own["role"] == "accused"]
        for party in sorted(set(own["actor"])):
            names = (actors.at[party, "name"], *actors.at[party, "aliases"])
            says_so = any(name.casefold() in event.attributed_to.casefold() for name in names)
            if not says_so and not heard & {(event.id, party), (event.case, party)}:
                told = (event.status, event.attributed_to, event.date, event.title)
                found.append((event.id, party, names[0], *told))
    columns = ["record", "party", "name", "status", "attributed_to", "date", "title"]
    return pd.DataFrame(found, columns=columns)


def letter(case: Case, party: str, deadline: str) -> Letter:
    """The letter to ``party``, an actor's id, with every allegation on which it has not been heard.

    An actor that there is not, or that has been heard on everything, raises `KitError`; so does a deadline that is no
    day, since an answer can only be late by a day.
    """
    open_points = unheard(case)
    mine = open_points[open_points["party"] == party]
    if mine.empty:
        near = suggest(party, sorted(set(open_points["party"])))
        remedy = f"did you mean {near!r}?" if near else "see whom kit replies lists"
        raise KitError(f"{party!r}", "is nobody whose answer is missing", remedy)
    if parse_date(deadline).precision != "day":
        raise KitError("deadline", f"{deadline!r} is not one day", "write it as 2025-07-29")
    events = case.events.set_index("id", drop=False)
    points = tuple(_point(case, events.loc[record]) for record in mine["record"])
    contact = case.settings.get("contact", "").strip() or "[name, newsroom, address for the answer]"
    return Letter(case.title, party, mine["name"].iloc[0], deadline, contact, points)


def _point(case: Case, event: pd.Series) -> Point:
    evidence = case.evidence
    rows = evidence[(evidence["record"] == event["id"]) & evidence["stance"].isin(("supports", "states"))]
    sources = case.sources[case.sources["id"].isin(rows["source"])]
    style = read_style(case.settings.get("citation_style", DEFAULT), case.path)
    cited = formatted(sources, style, case.settings.get("language", "en")) if len(sources) else {}
    basis = tuple(f"{plain(cited[row.id]).rstrip('.')} ({_READ[row.read]})" for row in sources.itertuples())
    standing = f"{event['status']}, according to {event['attributed_to']}"
    return Point(event["id"], event["date"], event["title"], event["summary"], standing, basis)


def silences(case: Case, on: date) -> pd.DataFrame:
    """The sentences "did not answer" that the log bears out on the day ``on``: ``record``, ``party``, ``sentence``.

    A sentence needs a day on which we asked, a deadline that has passed, and a note that there is no answer
    (``answered_on`` is `not-applicable`). Where any answer of the party to the same is logged there is no sentence.
    """
    replies = case.replies
    names = case.actors.set_index("id")["name"]
    asked = replies["asked_on_latest"].notna() & replies["deadline_latest"].lt(pd.Timestamp(on))
    silent = replies["answered_on"].eq(_NONE)
    answered = set(zip(replies["record"][~silent], replies["party"][~silent], strict=True))
    found = [
        (row.record, row.party, _silence(names[row.party], row, on))
        for row in replies[asked & silent].itertuples()
        if (row.record, row.party) not in answered
    ]
    return pd.DataFrame(found, columns=["record", "party", "sentence"])


def _silence(name: str, row: Any, on: date) -> str:
    return (
        f"{name} was asked on {_written(row.asked_on)} ({row.channel}) for an answer by {_written(row.deadline)}; "
        f"none is noted in our log on {_written(on.isoformat())}."
    )


def log_in_words(case: Case) -> str:
    """What the log holds, in a sentence that claims no more than it does.

    >>> import kit
    >>> log_in_words(kit.open()).partition(": ")[2]
    'all of them public statements. We asked nobody.'
    """
    replies = case.replies
    if replies.empty:
        return "The log of replies is empty: we asked nobody, and noted no public statement."
    asked = int(replies["asked_on_latest"].notna().sum())
    number = f"The log of replies holds {_count(len(replies), 'entry', 'entries')}"
    if replies["asked_on"].eq(_NONE).all():
        return f"{number}: all of them public statements. We asked nobody."
    rest = len(replies) - asked
    others = f"; {_count(rest, 'entry has', 'entries have')} no day on which we asked" if rest else ""
    return f"{number}: we asked {_count(asked, 'time', 'times')}{others}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _written(day: str) -> str:
    span = parse_date(day)
    if span.precision != "day" or span.earliest is None:
        return day
    return f"{span.earliest.day} {span.earliest:%B %Y}"
