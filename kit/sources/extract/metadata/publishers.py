"""What publications are called in a citation, by host: for those whose pages name a company, an address or a slogan.

The names are in publishers.csv, each with where it comes from. A newspaper that writes its name in another script is
listed under the Latin form that libraries use, a public broadcaster under its full name. A host that is not listed is
named by its own pages.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def publisher_of(host: str) -> str:
    """The publication's name for a host or a host under it, or '' for one not listed.

    >>> publisher_of("www.nytimes.com"), publisher_of("example.org")
    ('The New York Times', '')
    """
    labels = host.lower().split(".")
    names = _names()
    return next((name for i in range(len(labels) - 1) if (name := names.get(".".join(labels[i:])))), "")


@cache
def _names() -> dict[str, str]:
    text = files("kit.sources.extract.metadata").joinpath("publishers.csv").read_text(encoding="utf-8")
    return {row["host"]: row["name"] for row in csv.DictReader(text.splitlines())}
