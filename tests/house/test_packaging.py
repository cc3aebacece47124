"""environment.yml, pyproject.toml and the lock agree, and the lock says nothing of where it was made."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from rattler import MatchSpec, Version, VersionSpec

PROMISED = ("jupyterlab", "pandas", "altair", "newspaper3k", "ipywidgets", "nbval")


@pytest.fixture(scope="module")
def locked(project):
    text = (project / "requirements.txt").read_text()
    return {
        _name(name): version for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.M)
    }


@pytest.fixture(scope="module")
def wanted(project):
    settings = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    return [
        Requirement(line) for line in [*settings["dependencies"], *settings["optional-dependencies"]["test"]]
    ]


@pytest.fixture(scope="module")
def environment(project):
    return yaml.safe_load((project / "environment.yml").read_text())


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirement_is_locked_within_its_bounds(wanted, locked):
    for requirement in wanted:
        version = locked[_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"
        if requirement.specifier:
            assert VersionSpec(str(requirement.specifier)).matches(Version(version))


def test_the_six_packages_the_kit_is_built_on_are_there(wanted, locked):
    names = {_name(requirement.name) for requirement in wanted}
    assert names.issuperset(PROMISED)
    assert locked.keys() >= set(PROMISED)


def test_every_pin_has_hashes_and_no_address(project):
    text = (project / "requirements.txt").read_text()
    pins = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"://|--index|--find-links|file:", text)


def test_conda_specs_are_strict_and_hold_for_the_project(environment, project, locked):
    specs = [MatchSpec(line, strict=True) for line in environment["dependencies"] if isinstance(line, str)]
    assert [spec.name.normalized for spec in specs] == ["python", "pip"]
    settings = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    assert str(specs[0].version) == settings["requires-python"]
    bounds = VersionSpec(str(specs[0].version))
    for version in ("3.11.0", "3.12.4", "3.13.9"):
        assert bounds.matches(Version(version))
    assert not bounds.matches(Version("3.14.0"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]


def test_conda_takes_the_rest_from_the_same_lock(environment):
    (pip,) = (line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    assert pip == ["--requirement requirements.txt"]


def test_the_commands_in_environment_yml_are_those_of_the_makefile(project):
    makefile = (project / "Makefile").read_text()
    comment = (project / "environment.yml").read_text()
    for word in ("--no-deps", "--no-build-isolation", "--editable ."):
        assert word in makefile
        assert word in comment
