"""Who repeats whom, worked out from pages written for these tests."""

from __future__ import annotations

import importlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.evidence.provenance.credit import Newsroom, plain_address, publisher_names, web_addresses
from kit.evidence.provenance.detection import REPETITIONS, NoPage, find_repetitions
from kit.evidence.provenance.furniture import speaks_for_site
from kit.evidence.provenance.text_reuse import (
    corpus,
    impossible_days,
    longest_shared,
    rare_phrases,
    shared_mistakes,
    shared_runs,
    word_list,
)
from kit.text.edtf import date_columns

RAID = (
    "Officers took thirty-eight boxes of papers from the harbour office at dawn, while two clerks stood in the rain and "
    "watched the vans fill. The office said it would answer every question that the court might put to it. A spokesman "
    "added that no ship had been late on account of the search, and that the cranes had never stopped."
)
REPORT = "post-2021-03-02-raid"


def table(*rows: tuple[str, str, str, str, str, str, tuple[str, ...]]) -> pd.DataFrame:
    """Sources from (id, publisher, title, tier, issued, url, derived_from)."""
    columns = ["id", "publisher", "title", "tier", "issued", "url", "derived_from"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.join(date_columns(frame["issued"]))


SOURCES = table(
    (REPORT, "Harbour Post", "Police raid harbour office, carry away boxes", "original-reporting", "2021-03-02", "https://post.example/raid", ()),
    ("post-2019-05-01-ferry", "Harbour Post", "Ferry runs aground off the lighthouse", "original-reporting", "2019-05-01", "https://post.example/ferry", ()),
    ("office-2021-03-02-notice", "Harbour Office", "Notice on the search of the office", "primary", "2021-03-02", "https://office.example/notice", ()),
    ("digest-a", "Digest A", "Harbour searched", "aggregator", "2021-03-03", "", (REPORT,)),
    ("digest-b", "Digest B", "Boxes gone", "aggregator", "2021-03-04", "", ("digest-a",)),
    ("digest-c", "Digest C", "What the clerks saw", "aggregator", "2021-03-05", "", ()),
    ("weather", "Weather", "Rain over the coast", "secondary", "2021-03-05", "", ()),
)  # fmt: skip


def pages(**texts: str) -> pd.DataFrame:
    """Pages by id, with hyphens written as underscores."""
    return pd.DataFrame({"id": [name.replace("_", "-") for name in texts], "text": list(texts.values())})


def kinds(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row.source, row.parent): row.kind for row in frame.itertuples()}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("See http://[ and https://post.example/raid.", "link"),
        ("Papers were seized, Harbour Post reported. Police raid on an office.", "credit"),
        ("Boxes carried away by police, a clerk told the Harbour Post.", "credit"),
        ("Police carried boxes out of the office. Harbour Post has more.", "mention"),
        ("See https://www.post.example/raid/?utm_source=x.", "link"),
        ("Police raid the harbour office and carry boxes away.", "story"),
    ],
)
def test_each_sign_of_repeating_is_told_apart(text, kind):
    assert kinds(find_repetitions(pages(digest_a=text), SOURCES)) == {("digest-a", REPORT): kind}


def test_a_link_in_the_page_counts_as_one_in_its_text():
    page = pages(digest_a="Nothing named.").assign(links=[("https://post.example/raid#top",)])
    edge = find_repetitions(page, SOURCES).iloc[0]
    assert (edge["kind"], edge["reasons"]) == ("link", ("leads to post.example/raid",))


@pytest.mark.parametrize(
    "text",
    [
        "It rained on the coast.",
        "The Harbour Postman told us so.",  # another name
        "Harbour Post reported on something else entirely.",  # credited, but which report?
        "Police spoke to Harbour Office about boxes.",  # spoken to, not repeated
    ],
)
def test_what_is_no_repetition_gives_no_edge(text):
    assert find_repetitions(pages(weather=text), SOURCES).empty


def test_a_page_repeats_nothing_that_came_after_it():
    early = SOURCES.assign(
        issued_latest=SOURCES["issued_latest"].where(SOURCES["id"] != "digest-a", pd.Timestamp("2021-02-01"))
    )
    early = early.assign(
        issued_earliest=early["issued_earliest"].where(early["id"] != "digest-a", pd.Timestamp("2021-02-01"))
    )
    assert find_repetitions(pages(digest_a="Police raid harbour office, reported Harbour Post."), early).empty


