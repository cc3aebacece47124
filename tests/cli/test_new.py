"""A new case is whole, sound, and its report and notebooks run offline as they come."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.evidence.checks.gate import open_findings
from kit.evidence.passages.review import passage_verdicts
from kit.tables.datapackage import stale
from kit.template import TEMPLATES, new_case

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


@pytest.mark.parametrize("template", [*TEMPLATES, "empty"])
def test_whatever_it_begins_as_it_is_sound_and_its_report_builds_without_a_network(tmp_path, template):
    choice = {"empty": True} if template == "empty" else {"template": template}
    case = new_case(tmp_path / "ours", "Ports \U0001f6a2", contact="desk@paper.example", **choice)
    found = case.check()
    assert set(found["severity"]) <= {"notice"}, found.to_string()
    evidence = case.evidence
    assert (passage_verdicts(case)["seen"] == "here").all()
    assert set(passage_verdicts(case)["verdict"]) <= {"exact"}
    assert len(passage_verdicts(case)) == len(evidence)
    assert (template == "empty") == evidence.empty
    before = {path.name: path.read_bytes() for path in (case.path / "notebooks").iterdir()}
    assert not case.run(accept=True)
    assert {path.name: path.read_bytes() for path in (case.path / "notebooks").iterdir()} == before
    pages = {path.name for path in case.report(to="html")}
    assert "index.html" in pages


def test_a_case_begins_in_a_repository_unless_there_is_one_or_git_is_told_not_to(tmp_path, monkeypatch):
    home = tmp_path / "gitconfig"
    home.write_text("[user]\nname = Ada Roe\nemail = ada@paper.example\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    done = CliRunner().invoke(main, ["new", str(tmp_path / "a"), "--template", "factcheck"])
    assert done.exit_code == 0, done.output
    assert "a repository was begun, with a first commit" in done.output
    said = subprocess.run(
        ["git", "-C", str(tmp_path / "a"), "status", "--short"], capture_output=True, text=True, check=True
    )
    assert said.stdout == ""
    driver = ["git", "-C", str(tmp_path / "a"), "config", "merge.casebook.driver"]
    assert "merge-tables" in subprocess.run(driver, capture_output=True, text=True, check=True).stdout
    assert not (tmp_path / "a/data/captures").stat().st_mode & 0o002
    inside = CliRunner().invoke(main, ["new", str(tmp_path / "a/b"), "--empty"])
    assert "lies in a repository already" in inside.output
    assert not (tmp_path / "a/b/.git").exists()
    without = CliRunner().invoke(main, ["new", str(tmp_path / "c"), "--no-git"])
    assert without.exit_code == 0
    assert not (tmp_path / "c/.git").exists()
    home.write_text("")
    unnamed = CliRunner().invoke(main, ["new", str(tmp_path / "d")])
    assert "tell git who you are, then: git commit" in unnamed.output


def test_the_shell_offers_every_template():
    (option,) = [option for option in main.commands["new"].params if option.name == "template"]
    assert list(option.type.choices) == [*TEMPLATES]
    with pytest.raises(
        KitError, match="template 'leak': is none of the kit's; it has investigation, chronology"
    ):
        new_case("anywhere", template="leak")


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
