"""A view that was kept gives the same events in code and in the explorer, in its order and with its columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support.small_case import ROWS, write_rows

import kit
from kit.desk.explorer import explore
from kit.desk.selection import Index, NotInCase
from kit.desk.views import VIEW_COLUMNS, VIEWS, View, ordered, save_view, shown_columns, view, views
from kit.errors import KitError

RAID, FINE = "2021-03-01-raid-harbour", "2021-06-fine-paid"


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


def test_a_view_gives_its_events_in_its_order_with_its_columns(case: kit.Case) -> None:
    save_view(case, "all", View(order="-date", columns=("date", "title", "who", "mark")))
    found = case.view("all")
    assert found.index.tolist() == [FINE, RAID]
    assert found.columns.tolist() == ["date", "title", "who"]
    assert "Police" in found.at[RAID, "who"]
    save_view(case, "raids", View(tags=("raid",), text="papers", until="2021-04"))
    assert case.view("raids").index.tolist() == [RAID]
    assert list(views(case)) == ["all", "raids"]


def test_what_the_explorer_shows_is_what_it_keeps(case: kit.Case) -> None:
    panel = explore(case).panel
    panel.words.value = "office"
    panel.order.value = "-date"
    panel.columns.value = ("title", "summary")
    panel.name.value = "mine"
    panel.keep.click()
    assert "case.view(&#x27;mine&#x27;)" in panel.kept.value
    assert case.view("mine").index.tolist() == [FINE, RAID]
    assert case.view("mine").columns.tolist() == ["title", "summary"]
    again = explore(case, view="mine").panel
    assert again.view() == panel.view() == views(case)["mine"]
    assert [id for _, id in again.list.options] == [FINE, RAID]
    assert "Summary" in again.table.value
    assert "Confidence" not in again.table.value
    assert explore(case, view="mine", text="papers").events.index.tolist() == [RAID]


def test_the_days_of_a_view_come_back(case: kit.Case) -> None:
    save_view(case, "spring", View(since="2021-03-01", until="2021-03-01"))
    made = explore(case, view="spring")
    assert made.events.index.tolist() == case.view("spring").index.tolist() == [RAID]
    assert made.panel.view().since == "2021-03-01"


def test_a_blank_name_is_told_in_the_panel(case: kit.Case) -> None:
    panel = explore(case).panel
    panel.keep.click()
    assert "has no name" in panel.kept.value
    assert not (case.path / VIEWS).exists()


def test_own_columns_are_shown_and_give_an_order(case: kit.Case) -> None:
    (case.path / "data/case.toml").write_text(
        'title = "T"\n[columns.events.berth]\nkind = "number"\nabout = "Which"\n'
        '[columns.events.found]\nkind = "text"\nabout = "What"\n'
    )
    events = [dict(row) for row in ROWS["events"]]
    events[0] |= {"berth": "9", "found": "<b>boxes</b>"}
    events[1] |= {"berth": "10"}
    path = case.path / "data/manual/events.csv"
    write_rows(case.path, ROWS)
    (case.path / "data/case.toml").write_text(
        'title = "T"\n[columns.events.berth]\nkind = "number"\nabout = "Which"\n'
        '[columns.events.found]\nkind = "text"\nabout = "What"\n'
    )
    names = list(dict.fromkeys(name for row in events for name in row))
    pd.DataFrame(events, columns=names).fillna("").to_csv(path, index=False, lineterminator="\n")
    case = kit.open(case.path)
    assert {"berth", "found"} <= set(shown_columns(case))
    index = Index(case)
    assert index.events["id"].iloc[ordered(index, "-berth")].tolist() == [FINE, RAID]
    panel = explore(case).panel
    panel.columns.value = ("title", "berth", "found")
    assert "&lt;b&gt;boxes&lt;/b&gt;" in panel.table.value
    assert ">10<" in panel.table.value
    panel.order.value = "berth"
    assert [id for _, id in panel.list.options] == [RAID, FINE]


@pytest.mark.parametrize("order", ["date", "-date", "title", "-title", "tags", "nothing", "-"])
def test_every_order_has_each_event_once(case: kit.Case, order: str) -> None:
    assert np.array_equal(np.sort(ordered(Index(case), order)), [0, 1])


def test_what_is_not_kept_or_no_longer_known_is_told(case: kit.Case) -> None:
    save_view(case, "fines", View(tags=("fine",)))
    with pytest.raises(KitError, match="did you mean 'fines'"):
        view(case, "fine")
    save_view(case, "gone", View(tags=("no-such-tag",)))
    with pytest.raises(NotInCase):
        view(case, "gone")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"views": 3}', '{"views": {"a": 3}}', '{"views": {"a": {"x": 1}}}', '{"views": {"a": {"text": 3}}}',
     '{"views": {"a": {"since": "2021-13"}}}'],
)  # fmt: skip
def test_a_file_that_holds_no_views_is_told(case: kit.Case, text: str) -> None:
    (case.path / VIEWS).write_text(text)
    with pytest.raises(KitError, match="holds no views"):
        case.view("a")


def test_whom_a_case_protects_is_shown_under_the_alias(case: kit.Case) -> None:
    actors = [dict(row) for row in ROWS["actors"]]
    actors[1] |= {"name": "Jane Roe", "alias": "Witness A"}
    write_rows(case.path, ROWS | {"actors": actors})
    case = kit.open(case.path)
    save_view(case, "all", View(columns=VIEW_COLUMNS))
    shown = case.view("all").to_json()
    assert "Jane Roe" not in shown
    assert "Witness A" in shown
