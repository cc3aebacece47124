"""Bylines to people's names: what an author field holds besides names is taken off, and nothing is made up."""

from __future__ import annotations

import re

from kit.sources.extract.metadata.dates import dates_printed
from kit.text.normalise import bare_words

_LEAD = re.compile(
    r"^\s*(?:(?:written|reported|reporting|posted|published|submitted|compiled|text|story|words|exclusive|analysis|"
    r"opinion|interview|commentary|kommentar|gastbeitrag|capital|ein beitrag|eine analyse|ein kommentar)\s+)?"
    r"(?:by|von|vom|par|por|di|af|av|door|texte?|text|autor(?:in|en)?|auteur|author|authors?|redazione a cura di|"
    r"a cura di|da|przez|автор)\b\s*:?\s*",
    re.IGNORECASE,
)
#: Who edited, drew, translated or helped did not write it; up to the next credit.
_NOT_WRITING = re.compile(
    r"(?<!\w)(?:additional reporting|editing|edited|photo(?:graph)?(?:s|y|ed)?|pictures?|illustrat\w+|graphics?|video|audio|produced|"
    r"production|translat\w+|(?:medically |scientifically )?reviewed|fact[- ]check\w*|bearbeitet|redigiert|fotos?|fotografie|übersetz\w+|"
    r"redaktion|traduite?|traducción|traducid[oa]|traduction|relue?|editad[oa]|fotografía|edición)\s*(?:(?:by|von|par|por)\b|:)"
    r"(?:(?!(?:reporting|written|text|words|story)\s+by\b)[^;|•·\n)])*",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\(\s*(?:with|mit|avec|con|and|und|et|y|&)\s+([^()]*)\)?", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?:;|\||·|•|/|\n|,?\s+(?:and|und|et|y|og|och|ja|en|with|mit|avec|con)\s+|\s+&\s+)\s*", re.IGNORECASE
)
#: Where somebody wrote: what follows is a place.
_WHERE = re.compile(r"\s+(?:in|aus|from)\s+(?=[^\W\d_a-zà-þ]).*$")
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|staff|columnist|producer|journalist|contributor|contributing|"
    r"photograph\w*|critic|bureau|chief|senior|director|fellow|professor|analyst|host|anchor|desk|newsroom|team|"
    r"redakt\w*|korrespondent\w*|chefredakt\w*|autor(?:in)?|volont\w+|journaliste?|rédact\w+|correspondant\w*|"
    r"redac\w+|corresponsal|periodista|giornalista|redazione|skribent|toimittaja|politiikan|"
    r"opinions?|contributors?|associated|submitted|updated|published|posted|minutes?|min read|read more|follow|email|twitter|"
    r"facebook|linkedin|instagram|subscribe|profile|view|see all|more from|articles|biography|bio|share|copy|link|comments?|"
    r"special to|for the|usa today|getty|admin|administrator|web|digital|online|politics|news|sports?|health|science|"
    r"video|photo|source|copyright|guest|author|authors|about|the|this|his|her|our|your|he|she|is|was|has|at|on)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4}\b)?|\b(?:1[5-9]|20)\d\d\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|@\w+|https?://\S+|www\.\S+")
_TITLES = re.compile(r"^(?:dr|prof|sir|dame|lord|lady|rev|mr|mrs|ms|sr|sra|herr|frau)\.?\s+", re.IGNORECASE)
#: How places begin that have two words; nobody is called so.
_PLACE = re.compile(
    r"(?:new|san|santa|sankt|los|las|port|north|south|east|west|upper|lower|old|great|fort|mount|bad|rio|hong|kuala|buenos|tel|abu|"
    r"cape|united|sri|nieuw|nueva|nuevo|neu)\s", re.IGNORECASE,
)  # fmt: skip
_NAME = re.compile(r"^[^\W\d_][\w.'’`\-]*(?:\s+[\w.'’`\-()\"“”]+){0,5}$")
_KOREAN = re.compile(r"\s*(?:기자|특파원|선임기자|논설위원)\b.*$")
_NOBODY = re.compile(
    r"(?:und|and|et|y|by|von|null|none|undefined|unknown|n/?a|anonymous|inc|ltd|llc|gmbh)|"
    r"(?:(?:submitted|posted|published|updated|written|on|by|at|in|mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun|day)(?:day)?\s*)+",
    re.IGNORECASE,
)  # fmt: skip
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|d\.?phil|m\.?\s?d|d\.?o|m\.?p\.?h|mph|m\.?s\.?c|b\.?s\.?c|m\.?a|b\.?a|m\.?s|b\.?s|m\.?f\.?a|m\.?b\.?a|m\.?p\.?a|m\.?p\.?p|m\.?ed|ed\.?d|"
    r"psy\.?d|pharm\.?d|j\.?d|ll\.?\s?[bmd]|s\.?j\.?d|d\.?d\.?s|d\.?m\.?d|d\.?v\.?m|d\.?n\.?p|r\.?n|b\.?s\.?n|m\.?s\.?n|r\.?d|c\.?p\.?a|c\.?f\.?a|p\.?e|m\.?s\.?w|l\.?c\.?s\.?w|"
    r"f\.?r\.?s|f\.?r\.?c\.?[ps]|m\.?r\.?c\.?p|f\.?a\.?c\.?[ps]|o\.?b\.?e|c\.?b\.?e|m\.?b\.?e|k\.?c|q\.?c|m\.?p|esq(?:uire)?|dr|prof|dipl\.?-?\s?\w{2,5}|"
    r"dr\.? (?:med|phil|jur|rer\.? nat)(?:\. univ)?)\.?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|i{2,3}|iv|v|inc|ltd|llc)\.?", re.IGNORECASE)
