"""What was made before, kept by what it was made from; never needed, and never trusted without a look."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from kit.case import Case
from kit.files import write_whole
from kit.reporting.book.editions import DISTRIBUTION

_KEPT = {"runs": 60, "reports": 8}
#: Settings of the machine that can change what a notebook prints.
_SURROUNDINGS = ("TZ", "LANG", "LC_ALL", "SOURCE_DATE_EPOCH")


class Cache:
    """Files below ``folder``, each under a key, each beginning with the hash of what follows.

    An entry that is not whole counts as none, and so does a folder that cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = Cache(Path(folder))
    ...     cache.put("runs", "a", b"made"), cache.get("runs", "a"), cache.get("runs", "b")
    (None, b'made', None)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under the key, or ``None`` where there is nothing whole."""
        try:
            head, _, content = (self.folder / kind / key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if head == hashlib.sha256(content).hexdigest().encode() else None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Nothing; the entry is kept, and the oldest of its kind go."""
        folder = self.folder / kind
        try:
            write_whole(folder / key, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
            entries = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in entries[_KEPT[kind] :]:
                path.unlink()
        except OSError:
            return  # a cache that cannot be kept costs time, nothing else


def digest(*parts: bytes | str) -> str:
    """The SHA-256 of the parts, in order, which no other division of the same bytes shares."""
    hashed = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        hashed.update(len(raw).to_bytes(8, "big") + raw)
    return hashed.hexdigest()


def state_of(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's list of names; '' where there is neither."""
    try:
        if path.is_dir():
            return digest(*sorted(entry.name for entry in path.iterdir() if not entry.name.startswith(".")))
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def software() -> str:
    """The hash of what does the work: every file of the kit, what it was installed to need, the interpreter, and the
    versions of all packages.
    """
    kit = Path(__file__).parents[2]
    files = sorted(path for path in kit.rglob("*") if path.is_file() and path.suffix != ".pyc")
    packages = {
        entry
        for folder in sys.path
        if folder.endswith("-packages") and os.path.isdir(folder)
        for entry in os.listdir(folder)
        if entry.endswith(".dist-info")
    }
    parts = [part for path in files for part in (path.relative_to(kit).as_posix(), path.read_bytes())]
    return digest(sys.version, *sorted(packages), *_needs(), *parts)


def _needs() -> list[str]:
    try:
        return metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []  # whoever writes a manifest refuses then


def surroundings() -> list[str]:
    """The settings of the machine that what is made may depend on."""
    return [os.environ.get(name, "") for name in _SURROUNDINGS]


def unchanged(case: Case, reads: dict[str, str]) -> bool:
    """Whether each file, named as seen from the case folder, is as it was when it had that hash."""
    return all(state_of(case.path / name) == state for name, state in reads.items())
