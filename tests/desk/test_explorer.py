"""The explorer without a browser: its views agree, outside text stays text, and a saved notebook holds a still twin."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbclient import NotebookClient

import kit
from kit.desk import markup
from kit.desk.explorer import explore
from kit.desk.selection import NotInCase
from kit.desk.strip import strip
from kit.errors import BadDate, KitError
from kit.text.edtf import date_columns

WIDGET = "application/vnd.jupyter.widget-view+json"
ATTACK = '<img src=x onerror="alert(1)"><script>alert(1)</script>\'"&\u202e\x00</title></svg>'


class Elements(HTMLParser):
    """The elements and attributes that a browser would make of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def case(project):
    return kit.open(project)


@pytest.fixture
def panel(case):
    return explore(case).panel


def shown(panel) -> int:
    return panel.table.value.count("<tr") - 1


def test_each_filter_brings_line_list_timeline_and_table_into_step(panel):
    panel.words.value = "windsurf"
    count = int(panel.fits.sum())
    assert 0 < count < len(panel.fits)
    assert panel.line.value.count(f"{count} of {len(panel.fits)} events fit") == 1
    assert len(panel.list.options) == shown(panel) == count
    assert f"{count} of {len(panel.fits)} events fit" in panel.strip.value
    panel.actor.value = "openai"
    assert len(panel.list.options) == int(panel.fits.sum()) < count
    panel.everything.click()
    assert panel.fits.all()
    assert (panel.words.value, panel.actor.value) == ("", "")


def test_tags_of_a_facet_widen_and_facets_narrow(panel):
    law, market = (panel.facets[facet] for facet in ("law", "market"))
    law.value = ("antitrust",)
    one = int(panel.fits.sum())
    law.value = ("antitrust", "injunction")
    assert int(panel.fits.sum()) > one
    market.value = (panel.facets["market"].options[0][1],)
    assert int(panel.fits.sum()) < one
    assert law.value == ("antitrust", "injunction")
    assert panel.tags_shown.description == "Tags (3 chosen)"


def test_the_days_narrow_the_timeline_and_the_timeline_says_so(panel):
    labels = [label for label, _ in panel.days.options]
    at = labels.index("2025-06-01")
    panel.days.index = (at, len(labels) - 1)
    assert 'aria-label="Timeline, 2025-06 to ' in panel.strip.value
    assert shown(panel) == int(panel.fits.sum()) < len(panel.fits)


def test_a_chosen_event_is_marked_everywhere_and_stays_chosen_while_it_fits(panel):
    event = "2025-07-29-anthropic-revokes-openai"
    panel.list.value = event
    assert panel.table.value.count('aria-current="true"') == 1
    assert panel.strip.value.count('stroke-width="2"') == 1
    assert "one original report" in panel.card.value
    panel.words.value = "anthropic"
    assert panel.list.value == event
    panel.words.value = "crowdtangle"
    assert panel.list.value is None
    assert "Choose an event" in panel.card.value


def test_nothing_that_fits_is_said(panel):
    panel.words.value = "no such words anywhere"
    assert "Take a filter off" in panel.line.value
    assert shown(panel) == 0
    assert panel.list.options == ()


def test_an_update_takes_less_than_150_ms(panel):
    took = []
    for words in ("a", "an", "ant", "anth", "", "open"):
        began = time.process_time()
        panel.words.value = words
        took.append(time.process_time() - began)
    assert min(took) < 0.15, took


def test_it_starts_from_what_it_is_given_and_hands_its_events_on(case):
    found = explore(case, text="windsurf", tags=("coding-tools",), since="2025-06", until="2025-07")
    before = found.events
    assert list(before.columns) == list(case.events.columns)
    assert (before["date_latest"] >= "2025-06-01").all()
    assert found.panel.fits.sum() == len(before)
    assert found.panel.tags_shown.value
    found.panel.everything.click()
    assert len(found.events) == len(case.events)
    assert repr(found) == f"Explorer({len(case.events)} of {len(case.events)} events)"


@pytest.mark.parametrize(
    ("asked", "error"),
    [({"tags": ("nothing",)}, NotInCase), ({"actor": "nobody"}, NotInCase), ({"since": "1/8/2025"}, BadDate)],
)
def test_what_the_case_does_not_know_is_refused(case, asked, error):
    with pytest.raises(error):
        explore(case, **asked)


def test_a_case_without_events_says_what_to_do(edit):
    for table in ("events", "participants", "evidence"):
        folder = edit(table, lambda raw: raw.splitlines(keepends=True)[0])
    with pytest.raises(KitError, match="write a first event"):
        explore(kit.open(folder))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.just(ATTACK))
