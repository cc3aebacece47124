"""Answers and addresses of kinds that a fetch meets seldom: parts, marks before robots.txt, no type, letters beyond ASCII."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.loopback import Desk, Site, site

from kit.errors import KitError
from kit.sources.capture.web.addresses import refusal, web_address
from kit.sources.capture.web.politeness import Disallowed
from kit.sources.extract.documents import read_page
from kit.sources.extract.reading.html_tree import Unreadable
from kit.sources.keep import keep, keep_source


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


def test_a_part_of_a_page_is_not_kept_as_the_page(here: Site, desk: Desk) -> None:
    url = here.page("/part", "<p>Fifty", 206)
    with pytest.raises(KitError, match="sends a part of the page"):
        keep(desk, url, allow_private=True)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_robots_file_is_obeyed_with_and_without_a_mark_before_it(here: Site, desk: Desk, mark: str) -> None:
    here.page("/robots.txt", f"{mark}User-agent: *\nDisallow: /shut\n")
    with pytest.raises(Disallowed):
        keep(desk, here.page("/shut/a", "x"), allow_private=True)
    assert keep(desk, here.page("/open/a", "x"), allow_private=True).status == "200"


def test_an_answer_without_a_type_is_read_by_what_it_is(here: Site, desk: Desk) -> None:
    here.pages["/none"] = (200, {}, b"<p>Fifty boxes.</p>")
    kept = keep_source(desk, here.url("/none"), allow_private=True)
    assert (kept.capture.media_type, kept.page.visible.strip()) == ("unknown", "Fifty boxes.")
    assert read_page(b"Fifty < 60 boxes > 40.", "unknown").visible == "Fifty < 60 boxes > 40."
    with pytest.raises(Unreadable):
        read_page(b"\x89PNG\r\n\x1a\n\0\0", "unknown")


def test_a_long_address_is_kept_or_refused_and_never_a_fault(here: Site, desk: Desk) -> None:
    for length in (3_000, 5_000, 7_900):
        url = here.page("/" + "x" * length, "<title>Long</title>")
        assert keep(desk, url, allow_private=True).url == url
    with pytest.raises(KitError):
        keep(desk, here.url("/" + "x" * 9_000), allow_private=True)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://STRAẞE.example/", "https://xn--strae-oqa.example/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://日本。example/", "https://xn--wgv71a.example/"),
        ("https://☃.example/", "https://xn--n3h.example/"),
        ("https://harbour_post.example/", "https://harbour_post.example/"),
    ],
)
def test_a_host_is_asked_for_as_browsers_do(written: str, asked: str) -> None:
    assert web_address(written) == asked


@pytest.mark.parametrize("address", ["fec0::1", "feff::1", "fc00::1", "fd12::1", "fe80::1", "::1"])
def test_addresses_inside_a_site_are_refused(address: str) -> None:
    assert refusal(address)


def test_addresses_of_the_public_web_are_not() -> None:
    assert [refusal(address) for address in ("2606:4700::1111", "1.1.1.1")] == ["", ""]
