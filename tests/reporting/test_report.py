"""The report runs real notebooks, refuses what does not hold, and never leaves half a report behind."""

from __future__ import annotations

import copy
import html
import json
import shutil

import pytest
from click.testing import CliRunner
from support.notebook_files import CODE, PROSE, tree, write_notebook

import kit
from kit.cli.main import main
from kit.errors import FailedCell, KitError, UnknownMark
from kit.evidence.prose import document
from kit.evidence.prose.document import Document
from kit.evidence.prose.marks import mark_problems
from kit.evidence.prose.statements import VEGALITE
from kit.files import staged
from kit.reporting.execution.kernel import execute, notebooks, read_notebook
from kit.reporting.execution.run import changes
from kit.text.pandoc import parse_cells


@pytest.fixture
def case(case_folder):
    write_notebook(case_folder, "00-raid", ("md", PROSE), ("code", CODE), ("code", "case.tags"))
    return kit.open(case_folder)


def test_each_notebook_is_parsed_once_for_gate_chapter_and_packet(case, monkeypatch):
    write_notebook(case.path, "01-more", ("md", "# What else?\n\nNothing."))
    parsed = []

    def counted(cells):
        parsed.append("".join(cells[0]["source"]))
        return parse_cells(cells)

    monkeypatch.setattr(document, "parse_cells", counted)
    kit.report(case, edition="internal", to="md,packet")
    assert sorted(parsed) == [PROSE, "# What else?\n\nNothing."]


def report(case):
    """The web pages of the public edition, by name."""
    kit.report(case, to="html")
    return {
        name: content
        for name, content in tree(case.path / "reports/public").items()
        if name.endswith(".html")
    }


def test_a_report_is_written_twice_with_the_same_bytes(case):
    files = kit.report(case, to="html")
    assert {path.name for path in files if path.suffix == ".html"} == {
        "00-raid.html",
        "2021-03-01-raid-harbour.html",
        "evidence.html",
        "harbour-office.html",
        "index.html",
        "police.html",
        "profiles.html",
        "search.html",
    }
    first = tree(case.path / "reports/public")
    shutil.rmtree(case.path / ".kit-cache")
    kit.report(case, to="html")
    assert tree(case.path / "reports/public") == first
    page = first["00-raid.html"].decode()
    assert "Police searched the … on Monday morning" in page
    assert "raid#:~:text=Police%20searched%20the,on%20Monday%20morning" in page
    assert 'title="computed: 38 boxes; of one search">38</span>' in page
    assert "Roe, Jane, and John Doe" in page
    assert page.count('role="doc-noteref"') == 2
    assert "<th>0</th>" not in page
    assert [p.name for p in case.path.iterdir() if p.name.startswith(".")] == [".kit-cache"]
    assert [p.name for p in (case.path / "reports").iterdir()] == ["public"]


def test_no_page_asks_another_host_for_anything(case):
    for content in report(case).values():
        text = content.decode()
        assert "default-src 'none'" in html.unescape(text)
        assert "<link" not in text
        assert " src=" not in text


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("# T\n\nSee [@2021-03-01-raid-harbor].", "cell 1: [@2021-03-01-raid-harbor] names no fact or source; did you mean '2021-03-01-raid-harbour'?"),
        ("# T\n\n[38](#=box) boxes", "cell 1: [38](#=box) names no recorded number; did you mean 'boxes'?"),
        ("# T\n\n[39](#=boxes) boxes", "cell 1: [39](#=boxes): printed 39, computed 38; print what was computed"),
        ("# T\n\n[many](#=boxes) boxes", "cell 1: [many](#=boxes): 'many' is no number; print a number"),
    ],
)  # fmt: skip
def test_a_mark_that_does_not_hold_stops_the_build_and_keeps_the_previous_report(case, prose, said):
    report(case)
    before = tree(case.path / "reports")
    write_notebook(case.path, "00-raid", ("md", prose), ("code", CODE))
    with pytest.raises(UnknownMark) as error:
        report(case)
    assert str(error.value).startswith("notebooks/00-raid.ipynb: 1 problem to fix")
    assert said in str(error.value)
    assert tree(case.path / "reports") == before


def test_a_failed_cell_is_named_and_keeps_the_previous_report(case):
    report(case)
    before = tree(case.path / "reports")
    write_notebook(case.path, "01-broken", ("md", "# T"), ("code", "1 / 0"))
    with pytest.raises(
        FailedCell, match="01-broken, cell 2: ZeroDivisionError: division by zero; mend the cell"
    ):
        report(case)
    assert tree(case.path / "reports") == before


def test_a_kernel_that_dies_is_named_with_its_last_words(case_folder):
    code = "import os, sys\nos.write(2, b'out of memory')\nos._exit(9)"
    path = write_notebook(case_folder, "00-dies", ("code", code))
    with pytest.raises(FailedCell, match="00-dies, cell 1: Kernel died: out of memory"):
        execute(path)


def test_a_warning_fails_the_run(case_folder):
    path = write_notebook(case_folder, "00-warns", ("code", "import warnings\nwarnings.warn('old')"))
    with pytest.raises(FailedCell, match="00-warns, cell 1: printed a warning"):
        execute(path)


def test_what_a_cell_prints_is_one_piece_however_it_arrives(case_folder):
    code = (
        "import time\nfor part in ('one ', 'two'):\n    print(part, end='', flush=True)\n    time.sleep(0.3)"
    )
    path = write_notebook(case_folder, "00-slow", ("md", "# Slow?"), ("code", code))
    (output,) = execute(path)["cells"][1]["outputs"]
    assert output["text"] == "one two"