def test_outside_text_is_only_ever_text(text):
    event = {
        "id": "e",
        "date": "2025-06",
        "title": text,
        "summary": text,
        "status": "alleged",
        "attributed_to": text,
    }
    event |= {"confidence": "high", "tags": ("t",), "note": text}
    frame = pd.DataFrame([event])
    frame = frame.join(date_columns(frame["date"]))
    days = (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31"))
    said = pd.DataFrame([{"stance": "supports", "publisher": text, "title": text, "url": text, "read": "no"}])
    views = [
        markup.table(frame, {"t": text}, {"e": text}, "e"),
        markup.card(event, text, said, text, {text: text}),
        strip(frame, frame["id"] == "e", days, "e"),
    ]
    known = {
        "style",
        "div",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "h4",
        "p",
        "b",
        "ul",
        "li",
    }
    for view in views:
        made = Elements(view)
        assert made.names <= known | {"svg", "g", "rect", "title", "line", "text", "a"}
        assert not any(name.startswith("on") for name in made.attributes)
        assert "\x00" not in view


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[x", "", 'http:evil" onclick=x'],
)
def test_an_address_that_is_none_makes_no_link_that_does_harm(url):
    made = Elements(markup.link(url, "Post"))
    assert made.attributes <= {"href", "target", "rel"}
    assert made.names <= ({"a"} if url.startswith("http") else set())


def test_a_table_longer_than_anybody_reads_says_what_it_leaves_out(case):
    rows = pd.concat([case.table("events")] * 2, ignore_index=True)
    labels = dict(zip(case.tags.index, case.tags["label"], strict=True))
    text = markup.table(rows, labels, {})
    assert text.count("<tr") - 1 == markup.MOST_ROWS
    assert f"{len(rows) - markup.MOST_ROWS:,} more are left out" in text


def test_the_bundle_holds_the_live_explorer_and_its_still_twin(case):
    bundle = explore(case, text="windsurf")._repr_mimebundle_()
    chart = {"application/vnd.vegalite.v5+json", "application/vnd.casebook.chart+json", "image/svg+xml"}
    assert set(bundle) == {WIDGET, *chart, "text/plain"}
    assert "<title" in bundle["image/svg+xml"]
    none = explore(case, text="no such words anywhere")._repr_mimebundle_()
    assert set(none) == {WIDGET, "text/plain"}
    assert none["text/plain"].startswith("Explorer(0 of ")


@pytest.mark.long
def test_a_saved_notebook_passes_nbval_strict_and_fails_when_the_events_change(
    case_folder, edit, tmp_path, project
):
    cell = nbformat.v4.new_code_cell(f"import kit\nkit.explore(kit.open({str(case_folder)!r}))")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    client = NotebookClient(notebook, timeout=120)
    client.comm_open_handlers = {}
    client.execute()
    data = notebook["cells"][0]["outputs"][0]["data"]
    assert WIDGET in data
    saved = tmp_path / "saved.ipynb"
    nbformat.write(notebook, saved)
    assert _nbval(saved, project) == 0
    edit(
        "events",
        lambda raw: raw.replace(b"Police search the harbour office", b"Police leave the harbour office"),
    )
    assert _nbval(saved, project) == 1


def _nbval(notebook, project) -> int:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", str(notebook)]
    own = os.environ | {"PYTHONPATH": str(project)}
    return subprocess.run(
        words, cwd=notebook.parent, env=own, capture_output=True, timeout=240, check=False
    ).returncode


def many(count: int) -> pd.DataFrame:
    days = pd.Series([f"{2005 + n % 20}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(count)], name="date")
    frame = pd.DataFrame({"id": [f"e-{n}" for n in range(count)], "title": ATTACK, "date": days})
    return frame.join(date_columns(days))


def test_many_events_are_bars_that_say_how_many(case):
    events, window = many(5_000), (pd.Timestamp("2005-01-01"), pd.Timestamp("2024-12-31"))
    fits = (events.index % 2 == 0) & (events["date_earliest"].dt.year < 2010)
    drawn = strip(events, fits.to_numpy(), window, "e-2")
    assert f"{int(fits.sum())} of 5000 events fit" in drawn
    assert drawn.count("<rect") < 1_000
    assert drawn.count('stroke-width="2"') == 1
    assert Elements(drawn).names <= {"svg", "g", "rect", "title", "line", "text"}
    whole = strip(events, fits.to_numpy() | True, window)
    dark = [one for one in whole.split("<rect")[1:] if "opacity" not in one]
    assert sum(int(one.split("<title>")[1].split(" of ")[0].replace(",", "")) for one in dark) == 5_000
