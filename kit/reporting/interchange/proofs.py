"""What stands behind a published fact, for programs that know no notes: its sources by title, publisher and address."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from kit.reporting.book.publication import Publication


class SourceLink(NamedTuple):
    """A source that bears on a fact: its id, how it is named, and its address, blank where it has none."""

    source: str
    name: str
    url: str


def published_rows(chosen: Publication, table: str) -> list[dict[str, str]]:
    """The published rows of the table, each with every column that it can have; none where it is not published."""
    return chosen.cells.get(table, pd.DataFrame()).fillna("").to_dict("records")


def fact_sources(chosen: Publication) -> dict[str, list[SourceLink]]:
    """The sources of each published fact, by the fact's id, without those that dispute it."""
    named = {}
    for source in published_rows(chosen, "sources"):
        publisher = source.get("publisher", "")
        name = ", ".join(filter(None, (source["title"], publisher if publisher != "unknown" else "")))
        url = source.get("url", "")
        named[source["id"]] = SourceLink(
            source["id"], name, url if url.startswith(("http://", "https://")) else ""
        )
    found: dict[str, list[SourceLink]] = defaultdict(list)
    for evidence in published_rows(chosen, "evidence"):
        proof = named.get(evidence["source"])
        if proof and evidence["stance"] != "disputes" and proof not in found[evidence["record"]]:
            found[evidence["record"]].append(proof)
    return found
