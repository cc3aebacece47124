"""Notebooks run again when what they read has changed and only then; what was remembered is looked at before use."""

from __future__ import annotations

import json
import py_compile
import shutil

import pytest
from support.notebook_files import CODE, PROSE, tree, write_notebook

import kit
from kit.errors import FailedCell
from kit.evidence.prose.statements import STATEMENT_LEDGER
from kit.reporting.execution import scheduler
from kit.reporting.execution.cache import Cache
from kit.reporting.execution.kernel import run_notebook
from kit.reporting.execution.run import run

pytestmark = pytest.mark.long

KEEP = "kit.keep(demo.case, demo.url('/berth-nine'), allow_private=True, clock=demo.clock)"


@pytest.fixture
def case(case_folder):
    write_notebook(case_folder, "00-raid", ("md", PROSE), ("code", CODE))
    write_notebook(case_folder, "01-tags", ("md", "# Tags?"), ("code", "import kit\nkit.open().tags"))
    return kit.open(case_folder)


@pytest.fixture
def ran(monkeypatch):
    """The names of the notebooks that ran, in order."""
    names = []

    async def counted(path, log):
        names.append(path.stem)
        return await run_notebook(path, log)

    monkeypatch.setattr(scheduler, "run_notebook", counted)
    return names


def build(case):
    kit.report(kit.open(case.path), to="html")
    return tree(case.path / "reports/public")


def internal_inputs(case):
    """What the edition for the desk says that it was made from; the public one names no file that it does not publish."""
    kit.report(kit.open(case.path), edition="internal", to="md")
    return json.loads((case.path / "reports/internal/manifest.json").read_text())["inputs"]


def test_nothing_runs_again_when_nothing_changed_and_the_bytes_are_the_same(case, ran):
    first = build(case)
    assert ran == ["00-raid", "01-tags"]
    assert build(case) == first
    assert ran == ["00-raid", "01-tags"]


def test_a_packet_without_captures_leaves_no_trace_beside_the_tables_and_is_remembered(case, ran):
    assert not (case.path / STATEMENT_LEDGER).exists()
    kit.report(kit.open(case.path), edition="internal", to="packet")
    assert (case.path / STATEMENT_LEDGER).exists()
    assert not (case.path / "data/captures").exists()
    entry = {path: path.stat().st_mtime_ns for path in (case.path / ".kit-cache").rglob("*")}
    kit.report(kit.open(case.path), edition="internal", to="packet")
    assert {path: path.stat().st_mtime_ns for path in (case.path / ".kit-cache").rglob("*")} == entry


def test_other_ids_in_the_ledger_of_statements_are_another_packet(case):
    packet = case.path / "reports/internal/fact-check.html"
    for id in ("s-0001", "s-0007", "s-0007"):
        if id == "s-0007":
            ledger = case.path / STATEMENT_LEDGER
            ledger.write_text(ledger.read_text().replace("s-0001", id))
        kit.report(kit.open(case.path), edition="internal", to="packet")
        assert f'id="{id}"' in packet.read_text()


def test_a_changed_table_runs_the_notebooks_that_read_it_and_prose_runs_none(case, ran):
    build(case)
    ran.clear()
    tags = case.path / "data/manual/tags.csv"
    tags.write_bytes(tags.read_bytes().replace(b"Premises were searched.", b"A place was searched."))
    assert b"A place was searched." in build(case)["01-tags.html"]
    assert ran == ["01-tags"]
    ran.clear()
    write_notebook(case.path, "00-raid", ("md", PROSE + " New words."), ("code", CODE))
    assert b"New words." in build(case)["00-raid.html"]
    assert ran == []
    write_notebook(case.path, "00-raid", ("md", PROSE), ("code", "1 + 1\n" + CODE))
    build(case)
    assert ran == ["00-raid"]


def test_a_damaged_entry_is_made_anew_and_a_cache_that_cannot_be_kept_does_no_harm(case, ran):
    first = build(case)
    for number, path in enumerate(sorted((case.path / ".kit-cache").rglob("*"))):
        if path.is_file():
            raw = path.read_bytes()
            path.write_bytes(raw[: len(raw) // 2] if number % 2 else raw[:-1] + b"?")
    ran.clear()
    assert build(case) == first
    assert ran == ["00-raid", "01-tags"]
    place = case.path / "a-file"
    place.write_text("")
    blocked = Cache(place)
    blocked.put("runs", "a", b"made")
    assert blocked.get("runs", "a") is None


@pytest.mark.parametrize(
    ("code", "again"),
    [
        ("from pathlib import Path\nPath('made.txt').write_text('a')", True),
        ("import subprocess\nsubprocess.run(['true'], check=True).returncode", True),
        ("from pathlib import Path\nPath('../more.csv').read_text()", False),
        ("import os\nlen(os.listdir('../data/manual'))", False),
        ("from kit.sources.demo import Demo\nimport kit\nwith Demo() as demo:\n    " + KEEP, False),
    ],
)
def test_what_a_notebook_does_beside_reading_tables_is_followed_or_it_runs_each_time(case, ran, code, again):
    (case.path / "more.csv").write_text("one")
    write_notebook(case.path, "01-tags", ("md", "# Tags?"), ("code", code))
    build(case)
    ran.clear()
    build(case)
    assert ("01-tags" in ran) is again


@pytest.mark.parametrize("compiled", [False, True])
def test_a_changed_module_beside_the_notebooks_runs_those_that_import_it(case, ran, compiled):
    module = case.path / "notebooks/counting.py"
    module.write_text('"""Counting."""\n\nWORD = "thirty"\n')
    write_notebook(case.path, "01-tags", ("md", "# Tags?"), ("code", "from counting import WORD\n\nWORD"))
    assert b"thirty" in build(case)["01-tags.html"]
    if compiled:
        py_compile.compile(str(module), doraise=True)
        shutil.rmtree(case.path / ".kit-cache")
        build(case)
    ran.clear()
    first = build(case)
    assert ran == []
    inputs = internal_inputs(case)
    assert "notebooks/counting.py" in inputs
    assert "notebooks/counting.py" not in json.loads(first["manifest.json"])["inputs"]
    assert not [name for name in inputs if "__pycache__" in name]
    module.write_text('"""Counting."""\n\nWORD = "thirty-eight"\n')
    assert b"thirty-eight" in build(case)["01-tags.html"]
    assert ran == ["01-tags"]


def test_a_notebook_waits_for_one_that_writes_what_it_reads(case, ran, monkeypatch):
    monkeypatch.setattr(scheduler, "PARALLEL", 2)  # on a machine of one core, too
    (case.path / "more.csv").write_text("first words")
    writes = (
        "import time\nfrom pathlib import Path\ntime.sleep(3)\nPath('../more.csv').write_text('second words')"
    )
    write_notebook(case.path, "00-raid", ("md", "# Raid?"), ("code", writes))
    reads = "from pathlib import Path\nPath('../more.csv').read_text()"
    write_notebook(case.path, "01-tags", ("md", "# Tags?"), ("code", reads))
    page = build(case)["01-tags.html"].decode()
    assert "first words" not in page
    assert "second words" in page
    assert ran.count("00-raid") < ran.count("01-tags")


def test_when_a_cell_fails_the_other_notebooks_are_stopped_without_a_word(case, capfd):
    write_notebook(case.path, "00-raid", ("md", "# Raid?"), ("code", "1 / 0"))
    write_notebook(case.path, "01-tags", ("md", "# Tags?"), ("code", "import time\ntime.sleep(200)"))
    with pytest.raises(FailedCell, match="00-raid, cell 2: ZeroDivisionError"):
        build(case)
    assert not (case.path / "reports").exists()
    assert capfd.readouterr() == ("", "")


def test_a_file_read_by_hand_counts_as_read(case, ran):
    (case.path / "more.csv").write_text("one")
    write_notebook(
        case.path,
        "01-tags",
        ("md", "# T?"),
        ("code", "from pathlib import Path\nPath('../more.csv').read_text()"),
    )
    first = build(case)
    assert b"one" in first["01-tags.html"]
    assert "more.csv" in internal_inputs(case)
    ran.clear()
    (case.path / "more.csv").write_text("two")
    assert b"two" in build(case)["01-tags.html"]
    assert ran == ["01-tags"]


def test_kit_run_never_uses_what_was_remembered(case, monkeypatch):
    build(case)
    monkeypatch.setattr(Cache, "get", lambda *_: pytest.fail("looked into the cache"))
    assert run(case)
