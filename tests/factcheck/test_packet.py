"""The packet as it is printed: every statement, what it rests on, its status; in three forms, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import time
import zipfile
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from nbformat.v4 import new_code_cell, new_output
from openpyxl import load_workbook
from support.packets import DAY, PROSE, W, edited, fill, paragraph, printed, ran, sent, text_of

import kit
from kit.evidence.passages.ledger import write_passages
from kit.evidence.passages.review import renew_passages
from kit.evidence.passages.verdict import Verdict
from kit.evidence.prose.statements import CHART_DATA, CHART_FACTS, VEGALITE
from kit.factcheck.export import packet_html
from kit.factcheck.merge import import_packet
from kit.factcheck.model.facts import Proof
from kit.factcheck.writers.docx import packet_docx
from kit.factcheck.writers.xlsx import packet_xlsx
from kit.sources.keep import keep
from kit.tables.schema import TABLES


def test_every_statement_is_there_with_what_it_rests_on(case_folder: Path) -> None:
    entries = printed(case_folder).entries
    assert [entry.id for entry in entries] == ["s-0001", "s-0002", "s-0003", "s-0004", "s-0005"]
    raid, boxes, fine, told, again = entries
    assert raid.kinds == ("name", "date")
    assert raid.facts[0].origins == "One page, one original report."
    proof = raid.facts[0].proofs[0]
    assert (proof.passage, proof.verdict) == (
        "Police searched the … on Monday morning",
        "Not yet looked up in a capture.",
    )
    assert "#:~:text=Police%20searched%20the,on%20Monday%20morning" in proof.link
    assert str(boxes.numbers[0]) == "38: cell 2 computed boxes = 38 boxes (boxes counted by the paper)"
    assert boxes.rests_on == ("harbour-2021-boxes", "#boxes = 38 boxes")
    assert fine.facts[0].also == ("Harbour Post, 2021-03-02 (read in full)",)
    assert told.bare
    assert told.kinds == ("title", "date")
    assert (again.facts, again.again[0][1], again.bare) == ((), "s-0001", False)
    assert [entry.section for entry in entries] == ["What followed"] * 5


def test_the_gates_verdict_and_its_day_stand_beside_the_passage(case_folder: Path) -> None:
    row = kit.open(case_folder).evidence.query("record == '2021-03-01-raid-harbour'")
    verdict = Verdict(row.index[0], "altered", "harbour-a", 3, 20, "0" * 64, "reads 'office'")
    write_passages(case_folder, [verdict], on=DAY)
    proof = printed(case_folder).entries[0].facts[0].proofs[0]
    assert (proof.verdict, proof.holds) == ("The page has other words, 2021-07-01.", False)


def test_a_fact_that_no_source_carries_is_no_evidence_and_says_so_in_every_form(
    case_folder: Path, edit
) -> None:
    edit(
        "evidence",
        lambda raw: b"\n".join(r for r in raw.split(b"\n") if not r.startswith(b"2021-06-fine-paid,")),
    )
    packet = printed(case_folder)
    fine = packet.entries[2]
    assert (fine.facts[0].lacks, fine.facts[0].proofs, fine.bare) == (True, (), True)
    assert packet.summary.startswith("5 statements, 2 without evidence")
    word = zipfile.ZipFile(io.BytesIO(packet_docx(packet))).read("word/document.xml").decode()
    sheet = load_workbook(io.BytesIO(packet_xlsx(packet)))["Statements"]
    row = " ".join(str(cell.value) for cell in sheet[7])
    page = html.fromstring(packet_html(packet).decode()).xpath("//article[@id='s-0003']")[0]
    assert page.get("data-evidence") == "no"
    for told in (text_of(etree.fromstring(word.encode())), row, page.text_content()):
        assert "The text names a fact, and no source in our tables carries it." in " ".join(told.split())


def test_the_headline_of_a_chart_is_a_statement_that_rests_on_what_is_drawn(case_folder: Path) -> None:
    def drawing(data: str, headline: str = "Boxes were carried off in March") -> Any:
        made = ran()
        facts = {"headline": headline, "source": "Harbour Post", "alt": "A bar", "columns": ["day", data]}
        spec = {"datasets": {CHART_DATA: [{"day": "Monday", data: 38}]}}
        chart = new_output("display_data", {CHART_FACTS: facts, VEGALITE: spec, "text/plain": "chart"})
        made["cells"].append(new_code_cell("draw()", id="01-003", execution_count=2, outputs=[chart]))
        return made

    first = printed(case_folder, notebook=drawing("boxes"))
    entry = first.entries[-1]
    assert (entry.id, entry.text, entry.section) == (
        "s-0006",
        "Boxes were carried off in March",
        "What followed",
    )
    assert not entry.bare
    assert str(entry.drawn) == "Chart drawn by cell 3; its source line: Harbour Post"
    assert "headline of a chart" in packet_html(first).decode()
    for form in (packet_docx, packet_html, packet_xlsx):
        form(first)
    case = kit.open(case_folder)
    path = case_folder.parent / "fact-check.docx"
    path.write_bytes(packet_docx(first))
    import_packet(
        case, edited(path, lambda root: fill(root, "s-0006", "checked", by="Ann Roe", on="2021-07-02"))
    )
    assert printed(case_folder, notebook=drawing("boxes")).entries[-1].standing.status == "checked"
    other = printed(case_folder, notebook=drawing("papers")).entries[-1].standing
    assert other.status == "unchecked"
    assert "chart = " in other.changed


@pytest.mark.parametrize("form", [packet_docx, packet_html, packet_xlsx])
def test_the_same_packet_gives_the_same_bytes_at_any_second(case_folder: Path, form) -> None:
    packet = printed(case_folder)
    first = form(packet)
    time.sleep(2.1)  # ZIP files tell two seconds apart
    assert form(printed(case_folder)) == first


def test_a_packet_is_known_by_what_it_says(case_folder: Path) -> None:
    packet = printed(case_folder)
    assert packet.id == printed(case_folder).id
    assert packet.id != printed(case_folder, boxes=38.4).id
    assert packet.summary == "5 statements, 1 without evidence, 5 unchecked"


def test_the_word_file_has_a_control_for_each_status_a_bookmark_and_no_clock(case_folder: Path) -> None:
    with zipfile.ZipFile(sent(case_folder)) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
        about = parts.read("docProps/core.xml").decode()
        links = parts.read("word/_rels/document.xml.rels").decode()
        times = {entry.date_time for entry in parts.infolist()}
    line = paragraph(root, "s-0001", "Mark")
    tags = [tag.get(f"{W}val") for tag in line.iter(f"{W}tag")]
    assert tags == ["s-0001.status", "s-0001.by", "s-0001.on"]
    items = [item.get(f"{W}value") for item in line.iter(f"{W}listItem")]
    assert items == ["unchecked", "checked", "wrong", "needs-work"]
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    assert {f"s_000{number}" for number in range(1, 6)} <= marks
    assert "No evidence." in text_of(root)
    assert "2021-06~: The office pays a fine (confirmed)." in text_of(root)
    assert "Confidence" not in text_of(root)
    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert "python-docx" not in about
    assert "https://harbourpost.example/2021/03/02/raid#:~:text=" in links
    numbers = [control.get(f"{W}val") for control in root.iterfind(f".//{W}sdtPr/{W}id")]
    assert len(numbers) == len(set(numbers)) == 17


def test_the_page_asks_no_network_and_escapes_what_pages_say(case_folder: Path, edit) -> None:
    edit(
        "sources",
        lambda raw: raw.replace(b"Police raid the harbour office", b"<script>alert(1)</script> & raid"),
    )
    page = packet_html(printed(case_folder)).decode()
    tree = html.fromstring(page)
    assert "alert(1)" not in "".join(tree.xpath("//script/text()"))
    assert not tree.xpath("//*[@src] | //link | //img")
    assert "default-src 'none'" in page
    assert tree.xpath("//article/@id") == ["s-0001", "s-0002", "s-0003", "s-0004", "s-0005"]
    assert tree.xpath("//article[@data-evidence='no']/@id") == ["s-0004"]


def test_no_cell_of_the_spreadsheet_is_a_formula(case_folder: Path) -> None:
    prose = "=HYPERLINK(1) was found in March 2021 at the Harbour Office [@2021-03-01-raid-harbour]."
    book = load_workbook(io.BytesIO(packet_xlsx(printed(case_folder, prose=prose))))
    sheet = book["Statements"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert sheet["B5"].value.startswith("=HYPERLINK(1)")
    validation = sheet.data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula1) == ("C5", '"unchecked,checked,wrong,needs work"')
    assert book["packet"].sheet_state == "hidden"


def test_whole_passages_come_from_captures_and_into_internal_and_legal_packets_only(
    case_folder: Path,
) -> None:
    case = kit.open(case_folder)
    story = "Police searched the offices of the port\non Monday morning. The officers carried 38 boxes away."
    at = datetime(2021, 4, 1, tzinfo=UTC)
    keep(case, story, how="pasted", source="harbour-post-2021-03-02-raid", excerpt=True, clock=lambda: at)
    renew_passages(case, DAY)

    def proof(edition: str) -> Proof:
        return printed(case_folder, edition=edition).entries[0].facts[0].proofs[0]

    whole = "Police searched the offices of the port on Monday morning"
    ends = "Police searched the … on Monday morning"
    assert [proof(edition).passage for edition in ("internal", "legal", "public")] == [whole, whole, ends]
    assert (proof("public").verdict, proof("public").holds) == (
        "Found word for word, 2021-07-01. It carries the fact.",
        True,
    )
    shutil.rmtree(case_folder / "data/captures")
    assert proof("legal").passage == ends


def test_a_mark_is_printed_and_lapses_with_the_wording(case_folder: Path) -> None:
    path = sent(case_folder)

    def check(root):
        fill(root, "Whole packet", by="Ann Roe", on="2021-07-02")
        fill(root, "s-0002", "checked")

    import_packet(kit.open(case_folder), edited(path, check))
    standing = printed(case_folder).entries[1].standing
    assert (standing.status, standing.by, standing.on) == ("checked", "Ann Roe", "2021-07-02")
    changed = printed(
        case_folder, prose=PROSE.replace("[38](#=boxes) boxes", "[41](#=boxes) boxes"), boxes=41
    )
    entry = changed.entries[1]
    assert (entry.id, entry.standing.status) == ("s-0002", "unchecked")
    assert entry.standing.changed == "“38” became “41”; #boxes = 38 boxes is now 41 boxes"
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(packet_docx(changed))).read("word/document.xml"))
    assert "Changed since it was checked (Ann Roe, 2021-07-02): “38” became “41”" in text_of(document)


def test_characters_that_no_document_can_hold_are_left_out(case_folder: Path) -> None:
    path = case_folder / TABLES["evidence"].path
    path.write_text(path.read_text().replace("Police searched", "Police\x0b searched"))
    packet = printed(case_folder)
    etree.fromstring(zipfile.ZipFile(io.BytesIO(packet_docx(packet))).read("word/document.xml"))
    cells = load_workbook(io.BytesIO(packet_xlsx(packet)))["Statements"].iter_rows(values_only=True)
    assert any("searched the" in str(row).casefold() for row in cells)


def test_the_packets_own_data_is_in_the_file(case_folder: Path) -> None:
    with zipfile.ZipFile(sent(case_folder)) as parts:
        data = next(parts.read(n) for n in parts.namelist() if b"urn:casebook:packet" in parts.read(n))
    content = json.loads(etree.fromstring(data).text)
    assert content["case"] == "The harbour raid"
    assert content["statements"][1]["wording"] == "They carried 38 boxes away."


def test_nothing_but_its_own_script_runs_on_the_page_of_the_packet(case_folder):
    page = packet_html(printed(case_folder)).decode()
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'\"" in page
    assert " onclick=" not in page
