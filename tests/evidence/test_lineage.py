"""Where a page has its story from, and how many independent origins a fact has."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.evidence.provenance.lineage import (
    STANDINGS,
    BadLineage,
    UnknownFact,
    fact_origins,
    independence,
    lineage,
    lineage_edges,
    lineage_sentence,
    supporting_pages,
)

RAID = "2021-03-01-raid-harbour"


def sources(*rows: tuple[str, str, str, tuple[str, ...]]) -> pd.DataFrame:
    """Sources from (id, tier, read, derived_from); each its own publisher."""
    frame = pd.DataFrame(rows, columns=["id", "tier", "read", "derived_from"])
    return frame.assign(publisher=frame["id"].str.title())


STORY = sources(
    ("post", "original-reporting", "full", ()),
    ("court", "primary", "excerpt", ()),
    ("digest", "aggregator", "excerpt", ("post",)),
    ("echo", "original-reporting", "relay", ("digest",)),
    ("both", "secondary", "no", ("court", "echo")),
    ("blog", "secondary", "excerpt", ()),
    ("chain", "aggregator", "excerpt", ("blog",)),
)


def test_each_page_is_followed_to_where_its_story_begins():
    found = lineage(STORY).set_index("id")
    assert found["depth"].to_dict() == {
        "post": 0,
        "court": 0,
        "digest": 1,
        "echo": 2,
        "both": 3,
        "blog": 0,
        "chain": 1,
    }
    assert found.loc["both", "origins"] == ("court", "post")
    assert found["standing"].tolist() == [
        "original",
        "original",
        "repeats",
        "adds",
        "repeats",
        "unknown",
        "repeats",
    ]
    assert set(found["standing"]) == set(STANDINGS)


def test_a_page_that_repeats_an_untraced_one_has_no_known_origin():
    chain = lineage(STORY).set_index("id").loc["chain"]
    assert chain["roots"] == ("blog",)
    assert chain["origins"] == ()


def test_edges_are_one_a_repetition():
    assert lineage_edges(STORY).values.tolist() == [
        ["digest", "post"],
        ["echo", "digest"],
        ["both", "court"],
        ["both", "echo"],
        ["chain", "blog"],
    ]


def test_every_lost_parent_is_named_at_once():
    with pytest.raises(BadLineage) as raised:
        lineage(STORY[STORY["id"].isin(["digest", "chain"])])
    assert "'post'" in str(raised.value)
    assert "'blog'" in str(raised.value)
    assert "then filter" in str(raised.value)


def test_a_circle_is_named_in_the_order_of_repeating():
    with pytest.raises(BadLineage, match=r"circle: (a repeats b repeats a|b repeats a repeats b)"):
        lineage(sources(("a", "aggregator", "full", ("b",)), ("b", "aggregator", "full", ("a",))))


@given(
    st.lists(st.tuples(st.sampled_from(["primary", "secondary"]), st.sets(st.integers(0, 30))), max_size=25)
)
def test_ways_end_at_sources_that_repeat_nobody(drawn):
    rows = [
        (f"s{i}", tier, "full", tuple(f"s{j}" for j in sorted(up) if j < i))
        for i, (tier, up) in enumerate(drawn)
    ]
    found = lineage(sources(*rows)).set_index("id")
    for page in found.itertuples():
        assert page.roots
        assert all(not found.loc[root, "parents"] for root in page.roots)
        assert all(found.loc[parent, "depth"] < page.depth for parent in page.parents)
        assert set(page.origins) == {root for root in page.roots if found.loc[root, "tier"] == "primary"}


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ([], "No page."),
        (["post"], "One page, one original report."),
        (["digest"], "One page, one original report."),
        (["court"], "One page, one original source."),
        (["blog", "chain"], "Two pages, no original found; where two have it from is not known."),
        (
            ["post", "digest", "echo"],
            "Three pages, one original report; one adds a statement of its own. "
            "Of the rest, one was known only through other pages.",
        ),
        (["both"], "One page, two original sources. One was not read."),
    ],
)
def test_the_sentence_counts_what_is_there(ids, said):
    found = lineage(STORY)
    assert lineage_sentence(found[found["id"].isin(ids)], STORY) == said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("relay", "One page, one original report, itself known only through pages that repeat it."),
        ("no", "One page, one original report, itself not read."),
    ],
)
def test_an_original_that_nobody_read_is_said_to_be_so(read, said):
    table = sources(("post", "original-reporting", read, ()), ("digest", "aggregator", "full", ("post",)))
    assert lineage_sentence(lineage(table).iloc[1:], table) == said


def test_several_originals_of_one_publisher_are_not_passed_off_as_independent():
    table = sources(*((f"p{i}", "primary", "no", ()) for i in range(3))).assign(publisher="Post")
    said = lineage_sentence(lineage(table), table)
    assert said.startswith("Three pages, three original sources from one publisher, none of them seen by us.")


def test_a_fact_has_the_origins_of_its_supporting_sources(case_folder, edit):
    row = f"{RAID},,coast-digest-2021-03-03-raid,supports,,,,,,\n".encode()
    edit(
        "evidence",
        lambda raw: raw.replace(
            b"stance,says,start,end,prefix,suffix,locator\n",
            b"stance,says,start,end,prefix,suffix,locator\n" + row,
        ),
    )
    case = kit.open(case_folder)
    found = fact_origins(case, RAID)
    assert found["origin"].tolist() == ["harbour-post-2021-03-02-raid"]
    assert found["pages"].tolist() == [2]
    assert lineage_sentence(supporting_pages(case, RAID), case.sources) == "Two pages, one original report."
    assert independence(case).set_index("record").loc[RAID, ["pages", "origins"]].tolist() == [
        2,
        (found["origin"][0],),
    ]


def test_a_source_that_disputes_a_fact_is_no_origin_of_it(case_folder, edit):
    edit("evidence", lambda raw: raw.replace(b"supports", b"disputes"))
    case = kit.open(case_folder)
    assert fact_origins(case, RAID).empty
    assert lineage_sentence(supporting_pages(case, RAID), case.sources) == "No page."
    none = independence(case)
    assert (none["pages"] == 0).all()
    assert none["record"].tolist()[:2] == case.events.index.tolist()


def test_a_page_that_adds_stands_beside_what_it_repeats(case_folder, edit):
    edit(
        "evidence", lambda raw: raw.replace(b"harbour-post-2021-03-02-raid", b"coast-digest-2021-03-03-raid")
    )
    edit("sources", lambda raw: raw.replace(b"aggregator", b"original-reporting"))
    found = fact_origins(kit.open(case_folder), RAID).set_index("origin")
    assert found["standing"].to_dict() == {
        "coast-digest-2021-03-03-raid": "adds",
        "harbour-post-2021-03-02-raid": "original",
    }


def test_an_unknown_fact_is_told_its_nearest(case_folder):
    with pytest.raises(UnknownFact, match=f"did you mean '{RAID}'"):
        fact_origins(kit.open(case_folder), "2021-03-01-raid-harbor")
