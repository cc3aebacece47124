"""The explorer's controls and views: a touch of any control brings every view into line."""

from __future__ import annotations

from typing import Any

import anywidget
import ipywidgets as widgets
import numpy as np
import pandas as pd

from kit.case import Case
from kit.charts.look import one_line
from kit.desk import markup
from kit.desk.selection import Index, Selection
from kit.desk.strip import strip
from kit.desk.views import View, ordered, save_view, shown_columns
from kit.errors import KitError
from kit.evidence.provenance.lineage import lineage, lineage_sentence
from kit.text.wording import listed

#: JupyterLab takes letters and arrows pressed in a list for commands of its own ("d d" deletes the cell), unless the
#: element that has the focus says that it must not: Lumino, on which JupyterLab stands, looks there for this mark.
_SCRIPT = """
function render({ el }) {
  let tries = 0;
  const own = (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  const mark = () => {
    const box = el.parentElement?.closest(".widget-vbox");
    if (box) box.addEventListener("focusin", own);
    else if (tries++ < 600) requestAnimationFrame(mark);
  };
  mark();
}
export default { render };
"""


class OwnKeys(anywidget.AnyWidget):
    """An invisible widget that keeps the keys pressed in the box around it from the notebook's commands."""

    _esm = _SCRIPT


_HINT = "For several, hold Ctrl (Cmd) while choosing. Of one box, any of those chosen will do; each box must agree."


