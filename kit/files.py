"""Files and folders written whole or not at all, and zip archives without a clock."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kit.errors import KitError

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
    path.parent.mkdir(parents=True, exist_ok=True)
    rights = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, rights)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


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
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    written = []
    try:
        for path, content in contents.items():
            write_whole(path, content)
            written.append(path)
    except BaseException as error:
        for done in written:
            if (content_before := before[done]) is None:
                done.unlink()
            else:
                write_whole(done, content_before)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


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
        previous = staging.with_name(staging.name + "-previous")
        if target.exists():
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
