"""What extractors leave around an article's lines: taken off a text after it is read."""

from __future__ import annotations

import re

from kit.sources.titles import fold

#: Lines that only announce something else; the same few words in every newsroom.
_LABEL = re.compile(
    r"\W*(?:advertisement|advertising|anzeige|publicidad|publicité|publicidade|pubblicità|reklama?|article content|"
    r"story continues(?: below(?: advertisement)?)?|recommended(?: videos| stories| reading)?|"
    r"related(?: content| articles?| stories| coverage| topics?)?|more on this(?: story)?|read more|see more|see also|"
    r"read next|read also|also read|up next|trending(?: now)?|most (?:read|popular)|editors?.? picks?|don.?t miss|"
    r"watch(?: now| below)?|listen|share(?: this)?(?: article| story)?|tags?|topics?|filed under|sources?|comments?|"
    r"quellen?|auch interessant|lesen sie (?:auch|mehr|hier)|mehr zum thema|das könnte sie (?:auch )?interessieren|"
    r"empfohlener redaktioneller inhalt|externer inhalt|darum geht.?s|hauptinhalt|lire aussi|à lire aussi|"
    r"sur le même sujet|te puede interesar|lee también|noticias? relacionadas?|leggi anche|leia (?:também|mais)|"
    r"lees (?:ook|meer)|läs (?:också|mer)|læs også|les også|lue myös|(?:prze)?czytaj także|читайте также|"
    r"sign up|subscribe(?: now)?|buy tickets|order reprints?|open in app|print|email|facebook|twitter|whatsapp|"
    r"copy link|loading|image|video|photo|gallery|embed)\W*",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\W*(?:(?:read|see|view|watch|learn|hear) (?:more|also|next)|more|also|next|related|recommended|must[- ]read|required reading|"
    r"also read|don.?t miss|in pictures|lesen sie (?:auch|hier|mehr|außerdem)|mehr zum thema|zum artikel|"
    r"auch interessant|lire aussi|à lire aussi|lee también|te puede interesar|leggi anche|leia (?:também|mais)|lees ook|"
    r"läs (?:också|mer|även)|læs også|les også|lue myös|czytaj (?:także|też|również)|zobacz (?:także|też)|"
    r"читайте также|photos?|image credits?|credits?|source images|lead image)\s*[:|»>→–—]",
    re.IGNORECASE,
)
#: What a line at the end says when it is about the publication, not the story.
_CLOSING = re.compile(
    r"sign(?:ing)? up (?:for|to|here|now)|subscribe (?:to|now|here|today)|newsletter|follow (?:us|me|him|her|them|@)|"
    r"follow \w+ on (?:twitter|x|facebook|instagram)|all rights reserved|alle rechte vorbehalten|"
    r"tous droits réservés|todos los derechos|(?:^|\W)©|^copyright\b|download (?:our|the) app|click here|like us on|"
    r"whatsapp-?(?:channel|kanal)|bookmark (?:this|our)|contact (?:the )?(?:reporter|author|writer)|"
    r"(?:reach|contact|e-?mail)\b.{0,60}@|^reporting by\b|contributed to this (?:report|story|article)|"
    r"commission (?:on|from)|affiliate (?:links?|commission)|independently (?:select|review|chosen)|"
    r"this (?:article|story|material) (?:was|may not|originally)|letters? to the editor|have a (?:news )?tip|"
    r"send (?:us )?(?:a )?tips?|become a (?:member|subscriber)|support (?:our|independent) journalism|"
    r"jetzt (?:abonnieren|melden|testen)|kostenlos testen|fehler gefunden|abonnieren sie|suivez|abonnez-vous|"
    r"suscr[ií]bete|síguenos|iscriviti|inscreva|available on (?:apple|spotify|google)|click for",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"sign up (?:for|to|here)|subscribe (?:to|now|here)|newsletter|follow us|click here|abonn|download (?:our|the) app",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\W*(?:(?:by|von|par|por|di|af|av|door)\s+[^.!?]{3,80}|"
    r"(?:published|updated|posted|last updated|stand|veröffentlicht|aktualisiert|publié|publicado|actualizado)\b.{0,60}|"
    r"[\d\s./:,-]{6,}(?:uhr|h|am|pm|[a-z]{2,5}t)?|(?:\w+,? ){0,2}\d{1,2}[. ]\s?\w{3,10}\.? \d{4}.{0,30}|"
    r"\w{3,10}\.? \d{1,2},? \d{4}.{0,30})",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[\W_]*")
_KICKER = 60
_HEAD, _TAIL = 6, 8


def trim(text: str, titles: tuple[str, ...], authors: tuple[str, ...]) -> str:
    """``text`` without the headline, byline and date before it, labels within it, and the house's notes after it.

    Lines go whole or stay whole. At the head a line goes when it is one of ``titles``, one of ``authors``, a
    byline or a date; at the tail when it speaks of newsletters, rights, tips or of an author; anywhere when it
    is a bare label ("Advertisement", "Mehr zum Thema") or points to another article ("Read more: ...").

    >>> trim("Ship seized\\nBy Jane Roe\\nIt was off the coast.\\nAdvertisement\\nIt sank.\\n© 2025 Example", ("Ship seized",), ())
    'It was off the coast.\\nIt sank.'
    """
    heads, people = (
        {fold(title) for title in titles if title},
        [fold(name) for name in authors if len(name) > 4],
    )
    lines = [line.rstrip() for line in text.split("\n") if not _is_label(line)]
    start = 0
    while start < min(_HEAD, len(lines)) and (
        _is_title(lines[start], heads) or _is_stamp(lines[start]) or fold(lines[start]) in people
    ):
        start += 1
    lines = [line for line in lines[start : start + 4] if not _is_title(line, heads)] + lines[start + 4 :]
    lines = lines[: _end(lines, people)]
    return "\n".join(line for line in lines if len(line) >= 160 or not _ASKING.search(line))


def _is_label(line: str) -> bool:
    if _WORDLESS.fullmatch(line) or (len(line) < 60 and _LABEL.fullmatch(line)):
        return True
    return len(line) < 200 and _POINTER.match(line) is not None


def _is_title(line: str, heads: set[str]) -> bool:
    # A section's name may stand before the headline, on one line with it.
    form = fold(line[:600])
    return form in heads or any(
        len(t) > 20 and form.endswith(t) and len(form) - len(t) < _KICKER for t in heads
    )


def _is_stamp(line: str) -> bool:
    return len(line) < 120 and _STAMP.fullmatch(line) is not None


def _end(lines: list[str], people: list[str]) -> int:
    """Where the article ends: above the first of the closing lines, with at most short lines between them."""
    end = len(lines)
    for index in range(len(lines) - 1, max(0, len(lines) // 3, len(lines) - 1 - _TAIL), -1):
        line = lines[index]
        if _CLOSING.search(line) or any(fold(line[:200]).startswith(name) for name in people):
            end = index
        elif len(line) > 60 or line[-1:] in '.!?"”»|':
            break
    return end
