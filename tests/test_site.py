"""The pages of the report that need no browser to be judged: the evidence, what was checked, the captures' words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

import kit
from kit.evidence.captured import renew
from kit.evidence.state import checked, checked_counts
from kit.reporting.captured_page import pieces
from kit.reporting.chapter import make_book
from kit.reporting.datatable import SHOWN, data_html
from kit.reporting.pictures import Picture
from kit.reporting.site import rendered
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
    renew(case, date(2021, 5, 1))
    return case


def pages(case, edition):
    cell = new_markdown_cell(
        "# Raided?\n\nYes [@2021-03-01-raid-harbour], with [@harbour-2021-boxes], [@2021-06-fine-paid]."
    )
    path = case.path / "notebooks/00-raid.ipynb"
    return rendered(make_book(case, {path: new_notebook(cells=[cell])}, edition))


def test_a_fact_is_checked_once_a_passage_that_supports_it_is_found(case):
    assert checked(case)[["2021-03-01-raid-harbour", "2021-06-fine-paid"]].tolist() == ["checked", "none"]
    assert checked_counts(case) == {"checked": 2, "unchecked": 0, "none": 3}
    (case.path / "data/processed/passages.csv").unlink()
    assert checked_counts(case) == {"checked": 0, "unchecked": 2, "none": 3}


def test_a_passage_that_is_not_found_leaves_its_fact_unchecked(edit):
    folder = edit("evidence", lambda raw: raw.replace(b"officers carried 38", b"officers burned 38"))
    case = kit.open(folder)
    keep(
        case, STORY, how="pasted", source=RAID, excerpt=False, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC)
    )
    renew(case, date(2021, 5, 1))
    assert checked(case)["harbour-2021-boxes"] == "unchecked"


def test_the_evidence_has_a_row_for_each_source_of_a_cited_fact(case):
    made = pages(case, "public")
    page = made["evidence.html"]
    assert page.count("<tr id=") == 3
    assert "<td>exact</td><td>2021-05-01</td>" in page
    assert 'href="00-raid.html#fn2"' in page


def test_only_the_desk_reads_whole_captures(case):
    public, internal = pages(case, "public"), pages(case, "internal")
    assert not [name for name in public if name.startswith("captures/")]
    assert "Our capture" not in public["00-raid.html"]
    (name,) = [name for name in internal if name.startswith("captures/")]
    text = internal[name]
    assert "<mark>Police searched the &lt;b&gt;office&lt;/b&gt; &amp; left on Monday morning</mark>" in text
    assert "unaltered since we captured it on 2021-04-01" in text
    raid = case.evidence.set_index("record").loc["2021-03-01-raid-harbour", "id"]
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


def test_half_a_surrogate_pair_can_be_written():
    assert [piece.text for piece in pieces("a\ud800b", [(0, 2, "e")])] == ["a?", "b"]


def test_a_long_table_is_cut_on_the_page_and_whole_in_the_download():
    rows = "".join(f'"r{number}",{number}\n' for number in range(SHOWN + 5))
    made = data_html(Picture("figure-1", "svg", b"<svg/>", alt="x", data=f'"name","n"\n{rows}'), "00")
    assert made.count("<tr>") == SHOWN + 1
    assert f"The first {SHOWN} of {SHOWN + 5} rows" in made
    assert f"r{SHOWN + 4},{SHOWN + 4}%0A" in made
