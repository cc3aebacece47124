"""Casebook: keep sources, build a sourced event table, chart it, and report with every fact leading to its proof.

>>> import kit
>>> case = kit.example()
>>> case.events["title"].tolist()
['Police search the harbour office', 'The office pays a fine']
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any

from kit.verbs import VERBS, function

#: What there is beside the verbs, and where it lives; all of it is loaded when first used, so that `import kit` stays light.
_NOUNS = {
    "open": "kit.case.open_case",
    "new": "kit.template.new_case",
    "example": "kit.template.example_case",
    "Case": "kit.case.Case",
    "record": "kit.evidence.prose.records.record",
    "extract": "kit.sources.extract.documents.extract",
    "merge_tables": "kit.tables.merging.driver.merge_tables",
}

__all__ = sorted([*_NOUNS, *VERBS, "charts"])


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("kit.charts")
    if name == "__version__":
        return version("casebook-kit")
    if name not in __all__:
        raise AttributeError(f"kit has no {name!r}; it has {', '.join(__all__)}")
    return function({**_NOUNS, **VERBS}[name])


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
