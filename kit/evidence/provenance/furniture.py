"""What a site puts beside every story: its words are no sign that one story repeats another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

#: Blocks longer than this are told, not put: a story on newsletters has some.
_LONGEST = 600
_SITE = re.compile(
    r"newsletter|sign(?:ing)? up (?:for|to|here|now)|subscri(?:be|ption)|in your inbox|\bcookies?\b|privacy (?:policy|notice|settings)|"
    r"all rights reserved|copyright|(?:^|\W)©|terms (?:of (?:use|service)|and conditions)|registered (?:office|in|company|charity)|"
    r"company (?:number|no)|(?:may|must) not be (?:published|reproduced|broadcast)|without (?:prior )?(?:written )?permission|"
    r"follow (?:us|me|him|her|them|@)|support (?:our|independent) journalism|become a (?:member|subscriber|supporter)|"
    r"(?:have|got) a (?:story|tip|news)\b|send (?:us )?(?:a )?tips?\b|(?:write|e-?mail|talk) to (?:us|the (?:newsroom|editor|author))|"
    r"we (?:never publish|protect our sources)|corrections? (?:policy|and clarifications)|(?:press|ethics|editorial) (?:complaints|code|standards)|"
    r"independent press standards|\bIPSO\b|download (?:our|the) app|affiliate (?:links?|commission)|"
    r"\b(?:is|was) (?:an? |the )?(?:[\w’'-]+ ){0,4}(?:reporter|journalist|correspondent|columnist|sub-?editor|staff writer|freelance\w*)\b|"
    r"\b(?:covers|writes (?:about|on|for)|reports on|has (?:covered|reported|written)) (?:[\w’'-]+ ){1,8}(?:for|at|since|from)\b|"
    r"alle rechte vorbehalten|datenschutz|impressum|abonnieren|abonnement|nutzungsbedingungen|verantwortlich (?:im sinne|für den inhalt)|"
    r"\bist (?:\w+ ){0,4}(?:redakteur|reporter|journalist|korrespondent)(?:in)?\b|hinweise an die redaktion|haben sie (?:einen )?hinweis|"
    r"tous droits réservés|abonnez-vous|inscrivez-vous|mentions légales|politique de confidentialité|confidentialité|"
    r"\best (?:\w+ ){0,4}(?:journaliste|rédact(?:eur|rice)|correspondante?)\b|"
    r"todos los derechos|suscr[ií]b[ae]|bolet[ií]n|aviso legal|política de privacidad|"
    r"\bes (?:\w+ ){0,4}(?:periodista|redactora?|corresponsal|report(?:era|ero))\b",
    re.IGNORECASE,
)  # fmt: skip
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
    return len(block) <= _LONGEST and _SITE.search(block) is not None


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
