"""What the docstrings say: what comes back first, the columns of frames, and what raises; strictly for the face."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.docstrings import described

import kit
from kit.case import Case
from kit.tables.schema import TABLES
from kit.verbs import VERBS


def face() -> set[str]:
    """The dotted names of what a notebook uses: the functions behind `kit` and `kit.charts`, and what a case has."""
    things = [getattr(kit, name) for name in kit.__all__]
    things += [getattr(kit.charts, name) for name in kit.charts.__all__]
    names = {f"{thing.__module__}.{thing.__qualname__}" for thing in things if callable(thing)}
    own = {name for name in dir(Case) if not name.startswith("_")} - TABLES.keys()
    return names | {f"kit.case.Case.{name}" for name in own}


def test_the_face_says_what_comes_back_which_columns_and_what_raises():
    known = face()
    assert len(known) > len(VERBS) + len(kit.charts.__all__)
    assert {one.place: one.problems for one in described() if one.place in known and one.problems} == {}


def test_the_rest_of_the_kit_says_it_too():
    tables = {f"kit.case.Case.{name}" for name in TABLES}
    lacking = {one.place: one.problems for one in described() if one.problems and one.place not in tables}
    assert lacking == {}


def test_every_public_class_says_what_it_is():
    from support.docstrings import classes

    assert [place for place, text in classes() if not text.strip()] == []


@pytest.mark.long
def test_every_example_runs_in_a_folder_of_its_own(project: Path, tmp_path: Path):
    """Also where there is no case: an example brings its own small data."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", project / "kit"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
