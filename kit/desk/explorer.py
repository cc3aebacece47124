"""The event explorer: what a reader looks through in JupyterLab, and the still picture that stands in for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.charts.figure import NotDrawn
from kit.charts.frames import name_of
from kit.charts.timeline import timeline
from kit.desk.panel import Panel
from kit.desk.selection import Index, Selection
from kit.desk.views import View, view_named
from kit.errors import KitError
from kit.tables.load import by_id
from kit.tables.schema import TABLES
from kit.text.wording import plural


def explore(
    case: Case,
    *,
    text: str = "",
    tags: tuple[str, ...] = (),
    actor: str = "",
    since: str = "",
    until: str = "",
    view: str = "",
) -> Explorer:
    """The events of the case to look through: by word, tag, actor and day, in a timeline and a table that agree.

    The words set what it starts from: ``tags`` and ``actor`` are ids, ``since`` and ``until`` EDTF dates. One that
    the case does not know raises `NotInCase`, an impossible date `BadDate`, a case without dated events `KitError`.
    ``view`` is the name of one that was kept, which `kit.view` gives as a frame; what else is asked for takes the place of what it has.
    In JupyterLab it answers; in a report, on GitHub and wherever no kernel runs, a timeline of what it starts from
    stands in its place.

    >>> import kit
    >>> found = explore(kit.example(), text="office", since="2021-03", until="2021-03").events
    >>> found.index.tolist()
    ['example-2021-03-01-raid-harbour']
    """
    kept = view_named(case, view) if view else View()
    given: dict[str, Any] = {
        "text": text,
        "tags": tuple(tags),
        "actor": actor,
        "since": since,
        "until": until,
    }
    start = replace(kept, **{name: value for name, value in given.items() if value})
    asked = start.selection
    index = Index(case)
    if not index.days:
        raise KitError(TABLES["events"].path, "has no event with a day", "write a first event")
    return Explorer(case, index, asked, start)


class Explorer:
    """Events to look through; `events` are those that fit at the moment, as a frame to go on working with."""

    def __init__(self, case: Case, index: Index, asked: Selection, start: View) -> None:
        self._case, self._index, self._asked, self._view = case, index, asked, start
        self._start = index.fits(asked)

    def __repr__(self) -> str:
        return f"Explorer({int(self._fits.sum()):,} of {len(self._fits):,} events)"

    @property
    def events(self) -> pd.DataFrame:
        """The events that fit, in order of time, with the columns and the index of ``case.events``."""
        return by_id(self._index.events[self._fits])

    @cached_property
    def panel(self) -> Panel:
        """What a reader touches: the controls, and what they show."""
        return Panel(self._case, self._index, self._asked, self._view)

    def still(self) -> dict[str, Any]:
        """What stands where no kernel runs, by media type: a timeline of the events that fit, or why there is none."""
        try:
            headline, alt = _described(self.events)
            source = f"{TABLES['events'].path} of this case"
            drawn = timeline(self.events, names=self._case, headline=headline, source=source, alt=alt)
        except NotDrawn as refused:
            return {"text/plain": f"{self!r}: {refused.value}"}
        return {**drawn._repr_mimebundle_(), "text/plain": f"{self!r}\n{drawn.alt}"}

    @property
    def _fits(self) -> np.ndarray:
        return self.panel.fits if "panel" in self.__dict__ else self._start

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        live = self.panel.box._repr_mimebundle_()
        return {**live, **self.still()}


def _described(events: pd.DataFrame) -> tuple[str, str]:
    """The headline and the alt text of the still timeline, counted from its events."""
    if events.empty:
        return "No event fits", "Nothing is drawn."
    days = events["date_earliest"].fillna(events["date_latest"]).sort_values()
    last = events["date_latest"].fillna(events["date_earliest"]).max()
    middle = days.iloc[(len(days) - 1) // 2]
    headline = str(events["title"].iloc[0])
    if len(events) > 1:
        headline = f"{len(events):,} events, half of them by {middle:%B %Y}"
    lanes = sorted(events.groupby("category").size().items(), key=lambda lane: (-lane[1], str(lane[0])))
    most = ", ".join(f"{name_of(lane, {})} ({count})" for lane, count in lanes[:3])
    alt = (
        f"Timeline of {plural(len(events), 'event')} from {days.iloc[0]:%Y} to {last:%Y} in "
        f"{plural(len(lanes), 'lane')}, one a kind of event; the fullest: {most}."
    )
    return headline, alt
