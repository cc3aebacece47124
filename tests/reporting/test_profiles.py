"""The pages on events and actors, the names that lead to them, and what a reader can search."""

from __future__ import annotations

import json

import pytest
from lxml import html
from support.books import book_of
from support.small_case import ROWS, write_rows

import kit
from kit.reporting.findings.sureness import Sureness
from kit.reporting.writers.html.names import NameLinks
from kit.reporting.writers.html.site import site_files
from kit.text.pandoc import nodes, run_pandoc, stringify

RAID, FINE = "2021-03-01-raid-harbour", "2021-06-fine-paid"
PROSE = (
    f"# Was it raided?\n\nPolice came to the Harbour Office, and the Harbour Office let them in [@{RAID}].\n\n"
    "## What went\n\nThe Harbour Office gave 38 boxes [@harbour-2021-boxes]. Not so the Harbour Offices."
)


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


@pytest.fixture
def site(case):
    return site_files(book_of(case, PROSE))


def links(page, way):
    return [(link.text_content(), link.get("href")) for link in html.fromstring(page).xpath(way)]


def test_what_is_cited_has_a_page_and_what_is_not_has_none(site):
    assert sorted(name for name in site if "/" in name) == [
        "actors/harbour-office.html",
        "actors/police.html",
        f"events/{RAID}.html",
    ]


def test_the_page_of_an_event_tells_what_happened_who_says_so_and_where_it_is_used(site):
    page = html.fromstring(site[f"events/{RAID}.html"]).find(".//main")
    told = " ".join(page.text_content().split())
    assert told.startswith(
        "Police search the harbour office 1 March 2021 · reported, according to Harbour Post"
    )
    assert "Harbour Post · Jane Roe · John Doe · 2 March 2021 · original reporting" in told
    assert "“Police searched the … on Monday morning”" in told
    found = [(link.text_content(), link.get("href")) for link in page.iter("a")]
    assert ("Harbour Office", "../actors/harbour-office.html") in found
    assert ("Was it raided?", "../00-raid.html") in found
    assert ("1", "../00-raid.html#fn1") in found


def test_the_page_of_an_actor_tells_its_events_its_numbers_and_where_it_is_used(site):
    page = html.fromstring(site["actors/police.html"]).find(".//main")
    found = [(link.text_content(), link.get("href")) for link in page.iter("a")]
    assert ("Police search the harbour office", f"../events/{RAID}.html") in found
    assert any(target == "../evidence.html#harbour-2021-boxes" for _, target in found)
    assert [target for _, target in found if "#fn" in target] == [
        "../00-raid.html#fn1",
        "../00-raid.html#fn2",
    ]


def test_a_name_leads_to_its_page_once_a_section_and_only_as_a_whole(site):
    named = links(site["00-raid.html"], "//main//a[@class='name'][not(ancestor::*[@role='doc-endnotes'])]")
    assert [target for text, target in named if text == "Harbour Office"] == [
        "actors/harbour-office.html"
    ] * 2


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Roe and Roe Line met Roe.", ["Roe", "Roe Line"]),
        ("Roe’s boat, Roes, Monroe.", ["Roe"]),
        ("roe eggs", []),
        ("# Roe\n\nRoe came.\n\n## More\n\nRoe left.", ["Roe", "Roe"]),
        ("[Roe](https://roe.example) rows.", []),
        ("`Roe` rows; **Roe** too.", ["Roe"]),
        ("(Roe\nLine)", ["Roe Line"]),
        ("- Roe\n- Roe\n\n| who |\n|---|\n| Roe |", ["Roe", "Roe"]),
        ("So[^1] it was.\n\n[^1]: Roe said.\n\nRoe rows.", ["Roe", "Roe"]),
    ],
)
def test_names_are_linked_in_text_alone(text, linked):
    blocks = json.loads(run_pandoc(text, "gfm+footnotes", "json"))["blocks"]
    made = NameLinks(
        {"Roe": "actors/roe.html", "Roe Line": "actors/roe-line.html", "Ed": "actors/ed.html"}
    ).linked(blocks)
    assert [stringify(n["c"][1]) for n in nodes(made, "Link") if n["c"][2][0].startswith("actors/")] == linked
    assert stringify(made) == stringify(blocks)


