"""Bylines to people's names: what an author field holds besides names is taken off, and nothing is made up."""

from __future__ import annotations

import re

from kit.text.normalise import bare_words

_LEAD = re.compile(
    r"^\s*(?:(?:written|reported|posted|published|reviewed|compiled|edited|text|story|words|exclusive|analysis|"
    r"opinion|interview|commentary|kommentar|gastbeitrag|capital|ein beitrag|eine analyse|ein kommentar)\s+)?"
    r"(?:by|von|vom|par|por|di|af|av|door|texte?|text|autor(?:in|en)?|auteur|author|authors?|redazione a cura di|"
    r"a cura di|da|przez|автор)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||·|•|/|\n|,?\s+(?:and|und|et|y|og|och|ja|en|with|mit|avec|con)\s+|\s+&\s+|,)\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|staff|columnist|producer|journalist|contributor|contributing|"
    r"photograph\w*|critic|bureau|chief|senior|director|fellow|professor|analyst|host|anchor|desk|newsroom|team|"
    r"redakt\w*|korrespondent\w*|chefredakt\w*|autor(?:in)?|volont\w+|journaliste?|rédact\w+|correspondant\w*|"
    r"redac\w+|corresponsal|periodista|giornalista|redazione|skribent|toimittaja|politiikan|"
    r"opinions?|contributors?|associated|updated|published|posted|minutes?|min read|read more|follow|email|twitter|"
    r"facebook|linkedin|instagram|subscribe|profile|view|see all|more from|articles|biography|bio|share|comments?|"
    r"special to|for the|usa today|getty|admin|administrator|web|digital|online|politics|news|sports?|health|science|"
    r"video|photo|source|copyright|guest|author|authors|about|the|this|his|her|our|your|he|she|is|was|has|at|on)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zéû]*\.?"
_DATE = re.compile(
    rf"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?={_MONTH})|{_MONTH}\s+\d{{1,2}}\b(?:,?\s*\d{{4}})?|"
    rf"\b\d{{1,2}}\.?\s+{_MONTH}(?:\s*\d{{4}})?|\d{{1,2}}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{{2,4}}\b)?|"
    r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|@\w+|https?://\S+|www\.\S+")
_TITLES = re.compile(r"^(?:dr|prof|sir|dame|lord|lady|rev|mr|mrs|ms|sr|sra|herr|frau)\.?\s+", re.IGNORECASE)
_NAME = re.compile(r"^[^\W\d_][\w.'’`\-]*(?:\s+[\w.'’`\-()\"“”]+){0,5}$")
_KOREAN = re.compile(r"\s*(?:기자|특파원|선임기자|논설위원)\b.*$")


def people(text: str, strict: bool = False) -> tuple[str, ...]:
    """The names in a byline or author field, in its order, without roles, addresses or dates.

    ``strict`` is for text that may be anything (a visible element that calls itself a byline): only what looks
    like a personal name is kept. What holds no name gives none.

    >>> people("By Jane Roe and John Doe, Staff Writers | 1 May 2025", strict=True)
    ('Jane Roe', 'John Doe')
    >>> people("https://example.org/staff/jane")
    ()
    """
    text = _KOREAN.sub("", _DATE.sub(" ; ", _ADDRESS.sub(" ; ", text[:600])))
    text = _LEAD.sub("", text.strip(" \t\n-–—|:•·,;"), count=1)
    found: dict[str, str] = {}
    for part in _SPLIT.split(text):
        if name := _one(part, strict):
            found.setdefault(bare_words(name), name)
    return tuple(found.values())[:20]


def _one(part: str, strict: bool) -> str:
    part = re.sub(r"\s*(?:\(.*?\)|\[.*?\]|\s[-–—]\s.*)\s*", " ", f" {part} ").strip(' \t-–—|:•·,.;*"')
    part = re.sub(r"\s+(?:on|am|le|el|il|at)$", "", " ".join(_LEAD.sub("", part, count=1).split()))
    if len(part) < 2 or len(part) > 60 or not re.search(r"[^\W\d_]", part):
        return ""
    if re.fullmatch(r"(?:und|and|et|y|by|von|null|none|undefined|unknown|n/?a)", part, re.IGNORECASE):
        return ""
    if strict:
        bare = _TITLES.sub("", part)
        if not _NAME.match(bare) or _ROLE.search(bare) or not _capital(bare) or " " not in bare:
            return ""
    return part


def _capital(name: str) -> bool:
    # Particles (van, de la, bin) are lower case; in scripts without case every word passes.
    return all(word[0] == word[0].upper() or len(word) <= 3 for word in name.split() if word[0].isalpha())


def is_collective(name: str) -> bool:
    """Whether a credit names a desk or a post, not a person ("Guardian staff reporter").

    >>> is_collective("Harbour Post staff"), is_collective("Jane Roe")
    (True, False)
    """
    return bool(_DESK.search(name))


_DESK = re.compile(
    r"\b(?:staff|editors?|editorial|newsroom|desk|team|admin|reporters?|redaktion|rédaction|redacción|redazione|"
    r"news|newspaper|agenc\w+|press|media|inc|ltd|gmbh|corp|group|nast)\b", re.IGNORECASE
)  # fmt: skip
