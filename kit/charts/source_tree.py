"""Where coverage comes from: each page under the page it repeats, down from the reports that repeat none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kit.charts import look
from kit.charts.figure import Figure, NotDrawn, figure
from kit.charts.frames import need
from kit.charts.layout import box, canvas, dot, line, text
from kit.charts.look import one_line, width, wrap
from kit.text.wording import listed, plural

_MOST, _INDENT, _ROW = 600, 22, 17
_TIERS = {
    "primary": ("#0072b2", "blue: first hand"),
    "original-reporting": ("#222222", "strongest: original reporting"),
    "secondary": ("#007a5a", "green: repeats and adds"),
    "aggregator": ("#a9adb3", "faint: repeats"),
}
_READ = {"no": "unread", "relay": "known through others"}
_TIPS = {"title": "Title", "publisher": "Publisher", "issued": "Issued", "from": "Repeats"}


@dataclass
class _Page:
    row: dict[Any, Any]
    children: list[_Page] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    def below(self) -> Iterator[_Page]:
        for child in self.children:
            yield child
            yield from child.below()


def source_tree(
    sources: pd.DataFrame,
    *,
    headline: str,
    source: str,
    alt: str,
    subtitle: str = "",
) -> Figure:
    """The sources as trees: each origin with the number of pages that lead back to it, over what repeats it.

    A page that repeats several hangs under the first and names the others. A parent that is not in the
    frame is not drawn; its children are then origins here, and are counted under the chart. Pages that
    repeat each other in a circle, or more than 600, raise `NotDrawn`.

    >>> sources = pd.DataFrame({"id": ["a", "b"], "publisher": ["Post", "Digest"], "title": "T",
    ...     "issued": "2025-08-01", "tier": ["original-reporting", "aggregator"], "read": "full",
    ...     "derived_from": [(), ("a",)]})
    >>> tree = source_tree(sources, headline="One origin", source="Our reading", alt="Digest repeats Post.")
    >>> tree.data["parent"].tolist()
    ['', 'a']
    """
    columns = ["id", "publisher", "title", "issued", "tier", "read", "derived_from"]
    frame = need(sources, columns, "source_tree", _MOST)
    roots, outside = _trees(frame)
    sheet = _Sheet()
    for root in roots:
        if root.children:
            sheet.tree(root, 0)
            sheet.y += 8
    alone = [root for root in roots if not root.children]
    if alone:
        sheet.heading(f"{plural(len(alone), 'page')} that neither repeat another nor are repeated:")
        sheet.leaves(alone, 0)
    key = "; ".join(words for tier, (_, words) in _TIERS.items() if tier in set(frame["tier"]))
    key = f"A dot is one page; {key}. Bold: others repeat it."
    if outside:
        key += (
            f" Shown as repeating none, since what they repeat is not drawn here: {plural(outside, 'page')}."
        )
    parents = frame["derived_from"].map(lambda ids: next((i for i in ids if i in set(frame["id"])), ""))
    return figure(
        canvas(sheet.layers(), sheet.y + 4),
        headline=headline,
        source=source,
        alt=alt,
        subtitle=subtitle,
        key=key,
        data=frame[["id", "publisher", "title", "issued", "tier", "read"]].assign(parent=parents),
    )


def _trees(frame: pd.DataFrame) -> tuple[list[_Page], int]:
    pages = {
        row["id"]: _Page(row) for row in frame.sort_values(["issued", "publisher", "id"]).to_dict("records")
    }
    roots: list[_Page] = []
    outside = 0
    for page in pages.values():
        named = [i for i in page.row["derived_from"] if i in pages and i != page.row["id"]]
        outside += bool(page.row["derived_from"]) and not named
        page.also = [one_line(pages[i].row["publisher"]) for i in named[1:]]
        page.row["from"] = listed([one_line(pages[i].row["publisher"]) for i in named])
        (pages[named[0]].children if named else roots).append(page)
    reached = {id(page) for root in roots for page in (root, *root.below())}
    circle = [page.row["id"] for page in pages.values() if id(page) not in reached]
    if circle:
        raise NotDrawn(
            "source_tree", f"{listed(circle[:4])} repeat each other in a circle", "mend derived_from"
        )
    roots.sort(key=lambda page: -sum(1 for _ in page.below()))
    return roots, outside


class _Sheet:
    """Rows written from the top: repeated pages one to a row, the others side by side in a box."""

    def __init__(self) -> None:
        self.y = 4.0
        self.dots: list[dict] = []
        self.words: list[dict] = []
        self.bold: list[dict] = []
        self.heads: list[dict] = []
        self.edges: list[dict] = []
        self.boxes: list[dict] = []

    def heading(self, said: str) -> None:
        self.heads.append({"x": 0, "y": self.y + _ROW / 2, "text": said})
        self.y += _ROW + 3

    def tree(self, page: _Page, depth: int) -> None:
        x, y = 6 + depth * _INDENT, self.y + _ROW / 2
        count = sum(1 for _ in page.below())
        lines = wrap(
            f"{_label(page)}: {plural(count, 'page')}",
            look.WIDTH - 24 - x,
            look.SIZE,
            bold=True,
        )
        self._node(page, x, y, lines, self.bold)
        self.y += _ROW + (len(lines) - 1) * look.LEADING
        last = y
        for child in (child for child in page.children if child.children):
            last = self.y + _ROW / 2
            self._edge(x, last)
            self.tree(child, depth + 1)
        leaves = [child for child in page.children if not child.children]
        if leaves:
            last = self.y + 3 + _ROW / 2
            self._edge(x, last)
            self.leaves(leaves, depth + 1)
        self.edges.append({"x": x, "x2": x, "y": y + 5, "y2": last})

    def leaves(self, pages: list[_Page], depth: int) -> None:
        left = depth * _INDENT
        room = look.WIDTH - 8 - left
        labels = [_label(page) for page in pages]
        across = max(
            1,
            min(3, len(pages), int(room // (min(190, max(width(said, look.SMALL) for said in labels)) + 26))),
        )
        step = room / across
        down = -(-len(pages) // across)
        top, y = self.y + 3, self.y + 3
        wrapped = [wrap(said, step - 24, look.SMALL) for said in labels]
        for at in range(down):
            tall = 0
            for column in range(across):
                i = at + column * down
                if i >= len(pages):
                    continue
                self._node(pages[i], left + column * step + 10, y + _ROW / 2, wrapped[i], self.words)
                tall = max(tall, len(wrapped[i]))
            y += _ROW - 1 + (tall - 1) * 12
        self.boxes.append({"x": left, "x2": look.WIDTH - 8, "y": top - 1, "y2": y + 2})
        self.y = y + 7

    def layers(self) -> list:
        return [
            *box(self.boxes, color="#f4f5f7"),
            *line(self.edges, color="#9aa0a6"),
            *dot(self.dots, _TIPS, size=44),
            *text(self.heads, color=look.MUTED),
            *text(self.bold, _TIPS, fontWeight="bold"),
            *text(self.words, _TIPS, fontSize=look.SMALL, lineHeight=12),
        ]

    def _node(self, page: _Page, x: float, y: float, lines: list[str], into: list[dict]) -> None:
        tips = {tip: one_line(page.row[tip]) for tip in _TIPS}
        ink = _TIERS.get(page.row["tier"], ("#a9adb3", ""))[0]
        self.dots.append({"x": x, "y": y, "ink": ink, **tips})
        into.append({"x": x + 9, "y": y, "text": "\n".join(lines), **tips})

    def _edge(self, x: float, y: float) -> None:
        self.edges.append({"x": x, "x2": x + _INDENT - (6 if x else 0), "y": y, "y2": y})


def _label(page: _Page) -> str:
    issued = one_line(page.row["issued"])
    told = [f"also {listed(page.also)}"] if page.also else []
    told += [_READ[page.row["read"]]] if page.row["read"] in _READ else []
    said = f"{one_line(page.row['publisher'])}, {issued}" if issued else one_line(page.row["publisher"])
    return f"{said} ({', '.join(told)})" if told else said
