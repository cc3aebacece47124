"""Rows saved from JupyterLab, captures read there, and passages picked in them, as the server answers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from support.small_case import ROWS

from kit.case import Case
from kit.desk.rows import Conflict
from kit.desk.server.cards import cards
from kit.desk.server.editing import row_form, row_judged, rows_saved, save_undone
from kit.desk.server.keeping import keep_asked, keep_state
from kit.desk.server.reader import capture_read, passage_picked
from kit.desk.server.served_case import ServedCase, ServedCases
from kit.errors import KitError
from kit.sources.keep import keep_source

SOURCE = "harbour-post-2021-03-02-raid"
PAGE = """<html lang="en"><head><title>Police raid the harbour office</title></head><body><article>
<h1>Police raid the harbour office</h1>
<p>Police searched the harbour office on Monday morning, 1 March 2021, and stayed until noon.</p>
<p>The officers carried 38 boxes away, the Post counted. The office paid a fine in June 2021.</p>
<script>window.struck = 1</script></article></body></html>"""


def served(folder: Path) -> ServedCase:
    return ServedCases(folder.parent).around(folder.name)


@pytest.fixture
def kept(case_folder: Path, tmp_path: Path) -> Path:
    """The case with its first source captured."""
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    keep_source(Case(case_folder), str(page), source=SOURCE)
    return case_folder


def first(table: str, **changed: str) -> dict[str, str]:
    return {**ROWS[table][0], **changed}


def test_a_form_asks_what_the_table_asks(case_folder):
    answer = row_form(served(case_folder), {"table": "events", "id": "2021-06-fine-paid"})
    assert answer["row"]["title"] == "The office pays a fine"
    status = next(field for field in answer["form"]["fields"] if field["name"] == "status")
    assert [choice["value"] for choice in status["choices"]][:2] == ["confirmed", "reported"]
    assert row_form(served(case_folder), {"table": "events"})["row"] is None


@pytest.mark.parametrize("asked", [{"table": "../sources"}, {"table": "events", "id": "../x"}, {"table": ""}])
def test_a_table_or_a_row_that_there_is_not_is_told(case_folder, asked):
    with pytest.raises(KitError):
        row_form(served(case_folder), asked)


def test_cells_are_judged_while_they_are_typed(case_folder):
    cells = {"date": "2021-13", "title": "Boats leave berth nine", "status": "sure"}
    answer = row_judged(served(case_folder), {"table": "events", "cells": cells})
    assert {"date", "status"} <= answer["problems"].keys()
    cells = {"date": "2021-05-04", "title": "Boats leave berth nine"}
    answer = row_judged(served(case_folder), {"table": "events", "cells": cells})
    assert answer["dates"] == {"date": "Tuesday 4 May 2021"}
    assert answer["id"] == "2021-05-04-boats-leave-berth-nine"


def test_a_save_keeps_the_bytes_of_other_rows_and_can_be_taken_back(case_folder):
    case, path = served(case_folder), case_folder / "data/manual/events.csv"
    bytes_before, before = (
        path.read_bytes(),
        row_form(served(case_folder), {"table": "events", "id": "2021-06-fine-paid"})["row"],
    )
    edit = {"table": "events", "cells": before | {"title": "A fine is paid"}, "before": before}
    assert rows_saved(case, {"edits": [edit]})["saved"] == "2021-06-fine-paid changed in events"
    assert path.read_bytes() == bytes_before.replace(b"The office pays a fine", b"A fine is paid")
    save_undone(case, {})
    assert path.read_bytes() == bytes_before
    save_undone(case, {"again": True})
    assert b"A fine is paid" in path.read_bytes()


def test_what_a_colleague_changed_meanwhile_is_told_by_field(case_folder):
    path = case_folder / "data/manual/events.csv"
    before = row_form(served(case_folder), {"table": "events", "id": "2021-06-fine-paid"})["row"]
    path.write_bytes(path.read_bytes().replace(b"The office pays a fine", b"They paid"))
    there = path.read_bytes()
    edit = {"table": "events", "cells": before | {"title": "A fine is paid"}, "before": before}
    with pytest.raises(Conflict) as told:
        rows_saved(served(case_folder), {"edits": [edit]})
    assert [(clash.field, clash.theirs) for clash in told.value.clashes] == [("title", "They paid")]
    assert path.read_bytes() == there


@pytest.mark.parametrize(
    "edits",
    [
        [],
        "x",
        [3],
        [{"table": "events", "cells": {"id": 3}}],
        [{"table": "events", "cells": ["a"]}],
        [{"table": "/etc/passwd", "cells": {}}],
    ],
)
def test_what_is_no_row_is_refused(case_folder, edits):
    with pytest.raises(KitError):
        rows_saved(served(case_folder), {"edits": edits})


def test_a_capture_is_read_with_the_passages_in_use(kept):
    read = capture_read(served(kept), {"source": SOURCE})
    marked = [(piece["text"].strip(), piece["facts"][0][1]) for piece in read["pieces"] if piece["marked"]]
    assert marked[0] == ("Police searched the harbour office on Monday morning", "2021-03-01-raid-harbour")
    assert "officers carried 38 boxes away" in {text for text, _ in marked}
    assert "struck" not in "".join(piece["text"] for piece in read["pieces"])


@pytest.mark.parametrize("capture", ["", "../../etc/passwd", f"{SOURCE}-20200101t000000z"])
def test_a_capture_that_there_is_not_is_told(kept, capture):
    with pytest.raises(KitError, match="no capture on this machine"):
        capture_read(
            served(kept), {"capture": capture, "source": "" if capture else "coast-digest-2021-03-03-raid"}
        )


def picked(folder: Path, words: str, record: str = "") -> dict[str, Any]:
    capture = capture_read(served(folder), {"source": SOURCE})["capture"]
    return passage_picked(served(folder), {"capture": capture, "words": words, "record": record})


def test_a_passage_is_judged_before_it_is_saved(kept):
    events = (kept / "data/manual/evidence.csv").read_bytes()
    found = picked(kept, "The office paid a fine in June 2021", "2021-06-fine-paid")
    assert found["cells"]["start"] == "The office paid a fine in June 2021"
    assert (found["state"], found["verdict"][:6]) == ("holds", "Holds:")
    assert (kept / "data/manual/evidence.csv").read_bytes() == events
    rows_saved(served(kept), {"edits": [{"table": "evidence", "cells": found["cells"]}]})
    card = cards(served(kept), {"ids": ["2021-06-fine-paid"]})["cards"]["2021-06-fine-paid"]
    assert card["state"] == "holds"


def test_a_passage_that_does_not_carry_the_fact_says_what_is_missing(kept):
    found = picked(kept, "and stayed until noon", "harbour-2021-boxes")
    assert found["state"] == "fails"
    assert "the number" in found["carries"]


def test_words_that_do_not_stand_there_are_refused(kept):
    with pytest.raises(KitError, match="does not hold these words"):
        picked(kept, "the mayor resigned")


def settled(case: ServedCase) -> dict[str, Any]:
    until = time.monotonic() + 60
    while keep_state(case, {})["running"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    return keep_state(case, {})


def test_a_file_is_kept_read_and_added(case_folder):
    (case_folder / "page.html").write_text(PAGE.replace("Police raid", "The council closes"))
    case = served(case_folder)
    assert keep_asked(case, {"what": f"{case_folder.name}/page.html", "tier": "primary"})["running"]
    state = settled(case)
    assert state["done"], state["said"]
    assert state["source"] in (case_folder / "data/manual/sources.csv").read_text()


@pytest.mark.parametrize(
    "what", ["", "--help", "../outside.html", "/etc/passwd", "file:///etc/passwd", "ftp://a/b", "-", "a\0b"]
)
def test_what_is_no_address_and_no_file_here_is_not_kept(case_folder, what):
    (case_folder.parent.parent / "outside.html").write_text(PAGE)
    with pytest.raises(KitError, match="no address"):
        keep_asked(served(case_folder), {"what": what, "tier": "primary"})


def test_a_tier_that_is_none_is_told_and_a_stop_stops(case_folder):
    case = served(case_folder)
    with pytest.raises(KitError, match="no tier"):
        keep_asked(case, {"what": "https://harbourpost.example", "tier": "best"})
    keep_asked(case, {"what": "https://harbourpost.example", "tier": "primary"})
    keep_asked(case, {"stop": True})
    assert not settled(case)["done"]
