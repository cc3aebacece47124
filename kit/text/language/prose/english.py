"""The words by which English prose is judged."""

from __future__ import annotations

import re

from kit.text.language.prose.words import ProseWords, StrongVerb, any_case, word_set

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
    "prime minister": r"prime minister",
    "minister": r"(?<!prime )minister",
    "mayor": r"mayor(?:ess)?",
    "treasurer": r"treasurer",
    "secretary": r"secretary(?: general)?",
    "council member": r"council(?:lor|or|man|woman| member)|alder(?:man|woman)",
    "governor": r"governor",
    "captain": r"captain|skipper",
    "inspector": r"inspector",
    "doctor": r"doctor|physician|surgeon",
    "nurse": r"nurse|matron",
    "bishop": r"bishop",
    "clerk": r"clerk",
    "prosecutor": r"prosecutor|district attorney",
    "curator": r"curator",
    "harbour master": r"harbou?r ?master",
    "conductor": r"conductor",
    "principal": r"(?:school )?principal|head ?(?:teacher|master|mistress)",
    "accountant": r"accountant|auditor",
    "foreman": r"fore(?:man|woman)",
    "owner": r"owner",
    "mate": r"(?:first |second )?mate",
}
_STRONG_VERBS = (
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
)  # fmt: skip

#: The stem is looked for in what the fact and its sources say.
_ACCUSATIONS = {
    r"st(?:eal|eals|ole|olen|ealing)|thefts?|thie(?:f|ves)": "st[eo][al]|theft|thie",
    r"spied|sp(?:y|ies|ying) on": "spy|spie|spia|espion",
    r"l(?:ied|ying)(?= (?:to|about)\b)|lied|liars?": "lie[ds]?\\b|lying|liar|untru|false",
    r"cheat(?:s|ed|ing)?|deceiv(?:es|ed|ing)|swindl(?:es|ed|ing)|dup(?:es|ed|ing)": "cheat|dece|swindl|dup|mislead|misled",
    r"hack(?:s|ed)|hack(?:ing)? into": "hack|broke into|intru",
    r"plagiari[sz](?:es|ed|ing|e)": "plagiari|copied",
    r"loot(?:s|ed|ing)|plunder(?:s|ed|ing)": "loot|plunder",
    r"sabotag(?:es|ed|ing|e)": "sabotag",
    r"brib(?:es|ed|ing|ery)|kickbacks?|corrupt(?:ed|ion)?": "brib|corrupt|kickback|paid off",
    r"defraud(?:s|ed|ing)|frauds?|fraudulent(?:ly)?|scams?": "fraud|swindl|scam|deceiv",
    r"embezzl(?:es|ed|ing|ement)": "embezzl",
    r"forg(?:es|ed|ing|ery)(?! ahead)|falsif(?:y|ies|ied|ying)|faked": "forg|fals|fake",
    r"betray(?:s|ed|ing|al)": "betray",
    r"blackmail(?:s|ed|ing)?|extort(?:s|ed|ing|ion)": "blackmail|extort",
    r"launder(?:s|ed|ing)(?= money)|money laundering": "launder",
    r"murder(?:s|ed|ing)|kill(?:s|ed)": "murder|kill|dead|died|death",
    r"poison(?:s|ed|ing)": "poison",
    r"broke(?:n)? the law|illegally|unlawfully|criminals?": "law|illegal|crim",
    r"smuggl(?:es|ed|ing)": "smuggl",
}

