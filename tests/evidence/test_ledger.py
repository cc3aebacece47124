"""The ledger of passages comes back as written, changes only where a verdict does, and is not trusted when damaged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kit.errors import BadTable
from kit.evidence.passages.ledger import (
    PASSAGE_COLUMNS,
    PASSAGE_LEDGER,
    earlier_verdicts,
    read_passages,
    write_passages,
)
from kit.evidence.passages.verdict import REMEDIES, Verdict

MAY, JUNE = date(2021, 5, 1), date(2021, 6, 1)
VERDICTS = [
    Verdict("e-2", "altered", "c-1", 0, 12, "a" * 64, "reads 'no', not \"yes, \"", REMEDIES["altered"]),
    Verdict("e-1", "exact", "c-1", 14, 40, "b" * 64),
    Verdict("e-3", "not-captured", found="no capture of its source", remedy=REMEDIES["not-captured"]),
]  # fmt: skip


def test_it_comes_back_as_written(tmp_path: Path) -> None:
    write_passages(tmp_path, VERDICTS, MAY)
    ledger = read_passages(tmp_path)
    assert ledger.columns.tolist() == PASSAGE_COLUMNS
    assert ledger["evidence"].tolist() == ["e-1", "e-2", "e-3"]
    assert earlier_verdicts(ledger) == {verdict.passage: verdict for verdict in VERDICTS}


def test_a_check_that_finds_nothing_new_changes_no_byte(tmp_path: Path) -> None:
    write_passages(tmp_path, VERDICTS, MAY)
    before = (tmp_path / PASSAGE_LEDGER).read_bytes()
    write_passages(tmp_path, reversed(VERDICTS), JUNE)
    assert (tmp_path / PASSAGE_LEDGER).read_bytes() == before
    write_passages(tmp_path, [*VERDICTS[:2], replace(VERDICTS[2], verdict="exact", capture="c-2")], JUNE)
    assert read_passages(tmp_path)["checked_on"].tolist() == ["2021-05-01", "2021-05-01", "2021-06-01"]


def test_none_is_written_as_no_rows(tmp_path: Path) -> None:
    assert read_passages(tmp_path).empty
    write_passages(tmp_path, [], MAY)
    assert (tmp_path / PASSAGE_LEDGER).read_text() == ",".join(PASSAGE_COLUMNS) + "\n"
    assert earlier_verdicts(read_passages(tmp_path)) == {}


@pytest.mark.parametrize(("old", "new", "wrong"), [
    ("exact", "fine", "verdict 'fine'"), (",14,", ",x,", "start_offset 'x'"), ("b" * 64, "b" * 63, "hash 'bbb"),
    ("2021-05-01", "1 May", "checked_on '1 May'"), ("evidence", "proof", "column 'evidence' is missing"),
])  # fmt: skip
def test_a_damaged_ledger_is_refused_with_all_that_is_wrong(
    tmp_path: Path, old: str, new: str, wrong: str
) -> None:
    write_passages(tmp_path, VERDICTS, MAY)
    path = tmp_path / PASSAGE_LEDGER
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(BadTable, match=wrong):
        read_passages(tmp_path)
