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


class NotInCase(KitError):
    """A tag or an actor that this case does not know."""


@dataclass(frozen=True)
class Selection:
    """What is asked for; what is left blank asks for nothing.

    ``text``: every word of it occurs. ``tags``: of each facet named, one of its tags. ``actor``: takes part.
    ``since``, ``until``: may have happened, at least in part, on these days or between them.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    actor: str = ""
    since: pd.Timestamp | None = None
    until: pd.Timestamp | None = None


class Index:
    """The events of a case made ready for asking: ``events`` in order of time, ``facets``, ``actors``, ``days``.

    ``actors`` maps the id of each actor who takes part in an event to a name and a number of events, the busiest
    first; ``days`` holds the days on which an event may begin or end: asking between two of them asks for all that
    asking between any two days can; ``own`` has what stands in the columns that the case itself declares, by event.
    """

    def __init__(self, case: Case) -> None:
        events = case.table("events")
        self.events = events.sort_values(["date_earliest", "date_latest", "id"], ignore_index=True)
        tags = case.table("tags")
        self.labels: dict[str, str] = dict(zip(tags["id"], tags["label"], strict=True))
        self.facets: dict[str, list[str]] = {
            str(facet): its.tolist() for facet, its in tags.groupby("facet")["id"]
        }
        self.tagged = {
            tag: np.array([tag in each for each in self.events["tags"]], dtype=bool) for tag in tags["id"]
        }
        names = case.names
        taking = case.table("participants")[["event", "actor"]].drop_duplicates()
        busy: dict[str, int] = taking["actor"].value_counts().to_dict()
        order = sorted(busy, key=lambda actor: (-busy[actor], str(names.get(actor, actor)).casefold()))
        self.actors: dict[str, tuple[str, int]] = {
            actor: (names.get(actor, actor), busy[actor]) for actor in order
        }
        self.taking_part: dict[str, tuple[str, ...]] = {
            str(event): tuple(its) for event, its in taking.groupby("event")["actor"]
        }
        columns = [column.name for column in case.schema["events"].columns if column.own]
        self.own: dict[str, dict[str, str]] = {
            row["id"]: {column: told for column in columns if (told := _told(row, column, names))}
            for row in self.events.to_dict("records")
        }
        ends = pd.concat([self.events["date_earliest"], self.events["date_latest"]]).dropna()
        self.days: list[pd.Timestamp] = sorted(set(ends))
        self._words = [self._haystack(event) for event in self.events.to_dict("records")]

    def _haystack(self, event: dict) -> str:
        people = [self.actors[actor][0] for actor in self.taking_part.get(event["id"], ())]
        labels = [self.labels.get(tag, tag) for tag in event["tags"]]
        own = [event[name] for name in ("id", "date", "title", "summary", "attributed_to", "note")]
        return "\n".join([*own, *self.own[event["id"]].values(), *labels, *people]).casefold()

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
        found = np.array([all(word in text for word in words) for text in self._words], dtype=bool)
        if asked.actor:
            found &= np.array(
                [asked.actor in self.taking_part.get(event, ()) for event in self.events["id"]], dtype=bool
            )
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
