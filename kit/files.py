"""Files and folders written whole or not at all, and zip archives without a clock."""

from __future__ import annotations

import ctypes
import io
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kit.errors import KitError

#: What is remembered on this machine alone, seen from a case folder; nobody misses it when it is gone.
CACHE_FOLDER = Path(".kit-cache")
#: The first moment that a zip archive can name.
NO_CLOCK = (1980, 1, 1, 0, 0, 0)


def write_whole(path: Path, content: bytes | str) -> None:
    """Nothing; afterwards ``path`` holds ``content`` (text as UTF-8), or what it held before if writing fails.

    A link stays a link: what it leads to is replaced. The rights of a file that was there stay as they were. The folder
    is made where it is missing. An ``OSError`` (a full disk, a folder without rights) passes to the caller.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "data" / "a.csv", "id\\n")
    ...     (Path(folder) / "data" / "a.csv").read_bytes()
    b'id\\n'
    """
    path = path.resolve() if path.is_symlink() else path
    temporary = _beside(path, content)
    try:
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink()
        raise
    _settle(path.parent)


def _beside(path: Path, content: bytes | str) -> Path:
    """A new file beside ``path`` that holds the content, on the disk and not only on its way there, with the same rights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rights = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, rights)
    except BaseException:
        os.unlink(temporary)
        raise
    return Path(temporary)


def _settle(folder: Path) -> None:
    """Nothing; the folder's names are on the disk too, where the system can be told so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_all(contents: Mapping[Path, bytes | str]) -> None:
    """Nothing; afterwards each path holds its content, as `write_whole` writes it, or all hold what they held before.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     one, other = Path(folder) / "one", Path(folder) / "other"
    ...     _ = one.write_text("before"), other.mkdir()
    ...     write_all({one: "after", other: "not to be written"})
    Traceback (most recent call last):
        ...
    kit.errors.KitError: ...
    """
    places = {path: path.resolve() if path.is_symlink() else path for path in contents}
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    ready: dict[Path, Path] = {}
    written = []
    path = Path()
    try:
        # All are on the disk before the first takes its place: what stops halfway, stops there almost always.
        for path, content in contents.items():
            ready[path] = _beside(places[path], content)
        for path in contents:
            os.replace(ready[path], places[path])
            del ready[path]
            written.append(path)
    except BaseException as error:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
        for done in written:
            if (content_before := before[done]) is None:
                done.unlink()
            else:
                write_whole(done, content_before)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise
    for folder in {place.parent for place in places.values()}:
        _settle(folder)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder that takes the place of ``target`` when the block ends well, and vanishes when it does not.

    What the block cannot write (a full disk, a folder without rights) raises `KitError`; what was in ``target`` before
    is untouched then.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with staged(Path(folder) / "reports" / "public") as staging:
    ...         _ = (staging / "index.html").write_text("new")
    ...     (Path(folder) / "reports" / "public" / "index.html").read_text()
    'new'
    """
    made = not target.parent.exists()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield staging
        os.chmod(staging, 0o755)
        if not target.exists():
            os.replace(staging, target)
        elif _exchanged(staging, target):
            shutil.rmtree(staging, ignore_errors=True)
        else:
            previous = staging.with_name(staging.name + _PREVIOUS)
            os.replace(target, previous)
            os.replace(staging, target)
            shutil.rmtree(previous, ignore_errors=True)
    except BaseException as error:
        shutil.rmtree(staging, ignore_errors=True)
        if made:
            target.parent.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(target, error) from error
        raise


def sweep(target: Path) -> None:
    """Nothing; what a `staged` that was killed has left beside ``target`` is gone, and what it had moved away is back.

    Whoever calls it knows that nobody else is at work on ``target``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / ".public-0a1b2c3d-previous").mkdir(), sweep(Path(folder) / "public")
    ...     [path.name for path in Path(folder).iterdir()]
    (None, None)
    ['public']
    """
    left = sorted(path for path in target.parent.glob(f".{target.name}-*") if path.is_dir())
    for path in left:
        if path.name.endswith(_PREVIOUS) and not target.exists():
            os.replace(path, target)
        else:
            shutil.rmtree(path, ignore_errors=True)


_PREVIOUS = "-previous"


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders changed places in one step, so that at no moment either is missing; not every system can."""
    names = {"linux": ("renameat2", -100), "darwin": ("renameatx_np", -2)}
    if sys.platform not in names:
        return False
    name, here = names[sys.platform]
    swap = getattr(ctypes.CDLL(None), name, None)
    return swap is not None and swap(here, os.fsencode(one), here, os.fsencode(other), _SWAP) == 0


_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


def zip_bytes(members: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """A zip archive of ``members`` by name, in their order: the same bytes for the same members, at any hour.

    ``packed`` deflates each member; formats that must begin with a plain member want it off.

    >>> zip_bytes({"a.txt": b"a"}) == zip_bytes({"a.txt": b"a"})
    True
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, NO_CLOCK)
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _unwritable(target: Path, error: OSError) -> KitError:
    what = f"could not be written ({error.strerror or error})"
    return KitError(target, what, "make room or change its rights; what was there before is untouched")
