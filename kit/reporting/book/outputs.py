"""What a cell put out, as pandoc's blocks: each kind as what it is, and what cannot be printed refused by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kit.errors import KitError
from kit.evidence.prose.marks import find_marks
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.evidence.prose.statements import CHART_FACTS, VEGALITE, WIDGET
from kit.reporting.book.tables import only_drawn, read_html
from kit.text.pandoc import Tree, code_block, para, parse_cells, rewrite, strong

_HTML, _MARKDOWN, _LATEX, _JSON, _PLAIN = (
    "text/html", "text/markdown", "text/latex", "application/json", "text/plain",
)  # fmt: skip
#: What is shown rather than any text.
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", VEGALITE, RECORD_MIMETYPE)
#: What only says more of something else.
_BESIDE = (CHART_FACTS, _PLAIN)
#: A terminal's colours, links and titles.
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
#: What a terminal acts upon and no page can show.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA = re.compile(
    r"\s*(?:\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^$]+)\$|\\\[(?P<set>.+)\\\]"
    r"|\\begin\{(?P<kind>equation|align|gather)(?P<star>\*?)\}(?P<lines>.+)\\end\{(?P=kind)(?P=star)\})\s*",
    re.DOTALL,
)
#: What a formula of several lines is called within another.
_ALIGNED = {"align": "aligned", "gather": "gathered"}
_REMEDY = 'put a table in its place, or a picture with words: IPython.display.Image(..., alt="...")'


class Outputs:
    """The outputs of a notebook's ``cells`` that are texts, read together; pictures are `kit.reporting.book.figures`' own."""

    def __init__(self, cells: list[Tree]) -> None:
        bundles = [_data(output) for cell in cells for output in cell.get("outputs", ())]
        self._html = _in_turn(_texts(bundles, _HTML), read_html)
        self._prose = _in_turn(_texts(bundles, _MARKDOWN), _prose_of)

    def blocks(self, output: Tree) -> tuple[str, list[Tree]]:
        """The kind of the output, ``text``, ``prose`` or ``table``, and its blocks; what cannot be printed raises `KitError`.

        >>> Outputs([]).blocks({"output_type": "stream", "text": "38\\x1b[31m boxes"})
        ('text', [{'t': 'CodeBlock', 'c': [['', [], []], '38 boxes']}])
        >>> Outputs([]).blocks({"output_type": "display_data", "data": {"application/vnd.globe+json": {}}})
        Traceback (most recent call last):
        kit.errors.KitError: what it puts out: is application/vnd.globe+json, which only a screen can show; put a table in its place, or a picture with words: IPython.display.Image(..., alt="...")
        """
        if output["output_type"] == "stream":
            return "text", _literal("".join(output["text"]))
        data = _data(output)
        if output.get("metadata", {}).get(WIDGET):
            raise _refused("is a widget, of which nothing stands still")
        kind = _shown_as(data)
        if kind == _HTML:
            html = "".join(data[_HTML])
            if drawn := only_drawn(html):
                raise _refused(f"holds <{drawn}>, which only a screen can show")
            return "table", next(self._html[html])
        if kind == _MARKDOWN:
            return "prose", self._marked("".join(data[_MARKDOWN]))
        if kind == _LATEX:
            return "prose", [_formula("".join(data[_LATEX]))]
        if kind == _JSON:
            return "text", _literal(json.dumps(data[_JSON], indent=2, ensure_ascii=False))
        if kind:
            raise _refused(f"is {kind}, which only a screen can show")
        told = [output[name] for name in ("ename", "evalue") if output.get(name)]
        return "text", _literal("".join(data.get(_PLAIN) or ": ".join(told)))

    def _marked(self, text: str) -> list[Tree]:
        blocks = next(self._prose[text])
        if marks := find_marks({1: blocks}):
            remedy = "write it in a Markdown cell, where marks are checked"
            raise KitError("what it puts out", f"has the mark {marks[0].target}", remedy)
        # The headings of the report are those of its prose.
        return rewrite(blocks, lambda kind, said: para([strong(said[2])]) if kind == "Header" else None)


def _data(output: Tree) -> Tree:
    return dict(output.get("data", {}))


def _shown_as(data: Mapping[str, Any]) -> str:
    """The kind by which the output is read; '' where its plain text is all."""
    for kind in (_HTML, _MARKDOWN, _LATEX, _JSON):
        if kind in data:
            return kind
    return next((kind for kind in sorted(data) if kind not in _BESIDE), "")


def _texts(bundles: list[Tree], kind: str) -> list[str]:
    return [
        "".join(data[kind])
        for data in bundles
        if _shown_as(data) == kind and not any(picture in data for picture in _PICTURES)
    ]


def _in_turn(texts: list[str], read: Any) -> dict[str, Iterator[list[Tree]]]:
    """What each text was read as, for each time that it is asked for."""
    found: dict[str, list[list[Tree]]] = {}
    for text, blocks in zip(texts, read(texts), strict=True):
        found.setdefault(text, []).append(blocks)
    return {text: iter(blocks) for text, blocks in found.items()}


def _prose_of(texts: list[str]) -> list[list[Tree]]:
    cells = [{"cell_type": "markdown", "source": text} for text in texts]
    return list(parse_cells(cells).values()) if cells else []


def _formula(latex: str) -> Tree:
    found = _FORMULA.fullmatch(latex)
    if not found:
        raise _refused("is LaTeX that is no formula")
    kind = "InlineMath" if found["inline"] else "DisplayMath"
    said = next(found[name] for name in ("display", "inline", "set", "lines") if found[name])
    said = said.replace("\\displaystyle", "").strip()
    if within := _ALIGNED.get(found["kind"]):
        said = f"\\begin{{{within}}}{said}\\end{{{within}}}"
    return para([{"t": "Math", "c": [{"t": kind}, said]}])


def _literal(text: str) -> list[Tree]:
    plain = "\n".join(map(_overwritten, _TERMINAL.sub("", text).split("\n")))
    return [code_block(plain.rstrip("\n"))] if plain.strip() else []


def _overwritten(line: str) -> str:
    """A line as a terminal leaves it, where what follows a return is written over what stood there: a progress bar's last state.

    >>> _overwritten("10 of 10\\r9"), _overwritten("bell\\x07")
    ('90 of 10', 'bell')
    """
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return _CONTROL.sub("", shown)


def _refused(what: str) -> KitError:
    return KitError("what it puts out", what, _REMEDY)
