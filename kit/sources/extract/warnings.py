"""What a page is besides an article: a stub behind a wall, a running ticker, a page read with little agreement."""

from __future__ import annotations

import re
from typing import Any

from kit.sources.extract.reading.page import Found, Warn
from kit.sources.extract.reading.structured_data import Stated, json_types

#: Below this, measured on gold pages, half and more of the badly read pages lie.
LOW = 0.8
_SHORT = 900
_WALL = re.compile(
    r"subscribe (?:now |today )?to (?:continue|read|unlock|keep reading)|to (?:continue|keep) reading|continue reading (?:with|by)|"
    r"(?:for|only for|exclusive to) subscribers|already a subscriber|this (?:article|content) is (?:reserved|only available|for)|"
    r"il vous reste [\d.,]+\s*% de cet article|réservée? (?:aux|à nos) abonnés|lire la suite|déjà abonné|"
    r"weiterlesen mit|jetzt (?:weiterlesen|freischalten)|(?:nur )?für abonnent|diesen artikel (?:lesen|weiterlesen)|"
    r"suscríbete para|contenido exclusivo|solo para suscriptores|contenuto riservato|abbonati per|"
    r"alleen voor abonnees|för prenumeranter|kun for abonnenter|この記事は有料|会員限定|残り\d+文字",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"live-?blog|live-?ticker|live-?updates?|newsblog|/live/|minute-by-minute|as-it-happened", re.IGNORECASE
)
_TIMES = re.compile(r"^\W*\d{1,2}[:.]\d\d(?:\s*(?:uhr|am|pm|a\.m\.|p\.m\.|[A-Z]{2,4}))?\b", re.IGNORECASE)


def warnings(
    stated: Stated, fields: dict[str, Any], text: str, visible: str, agreement: float, url: str
) -> list[Warn]:
    """What a reader should know about a page and how it was read, worst first; each with a stable code.

    >>> fields = {"canonical": Found(), "date": Found("2025")}
    >>> [warn.code for warn in warnings(Stated(), fields, "Fifty boxes.", "", 0.5, "")]
    ['low-agreement']
    """
    found = [*_stub(stated, text, visible), *_live(stated, text, url)]
    if -1 < agreement < LOW:
        little = f"the extractors agree on {agreement:.0%} of the text only; check it against the page"
        found.append(Warn("low-agreement", little))
    canonical = fields["canonical"]
    if canonical and url and _host(canonical.value) != _host(url):
        found.append(
            Warn(
                "other-host", f"the page gives an address at another host as its own: {canonical.value[:200]}"
            )
        )
    date = fields["date"]
    if date.value.startswith("["):
        found.append(Warn("two-dates", f"'{fields['printed']}' may be read as {date.value}"))
    found += undated(date)
    return found


def _stub(stated: Stated, text: str, visible: str) -> list[Warn]:
    if not text.strip():
        return [Warn("empty", "no article text was found in this page")]
    declared = any(
        str(node.get("isAccessibleForFree")).lower() in ("false", "no") for node in stated.articles
    )
    wall = _WALL.search(visible)
    words = max((_count(node.get("wordCount")) for node in stated.articles), default=0)
    have = len(text.split())
    if words > 150 and have < words / 2:
        return [
            Warn(
                "stub",
                f"this looks like a stub: the page speaks of {words:,} words and holds {have:,} of them",
            )
        ]
    if len(text) < _SHORT and (declared or wall):
        why = f"it says '{wall[0]}'" if wall else "it says that it is not free to read"
        return [Warn("stub", f"this looks like a stub behind a wall: {len(text):,} characters, and {why}")]
    if declared:
        return [Warn("paywall", "the page says that it is not free to read; the text may be a part of it")]
    if len(text) < _SHORT and text.rstrip().endswith(("...", "…", "[…]")):
        return [Warn("stub", "this looks like a stub: the text is short and breaks off")]
    return []


def _live(stated: Stated, text: str, url: str) -> list[Warn]:
    declared = any("LiveBlogPosting" in json_types(node) for node in stated.articles)
    times = sum(_TIMES.match(line) is not None for line in text.split("\n"))
    if declared or (_LIVE.search(url) and times >= 3) or times >= 8:
        return [Warn("live-blog", "this looks like a live blog: its text changes, and holds many posts")]
    return []


def _count(value: Any) -> int:
    digits = re.sub(r"\D", "", str(value))
    return int(digits) if digits and len(digits) < 7 else 0


def _host(address: str) -> str:
    found = re.match(r"https?://(?:[^/@]*@)?(?:www\.|m\.|amp\.)?([^/:?#]+)", address, re.IGNORECASE)
    return found[1].lower() if found else ""


def undated(date: Found) -> list[Warn]:
    """A warning when no day of publication is stated, with the days that are on offer, if there are any.

    >>> from kit.sources.extract.reading.page import Offer
    >>> [warn.says for warn in undated(Found("", "", (Offer("2024-06-03", "when the file was made"),)))]
    ['no day of publication is stated; on offer: 2024-06-03 (when the file was made)']
    """
    days = "; ".join(f"{offer.value} ({offer.how})" for offer in date.others)
    return (
        [Warn("undated", f"no day of publication is stated; on offer: {days}")] if days and not date else []
    )


def broken_bytes(charset: Found, text: str) -> list[Warn]:
    """A warning when bytes of the page fit no character.

    >>> [warn.says for warn in broken_bytes(Found("utf-8"), "a\ufffdb")]
    ['1 bytes are not utf-8; they show as \ufffd']
    """
    count = text.count("�")
    return [Warn("broken-bytes", f"{count:,} bytes are not {charset.value}; they show as �")] if count else []
