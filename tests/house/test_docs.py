"""What is generated is fresh, and what the docs say runs."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.evidence.prose.document import Document
from kit.evidence.prose.marks import mark_problems
from kit.reporting.book.editions import EDITIONS
from kit.reporting.deposit import CRATE, MANIFEST
from kit.reporting.execution.kernel import read_notebook
from kit.reporting.writers import markdown, pdf
from kit.reporting.writers.docx import writer
from kit.sources.capture.web.fetch import BOUNDS
from kit.tables.datapackage import stale
from kit.tables.schema import TABLES


def test_generated_descriptions_are_fresh(project):
    assert stale(project) == [], "run: kit docs"


def test_a_stale_description_is_named(case_folder):
    assert stale(case_folder) == ["data/README.md", "data/datapackage.json"]


def test_every_table_and_column_is_explained():
    for table in TABLES.values():
        assert table.about
        assert all(column.about for column in table.columns)


def test_the_numbers_in_the_readme_are_those_the_notebooks_computed(project):
    computed = {}
    for path in sorted((project / "notebooks").glob("*.ipynb")):
        for name, found in Document(read_notebook(path)).records.items():
            assert computed.setdefault(name, found).value == found.value, f"{name} differs between notebooks"
            computed[name] = found
    prose = {
        "cells": [{"cell_type": "markdown", "source": (project / "README.md").read_text(encoding="utf-8")}]
    }
    marks = Document(prose).marks
    assert len([mark for mark in marks if mark.kind == "number"]) > 5
    assert mark_problems(marks, kit.open(project).citable, computed) == []


def test_the_readme_names_only_commands_that_exist(project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (project / "Makefile").read_text(), re.MULTILINE))
    named = {a or b for a, b in re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", readme, re.MULTILINE)}
    assert {"report", "test", "lab"} <= named <= targets


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


def test_the_page_about_keeping_runs_as_written(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (project / "docs/keep-and-cite.md").read_text(encoding="utf-8").partition("## Cite a source")[0]
    blocks = re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 7
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/keep-and-cite.md", "exec"), names)


def test_the_page_about_charts_runs_as_written_and_names_every_chart(project, case_folder, monkeypatch):
    monkeypatch.chdir(case_folder)
    page = (project / "docs/charts.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE):
        exec(compile(block, "docs/charts.md", "exec"), names)
    told = set(re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE))
    assert told == set(kit.charts.__all__) - {"Figure", "NotDrawn", "Unlabelled", "figure", "pairs", "theme"}
    assert "`pairs`" in page
    assert "kit.charts.theme()" in page


@pytest.mark.parametrize("name", ["docs/search.md", "docs/inbox.md", "docs/desk.md"])
def test_the_pages_about_search_and_the_inbox_run_as_written(project, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```", (project / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, name, "exec"), names)


def test_the_commands_of_the_page_about_keeping_exist(project):
    page = (project / "docs/keep-and-cite.md").read_text(encoding="utf-8")
    shell = CliRunner()
    lines = re.findall(r"^(?:\S+ \| )?(kit [^#\n]+)", page, re.MULTILINE) + re.findall(
        r"`(kit [a-z][^`]*)`", page
    )
    assert len(lines) > 12
    for line in lines:
        words = line.split()[1:]
        told = shell.invoke(main, [*words[: 2 if words[0] == "sources" else 1], "--help"])
        assert told.exit_code == 0, line
        options = [writer for writer in words[1:] if writer.startswith("-") and writer != "-"]
        assert all(option in told.output for option in options), line


def test_the_bounds_of_the_settings_are_those_documented(project):
    page = (project / "docs/keep-and-cite.md").read_text(encoding="utf-8")
    for name, (least, most, _) in BOUNDS.items():
        assert re.search(rf"^\| `{name}` \| [^|]+ \| [\d.]+ \| {least:g} \| {most:,} \|$", page, re.MULTILINE)


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/report.md",
        "docs/fact-check.md",
        "docs/keep-and-cite.md",
        "docs/search.md",
        "docs/inbox.md",
    ],
)
def test_a_page_names_only_commands_that_exist(project, page):
    shell = CliRunner()
    lines = re.findall(r"^(kit [^#\n]+)|`(kit [^`\n]+)`", (project / page).read_text("utf-8"), re.MULTILINE)
    assert lines
    for line in (block or inline for block, inline in lines):
        told = shell.invoke(main, [*shlex.split(line)[1:], "--help"])
        assert told.exit_code == 0, line


def test_the_page_on_the_report_names_each_style_tag_and_file(project):
    page = (project / "docs/report.md").read_text(encoding="utf-8")
    styles = {path.stem for path in (project / "kit/sources/bibliography/styles").glob("*.csl")}
    assert styles
    assert all(f"`{style}`" in page for style in styles)
    for edition in EDITIONS:
        assert edition in page
    for name in (pdf.REPORT_PDF, writer.REPORT_DOCX, markdown.MARKDOWN, MANIFEST, CRATE):
        assert f"`{name}" in page
