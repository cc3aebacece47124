"""Forms say what the tables say; dates are told in plain words; a text offers what it tells; a picked passage is found again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_case import ROWS, write_rows

import kit
from kit.desk.forms import Field, cell_problems, date_in_words, form_of, new_id
from kit.desk.rows import Edit, save_rows
from kit.desk.suggestions import OFFER_COLUMNS, offers, picked
from kit.errors import KitError
from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import find_passage
from kit.evidence.passages.matching import Passage
from kit.tables.schema import TABLES

EXAMPLE = kit.example()


@pytest.fixture
def case(case_folder: Path) -> kit.Case:
    return kit.open(case_folder)


def field(case: kit.Case, table: str, name: str) -> Field:
    return next(each for each in form_of(case, table).fields if each.name == name)


def values(of: Field) -> list[str]:
    return [choice.value for choice in of.choices]


@pytest.mark.parametrize("table", TABLES)
def test_a_form_asks_for_every_column(case: kit.Case, table: str) -> None:
    form = form_of(case, table)
    assert [each.name for each in form.fields] == case.schema[table].names
    assert all(each.about and each.label for each in form.fields)


def test_vocabularies_are_choices(case: kit.Case) -> None:
    assert values(field(case, "sources", "tier")) == list(TABLES["sources"].column("tier").words)
    category = field(case, "events", "category")
    assert (values(category), category.closed) == (["ruling", "search"], True)
    tags = field(case, "events", "tags")
    assert [(choice.value, choice.meaning) for choice in tags.choices] == [("fine", "Fine"), ("raid", "Raid")]
    assert tags.many
    assert {"police", "harbour-office"} <= set(values(field(case, "participants", "actor")))
    assert field(case, "metrics", "value").missing == ("unknown", "not-recorded", "not-applicable")


def test_own_columns_are_asked_for_and_many_ids_are_typed(case: kit.Case) -> None:
    (case.path / "data/case.toml").write_text(
        'title = "T"\n[columns.events.berth]\nkind = "code"\nwords = ["nine", "ten"]\nabout = "Where"\n'
    )
    case = kit.open(case.path)
    berth = field(case, "events", "berth")
    assert (berth.own, values(berth), berth.about) == (True, ["nine", "ten"], "Where")
    actors = [*ROWS["actors"], *({"id": f"a{n}", "kind": "person", "name": f"A {n}"} for n in range(600))]
    write_rows(case.path, ROWS | {"actors": actors})
    many = field(kit.open(case.path), "participants", "actor")
    assert (many.choices, many.closed, many.refers) == ((), False, ("actors",))


def test_whom_a_case_protects_is_offered_under_the_alias(case: kit.Case) -> None:
    actors = [dict(row) for row in ROWS["actors"]]
    actors[1] |= {"name": "Jane Roe", "alias": "Witness A"}
    write_rows(case.path, ROWS | {"actors": actors})
    choices = field(kit.open(case.path), "participants", "actor").choices
    assert "Jane Roe" not in [choice.meaning for choice in choices]
    assert "Witness A" in [choice.meaning for choice in choices]


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"date": "4 May 2021"}, "date", "YYYY"),
        ({"tags": "rade"}, "tags", "did you mean 'raid'?"),
        ({"status": "rumoured"}, "status", "is not one of confirmed"),
        ({"id": "Not An Id"}, "id", "lower-case"),
        ({"title": ""}, "title", "is blank"),
        ({"case": "nowhere"}, "case", "is not in data/manual/cases.csv"),
    ],
)
def test_a_cell_is_judged_while_it_is_typed(
    case: kit.Case, cells: dict[str, str], column: str, told: str
) -> None:
    assert told in str(cell_problems(case, "events", cells)[column])


def test_a_sound_row_has_no_problem_and_is_saved(case: kit.Case) -> None:
    row = {
        "title": "A boat",
        "date": "2021-05-04",
        "summary": "It lay there.",
        "status": "confirmed",
        "confidence": "high",
    }
    row["id"] = new_id(case, "events", row)
    assert cell_problems(case, "events", row) == {}
    save_rows(case, [Edit("events", row)])
    assert new_id(kit.open(case.path), "events", row) == "2021-05-04-a-boat-2"


def test_an_id_is_made_of_any_letters(case: kit.Case) -> None:
    assert new_id(case, "actors", {"name": "Zoë Łukasz"}) == "zoe-lukasz"
    assert new_id(case, "actors", {"name": "港湾局"}) == "actor"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-03-01", "Monday 1 March 2021"), ("2021-03", "some day in March 2021"), ("2021", "some day in 2021"),
        ("2021-03-01?", "Monday 1 March 2021, perhaps"), ("2021~", "some day in 2021, about then"),
        ("2021-03-01/2021-03-04", "from 1 March 2021 to 4 March 2021"), ("2021-03-01/..", "from 1 March 2021 on"),
        ("../2021-03-01", "until 1 March 2021"), ("[2021-03-01,2021-03-04]", "one of 1 March 2021 or 4 March 2021"),
        ("2021-22", "some day from 1 June 2021 to 31 August 2021"), ("202X", "some day from 1 January 2020 to 31 December 2029"),
        ("", "no date"), ("unknown", "nobody could tell"), ("4 May", "date '4 May' is not a date as the tables write it"),
    ],
)  # fmt: skip
def test_a_date_is_told_as_it_is_understood(date: str, words: str) -> None:
    assert date_in_words(date).startswith(words)


@given(st.text(max_size=20))
def test_any_text_is_told(text: str) -> None:
    assert date_in_words(text)


TEXT = (
    "The Harbour Office said little. On 4 May 2021 officers of the Police took 38 boxes and €2.3 million from Anna Quay.\n\n"
    "In June 2021 it paid 40 percent of it."
)


def test_a_text_offers_its_days_names_and_amounts_in_their_sentences(case: kit.Case) -> None:
    found = offers(case, TEXT)
    assert found.columns.tolist() == OFFER_COLUMNS
    told = [tuple(row) for row in found[["kind", "value", "unit", "printed"]].itertuples(index=False)]
    assert told == [
        ("name", "harbour-office", "", "Harbour Office"),
        ("day", "2021-05-04", "", "4 May 2021"),
        ("name", "police", "", "Police"),
        ("amount", "38", "", "38"),
        ("amount", "2300000", "eur", "€2.3 million"),
        ("name", "", "", "Anna Quay"),
        ("day", "2021-06", "", "June 2021"),
        ("amount", "40", "percent", "40 percent"),
    ]
    for row in found.itertuples():
        assert TEXT[row.start : row.stop] == row.printed
        assert row.printed in row.sentence
    assert offers(case, "").empty


def test_a_text_is_read_in_its_language(case: kit.Case) -> None:
    found = offers(case, "Am 4. Mai 2021 nahm die Polizei 1.400 Kisten mit.", "de-AT")
    assert found[["kind", "value"]].values.tolist() == [["day", "2021-05-04"], ["amount", "1400"]]


@given(st.text(max_size=80))
def test_any_text_may_offer_something(text: str) -> None:
    assert offers(EXAMPLE, text).columns.tolist() == OFFER_COLUMNS


def page(text: str) -> CaptureText:
    return CaptureText("c-1", "s", datetime(2021, 3, 1), False, text)


WORDS = st.lists(
    st.sampled_from(["gate", "port", "the", "Quay", "–", "“shut”", "38", "don’t", "ﬁne"]),
    min_size=3,
    max_size=60,
)


@given(WORDS, st.data())
def test_what_was_picked_is_found_where_it_was_picked(words: list[str], data: st.DataObject) -> None:
    made = page("Before all, " + " ".join(words) + " and so it ended, at last.")
    text = made.normal.text
    start = data.draw(st.integers(0, max(0, len(text) - 20)))
    chosen = text[start : data.draw(st.integers(start + 12, len(text)))]
    try:
        cells = picked(made, chosen)
    except KitError as refused:
        assert "several places" in str(refused) or not chosen.strip() or "does not hold" in str(refused)
        return
    found = find_passage(made, Passage("p", "s", **cells))
    assert found is not None
    assert found.holds
    assert text[found.start : found.stop].casefold() == chosen.strip().casefold()


def test_a_long_passage_is_told_by_its_ends_and_one_of_two_by_what_stands_beside_it() -> None:
    story = "At noon the gate was shut by two men, who had come in a boat from the other side of the bay. Nobody saw them go."
    cells = picked(
        page(story), "the gate was shut by two men, who had come in a boat from the other side of the bay"
    )
    assert (cells["start"], cells["end"]) == ("the gate was shut", "side of the bay")
    twice = picked(page("On Monday the gate was shut. On Tuesday the gate was shut."), "the gate was shut")
    assert twice["prefix"] == "On Monday"
    with pytest.raises(KitError, match="does not hold these words"):
        picked(page(story), "the gate was open")
