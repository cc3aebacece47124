"""The case at a glance, as the side bar and the status bar show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.desk.server.served_case import ServedCase
from kit.evidence.status import status


def case_state(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Where the case stands: its title, what `status` says, and what to do next."""
    if served.case is None:
        return {
            "title": served.folder.name,
            "holds": False,
            "facts": [],
            "tasks": [],
            "problem": served.problem,
        }
    now = status(served.case)
    return {
        "title": now.title,
        "holds": now.holds,
        "facts": [{"about": about, "says": list(says)} for about, says in now.facts.items()],
        "tasks": [task.why for task in now.tasks],
        "problem": served.problem,
    }