def test_an_interrupted_write_leaves_nothing_behind(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/index.html").write_text("previous")
    with pytest.raises(KeyboardInterrupt), staged(tmp_path / "reports") as staging:
        (staging / "index.html").write_text("half")
        raise KeyboardInterrupt
    assert tree(tmp_path / "reports") == {"index.html": b"previous"}
    assert [p.name for p in tmp_path.iterdir()] == ["reports"]


def test_a_full_disk_is_said_and_leaves_the_previous_report(tmp_path):
    with (
        pytest.raises(KitError, match="make room or change its rights; what was there before is untouched"),
        staged(tmp_path / "reports"),
    ):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_run_tells_what_a_change_of_data_moves_and_saves_only_when_accepted(case):
    shell = CliRunner()
    folder = ["--case", str(case.path)]
    path = case.path / "notebooks/00-raid.ipynb"
    assert shell.invoke(main, [*folder, "run", "--accept"]).exit_code == 0
    accepted = path.read_bytes()
    assert shell.invoke(main, [*folder, "run"]).output.endswith("nothing changed\n")
    metrics = case.path / "data/manual/metrics.csv"
    metrics.write_bytes(metrics.read_bytes().replace(b",38,", b",39,"))
    refused = shell.invoke(main, [*folder, "run"])
    assert refused.exit_code == 1
    assert (
        "[38](#=boxes): printed 38, computed 39; print what was computed, or mend the cell" in refused.output
    )
    write_notebook(case.path, "00-raid", ("md", "# T"), ("code", CODE), ("code", "case.tags"))
    shell.invoke(main, [*folder, "run", "--accept"])
    metrics.write_bytes(metrics.read_bytes().replace(b",39,", b",40,"))
    tags = case.path / "data/manual/tags.csv"
    tags.write_bytes(tags.read_bytes().replace(b"Premises were searched.", b"A place was searched."))
    before = path.read_bytes()
    moved = shell.invoke(main, [*folder, "run"])
    assert moved.exit_code == 1
    assert path.read_bytes() == before != accepted
    for line in (
        "notebooks/00-raid.ipynb: 2 outputs changed",
        "cell 2: number boxes = 39 boxes (one search) → boxes = 40 boxes (one search)",
        "Premises were searched. → ",
        "A place was searched.",
        "nothing saved; to keep this: kit run --accept",
    ):
        assert line in moved.output
    assert "accepted and saved" in shell.invoke(main, [*folder, "run", "--accept"]).output
    assert b"boxes = 40 boxes" in path.read_bytes()


def test_a_changed_datum_of_a_chart_is_told_with_its_headline(project):
    before = read_notebook(project / "tests/reporting/notebooks/chart-pass-unchanged.ipynb")
    after = copy.deepcopy(before)
    after["cells"][1]["source"] = before["cells"][1]["source"].replace("[3, 5]", "[3, 6]")
    data = after["cells"][1]["outputs"][0]["data"]
    data[VEGALITE] = json.loads(json.dumps(data[VEGALITE]).replace('"cuts": 5', '"cuts": 6'))
    (moved,) = changes(before, after)
    assert moved.kind == "chart"
    assert moved.was == "'More cuts in 2025' (2 rows) " + json.dumps({"cuts": 5, "year": "2025"})
    assert moved.now == "(2 rows) " + json.dumps({"cuts": 6, "year": "2025"})
    assert changes(before, before) == []


def test_a_case_of_ones_own_starts_from_empty_tables_as_the_readme_says(project, tmp_path):
    (tmp_path / "data/manual").mkdir(parents=True)
    (tmp_path / "data/case.toml").write_text('title = "Ours"')
    for path in (project / "data/manual").glob("*.csv"):
        kept = (
            path.read_bytes() if path.stem in ("codebook", "tags") else path.read_bytes().splitlines(True)[0]
        )
        (tmp_path / "data/manual" / path.name).write_bytes(kept)
    write_notebook(
        tmp_path,
        "00-first",
        ("md", "# Who?\n\nNobody knows yet."),
        ("code", "import kit\nlen(kit.open().events)"),
    )
    pages = ["00-first.html", "evidence.html", "index.html", "search.html"]
    assert list(report(kit.open(tmp_path))) == pages


def test_notebooks_are_chosen_by_the_beginning_of_their_name(case):
    assert [path.stem for path in notebooks(case, "00")] == ["00-raid"]
    with pytest.raises(KitError, match="has none called '07'; it has 00-raid"):
        notebooks(case, "07")
    (case.path / "notebooks/00-raid.ipynb").write_text("{")
    with pytest.raises(KitError, match=r"00-raid.ipynb: is not a notebook; open it in JupyterLab"):
        report(case)


def test_a_known_error_in_the_shell_is_a_message_and_exit_status_one(tmp_path):
    done = CliRunner().invoke(main, ["--case", str(tmp_path), "report"])
    assert done.exit_code == 1
    assert "no data/case.toml here; open a case folder, or make one: kit new" in done.output
    assert "Traceback" not in done.output


def test_marks_in_code_and_bare_handles_are_no_marks():
    cell = {
        "cell_type": "markdown",
        "source": "`[@a]` and @handle and mail@host.example, [@b; @c], \\[@d\\]\n\n    [@e]",
    }
    assert [mark.target for mark in Document({"cells": [cell]}).marks] == ["b", "c"]
    assert [p.wrong for p in mark_problems(Document({"cells": [cell]}).marks, {"b"}, {})] == [
        "[@c] names no fact or source"
    ]


def test_hostile_text_is_shown_and_never_run(case):
    sources = case.path / "data/manual/sources.csv"
    raid = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    sources.write_bytes(sources.read_bytes().replace(b"Police raid the harbour office", raid.encode()))
    write_notebook(case.path, "00-raid", ("md", PROSE), ("code", CODE), ("code", 'case.sources[["title"]]'))
    page = report(kit.open(case.path))["00-raid.html"].decode()
    body = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in body
    assert "<img" not in body
    assert "javascript:alert(1)</a>" not in body
    assert 'href="javascript:' not in body