def test_a_name_of_two_actors_leads_nowhere(tmp_path):
    rows = {**ROWS, "actors": [{**row, "aliases": "The Office"} for row in ROWS["actors"]]}
    site = site_files(
        book_of(kit.open(write_rows(tmp_path / "harbour", rows)), PROSE + "\n\nThe Office paid.")
    )
    assert ">The Office</a>" not in site["00-raid.html"]


def test_a_note_says_first_who_says_so_as_what_kind_of_source(site):
    (note,) = html.fromstring(site["00-raid.html"]).xpath("//li[@id='fn1']")
    told = " ".join(note.text_content().split())
    assert told.startswith("Harbour Post · Jane Roe · John Doe · 2 March 2021 · original reporting Says so")
    assert ("More about it", f"events/{RAID}.html") in [
        (a.text_content(), a.get("href")) for a in note.iter("a")
    ]


def test_the_search_has_sections_events_actors_and_facts_and_nothing_else(site):
    (store,) = html.fromstring(site["search.html"]).xpath("//script[@id='index']")
    entries = {href: (title, where, words) for href, title, where, words in json.loads(store.text)}
    assert set(entries) == {
        "00-raid.html",
        "00-raid.html#what-went",
        "00-raid.html#sources",
        f"events/{RAID}.html",
        "actors/harbour-office.html",
        "actors/police.html",
        "evidence.html#harbour-2021-boxes",
    }
    title, where, words = entries["00-raid.html#what-went"]
    assert (title, where) == ("What went", "Was it raided?")
    assert words.startswith("The Harbour Office gave 38 boxes")
    assert "38 boxes" not in entries["00-raid.html"][2]


def test_what_would_end_the_search_or_its_page_stays_words(tmp_path):
    bad = "</script><script>alert(1)</script><!--"
    rows = {**ROWS, "events": [{**row, "title": bad, "summary": bad} for row in ROWS["events"]]}
    site = site_files(book_of(kit.open(write_rows(tmp_path / "harbour", rows)), PROSE))
    for name in (f"events/{RAID}.html", "search.html", "profiles.html"):
        assert "alert(1)" in site[name]
        assert not [
            s for s in html.fromstring(site[name]).iter("script") if (s.text or "").startswith("alert")
        ]
    (store,) = html.fromstring(site["search.html"]).xpath("//script[@id='index']")
    assert any(title == bad for _, title, _, _ in json.loads(store.text))


def grades(rows, tmp_path, *cited):
    case = kit.open(write_rows(tmp_path / "harbour", rows))
    return Sureness(case, case).grade(cited)


def test_a_finding_is_as_sure_as_what_it_cites(case_folder, tmp_path):
    assert grades(ROWS, tmp_path, RAID)[:2] == ("○○○", "open")
    case = kit.open(case_folder)
    kit.keep(
        case,
        "Police searched the office on Monday morning.",
        how="pasted",
        source="harbour-post-2021-03-02-raid",
    )
    case.check(renew=True)
    sure = Sureness(case, case)
    assert sure.grade([RAID]) == (
        "●●○",
        "sound",
        "The fact it cites was found in a page we kept; it is known from one origin alone.",
    )
    assert sure.grade([RAID, FINE])[1] == "in part"
    sure.alone = set()
    assert sure.grade([RAID])[1] == "firm"
    sure.contested = {RAID}
    assert sure.grade([RAID])[1:] == (
        "in part",
        "The fact it cites was found in a page we kept; it is alleged, denied or disputed.",
    )
    assert sure.grade([])[1:] == ("not judged", "It cites no fact of its own.")
