"""The kit as a wheel: installed without a network beside nothing of the checkout, it starts a case and prints it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

#: Nothing listens there, so that whatever asks a network fails.
_NOWHERE = "http://127.0.0.1:9"


def done(command: list[str | Path], folder: Path) -> str:
    """What the command prints; the checkout is not in its path, and no network can be reached."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    env = kept | {"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "PIP_NO_INDEX": "1"}
    made = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=600, check=False
    )
    assert made.returncode == 0, f"{command}\n{made.stdout}\n{made.stderr}"
    return made.stdout


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], project)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, and sees the packages that the tests run with."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    done([programs / "python", "-m", "pip", "install", "--quiet", "--no-deps", wheel], folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    where = done([programs / "python", "-c", "import kit; print(kit.__file__)"], folder)
    assert where.startswith(str(packages))
    return programs


def test_the_wheel_holds_every_file_of_the_kit(project: Path, wheel: Path) -> None:
    files = {path for path in (project / "kit").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    named = {path.relative_to(project).as_posix() for path in files}
    shared = {
        name.replace("kit/desk/labextension", "share/jupyter/labextensions/casebook")
        for name in named
        if name.startswith("kit/desk/labextension/")
    } | {"etc/jupyter/jupyter_server_config.d/casebook.json"}
    with zipfile.ZipFile(wheel) as parts:
        names = set(parts.namelist())
    assert {name for name in names if name.startswith("kit/")} == {
        name for name in named if not name.startswith(("kit/desk/labextension/", "kit/desk/server/enabled"))
    }
    assert {name.partition(".data/data/")[2] for name in names if ".data/data/" in name} == shared


def test_jupyterlab_finds_the_desk_of_an_installed_kit(installed: Path, tmp_path: Path) -> None:
    python = installed / "python"
    listed = "import jupyter_core.paths as p; print(p.ENV_JUPYTER_PATH[0]); print(p.ENV_CONFIG_PATH[0])"
    data, config = done([python, "-c", listed], tmp_path).split()
    assert (Path(data) / "labextensions/casebook/package.json").is_file()
    assert (Path(config) / "jupyter_server_config.d/casebook.json").is_file()
    told = "import kit.desk.server as s; print(s._jupyter_server_extension_points())"
    assert "kit.desk.server" in done([python, "-c", told], tmp_path)


def test_a_case_is_started_checked_printed_and_tested(installed: Path, tmp_path: Path) -> None:
    python, command = installed / "python", installed / "kit"
    done([command, "new", "ours", "--title", "The quay"], tmp_path)
    ours = tmp_path / "ours"
    assert "0 errors" in done([command, "check"], ours)
    printed = done([command, "report"], ours).splitlines()
    for name in ("index.html", "report.pdf", "report.docx", "markdown/01-the-story.md"):
        assert f"reports/public/{name}" in printed
    assert "all as a fresh build gives them" in done([command, "report", "--verify"], ours)
    assert "passed" in done(
        [python, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "notebooks"], ours
    )
    done([python, "-m", "nbconvert", "--to", "casebook_html", "notebooks/01-the-story.ipynb"], ours)
    assert (ours / "notebooks/01-the-story.html").stat().st_size > 10_000
