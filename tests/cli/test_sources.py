"""`kit extract`, `kit cite` and `kit sources` in the shell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from support.loopback import Site, site

import kit
from kit.cli.main import main
from kit.sources import keep as keeping
from kit.sources.capture.web import memento
from kit.text.printable import printable

PAGES = Path(__file__).parents[1] / "sources/pages"
POST = "harbour-post-2021-03-02-raid"


def run(desk: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--case", str(desk), *words])


@pytest.fixture
def captured(case_folder: Path) -> str:
    """The id of a capture of the newspaper's page."""
    page = PAGES / "newspaper.html"
    return kit.keep(kit.open(case_folder), page, url="https://harbourpost.example/berth?a=1").id


def test_a_file_and_its_capture_read_the_same_by_any_name(case_folder: Path, captured: str) -> None:
    told = run(case_folder, "extract", captured).output
    assert "title            Harbour closes berth nine to brokers (visible heading (h1))" in told
    assert "                 but: John Doe (visible byline)" in told
    for name in ("harbour-post-2025-07-29-harbour-closes-berth", "https://harbourpost.example/berth?a=1#x"):
        assert run(case_folder, "extract", name).output == told
    file = run(
        case_folder, "extract", str(PAGES / "newspaper.html"), "--url", "https://harbourpost.example/x"
    )
    assert file.output == told


def test_json_holds_everything_read_in_ascii(case_folder: Path) -> None:
    done = run(case_folder, "extract", str(PAGES / "japanese.html"), "--json")
    page = json.loads(done.output)
    assert done.output.isascii()
    assert page["title"]["how"]
    assert page["visible"]
    assert page["lines"]


def test_a_file_is_read_where_no_case_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["extract", str(PAGES / "blog.html")])
    assert (done.exit_code, "An empty berth" in done.output) == (0, True)


def test_what_is_no_page_is_named(case_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "x.warc").write_bytes(b"WARC/1.1\r\n")
    for name, said in (
        (str(tmp_path / "x.png"), "a picture (of type image/png) has no text"),
        (str(tmp_path / "x.warc"), "holds pages, and is none itself"),
        ("never-kept", "is no file, and nothing of that name was kept"),
        ("https://a.example/", "is no file, and nothing of that name was kept"),
    ):
        done = run(case_folder, "extract", name)
        assert (done.exit_code, said in done.output) == (1, True), done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Jane Roe and John Doe, “Police Raid the Harbour Office,” Harbour Post"),
        (["--style", "apa"], "Roe, J., & Doe, J. (2021, March 2)."),
        (["--to", "html"], "<em>Harbour Post</em>"),
        (["--to", "markdown"], "*Harbour Post*"),
    ],
)
def test_a_source_is_cited(case_folder: Path, words: list[str], said: str) -> None:
    done = run(case_folder, "cite", POST, *words)
    assert done.exit_code == 0, done.output
    assert said in done.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cite", "harbour-post-2021-03-02-raids"], f"did you mean {POST!r}?"),
        (["cite", POST, "--style", "vancouver"], "vancouver"),
        (["sources", "import", "none.bib"], "cannot be read (No such file or directory)"),
        (["sources", "import", "none.doc"], ".doc is not a format for sources"),
        (["sources", "export", "x.doc"], ".doc is not a format for sources"),
        (["sources", "export", "nowhere/x.bib"], "make the folder first"),
    ],
)
def test_bad_input_ends_in_a_message(
    case_folder: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case_folder)
    done = run(case_folder, *words)
    assert (done.exit_code, said in done.output) == (1, True), done.output
    assert isinstance(done.exception, SystemExit)


