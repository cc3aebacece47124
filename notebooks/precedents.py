"""How near coded cases lie to one another, what that hangs on, and how far two codings agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kit.errors import KitError
from kit.tables.load import with_id
from kit.tables.schema import MISSING

#: Words that stand where nothing is known: they are neither alike nor unlike.
UNKNOWN = frozenset(MISSING)


class NotComparable(KitError):
    """Cases or codings that give no ground for a comparison."""


def unlike(one: Any, other: Any) -> float | None:
    """0 for the same value, 1 for another, between them for lists that share some; None where one is unknown.

    Lists are compared by the share of all their values that only one of them holds (Jaccard's distance).

    >>> unlike("weeks", "none"), unlike(("privacy", "security"), ("security",)), unlike("weeks", "unknown")
    (1.0, 0.5, None)
    """
    ours, theirs = (set(v) if isinstance(v, tuple) else {v} for v in (one, other))
    if not ours or not theirs or ours <= UNKNOWN or theirs <= UNKNOWN:
        return None
    return 1 - len(ours & theirs) / len(ours | theirs)


def distances(cases: pd.DataFrame, *, to: str, variables: Sequence[str]) -> pd.DataFrame:
    """Every other case by its distance to the case ``to``, nearest first.

    Columns: ``id``, ``title``, ``distance``, ``compared``. The distance is Gower's (A general coefficient of
    similarity, Biometrics 27, 1971) for coded values: the mean of `unlike` over the variables known in both
    cases, each with the same weight; ``compared`` counts them.

    A case that is not there, a missing column, or a pair with no variable in common raises `NotComparable`:
    a distance made from nothing would read as a finding.

    >>> cases = pd.DataFrame({"id": ["a", "b", "c"], "title": ["A", "B", "C"],
    ...     "rule": ["existing", "existing", "none-cited"], "notice": ["days", "weeks", "unknown"]})
    >>> distances(cases, to="a", variables=["rule", "notice"])
      id title  distance  compared
    0  b     B       0.5         2
    1  c     C       1.0         1
    """
    cases = with_id(cases)
    ours = _case(cases, to, variables)
    rows = []
    for case in cases[cases["id"] != to].to_dict("records"):
        known = [d for v in variables if (d := unlike(ours[v], case[v])) is not None]
        if not known:
            raise NotComparable(
                f"case {case['id']!r}", f"shares no known variable with {to!r}", "use more variables"
            )
        rows.append((case["id"], case["title"], sum(known) / len(known), len(known)))
    found = pd.DataFrame(rows, columns=["id", "title", "distance", "compared"])
    return found.sort_values(["distance", "id"], kind="stable", ignore_index=True)


def sensitivity(cases: pd.DataFrame, *, to: str, variables: Sequence[str]) -> pd.DataFrame:
    """`distances`, and how they move when each of the variables in turn is left out.

    ``low`` and ``high`` bound the distance, ``best`` and ``worst`` the rank, over all variables and over each
    set without one; cases at the same distance share the better ``rank``. Fewer than two variables raise
    `NotComparable`, as there would be nothing left to compare.

    >>> cases = pd.DataFrame({"id": ["a", "b", "c"], "title": ["A", "B", "C"],
    ...     "rule": ["existing", "existing", "none-cited"], "notice": ["days", "weeks", "days"]})
    >>> found = sensitivity(cases, to="a", variables=["rule", "notice"])
    >>> found[["id", "low", "high", "rank", "worst"]]
      id  low  high  rank  worst
    0  b  0.0   1.0     1      2
    1  c  0.0   1.0     1      2
    """
    if len(variables) < 2:
        raise NotComparable("sensitivity", f"{len(variables)} variable", "give two or more")
    found = distances(cases, to=to, variables=variables)
    runs = [found] + [
        distances(cases, to=to, variables=[v for v in variables if v != without]) for without in variables
    ]
    # Rounded before ranking: a tie must not be broken by the last bit of a float.
    measured = pd.concat([run.set_index("id")["distance"].round(9) for run in runs], axis=1)
    ranks = measured.rank(method="min").astype(int)
    found["low"], found["high"] = (
        found["id"].map(measured.min(axis=1)),
        found["id"].map(measured.max(axis=1)),
    )
    found["distance"] = found["distance"].round(9)
    found["rank"] = found["id"].map(ranks.iloc[:, 0])
    found["best"], found["worst"] = found["id"].map(ranks.min(axis=1)), found["id"].map(ranks.max(axis=1))
    return found.sort_values(["distance", "id"], kind="stable", ignore_index=True)


def side_by_side(cases: pd.DataFrame, *, one: str, other: str, variables: Sequence[str]) -> pd.DataFrame:
    """The two cases, a row a variable: ``variable``, ``one``, ``other``, ``alike``.

    ``alike`` is yes, partly (lists that share a value), no, or unknown where one of the two is not known.

    >>> cases = pd.DataFrame({"id": ["a", "b"], "rule": ["existing", "none-cited"], "law": ["none", "none"]})
    >>> side_by_side(cases, one="a", other="b", variables=["rule", "law"])["alike"].tolist()
    ['no', 'yes']
    """
    ours, theirs = _case(cases, one, variables), _case(cases, other, variables)
    rows = []
    for variable in variables:
        apart = unlike(ours[variable], theirs[variable])
        alike = "unknown" if apart is None else "yes" if apart == 0 else "no" if apart == 1 else "partly"
        rows.append((variable, ours[variable], theirs[variable], alike))
    return pd.DataFrame(rows, columns=["variable", "one", "other", "alike"])


def agreement(second_coding: pd.DataFrame) -> pd.DataFrame:
    """How many of the cases coded twice got the same value, a row a variable, most disagreement first.

    Columns: ``variable``, ``same``, ``different``, ``cases`` (the ids that differ). Values are compared as
    written, lists whatever their order. Counts and no coefficient: a handful of cases is too few for one. A
    case that has a variable twice raises `NotComparable`.

    >>> coding = pd.DataFrame({"case": ["a", "b"], "variable": ["rule", "rule"],
    ...     "first": ["existing", "privacy; security"], "second": ["none-cited", "security; privacy"]})
    >>> agreement(coding).values.tolist()
    [['rule', 1, 1, ('a',)]]
    """
    twice = second_coding[second_coding.duplicated(["case", "variable"])]
    if len(twice):
        case, variable = twice.iloc[0][["case", "variable"]]
        raise NotComparable(
            f"second coding of {case!r}", f"has {variable!r} twice", "keep one of the two rows"
        )
    rows = []
    for variable, coded in second_coding.groupby("variable"):
        differ = [
            _values(one) != _values(other) for one, other in zip(coded["first"], coded["second"], strict=True)
        ]
        apart = tuple(sorted(coded["case"][differ]))
        rows.append((variable, len(coded) - len(apart), len(apart), apart))
    found = pd.DataFrame(rows, columns=["variable", "same", "different", "cases"])
    return found.sort_values(["different", "variable"], ascending=[False, True], ignore_index=True)


def _values(cell: Any) -> set[str]:
    return set(cell) if isinstance(cell, tuple) else {value.strip() for value in cell.split(";")}


def _case(cases: pd.DataFrame, identity: str, variables: Sequence[str]) -> dict[str, Any]:
    if missing := [v for v in variables if v not in cases.columns]:
        raise NotComparable("cases", f"have no column {missing[0]!r}", "name coded columns of cases.csv")
    cases = with_id(cases)
    found = cases[cases["id"] == identity]
    if len(found) != 1:
        raise NotComparable(
            f"case {identity!r}", f"is there {len(found)} times", "give the id of one case in the frame"
        )
    return found.iloc[0].to_dict()
