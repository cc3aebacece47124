"""A chapter as one self-contained page: prose, folded code, charts, tables, notes, bibliography."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kit.charts.figure import drawn_svg, without_words
from kit.reporting.document.document import Chapter
from kit.reporting.document.figures import Picture
from kit.reporting.document.prose import AGAIN, points_to
from kit.reporting.transforms.note_numbers import parted
from kit.reporting.writers.html.datatable import data_html
from kit.text.pandoc import Tree, div, document, rewrite, run_pandoc

_DATE = re.compile(r"\d{4}(-\d\d){1,2}\b")
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
    noted: dict[str, int] = field(default_factory=dict)


def page_of(chapter: Chapter, names: Iterable[str] = ()) -> Page:
    """The page of a chapter; a chart's ``data-chart`` is its place among the page's ``specs``, and ``noted`` has the
    number of the note that explains each fact and source marked in it. ``names`` are those of all chapters: a link to
    a notebook among them leads to its page.
    """
    specs: list[Tree] = []
    figures = {
        key: figure_html(picture, specs) + data_html(picture, chapter.name)
        for key, picture in chapter.pictures.items()
    }
    there = {f"{name}.ipynb": f"{name}.html" for name in names}
    led = rewrite(chapter.blocks, _led_back(chapter.marks))
    blocks = _in_html(led, chapter.pictures, figures, there)
    body = run_pandoc(document(parted(_listed(blocks))), "json", "html5", "--section-divs")
    # The corner of a table heads nothing, and a blank heading cell would be read out as one.
    body = re.sub(r'<th( style="[^"]*")?></th>', r"<td\1></td>", body)
    return Page(
        chapter.name,
        chapter.title,
        chapter.answer,
        chapter.contents,
        body,
        specs,
        dict(chapter.marks),
    )


def _led_back(numbers: Mapping[str, int]):
    """What makes the words that point back to a note a link to it; ``again`` where their note says nothing else."""

    def link(span: list[Any], *, alone: bool) -> Tree:
        number = str(numbers[dict(span[0][2])["mark"]])
        told = [["again", number]] if alone else []
        return {"t": "Link", "c": [["", [], told], span[1], [f"#fn{number}", ""]]}

    def change(kind: str, content: Any) -> list[Tree] | None:
        if kind == "Note" and len(content) == 1 and points_to(content[0]):
            return [{"t": "Note", "c": [{"t": "Para", "c": [link(content[0]["c"][0]["c"], alone=True)]}]}]
        return [link(content, alone=False)] if kind == "Span" and AGAIN in content[0][1] else None

    return change


def _listed(blocks: list[Tree]) -> list[Tree]:
    """The blocks with neighbouring entries of a bibliography put together, which pandoc then marks as a list."""
    made: list[Tree] = []
    for block in blocks:
        if block["t"] != "Div" or "csl-entry" not in block["c"][0][1]:
            made.append(block)
        elif made and made[-1]["t"] == "Div" and made[-1]["c"][0][0] == "refs":
            made[-1]["c"][1].append(block)
        else:
            made.append(div("refs", ["references", "csl-bib-body"], [block]))
    return made


def figure_html(picture: Picture, specs: list[Tree]) -> str:
    """A picture that a cell put out. A chart has its words around it, where they wrap, can be selected and are read
    aloud; what is left of its specification joins ``specs``, at the place that ``data-chart`` tells.
    """
    if not picture.spec:
        return f'<figure><div class="drawing">{picture.svg or _img(picture)}</div></figure>'
    if not picture.source:  # not one of the kit's charts: nobody knows which of its words are a headline
        specs.append(picture.spec)
        return f'<figure><div class="drawing" data-chart="{len(specs) - 1}">{picture.svg}</div></figure>'
    specs.append(bare := without_words(picture.spec))
    subtitle = f'<p class="subtitle">{html.escape(picture.subtitle)}</p>' if picture.subtitle else ""
    notes = f"{html.escape(picture.notes)}<br>" if picture.notes else ""
    return (
        f'<figure><p class="headline">{html.escape(picture.headline)}</p>{subtitle}'
        f'<div class="drawing" data-chart="{len(specs) - 1}">'
        f"{drawn_svg(bare, picture.alt)}</div>"
        f"<figcaption>{notes}Source: {html.escape(picture.source)}</figcaption></figure>"
    )


def table_html(blocks: list[Tree]) -> list[Tree]:
    """A table, or what else a cell put out as HTML, where a narrow screen can scroll it."""
    reached = [["role", "group"], ["tabindex", "0"], ["aria-label", "Table"]]
    return [{"t": "Div", "c": [["", ["output"], reached], rewrite(blocks, _unbroken)]}]


def _unbroken(kind: str, content: Any) -> list[Tree] | None:
    """A date, which a narrow column would break at its hyphens, kept on one line."""
    if kind != "Str" or not _DATE.match(content):
        return None
    return [{"t": "RawInline", "c": ["html", f'<span class="date">{html.escape(content)}</span>']}]


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
    return [_raw('<details class="folded"><summary>Show</summary>'), *blocks, _raw("</details>")]


def _in_html(
    blocks: list[Tree], pictures: Mapping[str, Picture], figures: dict[str, str], there: Mapping[str, str]
) -> list[Tree]:
    def change(kind: str, content: Any) -> Tree | list[Tree] | None:
        if kind == "Image":
            return [{"t": "RawInline", "c": ["html", _img(pictures[content[2][0]])]}]
        if kind == "Link" and content[2][0] in there:
            return {"t": kind, "c": [content[0], content[1], [there[content[2][0]], content[2][1]]]}
        return None

    made: list[Tree] = []
    for block in blocks:
        (identity, classes, _), inside = block["c"] if block["t"] == "Div" else (("", [], []), [])
        if "cell" in classes:
            for part in inside:
                made += _part(identity, part, figures)
        elif "folded" in classes:
            made += folded_html(_in_html(inside, pictures, figures, there))
        else:
            written = rewrite([block], change)
            made += table_html(written) if block["t"] == "Table" else written
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
