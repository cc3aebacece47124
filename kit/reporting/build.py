"""The report: an index and one self-contained page a notebook, built aside and put in place when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import KitError
from kit.reporting.chapter import make_book
from kit.reporting.run import Progress, executed
from kit.reporting.site import write

FOLDER = "reports"


def report(case: Case, *, only: str = "", progress: Progress | None = None) -> list[Path]:
    """The files of the report, written anew to ``reports/`` from a fresh run of the notebooks.

    A failed cell, an unknown mark or a number that does not hold raises the error that `run.executed` raises; a report
    that was there before stays whole until the new one is complete. Twice the same inputs give the same bytes.
    """
    done = executed(case, only, progress)
    book = make_book(case, done)
    target = case.path / FOLDER
    with _staged(target) as staging:
        write(book, staging)
    return sorted(target.iterdir())


class _staged:
    """A folder beside ``target`` that takes its place on success and vanishes on failure."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Path:
        try:
            self.staging = Path(tempfile.mkdtemp(prefix=f".{self.target.name}-", dir=self.target.parent))
        except OSError as error:
            raise KitError(
                self.target, f"cannot be written ({error.strerror})", "make room or change its rights"
            ) from error
        return self.staging

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: Any) -> None:
        if kind is None:
            os.chmod(self.staging, 0o755)
            previous = self.staging.with_name(self.staging.name + "-previous")
            if self.target.exists():
                os.replace(self.target, previous)
            os.replace(self.staging, self.target)
            shutil.rmtree(previous, ignore_errors=True)
            return
        shutil.rmtree(self.staging, ignore_errors=True)
        if isinstance(error, OSError):
            remedy = "make room; the previous report is untouched"
            raise KitError(self.target, f"could not be written ({error.strerror})", remedy) from error
