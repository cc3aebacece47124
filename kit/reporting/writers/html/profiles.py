"""A page for each event that the report cites and for each actor in one: what happened, who says so, where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.evidence.support.cited_facts import subjects
from kit.reporting.book.book import Book
from kit.reporting.writers.html.cards import day_words, evidence_cards
from kit.text.pandoc import (
    BLANK,
    Tree,
    bullets,
    document_json,
    hyperlink,
    inlines,
    intersperse,
    para,
    plain_line,
    raw_block,
    rewrite,
    run_pandoc,
    section_heading,
    span,
    string,
)

ACTORS, EVENTS = "actors", "events"
_BETWEEN = "<!-- the next page -->"


@dataclass(frozen=True)
class Profile:
    """A page on one row: the path of its file, its title, what kind of thing it is, a day where it has one, its HTML."""

    path: str
    title: str
    kind: str
    day: str
    body: str


class Profiles:
    """The pages on what the chapters cite: ``events`` and ``actors`` are the ids that have one, in the order of print.

    ``cited`` are the places, as chapter and note, of each fact and source that a chapter marks.
    """

    def __init__(self, book: Book, cited: Mapping[str, list[tuple[str, int]]]) -> None:
        self.book, self.notes, self.say, self.cited = book, book.notes, book.notes.say, cited
        case = book.case
        self._events = case.table("events").set_index("id")
        self._actors = case.table("actors").set_index("id")
        self.titles = {chapter.name: chapter.title for chapter in book.chapters}
        about = [(fact, actor) for fact, actor in subjects(case) if fact in cited]
        self._facts_of: dict[str, list[str]] = {}
        for fact, actor in about:
            if fact not in self._facts_of.setdefault(actor, []):
                self._facts_of[actor].append(fact)
        self._roles: dict[tuple[str, str], list[str]] = {}
        for row in case.table("participants").itertuples():
            self._roles.setdefault((row.event, row.actor), []).append(row.role.replace("-", " "))
        dated = self._events[self._events.index.isin(cited)].sort_values(
            ["date_earliest", "date"], kind="stable"
        )
        self.events = [str(id) for id in dated.index]
        named = [(str(self._actors.at[actor, "name"]).casefold(), actor) for actor in self._facts_of]
        self.actors = [actor for _, actor in sorted(named)]

    def link(self, identity: str, root: str = "") -> str:
        """The page of an event or an actor; '' for what has none."""
        if identity in self._facts_of:
            return f"{root}{ACTORS}/{identity}.html"
        return (
            f"{root}{EVENTS}/{identity}.html"
            if identity in self._events.index and identity in self.cited
            else ""
        )

    def names(self, root: str = "") -> dict[str, str]:
        """The page of each actor by each name that the case prints of it; a name that two of them bear leads nowhere."""
        pages: dict[str, set[str]] = {}
        for actor in self.actors:
            for name in (self._actors.at[actor, "name"], *self._actors.at[actor, "aliases"]):
                pages.setdefault(name, set()).add(self.link(actor, root))
        return {name: next(iter(of)) for name, of in pages.items() if len(of) == 1}

    def pages(self) -> list[Profile]:
        """The pages, those of events first."""
        made = [(self.link(id), *self._event(id)) for id in self.events]
        made += [(self.link(id), *self._actor(id)) for id in self.actors]
        if not made:
            return []
        blocks: list[Tree] = []
        for _, _, _, _, of in made:
            blocks += [*of, raw_block("html", _BETWEEN)]
        bodies = run_pandoc(document_json(rewrite(blocks, _upward)), "json", "html5").split(_BETWEEN)
        return [
            Profile(path, title, kind, day, body.strip())
            for (path, title, kind, day, _), body in zip(made, bodies, strict=False)
        ]

    def _event(self, id: str) -> tuple[str, str, str, list[Tree]]:
        say, event = self.say, self._events.loc[id]
        day = day_words(event["date"], say)
        status = say(event["status"])
        if event["attributed_to"]:
            status += f", {say('according to {who}', who=event['attributed_to'])}"
        blocks = [section_heading(1, event["title"]), para([span(f"{day} · {status}", classes=["soft"])])]
        blocks += [para(text) for text in (event["summary"], event.get("public_note", "")) if text]
        took_part = [
            [
                plain_line(
                    [
                        hyperlink(self._actors.at[actor, "name"], self.link(actor)),
                        *inlines(f" – {', '.join(roles)}"),
                    ]
                )
            ]
            for (of, actor), roles in self._roles.items()
            if of == id and self.link(actor)
        ]
        blocks += self._section(say("Who took part"), [bullets(took_part)] if took_part else [])
        cards = evidence_cards(self.notes, id)
        blocks += self._section(say("Who says so"), cards or [para(say("No evidence is recorded for it."))])
        blocks += self._section(say("Where the report uses it"), [bullets(self._uses([id]))])
        return event["title"], say("event"), day, blocks

    def _actor(self, id: str) -> tuple[str, str, str, list[Tree]]:
        say, actor = self.say, self._actors.loc[id]
        kind = say(actor["kind"].replace("-", " "))
        also = say("also called {names}", names=", ".join(actor["aliases"])) if actor["aliases"] else ""
        blocks = [
            section_heading(1, actor["name"]),
            para([span(" · ".join(filter(None, (kind, also))), classes=["soft"])]),
        ]
        of = self._facts_of[id]
        took_part = [event for event in self.events if event in of]
        items = [[plain_line(self._told(event, id))] for event in took_part]
        blocks += self._section(say("What the report tells of it"), [bullets(items)] if items else [])
        others = [fact for fact in of if fact not in took_part]
        listed = [
            [plain_line([hyperlink(self.notes.label(fact), f"evidence.html#{fact}")])] for fact in others
        ]
        blocks += self._section(say("Numbers and other facts"), [bullets(listed)] if listed else [])
        blocks += self._section(say("Where the report uses it"), [bullets(self._uses(of))])
        return actor["name"], kind, "", blocks

    def _told(self, event: str, actor: str) -> list[Tree]:
        roles = self._roles.get((event, actor), [])
        row = self._events.loc[event]
        status = f" ({self.say(row['status'])})" if row["status"] != "confirmed" else ""
        after = f" – {', '.join(roles)}" if roles else ""
        return [
            *inlines(f"{day_words(row['date'], self.say)}:"),
            BLANK,
            hyperlink(row["title"], self.link(event)),
            *inlines(f"{status}{after}"),
        ]

    def _section(self, title: str, blocks: list[Tree]) -> list[Tree]:
        return [section_heading(2, title), *blocks] if blocks else []

    def _uses(self, facts: Iterable[str]) -> list[list[Tree]]:
        """Each chapter that marks one of the facts, with the notes that explain them."""
        numbers: dict[str, set[int]] = {}
        for fact in facts:
            for chapter, number in self.cited.get(fact, ()):
                numbers.setdefault(chapter, set()).add(number)
        items = []
        for chapter in self.titles:
            if chapter in numbers:
                notes = [[hyperlink(str(n), f"{chapter}.html#fn{n}")] for n in sorted(numbers[chapter])]
                words = self.say("notes") if len(notes) > 1 else self.say("note")
                line = [
                    hyperlink(self.titles[chapter], f"{chapter}.html"),
                    string(","),
                    BLANK,
                    string(words),
                    BLANK,
                ]
                items.append([plain_line([*line, *intersperse(notes, ", ")])])
        return items


def _upward(kind: str, content: Any) -> Tree | list[Tree] | None:
    """Make links within the report lead up from the folder of the page; one to a list of sources becomes its text."""
    if kind != "Link" or "://" in content[2][0] or content[2][0].startswith(("mailto:", "../")):
        return None
    if content[2][0].startswith("#"):
        return content[1]
    return hyperlink(content[1], f"../{content[2][0]}")
