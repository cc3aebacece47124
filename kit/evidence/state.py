"""How far a case's facts were followed to the words that prove them, as the ledger of passages has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kit.evidence.findings import HOLDS
from kit.evidence.ledger import read_ledger

if TYPE_CHECKING:
    from kit.case import Case

#: The tables whose rows are facts.
FACTS = ("events", "cases", "metrics", "claims")
STATES = ("checked", "unchecked", "none")


def checked(case: Case) -> pd.Series:
    """The state of each fact of the case, by its id: ``checked`` where a passage that supports it holds,
    ``unchecked`` where passages are named and none of them holds or was looked at, ``none`` where none is named.

    A ledger that cannot be trusted raises `BadTable`.

    >>> import kit
    >>> set(checked(kit.open())) <= set(STATES)
    True
    """
    evidence = case.evidence
    named = evidence[evidence["stance"].eq("supports") & evidence["start"].ne("")]
    ledger = read_ledger(case.path)
    holding = named["id"].isin(ledger.loc[ledger["verdict"].isin(HOLDS), "evidence"])
    facts = pd.Index([fact for name in FACTS for fact in case.table(name)["id"]], name="fact")
    state = pd.Series("none", index=facts, name="state")
    state[facts.isin(named["record"])] = "unchecked"
    state[facts.isin(named.loc[holding, "record"])] = "checked"
    return state


def checked_counts(case: Case) -> dict[str, int]:
    """How many facts of the case are in each of `STATES`; together they are all its facts.

    >>> import kit
    >>> case = kit.open()
    >>> sum(checked_counts(case).values()) == sum(len(case.table(name)) for name in FACTS)
    True
    """
    counts = checked(case).value_counts()
    return {state: int(counts.get(state, 0)) for state in STATES}
