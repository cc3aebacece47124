"""What a reader can search in a report: its sections, events, actors and facts, in words that its own pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import html

from kit.reporting.writers.html.page import WebPage
from kit.reporting.writers.html.profiles import Profile

#: An entry: where it leads, its title, what it stands in, its words.
Searched = tuple[str, str, str, str]
#: What of a section is no prose of its own: code, drawings, the rows under a chart, notes and their numbers, formulas' source.
_LEFT_OUT = (
    ".//*[self::svg or self::script or self::style or self::annotation or self::section or self::aside "
    'or contains(@class, "footnote") or self::details[@class="code" or @class="data"]]'
)


def search_entries(
    pages: Iterable[WebPage], profiles: Iterable[Profile], facts: Iterable[Mapping[str, Any]]
) -> list[Searched]:
    """An entry for each section of the pages, each profile, and each fact of the rows of evidence that has none.

    Nothing is in it that no page shows.
    """
    found = [entry for page in pages for entry in _sections(page)]
    found += [
        (
            one.path,
            one.title,
            " · ".join(filter(None, (one.kind, one.day))),
            _profile_words(one),
        )
        for one in profiles
    ]
    by_record: dict[str, Searched] = {}
    for row in facts:
        if not row["page"]:
            record, (_, title, kind, words) = (
                row["record"],
                by_record.get(row["record"], ("", row["fact"], row["kind"], "")),
            )
            by_record[record] = (
                f"evidence.html#{record}",
                title,
                kind,
                f"{words} {row['source']} {row['passage']}".strip(),
            )
    return [*found, *by_record.values()]


def _profile_words(profile: Profile) -> str:
    tree = html.fragment_fromstring(profile.body, create_parent="div")
    return _words(tree, next(tree.iter("h1"), None))


def _sections(page: WebPage) -> Iterator[Searched]:
    tree = html.fragment_fromstring(page.body, create_parent="div")
    for section in [*tree.iter("section")]:
        heading = next((each for each in section if each.tag in ("h1", "h2", "h3", "h4")), None)
        if heading is None or section.get("role") == "doc-endnotes":
            continue
        title = _words(heading)
        anchor = f"#{section.get('id')}" if section.get("id") and heading.tag != "h1" else ""
        yield f"{page.name}.html{anchor}", title, page.title if anchor else "", _words(section, heading)


def _words(node: Any, heading: Any = None) -> str:
    """The words of a node, without those of sections within it and of its heading."""
    gone = {*node.xpath(_LEFT_OUT), *([] if heading is None else [heading])}
    said: list[str] = []

    def take(part: Any) -> None:
        if part in gone:
            return
        if isinstance(part.tag, str):
            said.append(part.text or "")
            for inside in part:
                take(inside)
                said.append(inside.tail or "")
            if part.tag in ("p", "li", "td", "th", "div", "figcaption", "h1", "h2", "h3", "dd", "dt"):
                said.append(" ")

    take(node)
    return " ".join("".join(said).split())
