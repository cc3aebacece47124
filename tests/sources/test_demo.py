"""The demonstration site: what it serves can be kept, is gone after it, and cannot be told from run to run."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

import kit
from kit.sources.demo import Demo


def test_its_pages_are_kept_named_and_cited_the_same_each_time() -> None:
    runs = []
    for _ in range(2):
        with Demo() as demo:
            capture = kit.keep(
                demo.case,
                demo.url("/berth-nine"),
                tier="original-reporting",
                allow_private=True,
                clock=demo.clock,
            )
            page = kit.extract(capture)
            cited = kit.cite(demo.case, capture.source).to("plain").replace(demo.url(), "")
            runs.append((capture.id, page._repr_html_(), repr(page), cited))
    assert runs[0] == runs[1]
    assert runs[0][0] == "harbour-post-2025-07-30-moor-berth-nine-20260304t090000z"
    assert (page.authors.value, page.authors.others[0].value) == (("Jane Roe",), ("John Doe",))


def test_nothing_of_it_is_left_when_it_is_closed() -> None:
    with Demo() as demo:
        with urllib.request.urlopen(demo.url("/terms")) as answer:
            assert b"Terms of the berths" in answer.read()
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(demo.url("/none"))
        missing.value.close()
    assert not demo.case.path.exists()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(demo.url("/terms"))
