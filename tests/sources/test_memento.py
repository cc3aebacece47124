"""Public archives: Memento answers read, saving asked for only after saying so."""

import html.parser
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loopback import Desk, Site, site

import kit
from kit.sources import keep as keeping
from kit.sources.capture.web import memento
from kit.sources.capture.web.addresses import BadAddress
from kit.sources.capture.web.fetch import Fetcher, Limits, TooManyRedirects
from kit.sources.capture.web.memento import (
    Memento,
    NoMemento,
    NotSaved,
    header_links,
    lookup,
    save_page_now,
    timemap,
)
from kit.sources.capture.web.politeness import HostThrottle
from kit.sources.keep import keep

PAGE = "https://harbourpost.example/raid"
AT = datetime(2025, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(
        "desk@harbourpost.example", HostThrottle(tmp_path), Limits(pause=0, seconds=5), allow_private=True
    )


def test_the_timegate_is_asked_for_a_time_and_leads_to_a_copy(here: Site, fetcher: Fetcher) -> None:
    copy = f"/web/20250801120000/{PAGE}"
    here.page(f"/web/{PAGE}", "", 302, Location=copy, Vary="accept-datetime")
    here.page(
        copy,
        "x" * 300_000,
        Memento_Datetime="Fri, 01 Aug 2025 12:00:00 GMT",
        Link=f'<{PAGE}>; rel="original", <x>; rel=self',
    )
    found = lookup(fetcher, PAGE + "#part", AT, timegate=here.url("/web/"))
    assert (found.original, found.url, found.at) == (PAGE, here.url(copy), AT)
    assert here.asked[0][1]["Accept-Datetime"] == "Fri, 01 Aug 2025 12:00:00 GMT"
    assert here.paths() == [path for path, _ in here.asked]  # no robots.txt: this is a service, not a crawl


def test_a_timegate_that_answers_with_the_copy_says_where_it_is(here: Site, fetcher: Fetcher) -> None:
    moment = "Fri, 01 Aug 2025 12:00:00 GMT"
    here.page(f"/web/{PAGE}", "copy", Memento_Datetime=moment, Content_Location="/web/20250801120000/x")
    assert lookup(fetcher, PAGE, timegate=here.url("/web/")).url == here.url("/web/20250801120000/x")


@pytest.mark.parametrize(
    ("status", "headers", "wrong"),
    [
        (404, {}, "no copy"),
        (503, {"Retry-After": "900"}, "503"),
        (200, {}, "no time"),
        (200, {"Memento_Datetime": "yesterday"}, "no time"),
    ],
)
def test_where_there_is_no_copy_it_is_said(
    here: Site, fetcher: Fetcher, status: int, headers: Mapping[str, str], wrong: str
) -> None:
    here.page(f"/web/{PAGE}", "x", status, **headers)
    with pytest.raises(NoMemento, match=wrong):
        lookup(fetcher, PAGE, timegate=here.url("/web/"))
    assert "Accept-Datetime" not in here.asked[0][1]


def test_every_copy_is_listed_oldest_first_and_nothing_hostile(here: Site, fetcher: Fetcher) -> None:
    body = f"""<{PAGE}>; rel="original",
<http://arc.example/timegate/{PAGE}>; rel="timegate",
<http://arc.example/2/{PAGE}>; rel="last memento"; datetime="Sat, 02 Aug 2025 12:00:00 GMT",
<javascript:alert(1)>; rel="memento"; datetime="Fri, 01 Aug 2025 12:00:00 GMT",
<http://arc.example/x/{PAGE}>; rel="memento"; datetime="soon",
<http://arc.example/1/{PAGE}>; rel="first memento"; datetime="Fri, 01 Aug 2025 12:00:00 GMT"
"""
    here.page(f"/map/{PAGE}", body, Content_Type="application/link-format")
    frame = timemap(fetcher, PAGE, timemap=here.url("/map/"))
    assert list(frame["url"]) == [f"http://arc.example/{i}/{PAGE}" for i in (1, 2)]
    assert frame["at"][0] == AT
    with pytest.raises(NoMemento):
        timemap(fetcher, "https://other.example/", timemap=here.url("/map/"))


def test_a_list_without_copies_is_an_empty_table(here: Site, fetcher: Fetcher) -> None:
    here.page(f"/map/{PAGE}", "<>;;;,,<", Content_Type="application/link-format")
    assert timemap(fetcher, PAGE, timemap=here.url("/map/")).empty


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z0-9:/,;=\" ]{1,30}", fullmatch=True), st.sampled_from(["memento", "self"])
        ),
        max_size=5,
    )
)
def test_links_come_back_as_written(wanted: list[tuple[str, str]]) -> None:
    text = ", ".join(f'<{uri}>; rel="{rel}"' for uri, rel in wanted)
    assert [(uri, found["rel"]) for uri, found in header_links(text)] == wanted


