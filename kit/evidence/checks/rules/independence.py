"""The gate's rules on independence: what a fact rests on, when many pages may be one voice. A person weighs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, first_few, place, rule
from kit.evidence.support.cited_facts import subjects
from kit.text.wording import listed

_UNREAD = ("no", "relay")
_FOUND_SO = ("supported", "partly-supported")
#: Actors whose own document is the thing itself: a ruling, a law, an article.
_WITHOUT_STAKE = ("court", "public-body", "publication")


def _found(context: CheckContext, record: str, found: str) -> Finding:
    return Finding(place(context.facts[record], record), record, found)


def _held(context: CheckContext) -> Iterator[tuple[str, list[Any]]]:
    """What supports each fact that we hold to be so: all but the claims of others that we found wanting."""
    claims = context.case.table("claims")
    wanting = set(claims.loc[~claims["verdict"].isin(_FOUND_SO), "id"])
    return ((record, rows) for record, rows in context.supporting.items() if record not in wanting)


@rule("fact-one-origin", "notice", "look for a second origin, or let the sentence say who reported it")
def one_origin(context: CheckContext) -> Iterator[Finding]:
    """Many pages that repeat one report are one witness.

    Facts whose ways all end at one publisher's report, and none at a document of what happened.
    """
    sources = {row.id: row for row in context.case.table("sources").itertuples()}
    for record, rows in _held(context):
        ends = sorted({origin for row in rows for origin in row.origins})
        one_voice = len({sources[id].publisher for id in ends}) == 1 and all(row.origins for row in rows)
        if one_voice and not any(sources[id].tier == "primary" for id in ends):
            pages = "one page goes" if len(rows) == 1 else f"{len(rows)} pages go"
            yield _found(context, record, f"{pages} back to {first_few(ends)} alone")


@rule(
    "fact-no-origin",
    "notice",
    "trace it and fill in derived_from, or let the sentence say that the origin is not known",
)
def no_origin(context: CheckContext) -> Iterator[Finding]:
    """A page that does not say where it has a fact from may have it from a page we already count."""
    for record, rows in _held(context):
        if not any(row.origins for row in rows):
            have = "has" if len(rows) == 1 else "have"
            yield _found(context, record, f"nobody established where {_ids(rows)} {have} it from")


@rule("fact-aggregators-only", "warning", "find the report they repeat, or lower the confidence and say so")
def aggregators_only(context: CheckContext) -> Iterator[Finding]:
    """Aggregators repeat; what they all say may be one mistake."""
    for record, rows in _held(context):
        if all(row.tier == "aggregator" for row in rows):
            yield _found(context, record, f"rests on {_ids(rows)} alone")


@rule("fact-unread", "warning", "read one of the sources, or cite the page that we did read")
def unread(context: CheckContext) -> Iterator[Finding]:
    """What we have not read ourselves we know only from hearsay."""
    for record, rows in _held(context):
        if all(row.read in _UNREAD for row in rows):
            relayed = [row for row in rows if row.read == "relay"]
            how = f"; known through other pages: {_ids(relayed)}" if relayed else ""
            yield _found(context, record, f"we read none of {_ids(rows)}{how}")


@rule(
    "fact-interested",
    "notice",
    "look for a source without a stake, or attribute the fact to the one that has it",
)
def interested(context: CheckContext) -> Iterator[Finding]:
    """Whom a fact flatters or accuses is not its only witness.

    Facts supported only by what their own subjects publish.
    """
    parties = _parties(context)
    for record, rows in _held(context):
        own = parties.get(record, {})
        who = {own.get(row.publisher.casefold(), "") for row in rows}
        if "" not in who:
            yield _found(context, record, f"rests only on what {listed(sorted(who))} published")


def _parties(context: CheckContext) -> dict[str, dict[str, str]]:
    """For each fact, the names under which its subjects may publish, and how we print them."""
    case = context.case
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


def _ids(rows: list[Any]) -> str:
    return first_few([row.id for row in rows])


RULES = (aggregators_only, unread, one_origin, no_origin, interested)
