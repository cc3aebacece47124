"""The gate's rules on attribution: who says so, in which words, and under which title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, Rule, place, place_of
from kit.evidence.prose.sentences import Sentence

_TITLES = {
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
_ANY = "|".join(f"(?P<t{number}>{forms})" for number, forms in enumerate(_TITLES.values()))
_KINDS = list(_TITLES)


def titles_of(name: str, text: str, *, surname: bool = False) -> set[str]:
    """The kinds of title that ``text`` gives the person right beside the name: "CEO Ann Roe", "Ann Roe, its founder".

    With ``surname`` the surname alone counts too ("Judge Roe"). A title of someone else in the sentence does not.

    >>> sorted(titles_of("Ann Roe", "OpenAI's co-founder Ann Roe said so; Ann Roe, then its chief executive, left."))
    ['chief executive', 'co-founder']
    """
    last = name.rsplit(" ", 1)[-1]
    names = re.escape(name) + (
        rf"|(?<![\w] ){re.escape(last)}|(?<=[a-z] ){re.escape(last)}" if surname else ""
    )
    before = rf"\b(?:{_ANY})(?: of [A-Z]\w+)?,? (?:{names})\b"
    after = rf"\b(?:{names}), (?:(?:then|formerly|now|at the time|an?|the|its|their|[\w.]+[’']s) ){{0,3}}(?:{_ANY})\b"
    found = set()
    for pattern in (before, after):
        for match in re.finditer(pattern, text, re.IGNORECASE if pattern is before else 0):
            found |= {_KINDS[int(group[1:])] for group, words in match.groupdict().items() if words}
    return found


@dataclass(frozen=True)
class Strong:
    """A verb, as a pattern of its forms; what it adds beyond the act; the plainer word; and the stem that a source
    which says so itself would have."""

    forms: str
    adds: str
    plainer: str
    stem: str


#: For a person to weigh: a source may have used the very word, or a court may have found so.
STRONG = (
    Strong(r"st(?:eal|eals|ole|olen|ealing)", "a crime", "took, copied or used without leave, as the source says", "st[eo][al]|theft"),
    Strong(r"spied|sp(?:y|ies|ying) on", "secrecy and intent", "watched, collected, looked at", "spy|spie|spia|espion"),
    Strong(r"l(?:ied|ying)(?= (?:to|about)\b)|lied", "intent to deceive", "said what records contradict", "lie[ds]?\b|lying"),
    Strong(r"cheat(?:s|ed|ing)?", "dishonesty", "broke the rules, as the source says", "cheat"),
    Strong(r"hack(?:s|ed)|hack(?:ing)? into", "a break-in", "gained access, as the source says", "hack"),
    Strong(r"plagiari[sz](?:es|ed|ing|e)", "copying passed off as one's own", "copied, reused", "plagiari"),
    Strong(r"loot(?:s|ed|ing)|plunder(?:s|ed|ing)", "a crime", "took", "loot|plunder"),
    Strong(r"admit(?:s|ted|ting)?", "guilt", "said, confirmed", "admi"),
    Strong(r"confess(?:es|ed|ing)?", "guilt", "said", "confess"),
    Strong(r"conced(?:e|es|ed|ing)", "defeat in an argument", "said, agreed", "conced"),
    Strong(r"refus(?:es|ed|ing)(?= to\b)|refused", "that it was asked and chose", "did not, would not, declined", "refus|declin|reject"),
    Strong(r"(?:claim(?:ed|ing)|claims(?= that\b))", "doubt", "said", "claim"),
    Strong(r"insist(?:s|ed|ing)?", "stubbornness", "said", "insist"),
    Strong(r"boast(?:s|ed|ing)?|brag(?:s|ged|ging)", "vanity", "said", "boast|brag"),
    Strong(r"prov(?:es|ed|en|ing)(?! to be)", "that no doubt is left", "showed, suggests", "prov"),
    Strong(r"reveal(?:s|ed|ing)?", "that it was hidden, and is true", "said, reported, published", "reveal|leak"),
    Strong(r"threaten(?:s|ed|ing)?", "intent to harm", "warned, said it would", "threat"),
    Strong(r"retaliat(?:es|ed|ing|e)", "a motive", "then did", "retaliat"),
    Strong(r"punish(?:es|ed|ing)?", "a motive", "then did", "punish"),
    Strong(r"slam(?:s|med|ming)|blast(?:s|ed|ing)|lash(?:es|ed) out", "anger", "criticised", "slam|blast|lash"),
    Strong(r"dodg(?:es|ed|ing)|evad(?:es|ed|ing)", "intent to avoid", "did not answer", "dodg|evad"),
    Strong(r"conceal(?:s|ed|ing)?|cover(?:s|ed|ing) up|hid(?:es|ing)?|hidden(?= by\b)", "intent to hide", "did not say, did not publish", "conceal|cover(?:s|ed)? up|hid"),
    Strong(r"sabotag(?:es|ed|ing|e)", "intent to harm", "hindered, as the source says", "sabotag"),
)  # fmt: skip

_FOUND = [(strong, re.compile(rf"\b(?:{strong.forms})\b", re.IGNORECASE)) for strong in STRONG]


def strong_verbs(text: str) -> list[tuple[re.Match[str], Strong]]:
    """Each strong verb in the text, where it stands, in order of the list.

    >>> [(found[0], strong.plainer) for found, strong in strong_verbs("The firm admitted it.")]
    [('admitted', 'said, confirmed')]
    """
    return [(match, strong) for strong, pattern in _FOUND for match in pattern.finditer(text)]


#: Words by which a sentence says that somebody says so.
SAID = re.compile(
    r"\b(?:reported(?:ly)?|reports?|according to|sa(?:ys?|id)|tell(?:s|ing)?|told|alleg\w+|claim\w*|accus\w+|argu\w+|"
    r"stat(?:e[sd]?|ing|ements?)|wr(?:ites?|ote|itten)|announc\w+|confirm\w*|describ\w+|call(?:s|ed)|add(?:s|ed)|"
    r"answer(?:s|ed)|repl(?:y|ies|ied)|testif\w+|complain\w*|charg(?:e[sd]|ing)|suspect\w*|believ\w+|"
    r"relay(?:s|ed)?|quot(?:e[sd]?|ing)|recollection|reproduce[sd]?|purport\w*|rumou?r\w*|unverified|unconfirmed|"
    r"suppos\w+|estimat\w+|promis\w+|disput\w+|(?:law)?suits?|su(?:ed|es|ing)|rests? on|"
    r"(?:no one|nobody|no page|nothing)\b[^.;]*\b(?:show\w*|found)|foresaw|"
    r"found\b[^.;]{0,24}\bthat|provisional\w*|preliminar\w*|holds? that|held that|put (?:its|his|her|the|it)|"
    r"gave (?:its|his|her)|"
    r"by (?:the |its |his |her |\w+[’']s )?(?:own )?(?:word|account|count)|in (?:its|his|her|their) (?:words|view))\b",
    re.IGNORECASE,
)
#: Words by which a sentence says that somebody else says otherwise, or that it is not settled.
OTHERWISE = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|disput\w+|reject\w*|contradict\w*|contest\w*|object\w*|disagree\w*|differ\w*|"
    r"counter\w*|rebut\w*|refut\w+|against|untrue|false|not so|unsettled|unclear|uncertain|on the other hand|neither|"
    r"has it otherwise|while|whereas|but|though|although|however|competitor[’']s claim)\b",
    re.IGNORECASE,
)
#: Words of an attribution that name nobody.
_NOBODY = re.compile(
    r"\b(?:not|read|via|the|and|from|by|of|an?|own|said|to|be|seen|through|others?|people|familiar|with|sources?|"
    r"unnamed|copy|blog|post|page|log|memo|internal|announcement|message|email|e-mail|article|trade|press|"
    r"developers?|analysts?|complaint|quoted|quoting|citing|relayed|inferred|daily|weekly|digest|brief)\b",
    re.IGNORECASE,
)


class _Names:
    """Who may stand behind a fact, by each name that a reader would know them by."""

    def __init__(self, matter: CheckContext) -> None:
        actors = matter.case.table("actors")
        self.forms = {row["name"]: {row["name"], *row["aliases"]} for row in actors.to_dict("records")}
        people = actors[actors["kind"].eq("person")]["name"]
        for name in people:
            self.forms[name].add(name.rsplit(" ", 1)[-1])
        self.parties = matter.case.table("participants").groupby("event")["actor"].agg(set)
        self.by_id = actors.set_index("id")["name"]
        self.publishers = matter.case.table("sources").set_index("id")["publisher"]
        self.made_by = (
            matter.case.table("evidence").query("stance == 'supports'").groupby("record")["source"].agg(list)
        )

    def of(self, event: pd.Series) -> set[str]:
        """The names and words that ``attributed_to`` gives, and the publishers of what supports the event.

        Those of the parties to the event are left out: a sentence names them anyhow, as those who did it.
        """
        given = event["attributed_to"]
        found = {
            form for forms in self.forms.values() if any(_stands(f, given) for f in forms) for form in forms
        }
        parts = re.split(r"[;,()]| via | and | from |[’']s\b", given)
        bare = (_NOBODY.sub(" ", part).strip() for part in parts)
        found |= {" ".join(part.split()) for part in bare if re.search(r"[A-Z0-9]", part)}
        found |= {self.publishers[source] for source in self.made_by.get(event["id"], [])}
        parties = {self.by_id[actor] for actor in self.parties.get(event["id"], ())}
        return found - {form for party in parties for form in self.forms[party]}


def _stands(name: str, text: str) -> bool:
    return bool(name) and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if name.islower() else 0)
    )


def _cited(matter: CheckContext, *standing: str) -> Iterator[tuple[str, Sentence, pd.Series]]:
    """Each sentence that cites an event of that standing."""
    events = matter.case.table("events").set_index("id", drop=False)
    chosen = events[events["status"].isin(standing)]
    for path, found in matter.sentences.items():
        for sentence in found:
            for identity in dict.fromkeys(sentence.cited):
                if identity in chosen.index:
                    yield path, sentence, chosen.loc[identity]


def _unattributed(matter: CheckContext, *standing: str) -> Iterator[Finding]:
    names = _Names(matter)
    for path, sentence, event in _cited(matter, *standing):
        text = f"{sentence.text} {sentence.context}"
        if not SAID.search(text) and not any(_stands(name, text) for name in names.of(event)):
            yield Finding(
                place_of(path, sentence),
                event["id"],
                f"cites what is {event['status']} by {event['attributed_to']}, and names nobody who says so",
            )


def alleged_as_fact(matter: CheckContext) -> Iterator[Finding]:
    """Sentences that cite an alleged event and say of nobody that they say so."""
    return _unattributed(matter, "alleged")


def reported_as_fact(matter: CheckContext) -> Iterator[Finding]:
    """Sentences that cite a reported, disputed or denied event and say of nobody that they say so."""
    return _unattributed(matter, "reported", "disputed", "denied")


def one_side(matter: CheckContext) -> Iterator[Finding]:
    """Sentences that cite a denied or disputed event without the denial."""
    for path, sentence, event in _cited(matter, "denied", "disputed"):
        beside = [other.text for other in matter.sentences[path] if _beside(other, sentence)]
        if not any(OTHERWISE.search(text) for text in beside):
            yield Finding(
                place_of(path, sentence), event["id"], f"cites what is {event['status']}, and does not say so"
            )


def _beside(other: Sentence, sentence: Sentence) -> bool:
    return (other.cell, other.block) == (
        sentence.cell,
        sentence.block,
    ) and 0 <= other.position - sentence.position <= 1


_DENIED = re.compile(r"\b(?:no|not|nothing|nobody|never|neither|nor|none|without)\b", re.IGNORECASE)


def strong_words(matter: CheckContext) -> Iterator[Finding]:
    """Verbs of our own in prose and in the events' texts that say more than the fact's sources, as far as quoted, do."""
    events = matter.case.table("events").set_index("id", drop=False)
    rows = matter.case.table("evidence").astype({"record": str})
    words = (rows["says"] + " " + rows["start"] + " " + rows["end"]).groupby(rows["record"]).agg(" ".join)
    for path, found in matter.sentences.items():
        for sentence in found:
            theirs = " ".join(words.get(identity, "") for identity in sentence.cited)
            for said in _strong(_unquoted(sentence), theirs):
                yield Finding(place_of(path, sentence), next(iter(sentence.cited), ""), said)
    for event in events.to_dict("records"):
        for field in ("title", "summary"):
            for said in _strong(re.sub(r"[“\"][^”\"]*[”\"]", " ", event[field]), words.get(event["id"], "")):
                yield Finding(place("events", event["id"], field), event["id"], said)


def _strong(text: str, theirs: str) -> Iterator[str]:
    for match, strong in strong_verbs(text):
        before = re.split(r"[.;:]", text[: match.start()])[-1]
        if not _DENIED.search(before) and not re.search(strong.stem, theirs, re.IGNORECASE):
            yield f"{match[0]!r} adds {strong.adds}; plainer: {strong.plainer}"


def _unquoted(sentence: Sentence) -> str:
    """The sentence without what it quotes or names as a word in italics."""
    text = sentence.prose
    for span in (*sentence.quotations, *(e for e in sentence.emphasis if e.stop - e.start < 30)):
        text = text[: span.start] + " " * (span.stop - span.start) + text[span.stop :]
    return text


def other_titles(matter: CheckContext) -> Iterator[Finding]:
    """Titles beside a person's name in prose that no text of the tables gives that person, where one gives a title."""
    actors = matter.case.table("actors")
    events = matter.case.table("events")
    texts = [*events["title"], *events["summary"], *events["note"], *matter.case.table("replies")["answer"]]
    for actor in actors[actors["kind"].eq("person")].to_dict("records"):
        name = actor["name"]
        last = name.rsplit(" ", 1)[-1]
        known = titles_of(name, f"{name}, {actor['note']}")
        known |= {title for text in texts if name in text for title in titles_of(name, text)}
        known |= {
            title for each in (name, *actor["aliases"]) for title in titles_of(name, each, surname=True)
        }
        for path, found in matter.sentences.items() if known else ():
            for sentence in found:
                if last in sentence.text and (given := titles_of(name, sentence.prose, surname=True)) - known:
                    yield Finding(
                        place_of(path, sentence),
                        actor["id"],
                        f"calls {name} {' and '.join(sorted(given - known))}; the tables have {' and '.join(sorted(known))}",
                    )


