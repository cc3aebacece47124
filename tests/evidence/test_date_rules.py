"""Dates in prose and in the tables: each fault planted is caught, and its sound neighbours raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.prose_case import POST, RAID, by_text, codes, context_of

from kit.evidence.checks.rules import dates_in_prose, dates_in_tables, time_between
from kit.text.dates import printed_dates, weekday

RULES = (*dates_in_prose.RULES, *time_between.RULES, *dates_in_tables.RULES)


def event(identity: str, date: str, **cells: str) -> tuple[str, dict[str, str]]:
    """A row of an event."""
    row = {"id": identity, "date": date, "category": "search", "title": "It happened", "summary": "So it did.",
        "status": "confirmed", "confidence": "high"}  # fmt: skip
    return "events", row | cells


def evidence(
    record: str, says: str = "", *, stance: str = "supports", source: str = POST
) -> tuple[str, dict[str, str]]:
    """A row of evidence on a record's date."""
    row = {
        "record": record,
        "source": source,
        "stance": stance,
        "says": says,
        "field": "date" if says else "",
    }
    return "evidence", row


#: Monday 1 March 2021 is the raid; the gate closed on Thursday the 4th, the notice of 2020 was of Tuesday 1 December.
ROWS = (
    event("2021-03-04-gate-closed", "2021-03-04"), event("2020-12-01-notice", "2020-12-01"),
    event("2021-04-about", "2021-04-10~"), event("2021-02-either", "[2021-02-10..2021-02-12]"),
    event("2021-03-plan", "2021-03-02", summary="The gate is to open again on 9 September 2021."),
    event("2021-03-05-shut", "2021-03-05", title="The gate stays shut until autumn"), evidence("2021-03-05-shut"),
    *(evidence(each) for each in ("2021-03-04-gate-closed", "2020-12-01-notice", "2021-04-about", "2021-02-either", "2021-03-plan")),
)  # fmt: skip
FAULTS = (
    (f"The gate closed [@2021-03-04-gate-closed] two weeks after the raid [@{RAID}].", "time-apart"),
    (f"On Tuesday 1 March 2021 police came [@{RAID}].", "weekday-wrong"),
    (f"On Tuesday 1 March police came [@{RAID}].", "weekday-wrong"),
    ("The 1st was it: 1 March 2021 was a Friday.", "weekday-wrong"),
    ("Friday, March 1st, 2021, is the day.", "weekday-wrong"), ("It was 2021-03-01 (Sunday).", "weekday-wrong"),
    (f"On 2 April 2021 police came [@{RAID}].", "date-not-the-facts"),
    (f"On 3 March police came [@{RAID}].", "date-not-the-facts"),
    (f"On 6 March the gate closed [@2021-03-04-gate-closed], on 1 March they came [@{RAID}].", "date-not-the-facts"),
    (f"In May 2021 police came [@{RAID}].", "month-not-the-facts"), (f"In 2020 police came [@{RAID}].", "month-not-the-facts"),
    ("It stays shut until June [@2021-03-05-shut].", "month-not-the-facts"),
    ("On 10 June 2021 or so it came [@2021-04-about].", "date-not-the-facts"),
    (f"Police came [@{RAID}]; two days later the gate closed [@2021-03-04-gate-closed].", "time-apart"),
    (f"Police came [@{RAID}], and the next day the gate closed [@2021-03-04-gate-closed].", "time-apart"),
    (f"The notice came [@2020-12-01-notice], and a month later police [@{RAID}].", "time-apart"),
    (f"On the same day police came [@{RAID}] and the gate closed [@2021-03-04-gate-closed].", "time-apart"),
    (f"Both came on the same day [@{RAID}; @2021-03-04-gate-closed].", "time-apart"),
    (f"Last month's notice [@2020-12-01-notice] led to the raid [@{RAID}].", "time-apart"),
)  # fmt: skip
SOUND = (
    f"On Monday 1 March 2021 police came [@{RAID}].", f"On Monday 1 March police came [@{RAID}].",
    "1 March 2021 was a Monday, 2 March a Tuesday.", "Tuesday (March 2, 2021) was the day.", "It was Monday, 2021-03-01.",
    "A page has “Tuesday 1 March 2021”.", "Tuesday 1 March 2021 is impossible.", "On Tuesday 1 March.",
    "The page says Tuesday 1 March 2021, and the date does not fall on one.", f"In March 2021 police came [@{RAID}].",
    f"On 1 March police came [@{RAID}].", f"In early 2021 police came [@{RAID}].", "On 1 May 2021 nothing happened.",
    f"On 1 March they came [@{RAID}], on 4 March the gate closed [@2021-03-04-gate-closed].",
    f"The Post reported it on 2 March 2021 [@{RAID}].", "On 11 February it was [@2021-02-either].",
    "On 25 April 2021 or so it came [@2021-04-about].", "It opens on 9 September 2021 [@2021-03-plan].",
    "It stays shut until autumn [@2021-03-05-shut].", "It stays shut until autumn 2021 [@2021-03-05-shut].",
    "On 9 May 2021 the Post had it [@harbour-post-2021-03-02-raid].",
    f"Of May 2020 was the rule; the police came later [@{RAID}].",
    f"Police came [@{RAID}]; three days later the gate closed [@2021-03-04-gate-closed].",
    f"The notice [@2020-12-01-notice] came 90 days before the raid [@{RAID}].",
    f"The notice came [@2020-12-01-notice], and three months later police [@{RAID}].",
    f"Police came [@{RAID}]. The day after, the plan was told [@2021-03-plan].",
    f"The gate closed [@2021-03-04-gate-closed] three days after the raid [@{RAID}].",
    f"It closed [@2021-03-04-gate-closed] and opened some days later [@{RAID}].", f"They came [@{RAID}] a month later.",
    f"Then the gate closed [@2021-03-04-gate-closed], and, 93 days after the notice, the plan was told, as the Post "
    f"of 2 March had it [@{RAID}].",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the rules on dates find in each text: they stand in one notebook, a cell each."""
    return by_text(RULES, tmp_path_factory.mktemp("dates"), [*dict(FAULTS), *SOUND], changed=ROWS)


@pytest.mark.parametrize(("text", "due"), FAULTS)
def test_a_planted_fault_is_caught(text: str, due: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [due]


@pytest.mark.parametrize("text", SOUND)
def test_sound_prose_raises_no_alarm(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


def test_a_distance_may_count_from_a_fact_cited_before(tmp_path: Path) -> None:
    before = "The notice was of that winter [@2020-12-01-notice]."
    text = "Police came [@2021-03-01-raid-harbour] and, 93 days after the notice, the gate closed [@2021-03-04-gate-closed]."
    assert "time-apart" not in codes(RULES, context_of(tmp_path, before, text, changed=ROWS))
    assert "time-apart" in codes(RULES, context_of(tmp_path, text, before, changed=ROWS))


def told(*changed: tuple[str, dict[str, str]], tmp_path: Path) -> list[str]:
    """What the rules find in the tables with these rows."""
    return codes(RULES, context_of(tmp_path, "Nothing.", changed=changed))


@pytest.mark.parametrize(("change", "due"), [
    (("events", {"id": RAID, "summary": "It was Friday 1 March 2021."}), ["weekday-wrong"]),
    (("events", {"id": RAID, "note": "Friday 1 March by the Post."}), ["weekday-wrong"]),
    (("events", {"id": RAID, "note": "Monday 1 March by the Post."}), []),
    (("events", {"id": RAID, "note": "The Digest has Friday 1 March: impossible."}), []),
    (("claims", {"id": "digest-c01", "why": "It was Friday 1 March 2021."}), ["weekday-wrong"]),
    (("claims", {"id": "digest-c01", "claim": "It was Friday 1 March 2021."}), []),
    (("sources", {"id": POST, "note": "Dated Friday 2 March."}), ["weekday-wrong"]),
    (evidence(RAID, "2021-03-01"), []), (evidence(RAID, "Monday"), []), (evidence(RAID, "Monday, 2021-03-01"), []),
    (evidence(RAID, "2021-03"), []), (evidence(RAID, "[2021-02-28..2021-03-02]"), []), (evidence(RAID, "that week"), []),
    (evidence(RAID, "by 2021-03-09"), []), (evidence(RAID, "week of 2021-03-04"), []), (evidence(RAID, "2021-02-30"), []),
    (evidence(RAID, "2021-03-02"), ["date-outside-sources"]), (evidence(RAID, "Tuesday"), ["date-outside-sources"]),
    (evidence(RAID, "2021-02"), ["date-outside-sources"]), (evidence(RAID, "2021-03-02 (a Tuesday)"), ["date-outside-sources"]),
    (evidence(RAID, "2021-03-02", stance="states"), []), (evidence(RAID, "2021-03-02", stance="disputes"), []),
    (evidence(RAID, "2021-03-01 at 21:30 PST"), ["day-moved-by-zone"]), (evidence(RAID, "2021-03-01 at 9 p.m. ET"), ["day-moved-by-zone"]),
    (evidence(RAID, "2021-03-01 06:00 +0900"), ["day-moved-by-zone"]), (evidence(RAID, "2021-03-01 at 21:30 CET"), []),
    (evidence(RAID, "2021-03-01 at 9 pages"), []), (evidence(RAID, "2021-03-01T12:00Z"), []),
    (evidence(RAID, "2021-03-01 at 25:30 PST"), []),
    (("events", {"id": RAID, "date": "2021-03-09"}), ["event-only-announced"]),
    (("events", {"id": RAID, "date": "2021-03-03"}), []), (("events", {"id": RAID, "date": "2021-03"}), []),
    (("events", {"id": RAID, "date": "2021-02/2021-05"}), []),
])  # fmt: skip
def test_dates_in_the_tables(change: tuple[str, dict[str, str]], due: list[str], tmp_path: Path) -> None:
    fine = ("events", {"id": "2021-06-fine-paid", "date": "2021-03-02"})
    assert told(fine, change, tmp_path=tmp_path) == due


LATER = {"id": "coast-digest-2021-09-01-fine", "type": "post-weblog", "title": "Fined", "publisher": "Coast Digest",
    "issued": "2021-09-01", "language": "en", "tier": "secondary", "read": "full"}  # fmt: skip


@pytest.mark.parametrize(("issued", "due"), [
    ("2021-09-01", ["event-after-page"]), ("2021-05-01", ["event-only-announced"]), ("unknown", ["event-after-page"]),
    ("2021-05-01?", ["event-after-page"]), ("2021", ["event-after-page"]),
])  # fmt: skip
def test_an_event_that_some_or_all_of_its_pages_precede(issued: str, due: list[str], tmp_path: Path) -> None:
    rows = (("sources", LATER | {"issued": issued}), evidence("2021-06-fine-paid", source=LATER["id"]))
    assert told(*rows, tmp_path=tmp_path) == due


def test_a_source_that_states_another_date_than_its_fellows_is_named(tmp_path: Path) -> None:
    rows = (evidence(RAID, "2021-03-01"), evidence(RAID, "2021-03-05", source="coast-digest-2021-03-03-raid"))
    fine = ("events", {"id": "2021-06-fine-paid", "date": "2021-03-02"})
    assert told(fine, *rows, tmp_path=tmp_path) == ["date-outside-a-source"]


@given(st.dates())
def test_a_printed_date_is_read_back(day) -> None:
    year = 1800 + day.year % 300
    day = day.replace(day=min(day.day, 28), year=year)
    month = day.strftime("%B")
    for text in (
        f"on {day.day} {month} {year}",
        f"{month} {day.day}, {year}.",
        f"{weekday(day)}, {day.isoformat()}",
    ):
        (found,) = printed_dates(text)
        assert (found.year, found.month, found.day) == (year, day.month, day.day)
        assert found.span() == (day, day)
        assert found.weekday in ("", weekday(day))


@pytest.mark.parametrize("text", [
    "we may 5 people", "version 2.2021", "in 2000 pages", "GPT-2021", "the march of 40 people", "2021-13-01", "page 2021",
])  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert printed_dates(text) == []


def test_a_day_that_no_month_has_is_none() -> None:
    (day,) = printed_dates("on 31 June 2021")
    assert day.span() is None
