"""Verbs that say more than a source may have said: each with what it adds, and a plainer word."""

from __future__ import annotations

import re
from dataclasses import dataclass


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
