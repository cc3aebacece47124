from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main
from kit.errors import KitError, Problems
from kit.files import CACHE_FOLDER
from kit.sources.capture.index import read_index
from kit.sources.renaming import merge, rename

POST, DIGEST, RAID = "harbour-post-2021-03-02-raid", "coast-digest-2021-03-03-raid", "2021-03-01-raid-harbour"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and CACHE_FOLDER not in path.relative_to(folder).parents
    }


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    (case_folder / "notebooks").mkdir(exist_ok=True)
    cells = [
        nbformat.v4.new_markdown_cell(f"It was [@{RAID}; @{POST}], and not [@{POST}-2] or {POST}.", id="m"),
        nbformat.v4.new_code_cell(f'row = case.sources.loc["{POST}"]  # {POST}', id="c"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), case_folder / "notebooks/00-raid.ipynb")
    return kit.open(case_folder)


def test_a_source_takes_its_captures_its_evidence_and_its_marks_along(case: kit.Case) -> None:
    kit.keep(case, "They searched the office.", how="pasted", url="https://post.example/raid", source=POST)
    before = files(case.path)
    made = rename(case, POST, "post-raid")
    assert set(read_index(case.path)["source"]) == {"post-raid"}
    assert "post-raid" in case.sources.index
    assert POST not in set(case.evidence["source"])
    assert {POST} & {each for row in case.sources["derived_from"] for each in row} == set()
    prose, code = json.loads((case.path / "notebooks/00-raid.ipynb").read_text())["cells"]
    assert "".join(prose["source"]) == f"It was [@{RAID}; @post-raid], and not [@{POST}-2] or {POST}."
    assert "".join(code["source"]) == f'row = case.sources.loc["post-raid"]  # {POST}'
    assert made.mentions == ["notebooks/00-raid.ipynb"]
    rename(case, "post-raid", POST)
    assert files(case.path) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nobody", "somebody", "is the id of nothing"),
        (POST + "x", "somebody", f"did you mean {POST!r}"),
        (POST, "Post!", "is no id"),
        (POST, RAID, "is taken in events.csv"),
        (POST, DIGEST, "kit merge"),
    ],
)
def test_what_cannot_be_renamed_is_told_and_nothing_changes(
    case: kit.Case, old: str, new: str, said: str
) -> None:
    before = files(case.path)
    with pytest.raises(KitError, match=said):
        rename(case, old, new)
    assert files(case.path) == before


def test_a_dry_run_writes_nothing_and_says_what_it_would(case: kit.Case) -> None:
    before = files(case.path)
    done = CliRunner().invoke(main, ["--case", str(case.path), "rename", RAID, "the-raid", "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "data/manual/events.csv: 1 place" in done.output
    assert "nothing was written" in done.output
    assert files(case.path) == before


def test_two_ids_that_are_one_thing_become_one_and_what_differs_is_named(case: kit.Case) -> None:
    before = files(case.path)
    with pytest.raises(Problems) as told:
        merge(case, POST, DIGEST)
    assert "title" in str(told.value)
    assert "--force" in str(told.value)
    assert files(case.path) == before
    rows = len(case.sources)
    merge(case, POST, DIGEST, force=True)
    assert len(case.sources) == rows - 1
    assert DIGEST not in {*case.sources.index, *case.evidence["source"]}
    assert POST not in case.sources.loc[POST, "derived_from"]
    assert "title-differs" not in set(kit.check(case)["rule"])


def test_ids_of_two_tables_are_not_one_thing(case: kit.Case) -> None:
    with pytest.raises(KitError, match="name two ids of one table"):
        merge(case, POST, RAID)
