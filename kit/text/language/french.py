"""French: calendar, numbers, and words of credit."""

from __future__ import annotations

from kit.text.language.language import Language
from kit.text.language.measures import AmountWords, PassageWords, numbered
from kit.text.language.prose.french import FRENCH_PROSE

_ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]


def _tens(name: str, ones: list[str]) -> list[str]:
    """A ten and what follows it; one and eleven are joined with "et", but not to eighty."""
    joined = [f"{name.removesuffix('s')}{' et ' if one in ('un', 'onze') and name != 'quatre-vingts' else '-'}{one}" for one in ones]  # fmt: skip
    return [name, *joined]


_SCORES = [
    *(word for ten in ("vingt", "trente", "quarante", "cinquante") for word in _tens(ten, _ONES[1:10])),
    *_tens("soixante", _ONES[1:20]),
    *_tens("quatre-vingts", _ONES[1:20]),
]

FRENCH = Language(
    code="fr",
    spelled=(*_ONES, *_SCORES),
    scales={"cent": 2, "cents": 2, "mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9},
    more_months={},
    ordinal="(?:er)?",
    before_month=" ",
    before_year=" ",
    article="(?:le )?",
    month_first=False,
    before_bare_year=("en", "depuis"),
    seasons={"printemps": 21, "été(?= 20| 19|,|$| dernier)|l[’']été": 22, "automne": 23, "hiver": 24},
    quarter=r"(?:(?P<w1>premier)|(?P<w2>deuxième|second)|(?P<w3>troisième)|(?P<w4>quatrième|dernier)) trimestre|T(?P<digit>[1-4])|(?P<digit_2>[1-4])e?r? trimestre",
    amounts=AmountWords(
        numbers={"quatre-vingt": 80, "septante": 70, "huitante": 80, "nonante": 90, "vingt-et-un": 21},
        multipliers={
            "douzaine": 12,
            "douzaines": 12,
            "dizaine": 10,
            "dizaines": 10,
            "vingtaine": 20,
            "centaine": 100,
            "centaines": 100,
        },
        one="une?",
        no_number=("un",),
        link="[ -](?:et )?",
        point="virgule",
        and_half="et demie?",
        denominators={
            "moitié": 2,
            "tiers": 3,
            "quarts?": 4,
            "cinquièmes?": 5,
            "sixièmes?": 6,
            "septièmes?": 7,
            "huitièmes?": 8,
            "neuvièmes?": 9,
            "dixièmes?": 10,
        },
        numerator="une?|la|le",
        of="d(?:e(?: la| l[’'])?|es|u)\\b|d[’']",
        proportion="sur",
        ordinals=numbered(
            "premi(?:er|ère)s? deuxièmes?|seconde?s? troisièmes? quatrièmes? cinquièmes? sixièmes? septièmes? huitièmes? "
            "neuvièmes? dixièmes? onzièmes? douzièmes?"
        ),
        ordinal_mark=r"(?:[eè]re?s?|e?r|i?[eè]mes?|es?|nde?)\b",
        above="plus d[e’']|au moins|au-delà de|pas moins de|bien plus de",
        below="jusqu[’']à|au plus|au maximum|moins d[e’']|pas plus de",
        nearly="près d[e’']|presque|quasiment|pas tout à fait",
        about="environ|autour de|quelque|à peu près|une? bon",
        ranges={"entre": "et", "de": "à"},
        to="à|ou",
        partitive="de |d[’']",
        per="par|au|à la|le",
        units={
            "pour ?cents?": "percent",
            "p\\. ?100": "percent",
            "points? de pourcentage": "points",
            "points?": "points",
            "euros?": "eur",
            "dollars?": "usd",
            "livres?(?: sterling)?": "gbp",
            "francs?(?: suisses)?": "chf",
            "kilos?": "kg",
            "tonnes?": "t",
            "kilomètres-heure": "km/h",
            "centimes?": "cents",
        },
        label=(
            r"pages?|p\.|articles?|art\.|alinéas?|numéros?|n[o°º]|chapitres?|salle|chambre|étage|ligne|quai|voie|tome|box|case|"
            r"§+|paragraphes?|section|version|caméra|annexe|figure|lot|inventaire|train|porte"
        ),
        time=r"\d{1,2} ?h ?\d\d\b|(?<=\bà )\d{1,2} ?h\b|\d{1,2}:\d\d",
    ),
    passages=PassageWords(
        days={
            "aujourd[’']hui|ce (?:matin|soir)": 0,
            "(?<!avant-)hier": -1,
            "avant-hier": -2,
            "(?<!après-)demain": 1,
            "après-demain": 2,
        },
        periods={
            "cette semaine": ("week", 0),
            "la semaine dernière": ("week", -1),
            "la semaine prochaine": ("week", 1),
            "ce mois-ci": ("month", 0),
            "le mois dernier": ("month", -1),
            "cette année": ("year", 0),
            "l[’']an(?:née)? derni(?:er|ère)": ("year", -1),
            "le mois prochain": ("month", 1),
            "l[’']an(?:née)? prochaine?": ("year", 1),
        },
        pronouns="il|elle|ils|elles|lui|son|sa|ses|leurs?|l[’']entreprise|la société|le groupe|l[’']établissement|la commune",
        possible=(
            "pourrai(?:t|ent)|devrai(?:t|ent)|peut|peuvent|envisagent?|prévoi(?:t|ent)|compte(?:nt)?(?= \\w+er\\b)|souhaite(?:nt)?|"
            "veut|veulent|projette(?:nt)?|espère(?:nt)?|menace(?:nt)? de|s[’']apprête(?:nt)? à|est appelée? à"
        ),
        alleged=(
            "aurai(?:t|ent)|serai(?:t|ent)|présumée?s?|présumément|soupçonn\\w+|accus\\w+|prétendument|prétendue?s?|supposée?s?|"
            "alléguée?s?"
        ),
        negated=(
            "pas|jamais|ne|n['’]\\w+|aucune?s?|rien|personne|ni|sans|nul(?:le)?|guère|nullement|refus\\w+ de|nient?|dément\\w*"
        ),
        announced="annonc\\w+|prom(?:et|ettent|is)|avert\\w+|menac\\w+",
        multiples={"doubl\\w+|deux fois": 2, "tripl\\w+|trois fois": 3, "quadrupl\\w+|quatre fois": 4},
        published="publié|mis à jour|mise à jour|paru",
        speech="dit|déclaré|affirme|annoncé|indiqué|selon|précise|écrit",
    ),
    credit_before="selon",
    credit_behind="rapporte",
    speech_before="à",
    speech_behind="",
    prose=FRENCH_PROSE,
)
