"""The shape of the house: no circles, small folders, modules of one job, a name that means one thing."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "kit").rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
#: How many modules a folder holds at most, and lines a module, and modules that begin with one word.
MODULES_AT_MOST, LINES_AT_MOST, ALIKE_AT_MOST = 12, 400, 2
#: Names that several modules may have, since each says the same of another noun.
SHARED = {
    "COLUMNS": "the columns of the frame that the module makes",
    "outside_a_source": "a rule on what the tables say, of dates and of numbers",
    "outside_sources": "a rule on what the tables say, of dates and of numbers",
    "RULES": "the rules of the module, which the gate collects",
    "write": "a format or a file written, by its writer",
}


def imports(name: str) -> set[str]:
    """The modules of the kit that a module imports, at its head or later."""
    found: set[str] = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            each = {f"{node.module}.{alias.name}" for alias in node.names}
            inner = each & MODULES.keys()
            found |= inner
            if len(inner) < len(each):
                found.add(node.module)
    return (found & MODULES.keys()) - {name}


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """A way that leads back to where it began; nothing where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def public(name: str) -> list[str]:
    """The public names that a module defines at its head: functions, classes, constants; not the shell's commands."""
    found = []
    for node in TREES[name].body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            command = any(isinstance(one, ast.Call) for one in node.decorator_list) and ".cli." in name
            found += [] if command else [node.name]
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.append(node.target.id)
    return sorted({one for one in found if not one.startswith("_")})


def test_a_circle_is_seen():
    assert circle({"a": {"b"}, "b": {"a"}})
    assert circle({"a": {"b"}, "b": set()}) == []


def test_no_module_imports_its_way_back_to_itself():
    graph = {name: imports(name) for name in MODULES}
    assert circle(graph) == []


def test_no_folder_imports_its_way_back_to_itself():
    folders: dict[str, set[str]] = defaultdict(set)
    for name, path in MODULES.items():
        if path.name == "__init__.py":
            continue
        own = name.rpartition(".")[0]
        for other in imports(name):
            theirs = other if MODULES[other].name == "__init__.py" else other.rpartition(".")[0]
            if theirs != own and "kit" not in (own, theirs):
                folders[own].add(theirs)
    assert circle(folders) == []


def test_no_folder_holds_more_modules_than_one_looks_through():
    held = Counter(
        path.parent.relative_to(ROOT).as_posix() for path in MODULES.values() if path.stem != "__init__"
    )
    assert {folder: n for folder, n in held.items() if n > MODULES_AT_MOST} == {}


def test_no_module_is_longer_than_one_reads():
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: n for name, n in lines.items() if n > LINES_AT_MOST} == {}


def test_no_modules_are_told_apart_by_what_follows_one_first_word():
    families: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in MODULES.values():
        if path.stem != "__init__":
            families[path.parent.relative_to(ROOT).as_posix(), path.stem.split("_")[0]].append(path.stem)
    assert {family: names for family, names in families.items() if len(names) > ALIKE_AT_MOST} == {}


def test_a_public_name_is_defined_once():
    where: dict[str, list[str]] = defaultdict(list)
    for name in MODULES:
        for one in public(name):
            where[one].append(name)
    twice = {one: places for one, places in where.items() if len(places) > 1}
    assert {one: places for one, places in twice.items() if one not in SHARED} == {}
    assert SHARED.keys() <= twice.keys(), "a name that is there once needs no entry"
