"""Why a fact is at risk: each reason planted beside a sound neighbour, the worst fact first, and none of it in public."""

from __future__ import annotations

import pandas as pd
import pytest
from support.rule_faults import (
    BOXES,
    CASE,
    CLAIM,
    FINE,
    MINUTES,
    PLANTED,
    POST,
    RAID,
    TODAY,
    Harbour,
    Planted,
)

from kit.case import open_case
from kit.evidence.checks import gate
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.risk import REASONS, RULE_REASONS, confidence, fact_states, risks
from kit.evidence.checks.rule import Finding

#: For each reason that the gate gives, the first rule that gives it.
OF_GATE = list(
    {
        RULE_REASONS[planted.rule]: planted for planted in reversed(PLANTED) if planted.rule in RULE_REASONS
    }.values()
)
#: Rules of the gate that are about no fact: about tables, sources, captures, waivers, our own sentences, numbers and marks, or about how
#: a passage that holds stands on its page.
NO_FACT = {
    "checked-wrong", "checked-needs-work", "remark-open",
    "passage-span", "passage-locator",
    "table-broken", "table-dangling", "table-duplicate", "table-vocabulary", "mark-unknown", "second-coding-outside",
    "source-unused", "passage-not-captured", "ledger-stale", "quotation-uncited", "number-not-recorded",
    "number-misprinted", "number-without-base", "number-typed", "title-differs", "name-differs", "language-unknown",
    "language-not-judged", "capture-altered", "capture-gone", "capture-instead", "capture-missing", "capture-unlisted", "link-gone", "words-copied",
    "quotation-long", "publish-no", "secret-printed", "notebook-older", "notebook-unread", "waiver-unknown", "waiver-expired", "waiver-idle", "unjudged",
}  # fmt: skip


def found(harbour: Harbour) -> pd.DataFrame:
    case = open_case(harbour.folder)
    return risks(case, gate.check(case, on=TODAY))


@pytest.mark.parametrize(
    ("verdict", "stance", "at_risk"),
    [
        ("contradicted", "disputes", False),
        ("unsupported", "disputes", False),
        ("partly-supported", "disputes", False),
        ("supported", "disputes", True),
        ("unverifiable", "disputes", True),
        ("contradicted", "supports", True),
        ("supported", "supports", False),
        ("contradicted", "context", False),
    ],
)
def test_a_claim_is_at_risk_where_a_source_speaks_against_what_we_found(harbour, verdict, stance, at_risk):
    harbour.change("claims", CLAIM, verdict=verdict)
    row = next(row for row in harbour.rows["evidence"] if row["record"] == CLAIM)
    row["stance"] = stance
    harbour.write()
    harbour.renew()
    assert ("opposed" in reasons(harbour, CLAIM)) == at_risk


def test_a_passage_that_disputes_a_claim_carries_our_finding_that_it_is_wrong(harbour):
    assert fact_states(open_case(harbour.folder))[CLAIM] == "checked"
    harbour.change("claims", CLAIM, verdict="supported")
    assert fact_states(open_case(harbour.folder))[CLAIM] == "none"


def reasons(harbour: Harbour, record: str) -> list[str]:
    rows = found(harbour)
    return rows.loc[rows["record"] == record, "reason"].unique().tolist()


@pytest.fixture
def harbour(tmp_path):
    return Harbour(tmp_path / "harbour")


def test_in_a_sound_case_nothing_is_at_risk(harbour):
    assert found(harbour).empty
    assert confidence(open_case(harbour.folder)).to_dict() == {
        RAID: "high", FINE: "medium", CASE: "high", BOXES: "high", CLAIM: "",
    }  # fmt: skip


def test_every_rule_of_the_gate_is_a_reason_or_is_about_no_fact():
    assert RULE_REASONS.keys() | NO_FACT == gate.rules().keys()
    assert not RULE_REASONS.keys() & NO_FACT
    assert set(RULE_REASONS.values()) <= set(REASONS)


@pytest.mark.parametrize("planted", OF_GATE, ids=lambda planted: planted.rule)
def test_what_the_gate_finds_of_a_fact_is_a_reason_and_its_neighbour_is_none(planted: Planted, tmp_path):
    damaged, neighbour = Harbour(tmp_path / "damaged"), Harbour(tmp_path / "neighbour")
    for harbour in (damaged, neighbour):
        harbour.change("actors", "harbour-office", kind="company")
        harbour.add("participants", event=FINE, actor="harbour-office", role="searched")
    planted.plant(damaged)
    planted.sound(neighbour)
    told, rows = by_rule(damaged, planted.rule)
    shown = rows[rows["reason"] == RULE_REASONS[planted.rule]]
    assert set(shown["record"]) == {finding.record for finding in told} != {""}
    assert shown["found"].str.endswith(tuple(finding.found for finding in told)).all()
    _, rows = by_rule(neighbour, planted.rule)
    assert set(rows["reason"]) <= {"contested", "opposed", "low", "not-kept", "unchecked"}


