"""Manners: who we are, robots.txt, turns at a host."""

import threading
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.capture.web.politeness import (
    LONGEST_PAUSE,
    HostThrottle,
    NoContact,
    Robots,
    retry_after,
    user_agent,
)


def test_the_user_agent_names_us_and_the_contact() -> None:
    assert user_agent("https://harbourpost.example/desk").startswith("casebook-kit/")
    assert user_agent(" desk@harbourpost.example ").endswith("(+desk@harbourpost.example)")


@pytest.mark.parametrize(
    "contact", ["", "  ", "desk@a.example\r\nX-Evil: 1", "dèsk@a.example", "a) (b", "x" * 300]
)
def test_nobody_fetches_anonymously_or_with_a_broken_contact(contact: str) -> None:
    with pytest.raises(NoContact):
        user_agent(contact)


def test_robots_speaks_to_us_by_name_and_to_everyone() -> None:
    rules = Robots("User-agent: casebook-kit\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\nCrawl-delay: 3")
    assert not rules.allows("https://x.example/a")
    assert rules.allows("https://x.example/b")
    assert not Robots("User-agent: *\nDisallow: /b").allows("https://x.example/b")


@pytest.mark.parametrize(
    ("line", "pause"), [("Crawl-delay: 2.5", 2.5), ("Crawl-delay: 86400", LONGEST_PAUSE), ("", 0)]
)
def test_a_crawl_delay_counts_up_to_a_minute(line: str, pause: float) -> None:
    assert Robots(f"User-agent: *\n{line}").pause() == pause


@given(st.text(max_size=300))
def test_any_robots_txt_can_be_read(text: str) -> None:
    rules = Robots(text)
    assert rules.allows("https://x.example/a") in (True, False)
    assert 0 <= rules.pause() <= LONGEST_PAUSE


@given(st.text(max_size=40))
def test_any_retry_after_gives_seconds_or_nothing(value: str) -> None:
    seconds = retry_after(value, datetime(2026, 1, 1, tzinfo=UTC))
    assert seconds is None or seconds >= 0


def test_a_date_in_the_past_asks_for_no_wait() -> None:
    assert retry_after("Thu, 01 Jan 2015 00:00:00 GMT", datetime(2026, 1, 1, tzinfo=UTC)) == 0


def test_one_at_a_time_at_a_host_with_a_pause_between(tmp_path: Path) -> None:
    spans: list[tuple[float, float]] = []

    def visit() -> None:
        with HostThrottle(tmp_path).at("https://a.example/x", 0.2):
            begun = time.monotonic()
            time.sleep(0.05)
            spans.append((begun, time.monotonic()))

    threads = [threading.Thread(target=visit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spans.sort()
    assert all(later[0] - earlier[1] > 0.15 for earlier, later in pairwise(spans))


def test_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    turns = HostThrottle(tmp_path)
    begun = time.monotonic()
    with turns.at("https://a.example/", 30), turns.at("https://b.example/", 30):
        pass
    assert time.monotonic() - begun < 5


def test_robots_are_remembered_by_site_in_the_folder(tmp_path: Path) -> None:
    turns = HostThrottle(tmp_path)
    turns.remember("https://a.example/x", Robots("User-agent: *\nDisallow: /"))
    assert turns.remembered("https://a.example/y") == Robots("User-agent: *\nDisallow: /")
    assert turns.remembered("https://a.example:8443/y") is None
    turns.remember("https://../../etc/passwd", Robots("\ud800 half a character"))
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))
