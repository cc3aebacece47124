"""Pages kept in a process of their own, which can be stopped; what it says is passed on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from kit.errors import KitError
from kit.tables.schema import TABLES

#: Characters of an address.
_LONGEST = 4000
_ADDED = re.compile(r"^(?:added|not added) +([a-z0-9][a-z0-9._-]*)", re.MULTILINE)
_TIERS = TABLES["sources"].column("tier").words


class KeepRun:
    """The keeping of one page or file for the case in ``folder``: whether it runs, and what it said."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        self.what = self.said = ""
        self.done = False
        self._process: subprocess.Popen[str] | None = None

    @property
    def running(self) -> bool:
        """Whether something is being kept."""
        return self._process is not None

    def start(self, what: str, tier: str) -> None:
        """Nothing; ``what``, an address on the web or the path of a file that the server shows, is being kept and added.

        `KitError` where it is neither, where the tier is none, and while another is being kept.
        """
        if self.running:
            raise KitError(self.what, "is still being kept", "wait for it, or stop it")
        if tier not in _TIERS:
            raise KitError(repr(tier), "is no tier", f"take one of {', '.join(_TIERS)}")
        self.what, self.said, self.done = what, "", False
        command = [sys.executable, "-m", "kit", "keep", "--add", tier, "--", self._checked(what)]
        self._process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            text=True, errors="replace",
        )  # fmt: skip
        Thread(target=self._wait, args=(self._process,), daemon=True, name="casebook-keep").start()

    def stop(self) -> None:
        """Nothing; what is being kept is given up, and nothing half done is left."""
        if self._process:
            self._process.terminate()

    def _checked(self, what: str) -> str:
        if re.match(r"https?://[^\s/]", what) and len(what) <= _LONGEST and what.isprintable():
            return what
        file = (self.root / what.lstrip("/")).resolve() if "\0" not in what else self.root
        if file.is_file() and file.is_relative_to(self.root):
            return str(file)
        raise KitError(
            repr(what[:100]),
            "is no address on the web and no file here",
            "give one that begins with https://",
        )

    def _wait(self, process: subprocess.Popen[str]) -> None:
        said, _ = process.communicate()
        self.said = said[-5000:].strip() or "stopped; nothing was added"
        self.done, self._process = process.returncode == 0, None


def keep_state(served: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Whether something is being kept, what was said of it, and the id of the source that it belongs to."""
    run: KeepRun = served.keep
    found = _ADDED.search(run.said) if run.done else None
    return {"running": run.running, "what": run.what, "said": run.said, "done": run.done,
            "source": found[1] if found else ""}  # fmt: skip


def keep_asked(served: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What `keep_state` gives, once ``what`` is being kept as a source of that ``tier``, or with ``stop`` no longer is."""
    if asked.get("stop"):
        served.keep.stop()
    else:
        served.keep.start(str(asked.get("what", "")).strip(), str(asked.get("tier", "")))
    return keep_state(served, asked)
