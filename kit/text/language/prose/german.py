"""The words by which German prose is judged."""

from __future__ import annotations

import re

from kit.text.language.prose.words import ProseWords, StrongVerb, any_case, word_set

_JOB_TITLES = {
    "Vorstandsvorsitzende": r"Vorstands(?:vorsitzende[rn]?|chefs?|chefin)|CEO",
    "Geschäftsführer": r"Geschäftsführer(?:in|s)?",
    "Direktor": r"(?<!\w)Direktor(?:in|s)?",
    "Vorsitzende": r"(?<!\w)(?:Vereins)?[Vv]orsitzende[rn]?",
    "Präsident": r"(?<!\w)Präsident(?:in|en)?",
    "Bürgermeister": r"(?:Ober)?[Bb]ürgermeister(?:in|s)?",
    "Landrat": r"Landr(?:at|ätin|ats)",
    "Minister": r"\w*[Mm]inister(?:in|s)?",
    "Kanzler": r"(?:Bundes)?[Kk]anzler(?:in|s)?",
    "Staatsanwalt": r"\w*[Ss]taatsanw(?:alt|ältin|alts)",
    "Richter": r"\w*[Rr]ichter(?:in|s)?",
    "Anwalt": r"(?:Rechts)?[Aa]nw(?:alt|ältin|alts)",
    "Insolvenzverwalter": r"Insolvenzverwalter(?:in|s)?",
    "Schatzmeister": r"Schatzmeister(?:in|s)?|Kassenwart(?:in|s)?",
    "Sprecher": r"(?:Presse|Regierungs)?[Ss]precher(?:in|s)?",
    "Pflegedirektor": r"Pflegedirektor(?:in|s)?",
    "Arzt": r"(?:Chef|Ober|Assistenz|Amts)?[Aä]rzt(?:in|es)?|(?:Chef|Ober|Assistenz|Amts)?[Aa]rzt",
    "Pfleger": r"(?:Kranken)?[Pp]fleger(?:in|s)?",
    "Kellermeister": r"Kellermeister(?:in|s)?",
    "Professor": r"Professor(?:in|s)?",
    "Leiter": r"\w*[Ll]eiter(?:in|s)?",
    "Gründer": r"(?:Mit)?[Gg]ründer(?:in|s)?",
    "Abgeordnete": r"Abgeordnete[rn]?",
    "Gutachter": r"Gutachter(?:in|s)?",
    "Kapitän": r"Kapitän(?:in|s)?",
    "Polizeichef": r"Polizei(?:chef(?:in|s)?|präsident(?:in|en)?)",
    "Redakteur": r"(?:Chef)?[Rr]edakteur(?:in|s)?",
}
_STRONG_VERBS = (
    StrongVerb(r"räumte(?:n)? ein|einräum\w+|gab(?:en)? zu", "Schuld", "sagte, bestätigte", "räum|gab|zugegeb|einger"),
    StrongVerb(r"gestand(?:en)?|gesteh\w+", "Schuld", "sagte", "gest"),
    StrongVerb(r"weiger(?:te|ten|t) sich", "dass gefragt und abgelehnt wurde", "tat es nicht, lehnte ab", "weiger|abgelehn|lehnt"),
    StrongVerb(r"behauptet(?:e|en)?", "Zweifel", "sagte", "behaupt"),
    StrongVerb(r"prahl(?:t|te|ten)", "Eitelkeit", "sagte", "prahl"),
    StrongVerb(r"enthüllt(?:e|en)?", "dass es verborgen war und stimmt", "berichtete, veröffentlichte", "enthüll"),
    StrongVerb(r"drohte(?:n)?", "die Absicht zu schaden", "kündigte an", "droh"),
    StrongVerb(r"verheimlicht(?:e|en)?|vertuscht(?:e|en)?", "die Absicht zu verbergen", "sagte nicht", "verheimlich|vertusch"),
)  # fmt: skip
#: The stem is looked for in what the fact and its sources say.
_ACCUSATIONS = {
    r"stahl(?:en)?|gestohlen|stiehlt|Diebst\w+|Diebe?": "stahl|stohl|stiehl|dieb",
    r"log(?:en)?|gelogen|belog(?:en)?|l[üu]g(?:t|en)|Lügner\w*|Lügen?": "log|lüg",
    r"betrog(?:en)?|betrüg\w+|Betr[ug]{2}\w*|prellt(?:e|en)?|täuscht(?:e|en)?": "betr[oüu]g|prell|täusch",
    r"fälscht(?:e|en)?|gefälscht|Fälschung\w*": "fälsch|falsch",
    r"besticht|bestach(?:en)?|bestochen|Bestechung\w*|schmiert(?:e|en)?|korrupt\w*|Korruption": "bestech|bestach|bestoch|korrup|schmier",
    r"veruntreut(?:e|en)?|unterschlug(?:en)?|unterschlagen": "veruntreu|unterschl",
    r"erpresst(?:e|en)?|Erpressung": "erpress",
    r"spioniert(?:e|en)?|ausspioniert|bespitzelt(?:e|en)?": "spion|spitzel",
    r"verriet(?:en)?|verraten": "verr",
    r"vergiftet(?:e|en)?": "gift",
    r"ermordet(?:e|en)?|Mord(?:es)?|tötet(?:e|en)?": "mord|töt|tot|starb",
    r"plündert(?:e|en)?|geplündert": "plünder",
    r"sabotiert(?:e|en)?": "sabot",
    r"kriminell\w*|rechtswidrig|gesetzwidrig|illegal": "krimin|widrig|illegal|gesetz",
}

