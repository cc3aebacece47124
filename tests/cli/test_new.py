"""A new case is whole, sound, and its report and notebooks run offline as they come."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.evidence.checks.gate import open_findings
from kit.tables.datapackage import stale
from kit.template import new_case

pytestmark = pytest.mark.long


@pytest.fixture
def made(tmp_path):
    return new_case(tmp_path / "ours", 'The "quay" case', contact="desk@paper.example")


def test_a_new_case_is_sound_and_its_public_report_builds(made):
    assert made.title == 'The "quay" case'
    assert made.contact == "desk@paper.example"
    assert stale(made.path) == []
    assert open_findings(kit.check(made), "error").empty
    names = {path.name for path in kit.report(made, to="html")}
    assert {"index.html", "00-start-here.html", "01-the-story.html", "02-the-findings.html"} <= names
    for name in (".gitignore", ".ci/run", "Makefile", "README.md"):
        assert (made.path / name).is_file()
    assert (made.path / ".ci/run").stat().st_mode & 0o111
    assert "@TITLE@" not in (made.path / "README.md").read_text()


def test_every_row_of_the_example_says_that_it_is_invented(made):
    for name in ("sources", "events", "actors", "cases", "metrics"):
        assert made.table(name)["note"].eq("An invented example; delete it.").all()


def test_the_notebooks_of_a_new_case_give_what_they_gave(made):
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "notebooks"]
    done = subprocess.run(command, cwd=made.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    done = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert done.exit_code == 1
    assert "is not empty; name a folder that is not there yet" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(KitError, match="title: is blank"):
        new_case(tmp_path / "a", " ")
    assert not (tmp_path / "a").exists()


def test_a_case_without_a_title_is_called_as_its_folder(tmp_path):
    done = CliRunner().invoke(main, ["new", str(tmp_path / "harbour")])
    assert done.exit_code == 0
    assert kit.open(tmp_path / "harbour").title == "harbour"
