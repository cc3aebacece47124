"""English: calendar, numbers, and all words by which its prose is judged."""

from __future__ import annotations

import re

from kit.text.language.language import JudgedLanguage, StrongVerb, alternatives
from kit.text.language.measures import AmountWords, PassageWords, numbered

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
_FROM_TWO = alternatives(_SPELLED[2:])
_SPEECH = (
    "said|says|told|tells|wrote|writes|added|adds|stated|states|explained|explains|argued|argues|claimed|claims|"
    "replied|replies|noted|notes|announced|tweeted|posted|testified|warned|warns|asked|asks|wondered|cried|demanded"
)
_SCALE = r"(?:thousand|million|billion|trillion|bn|tn|m|k)\b"
_UNIT = r"(?:%|(?:percentage points?|percent|per cent|points|dollars|euros|pounds|usd|eur|gbp)\b)"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_NUMBERED_THINGS = (
    "page|cell|notebook|row|column|section|article|chapter|figure|table|step|finding|number|version|part|paragraph|"
    "clause|rule|item|line|note|level|week|day|route|form|room|act|title"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_JOB_TITLES = {
    "chief executive": r"chief executive(?: officer)?|CEO",
    "chief": r"chief(?! \w+ officer| executive| scientist| counsel| of staff| justice)",
    "chief officer": r"chief (?!executive)[\w-]+ officer|C[A-DF-Z]O",
    "chief scientist": r"chief scientist",
    "co-founder": r"co-?founders?",
    "founder": r"(?<!co-)(?<!co)founders?",
    "president": r"(?<!vice )(?<!vice-)president",
    "vice president": r"vice[ -]president|VP",
    "chair": r"chair(?:man|woman|person)?",
    "director": r"director",
    "head": r"head(?= of\b)",
    "lead": r"(?:team|platform|product) lead",
    "manager": r"manager",
    "spokesperson": r"spokes(?:person|man|woman)",
    "counsel": r"(?:general )?counsel|lawyer|attorney",
    "researcher": r"researcher",
    "engineer": r"engineer",
    "developer": r"developer",
    "analyst": r"analyst",
    "professor": r"professor",
    "editor": r"editor",
    "reporter": r"reporter|journalist",
    "judge": r"judge|justice",
    "senator": r"senator",
    "commissioner": r"commissioner",
    "minister": r"minister",
}
_STRONG_VERBS = (
    StrongVerb(r"st(?:eal|eals|ole|olen|ealing)", "a crime", "took, copied or used without leave, as the source says", "st[eo][al]|theft"),
    StrongVerb(r"spied|sp(?:y|ies|ying) on", "secrecy and intent", "watched, collected, looked at", "spy|spie|spia|espion"),
    StrongVerb(r"l(?:ied|ying)(?= (?:to|about)\b)|lied", "intent to deceive", "said what records contradict", "lie[ds]?\b|lying"),
    StrongVerb(r"cheat(?:s|ed|ing)?", "dishonesty", "broke the rules, as the source says", "cheat"),
    StrongVerb(r"hack(?:s|ed)|hack(?:ing)? into", "a break-in", "gained access, as the source says", "hack"),
    StrongVerb(r"plagiari[sz](?:es|ed|ing|e)", "copying passed off as one's own", "copied, reused", "plagiari"),
    StrongVerb(r"loot(?:s|ed|ing)|plunder(?:s|ed|ing)", "a crime", "took", "loot|plunder"),
    StrongVerb(r"admit(?:s|ted|ting)?", "guilt", "said, confirmed", "admi"),
    StrongVerb(r"confess(?:es|ed|ing)?", "guilt", "said", "confess"),
    StrongVerb(r"conced(?:e|es|ed|ing)", "defeat in an argument", "said, agreed", "conced"),
    StrongVerb(r"refus(?:es|ed|ing)(?= to\b)|refused", "that it was asked and chose", "did not, would not, declined", "refus|declin|reject"),
    StrongVerb(r"(?:claim(?:ed|ing)|claims(?= that\b))", "doubt", "said", "claim"),
    StrongVerb(r"insist(?:s|ed|ing)?", "stubbornness", "said", "insist"),
    StrongVerb(r"boast(?:s|ed|ing)?|brag(?:s|ged|ging)", "vanity", "said", "boast|brag"),
    StrongVerb(r"prov(?:es|ed|en|ing)(?! to be)", "that no doubt is left", "showed, suggests", "prov"),
    StrongVerb(r"reveal(?:s|ed|ing)?", "that it was hidden, and is true", "said, reported, published", "reveal|leak"),
    StrongVerb(r"threaten(?:s|ed|ing)?", "intent to harm", "warned, said it would", "threat"),
    StrongVerb(r"retaliat(?:es|ed|ing|e)", "a motive", "then did", "retaliat"),
    StrongVerb(r"punish(?:es|ed|ing)?", "a motive", "then did", "punish"),
    StrongVerb(r"slam(?:s|med|ming)|blast(?:s|ed|ing)|lash(?:es|ed) out", "anger", "criticised", "slam|blast|lash"),
    StrongVerb(r"dodg(?:es|ed|ing)|evad(?:es|ed|ing)", "intent to avoid", "did not answer", "dodg|evad"),
    StrongVerb(r"conceal(?:s|ed|ing)?|cover(?:s|ed|ing) up|hid(?:es|ing)?|hidden(?= by\b)", "intent to hide", "did not say, did not publish", "conceal|cover(?:s|ed)? up|hid"),
    StrongVerb(r"sabotag(?:es|ed|ing|e)", "intent to harm", "hindered, as the source says", "sabotag"),
)  # fmt: skip

ENGLISH = JudgedLanguage(
    code="en",
    spelled=_SPELLED,
    scales={"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "bn": 9, "tn": 12},
    more_months={9: ("Sept",)},
    ordinal="(?:st|nd|rd|th)?",
    before_month="(?: of)? ",
    before_year=",? ",
    article="(?:the )?",
    month_first=True,
    before_bare_year=("in", "of"),
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
        numerator="an?|one|just (?:over|under) an?",
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
            "(?<!in )(?<!of )may(?! not| \\d)|might|could(?! not)|would(?! not)|plans?(?= to)|planned(?= to)|planning to|intends? to|expects? to|"
            "expected to|(?:is|are) to|hopes? to|wants? to|aims? to|considering|considers|is set to|likely to|proposes? to|"
            "proposed|threaten(?:s|ed) to|scheduled to"
        ),
        alleged="alleged(?:ly)?|alleges?|reportedly|purported(?:ly)?|accus\\w+|claims?(?: that)?|suspected|supposed(?:ly)?|rumou?r\\w*",
        negated=(
            "not|never|no|none|nobody|no one|nothing|neither|nor|cannot|without|hardly|barely|scarcely|rarely|seldom|unless|"
            "fail(?:s|ed)? to|refus(?:e|es|ed) to|den(?:y|ies|ied)"
        ),
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
    abbreviations=_words(
        "mr mrs ms dr prof rev hon gov sen rep gen col capt lt sgt st mt messrs eg ie e.g i.e cf viz vs v approx ca c "
        "fig figs eq sec art ch vol ed eds tr pp para nos op"
    ),
    before_numbers=_words("no p nr art jan feb mar apr jun jul aug sep sept oct nov dec cl par reg sect"),
    at_ends=_words(
        "inc corp ltd co llc plc bros u.s u.k e.u u.n a.m p.m ph.d d.c etc al jr sr dept univ assn est gmbh ag"
    ),
    starters=_words(
        "a an the this that these those it its he she they we you his her their our i in on at by for from to of as if "
        "when while where after before since until although though because but and or nor so yet however both neither "
        "either no not nothing none nobody one some any all each every most many few several other another what who "
        "which how why whether there here then later once only also even still now with without under over between "
        "during against about"
    ),
    speech_verbs=_SPEECH,
    attribution=_any_case(
        r"\b(?:reported(?:ly)?|reports?|according to|sa(?:ys?|id)|tell(?:s|ing)?|told|alleg\w+|claim\w*|accus\w+|argu\w+|"
        r"stat(?:e[sd]?|ing|ements?)|wr(?:ites?|ote|itten)|announc\w+|confirm\w*|describ\w+|call(?:s|ed)|add(?:s|ed)|"
        r"answer(?:s|ed)|repl(?:y|ies|ied)|testif\w+|complain\w*|charg(?:e[sd]|ing)|suspect\w*|believ\w+|"
        r"relay(?:s|ed)?|quot(?:e[sd]?|ing)|recollection|reproduce[sd]?|purport\w*|rumou?r\w*|unverified|unconfirmed|"
        r"suppos\w+|estimat\w+|promis\w+|predict\w*|forecast\w*|fores(?:aw|ee\w*)|warn\w*|disput\w+|(?:law)?suits?|su(?:ed|es|ing)|"
        r"rests? on|(?:no one|nobody|no page|nothing)\b[^.;]*\b(?:show\w*|found)|"
        r"found\b[^.;]{0,24}\bthat|provisional\w*|preliminar\w*|holds? that|held that|put (?:its|his|her|the|it)|"
        r"gave (?:its|his|her)|"
        r"by (?:the |its |his |her |\w+[’']s )?(?:own )?(?:word|account|count)|in (?:its|his|her|their) (?:words|view))\b"
    ),
    contradiction=_any_case(
        r"\b(?:den(?:y|ies|ied|ial)|disput\w+|reject\w*|contradict\w*|contest\w*|object\w*|disagree\w*|differ\w*|"
        r"counter\w*|rebut\w*|refut\w+|against|untrue|false|not so|unsettled|unclear|uncertain|on the other hand|neither|"
        r"has it otherwise|while|whereas|but|though|although|however)\b"
    ),
    negation=_any_case(r"\b(?:no|not|nothing|nobody|never|neither|nor|none|without)\b"),
    nobody=_any_case(
        r"\b(?:not|read|via|the|and|from|by|of|an?|own|said|to|be|seen|through|others?|people|familiar|with|sources?|"
        r"unnamed|copy|blog|post|page|log|memo|internal|announcement|message|email|e-mail|article|trade|press|"
        r"developers?|analysts?|complaint|quoted|quoting|citing|relayed|inferred|daily|weekly|digest|brief)\b"
    ),
    strong_verbs=_STRONG_VERBS,
    job_titles=_JOB_TITLES,
    title_before=r"(?: of [A-Z]\w+)?,? ",
    title_after=r", (?:(?:then|formerly|now|at the time|an?|the|its|their|[\w.]+[’']s) ){0,3}",
    titles=_any_case(
        r"\b(?:chief(?: [a-z]+){0,3}(?: officer| executive)?|executives?|presidents?|chair(?:man|woman|person)?|"
        r"(?:co-?)?founders?|spokes(?:person|man|woman|people)|directors?|heads? of|managers?|engineers?|researchers?|"
        r"judges?|lawyers?|attorneys?|senators?|ministers?|commissioners?|professors?|editors?|reporters?)\b"
    ),
    documents=_any_case(
        r"\b(?:memos?|letters?|complaints?|filings?|rulings?|judg(?:e)?ments?|orders?|contracts?|agreements?|terms|clauses?|"
        r"polic(?:y|ies)|e-?mails?|papers|statements?|reports?|articles?|posts?|surveys?|notices?)\b"
    ),
    parties=_any_case(
        r"\b(?:compan(?:y|ies)|firms?|competitors?|rivals?|sellers?|buyers?|suppliers?|investors?|customers?|courts?|"
        r"(?:law ?)?suits?|rulings?|contracts?|clauses?|charges?|accusations?|agreements?|accounts|prices?|revenue|"
        r"original reports?|articles?|targets?|bans?|disputes?|precedents?|theory)\b"
    ),
    counts=_any_case(
        rf"(?<![\w-])\d[\d,.]*(?:%|\b)|[$€£]\d|\b(?:{_FROM_TWO}|dozens?|hundreds?|thousands?|millions?|billions?|half|"
        r"twice|percent|per cent)\b"
    ),
    verbs=_any_case(
        r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|"
        r"says?|said|tells?|told|gives?|gave|denie[sd]|calls?|claims?|confirms?|reports?|adds?|names?|shows?|"
        r"cuts?|made|makes?|began|went|came|comes?|took|takes?|kept|keeps?|held|holds?|found|left|lost|sold|sells?|bought|"
        r"stays?|remains?|follows?|publish(?:es)?|depends?|grew|saw|sees?|knew|knows?|"
        r"wrote|writes?|paid|pays?|won|ran|runs?|rose|fell|met|sent|spoke|broke|put|puts|led|leads|stood|stands?|"
        r"\w{2,}ed)\b"
    ),
    denials=_any_case(
        r"^(?:there (?:is|are|was|were) )?(?:no|none|nobody|nothing|neither|nowhere)\b"
        r"|\b(?:was|were|did|had|has|have) (?:not|never)\b|[:;] (?:nobody|nothing|none|no)\b|\bnone (?:known|found)\b"
    ),
    past=_any_case(
        r"^(?:(?!\bwh\w+|\bas\b|\bhow\b)[^,;:])*?"
        r"\b(?:was|were|grew|rose|fell|came|went|became|ended|began|saw|sold|bought|won|lost)\b"
    ),
    label=_any_case(r"^(?:Caveat(?: on [^:]{1,60})?|Note\b):? *"),
    on_itself=_any_case(
        r"^(?:(?:in|as|on|above|below|here)\b[^,]{0,40}, )?(?:(?:the|this|each|a|another|both|these|our)\s+)?"
        r"(?:(?:first|second|third|fourth|fifth|sixth|next|last|following|same|previous|middle)\s+)*(?:\w+\s+)?"
        r"(?:cells?|charts?|tables?|matrix|timelines?|notebooks?|columns?|panels?|pictures?|reports?|texts?|numbers?|marks?)\b"
        r"(?: (?:below|above|here|\w+ the text above \w+))?"
        r" (?:\w+s|are|is|have|has|were|was|can|cannot|then|holds?|takes?|counts?|shows?|draws?|prints?|opens?)\b"
        r"|^(?:Reads|Writes|Not shown here|Confidence|Overturned by)\b:?|^Here (?:is|are)\b|^Drawn\b|^Whether\b"
        r"|^Notebook \d+\b|^\d\d-[\w-]+ \w+s\b|^[^.;:]*\b(?:is|are) (?:both |never |not )?drawn\b"
    ),
    on_a_chart=re.compile(r"^(?:.*? )?it (?:shows|holds|draws|counts|leaves out)\b"),
    goes_on=re.compile(r"; |(?<!here)(?<!by)(?<!Reads)(?<!Writes): "),
    to_reader=_any_case(r"\byou(?:r|rs)?\b"),
    orders=_words(
        "add ask build choose cite click compare copy draw edit enter export filter give go install keep look mark mend "
        "name note open pick press print put read record replace run save see set show start take then to try turn type "
        "use write"
    ),
    names=re.compile(r"(?<=[\w,;:’)] )[A-Z][\w’-]*|\b[A-Z][a-z]*[A-Z]\w*|^[A-Z][\w-]+(?=’s\b)"),
    no_names=_words("i english french german ai api"),
    digits=_any_case(
        rf"(?<![\w#@/\\.:-])(?:US|[-\u2212+])?[$€£]?(?<![\d.,]){_AMOUNT}(?:[ -]?{_SCALE})?(?: ?{_UNIT}|x\b)?"
    ),
    worded=_any_case(
        rf"\b(?:(?:{_FROM_TWO}|an? (?=hundred|thousand|million|billion|dozen))"
        rf"(?:[ -](?:hundred|thousand|million|billion|dozen|thirds|quarters|fifths|times|percent|per cent))?"
        rf"(?:{_SCALE})? ?(?:hundred|thousand|million|billion|dozen)?(?: {_UNIT})?"
        r"|(?:a|one) (?:third|quarter|fifth|half)(?= of)|half(?= (?:of|the|its|their)\b)|twice(?= (?:as|the)\b)"
        r"|doubled|tripled|quadrupled|\w+fold)\b(?!-?(?:hand|way|sided?)\b)"
    ),
    which=_any_case(
        rf"(?<![\w-])(?:(?:{_NUMBERED_THINGS})s?|pp?|sec|art|fig|nos?|para|series|appendix|docket)\.?"
        r"(?: \d[\d.]*(?:,| and| to|–|-| or)?)* ?$"
    ),
    which_one=_any_case(rf"(?<![\w-])(?:{_NUMBERED_THINGS}) $"),
    time_of_day=_any_case(
        r"^\d{1,2}(?::\d\d|\.\d\d)?(?::\d\d)? ?(?:[ap]\.?m\b|o’?'?clock)|^\d{1,2}:\d\d"
    ),
    known=_any_case(
        r"\b(?:the|these|those|both|its|their|our|his|her|whose|all|other|first|last|next|one or|two or|every|"
        r"[\w-]+[’']s?)(?: (?:other|same|first|last|next|latter|former|main))? $"
    ),
    announced=_any_case(
        r"^ (?:(?!the\b)\w+ )?(?:kinds?|sorts?|ways?|parts?|groups?|points?|limits?|reasons?|questions?|steps?|things?|sides?|"
        r"senses?|respects?|exceptions?|readings?|directions?)\b"
    ),
    small=frozenset(_SPELLED[2:11]),
    before_a_number=_words("about over under some only nearly almost i"),
    stated_value=re.compile(
        r"(?:(?P<least>over|more than|at least|as many as|above)|(?P<most>under|less than|at most|below|up to|fewer than)"
        r"|(?P<about>about|around|nearly|roughly|some|near|almost))? ?"
        rf"(?P<number>{_AMOUNT})(?:-(?P<to>{_AMOUNT}))? (?P<unit>\w+)(?: \([^)]*\))?"
    ),
    unit_nouns={"users": ("people", "subscribers"), "customers": ("businesses", "companies", "firms")},
    unit_families={
        "percentage point": "percentage points", "point": "percentage points", "percent": "percent", "per cent": "percent",
        "%": "percent", "dollar": "usd", "euro": "eur", "pound": "gbp",
    },
    distances=_any_case(
        r"\b(?:(?P<count>\d+|[a-z]+(?:-[a-z]+)?) (?P<unit>day|week|month|year)s? "
        r"(?P<way>later|earlier|afterwards|before|after)\b|(?P<same>(?:^(?:on )?|\bboth\b.*)the same day\b)"
        r"|the (?:next|following|previous|preceding) (?P<next>day|week|month|year)\b"
        r"|the (?P<side>day|week|month|year) (?P<way_2>before|after)\b|last (?P<last>month|week|year)\b)"
        r"(?P<anchor> (?!and\b|but\b|it\b)[\w“‘])?"
    ),
    distance_units={"day": (1, 0.5), "week": (7, 3), "month": (30.44, 15), "year": (365.25, 60)},
    anchors=("before", "after"),
    articles=("a", "an"),
    published=_any_case(r"\b(?:publish|republish|leak|releas|unseal|report)"),
    mistaken=_any_case(
        r"\bimpossible\b|\bexclud|\bclash|\bwrong|\bmistak|\bnot fall\b|\bdoes not\b|\bcannot\b|\bno such\b"
    ),
    said_to_be=re.compile(r"\ban? \w+day$"),
    inexact=_any_case(r"\b(?:by|before|after|since|until|week)\b"),
)  # fmt: skip
