"""Views of the events that are kept under a name, in data/views.json: what fits, in which order, with which columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.case import Case
from kit.desk.selection import Index, Selection
from kit.errors import BadDate, KitError
from kit.files import write_whole
from kit.tables.load import by_id
from kit.tables.read import suggest
from kit.text.edtf import parse_date
from kit.text.printable import printable

VIEWS = Path("data") / "views.json"
#: The columns of the explorer's table where none are chosen; the last three are made of other tables and of the id.
VIEW_COLUMNS = ("date", "title", "status", "confidence", "who", "tags", "mark")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class View:
    """What is asked for, as `kit.desk.explorer.explore` takes it; ``order`` is a column, with a hyphen before it from the last to the first."""

    text: str = ""
    tags: tuple[str, ...] = ()
    actor: str = ""
    since: str = ""
    until: str = ""
    order: str = "date"
    columns: tuple[str, ...] = VIEW_COLUMNS

    @property
    def selection(self) -> Selection:
        """What fits it; an impossible date raises `BadDate`."""
        first = parse_date(self.since).earliest if self.since else None
        last = parse_date(self.until).latest if self.until else None
        return Selection(
            self.text,
            self.tags,
            self.actor,
            pd.Timestamp(first) if first else None,
            pd.Timestamp(last) if last else None,
        )


def view(case: Case, name: str) -> pd.DataFrame:
    """The events of the view of that name, in its order, with its columns; the index is ``id``, as in ``case.events``.

    Columns: those of ``case.events`` that the view shows, and ``who``, the names of who takes part. A view that is not there raises `KitError`, one
    that asks for what the case no longer knows `NotInCase`.

    >>> import kit
    >>> case = kit.example()
    >>> save_view(case, "raids", View(text="search", columns=("date", "who")))
    >>> view(case, "raids").columns.tolist()
    ['date', 'who']
    """
    kept, index = view_named(case, name), Index(case)
    order = ordered(index, kept.order)
    rows = index.events.iloc[order[index.fits(kept.selection)[order]]]
    people = ([index.actors[actor][0] for actor in index.taking_part.get(id, ())] for id in rows["id"])
    who = [case.protection.text(", ".join(names)) for names in people]
    shown = by_id(case.protection.frame(rows.assign(who=who), case.schema["events"]))
    return shown[[column for column in kept.columns if column in shown]]


def views(case: Case) -> dict[str, View]:
    """The views of the case by name; a file that is none, or has one that is none, raises `KitError`.

    >>> import kit
    >>> views(kit.example())
    {}
    """
    path = case.path / VIEWS
    if not path.is_file():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["views"]
        return {str(name): _read(told) for name, told in kept.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        wrong = printable(str(error), lines=False)[:100]
        raise KitError(VIEWS.as_posix(), f"holds no views ({wrong})", "mend it, or delete it") from error


def view_named(case: Case, name: str) -> View:
    """The view of that name; `KitError` where there is none.

    >>> import kit
    >>> view_named(kit.example(), "raids")
    Traceback (most recent call last):
        ...
    kit.errors.KitError: view 'raids': is not kept in data/views.json; keep it from the explorer
    """
    kept = views(case)
    if name not in kept:
        near = suggest(name, kept)
        remedy = f"did you mean {near!r}?" if near else "keep it from the explorer"
        raise KitError(f"view {name!r}", f"is not kept in {VIEWS.as_posix()}", remedy)
    return kept[name]


def save_view(case: Case, name: str, kept: View) -> None:
    """Nothing; the view is kept under the name, in place of one that was. A blank name, or one of over 80 characters, raises `KitError`."""
    name = printable(name, lines=False)
    if not name or len(name) > _LONGEST_NAME:
        raise KitError(
            "view", "has no name, or a long one", f"give it one of at most {_LONGEST_NAME} characters"
        )
    with case.writing():
        every = {**views(case), name: kept}
        told = {"views": {one: asdict(every[one]) for one in sorted(every)}}
        write_whole(case.path / VIEWS, json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def ordered(index: Index, order: str) -> np.ndarray:
    """The places of all events of the index in that order; of equals, in order of time. An unknown column is no order.

    >>> import kit
    >>> ordered(Index(kit.example()), "-date").tolist()
    [1, 0]
    """
    column = order.removeprefix("-")
    if column == "date" or column not in index.events:
        found = np.arange(len(index.events))
    else:
        cells = index.events[column]
        if not pd.api.types.is_numeric_dtype(cells):
            cells = cells.map(
                lambda cell: "; ".join(cell) if isinstance(cell, tuple) else str(cell).casefold()
            )
            cells = cells.where(cells.ne(""), None)  # blank ones last, whatever the order
        return (
            cells.reset_index(drop=True)
            .sort_values(ascending=not order.startswith("-"), kind="stable", na_position="last")
            .index.to_numpy()
        )
    return found[::-1] if order.startswith("-") else found


def shown_columns(case: Case) -> tuple[str, ...]:
    """The columns that the explorer's table can show, the case's own included.

    >>> import kit
    >>> shown_columns(kit.example())[:2]
    ('date', 'title')
    """
    computed = {"id", "publish", "public_note"}
    rest = [name for name in case.schema["events"].names if name not in (*VIEW_COLUMNS, *computed)]
    return (*VIEW_COLUMNS, *rest)


def _read(told: Mapping[str, Any]) -> View:
    given: dict[str, Any] = {
        n: tuple(value) if isinstance(value, list) else value for n, value in told.items()
    }
    made = View(**given)
    texts: Iterable[object] = (
        made.text,
        made.actor,
        made.since,
        made.until,
        made.order,
        *made.tags,
        *made.columns,
    )
    if not all(isinstance(each, str) for each in texts):
        raise TypeError("a value is no text")
    try:
        made.selection  # noqa: B018
    except BadDate as error:
        raise ValueError(error.value) from error
    return made
