"""The ledger of passages, ``data/processed/passages.csv``: each verdict, where, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pandas as pd

from kit.evidence.passages.verdict import REMEDIES, Verdict
from kit.files import write_whole
from kit.tables.cells import join_list, split_list
from kit.tables.ledgers import LEDGERS
from kit.tables.load import read_ledger

PASSAGE_LEDGER = Path(LEDGERS["passages"].path)
PASSAGE_COLUMNS = LEDGERS["passages"].names
#: What has to be as it was for a verdict to keep its day.
_STANDS = PASSAGE_COLUMNS[: PASSAGE_COLUMNS.index("carries")]


def read_passages(case: Path) -> pd.DataFrame:
    """The verdicts of the case folder ``case`` as they were last written, a row each; no rows when none were.

    Offsets are whole numbers or missing, everything else text. A row that cannot be trusted raises `BadTable`
    with all such rows: a verdict misread could pass a passage that does not hold.
    """
    cells = read_ledger(case, "passages")
    ends = ("start_offset", "end_offset")
    return cells.assign(
        **{name: pd.to_numeric(cells[name].replace("", pd.NA)).astype("Int64") for name in ends}
    )


def write_passages(case: Path, verdicts: Iterable[Verdict], on: date) -> pd.DataFrame:
    """The ledger as now written, sorted by evidence id.

    A verdict that stands as it stood keeps its date, so that a check that finds nothing new changes no byte; all
    others get ``on``. The words of the passages are not written, only their hashes.
    """
    unique = {verdict.passage: verdict for verdict in verdicts}.values()
    rows = [
        {**asdict(verdict), "missing": join_list(verdict.missing), "checked_on": on.isoformat()}
        for verdict in unique
    ]
    names = {"passage": "evidence", "start": "start_offset", "stop": "end_offset"}
    frame = pd.DataFrame(rows, columns=[*asdict(Verdict("", "")), "checked_on"]).rename(columns=names)[
        PASSAGE_COLUMNS
    ]
    for name in ("start_offset", "end_offset"):
        frame[name] = frame[name].where(frame[name] >= 0, pd.NA).astype("Int64")
    before = read_passages(case)
    same = frame.merge(before, on=_STANDS, how="left", suffixes=("", "_before"))["checked_on_before"]
    frame["checked_on"] = same.fillna(frame["checked_on"]).astype("str")
    frame = frame.sort_values("evidence", ignore_index=True)
    write_whole(
        case / PASSAGE_LEDGER,
        frame.to_csv(index=False, lineterminator="\n").encode("utf-8", "backslashreplace"),
    )
    return frame


def carried_counts(ledger: pd.DataFrame, named: int) -> dict[str, int]:
    """How many of the ``named`` passages of a case carry their fact by its ledger, a part of it, or nothing; ``open`` were not judged.

    >>> carried_counts(pd.DataFrame({"carries": ["carries", "part", "carries"]}), 4)
    {'whole': 2, 'part': 1, 'lacks': 0, 'open': 1}
    """
    kinds = {"whole": "carries", "part": "part", "lacks": "lacks"}
    counts = {kind: int(ledger["carries"].eq(verdict).sum()) for kind, verdict in kinds.items()}
    return counts | {"open": named - sum(counts.values())}


def earlier_verdicts(ledger: pd.DataFrame) -> dict[str, Verdict]:
    """The verdicts of a ledger by evidence id, each with the remedy that such a verdict has."""
    filled = ledger.fillna({"start_offset": -1, "end_offset": -1})
    columns = (filled[name].tolist() for name in PASSAGE_COLUMNS[:-1])
    return {
        id: Verdict(
            id,
            verdict,
            capture,
            int(start),
            int(stop),
            digest,
            found,
            REMEDIES[verdict],
            (),
            link,
            notices,
            carries,
            split_list(missing),
            looked_for,
            asked,
        )
        for id, capture, start, stop, digest, verdict, found, link, notices, carries, missing, looked_for, asked in zip(
            *columns, strict=True
        )
    }
