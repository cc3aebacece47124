"""The notebooks of a case as they were last saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kit.case import Case
from kit.errors import KitError


def saved(case: Case) -> dict[str, Any]:
    """Each notebook as its file has it, by name and in order; `KitError` for one that cannot be read.

    >>> import kit
    >>> list(saved(kit.open()))[0]
    '00-start-here'
    """
    paths = sorted((case.path / "notebooks").glob("[0-9]*.ipynb"))
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> Any:
    """Read without nbformat, which takes a while to load and would change nothing that is asked of a saved notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        whole = notebook["nbformat"] == 4 and all("source" in cell for cell in notebook["cells"])
    except (ValueError, LookupError, TypeError):
        whole = False
    if not whole:
        raise KitError(
            f"notebooks/{path.name}", "is no notebook of format 4", "save it again from JupyterLab"
        )
    return notebook
