"""Where a case stands is said at once, from what is written down, and never raised."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html
from support.notebook_files import CODE, write_notebook

import kit
from kit.cli.main import main
from kit.evidence.status import status
from kit.files import CACHE_FOLDER


def said(folder: Path) -> dict[str, str]:
    return {about: "\n".join(words) for about, words in status(kit.open(folder)).facts.items()}


def todo(folder: Path) -> list[str]:
    return [task.shell for task in status(kit.open(folder)).tasks]


def test_a_case_that_nothing_was_done_to_says_what_to_begin_with(case_folder: Path) -> None:
    facts = said(case_folder)
    assert facts["tables"].startswith("2 sources, ")
    assert facts["gate"] == "not asked on this machine yet"
    assert "last run" not in facts
    assert "2 sources with an address and no capture: " in facts["sources"]
    assert todo(case_folder)[:2] == ["kit check", "kit keep --all"]
    assert status(kit.open(case_folder)).holds is None


def test_what_the_gate_last_said_stands_until_something_changes(case_folder: Path, edit: Callable) -> None:
    found = kit.open(case_folder).check()
    errors = int(found["severity"].eq("error").sum())
    before = status(kit.open(case_folder))
    assert f"{errors} errors, " in before.facts["gate"][0]
    assert before.holds is (errors == 0)
    edit("events", lambda raw: raw.replace(b"Police search", b"Police searched"))
    after = status(kit.open(case_folder))
    assert after.facts["gate"][1] == "changed since: data/manual/events.csv"
    assert (after.holds, todo(case_folder)[0]) == (None, "kit check")


def test_an_open_error_is_the_first_thing_to_do(case_folder: Path, edit: Callable) -> None:
    edit("events", lambda raw: raw.replace(b",confirmed,", b",alleged,"))
    assert len(kit.open(case_folder).check().query("severity == 'error'"))
    shown = status(kit.open(case_folder))
    assert shown.holds is False
    assert shown.tasks[0].why.startswith("mend ")


def test_rows_that_came_changed_and_went_since_the_run_are_named(case_folder: Path, edit: Callable) -> None:
    write_notebook(case_folder, "00-raid", ("md", "# T"), ("code", CODE))
    kit.open(case_folder).run(accept=True)
    assert said(case_folder)["last run"].startswith("on ")
    assert "kit run" not in todo(case_folder)
    row = b"dredging,law,Dredging,The bed of the harbour was deepened.\n"
    edit("tags", lambda raw: raw.replace(b"A penalty in money was set.", b"A penalty was set.") + row)
    facts = said(case_folder)
    assert "tags: 1 new (dredging), 1 changed (fine)" in facts["last run"]
    assert "older than the tables: 00-raid" in facts["last run"]
    assert "kit run" in todo(case_folder)


def test_a_notebook_saved_since_the_run_is_named(case_folder: Path) -> None:
    path = write_notebook(case_folder, "00-raid", ("md", "# T"), ("code", CODE))
    kit.open(case_folder).run(accept=True)
    path.write_text(path.read_text().replace("# T", "# Another"))
    assert "saved since: 00-raid" in said(case_folder)["last run"]


def test_tables_that_do_not_load_are_told_and_not_raised(case_folder: Path, edit: Callable) -> None:
    edit("events", lambda raw: raw.replace(b"2021-03-01,", b"2021-13-01,"))
    shown = status(kit.open(case_folder))
    assert shown.holds is False
    assert "is not a real date" in "\n".join(shown.facts["does not load"])
    assert shown.tasks[0].why == "mend what does not load"


@pytest.mark.parametrize(
    "kept", ["", "[]", '{"at": "yesterday"}', '{"at": "2021-03-01", "state": [], "open": 3}']
)
def test_what_is_remembered_is_not_trusted(case_folder: Path, kept: str) -> None:
    for name in ("check", "run"):
        path = case_folder / CACHE_FOLDER / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(kept)
    assert said(case_folder)["gate"] == "not asked on this machine yet"
    write_notebook(case_folder, "00-raid", ("md", "# T"), ("code", CODE))
    assert said(case_folder)["last run"] == "no run on this machine yet"


def test_what_comes_from_outside_runs_nowhere(case_folder: Path, edit: Callable) -> None:
    hostile = "<img src=x onerror=alert(1)>\x1b]0;owned\x07"
    settings = case_folder / "data" / "case.toml"
    settings.write_text(f"title = {json.dumps(hostile)}\n", encoding="utf-8")
    shown = status(kit.open(case_folder))
    tree = html.fragment_fromstring(shown._repr_html_())
    assert {element.tag for element in tree.iter()} == {
        "section",
        "style",
        "h4",
        "dl",
        "dt",
        "dd",
        "h5",
        "ol",
        "li",
        "code",
    }
    assert "\x1b" not in str(shown) + shown._repr_html_()


def test_a_case_shows_itself_in_jupyter_in_text_and_in_the_shell(case_folder: Path) -> None:
    case = kit.open(case_folder)
    shown = case._repr_mimebundle_()
    assert shown["text/plain"] == str(case) == str(case.status())
    assert "case.keep_all()" in shown["text/html"]
    told = CliRunner().invoke(main, ["--case", str(case_folder), "status"])
    assert (told.exit_code, told.output) == (0, f"{case}\n")
