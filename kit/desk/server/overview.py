"""The case at a glance, as the side bar and the status bar show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.desk.server.served_case import ServedCase
from kit.evidence.search.search import search
from kit.evidence.status import status
from kit.tables.declarations import fact_tables

#: Lines that "Where was I?" has at most, and hits that a search lists.
MOST_LINES, MOST_HITS = 10, 50


def case_state(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Where the case stands: its title, how many rows its tables have, what is open and what to do next.

    ``state`` changes when anything of the case does; ``start`` is the path of its first notebook.
    """
    common = {
        "problem": served.problem,
        "state": served.state,
        "root": served.shown(""),
        "start": _start(served),
    }
    if served.case is None:
        return common | {
            "title": served.folder.name, "holds": False, "lines": [], "tasks": [], "tables": {}, "to_read": 0,
        }  # fmt: skip
    now = status(served.case)
    lines = [f"{about}: {words}" for about, says in now.facts.items() for words in says]
    tasks = [task.why for task in now.tasks]
    names = ["sources", *fact_tables(served.case.schema)]
    counts = {name: len(served.case.table(name)) for name in names}
    return common | {
        "title": now.title,
        "holds": now.holds,
        "lines": lines[: MOST_LINES - min(3, len(tasks))],
        "tasks": tasks[:3],
        "tables": {name: count for name, count in counts.items() if count or name == "sources"},
        "to_read": int(served.case.table("sources")["read"].eq("no").sum()),
    }


def found_words(served: ServedCase, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Where the ``words`` asked for stand, in everything that the case has, each hit in its context."""
    words = str(asked.get("words", ""))[:200]
    hits = search(served.loaded(), words, most=MOST_HITS)
    return {"hits": hits.to_dict("records")}


def _start(served: ServedCase) -> str:
    first = sorted((served.folder / "notebooks").glob("[0-9]*.ipynb"))
    return served.shown(first[0].relative_to(served.folder).as_posix()) if first else ""
