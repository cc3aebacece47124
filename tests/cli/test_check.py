"""`kit check` as it is run: what it prints, writes and ends with."""

from __future__ import annotations

import json
import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from support.rule_faults import FINE, POST, RAID, Harbour, blog

import kit
from kit.cli.main import main
from kit.evidence.checks import gate
from kit.evidence.passages.ledger import PASSAGE_LEDGER
from kit.evidence.provenance import detection


@pytest.fixture
def harbour(tmp_path):
    return Harbour(tmp_path / "harbour")


def kit_check(harbour: Harbour, *options: str, width: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(width)}).invoke(
        main, ["--case", str(harbour.folder), "check", *options]
    )


def test_a_sound_case_ends_well_and_says_how_many_passages_hold(harbour):
    done = kit_check(harbour, "--level", "notice", width=200)
    assert done.exit_code == 0
    assert "0 errors, 0 warnings, 0 notices open" in done.output
    assert (
        "passages: 8 hold, 0 do not, 0 are not captured; 8 were read in the captures here, 0 are as"
        in done.output
    )


def test_findings_stand_under_their_rule_with_place_and_remedy_and_no_colour(harbour):
    harbour.drop("evidence", record=FINE)
    blog(harbour, alone=False, fact=RAID)
    done = kit_check(harbour, width=200)
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0] == "error fact-without-evidence (1): A fact that no source carries is our word alone."
    assert lines[1].strip().split(maxsplit=2) == ["events.csv,", FINE, "no row of evidence.csv supports it"]
    assert lines[2].rstrip() == "  → add a row to evidence.csv, or remove the fact"
    assert "warning capture-missing (1)" in done.output
    assert "\x1b" not in done.output


def test_a_narrow_terminal_shows_everything_within_its_width(harbour):
    harbour.drop("evidence", record=FINE)
    done = kit_check(harbour, width=40)
    assert max(map(len, done.output.splitlines())) <= 40
    assert f"events.csv, {FINE}: no" in done.output


def test_a_long_list_is_cut_and_only_shows_it_whole(harbour):
    for number in range(12):
        harbour.passage("It was cold", f"in the year {number}")
    short, whole = kit_check(harbour), kit_check(harbour, "--only", "passage-not-found")
    assert "and 2 more: kit check --only passage-not-found" in short.output
    assert short.output.count("It was cold") == 10
    assert whole.output.count("It was cold") == 12
    assert whole.exit_code == 1


def test_only_takes_a_fact_too_and_names_the_nearest_where_there_is_none(harbour):
    harbour.drop("evidence", record=FINE)
    harbour.passage("The mayor resigned", "that night")
    assert "fact-without-evidence" in kit_check(harbour, "--only", FINE).output
    assert "passage-not-found" not in kit_check(harbour, "--only", FINE).output
    assert kit_check(harbour, "--only", POST).exit_code == 0
    wrong = kit_check(harbour, "--only", "passage-not-fond")
    assert wrong.exit_code == 1
    assert "did you mean 'passage-not-found'?" in wrong.stderr


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("notice", 1)])
def test_the_level_decides_what_ends_badly(harbour, level, status):
    blog(harbour, alone=False, fact=RAID)
    assert kit_check(harbour, "--level", level).exit_code == status


def test_what_a_page_says_is_shown_and_not_obeyed(harbour):
    harbour.change("sources", POST, title="x")
    harbour.passage("[bold]\x1b[31mred\u202e", "‮and so on " + "x" * 900)
    output = kit_check(harbour, width=300).output
    assert "[bold][31mred" in output
    assert not {"\x1b", "\u202e"} & set(output)
    assert max(map(len, output.splitlines())) < 800


def test_json_is_the_findings_and_the_passages(harbour):
    harbour.drop("evidence", record=FINE)
    harbour.renew()
    told = json.loads(kit_check(harbour, "--json").stdout)
    assert [finding["rule"] for finding in told["findings"]] == ["fact-without-evidence"]
    assert list(told["findings"][0]) == gate.FINDING_COLUMNS
    assert told["passages"] == {"hold": 7, "fail": 0, "not_captured": 0, "read_here": 7, "from_ledger": 0}


def test_where_no_capture_is_here_the_ledger_speaks_and_says_so(harbour):
    shutil.rmtree(harbour.folder / "data/captures")
    done = kit_check(harbour, width=200)
    assert (
        "passages: 8 hold, 0 do not, 0 are not captured; 0 were read in the captures here, 8 are as"
        in done.output
    )
    assert done.exit_code == 0
    assert not (harbour.folder / "data/captures").exists()


def test_renew_writes_the_ledger_and_says_what_changed(harbour):
    harbour.ledger(",exact,", ",altered,")
    before = (harbour.folder / PASSAGE_LEDGER).read_bytes()
    assert "ledger-stale" in kit_check(harbour).output
    assert (harbour.folder / PASSAGE_LEDGER).read_bytes() == before
    renewed = kit_check(harbour, "--renew")
    assert "data/processed/passages.csv: 8 verdicts; 1 row came, 1 went" in renewed.stderr
    assert "ledger-stale" not in renewed.output
    assert "nothing changed" in kit_check(harbour, "--renew").stderr


