"""The notebooks as committed: run from a fresh kernel, in house form, with every mark and number holding.

The frozen notebooks in tests/reporting/notebooks are named for what they show: ``<topic>-<pass|fail>-<why>.ipynb``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import kit
from kit.errors import UnknownMark
from kit.evidence.prose.document import Document
from kit.evidence.prose.statements import VEGALITE
from kit.reporting.execution.kernel import read_notebook
from kit.reporting.execution.run import check_marks

HERE = Path(__file__).parent
OURS = sorted((HERE.parents[1] / "notebooks").glob("*.ipynb"))
FROZEN = sorted((HERE / "notebooks").glob("*.ipynb"))
NAMES = [
    "00-start-here",
    "01-the-dispute",
    "02-the-precedents",
    "03-the-enterprise-contrast",
    "04-the-findings",
]


def faults(notebook) -> list[str]:
    """What keeps a notebook from being committed as it is; none for one that ran from a fresh kernel."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    found = []
    if [cell["execution_count"] for cell in code] != list(range(1, len(code) + 1)):
        found.append("not run from a fresh kernel")
    for cell in code:
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                found.append("holds an error")
            if output.get("name") == "stderr":
                found.append("holds a warning")
    return found


def test_the_five_notebooks_are_there():
    assert [path.stem for path in OURS] == NAMES


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_notebook_ran_and_is_in_house_form(path):
    notebook = read_notebook(path)
    assert faults(notebook) == []
    cells = notebook["cells"]
    assert cells[0]["source"].startswith("# ")
    assert "?" in cells[0]["source"].splitlines()[0]
    for part in ("*Reads:*", "*Writes:*", "*Not shown here:*"):
        assert part in cells[0]["source"]
    for before, cell in pairwise(cells):
        if cell["cell_type"] == "code":
            assert len(cell["source"].splitlines()) <= 15, cell["source"]
            assert not re.search(r"^\s*def ", cell["source"], re.M), (
                "functions belong in a module beside the notebooks"
            )
            assert (
                before["cell_type"] == "markdown"
                or "import kit" in before["source"]
                or "display(" in cell["source"]
            )


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_chart_is_there_for_jupyterlab_and_for_the_web_and_can_be_heard(path):
    for cell in read_notebook(path)["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if VEGALITE in data:
                svg = "".join(data["image/svg+xml"])
                assert 'role="img"' in svg
                assert "<title" in svg
                assert "<desc" in svg
            assert "image/png" not in data, "a picture that nbval cannot compare"


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_dollars_in_prose_are_not_read_as_formulas(path):
    for cell in read_notebook(path)["cells"]:
        if cell["cell_type"] == "markdown":
            assert not re.search(r"(?<!\\)\$", cell["source"]), "write \\$"


def test_every_mark_and_number_of_every_notebook_holds():
    check_marks(kit.open(HERE.parents[1]), [Document(read_notebook(path), path) for path in OURS])


@pytest.mark.parametrize(
    "path", [p for p in FROZEN if p.stem.startswith("chart-")], ids=lambda path: path.stem
)
def test_strict_nbval_sees_a_changed_chart_and_only_that(path):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(HERE),
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == ("-pass-" in path.stem), done.stdout
    assert "failed" in done.stdout or "-pass-" in path.stem


@pytest.mark.parametrize("path", [p for p in FROZEN if p.stem.startswith("run-")], ids=lambda path: path.stem)
def test_the_guard_sees_cleared_and_shuffled_notebooks(path):
    assert bool(faults(read_notebook(path))) == ("-fail-" in path.stem)


@pytest.mark.parametrize(
    "path", [p for p in FROZEN if p.stem.startswith("mark-")], ids=lambda path: path.stem
)
def test_the_guard_sees_marks_that_name_nothing_and_numbers_that_do_not_hold(path):
    case = kit.open(HERE.parents[1])
    if "-pass-" in path.stem:
        check_marks(case, [Document(read_notebook(path), path)])
        return
    with pytest.raises(UnknownMark):
        check_marks(case, [Document(read_notebook(path), path)])


def test_each_kind_of_frozen_notebook_is_there_both_ways():
    shown = {tuple(path.stem.split("-")[:2]) for path in FROZEN}
    assert shown == {(topic, way) for topic in ("chart", "run", "mark") for way in ("pass", "fail")}


def test_committed_notebooks_carry_no_time_path_or_machine():
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(home|root|Users|tmp|work)/", text)
        assert "iopub" not in text
        assert "widget-view" not in text
        assert json.loads(text)["metadata"].keys() - {"publish"} == {"kernelspec", "language_info"}
