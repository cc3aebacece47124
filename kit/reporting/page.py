"""A chapter as one self-contained page: prose, folded code, charts, tables, notes, bibliography."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kit.pandoc import Tree, document, rewrite, run_pandoc
from kit.reporting.chapter import Chapter
from kit.reporting.pictures import Picture

_MEDIA = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


@dataclass
class Page:
    """A chapter made ready for the page's template: its body in HTML and the charts' specifications."""

    name: str
    title: str
    answer: str
    contents: tuple[tuple[str, str], ...]
    body: str
    specs: list[Tree] = field(default_factory=list)


def page_of(chapter: Chapter) -> Page:
    """The page of a chapter; a chart's ``data-chart`` is its place among the page's ``specs``."""
    live = {key: picture.spec for key, picture in chapter.pictures.items() if picture.spec}
    figures = {
        key: figure_html(picture, list(live).index(key) if key in live else None)
        for key, picture in chapter.pictures.items()
    }
    blocks = _in_html(chapter.blocks, chapter.pictures, figures)
    body = run_pandoc(document(blocks), "json", "html5", "--section-divs")
    return Page(chapter.name, chapter.title, chapter.answer, chapter.contents, body, list(live.values()))


def figure_html(picture: Picture, place: int | None) -> str:
    """A picture that a cell put out; ``place`` is that of its live chart, where it has one."""
    live = "" if place is None else f' data-chart="{place}"'
    return f"<figure{live}>{picture.svg or _img(picture)}</figure>"


def table_html(blocks: list[Tree]) -> list[Tree]:
    """A table, or what else a cell put out as HTML, where a narrow screen can scroll it."""
    reached = [["role", "region"], ["tabindex", "0"], ["aria-label", "Table"]]
    return [{"t": "Div", "c": [["", ["output"], reached], blocks]}]


def code_html(cell: str, source: str) -> str:
    """The code of a cell, folded."""
    return (
        f'<details class="code" id="{cell}"><summary>Code</summary>'
        f"<pre><code>{html.escape(source)}</code></pre></details>"
    )


def text_html(text: str) -> str:
    """Text that a cell printed."""
    return f"<pre>{html.escape(text)}</pre>"


def folded_html(blocks: list[Tree]) -> list[Tree]:
    """Blocks that a reader unfolds."""
    return [_raw("<details><summary>Show</summary>"), *blocks, _raw("</details>")]


def _in_html(blocks: list[Tree], pictures: Mapping[str, Picture], figures: dict[str, str]) -> list[Tree]:
    made: list[Tree] = []
    for block in blocks:
        (identity, classes, _), inside = block["c"] if block["t"] == "Div" else (("", [], []), [])
        if "cell" in classes:
            for part in inside:
                made += _part(identity, part, figures)
        elif "folded" in classes:
            made += folded_html(_in_html(inside, pictures, figures))
        else:
            made.append(rewrite(block, lambda kind, content: _image(kind, content, pictures)))
    return made


def _part(cell: str, part: Tree, figures: dict[str, str]) -> list[Tree]:
    (_, classes, _), inside = part["c"]
    if "code" in classes:
        return [_raw(code_html(cell, inside[0]["c"][1]))]
    if "chart" in classes:
        shown = [_raw(figures[inside[0]["c"][0][0]])]
    elif "table" in classes:
        shown = table_html(inside)
    else:
        shown = [_raw(text_html(inside[0]["c"][1]))]
    return folded_html(shown) if "folded" in classes else shown


def _image(kind: str, content: Any, pictures: Mapping[str, Picture]) -> list[Tree] | None:
    if kind != "Image":
        return None
    return [{"t": "RawInline", "c": ["html", _img(pictures[content[2][0]])]}]


def _img(picture: Picture) -> str:
    data = base64.b64encode(picture.content).decode()
    return f'<img src="data:{_MEDIA[picture.kind]};base64,{data}" alt="{html.escape(picture.alt)}">'


def _raw(markup: str) -> Tree:
    return {"t": "RawBlock", "c": ["html", markup]}


def inline_json(specs: list[Tree]) -> str:
    """The charts' specifications as JSON that cannot end the script element it stands in.

    >>> inline_json([{"title": "</script>"}])
    '[{"title":"<\\\\/script>"}]'
    """
    return (
        json.dumps(specs, ensure_ascii=False, separators=(",", ":"))
        .replace("</", "<\\/")
        .replace("<!--", "<\\!--")
    )
