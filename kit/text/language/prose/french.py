"""The words by which French prose is judged."""

from __future__ import annotations

import re

from kit.text.language.prose.words import ProseWords, StrongVerb, any_case, word_set

_JOB_TITLES = {
    "directeur général": r"direct(?:eur|rice) général[e]?|PDG|président[e]?-direct(?:eur|rice) général[e]?",
    "directeur": r"direct(?:eur|rice)(?! général)",
    "président": r"(?<!vice-)présidente?(?!-direct)",
    "maire": r"maire(?:sse)?",
    "ministre": r"(?<!premier )(?<!première )ministre",
    "premier ministre": r"premi(?:er|ère) ministre",
    "préfet": r"préf(?:et|ète)",
    "procureur": r"procureure?",
    "juge": r"juge",
    "avocat": r"avocate?",
    "trésorier": r"trésori(?:er|ère)",
    "secrétaire": r"secrétaire(?: général[e]?)?",
    "porte-parole": r"porte-parole",
    "médecin": r"médecin(?:-chef)?|docteure?|urgentiste|chirurgien(?:ne)?",
    "infirmier": r"infirmi(?:er|ère)",
    "professeur": r"professeure?",
    "chef": r"chef(?:fe)? (?:de|du) (?:service|cabinet|chantier)",
    "fondateur": r"(?:co-?)?fondat(?:eur|rice)",
    "député": r"députée?",
    "sénateur": r"sénat(?:eur|rice)",
    "conseiller": r"conseill(?:er|ère)",
    "inspecteur": r"inspect(?:eur|rice)",
    "ingénieur": r"ingénieure?",
    "gérant": r"gérante?",
    "évêque": r"évêque",
    "capitaine": r"capitaine",
    "rédacteur": r"rédact(?:eur|rice)",
    "comptable": r"(?:expert(?:e)?-)?comptable",
}
_STRONG_VERBS = (
    StrongVerb(r"avou(?:e|ent|é|a|èrent)|reconn(?:aît|u|ut)", "la culpabilité", "dit, confirme", "avou|reconn"),
    StrongVerb(r"refus(?:e|ent|é|a)", "qu'on le lui a demandé et qu'il a choisi", "n'a pas, décline", "refus|déclin"),
    StrongVerb(r"prétend(?:ent|u|ait)?", "le doute", "dit", "prétend"),
    StrongVerb(r"révèl(?:e|ent)|révél(?:é|a)", "que c'était caché et que c'est vrai", "dit, publie", "rév[èé]l"),
    StrongVerb(r"menac(?:e|ent|é)|menaça", "l'intention de nuire", "avertit", "mena[cç]"),
    StrongVerb(r"dissimul(?:e|ent|é|a)|cach(?:e|ent|é|a)", "l'intention de cacher", "n'a pas dit", "dissimul|cach"),
)  # fmt: skip
#: The stem is looked for in what the fact and its sources say.
_ACCUSATIONS = {
    r"vol(?:é|ée|és|ées)|a volé|vole(?:nt)? (?:des|les|l[’'])|voleurs?": r"\\bvol(?:é|e|a)",
    r"ment(?:i|ent|ait|it|eur|euse|eurs)(?: à)?|mensonges?": "ment[iesa]|mensong|faux|fausse",
    r"tromp(?:é|e|a|ent|ait|ée|és)(?! pas)|escroqu\w+|dup(?:é|ée|és)": "tromp|escroqu|dup|abus",
    r"trafiqu\w+|falsifi\w+|truqu\w+": "trafiqu|falsifi|truqu|faux|fauss",
    r"corromp\w+|corruption|pots?-de-vin|soudoy\w+": "corr[uo]|pots?-de-vin|soudoy",
    r"détourn(?:é|e|a|ent|ement)\w*(?= (?:de fonds|des fonds|de l[’']argent|l[’']argent))": "détourn",
    r"fraud(?:e|é|a|ent|es|eurs?|uleux)\w*": "fraud|escroqu",
    r"trahi(?:t|e|s|ssent|son)?": "trahi",
    r"espionn(?:e|é|a|ent|age)": "espionn",
    r"extor(?:que|qué|sion)\w*|chantage": "extor|chantage",
    r"empoisonn(?:e|é|a|ent)\w*": "poison",
    r"assassin\w*|meurtr\w+|tu(?:é|a|ent)\b": "assassin|meurtr|tu[éea]|mort",
    r"pill(?:é|e|a|ent|age)\w*": "pill",
    r"sabot(?:é|e|a|age)\w*": "sabot",
    r"illégal(?:e|ement)?|criminel(?:le|s)?": "illégal|crimin|loi",
}

