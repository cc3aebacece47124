"""What somebody saves while notebooks run is theirs, and a report that is killed leaves the one before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.notebook_files import write_notebook

import kit
from kit.errors import KitError, Problems
from kit.files import staged, sweep
from kit.lock import Locked, locked


def test_notebooks_saved_while_they_ran_are_named_and_nothing_is_written(case_folder: Path) -> None:
    first = write_notebook(case_folder, "00-sum", ("md", "# Sum?"), ("code", "1 + 1"))
    second = write_notebook(case_folder, "01-other", ("md", "# Other?"), ("code", "2 + 2"))
    before = first.read_bytes()
    mine = second.read_bytes().replace(b"Other?", b"Mine?")

    def save(name: str, number: int, total: int) -> None:
        second.write_bytes(mine)

    case = kit.open(case_folder)
    with pytest.raises(Problems, match=r"notebooks/01-other\.ipynb: was saved while it ran") as told:
        case.run(accept=True, progress=save)
    assert "00-sum" not in str(told.value)
    assert (first.read_bytes(), second.read_bytes()) == (before, mine)
    case.run(accept=True)
    assert first.read_bytes() != before
    assert b"Mine?" in second.read_bytes()


def test_a_notebook_that_went_away_meanwhile_is_named(case_folder: Path) -> None:
    path = write_notebook(case_folder, "00-sum", ("md", "# Sum?"), ("code", "1 + 1"))
    with pytest.raises(KitError, match="00-sum"):
        kit.open(case_folder).run(accept=True, progress=lambda *_: path.unlink(missing_ok=True))
    assert not path.exists()


KILLED = """
import os, pathlib, sys
from kit.files import staged
real, calls = os.replace, []
def replace(one, other):
    calls.append(one)
    if len(calls) == int(sys.argv[2]):
        os.kill(os.getpid(), 9)
    real(one, other)
os.replace = replace
if sys.argv[3] == "plain":
    import kit.files
    kit.files._exchanged = lambda one, other: False
with staged(pathlib.Path(sys.argv[1])) as staging:
    (staging / "index.html").write_text("new")
    if sys.argv[2] == "0":
        os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize(("at", "how"), [("0", "swap"), ("0", "plain"), ("1", "plain"), ("2", "plain")])
def test_a_killed_report_leaves_the_one_before_and_nothing_hidden(tmp_path: Path, at: str, how: str) -> None:
    target = tmp_path / "public"
    target.mkdir()
    (target / "index.html").write_text("old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(target), at, how], check=False)
    assert done.returncode == -9
    if (at, how) != ("2", "plain"):  # where folders cannot change places, there is one moment without either
        assert (target / "index.html").read_text() == "old"
    sweep(target)
    assert (target / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_one_report_takes_the_place_of_another_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.replace", lambda *_: pytest.fail("there was a moment without a report"))
    (tmp_path / "public").mkdir()
    with staged(tmp_path / "public") as staging:
        (staging / "index.html").write_text("new")
    assert (tmp_path / "public" / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_report_that_is_being_built_is_not_built_twice_at_once(case_folder: Path) -> None:
    write_notebook(case_folder, "00-sum", ("md", "# Sum?"), ("code", "1 + 1"))
    script = (
        "import sys, pathlib; from kit.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1]), 'internal-report'): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(case_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(Locked, match=rf"internal report: .*process {child.pid} .* makes it"):
            kit.open(case_folder).report(edition="internal", to="md")
        child.kill()
    with locked(case_folder, "internal-report"):
        pass
