"""One executed notebook as one self-contained page: prose, folded code, charts, tables, notes, bibliography."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from kit.evidence.marks import NUMBER, cited, records
from kit.evidence.numbers import MIMETYPE, Record
from kit.pandoc import Tree, document, plain, read_notebook, rewrite, run_pandoc, tighten
from kit.reporting.changes import CHART
from kit.reporting.notes import Notes
from kit.sources.format import bibliography


@dataclass
class Page:
    """A notebook made ready to print: its title, its answer in one paragraph, its contents and its body in HTML."""

    name: str
    title: str
    answer: str
    contents: list[tuple[str, str]]
    body: str
    specs: list[Tree] = field(default_factory=list)


def make_page(name: str, notebook: Any, notes: Notes) -> Page:
    """The page of an executed notebook; every mark in it must be known to ``notes`` and to the notebook's records."""
    prose = _Prose(notes, records(notebook))
    cells = dict(read_notebook(notebook))
    specs: list[Tree] = []
    blocks: list[Tree] = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if number in cells:
            blocks += prose.with_notes(cells[number])
        elif cell["cell_type"] == "code":
            blocks += _code(number, cell, specs)
    headers = [block["c"] for block in blocks if block["t"] == "Header"]
    title = next((plain(c[2]) for c in headers if c[0] == 1), name)
    contents = [(c[1][0], plain(c[2])) for c in headers if c[0] == 2]
    answer = next((plain(block["c"]) for block in blocks if block["t"] == "Para"), "")
    if prose.cited:
        blocks += [_header("sources", "Sources"), *bibliography_of(notes, prose.cited)]
        contents.append(("sources", "Sources"))
    body = run_pandoc(document(blocks), "json", "html5", "--section-divs")
    return Page(name, title, answer, contents, body, specs)


def bibliography_of(notes: Notes, cited_sources: set[str]) -> list[Tree]:
    """The cited sources in the order of the style, each where a note can point to it."""
    return bibliography(notes.sources.loc[sorted(cited_sources)], style=notes.style, language=notes.language)


class _Prose:
    """Prose whose marks have become notes and numbers; a mark that was explained before points back to that note."""

    def __init__(self, notes: Notes, computed: dict[str, Record]) -> None:
        self.notes, self.computed = notes, computed
        self.first: dict[str, int] = {}
        self.count = 0
        self.cited: set[str] = set()

    def with_notes(self, blocks: list[Tree]) -> list[Tree]:
        return tighten(rewrite(blocks, self._change))

    def _change(self, kind: str, content: Any) -> Any:
        if kind == "Cite":
            targets = cited(content)
            return [note for target in targets for note in self._note(target)] if targets else content[1]
        if kind == "Link" and content[2][0].startswith(NUMBER):
            found = self.computed[content[2][0].removeprefix(NUMBER)]
            told = f"computed: {found.value:,.12g} {found.unit}; of {found.base}"
            return [{"t": "Span", "c": [["", ["number"], [["title", told]]], content[1]]}]
        return None

    def _note(self, identity: str) -> list[Tree]:
        self.count += 1
        if identity in self.first:
            again = [{"t": "Str", "c": f"See note {self.first[identity]}."}]
            return [{"t": "Note", "c": [{"t": "Para", "c": again}]}]
        self.first[identity] = self.count
        self.cited.update(self.notes.sources_of(identity))
        return [{"t": "Note", "c": self.notes.note(identity)}]


def _code(number: int, cell: Any, specs: list[Tree]) -> list[Tree]:
    source = html.escape("".join(cell["source"]))
    parts = [
        f'<details class="code" id="cell-{number}"><summary>Code</summary><pre><code>{source}</code></pre></details>'
    ]
    parts += [_output(output, specs) for output in cell.get("outputs", ())]
    return [{"t": "RawBlock", "c": ["html", "\n".join(filter(None, parts))]}]


def _output(output: Any, specs: list[Tree]) -> str:
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(output['text'])}</pre>"
    data = output.get("data", {})
    if MIMETYPE in data:
        return ""
    if "image/svg+xml" in data:
        return _figure(data, specs)
    if "text/html" in data:
        return _table("".join(data["text/html"]))
    return f"<pre>{html.escape(''.join(data.get('text/plain', '')))}</pre>"


def _figure(data: Any, specs: list[Tree]) -> str:
    live = ""
    if CHART in data:
        specs.append(data[CHART])
        live = f' data-chart="{len(specs) - 1}"'
    return f"<figure{live}>{''.join(data['image/svg+xml'])}</figure>"


def _table(markup: str) -> str:
    """A table as pandas shows it, without pandas' styles, where a narrow screen can scroll it."""
    markup = re.sub(r"<style scoped>.*?</style>", "", markup, flags=re.DOTALL)
    tree = lxml_html.fragment_fromstring(markup, create_parent="div")
    for table in tree.iter("table"):
        table.attrib.pop("border", None)
        _without_counter(table)
    inner = lxml_html.tostring(tree, encoding="unicode")
    return f'<div class="output" role="region" tabindex="0" aria-label="Table">{inner}</div>'


def _without_counter(table: Any) -> None:
    """Take out an index that only counts the rows: it tells a reader nothing."""
    rows = table.xpath("./tbody/tr")
    counter = [row[0] for row in rows if len(row) and row[0].tag == "th"]
    if not rows or [cell.text for cell in counter] != [str(n) for n in range(len(rows))]:
        return
    for cell in [*counter, *(row[0] for row in table.xpath("./thead/tr"))]:
        cell.getparent().remove(cell)


def _header(identity: str, text: str) -> Tree:
    return {"t": "Header", "c": [2, [identity, [], []], [{"t": "Str", "c": text}]]}


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
