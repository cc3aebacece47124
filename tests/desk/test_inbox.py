"""Proposed facts: checked before they are shown, put into the tables whole or not at all, and never lost."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import kit
from kit.cli.main import main
from kit.desk.inbox import INBOX, INBOX_COLUMNS, proposals
from kit.desk.proposal import inbox_schema
from kit.desk.rows import Conflict, undo
from kit.errors import BadTable, KitError
from kit.tables.schema import TABLES

RAID = "harbour-post-2021-03-02-raid"
STORY = (
    "The office closed berth nine to all brokers on 4 May 2021, and 38 boats had to leave. Nobody said why."
)
BERTH = "2021-05-04-berth"


def proposed(**changes: Any) -> dict[str, Any]:
    event = {
        "id": BERTH, "date": "2021-05-04", "tags": ["raid"], "title": "The office closes berth nine", "summary": "It shut.",
        "status": "confirmed", "confidence": "medium",
    }  # fmt: skip
    evidence = {
        "record": BERTH, "source": RAID, "stance": "supports", "start": "The office closed berth nine", "end": "4 May 2021",
    }  # fmt: skip
    told = {"casebook": "proposal/1", "by": "reader 1", "rows": {"events": [event], "evidence": [evidence]}}
    return told | changes


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    case = kit.open(case_folder)
    kit.keep(
        case, STORY, how="pasted", excerpt=False, source=RAID, clock=lambda: datetime(2021, 6, 1, tzinfo=UTC)
    )
    return case


def put(case: kit.Case, told: object, name: str = "berth") -> Path:
    path = case.path / INBOX / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def tables(case: kit.Case) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (case.path / "data/manual").iterdir()}


def test_a_proposal_is_shown_with_what_was_found_and_nothing_is_written(case: kit.Case) -> None:
    put(case, proposed())
    before = tables(case)
    shown = case.inbox()
    assert shown.columns.tolist() == INBOX_COLUMNS
    row = shown.iloc[0]
    assert (row["id"], row["by"], row["title"]) == ("berth", "reader 1", "The office closes berth nine")
    assert row["adds"] == "1 row of events and 1 row of evidence"
    assert (row["passages"], row["carries"], row["problems"]) == ("exact", "carries", "")
    assert tables(case) == before


@pytest.mark.parametrize(
    ("change", "verdict", "carries"),
    [
        ({"start": "The mayor wept for hours"}, "not-found", ""),
        ({"start": "Nobody said why", "end": ""}, "exact", "part"),
        ({"source": "coast-digest-2021-03-03-raid"}, "not-captured", ""),
    ],
)
def test_a_passage_that_does_not_bear_the_fact_is_told(
    case: kit.Case, change: dict[str, str], verdict: str, carries: str
) -> None:
    told = proposed()
    told["rows"]["evidence"][0] |= change
    put(case, told)
    (one,) = proposals(case)
    assert (one.verdicts[0].verdict, one.verdicts[0].carries) == (verdict, carries)


def test_accepting_puts_all_rows_in_and_the_file_aside(case: kit.Case) -> None:
    told = proposed()
    told["rows"] |= {
        "actors": [{"id": "brokers", "kind": "group", "name": "The brokers"}],
        "participants": [{"event": BERTH, "actor": "brokers", "role": "searched"}],
        "metrics": [
            {
                "id": "boats-2021", "metric": "boats", "entity": "brokers", "value": 38, "unit": "boats", "period": "2021-05-04",
                "basis": "counted", "qualifier": "reported", "confidence": "medium",
            }
        ],
    }  # fmt: skip
    told["rows"]["evidence"].append({"record": "boats-2021", "source": RAID, "stance": "supports"})
    path = put(case, told)
    case.accept("berth")
    assert case.events.at[BERTH, "tags"] == ("raid",)
    assert case.metrics.at["boats-2021", "value"] == 38
    assert BERTH in case.evidence["record"].tolist()
    assert not path.exists()
    assert json.loads((path.parent / "accepted/berth.json").read_text()) == told
    assert case.inbox().empty
    undo(case)
    assert BERTH not in case.events.index


def test_what_the_tables_cannot_hold_is_told_and_refused_and_stays(case: kit.Case) -> None:
    told = proposed()
    told["rows"]["events"][0] |= {"date": "2021-13", "tags": ["rade"]}
    path = put(case, told)
    (one,) = proposals(case)
    assert any("'2021-13'" in problem for problem in one.problems)
    assert any("did you mean 'raid'?" in problem for problem in one.problems)
    before = tables(case)
    with pytest.raises(BadTable):
        case.accept("berth")
    assert path.exists()
    assert tables(case) == before


def test_an_id_that_was_taken_meanwhile_is_refused_by_field(case: kit.Case) -> None:
    path = put(case, proposed())
    assert proposals(case)[0].problems == ()
    put(case, proposed(), "same")
    case.accept("same")
    assert str(case.accept("berth")) == "nothing changed"
    told = proposed()
    told["rows"]["events"][0]["title"] = "Another title"
    path = put(case, told)
    with pytest.raises(Conflict, match="title: here 'Another title', there 'The office closes berth nine'"):
        case.accept("berth")
    assert path.exists()
    assert "title: here" in case.inbox()["problems"].iloc[0]


def test_a_file_that_changed_since_it_was_shown_is_looked_at_again(case: kit.Case) -> None:
    put(case, proposed())
    version = case.inbox()["version"].iloc[0]
    put(case, proposed(by="somebody else"))
    with pytest.raises(KitError, match="has changed since it was shown"):
        case.accept("berth", version=version)
    case.accept("berth", version=case.inbox()["version"].iloc[0])


def test_a_person_may_mend_the_rows(case: kit.Case) -> None:
    told = proposed()
    told["rows"]["events"][0]["date"] = "2021-13"
    put(case, told)
    rows = dict(proposals(case)[0].rows)
    rows["events"] = [{**rows["events"][0], "date": "2021-05-04"}]
    case.accept("berth", rows=rows)
    assert case.events.at[BERTH, "date"] == "2021-05-04"


def test_a_dropped_proposal_is_kept_beside_others_of_its_name(case: kit.Case) -> None:
    for who in ("one", "two"):
        put(case, proposed(by=who))
        case.drop("berth")
    kept = sorted((case.path / INBOX / "dropped").iterdir())
    assert [json.loads(path.read_text())["by"] for path in kept] == ["two", "one"]


def test_an_accepted_proposal_whose_file_stayed_is_not_doubled(
    case: kit.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(case, proposed())
    whole = os.replace

    def stopped(one: Path, other: Path) -> None:
        if Path(other).parent.name == "accepted":
            raise KeyboardInterrupt
        whole(one, other)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        case.accept("berth")
    monkeypatch.undo()
    assert BERTH in case.events.index
    case.accept("berth")
    assert case.events.index.tolist().count(BERTH) == 1
    assert case.inbox().empty


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("no json", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ('{"casebook": NaN}', "NaN is no number of JSON"),
        ("[1]", "is no proposal"),
        ({"casebook": "proposal/2", "by": "x", "rows": {}}, "is no proposal"),
        (proposed(by=" "), "by is blank"),
        (proposed(by=3), "no text"),
        (proposed(rows={}), "has no row"),
        (proposed(rows={"events": "x"}), "has no row"),
        (proposed(rows={"events": [3]}), "is no object of cells"),
        (proposed(rows={"event": [{}]}), "did you mean 'events'?"),
        (proposed(rows={"withheld": [{"term": "x", "why": "y"}]}), "cannot be proposed"),
        (proposed(rows={"events": [{"titel": "x"}]}), "did you mean 'title'?"),
        (proposed(rows={"events": [{"title": ["x"]}]}), "holds one value"),
        (proposed(rows={"events": [{"tags": [1]}]}), "no text"),
        (proposed(rows={"events": [{"title": {"a": 1}}]}), "no text, number or list"),
        (proposed(rows={"events": [{"title": True}]}), "no text, number or list"),
        (proposed(rows={"tags": [{"id": f"t{n}"} for n in range(51)]}), "more than 50"),
        (proposed(accept=True), "'accept' means nothing here"),
    ],
)  # fmt: skip
def test_what_is_no_proposal_is_told_by_name(case: kit.Case, told: object, wrong: str) -> None:
    put(case, told)
    before = tables(case)
    (one,) = proposals(case)
    assert any(wrong in problem for problem in one.problems), one.problems
    with pytest.raises(KitError):
        case.accept("berth")
    assert tables(case) == before
    case.drop("berth")
    assert case.inbox().empty


def linked(case: kit.Case, outside: Path) -> None:
    outside.write_text(json.dumps(proposed()))
    os.symlink(outside, case.path / INBOX / "berth.json")


def large(case: kit.Case, outside: Path) -> None:
    put(case, proposed(why="x" * 1_000_001))


@pytest.mark.parametrize("made", [linked, large])
def test_a_link_and_a_large_file_are_not_read(
    case: kit.Case, tmp_path: Path, made: Callable[[kit.Case, Path], None]
) -> None:
    (case.path / INBOX).mkdir()
    made(case, tmp_path / "outside.json")
    (one,) = proposals(case)
    assert one.problems
    assert not one.rows


@pytest.mark.parametrize("id", ["../manual/events", "/etc/passwd", "", ".", "a/b", "\x00", "berth.json"])
def test_an_id_is_never_a_path(case: kit.Case, id: str) -> None:
    put(case, proposed())
    for deed in (case.accept, case.drop):
        with pytest.raises(KitError, match="is not in the inbox"):
            deed(id)


def test_what_a_file_says_is_only_ever_text(case: kit.Case) -> None:
    told = proposed(by="\x1b[31mreader\u202e")
    told["rows"]["events"][0]["title"] = "<script>x</script>\x07 shuts"
    put(case, told)
    shown = CliRunner().invoke(main, ["--case", str(case.path), "inbox", "list", "berth"]).output
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "<script>" not in case.inbox()._repr_html_()
    case.accept("berth")
    assert case.events.at[BERTH, "title"] == "<script>x</script> shuts"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "events", "rows", "by", "why", "evidence"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON, JSON)
def test_any_json_is_told_or_shown(case_folder: Path, rows: object, by: object) -> None:
    case = kit.open(case_folder)
    put(case, {"casebook": "proposal/1", "by": by, "rows": rows})
    (one,) = proposals(case)
    assert one.problems or one.rows


def test_the_schema_is_that_of_the_tables_and_admits_the_example_of_the_docs(
    case: kit.Case, project: Path
) -> None:
    schema = inbox_schema(case)
    Draft202012Validator.check_schema(schema)
    rows = schema["properties"]["rows"]["properties"]
    assert "withheld" not in rows
    assert rows["events"]["items"]["properties"].keys() == set(case.schema["events"].names)
    checker = Draft202012Validator(schema)
    page = (project / "docs/inbox.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert list(checker.iter_errors(json.loads(example))) == []
    assert list(checker.iter_errors(proposed())) == []
    assert list(checker.iter_errors(proposed(rows={"events": [{"titel": "x"}]})))
    new = kit.example()
    put(new, json.loads(example))
    assert proposals(new)[0].problems == ()


def test_the_shell_lists_accepts_and_drops(case: kit.Case) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(main, ["--case", str(case.path), "inbox", *words])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.output

    put(case, proposed())
    put(case, proposed(by="other"), "again")
    assert "berth  by reader 1: 2 rows\n  passage exact, carries\n" in run("list")
    assert "events: id = 2021-05-04-berth" in run("list", "berth")
    assert "added to events" in run("accept", "berth")
    assert "lies in data/inbox/dropped/again.json" in run("drop", "again")
    assert run("list") == "0 proposals\n"
    assert json.loads(run("schema"))["properties"]["casebook"] == {"const": "proposal/1"}
    assert "is not in the inbox" in run("accept", "berth")


def test_every_table_that_may_be_proposed_is_described() -> None:
    rows = inbox_schema(kit.example())["properties"]["rows"]["properties"]
    assert rows.keys() == {name for name, table in TABLES.items() if not table.private}
