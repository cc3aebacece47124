"""Whatever stands behind a command, it ends in a message and a status, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import main

FILES = {
    "empty": b"",
    "bytes.docx": bytes(range(256)),
    "bytes.xlsx": b"PK\x03\x04" + bytes(range(256)),
    "half.bib": b"@article{a,",
    "half.json": b'{"a":',
    "bytes.ris": b"\xff\xfe",
    "half.html": b"<html",
    "junk.pdf": b"%PDF-1.4 junk",
    "junk.warc.gz": b"\x1f\x8bjunk",
}
#: What is no file at all, or cannot be written; FOLDER stands for a folder that is there.
PLACES = ["FOLDER", "absent", "../..", "a" * 5000]
READING = [
    "extract {}",
    "extract {} --json",
    "check --import {}",
    "check --import empty --sent {}",
    "sources import {}",
]
WRITING = ["check --junit {}", "check --sarif {}", "sources export {}", "sources pack {}", "new {}"]
KEEPING = ["keep -i {}", "keep {} --url {}", "keep --again {}", "sources archive {}"]
WORDS = ["nonsense", "\x1b[2J", "a b", "é" * 300, "0", "../x"]
NAMING = [
    "cite {}",
    "cite harbour-post-2021-03-02-raid --style {}",
    "check --only {}",
    "replies --draft {} --deadline {}",
    "replies --draft harbour-office --deadline {}",
    "run --only {}",
    "report --edition {}",
    "report --to {}",
    "report --verify --edition {}",
    "rename {} x",
    "rename fine {}",
    "merge fine {}",
    "keep https://harbourpost.example --add primary --set {}",
]


def ran(folder: Path, line: str, word: str) -> Result:
    words = [part.replace("{}", word) for part in line.split(" ")]
    return CliRunner().invoke(main, ["--case", str(folder), *words])


def ended_well(done: Result) -> bool:
    """Whether it was ended by the command itself, with a word and nothing that a terminal would obey."""
    said = isinstance(done.exception, SystemExit | None) and (
        done.exit_code == 0 or bool(done.output.strip())
    )
    return said and "\x1b" not in done.output and "Traceback" not in done.output


@pytest.mark.parametrize("line", [*READING, *WRITING, *KEEPING])
def test_a_file_that_is_not_what_was_meant_is_told(
    case_folder: Path, tmp_path: Path, monkeypatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FOLDER").mkdir()
    for name in [*FILES, *PLACES] if line in READING else PLACES:
        for other, content in FILES.items():
            (tmp_path / other).write_bytes(content)
        done = ran(case_folder, line, name)
        assert ended_well(done), (line, name[:40], done.exception)
        if line in READING[2:]:
            assert done.exit_code, (line, name)


@pytest.mark.parametrize("line", NAMING)
def test_a_word_that_names_nothing_is_told(case_folder: Path, line: str) -> None:
    for word in WORDS:
        done = ran(case_folder, line, word)
        assert ended_well(done), (line, word, done.exception)
        assert done.exit_code or line == "rename fine {}", (line, word)


@pytest.mark.parametrize("folder", ["absent", "empty", "a" * 5000])
def test_a_case_that_is_none_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").write_bytes(b"")
    for verb in ("check", "status", "run", "tidy", "docs", "upgrade", "lineage", "replies"):
        done = CliRunner().invoke(main, ["--case", str(tmp_path / folder), verb])
        assert done.exit_code == 1
        assert ended_well(done), (verb, done.exception)
