"""Whether passages carry their facts, on passages from elsewhere, and each threshold on both of its sides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.judged_passages import judged_passages

from kit.evidence.support.carrying import PARTS, VERDICTS, carrying
from kit.evidence.support.question import CitedFact, Surroundings
from kit.text.language import LANGUAGES

OFFICE = (("Harbour Office", "HO"),)
CLOSED = CitedFact(date="2022-07-05", actors=OFFICE, wording="The Harbour Office closes the quay")


def metric(value, unit="", **more):
    return CitedFact(value=Decimal(str(value)), unit=unit, **more)


@pytest.mark.parametrize("passage", list(judged_passages("tuning")), ids=lambda p: f"{p.id}-{p.kind}")
def test_a_passage_is_judged_as_a_person_did(passage):
    found = passage.judged()
    assert (found.verdict, set(found.missing)) == (passage.verdict, passage.missing)


@given(
    st.text(max_size=60),
    st.text(max_size=12),
    st.text(max_size=10),
    st.sampled_from([*LANGUAGES.values(), None]),
)
def test_any_text_gets_one_of_the_verdicts(text, says, date, language):
    fact = CitedFact(says=says, date=date, actors=((text[:5] or "A",),), wording=text)
    found = carrying(text, fact, Surroundings(page_day=date, headline=says), language)
    assert found.verdict in VERDICTS
    assert set(found.missing) <= set(PARTS)
    assert not (found.missing and found.verdict == "carries")


def test_a_fact_without_anything_to_look_for_is_not_judged():
    assert carrying("Some words.", CitedFact()).verdict == "not-judged"


@pytest.mark.parametrize(
    ("value", "printed", "verdict"),
    [
        (12, "12.5", "carries"),
        (12, "12.6", "lacks"),
        (1200, "1,212", "carries"),
        (1200, "1,213", "lacks"),
        (1210, "1,215", "carries"),
        (1210, "1,216", "lacks"),
        ("12.4", "12.45", "carries"),
        ("12.4", "12.46", "lacks"),
        ("12.46", "12.4", "lacks"),
    ],
)
def test_our_number_may_be_rounded_from_the_source_and_not_the_other_way(value, printed, verdict):
    assert carrying(f"They had {printed} boats.", metric(value, "boats")).verdict == verdict


@pytest.mark.parametrize(
    ("says", "passage", "verdict", "missing"),
    [
        ("8 usd", "The plan costs $8 a month.", "carries", ()),
        ("8 usd", "The plan was tested in 170 countries.", "lacks", ("number",)),
        ("34.4 percent in April, up 3.8 points", "It rose 3.8 points to 34.4%.", "carries", ()),
        ("34.4 percent in April, up 3.8 points", "It rose to 34.4%.", "part", ("number",)),
        ("240-480 hours", "Between 240 and 480 hours a week.", "carries", ()),
        ("about 38500000000 usd", "a loss of $38.5 billion", "carries", ()),
        ("about 38500000000 usd", "a loss of thirty-eight point five billion dollars", "carries", ()),
        ("about 38500000000 usd", "point five billion dollars", "lacks", ("number",)),
        ("3 weeks", "It took 21 days.", "carries", ()),
        ("5000 usd", "They paid 5,000 dollars.", "carries", ()),
        ("over 45 faults", "More than 45 faults.", "carries", ()),
    ],
)
def test_each_figure_that_the_row_says_stands_there(says, passage, verdict, missing):
    found = carrying(passage, CitedFact(says=says, field="value"))
    assert (found.verdict, found.missing) == (verdict, missing)


def test_the_pages_own_day_is_not_the_facts():
    on_tuesday = "The Harbour Office closed the quay on Tuesday."
    wednesday = Surroundings(page_day="2022-07-06")
    told = {day: CitedFact(date=day, field="date", actors=OFFICE) for day in ("2022-07-05", "2022-07-06")}
    assert carrying(on_tuesday, told["2022-07-05"], wednesday).verdict == "carries"
    assert carrying(on_tuesday, told["2022-07-06"], wednesday).verdict == "lacks"
    published = "Published on 5 July 2022: the Harbour Office closed the quay."
    assert carrying(published, CLOSED, wednesday).missing == ("day",)


@pytest.mark.parametrize(
    ("page_day", "verdict"),
    [
        ("2022-07-04", "carries"),
        ("2022-07-05", "carries"),
        ("2022-07-12", "carries"),
        ("2022-07-13", "part"),
        ("2022-07", "carries"),
        ("2022-08", "part"),
        ("2022", "not-judged"),
        ("", "not-judged"),
    ],
)
def test_a_weekday_is_the_one_beside_the_pages_day(page_day, verdict):
    passage = "The Harbour Office closed the quay on Tuesday."
    assert carrying(passage, CLOSED, Surroundings(page_day=page_day)).verdict == verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("1 August", "carries"), ("31 July", "part"), ("31 October", "carries"), ("1 November", "part")],
)
def test_an_approximate_month_reaches_a_month_further(day, verdict):
    about = CitedFact(date="2022-09~", actors=OFFICE)
    assert carrying(f"On {day} 2022 the Harbour Office met.", about).verdict == verdict


@pytest.mark.parametrize(
    ("says", "passage", "verdict"),
    [
        ("Tuesday, 2022-07-05", "On Tuesday (July 5) it shut.", "carries"),
        ("Tuesday, 2022-07-05", "On Wednesday (July 6) it shut.", "lacks"),
        ("by 2022-07-05", "It shut by 5 July 2022.", "carries"),
        ("2022-07-05 (detection)", "It shut on 5 July 2022.", "carries"),
        ("Thursday", "It shut on Thursday.", "carries"),
        ("Thursday", "It shut on Friday.", "lacks"),
        ("mid-July", "It shut in the middle of July.", "carries"),
        ("mid-July", "It shut in the middle of June.", "lacks"),
        ("inferred from the page's day", "It shut.", "not-judged"),
    ],
)
def test_the_day_that_the_row_says_stands_there(says, passage, verdict):
    fact = CitedFact(says=says, field="date", date="2022-07-14")
    assert carrying(passage, fact, Surroundings(page_day="2022-07-20")).verdict == verdict


@pytest.mark.parametrize(("page_day", "verdict"), [("2022-07-08", "carries"), ("2022-07-14", "lacks")])
def test_a_week_that_the_row_gives_as_the_source_does_is_the_facts_where_it_has_its_day(page_day, verdict):
    fact = CitedFact(says="this week", field="date", date="2022-07-05")
    assert carrying("It shut this week.", fact, Surroundings(page_day=page_day)).verdict == verdict


def test_a_row_about_another_column_is_not_asked_for_the_day():
    fact = CitedFact(says="workaround", field="outcome", date="2022-07-05", actors=OFFICE)
    assert carrying("The Harbour Office found a way around.", fact).verdict == "carries"


def test_weeks_months_and_years_count_from_the_pages_day():
    page = Surroundings(page_day="2022-01-05")
    for words, date in (
        ("last week", "2021-12-27/2022-01-02"),
        ("last month", "2021-12"),
        ("last year", "2021"),
        ("this year", "2022"),
    ):
        fact = CitedFact(date=date, actors=OFFICE)
        assert carrying(f"The Harbour Office met {words}.", fact, page).verdict == "carries", words
        assert (
            carrying(f"The Harbour Office met {words}.", CitedFact(date="2020", actors=OFFICE), page).verdict
            == "part"
        )


def test_a_number_with_days_of_another_period_is_part():
    run_rate = metric(100, "usd", date="2024-12")
    assert carrying("It made $100 in January 2025.", run_rate).missing == ("day",)
    assert carrying("It made $100 in December 2024.", run_rate).verdict == "carries"
    assert carrying("It made $100.", run_rate).verdict == "carries"


def test_who_may_be_a_pronoun_only_where_the_paragraph_names_its_bearer():
    passage = "On 5 July 2022 it closed the quay."
    assert carrying(passage, CLOSED).missing == ("who",)
    assert carrying(passage, CLOSED, Surroundings(before="The HO was silent.")).verdict == "carries"
    assert carrying(passage, CLOSED, Surroundings(before="The chose was silent.")).missing == ("who",)
    unnamed = "On 5 July 2022 staff closed the quay."
    assert carrying(unnamed, CLOSED, Surroundings(before="The HO was silent.")).missing == ("who",)


def test_who_may_stand_in_the_sentence_that_the_passage_is_a_part_of():
    passage = "closed the quay on 5 July 2022"
    assert (
        carrying(passage, CLOSED, Surroundings(before="It rained. The Harbour Office")).verdict == "carries"
    )
    assert carrying(passage, CLOSED, Surroundings(before="The Harbour Office. Staff")).missing == ("who",)


@pytest.mark.parametrize(
    "passage",
    [
        "The Harbour Office may close the quay on 5 July 2022, a spokesman said.",
        "The Harbour Office plans to close the quay on 5 July 2022.",
        "The Harbour Office allegedly closed the quay on 5 July 2022.",
    ],
)
def test_what_may_be_is_not_told_as_done(passage):
    assert carrying(passage, CLOSED).missing == ("modality",)
    may = CitedFact(
        date="2022-07-05", actors=OFFICE, wording="The Harbour Office may close the quay; so it is alleged"
    )
    assert carrying(passage, may).verdict == "carries"


@pytest.mark.parametrize(
    "passage",
    [
        "The Harbour Office closed the quay on 5 July 2022, and may sell it.",
        "In May the Harbour Office said nothing; on 5 July 2022 it closed the quay.",
        "The Harbour Office closed the quay on 5 July 2022; boats may not land.",
    ],
)
def test_a_may_beside_the_fact_is_none_of_its_own(passage):
    assert carrying(passage, CLOSED).verdict == "carries"


def test_alleged_words_are_right_for_what_is_alleged():
    passage = "The Harbour Office allegedly closed the quay on 5 July 2022."
    alleged = CitedFact(
        date="2022-07-05", actors=OFFICE, wording="The Harbour Office closes the quay", status="alleged"
    )
    assert carrying(passage, alleged).verdict == "carries"


def test_without_the_languages_words_only_what_is_found_counts():
    fact = metric(1250, "eur")
    assert carrying("Satama maksoi 1 250 €.", fact, language=None).verdict == "carries"
    unsure = carrying("Satama maksoi tuhat euroa.", fact, language=None)
    assert (unsure.verdict, unsure.missing) == ("not-judged", ("number",))
