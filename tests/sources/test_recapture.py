"""Pages captured again: what changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loopback import Desk, Site, site

from kit.sources.capture.capture import Capture
from kit.sources.keep import keep
from kit.sources.recapture import SHOWN, PageChange, compare_captures, due, readable_diff, recapture

TERMS = "<h1>Terms</h1><p>You may resell access. We may end it with “30 days’ notice”. Nothing else.</p>"


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def case(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


@dataclass(frozen=True)
class Reading:
    text: str
    excerpt: bool = False
    instead: str = ""


def read(capture: Capture) -> Reading:
    data, kind = capture.page()
    assert kind == "text/html"
    return Reading(re.sub(r"<[^>]+>", "\n", data.decode()))


def told(change: PageChange) -> tuple[str, ...]:
    return change.kinds


def twice(here: Site, case: Desk, after: str, status: int = 200) -> tuple[Capture, Capture]:
    url = here.page("/terms", TERMS)
    before = keep(case, url, source="terms", allow_private=True)
    here.page("/terms", after, status)
    return before, keep(case, url, source="terms", again=True, allow_private=True)


def test_nothing_changed(here: Site, case: Desk) -> None:
    change = compare_captures(*twice(here, case, TERMS), read)
    assert (change.kinds, change.diff) == ((), "")


def test_only_the_code_changed(here: Site, case: Desk) -> None:
    change = compare_captures(*twice(here, case, TERMS.replace("<p>", '<p class="x">')), read)
    assert change.kinds == ("only the code changed",)


def test_rewritten_terms_show_the_sentences(here: Site, case: Desk) -> None:
    change = compare_captures(*twice(here, case, TERMS.replace("30 days’ notice", "no notice")), read)
    assert change.kinds == ("text changed",)
    assert change.diff.splitlines() == [
        "  You may resell access.",
        "- We may end it with “30 days’ notice”.",
        "+ We may end it with “no notice”.",
        "  Nothing else.",
    ]


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "gone"), (410, "gone"), (403, "unavailable"), (500, "unavailable")]
)
def test_a_page_that_is_gone_has_no_text_any_more(here: Site, case: Desk, status: int, kind: str) -> None:
    change = compare_captures(*twice(here, case, "nothing here", status), read)
    assert (change.kinds, change.new) == ((kind,), None)
    assert "You may resell access" in change.old.text


def test_a_page_that_moved(here: Site, case: Desk) -> None:
    url = here.page("/terms", TERMS)
    before = keep(case, url, source="terms", allow_private=True)
    here.page("/terms", "", 301, Location="/legal/terms")
    here.page("/legal/terms", TERMS.replace("Nothing else", "Much else"))
    after = keep(case, url, source="terms", again=True, allow_private=True)
    assert compare_captures(before, after, read).kinds == ("moved", "text changed")


def test_what_is_due_is_the_latest_capture_of_each_address_when_old_enough(
    here: Site, case: Desk, tmp_path: Path
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for day, path in ((0, "/a"), (5, "/a"), (3, "/b")):
        at = start + timedelta(days=day)
        url = here.page(path, f"day {day}")
        keep(case, url, source=path[1:], again=True, allow_private=True, clock=lambda at=at: at)
    keep(case, "pasted text", how="pasted", source="c", clock=lambda: start)
    rows = due(case, timedelta(days=4), start + timedelta(days=8))
    assert list(rows["id"]) == ["b-20260104t000000z"]
    assert list(due(case, timedelta(days=3), start + timedelta(days=8))["source"]) == ["a", "b"]


def test_recapture_tells_of_every_page_and_goes_on_past_a_bad_one(here: Site, case: Desk) -> None:
    pages = {name: here.page(f"/{name}", TERMS) for name in ("terms", "same", "lost", "barred")}
    for name, url in pages.items():
        keep(case, url, source=name, allow_private=True)
    here.page("/terms", TERMS.replace("resell", "not resell"))
    here.page("/lost", "", 404)
    here.page("/barred", "", 302, Location="file:///etc/passwd")
    later = datetime.now(UTC) + timedelta(days=1)
    table = recapture(case, due(case, timedelta(0), later), read, told, allow_private=True).set_index(
        "source"
    )
    assert table["change"].to_dict() == {
        "terms": "text changed", "same": "", "lost": "gone", "barred": "missed",
    }  # fmt: skip
    assert table["touched"].to_dict() == {
        "terms": ("text changed",), "same": (), "lost": ("gone",), "barred": (),
    }  # fmt: skip
    assert "not a web address" in table["reason"]["barred"]
    assert "+ You may not resell access." in table["diff"]["terms"]
    assert table["before"]["terms"] != table["after"]["terms"]


def test_a_page_that_came_back_is_compared_with_what_it_was(here: Site, case: Desk) -> None:
    before, _ = twice(here, case, "gone", 404)
    here.page("/terms", TERMS)
    later = datetime.now(UTC) + timedelta(days=1)
    table = recapture(case, due(case, timedelta(0), later), read, told, allow_private=True)
    assert list(table["change"]) == [""]
    assert list(table["before"]) == [before.id]


@given(
    st.lists(st.sampled_from(["One.", "Two.", "Three."]), max_size=8),
    st.lists(st.sampled_from(["One.", "Four."]), max_size=8),
)
def test_a_diff_says_what_went_and_what_came(old: list[str], new: list[str]) -> None:
    lines = readable_diff(" ".join(old), " ".join(new)).splitlines()
    went = [line[2:] for line in lines if line.startswith("- ")]
    came = [line[2:] for line in lines if line.startswith("+ ")]
    assert len(old) - len(went) == len(new) - len(came)
    assert (not lines) == (old == new)


def test_a_hostile_text_is_compared_in_bounded_time() -> None:
    old = "".join(f"Sentence {i} here. " for i in range(60_000))
    new = "".join(f"Sentence {i} there. " for i in range(60_000))
    assert len(readable_diff(old, new)) <= SHOWN + 50
    assert len(readable_diff("a. " * 60_000, "b. a. " * 30_000)) <= SHOWN + 50