def test_a_copy_repeats_the_earlier_text_even_without_a_word_of_credit():
    copied = find_repetitions(pages(digest_b=RAID + " So we hear.", digest_a=RAID), SOURCES)
    edge = copied[copied["kind"] == "reuse"].iloc[0]
    assert (edge["source"], edge["parent"]) == ("digest-b", "digest-a")
    assert edge["reasons"][0].startswith("100% of the shorter text is in both, such as “Officers took")
    assert len(edge["reasons"][0].split("“")[1].split()) <= 8


def test_kin_inherit_the_source_of_those_whose_phrases_they_share():
    both = "two clerks stood in the rain and watched the vans fill"
    shared = find_repetitions(
        pages(
            digest_a=f"Harbour Post reported: police raid office, boxes; {both}. The cranes never stopped, we hear.",
            digest_c=f"Ah, {both}, while far away the lighthouse keeper, who knew nothing of all this, slept on.",
        ),
        SOURCES,
    )
    assert kinds(shared)["digest-c", REPORT] == "kin"
    assert "digest-a, which repeats it" in shared.set_index("source").loc["digest-c", "reasons"][0]


def test_the_same_impossible_day_makes_kin():
    texts = {
        "digest_a": "Harbour Post reported a police raid, boxes and all, on Tuesday (March 1).",
        "digest_c": "Tuesday, March 1, 2021 it was.",
    }
    assert (
        "impossible day (Tuesday 2021-03-01)"
        in find_repetitions(pages(**texts), SOURCES).set_index("source").loc["digest-c", "reasons"][0]
    )


def test_reasons_stand_surest_first():
    text = "Police raid harbour office, carry away boxes, reported Harbour Post: https://post.example/raid"
    edge = find_repetitions(pages(digest_a=text), SOURCES).iloc[0]
    assert edge["kind"] == "link"
    assert [reason.split()[0] for reason in edge["reasons"]] == ["leads", "says", "tells"]


def test_a_page_without_a_row_in_sources_is_refused():
    with pytest.raises(NoPage, match="'stray'"):
        find_repetitions(pages(stray="x"), SOURCES)


def test_no_pages_no_edges():
    assert find_repetitions(pages(), SOURCES).empty


def test_agreement_with_the_hand_made_lineage_is_counted_by_kind(project, monkeypatch):
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    against_hand = importlib.import_module("lineage").against_hand
    page = pages(digest_a="Harbour Post reported: police raid office, boxes.", digest_b="Police raid harbour office, carry away boxes, said Harbour Post.", digest_c="At the harbour office a raid: boxes, the police carry them away.")  # fmt: skip
    edges = find_repetitions(page, SOURCES)
    rows = against_hand(edges, SOURCES, page).set_index("kind")
    assert list(rows.index) == [*REPETITIONS, "all"]
    assert rows.loc["all", ["edges", "new", "right"]].tolist() == [3, 1, 2]
    assert rows.loc["all", "precision"] == 1
    assert rows.loc["all", "recall"] == 0.5, (
        "of digest-b, the table names digest-a, which the page does not betray"
    )


def test_names_addresses_and_words():
    assert publisher_names("Reuters (copy at x)") == ("Reuters",)
    assert publisher_names("Financial Times via The Irish Times") == ("Financial Times",)
    assert plain_address("http://Post.example/raid/") == plain_address("https://www.post.example/raid?x=1#y")
    assert web_addresses("no address") == []
    assert word_list("Ｗas 访问 cut-off") == ["ｗas", "访", "问", "cut", "off"]


def test_the_front_page_of_a_site_is_no_source():
    sources = SOURCES.assign(url="https://post.example/")
    assert list(Newsroom(sources).linked(["https://post.example/"])) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), max_size=25), st.lists(st.sampled_from("abcdefgh"), max_size=25))
def test_the_longest_shared_run_is_the_longest(one, other):
    got = word_list(longest_shared(" ".join(one), " ".join(other), most=99))
    runs = {tuple(one[a:b]) for a in range(len(one)) for b in range(a + 1, len(one) + 1)}
    theirs = {tuple(other[a:b]) for a in range(len(other)) for b in range(a + 1, len(other) + 1)}
    assert len(got) == max((len(run) for run in runs & theirs), default=0)
    assert not got or tuple(got) in theirs


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=0, max_size=30).map(" ".join), max_size=8))
def test_shared_phrases_are_those_of_comparing_every_pair(texts):
    got = {(r.one, r.other): r.shared for r in rare_phrases(corpus(texts), least=1).itertuples()}
    sets = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in map(word_list, texts)]
    wanted = {(a, b): len(sets[a] & sets[b]) for b in range(len(sets)) for a in range(b) if sets[a] & sets[b]}
    assert got == wanted


