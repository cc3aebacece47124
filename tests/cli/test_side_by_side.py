"""Two processes at once on one case: no row is lost, whoever comes second waits, and who holds the lock is named."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.side_by_side import Deed, imports_as, keeps_as, renames, side_by_side, tidies, unsorted

import kit
from kit.files import CACHE_FOLDER, write_all, write_whole
from kit.lock import Locked, locked
from kit.sources.capture.index import read_index
from kit.tables.schema import TABLES

ROUNDS = 5


def ids(folder: Path) -> set[str]:
    return set(kit.open(folder).sources.index)


@pytest.mark.parametrize(
    ("other", "more"),
    [(imports_as("ann"), 4), (tidies, 0), (renames, 0), (keeps_as("ann"), 1)],
    ids=["import", "tidy", "rename", "keep"],
)
def test_two_processes_lose_no_row(case_folder: Path, other: Deed, more: int) -> None:
    before = ids(case_folder)
    unsorted(case_folder)
    side_by_side(case_folder, imports_as("bob"), other, ROUNDS)
    after = ids(case_folder)
    assert before < after
    assert len(after) == len(before) + ROUNDS * (4 + more)


def test_two_keeps_list_every_capture_and_every_source(case_folder: Path) -> None:
    before = ids(case_folder)
    side_by_side(case_folder, keeps_as("ann"), keeps_as("bob"), ROUNDS)
    assert len(ids(case_folder) - before) == 2 * ROUNDS
    assert len(read_index(case_folder)) == 2 * ROUNDS


@pytest.fixture
def elsewhere(case_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the case."""
    script = (
        "import sys, pathlib; from kit.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(case_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child
        child.kill()


def test_who_holds_the_lock_is_named_after_a_while(
    case_folder: Path, elsewhere: subprocess.Popen[str]
) -> None:
    with pytest.raises(Locked, match=rf"process {elsewhere.pid} of .* at work on them for over 0.2 seconds"):
        locked(case_folder, wait=0.2).__enter__()


def test_a_lock_ends_with_its_holder_and_its_name_with_it(
    case_folder: Path, elsewhere: subprocess.Popen[str]
) -> None:
    elsewhere.kill()
    elsewhere.wait()
    with locked(case_folder, wait=5):
        told = (case_folder / CACHE_FOLDER / "tables.holder").read_text()
        assert f"process {os.getpid()} " in told
    assert not (case_folder / CACHE_FOLDER / "tables.holder").exists()


def test_threads_of_one_process_wait_for_each_other(case_folder: Path) -> None:
    order = []

    def second() -> None:
        with locked(case_folder):
            order.append("second")

    with locked(case_folder), locked(case_folder):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_table_keeps_its_link_and_its_rights(case_folder: Path, tmp_path: Path) -> None:
    table = case_folder / TABLES["sources"].path
    real = tmp_path / "shared.csv"
    table.rename(real)
    table.symlink_to(real)
    unsorted(case_folder)
    real.chmod(0o640)
    assert kit.open(case_folder).tidy()
    assert table.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_links_are_kept_where_many_are_written(tmp_path: Path) -> None:
    (real := tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to(real)
    write_all({tmp_path / "link": "after", tmp_path / "other": "new"})
    assert (tmp_path / "link").is_symlink()
    assert real.read_text() == "after"
    write_whole(tmp_path / "link", "again")
    assert real.read_text() == "again"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "other", "real"]
