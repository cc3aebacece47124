"""What the docstrings of the kit say, read from its source: what comes back, which columns, what raises, an example."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KIT = Path(__file__).parents[2] / "kit"
#: What a first sentence begins with that says what is done and not what comes back.
_DOES = re.compile(r"(Returns?|Gets?|Computes?|Creates?|Makes? and|Builds?|Calculates?|Generates?)\b")


@dataclass(frozen=True)
class Described:
    """A public function, method or property of the kit: where it is, what it gives, raises, and says of itself."""

    module: str
    name: str
    text: str
    gives: str
    raises: frozenset[str]
    command: bool
    #: A rule of the gate says in its decorator what it is for.
    rule: bool

    @property
    def place(self) -> str:
        """Its dotted name."""
        return f"{self.module}.{self.name}"

    @property
    def problems(self) -> list[str]:
        """What the docstring lacks."""
        first = self.text.split("\n\n")[0]
        found = []
        if not self.text.strip():
            return [] if self.rule else ["no docstring"]
        if not self.command and _DOES.match(first):
            found.append("begins with what is done, not with what comes back")
        if self.gives == "None" and not self.command and not re.match(r"Nothing\b", first):
            found.append("gives nothing and does not say so")
        if re.match(r"(tuple\[)?pd\.DataFrame", self.gives) and not re.search(
            r"[Cc]olumn|``\w+``", self.text
        ):
            found.append("gives a frame and names no column")
        unsaid = {error for error in self.raises if error not in self.text}
        if unsaid and "KitError" not in self.text and not self.command:
            found.append(f"does not say that it raises {', '.join(sorted(unsaid))}")
        return found


def described() -> Iterator[Described]:
    """Every public function, method and property under kit/, module by module."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(KIT.rglob("*.py"))}
    errors = _errors(trees.values())
    for path, tree in trees.items():
        module = ".".join(path.relative_to(KIT.parent).with_suffix("").parts).removesuffix(".__init__")
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _one(module, "", node, errors)
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                protocol = any(ast.unparse(base) == "Protocol" for base in node.bases)
                for inner in [] if protocol else node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield from _one(module, f"{node.name}.", inner, errors)


def _one(
    module: str, of: str, node: ast.FunctionDef | ast.AsyncFunctionDef, errors: set[str]
) -> Iterator[Described]:
    decorators = [ast.unparse(one) for one in node.decorator_list]
    if node.name.startswith("_") or "overload" in decorators:
        return
    raised = {
        call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        for inner in ast.walk(node)
        if isinstance(inner, ast.Raise)
        and isinstance(call := inner.exc, ast.Call)
        and isinstance(call.func, ast.Name | ast.Attribute)
    }
    gives = ast.unparse(node.returns) if node.returns else ""
    command = any(re.match(r"(\w+\.)?(command|group)\(|click", one) for one in decorators)
    text = ast.get_docstring(node) or ""
    rule = any(one.startswith("rule(") for one in decorators)
    yield Described(module, of + node.name, text, gives, frozenset(raised & errors), command, rule)


def _errors(trees) -> set[str]:
    """The names of the kit's own errors: `KitError`, and what derives from it."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    known = {"KitError"}
    while more := {name for name, of in bases.items() if of & known} - known:
        known |= more
    return known


def classes() -> Iterator[tuple[str, str]]:
    """Every public class under kit/ by its dotted name, with what it says of itself."""
    for path in sorted(KIT.rglob("*.py")):
        module = ".".join(path.relative_to(KIT.parent).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield f"{module}.{node.name}", ast.get_docstring(node) or ""
