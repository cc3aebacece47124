"""`pytest --evidence`, run as its user runs it: in a process of its own, in the folder of a case."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

RAID = "data/case.toml::events::2021-03-01-raid-harbour"


@pytest.fixture
def run(case_folder, project):
    def pytest_in(*arguments: str, folder: Path = case_folder) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(project), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        environment |= {"PYTEST_ADDOPTS": "", "COLUMNS": "200"}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "kit.pytest_plugin",
            "-p",
            "no:cacheprovider",
            *arguments,
        ]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )

    return pytest_in


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return dict(re.findall(r"^(\S+::\S+) (PASSED|FAILED)", done.stdout, re.MULTILINE))


def test_a_sound_case_passes_a_test_a_fact_and_warnings_fail_nothing(run):
    done = run("--evidence", "-v")
    assert done.returncode == 0, done.stdout
    assert outcomes(done) == {
        "data/case.toml::events::2021-03-01-raid-harbour": "PASSED",
        "data/case.toml::events::2021-06-fine-paid": "PASSED",
        "data/case.toml::cases::harbour-brokers-2021": "PASSED",
        "data/case.toml::metrics::harbour-2021-boxes": "PASSED",
        "data/case.toml::claims::digest-c01": "PASSED",
        "data/case.toml::everything-else": "PASSED",
    }
    told = run("--evidence", "-rP").stdout
    assert "warning passage-not-captured: data/manual/evidence.csv, row" in told


def test_a_fact_fails_with_what_was_found_and_no_traceback(run, edit):
    edit("evidence", lambda raw: re.sub(rb"2021-03-01-raid-harbour.*\n", b"", raw))
    done = run("--evidence", "-v")
    assert done.returncode == 1
    assert [id for id, word in outcomes(done).items() if word == "FAILED"] == [RAID]
    assert (
        "error fact-without-evidence: data/manual/events.csv, 2021-03-01-raid-harbour: no row of"
        in done.stdout
    )
    assert "add a row to evidence.csv" in done.stdout
    assert "Traceback" not in done.stdout
    assert ".py:" not in done.stdout


def test_one_fact_can_be_named(run, edit):
    edit("evidence", lambda raw: re.sub(rb"2021-03-01-raid-harbour.*\n", b"", raw))
    assert list(outcomes(run("--evidence", "-v", RAID))) == [RAID]
    assert run("--evidence", "data/case.toml::metrics").returncode == 0


def test_a_waived_error_fails_nothing(run, edit, case_folder):
    edit("evidence", lambda raw: re.sub(rb"2021-03-01-raid-harbour.*\n", b"", raw))
    (case_folder / "data/manual/waivers.csv").write_text(
        "rule,record,by,on,until,reason\n"
        "fact-without-evidence,2021-03-01-raid-harbour,Jane Roe,2021-01-01,2999-01-01,on its way\n"
    )
    assert run("--evidence").returncode == 0


def test_tables_that_do_not_load_are_told_as_the_tables_tell_it(run, edit):
    edit("events", lambda raw: raw.replace(b"2021-06~", b"2021-13"))
    done = run("--evidence")
    assert done.returncode == 2
    assert "row 3 (2021-06-fine-paid): date '2021-13' is not a real date" in done.stdout
    assert "Traceback" not in done.stdout


def test_without_the_flag_nothing_happens(run, case_folder):
    (case_folder / "test_own.py").write_text(
        "import sys\n\ndef test_own():\n    assert not {'pandas', 'kit.case', 'kit.evidence'} & set(sys.modules)\n"
    )
    done = run("-v")
    assert done.returncode == 0, done.stdout
    assert list(outcomes(done)) == ["test_own.py::test_own"]
    both = run("-v", "--evidence", "--deselect", "test_own.py")
    assert len(outcomes(both)) == 6
    assert "1 deselected" in both.stdout


def test_where_there_is_no_case_it_says_so(run, tmp_path):
    (bare := tmp_path / "bare").mkdir()
    done = run("--evidence", folder=bare)
    assert done.returncode == 4
    assert "no data/case.toml here or above; open a case folder" in done.stderr


def test_under_xdist_the_same_tests_run_once_each(run, edit):
    edit("evidence", lambda raw: re.sub(rb"2021-03-01-raid-harbour.*\n", b"", raw))
    done = run("-p", "xdist", "--evidence", "-n", "2", "-v")
    assert done.returncode == 1
    ran = re.findall(r"(PASSED|FAILED) (data/\S+)", done.stdout.partition("short test summary")[0])
    assert len(ran) == len(set(ran)) == 6
    assert ("FAILED", RAID) in ran


def test_pytest_finds_the_plugin_by_itself_once_the_kit_is_installed(project):
    settings = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    assert settings["entry-points"]["pytest11"] == {"kit.pytest_plugin": "kit.pytest_plugin"}
