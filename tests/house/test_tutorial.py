"""The tutorial, done as it is written: its commands, its files, its cells."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.long
def test_the_tutorial_leads_to_a_report(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / "docs/tutorial", tmp_path / "docs/tutorial")
    page = (project / "docs/tutorial.md").read_text(encoding="utf-8")
    folder = tmp_path
    kit = f"{sys.executable} -m kit"
    commands = 0
    for kind, where, content in _BLOCK.findall(page):
        if kind == "sh":
            for line in content.splitlines():
                commands += 1
                if line.startswith("cd "):
                    folder = folder / line.removeprefix("cd ")
                    continue
                done = subprocess.run(
                    re.sub(r"^kit\b", lambda _: kit, line), shell=True, cwd=folder, capture_output=True,
                    text=True, env=os.environ | {"PYTHONPATH": str(project)},
                )  # fmt: skip
                assert done.returncode == 0, (line, done.stdout[-800:], done.stderr[-800:])
        elif kind == "csv":
            (folder / where).write_text(content, encoding="utf-8")
        else:
            path = folder / "notebooks/01-the-story.ipynb"
            notebook = json.loads(path.read_text(encoding="utf-8"))
            notebook["cells"][int(where)]["source"] = content
            path.write_text(json.dumps(notebook), encoding="utf-8")
    assert commands <= 12
    report = folder / "reports/public"
    text = (report / "01-the-story.html").read_text(encoding="utf-8")
    assert "Ten weeks between the warning and the fall" in text
    assert text.count('role="doc-noteref"') == 4
    assert "On 9 February 2021 the board … of 40 centimetres" in text
    assert (report / "report.pdf").is_file()
