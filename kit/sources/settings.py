"""What a case may set under ``[keep]`` in data/case.toml, and within which bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kit.errors import Problem, Problems
from kit.tables.read import suggest

_PLACE = "data/case.toml"
#: Each setting, its least and greatest value, and what it means.
BOUNDS: dict[str, tuple[float, float, str]] = {
    "max_megabytes": (0.001, 1_000, "megabytes of a page, after decompression"),
    "max_seconds": (1, 3_600, "seconds that a page may take"),
    "pause_seconds": (0, 60, "seconds between two requests to one host"),
}


def checked(settings: Mapping[str, Any]) -> dict[str, float]:
    """The numbers a case sets under ``[keep]``, by name; all that is wrong with them raises `Problems`.

    >>> checked({"keep": {"max_seconds": 30}})
    {'max_seconds': 30.0}
    >>> checked({"keep": {"max_second": 30}})
    Traceback (most recent call last):
        ...
    kit.errors.Problems: data/case.toml: 1 problem to fix
      [keep] max_second: is no setting; did you mean 'max_seconds'?
    """
    own = settings.get("keep", {})
    if not isinstance(own, Mapping):
        wrong = Problem("keep", "is no group of settings", "write a line [keep], and the settings under it")
        raise Problems({_PLACE: [wrong]})
    if problems := [found for name, value in own.items() if (found := _problem(name, value))]:
        raise Problems({_PLACE: problems})
    return {name: float(value) for name, value in own.items()}


def _problem(name: str, value: Any) -> Problem | None:
    place = f"[keep] {name}"
    if name not in BOUNDS:
        near = suggest(name, BOUNDS)
        return Problem(
            place, "is no setting", f"did you mean {near!r}?" if near else f"there are: {', '.join(BOUNDS)}"
        )
    least, most, about = BOUNDS[name]
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if number and least <= value <= most:
        return None
    return Problem(place, f"{str(value)[:40]!r} will not do", f"write {about}: {least:g} to {most:,}")
