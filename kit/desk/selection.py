"""Which events fit what a reader asks for: words, tags, an actor, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.tables.cells import as_text
from kit.tables.columns import Table


class NotInCase(KitError):
    """A tag or an actor that this case does not know."""


@dataclass(frozen=True)
class Selection:
    """What is asked for; what is left blank asks for nothing.

    ``text``: every word of it occurs. ``tags``: of each facet named, one of its tags, or of a
    column one of its words, as ``status=alleged``. ``actor``: takes part.
    ``since``, ``until``: may have happened, at least in part, on these days or between them.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    actor: str = ""
    since: pd.Timestamp | None = None
    until: pd.Timestamp | None = None


class Index:
    """The events of a case made ready for asking: ``events`` in order of time, ``facets``, ``actors``, ``days``.

    ``facets`` has the tags of each facet, and for each column with words of a closed list what stands in it, as
    ``status=alleged``; ``labels`` says what each is called. ``actors`` maps the id of each actor who takes part in an event to a
    name and a number of events, the busiest first; ``days`` holds the days on which an event may begin or end: asking between two of
    them asks for all that asking between any two days can.
    """

    def __init__(self, case: Case) -> None:
        events = case.table("events")
        self.events = events.sort_values(["date_earliest", "date_latest", "id"], ignore_index=True)
        self.place: dict[str, int] = {id: at for at, id in enumerate(self.events["id"])}
        tags = case.table("tags")
        self.labels: dict[str, str] = dict(zip(tags["id"], tags["label"], strict=True))
        self.facets: dict[str, list[str]] = {
            str(facet): its.tolist() for facet, its in tags.groupby("facet")["id"]
        }
        at_tag: dict[str, list[int]] = {tag: [] for tag in self.labels}
        for at, its in enumerate(self.events["tags"].tolist()):
            for tag in at_tag.keys() & its:  # a case may come without the table of tags
                at_tag[tag].append(at)
        self.tagged = {tag: self._mask(places) for tag, places in at_tag.items()}
        self._columns(case.schema["events"])
        self._names = case.names
        taking = case.table("participants")[["event", "actor"]].drop_duplicates()
        busy: dict[str, int] = taking["actor"].value_counts().to_dict()
        order = sorted(busy, key=lambda actor: (-busy[actor], str(self._names.get(actor, actor)).casefold()))
        self.actors: dict[str, tuple[str, int]] = {
            actor: (self._names.get(actor, actor), busy[actor]) for actor in order
        }
        self.taking_part: dict[str, tuple[str, ...]] = {}
        at_actor: dict[str, list[int]] = {actor: [] for actor in order}
        for event, actor in zip(taking["event"].tolist(), taking["actor"].tolist(), strict=True):
            self.taking_part[event] = (*self.taking_part.get(event, ()), actor)
            at_actor[actor].append(self.place[event])
        self._taking = {actor: self._mask(places) for actor, places in at_actor.items()}
        self._own = [column.name for column in case.schema["events"].columns if column.own]
        ends = pd.concat([self.events["date_earliest"], self.events["date_latest"]]).dropna()
        self.days: list[pd.Timestamp] = sorted(set(ends))
        self._words = self._haystacks()

    def own(self, event: str) -> dict[str, str]:
        """What stands in the columns that the case itself declares, of the event of that id, as a reader sees it."""
        return self._own_of(self.events.iloc[self.place[event]].to_dict()) if self._own else {}

    def _own_of(self, row: dict) -> dict[str, str]:
        return {column: told for column in self._own if (told := _told(row, column, self._names))}

    def _mask(self, places: list[int]) -> np.ndarray:
        made = np.zeros(len(self.events), dtype=bool)
        made[places] = True
        return made

    def _columns(self, table: Table) -> None:
        """Nothing; columns with words of a closed list are facets too."""
        for column in table.columns:
            if column.kind != "code" or column.name == "publish" or column.name in self.facets:
                continue
            cells = self.events[column.name]
            its = sorted({word for cell in cells for word in (cell if column.many else (cell,)) if word})
            if len(its) < 2:
                continue
            self.facets[column.name] = [f"{column.name}={word}" for word in its]
            for word in its:
                self.labels[f"{column.name}={word}"] = word
                self.tagged[f"{column.name}={word}"] = np.array(
                    [word in cell if column.many else word == cell for cell in cells], dtype=bool
                )

    def _haystacks(self) -> list[str]:
        """All words of each event, with the names of its tags and of who takes part."""
        columns = [
            self.events[name].tolist() for name in ("id", "date", "title", "summary", "attributed_to", "note")
        ]
        made = []
        rows = self.events.to_dict("records") if self._own else [{}] * len(self.events)
        for id, tags, told, row in zip(
            columns[0], self.events["tags"].tolist(), zip(*columns, strict=True), rows, strict=True
        ):
            people = [self.actors[actor][0] for actor in self.taking_part.get(id, ())]
            labels = [self.labels.get(tag, tag) for tag in tags]
            made.append("\n".join([*told, *self._own_of(row).values(), *labels, *people]).casefold())
        return made

    def fits(self, asked: Selection) -> np.ndarray:
        """For each event whether it fits; a tag or actor that the case does not know raises `NotInCase`."""
        found = self._apart_from_tags(asked)
        for tags in self._by_facet(asked.tags).values():
            found &= np.logical_or.reduce([self.tagged[tag] for tag in tags])
        return found

    def counts(self, asked: Selection) -> dict[str, int]:
        """For each tag, how many events would fit with it and with what is asked of the other facets.

        What is chosen in a tag's own facet is left aside, since another tag there would widen the choice.
        """
        base, chosen = self._apart_from_tags(asked), self._by_facet(asked.tags)
        each = {
            facet: np.logical_or.reduce([self.tagged[tag] for tag in tags]) for facet, tags in chosen.items()
        }
        counted: dict[str, int] = {}
        for facet, tags in self.facets.items():
            others = np.logical_and.reduce([base, *(mask for name, mask in each.items() if name != facet)])
            counted |= {tag: int((others & self.tagged[tag]).sum()) for tag in tags}
        return counted

    def _apart_from_tags(self, asked: Selection) -> np.ndarray:
        if asked.actor:
            self._know(asked.actor, self.actors, "takes part in no event")
        words = asked.text.casefold().split()
        found = np.ones(len(self._words), dtype=bool)
        for word in words:
            found &= np.fromiter((word in text for text in self._words), dtype=bool, count=len(self._words))
        if asked.actor:
            found &= self._taking[asked.actor]
        if asked.since is not None:
            last = self.events["date_latest"]
            found &= (last.isna() | (last >= asked.since)).to_numpy()
        if asked.until is not None:
            first = self.events["date_earliest"]
            found &= (first.isna() | (first <= asked.until)).to_numpy()
        return found

    def _by_facet(self, tags: Iterable[str]) -> dict[str, list[str]]:
        for tag in tags:
            self._know(tag, self.labels, "is not in data/manual/tags.csv")
        chosen = {facet: [tag for tag in its if tag in tags] for facet, its in self.facets.items()}
        return {facet: its for facet, its in chosen.items() if its}

    def _know(self, name: str, known: Iterable[str], wrong: str) -> None:
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            raise NotInCase(
                f"{name!r}", wrong, f"did you mean {near[0]!r}?" if near else "give an id of the table"
            )


def _told(row: dict, column: str, names: Mapping[str, str]) -> str:
    """What a reader sees of a column of the case's own: names in place of ids, lists with commas."""
    value = row[column]
    items = value if isinstance(value, tuple) else (as_text(value, row.get(f"{column}_missing", "")),)
    return ", ".join(names.get(item, item) for item in items)
