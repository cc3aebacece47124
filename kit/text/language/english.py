"""English: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language
from kit.text.language.measures import AmountWords, PassageWords, numbered
from kit.text.language.prose.english import ENGLISH_PROSE

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SPELLED = (*_ONES, *(f"{ten}-{one}" if one else ten for ten in _TENS for one in ["", *_ONES[1:10]]))

_NUMBERED_THINGS = (
    "page|cell|notebook|row|column|section|article|chapter|figure|table|step|finding|number|version|part|paragraph|"
    "clause|rule|item|line|note|level|week|day|route|form|room|act|title"
)

ENGLISH = Language(
    code="en",
    spelled=_SPELLED,
    scales={"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "tn": 12, "t": 12},
    more_months={9: ("Sept",)},
    ordinal="(?:st|nd|rd|th)?",
    before_month="(?: of)? ",
    before_year=",? ",
    article="(?:the )?",
    month_first=True,
    before_bare_year=("in", "of"),
    seasons={"spring(?:time)?": 21, "summer(?:time)?": 22, "autumn|fall of|this fall": 23, "winter(?:time)?": 24},
    quarter=r"(?:(?P<w1>first)|(?P<w2>second)|(?P<w3>third)|(?P<w4>fourth|last)) quarter|Q(?P<digit>[1-4])|(?P<digit_2>[1-4])(?:st|nd|rd|th) quarter",
    amounts=AmountWords(
        multipliers={"dozen": 12},
        one="an?",
        link="[ -](?:and )?",
        point="point",
        and_half="and a half",
        denominators={
            "hal(?:f|ves)": 2, "thirds?": 3, "quarters?": 4, "fourths?": 4, "fifths?": 5, "sixths?": 6, "sevenths?": 7,
            "eighths?": 8, "ninths?": 9, "tenths?": 10,
        },
        numerator="an?|one",
        of="of(?: an?)?|an?|the|its|their|his|her",
        proportion="in(?: every)?|out of(?: every)?|of every|for every",
        every="every|each",
        ordinals=numbered(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        ordinal_mark=r"(?:st|nd|rd|th)\b",
        above="more than|over|at least|as many as|above|upwards of|no (?:fewer|less) than|well over|just over",
        below="up to|at most|less than|fewer than|under|below|no more than|a maximum of|not more than",
        nearly="nearly|almost|close to|just under|not quite|just short of",
        about="about|around|roughly|some|approximately|near|an estimated|circa",
        ranges={"between": "and", "from": "to"},
        to="to|or",
        per="per|an?|in an?|to the",
        units={
            "per ?cent": "percent", "percentage[ -]points?": "points", "points?": "points", "dollars?": "usd",
            "euros?": "eur", "pounds?": "gbp", "francs?": "chf", "tonn?e?s?": "t", "met(?:re|er)s?": "m", "lit(?:re|er)s?": "l",
            "kilomet(?:re|er)s?": "km", "centimet(?:re|er)s?": "cm", "kilos?": "kg", "miles an hour": "mph",
            "kilomet(?:re|er)s an hour": "km/h", "cents?": "cents",
        },
        label=rf"(?:{_NUMBERED_THINGS})s?|pp?\.|nos?\.|sec\.|art\.|fig\.|vol(?:ume|\.)|lot|sheet|pier|platform|train|highway|ward|district|gate|floor|§+",
        time=r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b|\d{1,2}:\d\d|\d{1,2} o[’']clock",
    ),
    passages=PassageWords(
        days={
            "today|tonight|this (?:morning|afternoon|evening)": 0, "yesterday|last night": -1, "the day before yesterday": -2,
            "tomorrow": 1, "the day after tomorrow": 2,
        },
        periods={
            "this week": ("week", 0), "last week": ("week", -1), "next week": ("week", 1), "this month": ("month", 0),
            "last month": ("month", -1), "this year": ("year", 0), "last year": ("year", -1), "next month": ("month", 1), "next year": ("year", 1),
        },
        pronouns="he|she|it|they|his|her|its|their|him|them|the (?:company|firm|group|agency|office|council|board|club)",
        possible=(
            "(?<!in )(?<!of )may(?! not| \\d)|might|could(?! not)|would(?! not)|will(?! not)|shall(?! not)|plans?(?= to)|planned(?= to)|planning to|intends? to|expects? to|"
            "expected to|(?:is|are) to|hopes? to|wants? to|aims? to|considering|considers|is set to|likely to|proposes? to|"
            "proposed|threaten(?:s|ed) to|scheduled to"
        ),
        alleged="alleged(?:ly)?|alleges?|reportedly|purported(?:ly)?|accus\\w+|claims?(?: that)?|suspected|supposed(?:ly)?|rumou?r\\w*",
        negated=(
            "not|never|no|none|nobody|no one|nothing|neither|nor|cannot|without|hardly|barely|scarcely|rarely|seldom|unless|"
            "fail(?:s|ed)? to|refus(?:e|es|ed) to|den(?:y|ies|ied)"
        ),
        announced="announc\\w+|promis\\w+|pledg\\w+|vow\\w*|warn\\w*|forecast\\w*|predict\\w*|says? it|said it",
        multiples={"doubl(?:e[sd]?|ing)|twice|two-?fold": 2, "tripl(?:e[sd]?|ing)|three-?fold|thrice": 3, "quadrupl(?:e[sd]?|ing)|four-?fold": 4, "halv(?:e[sd]?|ing)": 0.5},
        published="published|updated|posted|last modified|first published",
        speech="said|says|told|according to|announced|confirmed|wrote|added",
    ),
    credit_before=(
        "according to|citing|cites|cited by|sources?|credit|first reported by|reported by|obtained by|reviewed by|"
        "seen by|data from|figures from|survey by|research by|research from|report by|report from|analysis by|hat tip"
    ),
    credit_behind="report|survey|index|study|investigation",
    speech_before="reported|reports|said|says|wrote|writes|told|tells|telling|to|by|via|from|in|with|per",
    speech_behind="reported|reporting|reveals?|revealed|wrote|writes|notes|noted|found|finds|estimates?|estimated",
    prose=ENGLISH_PROSE,
)  # fmt: skip
