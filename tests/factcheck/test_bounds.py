"""What a returned file may be: each bound on both sides of it."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.tables.spreadsheet.parts import open_parts


def archive(path: Path, members: int = 1, unpacked: int = 0) -> Path:
    """A zip archive of so many members, the first of which says that it unpacks to so many bytes."""
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(members):
            packed.writestr(f"{number}.xml", b"")
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", unpacked)
    path.write_bytes(raw)
    return path


def refused(path: Path) -> str:
    """Why the file is refused; '' where it is not."""
    try:
        open_parts(path).close()
    except KitError as error:
        return error.value
    return ""


@pytest.mark.parametrize(("members", "far"), [(4_000, False), (4_001, True)])
def test_a_file_has_so_many_parts(tmp_path: Path, members: int, far: bool) -> None:
    assert ("far more" in refused(archive(tmp_path / "a.docx", members))) is far


@pytest.mark.parametrize(("size", "far"), [(256_000_000, False), (256_000_001, True)])
def test_a_file_unpacks_to_so_much(tmp_path: Path, size: int, far: bool) -> None:
    assert ("far more" in refused(archive(tmp_path / "a.docx", unpacked=size))) is far


@pytest.mark.parametrize(
    ("size", "said"), [(64_000_000, "is no Word document"), (64_000_001, "is larger than 64 MB")]
)
def test_a_file_is_so_large(tmp_path: Path, size: int, said: str) -> None:
    with (path := tmp_path / "a.docx").open("wb") as file:
        file.truncate(size)
    assert refused(path).startswith(said)
