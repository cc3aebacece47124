"""The gate's rules on independence: what a fact rests on, when many pages may be one voice. A person weighs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.risk import subjects
from kit.evidence.checks.rule import Finding, Rule, place

_UNREAD = ("no", "relay")
_SHOWN = 3
_FOUND_SO = ("supported", "partly-supported")
#: Actors whose own document is the thing itself: a ruling, a law, an article.
_WITHOUT_STAKE = ("court", "public-body", "publication")


def _told(matter: CheckContext, record: str, found: str) -> Finding:
    return Finding(place(matter.facts[record], record), record, found)


def _held(matter: CheckContext) -> Iterator[tuple[str, list[Any]]]:
    """What carries each fact that we hold to be so: all but the claims of others that we found wanting."""
    claims = matter.case.table("claims")
    wanting = set(claims.loc[~claims["verdict"].isin(_FOUND_SO), "id"])
    return ((record, rows) for record, rows in matter.carried.items() if record not in wanting)


def _one_origin(matter: CheckContext) -> Iterator[Finding]:
    """Facts whose ways all end at one publisher's report, and none at a document of what happened."""
    sources = {row.id: row for row in matter.case.table("sources").itertuples()}
    for record, rows in _held(matter):
        ends = sorted({origin for row in rows for origin in row.origins})
        one_voice = len({sources[id].publisher for id in ends}) == 1 and all(row.origins for row in rows)
        if one_voice and not any(sources[id].tier == "primary" for id in ends):
            pages = "one page goes" if len(rows) == 1 else f"{len(rows)} pages go"
            yield _told(matter, record, f"{pages} back to {_few(ends)} alone")


def _no_origin(matter: CheckContext) -> Iterator[Finding]:
    for record, rows in _held(matter):
        if not any(row.origins for row in rows):
            have = "has" if len(rows) == 1 else "have"
            yield _told(matter, record, f"nobody established where {_listed(rows)} {have} it from")


def _aggregators(matter: CheckContext) -> Iterator[Finding]:
    for record, rows in _held(matter):
        if all(row.tier == "aggregator" for row in rows):
            yield _told(matter, record, f"rests on {_listed(rows)} alone")


def _unread(matter: CheckContext) -> Iterator[Finding]:
    for record, rows in _held(matter):
        if all(row.read in _UNREAD for row in rows):
            relayed = [row for row in rows if row.read == "relay"]
            how = f"; known through other pages: {_listed(relayed)}" if relayed else ""
            yield _told(matter, record, f"we read none of {_listed(rows)}{how}")


def _interested(matter: CheckContext) -> Iterator[Finding]:
    """Facts carried only by what their own subjects publish."""
    parties = _parties(matter)
    for record, rows in _held(matter):
        own = parties.get(record, {})
        who = {own.get(row.publisher.casefold(), "") for row in rows}
        if "" not in who:
            yield _told(matter, record, f"rests only on what {' and '.join(sorted(who))} published")


def _parties(matter: CheckContext) -> dict[str, dict[str, str]]:
    """For each fact, the names under which its subjects may publish, and how we print them."""
    case = matter.case
    actors = case.table("actors").set_index("id")
    names = {
        id: {
            name.casefold(): str(actors.at[id, "name"])
            for name in (actors.at[id, "name"], *actors.at[id, "aliases"])
        }
        for id in actors.index
    }
    found: dict[str, dict[str, str]] = {}
    for record, actor in subjects(case):
        if actors.at[actor, "kind"] not in _WITHOUT_STAKE:
            found.setdefault(record, {}).update(names[actor])
    return found


def _listed(rows: list[Any]) -> str:
    return _few([row.id for row in rows])


def _few(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more


RULES = (
    Rule(
        "fact-aggregators-only",
        "warning",
        "Aggregators repeat; what they all say may be one mistake.",
        "find the report they repeat, or lower the confidence and say so",
        _aggregators,
        "data/manual/events.csv, raid-harbour: rests on coast-digest-2021-03-03-raid alone",
    ),
    Rule(
        "fact-unread",
        "warning",
        "What we have not read ourselves we know only from hearsay.",
        "read one of the sources, or cite the page that we did read",
        _unread,
        "data/manual/events.csv, raid-harbour: we read none of harbour-post-2021-03-02-raid; known through other "
        "pages: harbour-post-2021-03-02-raid",
    ),
    Rule(
        "fact-one-origin",
        "notice",
        "Many pages that repeat one report are one witness.",
        "look for a second origin, or let the sentence say who reported it",
        _one_origin,
        "data/manual/events.csv, raid-harbour: 2 pages go back to harbour-post-2021-03-02-raid alone",
    ),
    Rule(
        "fact-no-origin",
        "notice",
        "A page that does not say where it has a fact from may have it from a page we already count.",
        "trace it and fill in derived_from, or let the sentence say that the origin is not known",
        _no_origin,
        "data/manual/metrics.csv, harbour-2021-boxes: nobody established where harbour-blog-2021 has it from",
    ),
    Rule(
        "fact-interested",
        "notice",
        "Whom a fact flatters or accuses is not its only witness.",
        "look for a source without a stake, or attribute the fact to the one that has it",
        _interested,
        "data/manual/metrics.csv, harbour-2021-boxes: rests only on what Harbour Office published",
    ),
)
