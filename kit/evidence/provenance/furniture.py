"""What a site puts beside every story: its words are no sign that one story repeats another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

#: Blocks longer than this are told, not put: a story on newsletters has some.
_LONGEST = 600
#: What speaks for a site, by words in small letters of which it has one: most blocks have none of them.
_SITE = {
    "newsletter": r"newsletter", "sign up|signing up": r"sign(?:ing)? up (?:for|to|here|now)", "subscri": r"subscri(?:be|ption)",
    "inbox": r"in your inbox", "cookie": r"\bcookies?\b", "privacy": r"privacy (?:policy|notice|settings)",
    "all rights": r"all rights reserved", "copyright": r"copyright", "©": r"(?:^|\W)©",
    "terms": r"terms (?:of (?:use|service)|and conditions)", "registered": r"registered (?:office|in|company|charity)",
    "company n": r"company (?:number|no)", "not be ": r"(?:may|must) not be (?:published|reproduced|broadcast)",
    "permission": r"without (?:prior )?(?:written )?permission", "follow": r"follow (?:us|me|him|her|them|@)",
    "support": r"support (?:our|independent) journalism", "become": r"become a (?:member|subscriber|supporter)",
    "a story|a tip|a news": r"(?:have|got) a (?:story|tip|news)\b", "send": r"send (?:us )?(?:a )?tips?\b",
    "write to|mail to|talk to": r"(?:write|e-?mail|talk) to (?:us|the (?:newsroom|editor|author))",
    "we never|we protect": r"we (?:never publish|protect our sources)", "correction": r"corrections? (?:policy|and clarifications)",
    "complaints|code|standards": r"(?:press|ethics|editorial) (?:complaints|code|standards)", "independent": r"independent press standards",
    "ipso": r"\bIPSO\b", "download": r"download (?:our|the) app", "affiliate": r"affiliate (?:links?|commission)",
    "reporter|journalist|correspondent|columnist|editor|staff writer|freelance": r"\b(?:is|was) (?:an? |the )?(?:[\w’'-]+ ){0,4}(?:reporter|journalist|correspondent|columnist|sub-?editor|staff writer|freelance\w*)\b",
    "covers|writes|reports on|has covered|has reported|has written": r"\b(?:covers|writes (?:about|on|for)|reports on|has (?:covered|reported|written)) (?:[\w’'-]+ ){1,8}(?:for|at|since|from)\b",
    "alle rechte": r"alle rechte vorbehalten", "datenschutz": r"datenschutz", "impressum": r"impressum",
    "abonn": r"abonnieren|abonnement|abonnez-vous", "nutzung": r"nutzungsbedingungen",
    "verantwortlich": r"verantwortlich (?:im sinne|für den inhalt)",
    "redakteur|reporter|journalist|korrespondent": r"\bist (?:\w+ ){0,4}(?:redakteur|reporter|journalist|korrespondent)(?:in)?\b",
    "hinweis": r"hinweise an die redaktion|haben sie (?:einen )?hinweis", "droits": r"tous droits réservés",
    "inscri": r"inscrivez-vous", "mentions": r"mentions légales", "confidentialité": r"confidentialité",
    "journaliste|rédact|correspondant": r"\best (?:\w+ ){0,4}(?:journaliste|rédact(?:eur|rice)|correspondante?)\b",
    "todos": r"todos los derechos", "suscr": r"suscr[ií]b[ae]", "bolet": r"bolet[ií]n", "aviso": r"aviso legal",
    "privacidad": r"política de privacidad",
    "periodista|redactor|corresponsal|report": r"\bes (?:\w+ ){0,4}(?:periodista|redactora?|corresponsal|report(?:era|ero))\b",
}  # fmt: skip
_KNOWN = [(tuple(words.split("|")), re.compile(way, re.IGNORECASE)) for words, way in _SITE.items()]
#: A block on so many pages of a site is the site's, unless it is most of the page.
_PAGES, _MOST = 3, 0.6
#: Paragraphs of its own that a story has, and characters of one.
_OWN, _PARAGRAPH = 2, 40


def without_furniture(texts: Sequence[str], sites: Sequence[str]) -> list[str]:
    """Each text without the blocks that speak for the site, or that three pages of its site or more have.

    ``sites`` has the site of each text. A page that is made of such blocks for the most part keeps those that are not
    known by their words: it is a copy of the others.

    >>> without_furniture(["The ramp froze.\\n\\nSign up to our newsletter.", "The fish is back."], ["Quay", "Quay"])
    ['The ramp froze.', 'The fish is back.']
    """
    told = [[block for block in _blocks(text) if not speaks_for_site(block)] for text in texts]
    counts: dict[str, Counter[str]] = {}
    for site, blocks in zip(sites, told, strict=True):
        counts.setdefault(site, Counter()).update({block.casefold() for block in blocks})
    found = []
    for site, blocks in zip(sites, told, strict=True):
        own = [block for block in blocks if counts[site][block.casefold()] < _PAGES]
        kept = sum(map(len, own)) >= (1 - _MOST) * sum(map(len, blocks))
        found.append("\n\n".join(own if kept else blocks))
    return found


def speaks_for_site(block: str) -> bool:
    """Whether a block is about the publication or its writers, not about the story.

    >>> speaks_for_site("Jane Roe is a senior reporter at the Harbour Post."), speaks_for_site("The ramp froze.")
    (True, False)
    """
    if len(block) > _LONGEST:
        return False
    small = block.lower()
    return any(any(word in small for word in words) and way.search(block) for words, way in _KNOWN)


def share_only_a_frame(one: str, other: str) -> bool:
    """Whether two texts have paragraphs of their own and share only what stands before or behind them.

    >>> foot = "\\n\\nDo you know more? Ring the bell at the gate of our house, day or night, and ask for the editor."
    >>> share_only_a_frame(("The ramp froze. " * 9 + "\\n\\n") * 2 + foot, ("The fish is back. " * 9 + "\\n\\n") * 2 + foot)
    True
    """
    blocks = [[block.casefold() for block in _blocks(text)] for text in (one, other)]
    for mine, theirs in (blocks, blocks[::-1]):
        known = set(theirs)
        at = [place for place, block in enumerate(mine) if block not in known and len(block) >= _PARAGRAPH]
        if len(at) < _OWN or any(block in known for block in mine[at[0] : at[-1]]):
            return False
    return True


def _blocks(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\n") if block.strip()]
