"""Which events fit what is asked for, and what the counts beside the tags promise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.desk.selection import Index, NotInCase, Selection

RAID, FINE = "2021-03-01-raid-harbour", "2021-06-fine-paid"


@pytest.fixture
def index(case_folder) -> Index:
    return Index(kit.open(case_folder))


@pytest.fixture(scope="module")
def whole(project) -> Index:
    """The project's own case."""
    return Index(kit.open(project))


def fitting(index: Index, **asked) -> list[str]:
    return index.events.loc[index.fits(Selection(**asked)), "id"].tolist()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [RAID, FINE]),
        ({"text": "PAPERS took"}, [RAID]),
        ({"text": "office"}, [RAID, FINE]),
        ({"text": "penalty"}, []),
        ({"text": "harbour office"}, [RAID]),
        ({"tags": ("fine",)}, [FINE]),
        ({"tags": ("fine", "raid")}, [RAID, FINE]),
        ({"actor": "police"}, [RAID]),
        ({"since": pd.Timestamp("2021-03-02")}, [FINE]),
        ({"since": pd.Timestamp("2021-06-30")}, [FINE]),
        ({"until": pd.Timestamp("2021-06-01")}, [RAID, FINE]),
        ({"since": pd.Timestamp("2021-03-01"), "until": pd.Timestamp("2021-03-01")}, [RAID]),
        ({"text": "office", "actor": "police", "tags": ("fine",)}, []),
    ],
)
def test_what_is_asked_for_is_found(index, asked, found):
    assert fitting(index, **asked) == found


def test_an_open_end_may_be_any_day(edit):
    folder = edit("events", lambda raw: raw.replace(b"2021-06~", b"2021-06/.."))
    assert fitting(Index(kit.open(folder)), since=pd.Timestamp("2030-01-01")) == [FINE]


@pytest.mark.parametrize(
    ("asked", "near"),
    [({"tags": ("fines",)}, "did you mean 'fine'"), ({"actor": "polise"}, "did you mean 'police'")],
)
def test_an_unknown_name_is_told_its_nearest(index, asked, near):
    with pytest.raises(NotInCase, match=near):
        index.fits(Selection(**asked))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_count_beside_a_tag_is_what_choosing_it_alone_in_its_facet_gives(whole, data):
    tags = tuple(data.draw(st.lists(st.sampled_from(sorted(whole.labels)), max_size=4, unique=True)))
    text = data.draw(st.sampled_from(["", "api", "openai"]))
    counts = whole.counts(Selection(text=text, tags=tags))
    tag = data.draw(st.sampled_from(sorted(whole.labels)))
    facet = next(name for name, its in whole.facets.items() if tag in its)
    others = tuple(each for each in tags if each not in whole.facets[facet])
    assert counts[tag] == int(whole.fits(Selection(text=text, tags=(*others, tag))).sum())


@settings(max_examples=40, deadline=None)
@given(st.dates(pd.Timestamp("1995-01-01").date(), pd.Timestamp("2030-01-01").date()))
def test_the_days_of_the_slider_miss_no_choice(whole, day):
    later = [each for each in whole.days if each >= pd.Timestamp(day)]
    asked = Selection(since=pd.Timestamp(day))
    if later:
        assert np.array_equal(whole.fits(asked), whole.fits(Selection(since=later[0])))


def test_words_of_a_closed_list_are_facets_too(index):
    counts = index.counts(Selection())
    assert index.facets["category"] == ["category=ruling", "category=search"]
    assert counts["category=search"] == 1
    assert fitting(index, tags=("category=search",)) == [RAID]
    assert fitting(index, tags=("category=search", "fine")) == []
