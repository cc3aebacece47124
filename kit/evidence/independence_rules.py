"""The gate's rules on independence: what a fact rests on, when many pages may be one voice. A person weighs them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kit.evidence.lineage_said import sentence
from kit.evidence.rules import Finding, Matter, Rule, place

_OWN = ("no", "relay")


def _groups(matter: Matter) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Each fact that a source carries, with its table and its sources as rows of the lineage."""
    for record, rows in matter.carried.groupby("record"):
        yield str(record), matter.facts[str(record)], rows


def _one_origin(matter: Matter) -> Iterator[Finding]:
    """Facts whose ways all end at one publisher's report, and none at a document of what happened."""
    sources = matter.case.sources
    known = sources.set_index("id")
    for record, table, rows in _groups(matter):
        ends = known.loc[sorted({origin for each in rows["origins"] for origin in each})]
        untraced = rows["origins"].map(len).eq(0).any()
        if ends["publisher"].nunique() == 1 and not untraced and not ends["tier"].eq("primary").any():
            told = sentence(rows.rename(columns={"source": "id"}), sources)
            yield Finding(place(table, record), record, f"{told.rstrip('.')}: {', '.join(ends.index)}")


def _no_origin(matter: Matter) -> Iterator[Finding]:
    for record, table, rows in _groups(matter):
        if rows["origins"].map(len).eq(0).all():
            few = ", ".join(sorted(rows["source"])[:3])
            yield Finding(
                place(table, record), record, f"nobody established where {few} {_have(rows)} it from"
            )


def _have(rows: pd.DataFrame) -> str:
    return "has" if len(rows) == 1 else "have"


def _aggregators(matter: Matter) -> Iterator[Finding]:
    for record, table, rows in _groups(matter):
        if rows["tier"].eq("aggregator").all():
            yield Finding(place(table, record), record, f"rests on {_listed(rows)} alone")


def _unread(matter: Matter) -> Iterator[Finding]:
    for record, table, rows in _groups(matter):
        if rows["read"].isin(_OWN).all():
            relayed = int(rows["read"].eq("relay").sum())
            how = f", {relayed} of them known through other pages" if relayed else ""
            yield Finding(place(table, record), record, f"we read none of {_listed(rows)}{how}")


def _interested(matter: Matter) -> Iterator[Finding]:
    """Facts carried only by what their own subjects publish."""
    parties = _parties(matter)
    for record, table, rows in _groups(matter):
        own = parties.get(record, {})
        who = {own[name] for publisher in rows["publisher"] if (name := publisher.casefold()) in own}
        if who and rows["publisher"].str.casefold().isin(own).all():
            yield Finding(
                place(table, record), record, f"rests only on what {' and '.join(sorted(who))} published"
            )


def _parties(matter: Matter) -> dict[str, dict[str, str]]:
    """For each fact, the names under which its subjects may publish, and how we print them."""
    case = matter.case
    actors = case.actors.set_index("id")
    names = {
        id: {
            name.casefold(): str(actors.at[id, "name"])
            for name in (actors.at[id, "name"], *actors.at[id, "aliases"])
        }
        for id in actors.index
    }
    found: dict[str, dict[str, str]] = {}
    pairs = [
        *case.participants[["event", "actor"]].itertuples(index=False),
        *case.metrics[["id", "entity"]].itertuples(index=False),
        *case.cases[["id", "platform"]].itertuples(index=False),
        *case.cases[["id", "target"]].explode("target").itertuples(index=False),
    ]
    for record, actor in pairs:
        found.setdefault(record, {}).update(names[actor])
    return found


def _listed(rows: pd.DataFrame) -> str:
    ids = sorted(rows["source"])
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return ", ".join(ids[:3]) + more


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
        "data/manual/events.csv, raid-harbour: we read none of harbour-post-2021-03-02-raid, 1 of them known through "
        "other pages",
    ),
    Rule(
        "fact-one-origin",
        "notice",
        "Many pages that repeat one report are one witness.",
        "look for a second origin, or let the sentence say who reported it",
        _one_origin,
        "data/manual/events.csv, raid-harbour: Two pages, one original report: harbour-post-2021-03-02-raid",
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
