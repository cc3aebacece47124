"""The gate asked in a process of its own, so that whoever writes is never kept waiting, and what it last said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread

#: Seconds after which the gate is given up.
_PATIENCE = 600


class GateRun:
    """What the gate said of the case in ``folder``, and whether it is being asked; asked while it runs, it runs once more after."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[dict[str, str]] | None = None
        self.problem = ""
        self.running = False
        self.state = ""
        self._again = self._renew = False
        self._lock = Lock()

    def ask(self, state: str, *, renew: bool = False) -> None:
        """Nothing; the gate runs, now or when it has ended, on the case in this ``state``; ``renew`` brings ledgers up to date."""
        self.state, self._renew = state, self._renew or renew
        with self._lock:
            self._again = self.running
            if self.running:
                return
            self.running = True
        Thread(target=self._work, daemon=True, name="casebook-gate").start()

    def _work(self) -> None:
        while True:
            self._run()
            with self._lock:
                if not self._again:
                    self.running = False
                    return
                self._again = False

    def _run(self) -> None:
        renew, self._renew = ["--renew"] if self._renew else [], False
        command = [sys.executable, "-m", "kit", "check", "--json", *renew]
        try:
            done = subprocess.run(
                command, cwd=self.folder, capture_output=True, text=True, timeout=_PATIENCE, check=False
            )
            self.found, self.problem = json.loads(done.stdout)["findings"], ""
        except subprocess.TimeoutExpired:
            self.problem = (
                f"the gate did not answer within {_PATIENCE} seconds; ask it in a terminal: kit check"
            )
        except (ValueError, KeyError):
            self.problem = (
                done.stderr.strip()[-500:] or "the gate did not answer; ask it in a terminal: kit check"
            )
