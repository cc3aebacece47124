"""A small sound case in a folder of its own, which each test is free to damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from support.small_case import ROWS, write_rows

from kit.tables.schema import TABLES

#: Looked through for doctests, two modules of one name would be in each other's way.
collect_ignore = ["conftest.py", "browser/conftest.py"]

# The same examples every time, however busy the machine is.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A sound small case."""
    return write_rows(tmp_path / "harbour", ROWS)


@pytest.fixture
def edit(case_folder: Path) -> Callable[[str, Callable[[bytes], bytes]], Path]:
    """Change the bytes of one table of the case: ``edit("events", lambda raw: raw.replace(...))``."""

    def change(name: str, how: Callable[[bytes], bytes]) -> Path:
        path = case_folder / TABLES[name].path
        before = path.read_bytes()
        after = how(before)
        assert after != before, "the test changed nothing"
        path.write_bytes(after)
        return case_folder

    return change


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout itself."""
    return Path(__file__).parent.parent
