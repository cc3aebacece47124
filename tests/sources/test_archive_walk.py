"""pywb, a real web archive, replays our captures and answers as a Memento server (made by make test-desk)."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from support.loopback import Desk, Site, site

from kit.sources.capture.capture import Capture
from kit.sources.capture.local_files import from_file
from kit.sources.capture.store import store
from kit.sources.capture.wacz import write_wacz
from kit.sources.capture.web.fetch import Fetcher, Limits
from kit.sources.capture.web.memento import NoMemento, lookup, timemap
from kit.sources.capture.web.politeness import HostThrottle
from kit.sources.keep import keep

pytestmark = pytest.mark.desk

START = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def tools(project: Path) -> Path:
    """The programs of the archive's own environment."""
    folder = project / ".venv-pywb" / "bin"
    assert (folder / "wayback").exists(), "no .venv-pywb here: run make test-desk, which makes it"
    return folder


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def captures(here: Site, tmp_path: Path) -> list[Capture]:
    """A page that was moved to, stayed the same, and then changed, and a file, a day apart each."""
    case, made = Desk(tmp_path / "case"), []
    here.page("/old", "", 302, Location="/terms?v=1&b=2")
    for day, text in enumerate(["You may resell.", "You may resell.", "You may not resell."]):
        here.page("/terms?v=1&b=2", f"<html><body><p>{text}</p></body></html>")
        at = START + timedelta(days=day)
        made.append(
            keep(
                case, here.url("/old"), source="terms", again=True, allow_private=True, clock=lambda at=at: at
            )
        )
    saved = tmp_path / "raid.html"
    saved.write_text("<html><p>Fifty boxes.")
    made.append(keep(case, saved, url="https://harbourpost.example/raid", source="raid", clock=lambda: START))
    return made


@pytest.fixture
def archive(tools: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """An empty collection of a running pywb: its folder and address."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "config.yaml").write_text(
        "framed_replay: false\nenable_memento: true\nredirect_to_exact: true\n"
    )
    subprocess.run([tools / "wb-manager", "init", "case"], cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (tmp_path / "pywb.log").open("wb") as log:
        server = subprocess.Popen(
            [tools / "wayback", "-b", "127.0.0.1", "-p", str(port), "-d", str(folder)], stdout=log, stderr=log
        )
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert time.monotonic() < until, (tmp_path / "pywb.log").read_text()
                    time.sleep(0.2)
            yield folder, f"http://127.0.0.1:{port}/case/"
        finally:
            server.terminate()
            server.wait()


def add(tools: Path, folder: Path, *files: Path) -> None:
    done = subprocess.run(
        [tools / "wb-manager", "add", "case", *files], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def replayed(address: str, moment: str, url: str) -> httpx.Response:
    return httpx.get(f"{address}{moment}id_/{url}", follow_redirects=False, timeout=30)


def test_our_warcs_are_replayed_to_the_byte_with_the_site_gone(
    tools: Path, archive: tuple[Path, str], captures: list[Capture]
) -> None:
    folder, address = archive
    add(tools, folder, *(capture.path for capture in captures))
    for day, capture in enumerate(captures[:3]):
        moment = f"{START + timedelta(days=day):%Y%m%d%H%M%S}"
        answer = replayed(address, moment, capture.final_url)
        assert answer.status_code == 200, answer.text
        assert answer.content == capture.content()
        assert replayed(address, moment, capture.url).status_code == 302
    assert replayed(address, f"{START:%Y%m%d%H%M%S}", captures[3].url).content == b"<html><p>Fifty boxes."


def test_a_real_memento_server_answers_our_questions(
    tools: Path, archive: tuple[Path, str], captures: list[Capture], tmp_path: Path
) -> None:
    folder, address = archive
    add(tools, folder, *(capture.path for capture in captures))
    fetcher = Fetcher(
        "desk@harbourpost.example", HostThrottle(tmp_path), Limits(pause=0, seconds=30), allow_private=True
    )
    url = captures[0].final_url
    for day in range(3):
        near = START + timedelta(days=day, hours=2)
        found = lookup(fetcher, url, near, timegate=address)
        assert found.at == START + timedelta(days=day)
        assert found.original == url
        assert f"{found.at:%Y%m%d%H%M%S}" in found.url
    assert lookup(fetcher, url, timegate=address).at == START + timedelta(days=2)
    listed = timemap(fetcher, url, timemap=f"{address}timemap/link/")
    assert list(listed["at"]) == [START + timedelta(days=day) for day in range(3)]
    with pytest.raises(NoMemento):
        lookup(fetcher, "https://nowhere.example/", timegate=address)


def test_our_wacz_is_valid_and_replayed_and_an_altered_one_is_not(
    tools: Path, archive: tuple[Path, str], captures: list[Capture], tmp_path: Path
) -> None:
    folder, address = archive
    path = tmp_path / "case.wacz"
    write_wacz(captures, path, "The terms")
    valid = subprocess.run(
        [tools / "wacz", "validate", "-f", path], check=False, capture_output=True, text=True
    )
    assert valid.returncode == 0, valid.stdout + valid.stderr
    subprocess.run(
        [tools / "wb-manager", "add", "--unpack-wacz", "case", path],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    assert replayed(address, f"{START:%Y%m%d%H%M%S}", captures[0].final_url).content == captures[0].content()
    data = bytearray(path.read_bytes())
    data[data.index(b"\x1f\x8b") + 200] ^= 1
    path.write_bytes(data)
    invalid = subprocess.run([tools / "wacz", "validate", "-f", path], check=False, capture_output=True)
    assert invalid.returncode != 0


def test_a_wacz_made_elsewhere_is_brought_in(tools: Path, captures: list[Capture], tmp_path: Path) -> None:
    path = tmp_path / "theirs.wacz"
    made = [tools / "wacz", "create", "-o", path, "--url", captures[0].final_url, captures[0].path]
    subprocess.run(made, check=True, capture_output=True)
    arrival = from_file(path, source="theirs", url=captures[0].final_url, at=START, excerpt=False)
    assert store(tmp_path / "in", arrival).content() == captures[0].content()


def test_our_index_says_what_another_indexer_says(
    tools: Path, captures: list[Capture], tmp_path: Path
) -> None:
    import gzip
    import zipfile

    write_wacz(captures, tmp_path / "case.wacz", "x")
    with zipfile.ZipFile(tmp_path / "case.wacz") as package:
        ours = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    files = [str(capture.path) for capture in captures]
    run = subprocess.run([tools / "cdxj-indexer", "-s", *files], check=True, capture_output=True, text=True)

    def said(line: str) -> tuple[str, str, dict[str, str]]:
        key, moment, rest = line.split(" ", 2)
        fields = json.loads(rest)
        return (
            key,
            moment,
            {name: fields.get(name, "") for name in ("url", "digest", "length", "offset", "filename")},
        )

    theirs = [said(line) for line in run.stdout.splitlines() if "urn:casebook:" not in line]
    assert [said(line) for line in ours] == theirs
