"""Attribution in prose: each fault planted is caught, and its sound neighbours raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.prose_case import POST, RAID, by_text, codes, context_of

from kit.evidence.checks.rules import attribution, naming, wording
from kit.evidence.checks.rules.naming import titles_of
from kit.evidence.checks.rules.wording import strong_verbs
from kit.text.language import ENGLISH


def event(identity: str, status: str, attributed_to: str, **cells: str) -> tuple[str, dict[str, str]]:
    """A row of an event of that standing."""
    row = {"id": identity, "date": "2021-03-04", "category": "search", "title": "It happened", "summary": "So it did.",
        "status": status, "attributed_to": attributed_to, "confidence": "high"}  # fmt: skip
    return "events", row | cells


ALLEGED, DENIED, DISPUTED, SETTLED, PLANNED = (
    "gate-alleged",
    "gate-denied",
    "gate-disputed",
    "gate-settled",
    "quay-planned",
)
ROWS = (
    event(ALLEGED, "alleged", "Police; Harbour Post, unnamed sources"),
    event(DENIED, "denied", "Harbour Post"), event(DISPUTED, "disputed", "Ann Roe; denied by the Office"),
    event(SETTLED, "confirmed", "", summary="Ann Roe, its chief executive, closed the gate."),
    event(PLANNED, "confirmed", "", title="The office plans to build a quay"),
    *(("evidence", {"record": each, "source": POST, "stance": "supports"}) for each in (ALLEGED, DENIED, DISPUTED, PLANNED)),
    ("evidence", {"record": SETTLED, "source": POST, "stance": "supports", "start": "Roe refused to", "end": "open the gate"}),
    ("participants", {"event": ALLEGED, "actor": "police", "role": "searcher"}),
    ("actors", {"id": "ann-roe", "kind": "person", "name": "Ann Roe", "aliases": "", "note": ""}),
    ("actors", {"id": "ben-doe", "kind": "person", "name": "Ben Doe", "aliases": "Judge Doe", "note": ""}),
    ("actors", {"id": "cleo-vance", "kind": "person", "name": "Cleo Vance", "aliases": "", "note": "then its spokesperson"}),
    ("actors", {"id": "dario-quist", "kind": "person", "name": "Dario Quist", "aliases": "", "note": ""}),
)  # fmt: skip
FAULTS = (
    (f"The office sold the berths twice [@{ALLEGED}].", "alleged-as-fact"),
    (f"The berths were reportedly sold [@{ALLEGED}].", "alleged-as-fact"),
    (f"Reportedly the berths were sold, which the Office disputes [@{DENIED}].", "attributed-to-nobody"),
    (f"Ben Doe alleges that the berths were sold [@{ALLEGED}].", "speaker-not-theirs"),
    (f"According to the Quay Gazette the berths were sold [@{ALLEGED}].", "speaker-not-theirs"),
    (f"Nobody disputes that the gate was open, the Harbour Post says [@{DENIED}].", "denial-left-out"),
    ("Ben Doe bribed the clerk.", "accusation-unsupported"),
    ("Dario Quust left by the gate.", "name-differs"), ("Anton Quist left by the gate.", "name-differs"),
    (f"The office built a quay [@{PLANNED}].", "plan-as-done"),
    (f"The Police took the boxes from the gate [@{ALLEGED}].", "alleged-as-fact"),
    (f"They came [@{SETTLED}], and the office sold the berths [@{ALLEGED}].", "alleged-as-fact"),
    (f"| what |\n|---|\n| The berths were sold [@{ALLEGED}] |", "alleged-as-fact"),
    (f"Police searched the office [@{RAID}].", "reported-as-fact"),
    (f"The gate was open, but nobody came [@{DISPUTED}].", "reported-as-fact"),
    (f"The Harbour Post says that the gate was open [@{DENIED}].", "denial-left-out"),
    (f"By Ann Roe's account the gate was open [@{DISPUTED}]. It is made of iron.", "denial-left-out"),
    (f"The office stole the boxes [@{SETTLED}].", "accusation-unsupported"), (f"Roe admitted it [@{SETTLED}].", "verb-stronger"),
    (f"Roe lied about it [@{SETTLED}].", "accusation-unsupported"), (f"They spied on the quay [@{SETTLED}].", "accusation-unsupported"),
    (f"Roe confessed it [@{SETTLED}].", "verb-stronger"), (f"The Post revealed it [@{SETTLED}].", "verb-stronger"),
    (f"The Post claimed that it was open [@{SETTLED}].", "verb-stronger"), (f"This proved it [@{SETTLED}].", "verb-stronger"),
    (f"The office's spokesperson Ann Roe left [@{SETTLED}].", "title-differs"),
    ("Ann Roe, a founder of the office, left.", "title-differs"), ("Senator Doe left.", "title-differs"),
    ("Its president, Ann Roe, left.", "title-differs"), ("Cleo Vance, its director, left.", "title-differs"),
)  # fmt: skip
SOUND = (
    f"The Police allege that the berths were sold twice [@{ALLEGED}].", f"The berths were reportedly sold, say the Police [@{ALLEGED}].",
    f"According to the Police the berths were sold [@{ALLEGED}].", f"By the word of the Police, they were sold [@{ALLEGED}].",
    f"In the Harbour Post's telling the berths were sold [@{ALLEGED}].", f"Nobody has shown that they were sold [@{ALLEGED}].",
    f"The office wants to build a quay [@{PLANNED}].", f"No quay was built [@{PLANNED}].",
    f"Ben Doe denies that the berths were sold, as the Police allege [@{ALLEGED}].", "Ben Doe did not bribe the clerk.",
    "Dario Quist’s gate and Quists left.", "Mr Quist left by the gate.", "Judge Quist left by the gate.",
    f"A suit over the sale is open [@{ALLEGED}].", f"| what | Police say |\n|---|---|\n| berths | sold [@{ALLEGED}] |",
    f"Police searched the office, as the Harbour Post has it [@{RAID}].", f"A report tells of the search [@{RAID}].",
    f"The gate was closed [@{SETTLED}].", "The berths were sold.",
    f"The Harbour Post says that the gate was open, which the office denies [@{DENIED}].",
    f"By Ann Roe's account the gate was open [@{DISPUTED}]. The office contradicts her.",
    f"Roe says it was open, against the office's word [@{DISPUTED}].",
    f"Roe refused to open it [@{SETTLED}].", f"No page says that they stole it [@{SETTLED}].", f"It took the boxes [@{SETTLED}].",
    f"The Post wrote “they stole it” [@{SETTLED}].", f"The word *stole* is the Post's [@{SETTLED}].",
    f"The claims of the Post hold [@{SETTLED}].", f"It proves to be open [@{SETTLED}].", "It lies on the quay.",
    f"Ann Roe, its chief executive, left [@{SETTLED}].", "The office's CEO Ann Roe left.", "Judge Doe left, and Roe came.",
    "Its spokeswoman Cleo Vance left.", "Director Dario Quist left.", "Ann Roe told the president so.",
    "The president of the board and Ann Roe left.",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the rules on attribution find in each text: they stand in one notebook, a cell each."""
    rules = (*attribution.RULES, *wording.RULES, *naming.RULES)
    return by_text(rules, tmp_path_factory.mktemp("said"), [*dict(FAULTS), *SOUND], changed=ROWS)


