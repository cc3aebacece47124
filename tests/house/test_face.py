"""The face: each verb once, by one name in Python, on a case and in the shell."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd
import pytest

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.verbs import VERBS

#: How each verb is said in the shell.
SHELL = {
    "new": "new",
    "tidy": "tidy",
    "sheet": "sheet",
    "import_sheet": "sheet --import",
    "docs": "docs",
    "upgrade": "upgrade",
    "rename": "rename",
    "merge": "merge",
    "merge_tables": "merge-tables",
    "install_merge_driver": "merge-tables --install",
    "keep": "keep",
    "keep_all": "keep --all",
    "keep_again": "keep --again",
    "archive": "sources archive",
    "pack": "sources pack",
    "cite": "cite",
    "search": "search",
    "inbox": "inbox list",
    "accept": "inbox accept",
    "drop": "inbox drop",
    "inbox_schema": "inbox schema",
    "extract": "extract",
    "import_sources": "sources import",
    "export_sources": "sources export",
    "check": "check",
    "import_packet": "check --import",
    "status": "status",
    "lineage": "lineage",
    "unheard": "replies",
    "request_letter": "replies --draft",
    "draft_letter": "replies --draft",
    "export": "export",
    "run": "run",
    "report": "report",
    "verify": "report --verify",
}
#: What only Python has: a widget is of no use in a terminal, and a number is recorded by the cell that computes it.
PYTHON_ONLY = {"open", "Case", "charts", "record", "explore", "example", "view"}


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command of the shell, in words."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_the_version_is_the_projects(project: Path):
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert kit.__version__ == settings["project"]["version"]


def test_every_name_of_the_face_is_there():
    assert all(getattr(kit, name) is not None for name in kit.__all__)
    assert set(kit.__all__) <= set(dir(kit))
    with pytest.raises(AttributeError, match="kit has no 'chekc'"):
        kit.chekc  # noqa: B018


def test_every_command_has_its_function_and_every_function_its_command():
    assert {words.partition(" --")[0] for words in SHELL.values()} == set(commands(main))
    assert set(kit.__all__) - PYTHON_ONLY == SHELL.keys()


@pytest.mark.parametrize("words", SHELL.values())
def test_a_verb_is_said_in_the_shell_as_written_here(words: str):
    *path, last = words.split()
    command: click.Command = main
    for name in path if last.startswith("--") else [*path, last]:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    if last.startswith("--"):
        assert any(last in option.opts for option in command.params)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_the_same_on_a_case(case_folder: Path, name: str):
    case = kit.open(case_folder)
    bound, free = getattr(case, name), getattr(kit, name)
    assert bound.__doc__ == free.__doc__
    first, *rest = inspect.signature(free).parameters
    assert first == "case"
    assert list(inspect.signature(bound).parameters) == rest
    assert name in dir(case)


def test_a_slip_in_a_name_is_told_with_what_may_have_been_meant(case_folder: Path):
    case = kit.open(case_folder)
    with pytest.raises(AttributeError, match=r"a case has no 'chekc'; did you mean 'check'\?"):
        case.chekc  # noqa: B018
    with pytest.raises(KeyError, match=r"'event': is no table of this case; did you mean 'events'\?"):
        case["event"]
    with pytest.raises(KitError, match=r"'xyz': is no table of this case; it has actors, "):
        case["xyz"]


def test_the_ids_of_a_table_are_its_index_and_rows_without_ids_are_counted(case_folder: Path):
    case = kit.open(case_folder)
    pd.testing.assert_frame_equal(case["events"], case.events)
    assert case.events.index.name == case.evidence.index.name == "id"
    assert "id" not in case.events
    assert case["participants"].index.tolist() == [0, 1]
    assert case.table("events")["id"].tolist() == case.events.index.tolist()


def test_what_is_done_to_a_frame_does_not_reach_the_case(case_folder: Path):
    case = kit.open(case_folder)
    events = case.events
    events["title"] = "other"
    events.loc["new"] = events.iloc[0]
    assert len(case.events) == len(events) - 1
    assert "other" not in set(case.events["title"])
