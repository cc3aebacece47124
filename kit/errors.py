"""What can go wrong, as small named errors that hold facts: the place, the value, the remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, in one line: where it is, what is wrong and what to do about it.

    ``kind`` tells the gate which of its rules is broken; it is not printed.

    >>> print(Problem("row 14 (raid-harbour)", "date '2021-13' is not a real date", "write YYYY-MM-DD"))
    row 14 (raid-harbour): date '2021-13' is not a real date; write YYYY-MM-DD
    """

    place: str
    wrong: str
    remedy: str = ""
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        sentence = f"{self.place}: {self.wrong}" if self.place else self.wrong
        return f"{sentence}; {self.remedy}" if self.remedy else sentence


class KitError(Exception):
    """Something the reader can mend: ``place`` names where, ``value`` what was found, ``remedy`` what to do.

    >>> print(KitError("data/case.toml", "no title", "add a line: title = \\"...\\""))
    data/case.toml: no title; add a line: title = "..."
    """

    def __init__(self, place: object, value: str, remedy: str = "") -> None:
        self.place, self.value, self.remedy = str(place), value, remedy
        super().__init__(str(Problem(self.place, value, remedy)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.place, self.value, self.remedy)


class Problems(KitError):
    """All that is wrong, at once, file by file, since the reader is mending a whole table.

    >>> print(Problems({"data/manual/events.csv": [Problem("row 2 (a)", "date '1/8' is not a date")]}))
    data/manual/events.csv: 1 problem to fix
      row 2 (a): date '1/8' is not a date
    """

    def __init__(self, problems: dict[str, list[Problem]]) -> None:
        self.problems = problems
        lines = []
        for place, found in problems.items():
            lines.append(f"{place}: {len(found)} problem{'s' if len(found) != 1 else ''} to fix")
            lines += [f"  {problem}" for problem in found]
        super().__init__(", ".join(problems), f"{sum(map(len, problems.values()))} problems")
        self.args = ("\n".join(lines),)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


class NoCase(KitError):
    """No case folder was found here or above."""


class NoTable(KitError, KeyError):
    """A case has no table of that name."""

    __str__ = Exception.__str__


class BadTable(Problems):
    """One or more tables hold something that cannot be used as it stands."""


class BadDate(KitError):
    """A text that is no date of a kind the tables accept."""


class UnknownMark(Problems):
    """A mark in the prose names nothing that the tables hold."""


class FailedCell(KitError):
    """A notebook's cell raised an error while it ran."""
