"""Notebooks written into a small case, as a reporter would have saved them."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PROSE = "# Was it raided?\n\nIt was: [38](#=boxes) boxes went [@2021-03-01-raid-harbour], says [@harbour-post-2021-03-02-raid]."


CODE = 'import kit\ncase = kit.open()\nkit.record("boxes", case.metrics["value"].sum(), unit="boxes", base="one search")'


def write_notebook(folder, name, *cells):
    notebook = new_notebook(cells=[new_markdown_cell(c) if k == "md" else new_code_cell(c) for k, c in cells])
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"c{number}"
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)
    return path


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }
