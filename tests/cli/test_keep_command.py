"""`kit keep` in the shell, against a real server on loopback: what it prints, what it refuses, and how it is resumed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.loopback import Site, site

import kit
from kit.cli.main import main
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index
from kit.sources.capture.warc import Writer
from kit.sources.extract import documents

PAGE = (Path(__file__).parents[1] / "sources/pages/newspaper.html").read_text(encoding="utf-8")
ID = "harbour-post-2025-07-29-harbour-closes-berth"


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def desk(case_folder: Path) -> Path:
    """The small case, with no pause between requests."""
    with (case_folder / "data/case.toml").open("a") as file:
        file.write("[keep]\npause_seconds = 0\nmax_seconds = 20\n")
    return case_folder


def run(desk: Path, *words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["--case", str(desk), *words], input=text)


def keep(desk: Path, *words: str, text: str | None = None) -> Result:
    return run(desk, "keep", "--allow-private", *words, text=text)


def test_one_page_is_kept_named_and_told_of(here: Site, desk: Path) -> None:
    done = keep(desk, url := here.page("/raid", PAGE))
    assert done.exit_code == 0, done.output
    (capture,) = read_index(desk)["id"]
    assert capture.startswith(f"{ID}-2")
    assert (desk / f"data/captures/{capture}.warc.gz").is_file()
    for words in (
        f"kept             {capture}",
        f"data/captures/{capture}.warc.gz",
        f"from             {url}",
        "title            Harbour closes berth nine to brokers (visible heading (h1))",
        "but: John Doe (visible byline)",
        "2025-07-29 (JSON-LD datePublished, printed as 2025-07-29T14:05:00+01:00)",
        "warning: the page gives an address at another host as its own",
        f"source           {ID}, not in data/manual/sources.csv",
    ):
        assert words in done.output
    again = keep(desk, url)
    assert f"kept before      {capture}" in again.output
    assert here.paths() == ["/raid"]


@pytest.mark.parametrize(
    ("page", "said"),
    [("stub", "looks like a stub: the page speaks of 1,450 words"), ("live", "looks like a live blog")],
)
def test_what_to_be_wary_of_is_said_aloud(here: Site, desk: Path, page: str, said: str) -> None:
    text = (Path(__file__).parents[1] / f"sources/pages/{page}.html").read_text(encoding="utf-8")
    assert f"warning: this {said}" in keep(desk, here.page("/x", text)).output
    assert f"warning: this {said}" in keep(desk, here.page("/y", text), here.page("/z", PAGE)).output


def test_a_source_is_added_once_with_what_was_read_and_nothing_else(here: Site, desk: Path) -> None:
    words = ("--add", "original-reporting", "--set", "type=article-newspaper", "--set", "read=full")
    done = keep(desk, url := here.page("/raid", PAGE), *words)
    assert f"added            {ID}: article-newspaper, original-reporting, read: full" in done.output
    before = (desk / "data/manual/sources.csv").read_bytes()
    row = kit.open(desk).sources.loc[ID]
    assert (row["authors"], row["issued"], row["url"], row["note"]) == (("Jane Roe",), "2025-07-29", url, "")
    assert f"{ID} is there already (by its id)" in keep(desk, url, *words).output
    assert (desk / "data/manual/sources.csv").read_bytes() == before
    elsewhere = keep(desk, here.page("/copy", PAGE), *words).output
    assert f"{ID}-2 has the title and date of {ID}: are they one?" in elsewhere
    assert len(kit.open(desk).sources) == len(before.splitlines())


def test_a_page_at_the_address_of_a_source_is_that_sources(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(PAGE)
    address = "https://harbourpost.example/2021/03/02/raid"
    done = keep(desk, str(tmp_path / "saved.html"), "--url", address)
    assert "harbour-post-2021-03-02-raid, in data/manual/sources.csv already (by its id)" in done.output
    assert read_index(desk)["source"].tolist() == ["harbour-post-2021-03-02-raid"]


def test_pasted_text_is_an_excerpt_unless_it_is_whole(desk: Path) -> None:
    assert keep(desk, "-", "--source", "told", "--add", "primary", text="Fifty boxes.").exit_code == 0
    assert keep(desk, "-", "--whole", "--source", "whole", text="All of it.").exit_code == 0
    assert dict(zip(read_index(desk)["source"], read_index(desk)["excerpt"], strict=True)) == {
        "told": "yes", "whole": "no",
    }  # fmt: skip
    row = kit.open(desk).sources.loc["told"]
    assert (row["title"], row["read"], row["issued"], row["publisher"]) == (
        "[untitled]",
        "excerpt",
        "unknown",
        "unknown",
    )


def test_many_are_told_in_a_closing_table_with_the_reasons(here: Site, desk: Path, tmp_path: Path) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# what to keep\n{here.page('/a', PAGE)}\n\n{here.url('/gone')}\n{here.url('/a')}\n")
    done = keep(desk, "-i", str(listed), "javascript:alert(1)", "--add", "secondary")
    assert done.exit_code == 1
    assert "1 got, 0 had, 2 missed\n" in done.output
    assert f"got     {here.url('/a')}\n        {ID}-2" in done.output
    assert "the site answers 404, not with the page; check the address" in done.output
    assert "missed  javascript:alert(1)\n" in done.output
    assert f"added            {ID}: webpage, secondary, read: no" in done.output
    here.page("/gone", PAGE.replace("Harbour closes", "Port closes"))
    done = keep(desk, "-i", str(listed))
    assert done.exit_code == 0
    assert "1 got, 1 had, 0 missed\n" in done.output


def test_all_means_every_source_that_has_no_capture_here(here: Site, desk: Path) -> None:
    address = here.page("/raid", PAGE)
    table = desk / "data/manual/sources.csv"
    table.write_text(table.read_text().replace("https://harbourpost.example/2021/03/02/raid", address))
    table.write_text(table.read_text().replace("https://coastdigest.example/raid", here.url("/none")))
    done = keep(desk, "--all")
    assert (done.exit_code, "1 got, 0 had, 1 missed\n" in done.output) == (1, True)
    assert read_index(desk)["source"].tolist() == ["harbour-post-2021-03-02-raid"]


def test_what_changed_is_shown_with_the_evidence_it_touches(here: Site, desk: Path) -> None:
    old = "<h1>Raid</h1><p>Police searched the office on Monday morning.</p><p>It rained.</p>"
    url, source = here.page("/raid", old), "harbour-post-2021-03-02-raid"
    assert keep(desk, url, "--source", source).exit_code == 0
    assert "nothing is due" in keep(desk, "--again").output
    here.page("/raid", old.replace("Monday", "Tuesday"))
    done = keep(desk, "--again", source)
    assert done.exit_code == 0, done.output
    assert f"text changed: {source} {url}" in done.output
    assert "- Police searched the office on Monday morning." in done.output
    assert "+ Police searched the office on Tuesday morning." in done.output
    assert (
        "touches 2021-03-01-raid-harbour, as a whole: “Police searched the … on Monday morning” (e-"
        in done.output
    )
    assert "1 text changed\n" in done.output
    assert "1 unchanged\n" in keep(desk, "--again", url).output
    here.page("/raid", "gone", 410)
    assert f"gone: {source} {url}" in keep(desk, "--again", "--older-than", "0").output


def test_what_could_not_be_captured_again_is_missed(here: Site, desk: Path) -> None:
    url = here.page("/raid", PAGE)
    keep(desk, url)
    here.page("/raid", "", 302, Location="file:///etc/passwd")
    done = keep(desk, "--again", url)
    assert (done.exit_code, "1 missed\n" in done.output) == (1, True)
    assert "not a web address" in done.output


def test_each_page_is_read_once_and_written_once(
    here: Site, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*arguments: Any, **more: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **more)

        return count

    monkeypatch.setattr(documents, "in_child", counted("read", documents.in_child))
    monkeypatch.setattr(Writer, "add", counted("records", Writer.add))
    assert keep(desk, here.page("/raid", PAGE), "--add", "secondary").exit_code == 0
    # about itself: the WARC's own record, the facts and the name; of the page: request and response
    assert counts == {"read": 1, "records": 5}
    keep(desk, here.url("/raid"), "--add", "secondary")
    assert counts == {"read": 2, "records": 5}


BAD: dict[str, tuple[list[str], str]] = {
    "nothing": ([], "nothing was named; name a page, a file or a source, or use --all"),
    "no scheme that is the web's": (["javascript:alert(1)"], "not a web address"),
    "no file and no source": (["harbor-post"], "no such file, and no source of that name"),
    "a private address": (["http://127.0.0.1:9/"], "127.0.0.1"),
    "an id that is a path": (["-", "--source", "../x"], "not an id"),
    "blank text": (["-"], "is blank"),
    "a list that is not there": (["-i", "no-such-list.txt"], "no-such-list.txt: cannot be read"),
    "never fetched": (["--again", "harbour-post-2021-03-02-raid", "x"], "2 problems to fix"),
    "a part read in full": (["-", "--add", "primary", "--set", "read=full"], "holds a part of the page"),
    "no such column": (["-", "--add", "primary", "--set", "titel=x"], "did you mean 'title'?"),
    "no column": (["-", "--add", "primary", "--set", "full"], "'full' names no column; write COLUMN=VALUE"),
    "the id of a fact": (["-", "--source", "digest-c01", "--add", "primary"], "is the id of a fact"),
    "contradictions": (["--again", "-", "--older-than", "1", "--all"], "2 problems to fix"),
    "for one only": (["a", "b", "--url", "https://a.example/"], "--url: belong to a single page"),
    "says nothing": (["a", "--set", "read=full", "--older-than", "1"], "2 problems to fix"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_a_message(desk: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    words, said = BAD[name]
    text = "" if name == "blank text" else "Fifty boxes."
    done = run(desk, "keep", *words, text=text)
    assert done.exit_code == 1
    assert said in done.output
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("max_megabytes = 'many'", "[keep] max_megabytes: 'many' will not do; write megabytes"),
        ("max_seconds = 0", "[keep] max_seconds: '0' will not do"),
        ("pause_seconds = nan", "[keep] pause_seconds: 'nan' will not do"),
        ("max_seconds = true", "[keep] max_seconds: 'True' will not do"),
        ("max_mb = 5", "[keep] max_mb: is no setting"),
    ],
)
def test_settings_that_will_not_do_are_named(here: Site, case_folder: Path, setting: str, said: str) -> None:
    with (case_folder / "data/case.toml").open("a") as file:
        file.write(f"[keep]\n{setting}\nmax_second = 1\n")
    for targets in ([here.page("/a", PAGE)], [here.url("/a"), here.url("/b")]):
        done = keep(case_folder, *targets)
        assert done.exit_code == 1
        assert "data/case.toml: 2 problems to fix" in done.output
        assert said in done.output
        assert "[keep] max_second: is no setting; did you mean 'max_seconds'?" in done.output
    assert here.asked == []


def test_without_a_contact_nothing_is_fetched(here: Site, desk: Path) -> None:
    (desk / "data/case.toml").write_text('title = "T"\n')
    for targets in ([here.page("/a", PAGE)], [here.url("/a"), here.url("/b")]):
        assert "add a line: contact =" in keep(desk, *targets).output
    assert here.asked == []


def test_a_list_in_another_encoding_is_named(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("https://a.example/\n", encoding="utf-16")
    done = keep(desk, "-i", str(tmp_path / "urls.txt"))
    assert (done.exit_code, done.output) == (1, "urls.txt: is not UTF-8; save it as UTF-8\n")


def test_a_run_that_is_interrupted_goes_on_where_it_stopped(here: Site, desk: Path) -> None:
    urls = [here.page(f"/{number}", PAGE.replace("nine", f"number {number}")) for number in range(6)]
    answer, begun, go_on = here.pages["/3"], threading.Event(), threading.Event()

    def hang(_: Any) -> Any:
        begun.set()
        go_on.wait(30)
        return answer

    here.pages["/3"] = hang
    command = [sys.executable, "-m", "kit", "--case", str(desk), "keep", "--allow-private", *urls]
    project = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    # A shell that runs the tests in the background has its children ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        command,
        env=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    assert begun.wait(120)
    os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does: to the workers too
    go_on.set()
    _, said = running.communicate(timeout=120)
    assert running.returncode == 130, said
    assert "the same command goes on with the rest" in said
    assert "Traceback" not in said
    asked = here.paths()
    assert len(asked) < 6
    done = subprocess.run(command, env=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{6 - len(asked)} got, {len(asked)} had, 0 missed\n" in done.stdout
    assert sorted(here.paths()) == [f"/{number}" for number in range(6)]
    assert len(list((desk / CAPTURES).glob("*.warc.gz"))) == len(read_index(desk)) == 6
