"""The rooms of the house: an import points only downward, and one door leads to the network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = [
    {"errors"},
    {"clock", "loading", "files", "verbs"},
    {"lock", "child"},
    {"text"},
    {"tables"},
    {"protection"},
    {"case"},
    {"template"},
    {"sources"},
    {"evidence"},
    {"charts"},
    {"reporting"},
    {"factcheck"},
    {"desk"},
    {"cli", "pytest_plugin"},
    {"__main__", "__init__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted((ROOT / "kit").rglob("*.py"))
#: The libraries that speak to other machines, and the modules that may import them: one speaks, through a proxy or not.
NETWORK = {"httpx", "httpcore", "requests", "socket", "ssl", "urllib.request", "http.client", "aiohttp"}
DOORS = {"sources/capture/web/proxies.py", "sources/capture/web/transport.py"}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "kit").parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def rooms_of(path: Path) -> set[str]:
    inside = [name.split(".") for name in imported(path) if name.startswith("kit.")]
    return {parts[1] for parts in inside if parts[1] in FLOOR}


def test_every_room_has_a_floor():
    assert {room(path) for path in MODULES} <= set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_downward(path):
    above = {other for other in rooms_of(path) if FLOOR[other] > FLOOR[room(path)]}
    beside = {other for other in rooms_of(path) if FLOOR[other] == FLOOR[room(path)]} - {room(path)}
    assert not above
    assert not beside


def test_what_reaches_the_network_is_known():
    reach = {path.relative_to(ROOT / "kit").as_posix() for path in MODULES if NETWORK & set(imported(path))}
    assert reach == DOORS
