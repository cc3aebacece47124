"""Casebook: keep sources, build a sourced event table, chart it, and report with every fact leading to its proof.

>>> import kit
>>> case = kit.open()
>>> case.events.index.name, case.events.columns[:2].tolist()
('id', ['date', 'category'])
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

#: Each name of the face and where it lives; loaded when first used, so that `import kit` stays light.
_FACE = {
    "open": ("kit.case", "open_case"),
    "Case": ("kit.case", "Case"),
    "charts": ("kit.charts", None),
    "record": ("kit.evidence.prose.records", "record"),
    "check": ("kit.evidence.checks.gate", "check"),
    "keep": ("kit.sources.keep", "keep"),
    "extract": ("kit.sources.extract.documents", "extract"),
    "cite": ("kit.sources.bibliography.citation", "cite"),
    "explore": ("kit.desk", "explore"),
    "run": ("kit.reporting.execution.run", "run"),
    "report": ("kit.reporting.build", "report"),
}

__all__ = sorted(_FACE)


def __getattr__(name: str) -> Any:
    if name not in _FACE:
        raise AttributeError(f"kit has no {name!r}; it has {', '.join(__all__)}")
    module, attribute = _FACE[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    return __all__