GERMAN_PROSE = ProseWords(
    abbreviations=word_set("dr prof hr fr frl z.b d.h u.a v.a bzw ca vgl sog inkl evtl ggf str st nr art abs hrsg bd ff f mio mrd z.t o.ä i.d.r"),
    before_numbers=word_set("nr s art abs bd kap jan feb mär apr jun jul aug sep sept okt nov dez am vom zum im bis dem den der und"),
    at_ends=word_set("usw etc gmbh ag kg e.v u.s.w co"),
    starters=word_set(
        "der die das ein eine einer es er sie wir ihr ich man dies diese dieser dieses jene jener kein keine niemand nichts im in "
        "am an auf bei für von mit zu zum zur aus nach vor seit bis um als wenn während obwohl weil aber und oder doch auch nur noch "
        "dann dort hier später so wie was wer wo warum ob beide alle einige viele wenige mehrere mancher"
    ),
    speech_verbs=(
        "sagte|sagt|sagten|sagen|erklärte|erklärt|teilte|schrieb|schreibt|behauptet|behauptete|betonte|betont|meinte|meint|warnte|warnt|"
        "fragte|antwortete|wirft|warf|beschuldigt|beschuldigte|gibt an|gab an|kritisiert|kritisierte|bezeugte|bezeugt|versichert|versicherte"
    ),
    press_verbs="berichtet|berichtete|berichteten|meldet|meldete|schreibt|schrieb|enthüllte|veröffentlichte|erfuhr",
    according="laut|nach Angaben (?:von|der|des)|nach Darstellung (?:von|der|des)|nach Aussage (?:von|der|des)|nach Worten (?:von|der|des)",
    by_name="zufolge",
    papers=r"[\w-]*(?:[Bb]ote|[Kk]urier|[Zz]eitung|[Bb]latt|[Aa]nzeiger|Post|[Rr]undschau|[Nn]achrichten|Presse|[Mm]orgenpost|Echo|Allgemeine|Spiegel|Stern)n?",
    attribution=any_case(
        r"\b(?:bericht\w*|meld(?:et|ete|eten|ung)\w*|laut|zufolge|sag(?:t|te|ten|en)|schr(?:eibt|ieb|ieben)|behaupt\w+|erklär\w+|angaben|aussage|"
        r"darstellung|wirft|warf|werfen|vorwurf|vorwürfe|beschuldig\w+|verdäch\w+|verdacht|mutmaß\w+|angeblich|teilt?e?n? (?:\w+ )?mit|bestätig\w+|"
        r"nenn(?:t|en|te)|klag(?:t|te|en)|klage|anklage|schätz\w+|vermut\w+|glaub\w+|warn\w+|bestreite\w*|bestritt\w*|widersp\w+|kündig\w+|"
        r"versprach\w*|versprich\w*|zeug\w+|gegenüber|zitier\w+|heißt es|dem vernehmen nach|gerücht\w*|unbestätigt\w*)\b"
    ),
    anonymous=any_case(
        r"\b(?:angeblich\w*|mutmaßlich\w*|vermeintlich\w*|offenbar|anscheinend|dem vernehmen nach|wie es heißt|heißt es|gerüchteweise|"
        r"gerüchten zufolge|soll(?:en)? (?=[^.;]*\b(?:haben|sein)\b)|man sagt|manche sagen|berichten zufolge|es heißt)\b"
    ),
    contradiction=any_case(
        r"\b(?:bestreite\w*|bestritt\w*|dementi\w*|widersp\w+|zurückgewiesen|(?:weis(?:t|en)|wies(?:en)?)\b[^.;]*\b(?:zurück|von sich)|zurückweis\w+|leugne\w*|"
        r"verneint?e?n?|strittig|umstritten|unklar|offen|dagegen|hingegen|anders|jedoch|aber|doch|obwohl|während|bezweifel\w*|falsch|unwahr|stimmt nicht|(?:sagt|sagte|erklärt|erklärte|sagen|versichert)\b[^.;]{0,60}\b(?:nicht|nie|kein\w*|nichts|falsch))\b"
    ),
    undisputed=any_case(
        r"\b(?:(?:bestreite\w*|bestritt\w*|dementi\w*|leugne\w*|bezweifel\w*|widersprach|widerspricht)(?: \w+){0,2} (?:niemand|keiner|nicht)|"
        r"(?:niemand|keiner|weder)\b[^.;]*\b(?:bestreite\w*|bestritt\w*|bestritten|dementi\w*|leugne\w*|bezweifel\w*|widersp\w+|zurück)|"
        r"unbestritten|unstrittig|unwidersprochen|außer frage|(?:nicht|nie) (?:bestritten|dementiert|geleugnet|bezweifelt|umstritten|strittig))\b"
    ),
    negation=any_case(r"\b(?:kein\w*|nicht|nichts|niemand|nie|niemals|weder|ohne)\b"),
    planned=any_case(
        r"\b(?:soll(?:en|te|ten)?|will|wollen|wollte|wollten|plan\w*|geplant\w*|beabsichtig\w+|möcht\w+|könnt\w+|kann|dürft\w+|würd\w+|wird|werden|"
        r"hoff\w+|erwäg\w+|vorhaben|vorgesehen|absicht\w*|künftig|bald|noch nicht|vorbereit\w*|vorschl\w+|strebt?|angekündigt|kündig\w+|wenn|falls|zum verkauf)\b"
    ),
    nobody=any_case(
        r"\b(?:nicht|und|von|vom|der|die|das|des|dem|den|laut|durch|andere[rn]?|leute|mit|quellen?|blog|seite|memo|intern|meldung|mail|artikel|"
        r"presse|bestritten|bestreite[tn]|zurückgewiesen|dementiert|zitiert)\b"
    ),
    strong_verbs=_STRONG_VERBS,
    accusations=_ACCUSATIONS,
    job_titles=_JOB_TITLES,
    title_before=r"(?: (?:der|des|von|aus) [\w.-]+(?: [A-Z][\w-]+)?)?,? ",
    title_after=r", (?:(?:damals|früher|heute|ehemals|der|die|das|ein|eine|seine?|ihre?|frühere[rn]?|ehemalige[rn]?) ){0,3}",
    titles=any_case(
        r"\b\w*(?:chef(?:in)?|vorsitzende[rn]?|präsident(?:in)?|direktor(?:in)?|sprecher(?:in)?|leiter(?:in)?|richter(?:in)?|anw[aä]lt(?:in)?|"
        r"minister(?:in)?|meister(?:in)?|professor(?:in)?|r[aä]t(?:in)?|verwalter(?:in)?|arzt|ärzt(?:e|in|innen)|gründer(?:in)?)\b"
    ),
    documents=any_case(
        r"\b(?:memo|briefe?|schreiben|klage(?:schrift)?|urteile?|beschl(?:uss|üsse)|vertr(?:ag|äge|ags)|verordnung|richtlinie|e-?mails?|papiere?|"
        r"erklärung|berichte?|artikel|umfrage|bescheide?|gutachten|protokolle?|akten?|rechnung(?:en)?)\b"
    ),
    parties=any_case(
        r"\b(?:unternehmen|firm(?:a|en)|konzern\w*|behörden?|gericht(?:e|s)?|\w*gericht|polizei|staatsanwaltschaft|stadt|gemeinde|landkreis|verein\w*|"
        r"kund(?:e|en|innen)|lieferanten?|investoren|käufer\w*|verkäufer\w*|händler\w*|klage|urteil|vertrag|vorw[uü]rfe?|verbot|streit|preise?|umsatz|"
        r"patienten?|anwohner\w*|mitarbeiter\w*|beschäftigte[rn]?|opfer|zeugen?|ermittler\w*|ministerium|verwaltung|klinik\w*|schule\w*)\b"
    ),
    many="dutzende?|hunderte?|tausende?|millionen?|milliarden?|hälfte|halbe|doppelt|mehrheit|großteil|ein teil|teil der|dreimal|zweimal|prozent",
    verbs=any_case(
        r"\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|hatten|kann|können|konnte|konnten|soll|sollen|sollte|muss|mussten?|müssen|"
        r"will|wollte|sagt|sagte|gab|gibt|bestreitet|nennt|zeigt|ließ|kam|kamen|ging|gingen|blieb|blieben|hielt|fand|fanden|verlor|starb|starben|stand|"
        r"standen|schrieb|stieg|fiel|fielen|sank|traf|trat|bekam|nahm|lag|lagen|rief|fuhr|fuhren|lief|liefen|schlug|schlugen|warf|trug|trugen|fing|sprang|sah|sahen|half|las|sprach|sprachen|saß|saßen|schnitt|zog|zogen|schloss|brach|begann|verließ|verließen|\w{3,}t(?:e|en)|\w{3,}iert|"
        r"ge\w{3,}(?:t|en)|\w{4,}t)\b"
    ),
    denials=any_case(
        r"^(?:es (?:gibt|gab) )?(?:kein\w*|niemand|nichts|weder|nirgends)\b|\b(?:war|waren|wurden?|hat|haben|hatte|hatten|ist|sind)\b[^.;,]{0,40}\b(?:nicht|nie|kein\w*)\b"
    ),
    past=any_case(
        r"^(?:(?!\bw(?:er|as|ie|arum|o)\b|\bals\b)[^,;:])*?\b(?:war|waren|wurde|wurden|stieg|fiel|kam|kamen|ging|gingen|verlor|begann|endete|starb|trat|"
        r"schloss|fand|blieb|ließ|verließ|brach|nahm|gab|zog|hielt|schrieb|stand|standen|lag|rief|traf|bekam|hatte|hatten|\w{3,}(?:te|ten))\b"
    ),
    label=any_case(r"^(?:Vorbehalt(?: zu [^:]{1,60})?|Hinweis|Anmerkung)\b:? *"),
    on_itself=any_case(
        r"^(?:(?:in|wie|an|oben|unten|hier)\b[^,]{0,40},? )?(?:(?:der|die|das|diese[rs]?|jede[rs]?|eine?|beide|unsere?)\s+)?"
        r"(?:(?:erste|zweite|dritte|vierte|nächste|letzte|folgende|vorige|mittlere)[nrs]?\s+)*(?:\w+\s+)?"
        r"(?:zellen?|grafik(?:en)?|diagramme?|abbildung(?:en)?|tabellen?|zeitleisten?|notebooks?|spalten?|zeilen?|karten?|berichte?|texte?|zahlen|marken?)\b"
        r"(?: (?:unten|oben|hier|darunter|darüber))? (?:\w+t|\w+en|ist|sind|hat|haben|kann)\b|^(?:Lesart|Nicht gezeigt)\b:?|^Hier (?:ist|sind|steht|stehen)\b|^(?:Das|Dies) (?:beweist|belegt|zeigt|heißt|bedeutet)\b|^(?:Mit|Unter) „[^“]+“ meinen wir\b|^Wir (?:haben [^.;]* (?:gezählt|verglichen|kodiert|weggelassen)|zählen|vergleichen|meinen|nennen)\b|^Ob\b"
    ),
    goes_on=re.compile(r"; |(?<!hier): "),
    to_reader=any_case(r"\b(?:Sie (?=\w+en\b)(?<=^Sie )|Ihnen|du|dein\w*|dir|dich)\b|\b\w+en Sie\b"),
    orders=word_set(
        "füge öffne klicke wähle siehe lies nimm führe trage vergleiche lösche drücke starte prüfe beachte man öffnen klicken wählen "
        "lesen eintragen vergleichen löschen drücken starten beachten"
    ),
    names=re.compile(r"(?<=[\w,;:’)] )(?:[A-ZÄÖÜ][\w’-]+ [A-ZÄÖÜ][\w’-]+|[A-Z]{2,}\w*)|\b[A-Z][a-z]*[a-z][A-Z]\w*"),
    no_names=word_set("ki api edv pdf"),
    multiples=any_case(r"\b(?:verdoppelt\w*|verdreifacht\w*|vervierfacht\w*|\w+fache[nrs]?|doppelt so|zweimal so)\b"),
    known=any_case(
        r"\b(?:d(?:ie|er|en|em|as|es)|diese[rnms]?|jene[rnms]?|beide[nr]?|seine?[rnms]?|ihre?[rnms]?|unsere?[rnms]?|alle[nr]?|andere[nr]?|erste[nr]?|letzte[nr]?|"
        r"nächste[nr]?|jede[rnms]?|je)(?: (?:anderen|ersten|letzten|übrigen|genannten))? $"
    ),
    announced=any_case(r"^ (?:\w+ )?(?:arten?|weisen?|teile?n?|gruppen?|punkte?n?|gründe?n?|fragen?|schritte?n?|dinge?n?|seiten?|hinsichten?|lesarten)\b"),
    joins="und",
    earlier="zuvor|vorher|früher|vor",
    later="später|danach|darauf|nach",
    distances=any_case(
        r"\b(?:(?P<same>am (?:selben|gleichen) Tag)|(?:am|im|in der) (?:nächsten|folgenden|darauffolgenden) (?P<next>Tag|Woche|Monat|Jahr)"
        r"|(?:am|im) (?P<side>Tag|Monat|Jahr) (?P<way>davor|danach|vor|nach)|(?P<last>(?!)))\b(?P<anchor> \w)?"
    ),
    distance_units={"tag": "days", "woche": "weeks", "monat": "months", "jahr": "years"},
    anchors=("vor", "nach"),
    precedes=any_case(r"\b(?:noch vor|vor|bevor|ehe)(?= (?:d(?:er|em|ie|as|en)|seine[rm]|ihre[rm]|eine[rm]|einem|es|sie|er)\b)"),
    follows=any_case(r"\b(?:erst nach|nach|nachdem)(?= (?:d(?:er|em|ie|as|en)|seine[rm]|ihre[rm]|eine[rm]|einem|es|sie|er)\b)"),
    published=any_case(r"\b(?:veröffentlich\w*|erschien\w*|bericht\w*|meld\w+|publizier\w*|stand\b[^.]*\b(?:im|in der|in))"),
    mistaken=any_case(r"\bunmöglich\b|\bfalsch|\birr|\bverwechs|\bnicht\b|\bpasst nicht\b|\bgibt es nicht\b"),
    said_to_be=re.compile(r"\beine?[mn]? \w+tag$"),
    inexact=any_case(r"\b(?:bis|vor|nach|seit|ab|woche)\b"),
)  # fmt: skip
