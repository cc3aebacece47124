"""The marks in prose: ``[@id]`` names a fact or a source, ``[38%](#=name)`` ties a number to the cell that computed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kit.errors import Problem
from kit.evidence.prose.records import BadNumber, RecordedNumber, mismatch
from kit.tables.read import suggest
from kit.text.pandoc import Tree, nodes, stringify

NUMBER = "#="


@dataclass(frozen=True)
class Mark:
    """A mark in the prose of one cell: what it points to and, for a number, what is printed."""

    cell: int
    kind: str
    target: str
    printed: str = ""


def cited_ids(content: list[Any]) -> list[str]:
    """The ids that a citation of pandoc's names; none where a bare ``@handle`` stands in the prose.

    >>> cited_ids([[{"citationId": "roe-2021", "citationMode": {"t": "NormalCitation"}}], []])
    ['roe-2021']
    """
    return [c["citationId"] for c in content[0] if c["citationMode"]["t"] != "AuthorInText"]


def find_marks(prose: Mapping[int, list[Tree]]) -> list[Mark]:
    """Every mark in the prose, which is pandoc's blocks by the number of their cell; what stands in code is no mark.

    >>> from kit.text.pandoc import parse_cells
    >>> cell = {"cell_type": "markdown", "source": "Of [38%](#=share), see [@roe-2021]; not `[@this]`."}
    >>> [(mark.kind, mark.target, mark.printed) for mark in find_marks(parse_cells([cell]))]
    [('number', 'share', '38%'), ('cite', 'roe-2021', '')]
    """
    marks: list[Mark] = []
    for cell, blocks in prose.items():
        for node in nodes(blocks, "Cite", "Link"):
            content = node["c"]
            if node["t"] == "Cite":
                marks += [Mark(cell, "cite", target) for target in cited_ids(content)]
            elif content[2][0].startswith(NUMBER):
                marks.append(Mark(cell, "number", content[2][0].removeprefix(NUMBER), stringify(content[1])))
    return marks


def mark_problems(
    marks: list[Mark], known: Collection[str], computed: Mapping[str, RecordedNumber]
) -> list[Problem]:
    """What is wrong with the marks: an id or a name that nothing has, a number that is not what was computed.

    >>> mark_problems([Mark(3, "cite", "roe-2012")], ["roe-2021"], {})[0].remedy
    "did you mean 'roe-2021'?"
    """
    problems = []
    for mark in marks:
        place = f"cell {mark.cell}"
        if mark.kind == "cite" and mark.target not in known:
            near = suggest(mark.target, known)
            remedy = (
                f"did you mean {near!r}?" if near else "add it to a table in data/manual, or correct the mark"
            )
            problems.append(Problem(place, f"[@{mark.target}] names no fact or source", remedy))
        elif mark.kind == "number" and mark.target not in computed:
            near = suggest(mark.target, computed)
            remedy = (
                f"did you mean {near!r}?"
                if near
                else f'record it in a cell: kit.record("{mark.target}", ...)'
            )
            problems.append(
                Problem(place, f"[{mark.printed}](#={mark.target}) names no recorded number", remedy)
            )
        elif mark.kind == "number":
            try:
                wrong = mismatch(mark.printed, computed[mark.target])
            except BadNumber as error:
                wrong, remedy = f"{error.place} {error.value}", error.remedy
            else:
                remedy = "print what was computed, or mend the cell"
            if wrong:
                problems.append(Problem(place, f"[{mark.printed}](#={mark.target}): {wrong}", remedy))
    return problems
