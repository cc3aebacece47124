"""The words by which Spanish prose is judged."""

from __future__ import annotations

import re

from kit.text.language.prose.words import ProseWords, StrongVerb, any_case, word_set

_JOB_TITLES = {
    "director general": r"direct(?:or|ora) general|consejer[oa] delegad[oa]|CEO",
    "director": r"direct(?:or|ora)(?! general)",
    "presidente": r"(?<!vice)president[ea]",
    "alcalde": r"alcald(?:e|esa)",
    "ministro": r"(?<!primer )(?<!primera )ministr[oa]",
    "primer ministro": r"primera? ministr[oa]",
    "fiscal": r"fiscal(?: general| jefe)?",
    "juez": r"jue(?:z|za)|magistrad[oa]",
    "abogado": r"abogad[oa]",
    "tesorero": r"tesorer[oa]",
    "secretario": r"secretari[oa](?: general)?",
    "portavoz": r"portavoz",
    "médico": r"médic[oa]|doctora?|cirujan[oa]",
    "enfermero": r"enfermer[oa]",
    "profesor": r"profesora?|catedrátic[oa]",
    "jefe": r"jef[ea] de \w+",
    "fundador": r"(?:co)?fundadora?",
    "diputado": r"diputad[oa]",
    "senador": r"senadora?",
    "concejal": r"concejala?",
    "consejero": r"consejer[oa](?! delegad)",
    "inspector": r"inspectora?",
    "ingeniero": r"ingenier[oa]",
    "guarda": r"guardas?|vigilante",
    "gerente": r"gerente",
    "gobernador": r"gobernadora?",
    "obispo": r"obispo",
    "capitán": r"capit(?:án|ana)",
    "redactor": r"redactora?|periodista",
    "contable": r"contable|auditora?",
}
_STRONG_VERBS = (
    StrongVerb(r"admit(?:e|en|ió|ieron)|reconoc(?:e|en|ió|ieron)", "la culpa", "dijo, confirmó", "admit|reconoc"),
    StrongVerb(r"confes(?:ó|aron)|confiesan?", "la culpa", "dijo", "confes|confies"),
    StrongVerb(r"se neg(?:ó|aron)|se niegan?", "que se le pidió y eligió no hacerlo", "no quiso, declinó", "neg|declin|rechaz"),
    StrongVerb(r"reve(?:la|lan|ló|laron)", "que estaba oculto y es cierto", "dijo, publicó", "revel"),
    StrongVerb(r"amenaz(?:a|an|ó|aron)", "la intención de dañar", "avisó", "amenaz"),
    StrongVerb(r"ocult(?:a|an|ó|aron)|escond(?:e|en|ió|ieron)", "la intención de esconder", "no dijo", "ocult|escond"),
)  # fmt: skip
#: The stem is looked for in what the fact and its sources say.
_ACCUSATIONS = {
    r"rob(?:ó|aron|ado|a|an|o|os)|hurt(?:ó|o|aron)|ladron(?:es)?|ladrón": "rob|hurt|ladr",
    r"mint(?:ió|ieron)|mient(?:e|en)|mentir(?:as?|os[oa])?": "mint|mient|mentir|fals",
    r"engañ(?:ó|aron|a|an|ado|o)|estaf(?:ó|aron|a|as|ado)|timó|timaron": "engañ|estaf|tim",
    r"falsific(?:ó|aron|a|an|ado|ación)|amañ(?:ó|aron|ado)": "falsif|amañ|falso",
    r"soborn(?:ó|aron|a|an|o|os|ado)|corrupt[oa]s?|corrupción|mordidas?|cohecho": "soborn|corrup|mordida|cohecho",
    r"malvers(?:ó|aron|ación)|desfalc\w+": "malvers|desfalc",
    r"defraud(?:ó|aron|ado)|fraudes?|fraudulent\w+": "fraud|estaf",
    r"traicion(?:ó|aron|a|an|ado)|traición": "traici",
    r"espi(?:ó|aron|ado|onaje)\b": "esp[ií]",
    r"extorsion\w*|chantaj\w+": "extorsi|chantaj",
    r"envenen(?:ó|aron|ado)": "venen",
    r"asesin\w+|mat(?:ó|aron)": "asesin|mat[óoa]|muert|muri",
    r"saque(?:ó|aron|o)\b": "saque",
    r"sabote\w+": "sabot",
    r"ilegal(?:mente)?|crimin(?:al|ales)|delincuentes?": "ilegal|crimin|delin|ley",
}

