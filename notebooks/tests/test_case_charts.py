"""The charts that only this investigation needs: what they show, what they refuse, and that outside text stays text."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest
from case_charts import precedent_matrix, word_ladder

import kit
from kit.text.edtf import date_columns

WORDS = {"headline": "A point is made", "source": "Harbour Post", "alt": "A picture of the point."}
HOSTILE = '<script>alert("x")</script> \x00 <img src=x onerror=alert(1)>'
CASES = pd.DataFrame(
    [
        ("ours", "Ours", "none", ("terms", "rival")),
        ("far", "Far", "weeks", ("privacy",)),
        ("near", "Near", "none", ("rival",)),
        ("dark", "Dark", "unknown", ("unknown",)),
    ],
    columns=["id", "title", "notice", "reasons"],
)


def matrix(
    cases: pd.DataFrame = CASES, like: str = "ours", variables=("notice", "reasons")
) -> kit.charts.Figure:
    return precedent_matrix(cases, variables=variables, like=like, **WORDS)


def ladder(pages: pd.DataFrame, steps: dict[int, str]) -> kit.charts.Figure:
    return word_ladder(pages.join(date_columns(pages["issued"])), steps=steps, **WORDS)


PAGES = pd.DataFrame(
    {
        "publisher": ["Post", "Digest", "Echo"],
        "words": ["a breach", "a breach", "theft"],
        "strength": [1, 1, 2],
        "issued": ["2025-08-01", "2025-08-01", "2025-08"],
    }
)


def texts(figure: kit.charts.Figure) -> list[str]:
    return [
        part.text or "" for part in ElementTree.fromstring(figure.svg()).iter() if part.tag.endswith("text")
    ]


def test_the_case_itself_comes_first_then_those_that_agree_most():
    assert matrix().data["id"].tolist() == ["ours", "near", "dark", "far"]
    assert matrix().data["agree"].tolist() == [2, 2, 0, 0]


def test_unknown_agrees_with_nothing_not_even_with_unknown():
    assert matrix(like="dark").data["agree"].tolist() == [0, 0, 0, 0]


def test_a_case_or_variable_that_is_not_there_and_too_many_variables_are_refused():
    with pytest.raises(kit.charts.NotDrawn, match="no case 'nobody'"):
        matrix(like="nobody")
    with pytest.raises(kit.charts.NotDrawn, match="lacks weather"):
        matrix(variables=["weather"])
    many = CASES.assign(**{f"v{i}": "x" for i in range(9)})
    assert matrix(many, variables=[f"v{i}" for i in range(8)])
    with pytest.raises(kit.charts.NotDrawn, match="9 variables"):
        matrix(many, variables=[f"v{i}" for i in range(9)])


def test_the_strongest_words_stand_on_top_and_pages_alike_share_a_mark():
    drawn = ladder(PAGES, {1: "breach of terms", 2: "theft"})
    assert drawn.data["step"].tolist() == ["breach of terms", "breach of terms", "theft"]
    shown = texts(drawn)
    assert shown.index("Theft") < shown.index("breach of terms")
    assert any("Post and Digest" in text for text in shown)


def test_words_without_a_rung_and_pages_without_a_day_are_refused():
    with pytest.raises(kit.charts.NotDrawn, match="strength 2 is not among the steps"):
        ladder(PAGES, {1: "breach"})
    with pytest.raises(kit.charts.NotDrawn, match="no date with both ends"):
        ladder(PAGES.assign(issued=""), {1: "breach", 2: "theft"})


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: matrix(CASES.assign(title=HOSTILE, notice=HOSTILE)),
        lambda: ladder(PAGES.assign(words=HOSTILE, publisher=HOSTILE), {1: HOSTILE, 2: "theft"}),
    ],
)
def test_text_from_outside_is_only_ever_text(drawn):
    picture = ElementTree.fromstring(drawn().svg())
    assert not [part for part in picture.iter() if part.tag.rpartition("}")[2] in ("script", "img")]