def test_copies_are_found_by_banding_as_by_comparing_every_pair():
    chance = np.random.default_rng(7)
    texts = [" ".join(f"w{n}" for n in chance.integers(0, 5000, 200)) for _ in range(60)]
    texts += [
        " ".join([*text.split()[: 100 + 2 * i], *(f"x{i}y{n}" for n in range(40))])
        for i, text in enumerate(texts[:40])
    ]
    got = shared_runs(corpus(texts), np.arange(len(texts)), least=0.5)
    assert set(zip(got["one"], got["other"], strict=True)) == {(i, 60 + i) for i in range(40)}
    assert got.equals(shared_runs(corpus(texts), np.arange(len(texts)), least=0.5))


def test_impossible_days_are_those_the_calendar_denies():
    assert impossible_days("Tuesday, 2 August 2025, and Friday, August 1", 2025) == {
        ("Tuesday", "2025-08-02")
    }
    assert impossible_days("Friday, June 31, 2025", 2025) == set()
    assert shared_mistakes(["Friday, August 1"], [2025]).empty


BOX = (
    "Sign up to our newsletter and have the news of the coast in your inbox before breakfast, with the best of the week.\n\n"
    "We use cookies to measure how our pages are read; you can change your choice at any time in the settings of this site.\n\n"
    "Jane Roe is a senior reporter at the Harbour Post. She has covered the port for eleven years.\n\n"
    "© 2021 Harbour Post. All rights reserved. Registered office: 1 Quay Street, company number 123456."
)
FERRY = "The ferry was four hours late on Monday because the ramp had frozen.\n\nSixty passengers waited in the hall."
FISH = "The fish market will close for repairs in June, the council decided.\n\nTraders may use the customs hall."


def found_in(*texts: str, publisher: str = "Harbour Post") -> pd.DataFrame:
    """What is found in pages of one publisher, told a day apart."""
    rows = [
        (f"page-{n}", publisher, f"Story {n}", "secondary", f"2021-03-0{n + 1}", "", ())
        for n in range(len(texts))
    ]
    page = pd.DataFrame({"id": [row[0] for row in rows], "text": texts})
    return find_repetitions(page, table(*rows))


def test_two_stories_of_a_site_are_no_kin_for_what_stands_under_both():
    assert found_in(f"{FERRY}\n\n{BOX}", f"{FISH}\n\n{BOX}").empty


def test_a_story_told_twice_on_a_site_is_still_found():
    edges = found_in(f"{FERRY}\n\n{BOX}", f"Ferry late.\n\n{FERRY}\n\n{BOX}")
    assert kinds(edges) == {("page-1", "page-0"): "reuse"}


def test_what_three_pages_of_a_site_have_is_the_sites_whatever_it_says():
    bell = "Ring the bell at the gate of our house by night or by day, and somebody will come down the stairs and listen to you."
    other = (
        "A pilot fell ill on the outer berth and was brought ashore by a tug that had come from the north."
    )
    assert found_in(*(f"{words}\n\n{bell}" for words in (FERRY, FISH, other))).empty


def test_a_foot_that_nobody_has_words_for_makes_no_kin_of_two_stories_with_paragraphs_of_their_own():
    foot = (
        "Napisz do nas, jeśli znasz tę sprawę, a my oddzwonimy jeszcze dziś wieczorem do każdego, kto zostawi swój numer w portierni. "
        * 3
    )
    one, other = (
        words.replace("\n\n", " And so it was said.\n\n").rstrip(".") + " by all who came."
        for words in (FERRY, FISH)
    )
    assert found_in(f"{one}\n\n{foot}", f"{other}\n\n{foot}").empty
    assert len(found_in(f"{one}\n\n{foot}", f"{one}\n\n{foot}")) == 1


def test_a_report_that_two_houses_print_is_found_beside_a_box_of_the_first():
    page = pd.DataFrame({"id": [REPORT, "digest-c"], "text": [f"{RAID}\n\n{BOX}", RAID]})
    assert ("digest-c", REPORT) in kinds(find_repetitions(page, SOURCES))


@pytest.mark.parametrize(
    "block", ["The council subpoenaed the newsletter's editor. " * 20, "The ramp froze on Monday."]
)
def test_what_is_told_is_no_furniture(block):
    assert not speaks_for_site(block)


@pytest.mark.parametrize(
    "block",
    [
        "Abonnieren Sie unseren Newsletter.",
        "Jane Roe ist Redakteurin der Hafenpost.",
        "Tous droits réservés.",
        "Suscríbete a nuestro boletín.",
    ],
)
def test_other_languages_have_boxes_too(block):
    assert speaks_for_site(block)
