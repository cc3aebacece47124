"""How far a case's facts were followed to the words that prove them, as the ledger of passages has it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import pandas as pd

from kit.evidence.findings import HOLDS
from kit.evidence.ledger import read_ledger
from kit.evidence.prose import Sentence

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


def cited_states(case: Case, said: Iterable[Sentence]) -> pd.DataFrame:
    """How far each item of our prose was followed to the words that prove it: a row an item that cites a fact.

    The index, ``item``, is what the item has in bold, or else its first sentence; the columns are `STATES`, and hold
    how many of the facts that the item cites are in each. ``said`` are sentences in the order of the notebook; the
    sources that they cite are no facts and are not counted.

    >>> import kit
    >>> from kit.evidence.prose import sentences
    >>> cell = {"cell_type": "markdown", "source": "- **It was cut.** Both say so [@2025-08-01-nulty-statement]."}
    >>> cited_states(kit.open(), sentences({"cells": [cell]})).sum(axis=1)
    item
    It was cut.    1
    dtype: int64
    """
    states = checked(case)
    rows = {}
    for _, of_item in groupby(said, key=lambda sentence: (sentence.cell, sentence.block)):
        item = list(of_item)
        facts = {fact for sentence in item for fact in sentence.cited if fact in states.index}
        if facts:
            counts = states[sorted(facts)].value_counts()
            rows[_name(item)] = [int(counts.get(state, 0)) for state in STATES]
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(STATES)).rename_axis("item")


def _name(item: list[Sentence]) -> str:
    bold = [sentence.words(span) for sentence in item for span in sentence.strong]
    return bold[0] if bold else item[0].text