RULES = (
    Rule(
        "alleged-as-fact",
        "error",
        "What somebody alleges is told as if it were settled.",
        "say in the sentence who alleges it",
        alleged_as_fact,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: cites what is alleged by the police, and names nobody who says so",
    ),
    Rule(
        "reported-as-fact",
        "warning",
        "What somebody reports is told as if it were settled.",
        "say in the sentence who reports it, or that it is reported",
        reported_as_fact,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: cites what is reported by Harbour Post, and names nobody who says so",
    ),
    Rule(
        "denial-left-out",
        "warning",
        "What is denied or disputed is told from one side.",
        "say in the sentence, or in the next, who denies or disputes it",
        one_side,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: cites what is denied, and does not say so",
    ),
    Rule(
        "verb-stronger",
        "notice",
        "The verb says more than a source may have said.",
        "use the source's own verb, or the plainer one; leave it where the source says just that",
        strong_words,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: 'admitted' adds guilt; plainer: said, confirmed",
    ),
    Rule(
        "title-differs",
        "warning",
        "A person's title in the text is not the one in the tables.",
        "correct the title, or note in data/manual/actors.csv that the person had this one too",
        other_titles,
        "notebooks/01-the-raid.ipynb, cell 3, sentence 2: calls Ann Roe president; the tables have chief executive",
    ),
)
