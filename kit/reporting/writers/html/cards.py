"""A note as a web page shows it: who says so first, as cards of the sources, each with its passages and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from kit.reporting.book.notes import STANCES, Notes
from kit.text.pandoc import BLANK, Tree, div, hyperlink, inlines, intersperse, para, span, string, strong
from kit.text.translations.phrases import Phrases

#: How near a source is to what happened, and what it is, where that says more than that it is a page.
SOURCE_TIERS = {
    "primary": "primary source",
    "original-reporting": "original reporting",
    "secondary": "secondary source",
    "aggregator": "aggregator",
}
SOURCE_TYPES = {
    "broadcast": "broadcast",
    "dataset": "dataset",
    "interview": "interview",
    "legal_case": "court document",
    "legislation": "law",
    "post": "post",
    "report": "report",
    "speech": "speech",
}


def note_cards(notes: Notes, identity: str, link: str = "") -> list[Tree]:
    """The blocks of the note behind a mark: who bears the fact out best, the fact itself, and who else has something on it.

    ``link`` leads to the page of what is marked; '' where it has none. A source alone is its own card.
    """
    if notes.tables[identity] == "sources":
        source = notes.sources.loc[identity]
        told = notes.read(source) + (f" {source['public_note']}" if source["public_note"] else "")
        return [source_card(notes, identity, []), *([para(told)] if told else [])]
    fact = inlines(notes.line(identity))
    if link:
        fact += [BLANK, hyperlink(notes.say("More about it"), link), string(".")]
    cards = evidence_cards(notes, identity)
    if not cards:
        return [para([*fact, BLANK, *inlines(notes.say("No evidence is recorded for it."))])]
    best, *others = cards
    return [best, div([para(fact)], classes=["fact"]), *others, *_also(notes, identity)]


def evidence_cards(notes: Notes, identity: str) -> list[Tree]:
    """A card for each source of the fact that gives a passage or a value, the best first; where none does, one for the best."""
    rows = notes.evidence.get(identity)
    if rows is None:
        return []
    ordered = sorted(rows.itertuples(), key=notes.rank)
    telling = [row for row in ordered if row.start or row.says]
    by_source: dict[str, list[Any]] = {}
    for row in telling or ordered[:1]:
        by_source.setdefault(row.source, []).append(row)
    return [source_card(notes, source, of if telling else []) for source, of in by_source.items()]


def _also(notes: Notes, identity: str) -> list[Tree]:
    rows = notes.evidence[identity]
    telling = rows["start"].ne("") | rows["says"].ne("")
    silent = sorted(set(rows["source"]) - set(rows.loc[telling, "source"]))
    if not telling.any():
        silent.remove(min(rows.itertuples(), key=notes.rank).source)
    if not silent:
        return []
    listed = intersperse([[notes.short(source)] for source in silent], "; ")
    return [para([*inlines(f"{notes.say('Also:')} "), *listed, string(".")])]


def source_card(notes: Notes, source: str, rows: list[Any]) -> Tree:
    """A source as a card: who published it, who wrote it, when and as what kind of source; its passages; where it is."""
    say, row = notes.say, notes.sources.loc[source]
    kind = [SOURCE_TYPES.get(row["type"], ""), SOURCE_TIERS[row["tier"]]]
    who = [
        *map(_natural, row["authors"]),
        day_words(row["issued"], say),
        *(say(word) for word in kind if word),
    ]
    told = [para([strong(row["publisher"]), *inlines(f" · {' · '.join(filter(None, who))}")])]
    told += [para(_passage(notes, each)) for each in rows]
    title = hyperlink(row["title"], row["url"]) if row["url"] else span(row["title"])
    where = [[span([title], classes=["citation"], source=source)]]
    if row["archived_url"]:
        where.append([hyperlink(say("Archived copy"), row["archived_url"])])
    told.append(para([*intersperse(where, ". "), string("."), *(inlines(notes.read(row)) if rows else [])]))
    return div(told, classes=["card"])


def _passage(notes: Notes, row: Any) -> list[Tree]:
    """What a row of evidence says, with the ends of its passage and what became of it."""
    what = notes.say(STANCES[row.stance]) + (f" {row.says}" if row.says else "")
    parts = inlines(what + (f" ({row.field})" if row.field else ""))
    parts += [string(":"), BLANK, *notes.ends(row)] if row.start else []
    parts.append(string("."))
    if row.locator:
        parts += inlines(f" {row.locator}.")
    if capture := notes.captured.get(row.id, ""):
        parts += [BLANK, hyperlink(notes.say("Our capture"), capture), string(".")]
    if row.start and (verdict := notes.verdict(row)):
        parts += [BLANK, span(verdict[1], classes=["verdict", verdict[0]])]
    return parts


def _natural(author: str) -> str:
    """An author as people say the name.

    >>> _natural("Roe, Jane"), _natural("Harbour Office")
    ('Jane Roe', 'Harbour Office')
    """
    family, _, given = author.partition(", ")
    return f"{given} {family}".strip()


def day_words(day: str, say: Phrases) -> str:
    """A date of the tables as a reader says it, where it is one certain day; else as it stands.

    >>> from kit.text.translations.phrases import IN_ENGLISH
    >>> day_words("2021-03-02", IN_ENGLISH), day_words("2021-03?", IN_ENGLISH)
    ('2 March 2021', '2021-03?')
    """
    try:
        return say.day(date.fromisoformat(day))
    except ValueError:
        return day