class Panel:
    """Controls and views over ``index``, starting from ``asked``; ``fits`` marks the events that fit at the moment.

    Everything is a plain ipywidgets control or an ``HTML`` widget whose text is escaped; nothing is printed, so that
    a notebook that runs without a browser has no output to wait for.
    """

    fits: np.ndarray

    def __init__(self, case: Case, index: Index, asked: Selection, start: View | None = None) -> None:
        self._case, self._index = case, index
        self._start = start or View()
        self._order = ordered(index, self._start.order)
        sources = case.table("sources")
        self._sources, self._lineage = sources, lineage(sources)
        self._said_of = case.table("evidence").merge(
            sources[["id", "publisher", "title", "url", "read"]],
            left_on="source",
            right_on="id",
            suffixes=("", "_source"),
        )
        self._people = {
            event: listed([index.actors[actor][0] for actor in actors])
            for event, actors in index.taking_part.items()
        }
        self._busy = True
        self._make_controls(asked)
        self._make_shape()
        self._make_views()
        self._busy = False
        self._show(changed=None)

    def asked(self) -> Selection:
        """What the controls ask for at the moment."""
        since, until = self.days.value
        whole = self.days.index == (0, len(self._index.days) - 1)
        return Selection(
            text=self.words.value,
            tags=tuple(tag for facet in self.facets.values() for tag in facet.value),
            actor=self.actor.value,
            since=None if whole else since,
            until=None if whole else until,
        )

    def view(self) -> View:
        """What the controls ask for, with order and columns, as it can be kept."""
        asked = self.asked()
        return View(
            asked.text,
            asked.tags,
            asked.actor,
            f"{asked.since:%Y-%m-%d}" if asked.since is not None else "",
            f"{asked.until:%Y-%m-%d}" if asked.until is not None else "",
            self.order.value,
            tuple(self.columns.value),
        )

    def _make_shape(self) -> None:
        """The order of the events, the columns of the table, and the name under which a view is kept."""
        every = shown_columns(self._case)
        orders = [("Oldest first", "date"), ("Newest first", "-date")]
        orders += [(f"By {name.replace('_', ' ')}", name) for name in every if name in self._index.events]
        orders = [pair for at, pair in enumerate(orders) if pair[1] not in [o for _, o in orders[:at]]]
        known = [value for _, value in orders]
        wanted = self._start.order
        if wanted not in known and wanted.removeprefix("-") in known:
            orders.append((f"By {wanted[1:].replace('_', ' ')}, last first", wanted))
            known.append(wanted)
        self.order = widgets.Dropdown(
            options=orders, value=wanted if wanted in known else "date", description="Order"
        )
        self.columns = widgets.SelectMultiple(
            options=[(name.replace("_", " ").capitalize(), name) for name in every],
            value=[name for name in every if name in self._start.columns],
            description="Columns",
            rows=6,
        )
        self.name = widgets.Text("", description="View", placeholder="a name to keep this under")
        self.keep = widgets.Button(
            description="Keep view", tooltip="Keep it: case.view(name) gives its events"
        )
        self.kept = widgets.HTML()
        self.order.observe(self._reorder, names="value")
        self.columns.observe(self._choose, names="value")
        self.keep.on_click(self._keep)

    def _reorder(self, change: Any) -> None:
        self._order = ordered(self._index, self.order.value)
        self._ask(change)

    def _keep(self, button: Any) -> None:
        try:
            save_view(self._case, self.name.value, self.view())
            told = f"Kept: case.view({self.name.value!r})"
        except KitError as error:
            told = str(error)
        self.kept.value = f'<div role="status" aria-live="polite">{markup.escaped(told)}</div>'

    def _make_controls(self, asked: Selection) -> None:
        index, days = self._index, self._index.days
        index.fits(asked)  # an unknown tag or actor is named before any control refuses it
        self.words = widgets.Text(asked.text, description="Words", placeholder="all of them must occur")
        people = [
            ("Anybody", ""),
            *((f"{one_line(name)} ({n})", actor) for actor, (name, n) in index.actors.items()),
        ]
        self.actor = widgets.Dropdown(options=people, value=asked.actor, description="Who")
        first = next(
            (i for i, day in enumerate(days) if asked.since is None or day >= asked.since), len(days) - 1
        )
        last = next(
            (i for i in range(len(days) - 1, -1, -1) if asked.until is None or days[i] <= asked.until), 0
        )
        self.days = widgets.SelectionRangeSlider(
            options=[(f"{day:%Y-%m-%d}", day) for day in days],
            index=(min(first, last), max(first, last)),
            description="Days",
            continuous_update=False,
            readout=False,  # too narrow for two days: the line below names them
            layout=widgets.Layout(width="98%"),
        )
        counts = index.counts(asked)
        self.facets = {
            facet: widgets.SelectMultiple(
                options=self._options(tags, counts),
                value=[tag for tag in tags if tag in asked.tags],
                description=one_line(facet).capitalize(),
                rows=min(len(tags), 6),
                layout=widgets.Layout(
                    width="auto", display="flex", flex_flow="column", align_items="stretch", height="auto"
                ),
            )
            for facet, tags in index.facets.items()
        }
        self.tags_shown = widgets.ToggleButton(
            bool(asked.tags), description="Tags", tooltip="Show the tags to choose from"
        )
        self.everything = widgets.Button(description="Show all", tooltip="Take every filter off")
        for control in (self.words, self.actor, self.days, *self.facets.values()):
            control.observe(self._ask, names="value")
        self.everything.on_click(self._take_off)
        self.tags_shown.observe(self._fold, names="value")

    def _make_views(self) -> None:
        self.line, self.strip, self.card, self.table = (widgets.HTML() for _ in range(4))
        self.table.layout.width = self.strip.layout.width = "100%"
        self.card.layout = widgets.Layout(flex="1 1 360px")
        self.list = widgets.Select(
            options=[], description="Events", rows=12, layout=widgets.Layout(flex="1 1 420px", width="auto")
        )
        self.list.observe(self._choose, names="value")
        columns = widgets.Layout(
            grid_template_columns="repeat(auto-fill, minmax(220px, 1fr))", grid_gap="6px 12px"
        )
        boxes = widgets.GridBox([*self.facets.values(), self.columns], layout=columns)
        self.tags = widgets.VBox([widgets.HTML(markup.escaped(_HINT)), boxes])
        self._fold(None)
        self.box = widgets.VBox(
            [
                _row(self.words, self.actor, self.order, self.tags_shown, self.everything),
                self.tags,
                self.days,
                self.line,
                self.strip,
                _row(self.list, self.card),
                self.table,
                _row(self.name, self.keep, self.kept),
                OwnKeys(),
            ]
        )

    def _options(self, tags: list[str], counts: dict[str, int]) -> list[tuple[str, str]]:
        return [(f"{one_line(self._index.labels[tag])} ({counts[tag]})", tag) for tag in tags]

    def _fold(self, change: Any) -> None:
        self.tags.layout.display = "flex" if self.tags_shown.value else "none"

    def _take_off(self, button: Any) -> None:
        self._busy = True
        self.words.value, self.actor.value = "", ""
        self.days.index = (0, len(self._index.days) - 1)
        for facet in self.facets.values():
            facet.value = ()
        self._busy = False
        self._show(changed=None)

    def _ask(self, change: Any) -> None:
        if not self._busy:
            self._show(changed=change["owner"])

    def _choose(self, change: Any) -> None:
        if not self._busy:
            self._draw()

    def _show(self, changed: Any) -> None:
        """Bring counts, list and views into line; the box just touched is left alone, so that it keeps its place."""
        asked = self.asked()
        self.fits = self._index.fits(asked)
        counts = self._index.counts(asked)
        chosen = self.list.value
        first = self._rows()
        listed = [
            (f"{one_line(d)}  {one_line(t)}", i)
            for i, d, t in zip(first["id"], first["date"], first["title"], strict=True)
        ]
        self._busy = True
        for facet, tags in self._index.facets.items():
            options = self._options(tags, counts)
            if self.facets[facet] is not changed and list(self.facets[facet].options) != options:
                with self.facets[facet].hold_sync():
                    kept = self.facets[facet].value
                    self.facets[facet].options, self.facets[facet].value = options, kept
        with self.list.hold_sync():
            self.list.options = listed
            self.list.value = chosen if any(chosen == identity for _, identity in listed) else None
        self._busy = False
        self.tags_shown.description = f"Tags ({len(asked.tags)} chosen)" if asked.tags else "Tags"
        self.line.value = markup.count_line(int(self.fits.sum()), len(self.fits), self.days.value)
        self._draw()

    def _rows(self) -> pd.DataFrame:
        """The first of the events that fit, as many as anybody reads, in the order that was chosen."""
        return self._index.events.iloc[self._order[self.fits[self._order]][: markup.MOST_ROWS]]

    def _draw(self) -> None:
        """The timeline, the table and the card, with the chosen event marked in each."""
        chosen = self.list.value or ""
        self.strip.value = strip(self._index.events, self.fits, self.days.value, chosen)
        self.table.value = markup.table(
            self._rows(),
            self._index.labels,
            self._people,
            chosen,
            count=int(self.fits.sum()),
            columns=[name for _, name in self.columns.options if name in self.columns.value],
            own=self._index.own,
        )
        self.card.value = (
            self._card(chosen) if chosen else f"<p>{markup.escaped('Choose an event to read it here.')}</p>"
        )

    def _card(self, chosen: str) -> str:
        event = self._index.events.iloc[self._index.place[chosen]].to_dict()
        said = self._said_of[self._said_of["record"] == chosen]
        supporting = said.loc[said["stance"] == "supports", "source"]
        origins = lineage_sentence(self._lineage[self._lineage["id"].isin(supporting)], self._sources)
        return markup.card(event, self._people.get(chosen, ""), said, origins, self._index.own(chosen))


def _row(*parts: widgets.Widget) -> widgets.HBox:
    """The parts side by side, or below one another where there is no room."""
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", width="100%"))
