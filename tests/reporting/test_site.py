"""The pages of the report that need no browser to be judged: the evidence, what was checked, the captures' words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import html
from nbformat.v4 import new_markdown_cell, new_notebook

import kit
from kit.charts import look
from kit.evidence.checks.gate import check
from kit.evidence.checks.risk import fact_states, state_counts
from kit.evidence.passages.review import renew_passages
from kit.evidence.prose.document import Document
from kit.reporting.book.book import make_book
from kit.reporting.book.captures import stretches
from kit.reporting.book.figures import Picture
from kit.reporting.book.risk import with_risk
from kit.reporting.writers.html.page import ROWS_SHOWN, data_html
from kit.reporting.writers.html.site import _asset, site_files
from kit.sources.keep import keep

RAID = "harbour-post-2021-03-02-raid"
STORY = "Police searched the <b>office</b> & left on Monday morning. The officers carried 38 boxes away."


@pytest.fixture
def case(case_folder):
    """The small case, a pasted story of it kept, its passages checked."""
    case = kit.open(case_folder)
    kept = keep(
        case, STORY, how="pasted", source=RAID, excerpt=True, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC)
    )
    assert kept.source == RAID
    renew_passages(case, date(2021, 5, 1))
    return case


def pages(case, edition):
    cell = new_markdown_cell(
        "# Raided?\n\nYes [@2021-03-01-raid-harbour], with [@harbour-2021-boxes], [@2021-06-fine-paid]."
    )
    path = case.path / "notebooks/00-raid.ipynb"
    return site_files(make_book(case, [Document(new_notebook(cells=[cell]), path)], edition))


def test_a_fact_is_checked_once_a_passage_that_supports_it_is_found(case):
    assert fact_states(case)[["2021-03-01-raid-harbour", "2021-06-fine-paid"]].tolist() == ["checked", "none"]
    assert state_counts(case) == {"checked": 2, "unchecked": 0, "none": 3}
    (case.path / "data/processed/passages.csv").unlink()
    assert state_counts(case) == {"checked": 0, "unchecked": 2, "none": 3}


def test_a_passage_that_is_not_found_leaves_its_fact_unchecked(edit):
    folder = edit("evidence", lambda raw: raw.replace(b"officers carried 38", b"officers burned 38"))
    case = kit.open(folder)
    keep(
        case, STORY, how="pasted", source=RAID, excerpt=False, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC)
    )
    renew_passages(case, date(2021, 5, 1))
    assert fact_states(case)["harbour-2021-boxes"] == "unchecked"


def test_the_evidence_has_a_row_for_each_source_of_a_cited_fact(case):
    made = pages(case, "public")
    page = made["evidence.html"]
    assert page.count("<tr id=") == 3
    assert '<td class="verdict">exact</td><td class="day">2021-05-01</td>' in page
    assert 'href="00-raid.html#fn2"' in page


def test_only_the_desk_reads_whole_captures(case):
    public, internal = pages(case, "public"), pages(case, "internal")
    assert not [name for name in public if name.startswith("captures/")]
    assert "Our capture" not in public["00-raid.html"]
    (name,) = [name for name in internal if name.startswith("captures/")]
    text = internal[name]
    assert "<mark>Police searched the &lt;b&gt;office&lt;/b&gt; &amp; left on Monday morning</mark>" in text
    assert "unaltered since we captured it on 2021-04-01" in text
    raid = case.table("evidence").set_index("record").loc["2021-03-01-raid-harbour", "id"]
    assert f'id="{raid}"' in text
    assert f'<a href="{name}#{raid}">Our capture</a>' in internal["00-raid.html"]
    assert f'href="{name}#{raid}"' in internal["evidence.html"]
    assert "not for publication" in internal["index.html"]


def test_a_ledger_of_other_words_leads_to_no_capture(case):
    ledger = case.path / "data/processed/passages.csv"
    row = next(line for line in ledger.read_text().splitlines() if ",exact," in line)
    digest = row.split(",")[4]
    ledger.write_text(ledger.read_text().replace(digest, "0" * 64))
    internal = pages(case, "internal")
    (name,) = [name for name in internal if name.startswith("captures/")]
    assert internal[name].count("<mark>") == 1


def legal(case):
    """The pages of the legal edition, with what the gate finds."""
    cell = new_markdown_cell(
        "# Raided?\n\nYes [@2021-03-01-raid-harbour], with [@harbour-2021-boxes], [@2021-06-fine-paid]; see [it](00-raid.ipynb)."
    )
    book = make_book(
        case, [Document(new_notebook(cells=[cell]), case.path / "notebooks/00-raid.ipynb")], "legal"
    )
    return site_files(with_risk(replace(book, findings=check(case, on=date(2021, 7, 1)))))


def test_the_legal_edition_says_how_sure_we_are_of_each_fact_and_what_puts_it_at_risk(edit):
    folder = edit(
        "events",
        lambda raw: raw.replace(b"reported,Harbour Post,high", b"alleged,Harbour Post,low"),
    )
    made = legal(kit.open(folder))
    risk = html.document_fromstring(made["risk.html"])
    rows = [row.text_content().split() for row in risk.xpath("//table[@class='stacked']/tbody/tr")]
    first = " ".join(rows[0])
    assert first.startswith("2021-03-01: Police search the harbour office in 00-raid low A party that")
    assert "alleged, according to Harbour Post" in first
    assert "Our own confidence in it is low" in first
    assert risk.xpath("//a[@href='evidence.html#2021-03-01-raid-harbour']")
    assert risk.xpath("//a[@href='00-raid.html']")
    (others,) = risk.xpath("//details[@class='folded']")  # the case and the claim, which no sentence cites
    assert {"fact-digest-c01", "fact-harbour-brokers-2021"} <= set(others.xpath(".//span/@id"))
    evidence = html.document_fromstring(made["evidence.html"])
    head = [cell.text for cell in evidence.xpath("//table[@id='evidence']/thead//th")]
    assert head[:3] == ["Fact", "Confidence", "Why at risk"]
    (row, *_) = evidence.xpath("//table[@id='evidence']/tbody/tr")
    assert [cell.text_content().strip() for cell in row][1:3] == [
        "low",
        "a party that it accuses has not been heard and 3 more",
    ]
    assert row.xpath(".//a[@href='risk.html#fact-2021-03-01-raid-harbour']")
    assert row.xpath("./th/@id")[0] == "2021-03-01-raid-harbour"
    assert 'href="risk.html"' in made["index.html"]
    assert 'href="00-raid.html">it</a>' in made["00-raid.html"]


def test_a_note_says_what_became_of_the_passage(case):
    made = legal(case)["00-raid.html"]
    assert "Holds: found word for word in our capture of 2021-04-01." in made
    ledger = case.path / "data/processed/passages.csv"
    whole = ledger.read_text()
    ledger.write_text(whole.replace(",exact,", ",altered,"))
    assert (
        "Does not hold: the page has other words (our capture of 2021-04-01)." in legal(case)["00-raid.html"]
    )
    ledger.write_text(whole.splitlines(True)[0])
    assert "Not checked: it has not been looked up in our capture yet." in legal(case)["00-raid.html"]
    (case.path / "data/processed/captures.csv").unlink()
    assert "Not checked: nothing of this source was captured." in legal(case)["00-raid.html"]


def test_the_public_is_told_what_was_checked_and_no_more(case):
    made = pages(case, "public")
    assert "Checked in our capture of 2021-04-01." in made["00-raid.html"]
    assert "Holds" not in made["00-raid.html"]
    assert "risk.html" not in made
    (case.path / "data/processed/passages.csv").unlink()
    assert "hecked" not in html.document_fromstring(pages(case, "public")["00-raid.html"]).text_content()


def test_every_ink_of_the_charts_reads_on_dark_as_well_as_on_light():
    """By the filter that the style sheet puts on drawings where the page is dark (Filter Effects 1, 14)."""
    (share,) = re.findall(r"invert\((\.\d+)\) hue-rotate\(180deg\)", _asset("style.css"))
    turn = (
        (-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856),
    )  # fmt: skip

    def dark(ink):
        channels = [float(share) + c * (1 - 2 * float(share)) for c in channels_of(ink)]
        return [min(1, max(0, sum(a * c for a, c in zip(row, channels, strict=True)))) for row in turn]

    for ink in (look.INK, look.MUTED, *look.PALETTE):
        light = contrast(channels_of(ink), channels_of(look.PAPER))
        assert contrast(dark(ink), dark(look.PAPER)) >= min(light, 4.5), ink


def channels_of(ink):
    return [int(ink[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def contrast(one, other):
    """The contrast of two colours, as WCAG 2.2 reckons it."""
    bright = [
        sum(
            part * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
            for part, c in zip((0.2126, 0.7152, 0.0722), colour, strict=True)
        )
        for colour in (one, other)
    ]
    return (max(bright) + 0.05) / (min(bright) + 0.05)


def test_half_a_surrogate_pair_can_be_written():
    assert [piece.text for piece in stretches("a\ud800b", [(0, 2, "e")])] == ["a?", "b"]


def test_a_long_table_is_cut_on_the_page_and_whole_in_the_download():
    rows = [[f"r{number}", number] for number in range(ROWS_SHOWN + 5)]
    made = data_html(Picture("figure-1", "svg", b"<svg/>", alt="x", columns=["name", "n"], rows=rows), "00")
    assert made.count("<tr>") == ROWS_SHOWN + 1
    assert f"The first {ROWS_SHOWN} of {ROWS_SHOWN + 5} rows" in made
    assert f"r{ROWS_SHOWN + 4},{ROWS_SHOWN + 4}%0A" in made