FRENCH_PROSE = ProseWords(
    abbreviations=word_set("m mm mme mmes mlle dr pr me st ste cf p.ex env vs av bd éd vol chap fig art al"),
    before_numbers=word_set("n no p pp art al chap fig janv févr avr juil sept oct nov déc l"),
    at_ends=word_set("etc s.a sarl cie ltd inc"),
    starters=word_set(
        "le la les l’ l' un une des ce cet cette ces il elle ils elles on nous vous je c’est c'est au aux à en dans sur sous par pour de du "
        "d’ avec sans mais et ou donc or ni car si quand lorsque comme puis alors ensuite depuis pendant après avant selon personne rien "
        "aucun aucune plusieurs quelques chaque tous toutes qui que où pourquoi comment"
    ),
    speech_verbs=(
        "dit|disent|affirme|affirment|a affirmé|déclare|a déclaré|écrit|soutient|soutiennent|assure|assurent|accuse|accusent|dénonce|dénoncent|"
        "raconte|racontent|explique|expliquent|ajoute|prétend|estime|répond|précise|allègue|allèguent|reproche|témoigne|a dit|a accusé|a dénoncé"
    ),
    press_verbs="rapporte|a rapporté|révèle|a révélé|écrit|a écrit|publie|a publié|a annoncé|annonce|relate|a raconté|a dévoilé",
    according="selon|d[’']après|à en croire|aux dires de|de l[’']aveu de",
    papers="Gazette|Courrier|Monde|Dépêche|Écho|Voix|Journal|Nouvelles|Figaro|Tribune|Progrès|Parisien|Dauphiné|Télégramme|Provence|Quotidien|Presse|Libération|Républicain|Indépendant|Matin|Temps",
    attribution=any_case(
        r"\b(?:selon|d[’']après|à en croire|aux dires|rapport\w+|affirm\w+|déclar\w+|écri(?:t|vent|vait)|soutien\w+|assur\w+|accus\w+|dénonc\w+|racont\w+|"
        r"révél\w+|révèl\w+|prétend\w*|estim\w+|di(?:t|sent|sait)|allè?g\w+|allégu\w+|reproch\w+|témoign\w+|annonc\w+|publi(?:e|é|ait)|plaint\w*|"
        r"soupçon\w+|rumeur\w*|aurait|auraient|serait|seraient|contest\w+|dément\w*|ni(?:e|é|ent)|promet\w*|prévo\w+)\b"
    ),
    anonymous=any_case(
        r"\b(?:prétendument|apparemment|paraît-il|semble-t-il|dit-on|à ce qu[’']on dit|il paraît que|on dit que|on raconte que|certains disent|selon la rumeur|"
        r"aurait|auraient|serait|seraient)\b"
    ),
    contradiction=any_case(
        r"\b(?:contest\w+|démen\w+|ni(?:e|é|ent|ait)|réfut\w+|rejett?\w+|conteste|s[’']oppos\w+|récus\w+|mais|cependant|toutefois|pourtant|tandis que|alors que|"
        r"bien que|faux|inexact\w*|incertain\w*|contredi\w+|au contraire|litige|controvers\w+|(?:dit|disent|affirme|assure|a dit|répond)\b[^.;]{0,60}\bn(?:e\b|[’'])\w*)\b"
    ),
    undisputed=any_case(
        r"\b(?:(?:personne|nul|aucun\w*|ni)\b[^.;]*?\bn(?:e |[’'])(?:\w+ )?(?:contest\w+|démen\w+|ni(?:e|é|ent|ait)|réfut\w+|rejett?\w+|s[’']oppos\w+|récus\w+|contredi\w+)|"
        r"incontest\w+|indéniable\w*|n[’'](?:est|a) (?:pas|jamais)(?: été)? (?:contest\w+|démenti\w*|nié\w*)|sans (?:conteste|contredit|démenti))"
    ),
    negation=any_case(r"\b(?:ne|n[’']\w*|pas|rien|personne|jamais|aucun\w*|ni|sans)\b"),
    planned=any_case(
        r"\b(?:prévo\w+|prévu\w*|veu(?:t|lent)|voul\w+|projet\w*|entend(?:ent)?|compt(?:e|ent)|souhait\w+|espèr\w+|envisag\w+|pourrai\w+|peut|devrai\w+|doit|"
        r"va|vont|allai\w+|propos\w+|\w{2,}er(?:a|ont|ait|aient)|sera|seront|serai\w+|aura|auront|pas encore|bientôt|future?s?|si|annonc\w+|prêt\w*|prépar\w+)\b"
    ),
    nobody=any_case(
        r"\b(?:et|de|des|du|la|le|les|par|selon|d|l|un|une|autres?|gens|source[s]?|anonyme|blog|page|article|presse|contesté\w*|démenti\w*|nié\w*|cité\w*)\b"
    ),
    strong_verbs=_STRONG_VERBS,
    accusations=_ACCUSATIONS,
    job_titles=_JOB_TITLES,
    title_before=r"(?: (?:de|du|des|de la|de l[’'])? ?[A-Z][\w-]+)?,? ",
    title_after=r", (?:(?:alors|ancien(?:ne)?|aujourd’hui|le|la|l[’']|un|une|son|sa) ?){0,3}",
    titles=any_case(
        r"\b(?:direct(?:eur|rice)s?|présidente?s?|maires?|ministres?|préf(?:et|ète)s?|procureure?s?|juges?|avocate?s?|porte-parole|médecins?|professeure?s?|"
        r"fondat(?:eur|rice)s?|députée?s?|sénat(?:eur|rice)s?|infirmi(?:er|ère)s?|chef(?:fe)?s? de|ingénieure?s?|rédact(?:eur|rice)s?)\b"
    ),
    documents=any_case(
        r"\b(?:lettres?|courriers?|plaintes?|arrêts?|jugements?|contrats?|accords?|clauses?|règlements?|e-?mails?|courriels?|documents?|déclarations?|"
        r"rapports?|articles?|enquêtes?|avis|notes?|procès-verba(?:l|ux)|factures?)\b"
    ),
    parties=any_case(
        r"\b(?:entreprises?|sociétés?|concurrente?s?|fournisseurs?|client(?:e|s|es)?|acheteurs?|vendeurs?|investisseurs?|tribunal|tribunaux|cour|police|mairie|"
        r"commune|ville|région|hôpita(?:l|ux)|agence|ministère|préfecture|association|plaintes?|jugements?|contrats?|accusations?|accords?|prix|"
        r"patient(?:e|s|es)?|habitant(?:e|s|es)?|salarié(?:e|s|es)?|victimes?|témoins?|enquêteurs?|école|litige|interdiction)\b"
    ),
    many="douzaines?|dizaines?|centaines?|milliers?|millions?|milliards?|moitié|demie?|double|deux fois|pour cent|tiers|quart|majorité|la plupart|une partie",
    verbs=any_case(
        r"\b(?:est|sont|était|étaient|fut|furent|a|ont|avait|avaient|eut|peut|peuvent|pouvait|doit|doivent|devait|va|vont|fait|font|faisait|dit|disent|"
        r"prend|prit|met|mit|vient|vint|tient|tint|reste|restait|montre|donne|ferme|ferma|meurt|mourut|sait|savait|veut|voit|vit|perd|perdit|vend|vendit|"
        r"\w{3,}(?:ait|aient|èrent|irent|urent)|\w{3,}(?:ent)|\w{2,}(?:é|ée|és|ées|a)|\w{4,}e|[ld]?[’']\w+e)\b"
    ),
    denials=any_case(r"^(?:il n[’']y (?:a|avait) )?(?:aucun\w*|personne|nul\w*|rien|ni)\b|\bn(?:e |[’'])(?:\w+ )?\w+ (?:pas|jamais|rien|plus|aucun\w*|personne)\b"),
    past=any_case(
        r"^(?:(?!\bqui\b|\bque\b|\bcomment\b)[^,;:])*?\b(?:était|étaient|fut|furent|eut|(?:a|ont|est|sont|avait|avaient) (?:été )?(?:\w+ )?\w+(?:é|ée|és|ées|i|is|it|u|us|ert)|"
        r"\w{3,}(?:èrent|irent|urent)|\w{3,}ait|prit|mit|vint|perdit|vendit|mourut)\b"
    ),
    label=any_case(r"^(?:Réserve(?: sur [^:]{1,60})?|Note|Remarque)\b ?:? *"),
    on_itself=any_case(
        r"^(?:(?:dans|comme|au|ci-dessus|ci-dessous|ici)\b[^,]{0,40},? )?(?:(?:le|la|les|l[’']|ce|cette|ces|chaque|un|une|nos|notre)\s*)?"
        r"(?:(?:première?|deuxième|troisième|quatrième|prochaine?|dernière?|suivante?|même)\s+)*(?:\w+\s+)?"
        r"(?:cellules?|graphiques?|diagrammes?|figures?|tableaux?|frises?|carnets?|notebooks?|colonnes?|lignes?|rapports?|textes?|chiffres|marques?)\b"
        r"(?: (?:ci-dessous|ci-dessus|ici|suivante?|précédente?))? (?:\w+e|\w+t|est|sont|a|ont|peut)\b|^(?:Lit|Écrit|Non montré)\b ?:?|^Voici\b|^(?:Cela|Ceci|Ça) (?:ne )?\w+|^(?:Par [^,]{1,40}, )?nous (?:(?:avons|n[’']avons) \w*(?:compt|compar|retenu|exclu|class|cod|laiss)\w*|entendons|comptons|comparons|appelons)\b|^Ici\b"
    ),
    goes_on=re.compile(r" ?; |(?<!ici) ?: "),
    to_reader=any_case(r"\b(?:vous|votre|vos|tu|ton|tes|te)\b"),
    orders=word_set("ajoutez ouvrez cliquez choisissez voyez lisez prenez comparez effacez appuyez lancez vérifiez notez ajouter ouvrir cliquer choisir voir lire prendre comparer effacer lancer vérifier noter"),
    names=re.compile(r"(?<=[\w,;:’)] )[A-ZÀÉÈ][\w’-]*|(?<=[a-z][’'])[A-ZÀÉÈ][\w-]+|\b[A-Z][a-z]*[A-Z]\w*|^[A-ZÀÉÈ][\w-]+ [A-ZÀÉÈ][\w-]+"),
    no_names=word_set("ia api pdf"),
    multiples=any_case(r"\b(?:doubl(?:é|a|ait|ent)|tripl(?:é|a|ait|ent)|quadrupl(?:é|a)|deux fois plus|le double)\b"),
    known=any_case(
        r"\b(?:l(?:es|a|e)|ces?|cette|ses|leurs?|nos|tou(?:s|tes) les|autres|chaque|aux?|des)(?: (?:autres|mêmes|premiers?|premières?|derniers?|dernières?))? $"
    ),
    announced=any_case(r"^ (?:\w+ )?(?:sortes?|façons?|parties?|groupes?|points?|raisons?|questions?|étapes?|choses?|côtés?|sens|égards?|lectures?)\b"),
    joins="et",
    earlier="plus tôt|auparavant|avant",
    later="plus tard|après",
    distances=any_case(
        r"\b(?:(?P<same>le même jour)|(?:le|la|l[’'])? ?(?P<next>lendemain)|(?:la|le|l[’']) ?(?P<side>jour|semaine|mois|année) (?P<way>d[’']avant|suivante?|précédente?|d[’']après)|(?P<last>(?!)))(?P<anchor> (?!et\b|mais\b)\w)?"
    ),
    distance_units={"lendemain": "days", "jour": "days", "semaine": "weeks", "mois": "months", "année": "years"},
    anchors=("avant", "après"),
    precedes=any_case(r"\b(?:avant(?: que| de)?|juste avant)(?= (?:l|d|q|s|c)\w*)"),
    follows=any_case(r"\b(?:après(?: que)?|à la suite de|dès)(?= \w)"),
    published=any_case(r"\b(?:publi\w+|paru\w*|parut|annonc\w+|rapport\w+|révél\w+|écri\w+|dévoil\w+)"),
    mistaken=any_case(r"\bimpossible\b|\bfaux\b|\berreur|\btromp|\bne\b|\bn[’']"),
    said_to_be=re.compile(r"\bun (?:lun|mar|mercre|jeu|vendre|same)di$|\bun dimanche$"),
    inexact=any_case(r"\b(?:avant|après|depuis|jusqu|vers|semaine)\b"),
)  # fmt: skip