def by_rule(harbour: Harbour, rule: str) -> tuple[list[Finding], pd.DataFrame]:
    """What that rule of the gate finds, and the risks of the case with nothing but it."""
    case = open_case(harbour.folder)
    told = list(gate.rules()[rule].findings(CheckContext(case, TODAY)))
    rows = [(rule, finding.record, finding.found, "") for finding in told]
    return told, risks(case, pd.DataFrame(rows, columns=["rule", "record", "found", "waived"]))


@pytest.mark.parametrize("status", ["alleged", "disputed", "denied"])
def test_a_fact_that_is_not_settled_says_by_whose_account(harbour, status):
    harbour.change("events", FINE, status=status, attributed_to="the Harbour Post")
    rows = found(harbour)
    assert [FINE, "contested", f"{status}, according to the Harbour Post"] in rows.to_numpy().tolist()
    harbour.change("events", FINE, status="reported")
    assert "contested" not in reasons(harbour, FINE)


def test_a_source_that_disputes_a_fact_is_named_and_background_is_not(harbour):
    harbour.add("evidence", record=BOXES, source=MINUTES, stance="disputes", field="value", says="36 boxes")
    harbour.add("evidence", record=FINE, source=POST, stance="context")
    rows = found(harbour)
    assert [BOXES, "opposed", f"{MINUTES}, of value: 36 boxes"] in rows.to_numpy().tolist()
    assert reasons(harbour, FINE) == []


def test_low_confidence_is_a_reason_and_medium_is_none(harbour):
    harbour.change("events", RAID, confidence="low")
    assert reasons(harbour, RAID) == ["low"]
    assert reasons(harbour, FINE) == []


def test_what_was_not_found_in_a_capture_is_told_apart_from_what_was_never_kept(harbour):
    harbour.ledger(
        next(
            line
            for line in (harbour.folder / "data/processed/passages.csv").read_text().splitlines(True)
            if evidence_of(harbour, FINE) in line
        ),
        "",
    )
    assert reasons(harbour, FINE) == ["unchecked"]
    ledger = harbour.folder / "data/processed/captures.csv"
    ledger.write_text("".join(line for line in ledger.read_text().splitlines(True) if MINUTES not in line))
    assert reasons(harbour, FINE) == ["not-kept"]
    assert "not-kept" not in reasons(harbour, RAID)  # the Post's was kept


def evidence_of(harbour: Harbour, record: str) -> str:
    evidence = open_case(harbour.folder).evidence
    return str(evidence.index[evidence["record"] == record][0])


def test_only_named_parties_are_wronged_by_one_origin(harbour):
    (planted,) = [planted for planted in PLANTED if planted.rule == "fact-one-origin"]
    planted.plant(harbour)
    assert "one-origin" not in reasons(harbour, RAID)  # an office and the police
    harbour.change("actors", "police", kind="company")
    rows = found(harbour)
    (told,) = rows.loc[(rows["record"] == RAID) & (rows["reason"] == "one-origin"), "found"]
    assert told.startswith("about Police; 2 pages go back to")


def test_a_finding_that_was_set_aside_says_so(harbour):
    (planted,) = [planted for planted in PLANTED if planted.rule == "fact-aggregators-only"]
    planted.plant(harbour)
    harbour.waive("fact-aggregators-only", FINE, "2021-12-31")
    rows = found(harbour)
    (told,) = rows.loc[rows["reason"] == "aggregators", "found"]
    assert told.endswith("(set aside: Jane Roe, 2021-06-01 until 2021-12-31: seen)")


def test_the_fact_with_the_gravest_reason_comes_first_and_of_two_the_one_with_more(harbour):
    harbour.change("events", FINE, status="denied", attributed_to="the Harbour Post")
    harbour.change("events", RAID, status="alleged", attributed_to="Police", confidence="low")
    harbour.change("metrics", BOXES, confidence="low")
    harbour.change("claims", CLAIM, verdict="supported")
    rows = found(harbour)
    assert rows["record"].unique().tolist() == [RAID, FINE, CLAIM, BOXES]
    order = [list(REASONS).index(reason) for reason in rows.loc[rows["record"] == RAID, "reason"]]
    assert order == sorted(order)