ENGLISH_PROSE = ProseWords(
    abbreviations=word_set(
        "mr mrs ms dr prof rev hon gov sen rep gen col capt lt sgt st mt messrs eg ie e.g i.e cf viz vs v approx ca c "
        "fig figs eq sec art ch vol ed eds tr pp para nos op"
    ),
    before_numbers=word_set("no p nr art jan feb mar apr jun jul aug sep sept oct nov dec cl par reg sect"),
    at_ends=word_set(
        "inc corp ltd co llc plc bros u.s u.k e.u u.n a.m p.m ph.d d.c etc al jr sr dept univ assn est gmbh ag"
    ),
    starters=word_set(
        "a an the this that these those it its he she they we you his her their our i in on at by for from to of as if "
        "when while where after before since until although though because but and or nor so yet however both neither "
        "either no not nothing none nobody one some any all each every most many few several other another what who "
        "which how why whether there here then later once only also even still now with without under over between "
        "during against about"
    ),
    speech_verbs=(
        "said|says|told|tells|wrote|writes|added|adds|stated|states|explained|explains|argued|argues|claimed|claims|"
        "replied|replies|noted|notes|announced|tweeted|posted|testified|warned|warns|asked|asks|wondered|cried|demanded|"
        "alleges|alleged|asserts|asserted|maintains|maintained|insists|insisted|accuses|accused|complains|complained"
    ),
    press_verbs="reported|reports|revealed|reveals|published|publishes|broke the (?:news|story)|disclosed|has learned|wrote|writes",
    according="according to|in the words of|as told to|as told by",
    papers="Gazette|Herald|Post|Times|Courier|News|Tribune|Chronicle|Journal|Observer|Mail|Telegraph|Examiner|Guardian|Independent|Mirror|Echo|Bulletin|Sentinel|Globe|Star|Argus|Advertiser|Standard|Inquirer|Digest|Dispatch|Register|Weekly|Daily",
    attribution=any_case(
        r"\b(?:reported(?:ly)?|reports?|according to|sa(?:ys?|id)|tell(?:s|ing)?|told|alleg\w+|claim\w*|accus\w+|argu\w+|"
        r"stat(?:e[sd]?|ing|ements?)|wr(?:ites?|ote|itten)|announc\w+|confirm\w*|describ\w+|call(?:s|ed)|add(?:s|ed)|"
        r"answer(?:s|ed)|repl(?:y|ies|ied)|testif\w+|complain\w*|charg(?:e[sd]|ing)|suspect\w*|believ\w+|"
        r"relay(?:s|ed)?|quot(?:e[sd]?|ing)|recollection|reproduce[sd]?|purport\w*|rumou?r\w*|unverified|unconfirmed|"
        r"suppos\w+|estimat\w+|promis\w+|predict\w*|forecast\w*|fores(?:aw|ee\w*)|warn\w*|disput\w+|(?:law)?suits?|su(?:ed|es|ing)|"
        r"(?:is|are|was|were) (?:the )?[\w ]{1,30}[’']s own|rests? on|(?:no one|nobody|no page|nothing)\b[^.;]*\b(?:show\w*|found)|"
        r"found\b[^.;]{0,24}\bthat|provisional\w*|preliminar\w*|holds? that|held that|put (?:its|his|her|the|it)|"
        r"gave (?:its|his|her)|"
        r"by (?:the |its |his |her |\w+[’']s )?(?:own )?(?:word|account|count)|in (?:its|his|her|their) (?:words|view))\b"
    ),
    contradiction=any_case(
        r"\b(?:den(?:y|ies|ied|ial)|disput\w+|reject\w*|contradict\w*|contest\w*|object\w*|disagree\w*|differ\w*|"
        r"counter\w*|rebut\w*|refut\w+|against|untrue|false|not so|unsettled|unclear|uncertain|on the other hand|neither|"
        r"has it otherwise|(?:says?|said|maintains?|insists?|answers?|answered)\b[^.;]{0,60}\b(?:not|never|no|nothing|untrue)|while|whereas|but|though|although|however)\b"
    ),
    anonymous=any_case(
        r"\b(?:reportedly|allegedly|supposedly|purportedly|apparently|(?:it|there) is (?:said|alleged|claimed|reported|rumou?red)|"
        r"(?:is|are|was|were) (?:said|alleged|reported|rumou?red|believed|understood) to|it (?:was|has been) (?:said|alleged|reported|claimed)|"
        r"(?:some|people|many|critics|observers) (?:say|claim|allege|believe)|rumou?rs? (?:has|have) it|sources (?:say|said))\b"
    ),
    undisputed=any_case(
        r"\b(?:(?:nobody|no one|none|neither)(?: \w+){0,3} (?:has |have |had |ever |would )*(?:disput|den|contest|contradict|reject|refut|object|question|doubt)\w*|"
        r"(?:not|never|n[’']t)(?: been| even)* (?:disputed?|den(?:y|ied)|contest(?:ed)?|contradict(?:ed)?|reject(?:ed)?|refuted?|questioned|in (?:dispute|doubt))|"
        r"undisputed|uncontested|undeniabl[ey]|without (?:dispute|contradiction|denial|objection)|beyond dispute|no (?:dispute|denial|objection)s?)\b"
    ),
    planned=any_case(
        r"\b(?:plan(?:s|ned|ning)?|intend\w*|wants?|wanted|aims?|hopes?|propos\w+|project\w*|consider\w*|would|will|could|may|might|shall|"
        r"expect\w*|to be|is to|are to|was to|were to|due to|about to|seek\w*|sought|prepar\w+|not yet|if|announc\w+|threaten\w*|"
        r"going to|scheduled|up for|for sale|draft\w*)\b"
    ),
    negation=any_case(r"\b(?:no|not|nothing|nobody|never|neither|nor|none|without)\b"),
    nobody=any_case(
        r"\b(?:not|read|via|the|and|from|by|of|an?|own|said|to|be|seen|through|others?|people|familiar|with|sources?|"
        r"unnamed|copy|blog|post|page|log|memo|internal|announcement|message|email|e-mail|article|trade|press|"
        r"developers?|analysts?|complaint|quoted|quoting|citing|relayed|inferred|daily|weekly|digest|brief)\b"
    ),
    strong_verbs=_STRONG_VERBS,
    accusations=_ACCUSATIONS,
    job_titles=_JOB_TITLES,
    title_before=r"(?: of [A-Z]\w+)?,? ",
    title_after=r", (?:(?:then|formerly|now|at the time|an?|the|its|their|[\w.]+[’']s) ){0,3}",
    titles=any_case(
        r"\b(?:chief(?: [a-z]+){0,3}(?: officer| executive)?|executives?|presidents?|chair(?:man|woman|person)?|"
        r"(?:co-?)?founders?|spokes(?:person|man|woman|people)|directors?|heads? of|managers?|engineers?|researchers?|"
        r"judges?|lawyers?|attorneys?|senators?|ministers?|commissioners?|professors?|editors?|reporters?)\b"
    ),
    documents=any_case(
        r"\b(?:memos?|letters?|complaints?|filings?|rulings?|judg(?:e)?ments?|orders?|contracts?|agreements?|terms|clauses?|"
        r"polic(?:y|ies)|e-?mails?|papers|statements?|reports?|articles?|posts?|surveys?|notices?)\b"
    ),
    parties=any_case(
        r"\b(?:compan(?:y|ies)|firms?|competitors?|rivals?|sellers?|buyers?|suppliers?|investors?|customers?|courts?|"
        r"(?:law ?)?suits?|rulings?|contracts?|clauses?|charges?|accusations?|agreements?|accounts|prices?|revenue|"
        r"original reports?|articles?|letters?|councils?|landlords?|tenants?|owners?|police|mayors?|targets?|bans?|disputes?|precedents?|theory)\b"
    ),
    many="dozens?|hundreds?|thousands?|millions?|billions?|half|twice|percent|per cent|most of|majority|part of|none of",
    verbs=any_case(
        r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|"
        r"says?|said|tells?|told|gives?|gave|denie[sd]|calls?|claims?|confirms?|reports?|adds?|names?|shows?|"
        r"cuts?|made|makes?|began|went|came|comes?|took|takes?|kept|keeps?|held|holds?|found|left|lost|sold|sells?|bought|"
        r"stays?|remains?|follows?|publish(?:es)?|depends?|grew|saw|sees?|knew|knows?|"
        r"wrote|writes?|paid|pays?|won|ran|runs?|rose|fell|met|sent|spoke|broke|put|puts|led|leads|stood|stands?|"
        r"\w{2,}ed)\b"
    ),
    denials=any_case(
        r"^(?:there (?:is|are|was|were) )?(?:no|none|nobody|nothing|neither|nowhere)\b"
        r"|\b(?:was|were|did|had|has|have) (?:not|never)\b|[:;] (?:nobody|nothing|none|no)\b|\bnone (?:known|found)\b"
    ),
    past=any_case(
        r"^(?:(?!\bwh\w+|\bas\b|\bhow\b)[^,;:])*?"
        r"\b(?:was|were|grew|rose|fell|came|went|became|ended|began|saw|sold|bought|won|lost|died|resigned|quit|fled)\b"
    ),
    label=any_case(r"^(?:Caveat(?: on [^:]{1,60})?|Note\b):? *"),
    on_itself=any_case(
        r"^(?:(?:in|as|on|above|below|here)\b[^,]{0,40}, )?(?:(?:the|this|each|a|another|both|these|our)\s+)?"
        r"(?:(?:first|second|third|fourth|fifth|sixth|next|last|following|same|previous|middle)\s+)*(?:\w+\s+)?"
        r"(?:cells?|charts?|tables?|matrix|timelines?|notebooks?|columns?|panels?|pictures?|reports?|texts?|numbers?|marks?)\b"
        r"(?: (?:below|above|here|\w+ the text above \w+))?"
        r" (?:\w+s|are|is|have|has|were|was|can|cannot|then|holds?|takes?|counts?|shows?|draws?|prints?|opens?)\b"
        r"|^(?:Reads|Writes|Not shown here|Confidence|Overturned by)\b:?|^Here (?:is|are)\b|^Drawn\b|^Whether\b"
        r"|^What follows\b|^We (?:counted|coded|compared|left out|looked|took|read|sorted)\b|^Notebook \d+\b|^\d\d-[\w-]+ \w+s\b|^[^.;:]*\b(?:is|are) (?:both |never |not )?drawn\b"
    ),
    on_a_chart=re.compile(r"^(?:.*? )?it (?:shows|holds|draws|counts|leaves out)\b"),
    goes_on=re.compile(r"; |(?<!here)(?<!by)(?<!Reads)(?<!Writes): "),
    to_reader=any_case(r"\byou(?:r|rs)?\b"),
    orders=word_set(
        "add ask build choose cite click compare copy draw edit enter export filter give go install keep look mark mend "
        "name note open pick press print put read record replace run save see set show start take then to try turn type "
        "use write"
    ),
    names=re.compile(r"(?<=[\w,;:’)] )[A-Z][\w’-]*|\b[A-Z][a-z]*[A-Z]\w*|^[A-Z][\w-]+(?=’s\b)"),
    no_names=word_set("i english french german ai api"),
    multiples=any_case(r"\b(?:doubl(?:ed|ing)|tripl(?:ed|ing)|quadrupl(?:ed|ing)|\w+fold|twice(?= (?:as|the)\b))\b"),
    known=any_case(
        r"\b(?:the|these|those|both|its|their|our|his|her|whose|all|other|first|last|next|one or|two or|every|"
        r"[\w-]+[’']s?)(?: (?:other|same|first|last|next|latter|former|main))? $"
    ),
    before_a_number=word_set("about over under some only nearly almost i"),
    announced=any_case(
        r"^ (?:(?!the\b)\w+ )?(?:kinds?|sorts?|ways?|parts?|groups?|points?|limits?|reasons?|questions?|steps?|things?|sides?|"
        r"senses?|respects?|exceptions?|readings?|directions?)\b"
    ),
    joins="and",
    earlier="earlier|before",
    later="later|afterwards|after",
    distances=any_case(
        r"\b(?:(?P<same>(?:^(?:on )?|\bboth\b.*)the same day\b)|the (?:next|following|previous|preceding) (?P<next>day|week|month|year)\b"
        r"|the (?P<side>day|week|month|year) (?P<way>before|after)\b|last (?P<last>month|week|year)\b)"
        r"(?P<anchor> (?!and\b|but\b|it\b)[\w“‘])?"
    ),
    distance_units={"day": "days", "week": "weeks", "month": "months", "year": "years"},
    anchors=("before", "after"),
    precedes=any_case(r"\b(?<!the day )(?<!the week )(?:before|ahead of|prior to|already\b[^,;]{0,60}\bwhen)\b"),
    follows=any_case(r"\b(?:(?<!shortly )after|following|in the wake of|once)\b"),
    published=any_case(r"\b(?:publish|republish|leak|releas|unseal|report)"),
    mistaken=any_case(
        r"\bimpossible\b|\bexclud|\bclash|\bwrong|\bmistak|\bnot fall\b|\bdoes not\b|\bcannot\b|\bno such\b"
    ),
    said_to_be=re.compile(r"\ban? \w+day$"),
    inexact=any_case(r"\b(?:by|before|after|since|until|week)\b"),
)  # fmt: skip
