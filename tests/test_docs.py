"""What is generated is fresh, and what the docs say runs."""

from __future__ import annotations

import re

from click.testing import CliRunner

import kit
from kit.cli import main
from kit.evidence.marks import citable, find_marks, mark_problems, records
from kit.reporting.execute import read
from kit.tables.describe import stale
from kit.tables.schema import TABLES


def test_generated_descriptions_are_fresh(project):
    assert stale(project, kit.open(project).title) == [], "run: kit docs"


def test_a_stale_description_is_named(case_folder):
    assert stale(case_folder, "T") == ["data/README.md", "data/datapackage.json"]


def test_every_table_and_column_is_explained():
    for table in TABLES.values():
        assert table.about
        assert all(column.about for column in table.columns)


def test_the_numbers_in_the_readme_are_those_the_notebooks_computed(project):
    computed = {}
    for path in sorted((project / "notebooks").glob("*.ipynb")):
        for name, found in records(read(path)).items():
            assert computed.setdefault(name, found).value == found.value, f"{name} differs between notebooks"
            computed[name] = found
    prose = {
        "cells": [{"cell_type": "markdown", "source": (project / "README.md").read_text(encoding="utf-8")}]
    }
    marks = find_marks(prose)
    assert len([mark for mark in marks if mark.kind == "number"]) > 5
    assert mark_problems(marks, citable(kit.open(project)), computed) == []


def test_the_readme_names_only_commands_that_exist(project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (project / "Makefile").read_text(), re.MULTILINE))
    named = {a or b for a, b in re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", readme, re.MULTILINE)}
    assert {"report", "test", "lab"} <= named <= targets
    shell = CliRunner()
    for line in re.findall(r"^(kit [^#\n]+)", readme, re.MULTILINE):
        verb, *options = line.split()[1:]
        told = shell.invoke(main, [verb, "--help"])
        assert told.exit_code == 0, line
        assert all(option in told.output for option in options), line


def test_the_python_of_the_readme_runs(project, monkeypatch):
    monkeypatch.chdir(project)
    blocks = re.findall(
        r"```python\n(.*?)```", (project / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_the_links_of_the_readme_lead_somewhere(project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#][^)]*)\)", readme):
        assert target.startswith("https://") or (project / target).exists(), target