def test_sources_travel_out_and_back_and_are_not_doubled(case_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "sources.ris"
    assert run(case_folder, "sources", "export", str(file)).output == f"wrote 2 sources to {file}\n"
    back = run(case_folder, "sources", "import", str(file)).output
    assert back.count("is there already (by its address)") == 2
    assert back.endswith("0 added, 2 there already\n")
    book = tmp_path / "book.json"
    book.write_text('[{"type": "book", "title": "\\u001b[2J On the harbour", "publisher": "Quay Press"}]')
    asked = run(case_folder, "sources", "import", str(book))
    assert (asked.exit_code, "say which tier: primary" in asked.output) == (1, True)
    assert (
        "added     quay-press-undated-"
        in run(case_folder, "sources", "import", str(book), "--tier", "secondary").output
    )


def test_a_terminal_is_told_nothing_it_would_obey() -> None:
    assert printable("a\x1b[2J\x9b\x07\u202e\u200b\tb\r\nc\xa0d\x7f") == "a[2J b\nc d"


def test_the_captures_that_are_here_are_packed(case_folder: Path, captured: str, tmp_path: Path) -> None:
    done = run(case_folder, "sources", "pack", str(tmp_path / "case.wacz"))
    assert done.output.endswith("case.wacz\n")
    assert done.output.startswith("packed 1 capture into ")
    with ZipFile(tmp_path / "case.wacz") as package:
        assert f"archive/{captured}.warc.gz" in package.namelist()
    other = kit.keep(kit.open(case_folder), "Fifty boxes.", how="pasted")
    other.path.unlink()
    assert run(case_folder, "sources", "pack", str(tmp_path / "b.wacz")).output.endswith(
        "; 1 more are not on this machine\n"
    )


@pytest.mark.parametrize(
    ("name", "said"), [("x.zip", "x.zip: is no place for a WACZ"), ("no/x.wacz", "a folder that exists")]
)
def test_a_package_has_a_name_and_a_folder(case_folder: Path, captured: str, name: str, said: str) -> None:
    done = run(case_folder, "sources", "pack", str(case_folder / name))
    assert (done.exit_code, said in done.output) == (1, True)


def test_an_empty_package_is_not_made(case_folder: Path, tmp_path: Path) -> None:
    done = run(case_folder, "sources", "pack", str(tmp_path / "none.wacz"))
    assert (done.exit_code, "no capture to pack" in done.output) == (1, True)


@pytest.fixture
def public_archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that answers as the Internet Archive does, in its place, and keys for it."""
    page = "https://harbourpost.example/berth?a=1"
    with site() as here:
        here.page(f"/save/{page}", '{"job_id": "spn2-1"}', Content_Type="application/json")
        saved = '{"status": "success", "timestamp": "20260304050607"}'
        here.page("/save/status/spn2-1", saved, Content_Type="application/json")
        times = {"Memento_Datetime": "Wed, 04 Mar 2026 05:06:07 GMT"}
        here.page(f"/web/{page}", "", Content_Location=f"/web/20260304/{page}", **times)
        monkeypatch.setitem(memento.save_page_now.__kwdefaults__, "service", here.url(""))
        monkeypatch.setitem(memento.lookup.__kwdefaults__, "timegate", here.url("/web/"))
        monkeypatch.setenv("CASEBOOK_IA_ACCESS_KEY", "k")
        monkeypatch.setenv("CASEBOOK_IA_SECRET_KEY", "s")
        # The stand-in is on this machine, where nothing is fetched from otherwise.
        monkeypatch.setattr(keeping, "fetcher_of", partial(keeping.fetcher_of, allow_private=True))
        yield here


def archive(desk: Path, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--case", str(desk), "sources", "archive", *words], input=text)


def test_a_public_archive_is_asked_only_after_saying_what_is_sent(
    public_archive: Site, case_folder: Path, captured: str
) -> None:
    refused = archive(case_folder, captured, text="n\n")
    assert (refused.exit_code, public_archive.asked) == (1, [])
    assert (
        "it is sent this address, our User-Agent with the contact desk@harbourpost.example" in refused.output
    )
    assert "nothing was sent; the page itself is kept" in refused.output
    done = archive(case_folder, captured, "--yes")
    assert done.exit_code == 0, done.output
    copy = public_archive.url("/web/20260304050607/https://harbourpost.example/berth?a=1")
    assert f"public copy   {copy}\n" in done.output


def test_a_copy_that_is_there_is_looked_up(public_archive: Site, case_folder: Path, captured: str) -> None:
    done = archive(case_folder, captured, "--find")
    assert "public copy   " in done.output
    assert done.output.endswith("/web/20260304/https://harbourpost.example/berth?a=1\n")
    assert [path for path in public_archive.paths() if "save" in path] == []


def test_without_keys_no_archive_is_asked(
    public_archive: Site, case_folder: Path, captured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBOOK_IA_SECRET_KEY")
    done = archive(case_folder, captured, "--yes")
    assert (done.exit_code, public_archive.asked) == (1, [])
    assert "put those of your archive.org account in CASEBOOK_IA_ACCESS_KEY" in done.output
