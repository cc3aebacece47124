"""Right of reply: who has not been heard, the letter to them, and a "did not answer" only where the log bears it out."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from support.notebook_files import write_notebook

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.evidence.checks import gate
from kit.evidence.replies import log_in_words, request_letter, unanswered, unheard_parties, unsupported_claims
from kit.factcheck.export import draft_letter, letter_docx
from kit.tables.schema import TABLES

RAID = "2021-03-01-raid-harbour"
REPLY = {
    "id": "reply-1",
    "record": RAID,
    "party": "harbour-office",
    "channel": "e-mail to the press office",
    "asked_on": "2021-03-02",
    "deadline": "2021-03-05",
    "answered_on": "not-applicable",
    "answer": "none",
}


@pytest.fixture
def alleged(case_folder: Path, edit) -> Path:
    """The case, in which the police allege what the office is said to have done."""
    return edit("events", lambda raw: raw.replace(b"reported,Harbour Post", b"alleged,Police"))


def log(folder: Path, *rows: dict[str, str]) -> None:
    with (folder / TABLES["replies"].path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES["replies"].names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_who_is_accused_and_not_heard_is_listed_and_who_says_so_is_not(alleged: Path) -> None:
    found = unheard_parties(kit.open(alleged))
    assert found[["record", "party", "status"]].values.tolist() == [[RAID, "harbour-office", "alleged"]]


def test_nothing_is_listed_where_nothing_is_alleged(case_folder: Path) -> None:
    assert unheard_parties(kit.open(case_folder)).empty


@pytest.mark.parametrize("record", [RAID, "harbour-brokers-2021"])
def test_an_asking_or_an_answer_on_the_event_or_its_case_is_enough(alleged: Path, record: str) -> None:
    log(alleged, REPLY | {"record": record})
    assert unheard_parties(kit.open(alleged)).empty


def test_those_who_only_watch_are_not_asked_and_the_accused_alone_are(alleged: Path, edit) -> None:
    edit("codebook", lambda raw: raw + b"role,,accused,When it is accused.\nrole,,regulator,When it is.\n")
    edit("participants", lambda raw: raw.replace(b"harbour-office,searched", b"harbour-office,regulator"))
    assert unheard_parties(kit.open(alleged)).empty
    edit("events", lambda raw: raw.replace(b"alleged,Police", b"alleged,a broker"))
    edit("participants", lambda raw: raw.replace(b"harbour-office,regulator", b"harbour-office,accused"))
    assert unheard_parties(kit.open(alleged))["party"].tolist() == ["harbour-office"]


def test_the_letter_has_each_allegation_its_basis_and_the_deadline(alleged: Path) -> None:
    made = request_letter(kit.open(alleged), "harbour-office", "2021-03-09")
    text = made.text()
    assert "To Harbour Office\n" in text
    assert "1. Police search the harbour office\n" in text
    assert "What we mean to report (1 March 2021): Officers took papers away." in text
    assert "Standing: alleged, according to Police." in text
    assert "- Jane Roe and John Doe, “Police Raid the Harbour Office,” Harbour Post" in text
    assert "Please answer by 9 March 2021." in text
    assert text.endswith("desk@harbourpost.example\n")
    document = Document(io.BytesIO(letter_docx(made)))
    assert [p.text for p in document.paragraphs] == [words for _, words in made.lines()]
    assert letter_docx(made) == letter_docx(made)


def test_claims_are_listed_by_who_made_them_and_whom_they_name_and_nobody_is_called_accused(
    case_folder: Path, edit
) -> None:
    found = unsupported_claims(kit.open(case_folder))
    assert found[["record", "party", "name", "why"]].values.tolist() == [
        ["digest-c01", "", "Coast Digest", "made"]
    ]
    edit(
        "claims", lambda raw: raw.replace(b"All papers were taken.", b"The Harbour Office burnt all papers.")
    )
    edit("actors", lambda raw: raw + b"the-digest,publication,The Coast  Digest,,\n")
    found = unsupported_claims(kit.open(case_folder))
    assert found[["record", "party", "why"]].values.tolist() == [
        ["digest-c01", "harbour-office", "named"], ["digest-c01", "the-digest", "made"],
    ]  # fmt: skip
    assert unheard_parties(kit.open(case_folder)).empty
    log(case_folder, REPLY | {"record": "digest-c01", "party": "the-digest"})
    assert unsupported_claims(kit.open(case_folder))["party"].tolist() == ["harbour-office"]
    edit("claims", lambda raw: raw.replace(b",unsupported,", b",supported,"))
    assert unsupported_claims(kit.open(case_folder)).empty


def test_a_claim_is_put_to_a_party_by_whose_account_and_with_our_verdict(case_folder: Path) -> None:
    case = kit.open(case_folder)
    text = request_letter(case, "harbour-office", "2021-03-09", ["digest-c01"]).text()
    assert "1. What Coast Digest writes\n" in text
    assert (
        "Coast Digest writes, in our words: All papers were taken. By what we read this is unsupported."
        in text
    )
    assert "Standing: a claim by Coast Digest, which we tested and call unsupported." in text
    assert "Coast Digest" in text.partition("It rests on:")[2]
    with pytest.raises(KitError, match="'digest-c1': is no claim; did you mean 'digest-c01'"):
        request_letter(case, "harbour-office", "2021-03-09", ["digest-c1"])
    with pytest.raises(KitError, match="is nobody whose answer is missing"):
        request_letter(case, "nobody", "2021-03-09", ["digest-c01"])


def settings(folder: Path, lines: str) -> None:
    path = folder / "data/case.toml"
    path.write_text(lines + path.read_text(encoding="utf-8"), encoding="utf-8")


def test_a_letter_has_the_newsrooms_head_and_is_signed(alleged: Path, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614600000")  # 1 March 2021
    (alleged / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><rect width="300" height="100"/></svg>'
    )
    settings(alleged, 'newsroom = "Coast Desk"\nbyline = "Ada Roe"\nlogo = "logo.svg"\n')
    word, plain = draft_letter(kit.open(alleged), "harbour-office", "2021-03-09")
    text = plain.read_text(encoding="utf-8")
    assert text.startswith("Coast Desk\ndesk@harbourpost.example\n1 March 2021\n\nRequest for comment: ")
    assert text.endswith("With kind regards\n\nAda Roe\nCoast Desk\ndesk@harbourpost.example\n")
    document = Document(word)
    (shape,) = document.inline_shapes
    assert shape.height.mm == pytest.approx(18, abs=0.1)
    assert shape.width.mm == pytest.approx(54, abs=0.5)
    assert document.paragraphs[1].text == "Coast Desk"
    before = word.read_bytes()
    draft_letter(kit.open(alleged), "harbour-office", "2021-03-09")
    assert word.read_bytes() == before


def test_a_letter_and_the_log_speak_the_language_of_the_case(alleged: Path) -> None:
    settings(alleged, 'language = "de"\n')
    made = request_letter(kit.open(alleged), "harbour-office", "2021-03-09")
    text = made.text()
    assert "Mit freundlichen Grüßen" in text
    assert "9. März 2021" in text
    for english in ("Request", "kind regards", "What we", "according to", "Standing"):
        assert english not in text
    assert Document(io.BytesIO(letter_docx(made))).core_properties.title.startswith("Bitte um Stellungnahme")
    log(alleged, REPLY)
    assert (
        log_in_words(kit.open(alleged))
        == "Das Verzeichnis der Antworten hat 1 Eintrag: Wir haben 1 Mal gefragt."
    )
    said = unanswered(kit.open(alleged), date(2021, 3, 6))["sentence"].tolist()
    assert said[0].startswith("Harbour Office wurde am 2. März 2021 (")


def test_a_letter_tells_nobody_whom_the_case_protects_but_themselves(alleged: Path, edit) -> None:
    head = b"id,kind,name,aliases,note\n"
    edit("actors", lambda raw: raw.replace(head, b"id,kind,name,aliases,note,alias\n").replace(
        b"\n", b",\n").replace(b"note,alias,\n", b"note,alias\n"))  # fmt: skip
    edit("actors", lambda raw: raw + b"wanda-quill,person,Wanda Quill,,,Witness A\n")
    edit("events", lambda raw: raw.replace(b"Officers took papers away.", b"Wanda Quill saw papers go."))
    text = request_letter(kit.open(alleged), "harbour-office", "2021-03-09").text()
    assert "Witness A saw papers go." in text
    assert "Quill" not in text
    edit("participants", lambda raw: raw.replace(b"harbour-office,searched", b"wanda-quill,searched"))
    text = request_letter(kit.open(alleged), "wanda-quill", "2021-03-09").text()
    assert "To Wanda Quill\n" in text


def reply_findings(folder: Path) -> list[str]:
    found = gate.check(kit.open(folder))
    return found.loc[found["rule"] == "reply-missing", "severity"].tolist()


def test_who_is_accused_in_print_and_was_not_asked_stops_the_public_edition_where_the_case_says_so(
    alleged: Path,
) -> None:
    write_notebook(alleged, "00-raid", ("md", f"# Raid\n\nPolice allege a search [@{RAID}]."))
    assert reply_findings(alleged) == ["warning"]
    settings(alleged, 'unheard = "error"\n')
    assert reply_findings(alleged) == ["error"]
    write_notebook(alleged, "00-raid", ("md", "# Raid\n\nPolice allege a search."))
    assert reply_findings(alleged) == ["warning"]
    log(alleged, REPLY)
    assert reply_findings(alleged) == []
    path = alleged / "data/case.toml"
    path.write_text(path.read_text().replace('unheard = "error"', 'unheard = "eror"'))
    assert reply_findings(alleged) == ["error"]


@pytest.mark.parametrize(("date", "written"), [
    ("2021-03-01?", "1 March 2021, not certain"), ("2021-03~", "about March 2021"), ("2021", "2021"),
    ("2021-03-01/2021-03-05", "2021-03-01/2021-03-05"),
])  # fmt: skip
def test_the_letter_writes_a_date_out_with_its_doubt(alleged: Path, edit, date: str, written: str) -> None:
    edit("events", lambda raw: raw.replace(b",2021-03-01,", f",{date},".encode()))
    text = request_letter(kit.open(alleged), "harbour-office", "2021-03-09").text()
    assert f"What we mean to report ({written}): " in text


@pytest.mark.parametrize(("party", "deadline", "wrong"), [
    ("harbour-ofice", "2021-03-09", "is nobody whose answer is missing; did you mean 'harbour-office'?"),
    ("harbour-office", "soon", "is not a date"),
    ("harbour-office", "2021-03", "'2021-03' is not one day"),
    ("harbour-office", "2021-03-09?", "'2021-03-09?' is not one day"),
])  # fmt: skip
def test_no_letter_without_a_party_and_a_day(alleged: Path, party: str, deadline: str, wrong: str) -> None:
    with pytest.raises(KitError) as refused:
        request_letter(kit.open(alleged), party, deadline)
    assert wrong in str(refused.value)


def test_did_not_answer_is_said_when_the_log_bears_it_out(alleged: Path) -> None:
    log(alleged, REPLY)
    found = unanswered(kit.open(alleged), date(2021, 3, 6))
    assert found["sentence"].tolist() == [
        "Harbour Office was asked on 2 March 2021 (e-mail to the press office) for an answer by 5 March 2021; "
        "none is noted in our log on 6 March 2021."
    ]


@pytest.mark.parametrize(("change", "on"), [
    ({}, date(2021, 3, 5)),
    ({"asked_on": "not-applicable"}, date(2021, 4, 1)),
    ({"asked_on": "unknown"}, date(2021, 4, 1)),
    ({"deadline": "not-recorded"}, date(2021, 4, 1)),
    ({"answered_on": "unknown", "answer": "It denied it."}, date(2021, 4, 1)),
    ({"answered_on": "not-recorded"}, date(2021, 4, 1)),
    ({"answered_on": "2021-03-04", "answer": "It denied it."}, date(2021, 4, 1)),
])  # fmt: skip
def test_did_not_answer_is_not_said_otherwise(alleged: Path, change: dict[str, str], on: date) -> None:
    log(alleged, REPLY | change)
    assert unanswered(kit.open(alleged), on).empty


def test_an_answer_logged_elsewhere_forbids_the_sentence(alleged: Path) -> None:
    said = REPLY | {"id": "reply-2", "asked_on": "not-applicable", "deadline": "not-applicable"}
    log(alleged, REPLY, said | {"answered_on": "2021-03-03", "answer": "It denied it."})
    assert unanswered(kit.open(alleged), date(2021, 4, 1)).empty


def test_the_log_is_told_for_what_it_is(alleged: Path) -> None:
    assert log_in_words(kit.open(alleged)).startswith("The log of replies is empty: we asked nobody")
    log(alleged, REPLY)
    assert log_in_words(kit.open(alleged)) == "The log of replies holds 1 entry: we asked 1 time."
    public = dict.fromkeys(("asked_on", "deadline"), "not-applicable") | {"answered_on": "2021-03-03"}
    log(alleged, REPLY | public)
    assert (
        log_in_words(kit.open(alleged))
        == "The log of replies holds 1 entry: all of them public statements. We asked nobody."
    )


def test_our_own_log_holds_public_statements_only(project: Path) -> None:
    case = kit.open(project)
    assert log_in_words(case).endswith("all of them public statements. We asked nobody.")
    assert case.replies["channel"].str.startswith("public statement").all()
    assert unanswered(case, date(2030, 1, 1)).empty


def shell(folder: Path, *words: str):
    return CliRunner().invoke(main, ["--case", str(folder), *words])


def test_the_command_lists_and_drafts(alleged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614600000")  # 1 March 2021
    told = shell(alleged, "replies")
    assert told.exit_code == 0
    assert "Harbour Office (harbour-office): not heard on 1" in told.output
    assert "The log of replies is empty" in told.output
    refused = shell(alleged, "replies", "--draft", "harbour-office")
    assert refused.exit_code == 2
    assert "a letter needs --deadline" in refused.output
    late = shell(alleged, "replies", "--draft", "harbour-office", "--deadline", "2021-03-01")
    assert "deadline: 2021-03-01 leaves no day to answer" in late.output
    assert not (alleged / "reports").exists()
    drafted = shell(alleged, "replies", "--draft", "harbour-office", "--deadline", "2021-03-09")
    assert drafted.exit_code == 0, drafted.output
    written = sorted(path.name for path in (alleged / "reports/replies").iterdir())
    assert written == ["harbour-office.docx", "harbour-office.txt"]
    assert "names no source who must not be named" in drafted.output
    assert "--claim goes with --draft" in shell(alleged, "replies", "--claim", "digest-c01").output


def test_the_page_on_fact_checks_runs_and_names_commands_that_exist(project: Path, monkeypatch) -> None:
    page = (project / "docs/fact-check.md").read_text(encoding="utf-8")
    monkeypatch.chdir(project)
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "docs/fact-check.md", "exec"), {})
    named = re.findall(r"`kit (\w+)((?: --?\w+)?)", page)
    assert {verb for verb, _ in named} == {"report", "check", "replies"}
    for verb, option in named:
        told = CliRunner().invoke(main, [verb, "--help"])
        assert option.strip() in told.output