@given(st.text(alphabet='<>;,="a \n', max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(isinstance(uri, str) for uri, _ in header_links(text))


@pytest.mark.parametrize(
    "text", ["<" * 200_000, "<a>;x=" * 50_000, '<a>;x="' * 50_000, "<a>" + ";a=b" * 100_000 + "!"]
)
def test_hostile_lists_are_read_in_bounded_time(text: str) -> None:
    assert len(list(header_links(text))) < 100_001


def archive(here: Site, *statuses: Mapping[str, str], job: object = "spn2-1") -> None:
    """The Internet Archive's saving service, as its documentation describes it."""
    turns = iter(statuses)
    answer = (
        {"url": PAGE, "job_id": job} if job else {"message": "You need to be logged in", "status": "error"}
    )
    here.page(f"/save/{PAGE}", json.dumps(answer), Content_Type="application/json")
    here.pages["/save/status/spn2-1"] = lambda _: (200, {}, json.dumps(next(turns)).encode())


DONE = {"status": "success", "timestamp": "20250801120000", "original_url": PAGE}


def test_saving_says_first_what_is_sent_where(here: Site, fetcher: Fetcher) -> None:
    archive(here, {"status": "pending"}, DONE)
    said: list[str] = []

    def say(text: str) -> None:
        assert here.asked == []
        said.append(text)

    found = save_page_now(fetcher, PAGE, say=say, service=here.url(""), keys=("k", "s"), pause=0)
    assert (found.url, found.at) == (here.url(f"/web/20250801120000/{PAGE}"), AT)
    assert all(part in said[0] for part in ("127.0.0.1", PAGE, "desk@harbourpost.example", "publishes"))
    assert here.asked[0][1]["Authorization"] == "LOW k:s"
    assert "k:s" not in said[0]


def test_whoever_is_told_can_stop_it(here: Site, fetcher: Fetcher) -> None:
    def say(_: str) -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        save_page_now(fetcher, PAGE, say=say, service=here.url(""), keys=("k", "s"))
    assert here.asked == []


def test_without_keys_nothing_is_said_or_sent(
    here: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBOOK_IA_ACCESS_KEY", raising=False)
    with pytest.raises(NotSaved, match="CASEBOOK_IA_ACCESS_KEY"):
        save_page_now(fetcher, PAGE, say=lambda _: pytest.fail("nothing to say"), service=here.url(""))
    assert here.asked == []


def test_keys_do_not_travel_to_another_host(here: Site, fetcher: Fetcher) -> None:
    with site() as thief:
        here.page(f"/save/{PAGE}", "", 302, Location=thief.url("/"))
        with pytest.raises(TooManyRedirects):
            save_page_now(fetcher, PAGE, say=lambda _: None, service=here.url(""), keys=("k", "s"))
        assert thief.asked == []


@pytest.mark.parametrize(
    ("statuses", "job", "wrong"),
    [
        ([], None, "logged in"),
        ([], "../../x", "did not take it"),
        ([{"status": "error", "message": "<script>blocked\n"}], "spn2-1", "could not save it"),
        ([{"status": "success", "timestamp": "now"}], "spn2-1", "cannot read"),
        (
            [{"status": "success", "timestamp": "20250801120000", "original_url": "file:///"}],
            "spn2-1",
            "cannot read",
        ),
        ([{"status": "pending"}], "spn2-1", "still at it"),
        ([["no", "object"]], "spn2-1", "nothing we can read"),
    ],
)
def test_what_is_not_saved_is_said_with_the_reason(
    here: Site, fetcher: Fetcher, statuses: list[Mapping[str, str]], job: object, wrong: str
) -> None:
    archive(here, *statuses, job=job)
    with pytest.raises(NotSaved, match=wrong) as caught:
        save_page_now(fetcher, PAGE, say=lambda _: None, service=here.url(""), keys=("k", "s"), patience=-1)
    assert "\n" not in str(caught.value)


class _Links(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_a_robust_link_carries_the_original_the_copy_and_its_date() -> None:
    version = f"https://arc.example/20250801/{PAGE}?a=1&b=2"
    parser = _Links()
    parser.feed(Memento(PAGE, version, AT).robust_link("The raid"))
    assert parser.tags == [
        (
            "a",
            {
                "href": PAGE,
                "data-originalurl": PAGE,
                "data-versionurl": version,
                "data-versiondate": "2025-08-01",
            },
        )
    ]


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_in_a_robust_link_becomes_code(text: str, tail: str) -> None:
    try:
        shown = Memento(PAGE, f"https://arc.example/{tail}", AT).robust_link(text)
    except BadAddress:
        return
    parser = _Links()
    parser.feed(shown)
    assert [tag for tag, _ in parser.tags] == ["a"]
    assert set(parser.tags[0][1]) == {"href", "data-originalurl", "data-versionurl", "data-versiondate"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/" onclick="x']
)
def test_a_robust_link_leads_to_the_web_alone(address: str) -> None:
    with pytest.raises(BadAddress):
        Memento(address, address, AT).robust_link("x")


def test_a_copy_is_asked_for_or_looked_up_and_written_where_nothing_stood(
    case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, copies = "https://harbourpost.example/2021/03/02/raid", iter("12")
    case = kit.open(case_folder)
    (tmp_path / "raid.html").write_text("<html><p>Fifty boxes.")
    capture = kit.keep(case, tmp_path / "raid.html", url=address)
    asked: list[tuple[object, ...]] = []

    def copy(fetcher: Fetcher, *asked_for: object, **more: object) -> Memento:
        asked.append((*asked_for, *more.values()))
        return Memento(address, f"https://arc.example/{next(copies)}", AT)

    monkeypatch.setattr(memento, "save_page_now", copy)
    monkeypatch.setattr(memento, "lookup", copy)
    assert keeping.archive(case, capture.source).url == "https://arc.example/1"
    assert keeping.archive(case, address, find=True).url == "https://arc.example/2"
    assert asked == [(address, print), (address, capture.captured_at)]
    row = case.sources.loc[capture.source]
    assert row["archived_url"] == "https://arc.example/1"


def test_a_page_from_inside_a_network_is_not_given_away(here: Site, tmp_path: Path) -> None:
    case = Desk(tmp_path / "case")
    private = keep(case, here.page("/raid", "<p>Fifty boxes."), allow_private=True)
    nowhere = keep(case, "Fifty boxes.", how="pasted")
    for find in (False, True):
        with pytest.raises(NotSaved, match="comes from inside a network"):
            keeping.archive(case, private.id, find=find)
        with pytest.raises(NotSaved, match="has no address"):
            keeping.archive(case, nowhere.id, find=find)
