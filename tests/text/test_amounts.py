"""Amounts as texts print them: digits of any locale, words of four languages, units, bounds, and what is no amount."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kit.text.amounts import amounts, rounding, unit_of
from kit.text.language import ENGLISH, FRENCH, GERMAN, LANGUAGES, SPANISH

with (Path(__file__).parent / "amounts.csv").open(encoding="utf-8", newline="") as file:
    LISTED = list(csv.DictReader(file))


def first(text, language=ENGLISH):
    return amounts(text, language)[0]


def number(cell):
    return pytest.approx(Decimal(cell), abs=Decimal("1e-9")) if cell else None


@pytest.mark.parametrize("row", LISTED, ids=lambda row: f"{row['language']}: {row['text']}")
def test_each_listed_amount_is_read(row):
    found = first(row["text"], LANGUAGES[row["language"]])
    assert (found.value, found.low, found.high) == tuple(number(row[k]) for k in ("value", "low", "high"))
    assert (found.unit, found.kind) == (row["unit"], row["kind"])


@given(st.integers(1000, 10**12), st.sampled_from(["en", "de", "fr", "es", "de_CH", "fr_CH", "en_ZA", "pt"]))
def test_grouped_digits_of_a_locale_are_read_in_any_language(value, locale):
    printed = format_decimal(value, locale=locale)
    for language in LANGUAGES.values():
        found = first(f"x {printed} x", language)
        if found.kind != "date":  # 1999 alone is a year
            assert value in (found.value, *found.readings)


@given(st.decimals(0, 10**6, places=2), st.sampled_from(sorted(LANGUAGES)))
def test_decimals_of_a_language_are_its_first_reading(value, code):
    printed = format_decimal(value, format="#,##0.00", locale=code)
    assert first(f"x {printed} kg", LANGUAGES[code]).value == value


@given(st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_read_and_amounts_stand_apart_where_they_say(text, code):
    last = 0
    for found in amounts(text, LANGUAGES[code]):
        assert last <= found.start < found.stop <= len(text)
        assert found.printed == text[found.start : found.stop].strip()
        assert found.value is not None or (found.low is not None and found.high is not None)
        last = found.stop


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "1.250",
                "1,5",
                "%",
                "€",
                "million",
                "Mio.",
                "to",
                "-",
                ":",
                "two",
                "and",
                "half",
                "of",
                "third",
                "2021",
                "p.",
                "May",
            ]
        )
    )
)
def test_any_words_in_any_order_are_read(words):
    for language in LANGUAGES.values():
        amounts(" ".join(words), language)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        (ENGLISH, "one hundred and one", 101),
        (ENGLISH, "nineteen hundred", 1900),
        (ENGLISH, "two hundred and five thousand four hundred and twelve", 205412),
        (ENGLISH, "thirty-eight point five billion", 38500000000),
        (GERMAN, "neunhunderteinundzwanzigtausenddreihundertdrei", 921303),
        (GERMAN, "eine Million zweihunderttausend", 1200000),
        (GERMAN, "dreissig", 30),
        (FRENCH, "quatre-vingt-dix-neuf", 99),
        (FRENCH, "deux cent un mille", 201000),
        (FRENCH, "soixante et onze", 71),
        (SPANISH, "dos mil millones", 2000000000),
        (SPANISH, "quinientas treinta y una", 531),
        (SPANISH, "veintidos", 22),
    ],
)
def test_numbers_in_words(language, text, value):
    assert [found.value for found in amounts(text, language)] == [value]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_all_numbers_below_a_hundred_in_words(code):
    language = LANGUAGES[code]
    spelled = [(n, word) for n, word in enumerate(language.spelled) if word not in language.amounts.no_number]
    assert len(spelled) >= 99
    assert [amounts(word, language)[0].value for _, word in spelled] == [n for n, _ in spelled]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("see page 12 for it", "label"),
        ("Room 312 to 340 were shut", "label"),
        ("route N-12 north", "label"),
        ("call 0118 496 0200 now", "label"),
        ("LIMS 4.2 was used", "label"),
        ("version 4.2.1 is out", "label"),
        ("at 7.30 p.m. sharp", "time"),
        ("at 18:45 sharp", "time"),
        ("on 12 May 2021", "date"),
        ("since 2016 it has", "date"),
        ("on 12/05/2021 it", "date"),
        ("the 12th attempt", "ordinal"),
        ("a score of 27 to 24", "ratio"),
    ],
)
def test_what_is_no_amount_is_told_apart(text, kind):
    assert {found.kind for found in amounts(text)} == {kind}


def test_units_take_their_currency_their_litre_and_nothing_else():
    assert first("US$2.3m").unit == "usd"
    assert first("A$2.3m").unit == "aud"
    assert first("3.5x as much").unit == "times"
    assert first("24 m of cable").value == 24
    assert first("24 m of cable").unit == "m"
    assert first("€24 m").value == 24000000
    assert first("61 micrograms of the residue in every sample, per litre").unit == "µg/l"
    assert first("Je Liter fanden sich 14 Mikrogramm Blei", GERMAN).unit == "µg/l"
    assert first("14 mg of it. Per litre, others say").unit == "mg"


def test_per_litre_is_looked_for_nearby():
    near, far = ("14 mg " + "x" * length + " per litre" for length in (100, 120))
    assert (first(near).unit, first(far).unit) == ("mg/l", "mg")


def test_units_of_tables_have_one_name():
    given_units = (
        "percent",
        "%",
        "per cent",
        "usd",
        "EUR",
        "percentage points",
        "hours",
        "days",
        "kg",
        "µg/l",
        "μg/l",
    )
    assert [unit_of(unit) for unit in given_units] == [
        "percent", "percent", "percent", "usd", "eur", "points", "hours", "days", "kg", "µg/l", "µg/l",
    ]  # fmt: skip
    assert [unit_of(unit) for unit in ("count", "customers", "rank", "")] == [""] * 4


def test_ranges_share_what_they_print_once():
    found = first("$5-10 million")
    assert (found.low, found.high, found.unit) == (5000000, 10000000, "usd")
    assert first("$2 to $1").kind == "ratio"
    assert [a.value for a in amounts("5 kg to 10 euros")] == [5, 10]


def test_more_than_may_be_half_as_much_again():
    over = first("more than 100 boats")
    assert [over.admits(Decimal(n)) for n in (99, 100, 150, 151)] == [False, True, True, False]


def test_nearly_may_be_a_seventh_more():
    nearly = first("nearly 100 boats")
    assert [nearly.admits(Decimal(n)) for n in (84, 85, 100, 101)] == [False, True, True, False]


def test_a_plain_number_holds_to_its_last_place_and_about_to_its_last_digit():
    assert [first("2.3 million boats").admits(Decimal(n)) for n in (2349000, 2351000)] == [True, False]
    assert [first("about 4,000 boats").admits(Decimal(n)) for n in (4999, 5001)] == [True, False]
    assert [first("4,000 boats").admits(Decimal(n)) for n in (4000, 4001)] == [True, False]
    assert rounding(Decimal(0)) == 0


def test_digits_that_may_be_two_numbers_are_both():
    found = first("1.250 boats", ENGLISH)
    assert (found.value, found.readings) == (Decimal("1.250"), (Decimal(1250),))
    assert first("0.250 boats").readings == ()
    assert first("9.300 millones", SPANISH).readings == ()
    assert first("9.345 millones", SPANISH).readings == (Decimal(9345000),)
    assert first("$1.762 billion").readings == ()
