"""A JupyterLab of its own on loopback, and a browser that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.jupyter import Lab, running_lab

#: Run by LibreOffice's own Python, which has what it imports.
collect_ignore = ["libreoffice_checker.py"]

_SECONDS = 90
_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Lab]:
    """A JupyterLab that serves an empty folder."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "work"
    folder.mkdir()
    with running_lab(home, folder, project) as lab:
        yield lab


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium: the system's where there is one, else the one that playwright brought."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=shutil.which("chromium"), args=_CHROMIUM)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, lab: Lab) -> Iterator[Any]:
    """A window of its own that fails the test when the page asks any other host for anything."""
    window = browser.new_page(viewport={"width": 1280, "height": 1800})
    window.set_default_timeout(_SECONDS * 1000)
    strangers: list[str] = []
    window.on("request", lambda asked: strangers.append(asked.url))
    yield window
    window.close()
    own = (lab.origin, lab.origin.replace("http", "ws"), "data:", "blob:")
    assert [url for url in strangers if not url.startswith(own)] == []
