"""What outside bytes make a reader do ends within bounds: the page is kept, and the next one is read."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from support.hostile_pdf import chained_pdf, self_drawing_pdf

import kit
from kit.child import TooMuchWork, in_child, stopped_after
from kit.errors import KitError, Problem, Problems
from kit.sources.bulk import keep_all
from kit.sources.capture.index import read_index
from kit.sources.extract import extractors
from kit.sources.extract.documents import extract, read_page
from kit.sources.extract.reading.html_tree import Unreadable, parse
from kit.sources.keep import keep


def raises(kind: str) -> None:
    if kind == "problems":
        raise Problems({"a.csv": [Problem("row 2", "is wrong", "mend it")]})
    if kind == "odd":
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd")
    raise KitError("here", kind, "mend it")


def fills() -> int:
    return len([bytearray(50_000_000) for _ in range(200)])


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(KitError, match="here: is wrong; mend it"):
        in_child(raises, "is wrong", place="a page")
    with pytest.raises(Problems, match="row 2: is wrong; mend it") as told:
        in_child(raises, "problems", place="a page")
    assert told.value.problems == {"a.csv": [Problem("row 2", "is wrong", "mend it")]}
    with pytest.raises(UnicodeDecodeError, match="odd"):
        in_child(raises, "odd", place="a page")


def test_too_long_too_much_and_dead_are_told_and_the_next_is_served() -> None:
    with pytest.raises(TooMuchWork, match=r"a page: reading it took more than 0\.3 seconds"):
        in_child(time.sleep, 60, place="a page", seconds=0.3)
    with pytest.raises(TooMuchWork, match="a page: reading it takes more than"):
        in_child(os._exit, 3, place="a page")
    assert in_child(len, b"four", place="a page") == 4


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of memory")
def test_memory_is_limited() -> None:
    with pytest.raises(TooMuchWork, match=r"takes more than the 1\.5 GB"):
        in_child(fills, place="a page")


def test_children_are_used_again_and_end_with_their_parent(tmp_path: Path) -> None:
    assert in_child(os.getpid, place="") == in_child(os.getpid, place="") != os.getpid()
    script = textwrap.dedent("""
        import os, signal, time
        from kit.child import in_child
        print(in_child(os.getpid, place=""), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the child goes on without its parent")


def test_python_that_runs_too_long_is_stopped_though_it_swallows_errors() -> None:
    began = time.process_time()
    with pytest.raises(TimeoutError, match=r"more than 0\.2 seconds"), stopped_after(0.2):
        try:
            while True:
                pass
        except OSError:
            while True:
                pass
    assert time.process_time() - began < 5


def test_an_extractor_that_takes_too_long_drops_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(page: extractors.ClearedPage) -> str:
        while True:
            pass

    monkeypatch.setitem(extractors.EXTRACTORS, "newspaper", endless)
    monkeypatch.setattr(extractors, "SECONDS", 0.2)
    page = extractors.ClearedPage(parse("<p>Fifty boxes."), "")
    text, why = extractors.ask("newspaper", page)
    assert (text, "more than 0.2 seconds" in why) == ("", True)
    assert extractors.ask("resiliparse", page) == ("Fifty boxes.", "")


@pytest.mark.parametrize("made", [self_drawing_pdf(), chained_pdf()], ids=["self", "chain"])
def test_a_pdf_whose_form_draws_itself_ends_within_bounds(made: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match=r"harbour\.pdf: reading it takes more than") as told:
        read_page(made, "application/pdf", place="harbour.pdf")
    assert "look at it elsewhere" in told.value.remedy
    assert time.monotonic() - began < 60
    assert extract("<title>Ship seized</title>").title.value == "Ship seized"


def test_such_a_pdf_is_kept_all_the_same_and_said_to_be_unread(case_folder: Path, tmp_path: Path) -> None:
    (path := tmp_path / "form.pdf").write_bytes(self_drawing_pdf())
    case = kit.open(case_folder)
    capture = keep(case, path, source="form")
    assert capture.content() == self_drawing_pdf()
    assert len(case.check()) > 0
    assert read_index(case_folder)["id"].tolist() == [capture.id]


def test_many_are_kept_around_one_that_kills_its_reader(case_folder: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.html", "b.pdf", "c.html")]
    for path in paths:
        path.write_bytes(
            self_drawing_pdf() if path.suffix == ".pdf" else f"<title>{path.stem}</title>".encode()
        )
    case = kit.open(case_folder)
    first = keep_all(case, map(str, paths))
    assert first["result"].tolist() == ["kept"] * 3
    assert "reading it takes more than" in " ".join(first["warnings"][1])
    assert keep_all(case, map(str, paths))["result"].tolist() == ["already"] * 3
