"""What can go wrong while a report is built: a clear message, and nothing half written."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from support.notebook_files import CODE, PROSE, tree, write_notebook

import kit
from kit.errors import KitError

pytestmark = pytest.mark.long


@pytest.fixture
def case(case_folder):
    write_notebook(case_folder, "00-raid", ("md", PROSE), ("code", CODE))
    return kit.open(case_folder)


@pytest.fixture
def before(case):
    kit.report(case, to="html")
    return tree(case.path / "reports")


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("![A crane](crane.png)", r"!\[\]\(crane.png\) cannot be read"),
        ("![](crane.png)", "crane.png"),
        ("See [@nothing-known].", "names no fact or source"),
    ],
)
def test_prose_that_cannot_be_printed_is_told_and_the_previous_report_stays(case, before, prose, said):
    write_notebook(case.path, "00-raid", ("md", f"# T\n\n{prose}"), ("code", CODE))
    with pytest.raises(KitError, match=said):
        kit.report(case, to="html")
    assert tree(case.path / "reports") == before


@pytest.mark.parametrize("style", ["<style>", "no style", ""])
def test_a_broken_citation_style_is_told_with_its_name(case, before, style):
    (case.path / "house.csl").write_text(style)
    settings = case.path / "data/case.toml"
    settings.write_text(settings.read_text() + 'citation_style = "house.csl"\n')
    with pytest.raises(KitError, match=r"house\.csl"):
        kit.report(kit.open(case.path), to="html")
    assert tree(case.path / "reports") == before


def test_a_file_that_finds_no_room_is_told_and_leaves_the_previous_report(case, before):
    code = """
        import resource, sys
        import kit
        from kit.errors import KitError
        case = kit.open(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            kit.report(case, edition="internal", to="html")
        except KitError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(case.path)],
        # Python's own caches of modules would be cut off too, and stay so for whoever comes after.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "could not be written" in done.stdout, done.stdout + done.stderr
    assert "make room or change its rights; what was there before is untouched" in done.stdout
    assert tree(case.path / "reports") == before
