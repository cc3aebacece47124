"""The published actors, events and sources as FollowTheMoney entities, one a line, as Aleph and its kin take them in.

The names of schemata and properties are those of https://followthemoney.tech/explorer/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from kit.case import Case
from kit.errors import BadDate
from kit.reporting.book.publication import Publication
from kit.reporting.interchange.proofs import fact_sources, published_rows
from kit.tables.cells import split_list
from kit.text.edtf import DateSpan, parse_date

#: The schema of each kind of actor; what is neither a person nor a body can have no part in an event there.
_SCHEMATA = {"person": "Person", "company": "Company", "public-body": "PublicBody", "court": "PublicBody",
             "group": "Organization", "publication": "Organization", "other": "LegalEntity", "product": "Asset"}  # fmt: skip


def entities(case: Case, chosen: Publication) -> dict[str, str]:
    """The entities as lines of JSON; the same id is the same entity at each export."""
    lines = [json.dumps(entity, ensure_ascii=False, sort_keys=True) for entity in _entities(case, chosen)]
    return {"entities.json": "".join(f"{line}\n" for line in lines)}


def _entities(case: Case, chosen: Publication) -> Iterator[dict[str, Any]]:
    seed = str(case.settings.get("id", "")) or case.title
    actors = {row["id"]: row for row in published_rows(chosen, "actors")}
    for row in actors.values():
        schema = _SCHEMATA.get(row.get("kind", ""), "LegalEntity")
        yield _entity(seed, schema, row["id"], name=row["name"], alias=split_list(row.get("aliases", "")))
    for row in published_rows(chosen, "sources"):
        yield _entity(
            seed,
            "Document",
            row["id"],
            name=row["title"],
            title=row["title"],
            author=split_list(row.get("authors", "")),
            publisher=row.get("publisher", ""),
            publishedAt=_days(row.get("issued", ""))[:1],
            sourceUrl=row.get("url", ""),
        )
    places = {row["id"]: row["name"] for row in published_rows(chosen, "places")}
    behind = fact_sources(chosen)
    took_part: dict[str, list[str]] = {}
    for row in published_rows(chosen, "participants"):
        if _SCHEMATA.get(actors.get(row["actor"], {}).get("kind", "")) not in (None, "Asset"):
            took_part.setdefault(row["event"], []).append(_id(seed, row["actor"]))
    for row in published_rows(chosen, "events"):
        first, *last = _days(row["date"]) or [""]
        when = {"startDate": first, "endDate": last} if last else {"date": first}
        yield _entity(
            seed,
            "Event",
            row["id"],
            name=row["title"],
            summary=row["summary"],
            location=[places[place] for place in split_list(row.get("places", "")) if place in places],
            involved=list(dict.fromkeys(took_part.get(row["id"], []))),
            proof=[_id(seed, proof.source) for proof in behind.get(row["id"], [])],
            **when,
        )


def _entity(seed: str, schema: str, identity: str, **properties: str | Iterable[str]) -> dict[str, Any]:
    lists = {name: [value] if isinstance(value, str) else list(value) for name, value in properties.items()}
    filled = {name: [value for value in values if value] for name, values in lists.items()}
    return {
        "id": _id(seed, identity),
        "schema": schema,
        "properties": {name: values for name, values in filled.items() if values},
    }


def _id(seed: str, identity: str) -> str:
    return hashlib.sha1(f"{seed}\x1f{identity}".encode(), usedforsecurity=False).hexdigest()


def _days(text: str) -> list[str]:
    """The date as the format has it, as exact as it is; of a span the two ends."""
    try:
        span = parse_date(text)
    except BadDate:
        return []
    ends = [_told(day.isoformat(), span) for day in (span.earliest, span.latest) if day]
    return list(dict.fromkeys(ends))


def _told(day: str, span: DateSpan) -> str:
    return day[: {"year": 4, "month": 7}.get(span.precision, 10)]