_PARTICLE = re.compile(
    r"(?:van|von|de|del|della|di|da|dos?|das|du|la|le|den|der|ter|ten|bin|ibn|al|el|st\.?|mac|zu|zur|af|av|y)",
    re.IGNORECASE,
)


def people(text: str, strict: bool = False, inverted: bool = False) -> tuple[str, ...]:
    """The names in a byline or author field, in its order, without roles, degrees, addresses or dates.

    ``strict`` is for text that may be anything (a visible element that calls itself a byline): only what looks
    like a personal name is kept. ``inverted`` is for a field whose names begin with the family name: there a comma
    parts the two parts of one name, and the name stays as it is written. What holds no name gives none.

    >>> people("By Jane Roe and John Doe, Staff Writers | 1 May 2025", strict=True)
    ('Jane Roe', 'John Doe')
    >>> people("Roe, Jane; van der Berg, Jan", inverted=True), people("Jane Roe, PhD (with Dan Lu and Mo Tu)")
    (('Roe, Jane', 'van der Berg, Jan'), ('Jane Roe', 'Dan Lu', 'Mo Tu'))
    >>> people("https://example.org/staff/jane")
    ()
    """
    text = _ADDRESS.sub(" ; ", text[:600])
    for day in reversed(dates_printed(text)):
        text = f"{text[: day.start]} ; {text[day.stop :]}"
    text = _KOREAN.sub("", _CLOCK.sub(" ; ", text))
    text = _TOGETHER.sub(r", and \1 ; ", _NOT_WRITING.sub(" ; ", text))
    text = _LEAD.sub("", text.strip(" \t\n-–—|:•·,;"), count=1)
    found: dict[str, str] = {}
    for part in _SPLIT.split(text):
        for given in _parted(part, inverted, strict):
            if name := _one(given, strict):
                found.setdefault(same_person(name), name)
    return tuple(found.values())[:20]


def same_person(name: str) -> str:
    """A form of a name that does not depend on which of its parts comes first.

    >>> same_person("Roe, Jane") == same_person("Jane Roe")
    True
    """
    return " ".join(sorted(bare_words(name).split()))


def _parted(text: str, inverted: bool, strict: bool) -> list[str]:
    """What commas part, but for degrees, the suffix of a name, and the two parts of a name written the other way round."""
    parts: list[str] = []
    suffixes: dict[int, str] = {}
    for part in (piece.strip() for piece in text.split(",")):
        if parts and _SUFFIX.fullmatch(part):
            suffixes[len(parts) - 1] = part
        elif part and not (parts and _DEGREE.fullmatch(part)):
            parts.append(part)
    if all(re.search(r"\w \w{1,3}$", part) and part[-1].isupper() for part in parts):
        inverted = False  # initials behind each name, as in medicine
    turned = len(parts) % 2 == 0 and (inverted or (not strict and len(parts) == 2 and _is_turned(*parts)))
    if turned:
        return [
            ", ".join(filter(None, (parts[i], parts[i + 1], suffixes.get(i + 1))))
            for i in range(0, len(parts), 2)
        ]
    return [f"{part} {suffixes[i]}" if i in suffixes else part for i, part in enumerate(parts)]


def _is_turned(family: str, given: str) -> bool:
    """Whether two parts with a comma between them are one name: a family's, particles before it, and a given one."""
    words, names = family.split(), given.split()
    alone = len(words) == 1 or all(_PARTICLE.fullmatch(word) for word in words[:-1])
    first = len(names) == 1 or (len(names) == 2 and len(names[1].rstrip(".")) == 1)
    bodies = any(is_collective(part) or (part.isupper() and len(part) > 1) for part in (family, given))
    return alone and first and not bodies and not re.search(r"\d", family + given)


def _one(part: str, strict: bool) -> str:
    short = re.search(r"(?<!\w)(?:\w|Jr|Sr|Inc|Ltd)\.\s*$", part)  # ends with an abbreviation's full stop
    part = re.sub(r"\s*(?:\(.*?\)|\[.*?\]|\s[-–—]\s.*)\s*", " ", f" {part} ").strip(' \t-–—|:•·,.;*"()[]')
    part = re.sub(
        r"\s+(?:on|am|le|el|il|at)(?:\s\w{3,9})?$", "", " ".join(_LEAD.sub("", part, count=1).split())
    )
    part = _WHERE.sub("", part) + "." * bool(short)
    if len(part) < 2 or len(part) > 60 or not re.search(r"[^\W\d_]", part):
        return ""
    if _NOBODY.fullmatch(part) or _DEGREE.fullmatch(part):
        return ""
    if strict:
        bare = _TITLES.sub("", part)
        if (
            not _NAME.match(bare)
            or _PLACE.match(bare)
            or _ROLE.search(bare)
            or not _capital(bare)
            or " " not in bare
        ):
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