def test_tables_that_do_not_load_are_findings_beside_those_that_need_no_table(harbour):
    harbour.change("events", FINE, tags="fin", status="rumoured")
    harbour.prose(base="")
    done = kit_check(harbour, width=250)
    assert done.exit_code == 1
    assert f"events.csv, row 3 ({FINE})" in done.output
    assert "tag 'fin' is not in data/manual/tags.csv; did you mean 'fine'?" in done.output
    assert {"table-dangling", "table-vocabulary", "number-without-base"} <= {
        finding["rule"] for finding in json.loads(kit_check(harbour, "--json").stdout)["findings"]
    }
    assert "unjudged" not in done.output


@pytest.fixture
def damaged(harbour):
    """An error in a table, one in a passage, one waived, one in prose."""
    harbour.drop("evidence", record=FINE)
    harbour.passage("The mayor <resigned> & left", "that night")
    harbour.prose("It rained [@2021-03-01-raid-harbor].")
    blog(harbour, RAID, alone=False)
    harbour.waive("capture-missing", "harbour-blog-2021", "2999-01-01")
    harbour.renew()
    return harbour


def test_sarif_says_where_down_to_the_line(damaged, tmp_path):
    assert kit_check(damaged, "--sarif", str(tmp_path / "out.sarif")).exit_code == 1
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    assert [rule["id"] for rule in driver["rules"]] == list(gate.rules())
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    lines = {}
    for result in results:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["finding/v1"]) == 32
        (location,) = result["locations"]
        where = location["physicalLocation"]
        path = damaged.folder / where["artifactLocation"]["uri"]
        text = path.read_text(encoding="utf-8").splitlines()
        lines[result["ruleId"]] = text[where["region"]["startLine"] - 1]
    assert lines["fact-without-evidence"].startswith(f"{FINE},")
    assert "The mayor <resigned> & left" in lines["passage-not-found"]
    assert "It rained [@2021-03-01-raid-harbor]." in lines["mark-unknown"]
    (waived,) = [result for result in results if "suppressions" in result]
    assert waived["ruleId"] == "capture-missing"
    assert waived["suppressions"] == [
        {"kind": "external", "justification": "Jane Roe, 2021-06-01 until 2999-01-01: seen"}
    ]


def test_junit_counts_what_a_ci_server_counts(damaged, tmp_path):
    assert kit_check(damaged, "--junit", str(tmp_path / "out.xml")).exit_code == 1
    root = ElementTree.parse(tmp_path / "out.xml").getroot()
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == list(gate.rules())
    for suite in (root, *root):
        for name, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("skipped", "skipped"),
            ("errors", "error"),
        ):
            assert int(suite.get(name)) == len(suite.findall(f".//{tag}"))
    failed = {case.get("classname") for case in root.iter("testcase") if case.find("failure") is not None}
    assert failed == {"fact-without-evidence", "passage-not-found", "mark-unknown"}
    (failure,) = root.findall("testsuite[@name='passage-not-found']/testcase/failure")
    assert "“The mayor <resigned> & left … that night”" in failure.get("message")
    assert "look the words up" in failure.text
    (skipped,) = root.findall(".//skipped")
    assert skipped.get("message") == "waived: Jane Roe, 2021-06-01 until 2999-01-01: seen"
    assert all(case.get("name") and case.get("time") == "0" for case in root.iter("testcase"))


def test_the_same_case_gives_the_same_bytes(damaged, tmp_path):
    names = ("a.sarif", "a.xml"), ("b.sarif", "b.xml")
    for sarif, junit in names:
        kit_check(damaged, "--sarif", str(tmp_path / sarif), "--junit", str(tmp_path / junit))
    for one, other in zip(*names, strict=True):
        assert (tmp_path / one).read_bytes() == (tmp_path / other).read_bytes()


def test_lineage_proposes_with_reasons_and_says_what_is_known(harbour):
    done = CliRunner(env={"COLUMNS": "200"}).invoke(main, ["--case", str(harbour.folder), "lineage"])
    assert done.exit_code == 0, done.output
    assert f"coast-digest-2021-03-03-raid repeats {POST} (" in done.output
    assert "as in derived_from" in done.output
    assert done.output.splitlines()[-1] == "1 repetition proposed, 0 of them new"


def test_lineage_is_worked_out_once_for_the_same_pages_and_sources(harbour, monkeypatch):
    case = kit.open(harbour.folder)
    first = detection.propose_lineage(case)
    monkeypatch.setattr(detection, "find_repetitions", lambda *_: pytest.fail("was worked out again"))
    again = detection.propose_lineage(case)
    assert len(first)
    assert first.to_dict() == again.to_dict()
    (case.path / ".kit-cache/lineage.json").write_text('{"asked": "')
    with pytest.raises(pytest.fail.Exception, match="worked out again"):
        detection.propose_lineage(case)


def test_lineage_without_captures_says_what_it_needs(harbour):
    shutil.rmtree(harbour.folder / "data/captures")
    done = CliRunner().invoke(main, ["--case", str(harbour.folder), "lineage"])
    assert done.exit_code == 1
    assert "holds no page to read; keep some: kit keep" in done.stderr