SPANISH_PROSE = ProseWords(
    abbreviations=word_set("sr sra sres dr dra d dña ud uds ee.uu p.ej prof lic ing av avda núm pág págs art fig vol cap ed vs cf aprox"),
    before_numbers=word_set("n no núm p pág art cap fig ene feb mar abr may jun jul ago sept oct nov dic"),
    at_ends=word_set("etc s.a s.l cía ltd inc"),
    starters=word_set(
        "el la los las un una unos unas lo este esta estos estas ese esa esos esas él ella ellos ellas nosotros se no ni nadie nada ninguno ninguna "
        "en a al de del con por para sin sobre según desde hasta entre tras pero y o aunque porque cuando mientras si como donde quien qué cómo "
        "también después antes luego entonces ya todo todos todas cada varios algunos muchas muchos otro otra"
    ),
    speech_verbs=(
        "dice|dicen|dijo|dijeron|afirma|afirman|afirmó|asegura|aseguran|aseguró|declara|declaró|escribe|escribió|sostiene|sostienen|denuncia|denuncian|"
        "denunció|acusa|acusan|acusó|cuenta|cuentan|contó|explica|explicó|añade|añadió|alega|alegan|alegó|responde|respondió|reprocha|reprochó"
    ),
    press_verbs="publicó|publica|informó|informa|reveló|revela|contó|cuenta|escribió|escribe|adelantó|adelanta|anunció",
    according="según|de acuerdo con|en palabras de|a juicio de",
    papers="Voz|Correo|Diario|País|Heraldo|Gaceta|Noticias|Periódico|Faro|Mundo|Vanguardia|Eco|Tribuna|Prensa|Crónica|Nación|Tiempo|Mercurio|Norte|Ideal|Razón|Provincia",
    attribution=any_case(
        r"\b(?:según|de acuerdo con|en palabras de|dic(?:e|en)|dij(?:o|eron)|afirm\w+|asegur\w+|declar\w+|escri(?:be|bió)|sost(?:iene|ienen|uvo)|denunci\w+|acus\w+|"
        r"cuentan?|cont(?:ó|aron)|aleg\w+|public(?:a|ó|aron|ado)|inform(?:a|ó|aron|es?)|revel\w+|adelant\w+|anunci\w+|sospech\w+|rumor\w*|habría|habrían|sería|"
        r"serían|desm[ie]\w+|nieg\w+|neg(?:ó|aron)|querella|demanda|estim\w+|prev(?:é|én)|promet\w+|reproch\w+|al parecer|supuest\w+|presunt\w+)\b"
    ),
    anonymous=any_case(
        r"\b(?:al parecer|supuest\w+|presunt\w+|por lo visto|aparentemente|se dice(?: que)?|dicen que|se rumorea|según los rumores|se cuenta que|habrían?|serían?)\b"
    ),
    contradiction=any_case(
        r"\b(?:desm[ie]\w+|nieg\w+|neg(?:ó|aron|ado)|rechaz\w+|contradi\w+|disput\w+|rebat\w+|pero|sin embargo|no obstante|aunque|mientras que|en cambio|"
        r"falso|incierto|discut\w+|refut\w+|controver\w+|al contrario|(?:dice|dijo|dicen|afirma|asegura|responde)\b[^.;]{0,60}\bno)\b"
    ),
    undisputed=any_case(
        r"\b(?:(?:nadie|ningun\w*|ni)\b[^.;]*?\b(?:desm[ie]\w+|nieg\w+|neg(?:ó|aron|ado)|rechaz\w+|contradi\w+|disput\w+|rebat\w+|discut\w+|refut\w+|cuestion\w+|pone en duda)|"
        r"indiscut\w+|innegable\w*|no (?:se )?(?:ha sido |ha |fue )?(?:desm[ie]\w+|nieg\w+|negado|discut\w+|rechaz\w+)|sin (?:discusión|duda))\b"
    ),
    negation=any_case(r"\b(?:no|nada|nadie|nunca|jamás|ningun\w*|ni|sin)\b"),
    planned=any_case(
        r"\b(?:prev(?:é|én|eía|ist[oa]s?)|quier(?:e|en)|quería|querían|proyect\w*|pretend\w+|piensan?|dese\w+|esper\w+|estudia\w*|podrí\w+|puede|deberí\w+|debe|va a|van a|"
        r"iba a|propon\w+|propus\w+|\w{3,}(?:ará|arán|erá|erán|irá|irán|aría|ería|iría)|aún no|todavía no|pronto|futur[oa]s?|si|anunci\w+|prepara\w*|plan(?:es|ea|ean)?)\b"
    ),
    nobody=any_case(
        r"\b(?:y|de|del|la|el|los|las|por|según|un|una|otr[oa]s|gente|fuentes?|anónim\w+|blog|página|artículo|prensa|desmentido|negado|citad[oa])\b"
    ),
    strong_verbs=_STRONG_VERBS,
    accusations=_ACCUSATIONS,
    job_titles=_JOB_TITLES,
    title_before=r"(?: (?:de|del|de la) [A-Z][\w-]+)?,? ",
    title_after=r", (?:(?:entonces|ex|hoy|antiguo|antigua|el|la|un|una|su) ){0,3}",
    titles=any_case(
        r"\b(?:direct(?:or|ora|ores)|president[ea]s?|alcald(?:e|esa|es)|ministr[oa]s?|fiscal(?:es)?|jue(?:z|za|ces)|abogad[oa]s?|portavoz|portavoces|médic[oa]s?|"
        r"profesora?(?:es)?|fundadora?(?:es)?|diputad[oa]s?|senadora?(?:es)?|concejal(?:es|a)?|consejer[oa]s?|ingenier[oa]s?|jef[ea]s? de)\b"
    ),
    documents=any_case(
        r"\b(?:cartas?|querellas?|demandas?|sentencias?|contratos?|acuerdos?|cláusulas?|reglamentos?|correos?|documentos?|declaraci(?:ón|ones)|informes?|"
        r"artículos?|encuestas?|avisos?|notas?|actas?|facturas?)\b"
    ),
    parties=any_case(
        r"\b(?:empresas?|compañías?|firmas?|rivales|proveedor(?:es|a)?|clientes?|comprador(?:es)?|vendedor(?:es)?|inversor(?:es)?|tribunal(?:es)?|juzgado|policía|"
        r"ayuntamiento|municipio|ciudad|gobierno|hospital(?:es)?|agencia|ministerio|asociación|demandas?|sentencias?|contratos?|acusaci(?:ón|ones)|acuerdos?|precios?|"
        r"pacientes?|vecin[oa]s?|trabajador(?:es|a|as)?|emplead[oa]s?|víctimas?|testigos?|peritos?|escuela|colegio|presa|prohibición|litigio)\b"
    ),
    many="docenas?|decenas?|centenares?|cientos|miles|millones|mitad|medio|media|doble|veces|por ciento|tercio|cuarto|mayoría|una parte",
    verbs=any_case(
        r"\b(?:es|son|era|eran|fue|fueron|está|están|estaba|estaban|ha|han|había|habían|hubo|tiene|tienen|tenía|tuvo|puede|pueden|podía|pudo|debe|deben|va|van|iba|"
        r"hace|hacen|hizo|dice|dijo|da|dio|pone|puso|viene|vino|queda|quedó|muere|murió|sabe|sabía|quiere|ve|vio|pierde|perdió|cayó|cedió|"
        r"\w{3,}(?:aba|aban|ía|ían|aron|ieron|ó|ió)|\w{3,}(?:ado|ido)|\w{4,}(?:an|en)|\w{4,}[ae])\b"
    ),
    denials=any_case(r"^(?:no (?:hay|hubo|había) )?(?:ningun\w*|nadie|nada|ni)\b|\b(?:no|nunca|jamás) (?:se |le |lo |la |les )?(?:\w+ )?\w+(?:ó|aron|ieron|ía|ían|aba|aban|ado|ido|a|e|an|en)\b"),
    past=any_case(
        r"^(?:(?!\bquien\b|\bque\b|\bcómo\b)[^,;:])*?\b(?:era|eran|fue|fueron|hubo|tuvo|hizo|dijo|dio|puso|vino|quedó|murió|perdió|cayó|"
        r"(?:ha|han|había|habían) \w+(?:ado|ido|to|cho)|\w{3,}(?:aron|ieron|aba|aban)|\w{2,}(?:ó|ía|ían))\b"
    ),
    label=any_case(r"^(?:Reserva(?: sobre [^:]{1,60})?|Nota)\b:? *"),
    on_itself=any_case(
        r"^(?:(?:en|como|arriba|abajo|aquí)\b[^,]{0,40},? )?(?:(?:el|la|los|las|este|esta|cada|un|una|ambos|nuestr[oa]s?)\s+)?"
        r"(?:(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|próxim[oa]|últim[oa]|siguientes?|mism[oa])\s+)*(?:\w+\s+)?"
        r"(?:celdas?|gráfic[oa]s?|diagramas?|figuras?|tablas?|cronologías?|cuadernos?|columnas?|filas?|informes?|textos?|cifras|marcas?)\b"
        r"(?: (?:de abajo|de arriba|aquí|siguientes?|anteriores?))? (?:\w+[ae]n?|es|son|ha|han|puede)\b|^(?:Lee|Escribe|No se muestra)\b:?|^Aquí\b|^He aquí\b|^(?:Esto|Eso|Ello) (?:no )?\w+|^(?:Por [^,]{1,40}, )?(?:contamos|comparamos|llamamos|entendemos|hemos (?:contado|comparado|codificado|dejado))\b"
    ),
    goes_on=re.compile(r"; |(?<!aquí): "),
    to_reader=any_case(r"\b(?:usted(?:es)?|tú|tu|tus|te)\b"),
    orders=word_set("añada abra haga elija vea lea tome compare borre pulse inicie compruebe note añade abre haz elige mira toma compara borra pulsa inicia comprueba anota"),
    names=re.compile(r"(?<=[\w,;:’)] )[A-ZÁÉÍÓÚÑ][\w’-]*|\b[A-Z][a-z]*[A-Z]\w*|^[A-ZÁÉÍÓÚÑ][\w-]+ [A-ZÁÉÍÓÚÑ][\w-]+"),
    no_names=word_set("ia api pdf"),
    multiples=any_case(r"\b(?:duplic(?:ó|aron|ado)|triplic(?:ó|aron|ado)|cuadruplic(?:ó|ado)|el doble)\b"),
    known=any_case(
        r"\b(?:l(?:os|as)|est[oa]s|es[oa]s|amb[oa]s|sus?|nuestr[oa]s|tod[oa]s l[oa]s|otr[oa]s|cada)(?: (?:otr[oa]s|mism[oa]s|primer[oa]s|últim[oa]s))? $"
    ),
    announced=any_case(r"^ (?:\w+ )?(?:clases?|modos?|formas?|maneras?|partes?|grupos?|puntos?|razones|preguntas?|pasos?|cosas?|lados?|sentidos?|lecturas?|pies)\b"),
    joins="y",
    earlier="antes|atrás",
    later="más tarde|después",
    distances=any_case(
        r"\b(?:(?P<same>el mismo día)|al (?P<next>día|mes|año) siguiente|(?P<next_2>a la semana) siguiente|el (?P<side>día|mes|año) (?P<way>anterior|antes|después)|(?P<last>(?!)))\b(?P<anchor> (?:de|del) )?"
    ),
    distance_units={"día": "days", "semana": "weeks", "a la semana": "weeks", "mes": "months", "año": "years"},
    anchors=("antes", "después"),
    precedes=any_case(r"\bantes de(?:l| que| la)?\b"),
    follows=any_case(r"\b(?:después de(?:l| que| la)?|tras)\b"),
    published=any_case(r"\b(?:public\w+|apareci\w+|inform\w+|contó|cuenta|revel\w+|adelant\w+|anunci\w+)"),
    mistaken=any_case(r"\bimposible\b|\bfals|\berror|\bequivoc|\bno\b"),
    said_to_be=re.compile(r"\bun (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)$"),
    inexact=any_case(r"\b(?:antes|después|desde|hasta|hacia|semana)\b"),
)  # fmt: skip
