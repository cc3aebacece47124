"""`kit.cite`: a source, or the evidence for a fact, as a citation that shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.passages.review import passage_openings
from kit.sources.bibliography.formatting import DEFAULT, formatted, read_style
from kit.sources.bibliography.text_fragment import row_link
from kit.tables.read import suggest
from kit.text.pandoc import Tree, bullets, document_json, emph, hyperlink, inlines, para, run_pandoc

_NOT_READ = {"no": "not read by us", "relay": "read only through a page that repeats it"}


@dataclass(frozen=True)
class Citation:
    """A citation as pandoc's blocks; JupyterLab shows it as HTML, a terminal as text. What it quotes is
    escaped.
    """

    blocks: tuple[Tree, ...]

    def to(self, target: str) -> str:
        """The citation in any format that pandoc writes as text; `KitError` names one that it does not."""
        return run_pandoc(document_json(list(self.blocks)), "json", target)

    def __repr__(self) -> str:
        return self.to("plain")

    def _repr_html_(self) -> str:
        return self.to("html")

    def _repr_markdown_(self) -> str:
        return self.to("commonmark")


def cite(case: Case, id: str, style: str | None = None) -> Citation:
    """The full citation of the source ``id``, or, for an event, case, metric or claim, the evidence for it.

    Each piece of evidence is its source's citation, the first and last words of the passage, and links to the
    passage and to the public archive's copy. The style is the case's, Chicago notes unless it says
    otherwise. An unknown id raises `KitError` with the nearest one.

    >>> from kit.sources.demo import Demo
    >>> from kit.sources.keep import keep
    >>> with Demo() as demo:
    ...     made = keep(demo.case, demo.url("/berth-nine"), tier="original-reporting", allow_private=True)
    ...     cite(demo.case, made.source, style="apa").to("plain")[:27]
    'Jane Roe. (2025, July 30). '
    """
    chosen = read_style(style or case.settings.get("citation_style", DEFAULT), case.path)
    language = case.settings.get("language", "en")
    sources = case.table("sources").set_index("id", drop=False)
    if id in sources.index:
        return Citation((para(formatted(sources.loc[[id]], chosen, language)[id]),))
    _known_fact(case, id)
    evidence = case.table("evidence").query("record == @id")
    if evidence.empty:
        return Citation((para("No source is recorded for this."),))
    cited = sources.loc[evidence["source"].unique()]
    citations = formatted(cited, chosen, language)
    opens = passage_openings(case)
    items = [
        [para(list(_piece(row, opens.get(row.id, ""), sources.loc[row.source], citations[row.source])))]
        for row in evidence.itertuples()
    ]
    return Citation((bullets(items),))


def _known_fact(case: Case, id: str) -> None:
    if id not in case.facts:
        near = suggest(id, case.citable)
        remedy = f"did you mean {near!r}?" if near else "look it up in data/manual/sources.csv"
        raise KitError("cite", f"{id!r} is no source and no fact", remedy)


def _piece(row: Any, opens: str, source: pd.Series, citation: list[Tree]) -> Iterator[Tree]:
    about = " ".join(filter(None, (row.field.replace("_", " "), row.says and f"({row.says})")))
    yield emph(f"{row.stance} {about}".strip())
    yield from inlines(": ")
    yield from citation
    if row.start:
        words = f"{row.start} … {row.end}" if row.end else row.start
        yield from inlines(f" “{words}”")
    if row.locator:
        yield from inlines(f", {row.locator}")
    links = dict(_links(row, opens, source))
    for number, (label, address) in enumerate(links.items()):
        yield from inlines(" · " if number else " ")
        yield hyperlink(label, address)
    if source["read"] in _NOT_READ:
        yield from inlines(f" ({_NOT_READ[source['read']]})")


def _links(row: Any, opens: str, source: pd.Series) -> Iterator[tuple[str, str]]:
    if source["url"] and row.start:
        yield "passage", row_link(row, source["url"], opens)
    if source["archived_url"]:
        yield "archived copy", row_link(row, source["archived_url"], opens)
