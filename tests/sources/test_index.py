"""The ledger of captures: made anew from the WARCs, and kept where they are not."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from kit.errors import BadTable, KitError
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.index import LEDGER, BadCaptures, add, capture_of, read_index, refresh
from kit.sources.capture.local_files import pasted
from kit.sources.capture.store import store
from kit.sources.capture.warc import BadWarc

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def kept(case: Path, source: str, text: str = "Fifty boxes.") -> Capture:
    made = pasted(text, source=source, url="https://a.example/raid?x=1,2", at=AT, excerpt=True)
    return store(case / CAPTURES, replace(made, notes=('a note with "quotes", commas',)))


def test_a_case_without_captures_has_an_empty_ledger(tmp_path: Path) -> None:
    frame = read_index(tmp_path)
    assert list(frame.columns) == index.COLUMNS
    assert frame.empty


def test_a_row_comes_back_as_the_capture(tmp_path: Path) -> None:
    capture = kept(tmp_path, "raid")
    add(tmp_path, [capture])
    frame = read_index(tmp_path)
    assert capture_of(tmp_path, frame.iloc[0]) == capture
    assert str(frame["captured_at"].dtype).endswith("UTC]")
    assert capture_of(tmp_path, frame.iloc[0]).content() == b"Fifty boxes."


def test_the_file_is_as_the_house_writes_tables(tmp_path: Path) -> None:
    add(tmp_path, [kept(tmp_path, "b"), kept(tmp_path, "a")])
    raw = (tmp_path / LEDGER).read_bytes()
    assert raw.startswith(
        b"id,source,url,final_url,captured_at,how,media_type,status,sha256,bytes,excerpt,software,warc,note\n"
    )
    assert b"\r" not in raw
    assert [line[:1] for line in raw.splitlines()[1:]] == [b"a", b"b"]
    assert b",2026-03-04T05:06:07Z," in raw


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    capture = kept(tmp_path, "raid")
    add(tmp_path, [capture])
    before = (tmp_path / LEDGER).read_bytes()
    add(tmp_path, [capture, capture])
    add(tmp_path, [])
    assert (tmp_path / LEDGER).read_bytes() == before


def test_a_lost_ledger_is_made_anew_to_the_byte(tmp_path: Path) -> None:
    add(tmp_path, [kept(tmp_path, "a"), kept(tmp_path, "b")])
    before = (tmp_path / LEDGER).read_bytes()
    (tmp_path / LEDGER).unlink()
    refresh(tmp_path)
    assert (tmp_path / LEDGER).read_bytes() == before


def test_rows_whose_files_are_elsewhere_stay(tmp_path: Path) -> None:
    elsewhere, here = kept(tmp_path, "a"), kept(tmp_path, "b")
    add(tmp_path, [elsewhere, here])
    elsewhere.path.unlink()
    assert list(refresh(tmp_path)["source"]) == ["a", "b"]


def test_a_capture_a_crash_kept_from_the_ledger_is_found(tmp_path: Path) -> None:
    add(tmp_path, [kept(tmp_path, "a")])
    kept(tmp_path, "b")
    assert list(refresh(tmp_path)["source"]) == ["a", "b"]


def test_every_damaged_file_is_named_and_the_ledger_stays(tmp_path: Path) -> None:
    add(tmp_path, [kept(tmp_path, "a")])
    before = (tmp_path / LEDGER).read_bytes()
    kept(tmp_path, "b").path.write_bytes(b"not a warc")
    (tmp_path / CAPTURES / "stray.warc.gz").write_bytes(b"")
    with pytest.raises(BadCaptures) as caught:
        refresh(tmp_path)
    assert "2 problems" in str(caught.value)
    assert "b-20260304t050607z.warc.gz" in str(caught.value)
    assert "stray.warc.gz" in str(caught.value)
    assert (tmp_path / LEDGER).read_bytes() == before


def test_other_bytes_under_a_known_name_are_found_out(tmp_path: Path) -> None:
    capture = kept(tmp_path, "a")
    add(tmp_path, [capture])
    capture.path.unlink()
    assert kept(tmp_path, "a", "Forty boxes.").id == capture.id
    with pytest.raises(BadWarc, match="not those the ledger was told of"):
        capture.content()


@pytest.mark.parametrize(
    "damage", [("captured_at", "time"), (",2026-03-04T05:06:07Z,", ",March,"), (",12,", ",twelve,")]
)
def test_a_damaged_ledger_is_named(tmp_path: Path, damage: tuple[str, str]) -> None:
    add(tmp_path, [kept(tmp_path, "a")])
    path = tmp_path / LEDGER
    text = path.read_text()
    assert damage[0] in text
    path.write_text(text.replace(damage[0], damage[1], 1))
    with pytest.raises(BadTable, match=r"captures\.csv"):
        read_index(tmp_path)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    add(tmp_path, [kept(tmp_path, "a")])
    cells = pd.read_csv(tmp_path / LEDGER, dtype=str, keep_default_na=False)
    assert not cells.map(lambda cell: cell.startswith(("=", "+", "-", "@", "\t"))).any().any()


def test_what_was_kept_is_found_by_each_of_its_names(tmp_path: Path) -> None:
    first = kept(tmp_path, "raid")
    second = kept(tmp_path, "raid", "Forty boxes.")
    assert index.newest(tmp_path, "raid") == second
    assert index.newest(tmp_path, first.id) == first
    assert index.newest(tmp_path, "HTTPS://A.example/raid?x=1,2#top") == second
    with pytest.raises(KitError, match="nothing of that name was kept"):
        index.newest(tmp_path, "harbor")
