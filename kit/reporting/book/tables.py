"""What a cell put out as HTML, as pandoc's blocks: tables as pandas shows them, cut to what a reader needs."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from kit.text.pandoc import Tree, rewrite, run_pandoc, stringify

_FIGURE = re.compile(r"[-+−]?[$€£¥]?\d[\d,.\s]*(%|[a-zA-Z]{1,3})?|NaN|nan|–|-|")
_DRAWN = ("script", "iframe", "canvas", "object", "embed", "video", "audio", "img", "svg", "progress")
_SAFE = re.compile(r"https?://|mailto:|#", re.IGNORECASE)


def read_html(fragments: list[str]) -> list[list[Tree]]:
    """Each piece of HTML as blocks, read together in one go: tables, prose and lists; scripts and pictures are left out.

    In a table the index that only counts the rows goes, the index's name moves up into the one header row, and a
    column of numbers stands to the right.

    >>> read_html(["<p>a <script>b</script></p>"])
    [[{'t': 'Para', 'c': [{'t': 'Str', 'c': 'a'}]}]]
    """
    if not fragments:
        return []
    cleaned = [f'<div class="piece">{_cleaned(fragment)}</div>' for fragment in fragments]
    tree = json.loads(run_pandoc("\n".join(cleaned), "html", "json"))
    pieces = [block["c"][1] for block in tree["blocks"] if block["t"] == "Div"]
    return [rewrite(_unwrapped(piece), _tidied) for piece in pieces]


def only_drawn(fragment: str) -> str:
    """The first element in a piece of HTML that paper has no way to show; '' where there is none.

    >>> only_drawn("<div id='map'></div><script>draw(1)</script>"), only_drawn("<table><tr><td>1</td></tr></table>")
    ('script', '')
    """
    tree = lxml_html.fragment_fromstring(fragment or "<p></p>", create_parent="div")
    return next((node.tag for node in tree.iter(*_DRAWN)), "")


def _cleaned(fragment: str) -> str:
    tree = lxml_html.fragment_fromstring(fragment or "<p></p>", create_parent="div")
    for dropped in tree.xpath("//style | //script | //img | //svg | //iframe | //object | //comment()"):
        dropped.drop_tree()
    for table in tree.iter("table"):
        _without_counter(table)
        _one_header(table)
        for cell in table.iter("tr", "th", "td", "table"):
            cell.attrib.pop("style", None)
            cell.attrib.pop("border", None)
    return etree.tostring(tree, encoding="unicode", method="html")


def _without_counter(table: Any) -> None:
    """Take out an index that only counts the rows: it tells a reader nothing."""
    rows = table.xpath("./tbody/tr")
    counter = [row[0] for row in rows if len(row) and row[0].tag == "th"]
    if not rows or [cell.text for cell in counter] != [str(n) for n in range(len(rows))]:
        return
    for cell in [*counter, *(row[0] for row in table.xpath("./thead/tr"))]:
        cell.getparent().remove(cell)


def _one_header(table: Any) -> None:
    """Pandas prints the names of the index in a header row of their own: put them into the blanks of the row above."""
    rows = table.xpath("./thead/tr")
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return
    upper, lower = ([cell.text_content().strip() for cell in row] for row in rows)
    if all(not (above and below) for above, below in zip(upper, lower, strict=True)):
        for cell, above, below in zip(rows[0], upper, lower, strict=True):
            cell.text = above or below
        table.find("thead").remove(rows[1])


def _unwrapped(blocks: list[Tree]) -> list[Tree]:
    flat: list[Tree] = []
    for block in blocks:
        flat += _unwrapped(block["c"][1]) if block["t"] == "Div" else [block]
    return flat


def _tidied(kind: str, content: Any) -> list[Tree] | None:
    if kind == "Table":
        for column, texts in zip(content[2], columns(content), strict=False):
            if _is_numeric(texts):
                column[0] = {"t": "AlignRight"}
        return [{"t": "Table", "c": content}]
    if kind == "Link" and not _SAFE.match(content[2][0]):
        return content[1]
    return [] if kind in ("RawInline", "RawBlock", "Image") else None


def columns(table: list[Any]) -> list[list[str]]:
    """The texts below the header, column by column; none where a cell reaches over several columns or rows."""
    rows = [row[1] for body in table[4] for row in body[3]]
    if any(cell[2:4] != [1, 1] for row in rows for cell in row):
        return []
    return [[plain_cell(cell) for cell in column] for column in zip(*rows, strict=False)]


def plain_cell(cell: list[Any]) -> str:
    """The text of a cell."""
    return " ".join(stringify(block["c"]) for block in cell[4] if block["t"] in ("Plain", "Para")).strip()


def _is_numeric(texts: list[str]) -> bool:
    return any(text[:1].isdigit() for text in texts) and all(_FIGURE.fullmatch(text) for text in texts)
