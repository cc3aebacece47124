"""WACZ: the same captures give the same package, and no altered one gets in."""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.loopback import Desk, Site, site

from kit.sources.capture.capture import Capture
from kit.sources.capture.local_files import BadFile, from_file
from kit.sources.capture.store import store
from kit.sources.capture.wacz import NothingToPack, sort_key, write_wacz
from kit.sources.capture.warc import BadWarc
from kit.sources.keep import keep

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def captures(here: Site, tmp_path: Path) -> list[Capture]:
    case = Desk(tmp_path / "case")
    here.page("/old", "", 302, Location="/raid")
    here.page("/raid", "<p>Fifty boxes.")
    return [
        keep(case, here.url("/old"), source="post", allow_private=True, clock=lambda: AT),
        keep(case, here.url("/old"), source="post", allow_private=True, again=True),
        keep(
            case, "Fifty boxes.", how="pasted", source="notes", url="https://a.example/raid", clock=lambda: AT
        ),
        keep(case, "No address.", how="pasted", source="notes", clock=lambda: AT),
    ]


def test_the_package_holds_what_the_standard_asks(
    captures: list[Capture], tmp_path: Path, here: Site
) -> None:
    path = write_wacz(captures, tmp_path / "case.wacz", "The raid")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        manifest = package.read("datapackage.json")
        facts = json.loads(manifest)
        assert (facts["profile"], facts["wacz_version"], facts["title"]) == (
            "data-package",
            "1.1.1",
            "The raid",
        )
        for resource in facts["resources"]:
            data = package.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)
        assert {r["path"] for r in facts["resources"]} == {
            n for n in names if not n.startswith("datapackage")
        }
        digest = json.loads(package.read("datapackage-digest.json"))
        assert digest == {
            "path": "datapackage.json",
            "hash": f"sha256:{hashlib.sha256(manifest).hexdigest()}",
        }
        head, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        assert head["format"] == "json-pages-1.0"
        assert [page["url"] for page in pages] == [
            "https://a.example/raid",
            here.url("/raid"),
            here.url("/raid"),
        ]
        index = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
        assert index == sorted(index)
        for line in index:
            entry = json.loads(line.split(" ", 2)[2])
            start, length = int(entry["offset"]), int(entry["length"])
            member = gzip.decompress(package.read(f"archive/{entry['filename']}")[start : start + length])
            assert member.startswith(b"WARC/1.1\r\n")
            assert f"WARC-Target-URI: {entry['url']}\r\n".encode() in member


def test_the_same_captures_give_the_same_bytes(captures: list[Capture], tmp_path: Path) -> None:
    one = write_wacz(captures, tmp_path / "1.wacz", "The raid")
    two = write_wacz(list(reversed(captures)), tmp_path / "2.wacz", "The raid")
    assert one.read_bytes() == two.read_bytes()


def test_our_package_can_be_brought_in_again(captures: list[Capture], tmp_path: Path) -> None:
    path = write_wacz(captures[:1], tmp_path / "case.wacz", "The raid")
    arrival = from_file(path, source="copy", url="", at=AT, excerpt=False)
    assert store(tmp_path / "other", arrival).content() == b"<p>Fifty boxes."
    with pytest.raises(BadFile, match="no page at"):
        from_file(path, source="copy", url="https://b.example/", at=AT, excerpt=False)


def test_an_altered_capture_gets_in_nowhere(captures: list[Capture], tmp_path: Path) -> None:
    captures[0].path.write_bytes(captures[0].path.read_bytes()[:-40])
    with pytest.raises(BadWarc):
        write_wacz(captures, tmp_path / "case.wacz", "The raid")
    assert not list(tmp_path.glob("*wacz*"))


def test_an_empty_package_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NothingToPack):
        write_wacz([], tmp_path / "case.wacz", "The raid")


@given(st.text(max_size=40))
def test_any_address_has_one_key(tail: str) -> None:
    key = sort_key(f"https://www.a.example/{tail.replace(chr(0x130), '')}")
    assert key == key.lower()
