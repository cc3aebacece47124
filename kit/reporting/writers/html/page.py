"""A chapter as one self-contained page: prose, folded code, charts, tables, notes, bibliography."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias
from urllib.parse import quote

from kit.charts.figure import drawn_svg, without_words
from kit.reporting.book.chapter import Chapter
from kit.reporting.book.figures import Picture
from kit.reporting.book.note_numbers import note_named, with_commas, with_numbers
from kit.reporting.book.notes import Notes
from kit.reporting.writers.html.cards import note_cards
from kit.reporting.writers.html.names import NameLinks
from kit.tables.cells import guarded
from kit.text.pandoc import (
    Tree,
    attributes_of,
    classes_of,
    div,
    document_json,
    hyperlink,
    note,
    para,
    raw_block,
    raw_inline,
    rewrite,
    run_pandoc,
)
from kit.text.translations.phrases import IN_ENGLISH, Phrases

Cell: TypeAlias = str | float | None
_DATE = re.compile(r"\d{4}(-\d\d){1,2}\b")
#: Rows that are printed under a chart; the download has all of them.
ROWS_SHOWN = 200
#: A column that reaches this is printed with separators; years never do.
_LONG = 10_000
_MEDIA = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


@dataclass
class WebPage:
    """A chapter made ready for the page's template: its body in HTML and the charts' specifications."""

    name: str
    title: str
    answer: str
    contents: tuple[tuple[str, str], ...]
    body: str
    specs: list[Tree] = field(default_factory=list)
    noted: dict[str, int] = field(default_factory=dict)


def page_of(
    chapter: Chapter,
    notes: Notes,
    names: Iterable[str] = (),
    page: Callable[[str], str] = lambda identity: "",
    named: NameLinks | None = None,
) -> WebPage:
    """The page of a chapter; a chart's ``data-chart`` is its place among the page's ``specs``, and ``noted`` has the
    number of the note that explains each fact and source marked in it. ``names`` are those of all chapters: a link to
    a notebook among them leads to its page. ``page`` gives the page of a fact, to which its note leads, and ``named`` makes
    links of names.
    """
    specs: list[Tree] = []
    figures = {
        key: figure_html(picture, specs, notes.say) + data_html(picture, chapter.name, notes.say)
        for key, picture in chapter.pictures.items()
    }
    there = {f"{name}.ipynb": f"{name}.html" for name in names}
    blocks, noted = with_numbers(chapter.blocks, lambda id: note_cards(notes, id, page(id)), notes.say)
    blocks = named.linked(blocks) if named else blocks
    blocks = _in_html(rewrite(blocks, _led_back), chapter.pictures, figures, there)
    body = run_pandoc(
        document_json(with_commas(_listed(blocks))), "json", "html5", "--section-divs", "--mathml"
    )
    # The corner of a table heads nothing, and a blank heading cell would be read out as one.
    body = re.sub(r'<th( style="[^"]*")?></th>', r"<td\1></td>", body)
    return WebPage(chapter.name, chapter.title, chapter.answer, chapter.contents, body, specs, noted)


def _led_back(kind: str, content: Any) -> list[Tree] | None:
    """Make the words that point back to a note a link to it; ``again`` where their note says nothing else."""
    if kind == "Note" and len(content) == 1:
        words = content[0]["c"][:1] if content[0]["t"] == "Para" else []
        if words and (number := note_named(words[0])):
            return [note([para([hyperlink(words[0]["c"][1], f"#fn{number}", again=str(number))])])]
    if kind == "Span" and (number := note_named({"t": kind, "c": content})):
        return [hyperlink(content[1], f"#fn{number}")]
    return None


def _listed(blocks: list[Tree]) -> list[Tree]:
    """The blocks with neighbouring entries of a bibliography put together, which pandoc then marks as a list."""
    made: list[Tree] = []
    for listed, group in groupby(blocks, key=lambda block: "csl-entry" in classes_of(block)):
        together = list(group)
        made += [div(together, "refs", ["references", "csl-bib-body"])] if listed else together
    return made


def figure_html(picture: Picture, specs: list[Tree], say: Phrases = IN_ENGLISH) -> str:
    """A picture that a cell put out. A chart has its words around it, where they wrap, can be selected and are read
    aloud; what is left of its specification joins ``specs``, at the place that ``data-chart`` tells.
    """
    if not picture.spec:
        return f'<figure><div class="drawing">{picture.svg or picture_html(picture)}</div></figure>'
    specs.append(bare := without_words(picture.spec))
    subtitle = f'<p class="subtitle">{html.escape(picture.subtitle)}</p>' if picture.subtitle else ""
    notes = f"{html.escape(picture.notes)}<br>" if picture.notes else ""
    return (
        f'<figure><p class="headline">{html.escape(picture.headline)}</p>{subtitle}'
        f'<div class="drawing" data-chart="{len(specs) - 1}">'
        f"{drawn_svg(bare, picture.alt)}</div>"
        f"<figcaption>{notes}{say('Source:')} {html.escape(picture.source)}</figcaption></figure>"
    )


def table_html(blocks: list[Tree]) -> list[Tree]:
    """A table, or what else a cell put out as HTML, where a narrow screen can scroll it."""
    reached = {"role": "group", "tabindex": "0", "aria-label": "Table"}
    return [div(rewrite(blocks, _unbroken), classes=["output"], **reached)]


def _unbroken(kind: str, content: Any) -> list[Tree] | None:
    """A date, which a narrow column would break at its hyphens, kept on one line."""
    if kind != "Str" or not _DATE.match(content):
        return None
    return [raw_inline("html", f'<span class="date">{html.escape(content)}</span>')]


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
    opening = '<details class="folded"><summary>Show</summary>'
    return [raw_block("html", opening), *blocks, raw_block("html", "</details>")]


def _in_html(
    blocks: list[Tree], pictures: Mapping[str, Picture], figures: dict[str, str], there: Mapping[str, str]
) -> list[Tree]:
    def change(kind: str, content: Any) -> Tree | list[Tree] | None:
        if kind == "Image":
            return raw_inline("html", picture_html(pictures[content[2][0]]))
        if kind == "Link" and content[2][0] in there:
            return {"t": kind, "c": [*content[:2], [there[content[2][0]], content[2][1]]]}
        return None

    made: list[Tree] = []
    for block in blocks:
        classes = classes_of(block) if block["t"] == "Div" else []
        if "cell" in classes:
            (identity, _, _), inside = block["c"]
            for part in inside:
                if "prose" in classes_of(part):
                    prose = _in_html(part["c"][1], pictures, figures, there)
                    made += folded_html(prose) if "folded" in classes_of(part) else prose
                else:
                    made += _part(identity, part, figures)
        elif "folded" in classes:
            made += folded_html(_in_html(block["c"][1], pictures, figures, there))
        else:
            written = rewrite([block], change)
            made += table_html(written) if block["t"] == "Table" else written
    return made


def _part(cell: str, part: Tree, figures: dict[str, str]) -> list[Tree]:
    classes, inside = classes_of(part), part["c"][1]
    if "code" in classes:
        return [raw_block("html", code_html(cell, inside[0]["c"][1]))]
    if "chart" in classes:
        shown = [raw_block("html", figures[attributes_of(inside[0])[0]])]
    elif "table" in classes:
        shown = table_html(inside)
    else:
        shown = [raw_block("html", text_html(inside[0]["c"][1]))]
    return folded_html(shown) if "folded" in classes else shown


def picture_html(picture: Picture) -> str:
    """A picture as an element that carries its own bytes."""
    data = base64.b64encode(picture.content).decode()
    return f'<img src="data:{_MEDIA[picture.kind]};base64,{data}" alt="{html.escape(picture.alt)}">'


def inline_json(specs: list[Any]) -> str:
    """Data, as the charts' specifications, as JSON that cannot end the script element it stands in.

    >>> inline_json([{"title": "</script>"}])
    '[{"title":"<\\\\/script>"}]'
    """
    return (
        json.dumps(specs, ensure_ascii=False, separators=(",", ":"))
        .replace("</", "<\\/")
        .replace("<!--", "\\u003c!--")
    )


def data_html(picture: Picture, page: str, say: Phrases = IN_ENGLISH) -> str:
    """The data of the chart, folded; '' for a picture that has none. ``page`` begins the name of the download.

    A cell that a spreadsheet would run is neutralised in the download, and shown as it is on the page.

    >>> chart = Picture("figure-1", "svg", b"<svg/>", alt="A bar", headline="One bar", columns=["n"], rows=[[2]])
    >>> data_html(chart, "00-start")[:57]
    '<details class="data"><summary>Data (1 row)</summary><p><'
    """
    if not picture.columns:
        return ""
    names, rows = picture.columns, picture.rows
    many = say.many(len(rows), "row", "rows")
    href = "data:text/csv;charset=utf-8," + quote(_download(names, rows), safe=",;:/()!*~'")
    bounded = (
        f"{say('The first {shown} of {many}; the download has all of them.', shown=ROWS_SHOWN, many=many)} "
        if len(rows) > ROWS_SHOWN
        else ""
    )
    name = html.escape(picture.headline or picture.alt)
    data, saved, label = say("Data"), say("Download as CSV"), f"{say('Data of the chart:')} {name}"
    return (
        f'<details class="data"><summary>{data} ({many})</summary>'
        f'<p>{bounded}<a download="{page}-{picture.key}.csv" href="{html.escape(href)}">{saved}</a></p>'
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}">'
        f"{_table(names, rows)}</div></details>"
    )


def _download(names: list[str], rows: list[list[Cell]]) -> str:
    written = io.StringIO()
    # The mark at the start tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows(
        [guarded(cell) if isinstance(cell, str) else _number(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def _number(cell: float | None) -> str:
    return "" if cell is None else f"{cell:.15g}"


def _table(names: list[str], rows: list[list[Cell]]) -> str:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    numbers = [[cell for cell in column if isinstance(cell, int | float)] for column in columns]
    long = [any(abs(number) >= _LONG for number in found) for found in numbers]
    head = "".join(
        f'<th scope="col"{_side(bool(found))}>{html.escape(name.replace("_", " "))}</th>'
        for name, found in zip(names, numbers, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(_cell(cell, grouped) for cell, grouped in zip(row, long, strict=True)) + "</tr>"
        for row in rows[:ROWS_SHOWN]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: Cell, grouped: bool) -> str:
    if cell is None or cell == "":
        return "<td></td>"
    if isinstance(cell, str):
        return f"<td><bdi>{html.escape(cell)}</bdi></td>"
    return f"<td{_side(True)}>{cell:,.12g}</td>" if grouped else f"<td{_side(True)}>{cell:.12g}</td>"


def _side(number: bool) -> str:
    return ' class="number-cell"' if number else ""
