"""One writer at a time: the lock of a case, which says who holds it."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kit.errors import KitError
from kit.files import CACHE_FOLDER

WAIT = (
    60.0  # seconds; what is done under the lock is reading, changing and writing tables, and nothing longer
)


class Locked(KitError):
    """Another process is at work on the same, and did not end in time."""


@contextmanager
def locked(case: Path, what: str = "tables", wait: float = WAIT) -> Iterator[None]:
    """A stretch in which no other process of the kit writes tables, ledgers or notebooks of the case folder ``case``.

    Another ``what`` than these has a lock of its own. Within the stretch, the same may be asked for again. Whoever dies
    sets it free: the lock is the operating system's, and where a network folder has none, a file that the next one
    removes once its process is gone. After ``wait`` seconds `Locked` names the holder. A folder that cannot be written
    to raises `KitError`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, locked(Path(folder)), locked(Path(folder)):
    ...     [path.name for path in (Path(folder) / CACHE_FOLDER).glob("*.lock")]
    ['tables.lock']
    """
    path = case.resolve() / CACHE_FOLDER / f"{what}.lock"
    holder = path.with_suffix(".holder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, is_singleton=True)
        lock.acquire(timeout=wait)
    except Timeout as error:
        found = f"{_told(holder)} is at work on them" if what == "tables" else f"{_told(holder)} makes it"
        waited = f" for over {wait:g} seconds" if wait else ""
        remedy = "let it end, or end it, then try again; nothing was written"
        raise Locked(what.replace("-", " "), f"{found}{waited}", remedy) from error
    except OSError as error:
        wrong = f"cannot be written to ({error.strerror or error})"
        raise KitError(
            path.parent, wrong, "change the rights of the case folder; nothing was written"
        ) from error
    try:
        if lock.lock_counter == 1:
            with suppress(OSError):  # who holds it is told as far as it can be
                holder.write_text(_self(), encoding="utf-8")
        yield
    finally:
        if lock.lock_counter == 1:
            with suppress(OSError):
                holder.unlink()
        lock.release()


def _self() -> str:
    try:
        person = getpass.getuser()
    except (KeyError, OSError):
        person = "somebody"
    program = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:60]
    return (
        f"{program} (process {os.getpid()} of {person} on {platform.node()}, "
        f"since {datetime.now(UTC):%H:%M:%S} UTC)"
    )


def _told(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8", errors="replace")[:300] or "another process"
    except OSError:
        return "another process"
