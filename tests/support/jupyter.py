"""A JupyterLab of its own on loopback, with the desk of this checkout in it."""

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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 90
_DESK = Path("kit/desk")


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it serves, its address, and what opens it."""

    folder: Path
    origin: str
    token: str

    def address(self, name: str) -> str:
        """Where the notebook of that name opens, alone in its window."""
        return f"{self.origin}/doc/tree/{name}?token={self.token}"

    def within(self, name: str = "") -> str:
        """Where the file of that name opens, with everything that JupyterLab has around it."""
        return f"{self.origin}/lab/tree/{name}?reset&token={self.token}"


@contextmanager
def running_lab(home: Path, folder: Path, project: Path) -> Iterator[Lab]:
    """A JupyterLab that serves ``folder``, and keeps its settings, kernels and files in ``home``.

    The desk is that of the checkout ``project``, in the places where an installed one lies.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = os.urandom(16).hex()
    enabled = home / "etc" / "jupyter_server_config.d" / "casebook.json"
    enabled.parent.mkdir(parents=True)
    shutil.copy(project / _DESK / "server" / "enabled.json", enabled)
    built = home / "share" / "labextensions" / "casebook"
    built.parent.mkdir(parents=True)
    built.symlink_to(project / _DESK / "labextension")
    own = {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_CONFIG_PATH": str(home / "etc"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_PATH": str(home / "share"),
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
    command = [sys.executable, "-m", "jupyterlab", *words]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log")
        yield Lab(folder, f"http://127.0.0.1:{port}", token)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(log.read_text())
