"""Many sources at once: one bad page stops nothing, nothing is lost or doubled."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from support.loopback import Desk, Site, site

from kit.sources.bulk import keep_all, outstanding
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index
from kit.sources.keep import keep


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def case(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "case")


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_one_bad_page_does_not_stop_the_rest(
    here: Site, case: Desk, threads: Executor, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text("<html>")
    here.page("/a", "one")
    here.page("/b", "two")
    items = [
        here.url("/a"),
        here.url("/missing"),
        "javascript:alert(1)",
        str(tmp_path / "page.html"),
        here.url("/b"),
    ]
    table = keep_all(case, items, executor=threads, allow_private=True)
    assert list(table.columns) == ["item", "source", "result", "capture", "reason", "warnings"]
    assert list(table["item"]) == items
    assert list(table["result"]) == ["kept", "missed", "missed", "kept", "kept"]
    assert "404" in table["reason"][1]
    assert "not a web address" in table["reason"][2]
    assert set(read_index(case.path)["id"]) == set(table["capture"]) - {""}


def test_a_second_run_does_nothing_twice(here: Site, case: Desk, threads: Executor) -> None:
    items = [here.page("/a", "one"), here.page("/b", "two"), here.url("/a")]
    first = keep_all(case, items, executor=threads, allow_private=True)
    second = keep_all(case, items, executor=threads, allow_private=True)
    assert list(second["result"]) == ["already", "already"]
    assert list(second["capture"]) == list(first["capture"])
    assert sorted(here.paths()) == ["/a", "/b"]


def test_a_host_is_asked_one_thing_at_a_time(here: Site, case: Desk, threads: Executor) -> None:
    busy, worst = 0, 0
    lock = threading.Lock()

    def answer(_: Any) -> tuple[int, dict[str, str], bytes]:
        nonlocal busy, worst
        with lock:
            busy += 1
            worst = max(worst, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        return 200, {"Content-Type": "text/html"}, b"x"

    for i in range(6):
        here.pages[f"/{i}"] = answer
    keep_all(case, [here.url(f"/{i}") for i in range(6)], executor=threads, allow_private=True)
    assert (len(here.paths()), worst) == (6, 1)


def test_progress_is_reported_item_by_item(here: Site, case: Desk, threads: Executor) -> None:
    seen: list[tuple[str, int, int]] = []
    items = [here.page("/a", "one"), here.url("/missing")]
    keep_all(case, items, executor=threads, progress=lambda *step: seen.append(step), allow_private=True)
    assert seen == [(items[0], 1, 2), (items[1], 2, 2)]


def test_outstanding_sources_are_those_with_an_address_and_no_capture(
    here: Site, case: Desk, threads: Executor
) -> None:
    case.listing(a=here.page("/a", "one"), b=here.page("/b", "two"), c="", d="not an address")
    keep(case, "a", allow_private=True)
    assert outstanding(case) == ["b"]
    table = keep_all(case, outstanding(case), executor=threads, allow_private=True)
    assert list(table["source"]) == ["b"]
    assert outstanding(case) == []


def test_processes_are_the_default(here: Site, case: Desk) -> None:
    table = keep_all(case, [here.page("/a", "one"), here.url("/missing")], allow_private=True)
    assert list(table["result"]) == ["kept", "missed"]


def _die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_reported_and_the_rest_can_be_resumed(here: Site, case: Desk) -> None:
    items = [here.page("/a", "one"), here.page("/b", "two")]
    with ProcessPoolExecutor(1) as pool:
        table = keep_all(case, items, executor=pool, allow_private=True, clock=_die)
    assert list(table["result"]) == ["missed", "missed"]
    assert table["reason"].str.contains("run it again").all()
    with ThreadPoolExecutor(1) as pool:
        assert list(keep_all(case, items, executor=pool, allow_private=True)["result"]) == ["kept", "kept"]


def test_a_fault_of_ours_is_told_apart(here: Site, case: Desk, threads: Executor) -> None:
    def broken() -> datetime:
        raise ZeroDivisionError("oops")

    table = keep_all(case, [here.page("/a", "x")], executor=threads, allow_private=True, clock=broken)
    assert "ZeroDivisionError" in table["reason"][0]


def test_stopping_loses_nothing_and_the_rest_goes_on(here: Site, case: Desk) -> None:
    class Stopping(Executor):
        """Runs two items, then behaves as when the user presses Ctrl-C."""

        count = 0

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            self.count += 1
            if self.count > 2:
                raise KeyboardInterrupt
            future: Future[Any] = Future()
            future.set_result(fn(*args, **kwargs))
            return future

    items = [here.page(f"/{i}", f"page {i}") for i in range(4)]
    with pytest.raises(KeyboardInterrupt):
        keep_all(case, items, executor=Stopping(), allow_private=True)
    assert len(read_index(case.path)) == 2
    with ThreadPoolExecutor(1) as pool:
        table = keep_all(case, items, executor=pool, allow_private=True)
    assert list(table["result"]) == ["already", "already", "kept", "kept"]
    assert sorted(here.paths()) == ["/0", "/1", "/2", "/3"]


def test_a_killed_run_is_resumed_with_nothing_lost_or_doubled(here: Site, case: Desk, tmp_path: Path) -> None:
    items = [here.page(f"/{i}", f"page {i}") for i in range(8)]
    slow = threading.Event()
    answer = here.pages["/5"]

    def hang(_: Any) -> Any:
        slow.set()
        time.sleep(3)
        return answer

    here.pages["/5"] = hang
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parents[1])!r})
        from support.loopback import Desk
        from kit.sources.bulk import keep_all
        case = Desk(Path({str(case.path)!r}))
        keep_all(case, {json.dumps(items)}, executor=ThreadPoolExecutor(1), allow_private=True)
        """)
    )
    running = subprocess.Popen([sys.executable, str(script)])
    assert slow.wait(30)
    running.kill()
    running.wait()
    assert read_index(case.path).empty  # killed before it could write the ledger
    here.pages["/5"] = answer
    with ThreadPoolExecutor(2) as pool:
        table = keep_all(case, items, executor=pool, allow_private=True)
    assert list(table["result"]) == ["already"] * 5 + ["kept"] * 3
    assert len(list((case.path / CAPTURES).glob("*.warc.gz"))) == len(read_index(case.path)) == 8


def test_what_a_crash_left_half_written_is_swept_when_old(here: Site, case: Desk, threads: Executor) -> None:
    partial = case.path / CAPTURES / ".partial"
    partial.mkdir(parents=True)
    old, new = partial / "a-20260101t000000z.warc.gz", partial / "b-20260101t000000z.warc.gz"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    keep_all(case, [], executor=threads)
    assert (old.exists(), new.exists()) == (False, True)
