"""A folder that is replaced whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import KitError


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


def _unwritable(target: Path, error: OSError) -> KitError:
    what = f"could not be written ({error.strerror or error})"
    return KitError(target, what, "make room or change its rights; the previous report is untouched")
