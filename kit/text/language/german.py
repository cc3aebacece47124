"""German: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language
from kit.text.language.measures import AmountWords, PassageWords, numbered
from kit.text.language.prose.german import GERMAN_PROSE

_ONES = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_BEFORE_TENS = ["", "einund", *(f"{one}und" for one in _ONES[2:10])]

GERMAN = Language(
    code="de",
    spelled=(*_ONES, *(f"{one}{ten}" for ten in _TENS for one in _BEFORE_TENS)),
    scales={"hundert": 2, "tausend": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9},
    more_months={1: ("Jänner",), 9: ("Sept",)},
    ordinal=r"\.",
    before_month=" ?",
    before_year=" ",
    article="(?:dem |den )?",
    month_first=False,
    before_bare_year=("Jahr", "seit", "anno"),
    seasons={"Frühjahrs?|Frühlings?": 21, "(?:Hoch|Spät|Früh)?[Ss]ommers?": 22, "(?:Spät)?[Hh]erbste?s?": 23, "Winters?": 24},
    quarter=r"(?:(?P<w1>ersten?)|(?P<w2>zweiten?)|(?P<w3>dritten?)|(?P<w4>vierten?|letzten?))[rsn]? (?:Quartals?|Vierteljahre?s?)|Q(?P<digit>[1-4])|(?P<digit_2>[1-4])\. Quartals?",
    nouns_capital=True,
    amounts=AmountWords(
        numbers={"zwo": 2, "anderthalb": 1.5, "eineinhalb": 1.5},
        multipliers={"dutzend": 12},
        one="ein(?:e[mnrs]?)?",
        link="[ -]?(?:und)?",
        point="komma",
        and_half="(?!)",
        half_suffix="einhalb",
        denominators={
            "hälfte": 2, "halbe[nrms]?": 2, "drittel[ns]?": 3, "viertel[ns]?": 4, "fünftel[ns]?": 5, "sechstel[ns]?": 6,
            "siebtel[ns]?": 7, "achtel[ns]?": 8, "neuntel[ns]?": 9, "zehntel[ns]?": 10,
        },
        numerator="ein(?:e[mnrs]?)?|die|der",
        of="de[rs]|aller|seine[rs]|ihre[rs]|von",
        proportion="von|aus",
        every="jede[rsnm]?",
        ordinals=numbered(
            "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt "
            "siebzehnt achtzehnt neunzehnt zwanzigst",
            ending="e[nrms]?",
        ),
        ordinal_mark=r"\.(?=\s)",
        ordinal_before=r"\b(?:d(?:er|ie|as|em|en|es)|zum|zur|am|im|vom|beim|jede[rnms]?|seine?[nrms]?|ihre?[nrms]?) $",
        above="mehr als|über|mindestens|wenigstens|gut|nicht weniger als|weit über|ab",
        below="bis zu|höchstens|maximal|weniger als|unter|allenfalls",
        nearly="fast|beinahe|knapp|annähernd|nahezu",
        about="rund|etwa|circa|ca\\.|ungefähr|gegen|an die",
        ranges={"zwischen": "und", "von": "bis"},
        to="bis(?: zu)?",
        per="je|pro",
        units={
            "prozents?": "percent", "prozentpunkte?n?": "points", "punkte?n?": "points", "us-dollars?": "usd", "dollars?": "usd",
            "euros?": "eur", "pfund": "gbp", "franken": "chf", "tonnen?": "t", "kilos?": "kg", "tagen?": "days",
            "jahren": "years", "monaten": "months", "liter[ns]?": "l", "meter[ns]?": "m", "metern": "m",
            "kilometer[ns]?": "km", "stundenkilometern?": "km/h", "kubikmetern?": "m³", "cents?": "cents",
        },
        label=(
            r"seiten?|s\.|paragra(?:ph|f)en|§+|artikel|art\.|absatz|abs\.|nummern?|nr\.|kapitel|haus|zimmer|raum|ebene|block|"
            r"flasche|kiste|linie|gleis|band|bd\.|spalte|zeile|abschnitt|version|platz|liga|satz|bezirk|stock|tor"
        ),
        time=r"\d{1,2}(?:[.:]\d\d)? Uhr(?: \d\d)?|\d{1,2}:\d\d",
    ),
    passages=PassageWords(
        days={"heute": 0, "gestern": -1, "vorgestern": -2, "morgen(?! früh\\b)": 1, "übermorgen": 2},
        periods={
            "diese[rn]? Woche": ("week", 0), "(?:vergangene|letzte)[rn]? Woche": ("week", -1), "kommende[rn]? Woche": ("week", 1),
            "diese[mn]? Monat": ("month", 0), "(?:vergangenen|letzten) Monat": ("month", -1),
            "diese[mns]? Jahr|heuer": ("year", 0), "(?:vergangene|letzte)[ns]? Jahr|Vorjahr": ("year", -1),
            "(?:kommenden|nächsten) Monat": ("month", 1), "(?:kommende|nächste)[ns]? Jahr": ("year", 1),
        },
        pronouns="er|sie|es|ihn|ihm|ihr(?:e[mnrs]?)?|sein(?:e[mnrs]?)?|dieser?|das Unternehmen|die Firma|der Konzern|die Behörde|der Verein",
        possible=(
            "soll(?:en|te|ten)?|könnten?|dürften?|will|wollen|wollten?|möchten?|plant|planen|planten?|beabsichtig(?:t|en)|"
            "erwäg(?:t|en)|würden?|voraussichtlich|hofft|hoffen|strebt|erwartet"
        ),
        alleged=(
            "mutmaßlich\\w*|angeblich\\w*|vermeintlich\\w*|wirft|werfen|vorgeworfen|beschuldig\\w+|verdächtig\\w*|Verdacht|"
            "habe|hätten?|sei|seien|dem Vernehmen nach"
        ),
        negated=(
            "nicht|nie|niemals|kein\\w*|niemand\\w*|nichts|weder|noch nie|ohne|kaum|nirgends|keinesfalls|keineswegs|verweiger\\w+|bestreite\\w*|bestritt\\w*"
        ),
        announced="kündig\\w+|ankünd\\w+|angekündigt|versprech\\w+|verspricht|versprach|warn\\w+|droh\\w+",
        multiples={"verdoppel\\w*|doppelt\\w*|zweifach\\w*": 2, "verdreifach\\w*|dreifach\\w*|dreimal": 3, "vervierfach\\w*|vierfach\\w*|viermal": 4, "halbier\\w*": 0.5},
        published="veröffentlicht|aktualisiert|erschienen|stand|online seit",
        speech="sagte|sagt|teilte|erklärte|berichtet|berichtete|meldete|laut|zufolge|bestätigte|bestätigt",
    ),
    credit_before="laut",
    credit_behind="berichtete?",
    speech_before="gegenüber|bei",
    speech_behind="",
    prose=GERMAN_PROSE,
)  # fmt: skip
