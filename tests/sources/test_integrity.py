"""A capture that is no more what arrived is noticed: by its size and time at once, by its hash when all are read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.files import CACHE_FOLDER
from kit.sources.capture import integrity
from kit.sources.capture.capture import Capture
from kit.sources.capture.index import read_index
from kit.sources.capture.integrity import damages


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


@pytest.fixture
def kept(case: kit.Case) -> Capture:
    capture: Capture = case.keep("Fifty boxes were found. " * 40, how="pasted", source="clerk")
    return capture


def flipped(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


FAULTS: list[Callable[[bytes], bytes]] = [
    lambda raw: raw[:40], lambda raw: raw[: len(raw) // 2], lambda raw: raw[:-1], flipped, lambda raw: b"", lambda raw: raw[::-1],
]  # fmt: skip


def told(case: kit.Case, **options: bool) -> list[str]:
    found = case.check(**options)
    return found.loc[found["rule"].isin(["capture-altered", "capture-gone"]), "rule"].tolist()


@pytest.mark.parametrize("damage", FAULTS)
def test_each_damage_is_told_though_the_capture_was_indexed(
    case: kit.Case, kept: Capture, damage: Callable[[bytes], bytes]
) -> None:
    assert told(case) == []
    kept.path.write_bytes(damage(kept.path.read_bytes()))
    assert told(case) == ["capture-altered"]
    assert told(case) == ["capture-altered"], "it was forgotten"


def test_a_file_brought_back_is_sound_again(case: kit.Case, kept: Capture) -> None:
    raw = kept.path.read_bytes()
    kept.path.write_bytes(flipped(raw))
    assert told(case) == ["capture-altered"]
    kept.path.write_bytes(raw)
    assert told(case) == []
    kept.path.unlink()
    assert told(case) == ["capture-gone"]
    assert told(case) == ["capture-gone"]
    kept.path.write_bytes(raw)
    assert told(case) == []


@pytest.mark.parametrize("how", [{"captures": True}, {"renew": True}])
def test_what_a_disk_changes_behind_everybodys_back_is_found_by_its_hash(
    case: kit.Case, kept: Capture, how: dict[str, bool]
) -> None:
    assert told(case) == []
    before = kept.path.stat()
    kept.path.write_bytes(flipped(kept.path.read_bytes()))
    os.utime(kept.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told(case) == []
    assert told(case, **how) == ["capture-altered"]
    assert told(case) == ["capture-altered"]


def test_the_shell_reads_all_with_captures(case: kit.Case, kept: Capture) -> None:
    before = kept.path.stat()
    kept.path.write_bytes(flipped(kept.path.read_bytes()))
    os.utime(kept.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    shown = CliRunner().invoke(main, ["--case", str(case.path), "check", "--captures"])
    assert "capture-altered" in shown.output


def test_nothing_is_read_again_where_nothing_changed(
    case: kit.Case, kept: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "capture_in", lambda path: pytest.fail("it was read"))
    assert damages(case.path, read_index(case.path)) == []


def test_a_capture_that_never_was_here_is_nobodys_loss(case: kit.Case, kept: Capture) -> None:
    kept.path.unlink()
    (case.path / CACHE_FOLDER / "captures.json").unlink()
    assert told(case) == []


@pytest.mark.parametrize("kept_there", ["", "null", "[]", '{"a": 1}', '{"a": [1, 2]}', "\x00"])
def test_a_broken_memory_is_made_anew(case: kit.Case, kept: Capture, kept_there: str) -> None:
    (case.path / CACHE_FOLDER / "captures.json").write_text(kept_there)
    assert told(case) == []
    kept.path.write_bytes(b"")
    assert told(case) == ["capture-altered"]
