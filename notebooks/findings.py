"""How far the findings of notebook 04 were followed to the words that prove them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from kit.case import Case
from kit.evidence.checks.risk import FACT_STATES, fact_states
from kit.evidence.prose.sentences import Sentence


def cited_states(case: Case, sentences: Iterable[Sentence]) -> pd.DataFrame:
    """How far each item of our prose was followed to the words that prove it: a row an item that cites a fact.

    The index, ``item``, is what the item has in bold, or else its first sentence; the columns are `FACT_STATES`, and hold
    how many of the facts that the item cites are in each. ``sentences`` stand in the order of the notebook; the
    sources that they cite are no facts and are not counted.

    >>> import kit
    >>> from kit.evidence.prose.document import Document
    >>> cell = {"cell_type": "markdown", "source": "- **It was cut.** Both say so [@example-2021-03-01-raid-harbour]."}
    >>> cited_states(kit.example(), Document({"cells": [cell]}).sentences).sum(axis=1)
    item
    It was cut.    1
    dtype: int64
    """
    states = fact_states(case)
    rows = {}
    for _, of_item in groupby(sentences, key=lambda sentence: (sentence.cell, sentence.block)):
        item = list(of_item)
        facts = {fact for sentence in item for fact in sentence.cited if fact in states.index}
        if facts:
            counts = states[sorted(facts)].value_counts()
            rows[_name(item)] = [int(counts.get(state, 0)) for state in FACT_STATES]
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(FACT_STATES)).rename_axis("item")


def _name(item: list[Sentence]) -> str:
    bold = [sentence.words(span) for sentence in item for span in sentence.strong]
    return bold[0] if bold else item[0].text
