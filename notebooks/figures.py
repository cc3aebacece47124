"""Numbers of the case recorded for the text of notebook 03."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import kit


def record_values(values: pd.Series, rows: Mapping[str, str], unit: str, base: str) -> None:
    """Nothing; under each name the value of its row, by the row's id, is recorded with its unit and base.

    A row that is not there raises ``KeyError``.

    >>> record_values(pd.Series({"fine-2021": 50.0}), {"fine": "fine-2021"}, "euros", "of one office")
    """
    kit.record({name: values[row] for name, row in rows.items()}, unit=unit, base=base)
