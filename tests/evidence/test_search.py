"""What is typed is found wherever it stands, in the same order each time, and the index follows what changes."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.side_by_side import keeps_as, side_by_side
from support.small_case import ROWS, write_rows

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.evidence.passages.full_text import FullText, TextEntry
from kit.evidence.passages.text_index import INDEX
from kit.evidence.search import upkeep
from kit.evidence.search.query import best_hit, read_query
from kit.evidence.search.search import SEARCH_COLUMNS, search
from kit.lock import locked
from kit.text.sentences import search_pattern, search_words

RAID, DIGEST = "harbour-post-2021-03-02-raid", "coast-digest-2021-03-03-raid"
STORY = "Zoë Đorđević saw the officers. In the Straße nobody spoke of the tide-table, or of 1,400 boxes."


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


def paste(case: kit.Case, text: str, source: str = RAID, month: int = 4) -> None:
    at = datetime(2021, month, 1, tzinfo=UTC)
    kit.keep(case, text, how="pasted", source=source, clock=lambda: at)


def notebook(case: kit.Case, name: str, *cells: str) -> Path:
    made = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in cells]
    made.insert(1, {"cell_type": "code", "metadata": {}, "source": "secret_code = 1", "outputs": []})
    path = case.path / "notebooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}))
    return path


def ids(found: pd.DataFrame) -> list[str]:
    return found["id"].tolist()


def places(found: pd.DataFrame) -> set[str]:
    return set(found["table"])


def test_a_hit_stands_in_its_context_and_names_what_to_cite(case: kit.Case) -> None:
    paste(case, STORY)
    found = case.search("nobody", table="captures")
    assert found.columns.tolist() == SEARCH_COLUMNS
    row = found.iloc[0]
    assert (row["cite"], row["date"], row["title"]) == (RAID, "2021-03-02", "Police raid the harbour office")
    assert row["before"] + row["found"] + row["after"] == STORY
    assert row["found"] == "nobody"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ZOE", "Zoë"), ("dordevic", "Đorđević"), ("strasse", "Straße"), ("STRASSE", "Straße"), ('"tide table"', "tide-table"),
        ("tide-table", "tide-table"), ("1,400", "1,400"), ("offic*", "officers"), ('"saw the off*"', "saw the officers"),
        ("“in the strasse”", "In the Straße"), ("boxes zoe", "Zoë"),
    ],
)  # fmt: skip
def test_letters_are_found_in_any_form(case: kit.Case, typed: str, shown: str) -> None:
    paste(case, STORY)
    found = case.search(typed, table="captures")
    assert len(found) == 1
    assert shown in (found["found"].iloc[0], found["before"].iloc[0] + found["found"].iloc[0])


@pytest.mark.parametrize("typed", ['"the saw"', "offic", "zo", "o*", '"table tide"', "1400", "boxes absent"])
def test_what_does_not_stand_there_is_not_found(case: kit.Case, typed: str) -> None:
    paste(case, STORY)
    assert case.search(typed, table="captures").empty


def test_scripts_without_spaces_are_found_by_any_run_of_characters(case: kit.Case) -> None:
    paste(case, "警察は月曜日に港湾局を捜索した。")
    assert case.search("港湾局").iloc[0]["found"] == "港湾局"
    assert case.search("局港").empty


def test_everything_that_can_be_found_is(case: kit.Case) -> None:
    paste(case, "A word like quincunx.")
    notebook(case, "01-quincunx.ipynb", "# Why?", "The quincunx stands.")
    (case.path / "docs").mkdir()
    (case.path / "docs/memo.md").write_text("# Memo\n\nOn the quincunx.")
    (case.path / "README.md").write_text("# About\n\nNothing.\n\nA quincunx.")
    for name, column in (("events", "summary"), ("sources", "note"), ("claims", "why"), ("metrics", "basis")):
        rows = [dict(row) for row in ROWS[name]]
        rows[0][column] = f"{rows[0].get(column, '')} quincunx"
        write_rows(case.path, ROWS | {name: rows})
        assert name in places(kit.open(case.path).search("quincunx")), name
    found = case.search("quincunx")
    assert {"captures", "notebooks", "documents"} <= places(found)
    by_table = found.set_index("table")
    assert by_table.at["notebooks", "id"] == "notebooks/01-quincunx.ipynb#3"
    assert by_table.at["notebooks", "field"] == "cell 3"
    assert sorted(found.loc[found["table"].eq("documents"), "field"]) == ["line 3", "line 5"]
    assert case.search("secret_code").empty


def test_own_tables_and_columns_are_found(case: kit.Case) -> None:
    (case.path / "data/case.toml").write_text(
        'title = "T"\n[columns.events.berth]\nkind = "text"\nabout = "Where"\n'
        '[tables.visits]\nabout = "A visit"\nfact = true\n[tables.visits.columns.found]\nkind = "text"\nabout = "What"\n'
    )
    (case.path / "data/manual/visits.csv").write_text("id,title,found\nvisit-1,First visit,Rusty gimbal\n")
    event = ROWS["events"][0] | {"berth": "gimbal nine"}
    path = case.path / "data/manual/events.csv"
    path.write_text(",".join(event) + "\n" + ",".join(f'"{value}"' for value in event.values()) + "\n")
    found = kit.open(case.path).search("gimbal").set_index("table")
    assert found.at["visits", "cite"] == "visit-1"
    assert found.at["events", "field"] == "berth"


def test_names_are_found_where_their_ids_stand(case: kit.Case) -> None:
    found = case.search("police", table="events")
    assert "2021-03-01-raid-harbour" in ids(found)
    taking_part = case.search("harbour office", table="events")
    assert "2021-03-01-raid-harbour" in ids(taking_part)


def test_filters_keep_what_has_it_and_what_bears_on_that(case: kit.Case) -> None:
    paste(case, STORY)
    paste(case, STORY, DIGEST)
    raid = case.search(tag="raid", most=500)
    assert {"2021-03-01-raid-harbour", RAID} <= set(ids(raid))
    assert "captures" in places(raid)
    assert places(case.search("officers", tier="aggregator")) == {"captures"}
    assert ids(case.search("officers", tier="aggregator", read="full")) == []
    assert set(case.search(actor=["police", "harbour-office"], table="events")["cite"]) <= set(
        case.events.index
    )
    verdict = ROWS["claims"][0]["verdict"]
    assert ROWS["claims"][0]["id"] in ids(case.search(verdict=verdict))
    assert set(ids(case.search(since="2021-03-02", until="2021-03-02", table="sources"))) == {RAID, DIGEST}
    assert ids(case.search(since="2021-04", table="sources")) == []


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"tag": "rade"}, "tag 'rade': is in nothing that can be found; did you mean 'raid'?"),
        ({"table": "event"}, "did you mean 'events'?"),
        ({"tier": "third"}, "tier 'third'"),
        ({"since": "2021-13"}, "2021-13"),
        ({"words": "a" * 2000}, "at most 1,000"),
        ({"words": " ".join(map(str, range(40)))}, "at most 32"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(case: kit.Case, filters: dict, told: str) -> None:
    with pytest.raises(KitError) as refused:
        case.search(**filters)
    assert told in str(refused.value)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
@example('"')
@example('"raid" OR NEAR(a b, 3) -x title:y {z} ^a * **')
@example("raid'); drop table entries; --")
@example("\ud800 \x00 ﷽ ‮")
def test_any_text_is_a_search(case_folder: Path, typed: str) -> None:
    found = kit.open(case_folder).search(typed)
    assert found.columns.tolist() == SEARCH_COLUMNS


WORDS = st.text(st.sampled_from("aàbßçzšæ1٣切Жё '-"), min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS)
def test_a_word_of_a_text_is_found_and_shown(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    searched = search_words(word)
    query = read_query(word)
    if searched:
        assert set(searched) <= set(search_words(text))
        assert search_pattern(searched).search(text)
        hit = best_hit(query, text)
        assert hit is not None
        assert hit.found


def test_the_same_words_give_the_same_frame(case: kit.Case) -> None:
    notebook(case, "01-a.ipynb", *[f"The office again {number}." for number in range(30)])
    first = case.search("office again", most=10)
    assert ids(first) == sorted(ids(first))
    (case.path / INDEX).unlink()
    pd.testing.assert_frame_equal(kit.open(case.path).search("office again", most=10), first)


def test_the_index_follows_what_changes_and_reads_nothing_else(
    case: kit.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[str] = []
    whole = FullText.put
    monkeypatch.setattr(
        FullText, "put", lambda self, entries: whole(self, [put.append(e.id) or e for e in entries])
    )
    path = notebook(case, "01-a.ipynb", "One.", "A sextant.")
    notebook(case, "02-b.ipynb", "Two.")
    assert len(case.search("sextant")) == 1
    put.clear()
    case.search("sextant")
    assert put == []
    notebook(case, "01-a.ipynb", "One.", "A quadrant.")
    assert case.search("sextant").empty
    assert len(case.search("quadrant")) == 1
    assert {id.partition("#")[0] for id in put} == {"notebooks/01-a.ipynb"}
    put.clear()
    events = case.path / "data/manual/events.csv"
    events.write_text(events.read_text().replace("Officers took papers away.", "Officers took an astrolabe."))
    assert ids(case.search("astrolabe")) == ["2021-03-01-raid-harbour"]
    assert put == ["2021-03-01-raid-harbour"]
    path.unlink()
    assert case.search("quadrant").empty


def test_captures_come_and_go(case: kit.Case) -> None:
    paste(case, STORY)
    assert len(case.search("nobody")) == 1
    paste(case, "Nobody else.", DIGEST)
    found = case.search("nobody")
    assert len(found) == 2
    (case.path / "data/captures" / f"{found['id'][found['cite'].eq(RAID)].iloc[0]}.warc.gz").unlink()
    assert case.search("nobody")["cite"].tolist() == [DIGEST]


def test_a_capture_that_cannot_be_trusted_is_left_out(case: kit.Case) -> None:
    paste(case, STORY)
    paste(case, "Nobody else.", DIGEST)
    path = next((case.path / "data/captures").glob(f"{RAID}*"))
    path.write_bytes(b"no archive")
    assert case.search("nobody")["cite"].tolist() == [DIGEST]


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    raw, draw = bytearray(path.read_bytes()), random.Random(1)
    for at in range(4096, len(raw), 37):
        raw[at] = draw.randrange(256)
    path.write_bytes(raw)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [garbage, halved, scribbled, empty])
def test_a_broken_index_is_made_anew(case: kit.Case, damage: Callable[[Path], None]) -> None:
    paste(case, STORY)
    before = case.search("officers")
    assert len(before) > 1
    damage(case.path / INDEX)
    pd.testing.assert_frame_equal(case.search("officers"), before)


def test_a_table_that_does_not_load_is_left_out_and_the_rest_found(
    edit: Callable[[str, Callable[[bytes], bytes]], Path],
) -> None:
    folder = edit("actors", lambda raw: b"<<<<<<< HEAD\n" + raw)
    case = kit.open(folder)
    found = case.search("officers")
    assert "2021-03-01-raid-harbour" in ids(found)
    assert "actors" not in places(case.search("police"))


def test_whom_a_case_protects_is_shown_under_the_alias(case: kit.Case) -> None:
    actors = [dict(row) for row in ROWS["actors"]]
    actors[1] |= {"name": "Jane Roehampton", "alias": "Witness A"}
    write_rows(case.path, ROWS | {"actors": actors})
    paste(case, "It was Jane Roehampton who spoke of zinc.", DIGEST)
    found = case.search("roehampton")
    assert len(found) > 1
    shown = found._repr_html_() + found.to_json()
    assert "Roehampton" not in shown
    assert "Witness A" in shown
    assert "police" not in json.loads(case.search("witness zinc").to_json())
    hidden = case.protection.ids["police"]
    assert len(case.search(actor=hidden)) == len(case.search(actor="police")) > 0


def test_what_a_page_says_is_only_ever_text(case: kit.Case) -> None:
    paste(case, 'A <script>alert("zinc")</script> & \x1b[31mred zinc\u202e.', DIGEST)
    found = case.search("zinc")
    assert "<script>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()
    assert "\x1b" not in found["before"].iloc[0] + found["after"].iloc[0]


def test_no_link_leads_out_of_the_case(case: kit.Case, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("A theodolite.")
    os.symlink(outside, case.path / "inside.md")
    (case.path / "notebooks").mkdir()
    (case.path / "notebooks/broken.ipynb").write_text('{"cells": [1, {"cell_type": "markdown"}]}')
    assert case.search("theodolite").empty


def searches(case: kit.Case, number: int) -> None:
    assert len(case.search("saw box", most=500)) >= 0


@pytest.mark.long
def test_two_processes_search_and_keep_side_by_side(case_folder: Path) -> None:
    side_by_side(case_folder, keeps_as("one"), searches)
    side_by_side(case_folder, searches, searches)
    assert len(kit.open(case_folder).search("saw box", table="captures")) == 5


def test_where_another_reads_for_long_what_is_there_is_searched(
    case: kit.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(case.search("office"))
    monkeypatch.setattr(upkeep, "_PATIENCE", 0.01)
    notebook(case, "01-a.ipynb", "An office more.")
    import threading

    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(case.path, "texts"):
            inside.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(20)
    try:
        found = len(search(case, "office"))
    finally:
        done.set()
        holder.join()
    assert found in (before, before + 1)
    assert len(case.search("office")) == before + 1


def test_a_hit_shows_where_the_words_stand_together() -> None:
    far = "gate " + "nothing " * 200 + "the gate of the port"
    hit = best_hit(read_query("port gate"), far)
    assert hit is not None
    assert (hit.found, hit.after) == ("gate", " of the port")
    assert best_hit(read_query("quay"), far) is None


def test_long_texts_take_no_long_time() -> None:
    hit = best_hit(read_query('"a b" c* zz'), "a " * 1_000_000)
    assert hit is None or hit.found


def test_the_shell_finds_the_same(case: kit.Case) -> None:
    run = CliRunner()
    command = ["--case", str(case.path), "search"]
    done = run.invoke(main, [*command, "papers away", "--json"])
    assert [row["id"] for row in json.loads(done.output)] == ids(case.search('"papers away"', most=20))
    told = run.invoke(main, [*command, "papers", "--table", "events"]).output
    assert "events  2021-03-01-raid-harbour  2021-03-01" in told
    assert "Officers took [papers] away." in told
    assert told.endswith("1 hit\n")
    refused = run.invoke(main, [*command, "--tag", "rade"])
    assert refused.exit_code == 1
    assert "did you mean 'raid'?" in refused.output


def test_an_entry_is_replaced_and_forgotten() -> None:
    import sqlite3

    index = FullText(sqlite3.connect(":memory:"))
    index.create()
    index.put([TextEntry("events", "a", "events/a", "Raid", (("summary", "One."),))])
    index.put([TextEntry("events", "a", "events/a", "Raid", (("summary", "Two."),))])
    assert (index.find('"one"'), len(index.find('"two"'))) == ([], 1)
    index.remove("events", ["a", "never"])
    assert index.find('"two"') == []
    assert index.digests("events") == {}
