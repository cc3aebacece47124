"""A JupyterLab of its own on loopback, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

#: Run by LibreOffice's own Python, which has what it imports.
collect_ignore = ["libreoffice_checker.py"]

_SECONDS = 90
_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it serves, and the address of a notebook in it."""

    folder: Path
    origin: str
    token: str

    def address(self, name: str) -> str:
        """Where the notebook of that name opens, alone in its window."""
        return f"{self.origin}/doc/tree/{name}?token={self.token}"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[Lab]:
    """A JupyterLab that keeps its settings, kernels and files in a temporary folder."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "work"
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = os.urandom(16).hex()
    own = {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(project), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    words = [
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={token}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--LabApp.news_url=",
    ]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words],
            env=os.environ | own,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log")
        yield Lab(folder, f"http://127.0.0.1:{port}", token)
    finally:
        server.terminate()
        server.wait(timeout=30)


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


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(log.read_text())