@pytest.mark.parametrize(("text", "due"), FAULTS)
def test_a_planted_fault_is_caught(text: str, due: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [due]


@pytest.mark.parametrize("text", SOUND)
def test_sound_prose_raises_no_alarm(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


def test_a_strong_verb_in_an_events_text_is_shown_and_fails_nothing(tmp_path: Path) -> None:
    rows = (("events", {"id": RAID, "summary": "The office admitted it."}),)
    assert codes(wording.RULES, context_of(tmp_path, "Nothing.", changed=rows)) == ["verb-stronger"]
    quoted = (("events", {"id": RAID, "summary": "The Post writes “they admitted it”."}),)
    assert codes(wording.RULES, context_of(tmp_path, "Nothing.", changed=quoted)) == []
    (rule,) = (rule for rule in wording.RULES if rule.code == "verb-stronger")
    assert rule.severity == "notice"


def test_what_a_finding_says(tmp_path: Path) -> None:
    (finding,) = attribution.alleged_as_fact.findings(context_of(tmp_path, FAULTS[0][0], changed=ROWS))
    assert finding.record == ALLEGED
    assert (
        finding.found
        == "cites what is alleged by Police; Harbour Post, unnamed sources, and names nobody who says so"
    )


@pytest.mark.parametrize("strong", ENGLISH.prose.strong_verbs, ids=lambda strong: strong.plainer)
def test_every_strong_verb_has_its_reason_and_its_plainer_word(strong) -> None:
    assert strong.adds
    assert strong.plainer
    assert not any(strong.forms == other.forms for other in ENGLISH.prose.strong_verbs if other is not strong)


def test_the_plainer_words_are_not_strong_themselves() -> None:
    assert [strong_verbs(strong.plainer) for strong in ENGLISH.prose.strong_verbs] == [[]] * len(
        ENGLISH.prose.strong_verbs
    )


@pytest.mark.parametrize(("text", "titles"), [
    ("CEO Ann Roe left.", {"chief executive"}), ("Ann Roe, the firm's chief executive officer, left.", {"chief executive"}),
    ("Ann Roe, then its co-founder, left.", {"co-founder"}), ("The founder of Acme, Ann Roe, left.", {"founder"}),
    ("Chief communications officer Ann Roe left.", {"chief officer"}), ("Ann Roe left.", set()),
    ("Ann Roe's founder left.", set()), ("The founder met Ann Roe.", set()), ("Its vice president Ann Roe left.", {"vice president"}),
])  # fmt: skip
def test_titles_beside_a_name(text: str, titles: set[str]) -> None:
    assert titles_of("Ann Roe", text) == titles
