"""The prose of a notebook as sentences: what a reader reads, and the marks, numbers and quotations in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.evidence.prose.marks import NUMBER, cited_ids
from kit.text.language import ENGLISH, Language
from kit.text.pandoc import Tree, stringify
from kit.text.sentences import quoted_spans, sentence_ends

#: What a sentence may stand in. A term that is defined and the head of a table's column are headings.
SENTENCE_KINDS = ("heading", "paragraph", "item", "table cell", "quotation", "definition", "note")
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
#: The kind of block, its inlines, and what they stand under.
_Block = tuple[str, list[Tree], str]
_TIGHT = ".,;:!?…)]}”’»"


@dataclass(frozen=True)
class TextSpan:
    """A stretch of a sentence's text."""

    start: int
    stop: int


@dataclass(frozen=True)
class CitationMark(TextSpan):
    """A mark ``[@target]``; it stands at ``start``, where the text goes on without it."""

    target: str


@dataclass(frozen=True)
class NumberMark(TextSpan):
    """A number that is tied to the cell that computed it: its name, and what is printed."""

    target: str
    printed: str


@dataclass(frozen=True)
class Sentence:
    """A sentence as a reader sees it, and what its writer marked in it.

    ``cell``, ``block`` and ``position`` count from 1: the notebook's cell, the block within the cell, the sentence
    within the cell. ``quotations`` hold the words between quotation marks; ``code`` is in the text, and no prose.
    ``context`` is the head of the column and of the row that a table's cell stands in; ``language`` is that of its cell.
    """

    cell: int
    block: int
    position: int
    kind: str
    text: str
    context: str = ""
    citations: tuple[CitationMark, ...] = ()
    numbers: tuple[NumberMark, ...] = ()
    quotations: tuple[TextSpan, ...] = ()
    emphasis: tuple[TextSpan, ...] = ()
    strong: tuple[TextSpan, ...] = ()
    code: tuple[TextSpan, ...] = ()
    language: Language = ENGLISH

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids that the sentence cites, in order; those that stand behind its full stop are its own."""
        return tuple(citation.target for citation in self.citations)

    def words(self, span: TextSpan) -> str:
        """The text of a span of this sentence."""
        return self.text[span.start : span.stop]

    @property
    def prose(self) -> str:
        """The text with its code blanked out, each character keeping its place."""
        return _blanked(self.text, self.code, " ")

    @property
    def ours(self) -> str:
        """The prose without the words of others: what is between quotation marks, and a block quotation whole."""
        return "\0" * len(self.text) if self.kind == "quotation" else self.prose_without(*self.quotations)

    def prose_without(self, *spans: TextSpan) -> str:
        """The prose with these spans blanked out too, by a character that no pattern takes for a space."""
        return _blanked(self.prose, spans, "\0")


def _blanked(text: str, spans: Iterable[TextSpan], blank: str) -> str:
    for span in spans:
        text = text[: span.start] + blank * (span.stop - span.start) + text[span.stop :]
    return text


def sentences(
    prose: Mapping[int, list[Tree]],
    language: Language = ENGLISH,
    languages: Mapping[int, Language] | None = None,
) -> list[Sentence]:
    """Every sentence of the prose, which is pandoc's blocks by the number of their cell; code blocks are no prose.

    ``languages`` are those of cells in another language than ``language``.

    >>> from kit.text.pandoc import parse_cells
    >>> cell = {"cell_type": "markdown", "source": "They paid [38%](#=share). [@roe-2021] Nobody asked *why*."}
    >>> first, second = sentences(parse_cells([cell]))
    >>> first.text, first.cited, first.numbers[0].target, second.text
    ('They paid 38%.', ('roe-2021',), 'share', 'Nobody asked why.')
    """
    found: list[Sentence] = []
    for cell, blocks in prose.items():
        position, spoken = 0, (languages or {}).get(cell, language)
        for block, (kind, inlines, context) in enumerate(_lines(blocks, "paragraph"), start=1):
            for part in _split(_Line.of(inlines), spoken):
                position += 1
                found.append(Sentence(cell, block, position, kind, context=context, language=spoken, **part))
    return found


def _lines(blocks: list[Tree], kind: str) -> Iterator[_Block]:
    """Each run of inlines with the kind of block it stands in; a footnote follows the block that it hangs on."""
    for block in blocks:
        content: Any = block.get("c")
        match block["t"]:
            case "Para" | "Plain":
                yield from _with_notes(content, kind)
            case "LineBlock":
                for line in content:
                    yield from _with_notes(line, kind)
            case "Header":
                yield from _with_notes(content[2], "heading")
            case "BlockQuote":
                yield from _lines(content, "quotation")
            case "BulletList":
                for item in content:
                    yield from _lines(item, "item")
            case "OrderedList":
                for item in content[1]:
                    yield from _lines(item, "item")
            case "DefinitionList":
                for term, definitions in content:
                    yield from _with_notes(term, "heading")
                    for definition in definitions:
                        yield from _lines(definition, "definition")
            case "Div":
                yield from _lines(content[1], kind)
            case "Figure":
                yield from _lines(content[2], kind)
                yield from _lines(content[1][1], kind)
            case "Table":
                yield from _table(content)


def _table(content: list[Any]) -> Iterator[_Block]:
    _, caption, _, head, bodies, foot = content
    yield from _lines(caption[1], "paragraph")
    rows = [("heading", row[1]) for row in head[1]]
    for _, _, heads, body in bodies:
        rows += [("heading", row[1]) for row in heads] + [("table cell", row[1]) for row in body]
    rows += [("table cell", row[1]) for row in foot[1]]
    columns = [_shown(cell) for cell in head[1][-1][1]] if head[1] else []
    for kind, cells in rows:
        for place, cell in enumerate(cells):
            under = [*columns[place : place + 1], *(_shown(first) for first in cells[:1] if place)]
            for _, inlines, _ in _lines(cell[4], kind):
                yield kind, inlines, "; ".join(filter(None, under)) if kind == "table cell" else ""


def _shown(cell: list[Any]) -> str:
    return " ".join(_Line.of(inlines).text for _, inlines, _ in _lines(cell[4], "table cell"))


def _with_notes(inlines: list[Tree], kind: str) -> Iterator[_Block]:
    yield kind, inlines, ""
    for note in _notes(inlines):
        yield from _lines(note, "note")


def _notes(tree: Any) -> Iterator[list[Tree]]:
    if isinstance(tree, dict) and tree.get("t") == "Note":
        yield tree["c"]
    elif isinstance(tree, (dict, list)):
        for node in tree.values() if isinstance(tree, dict) else tree:
            yield from _notes(node)


class _Line:
    """The text of a run of inlines, and the spans of it that mean something."""

    def __init__(self) -> None:
        self.text = ""
        self.gone = False  # a mark was left out, so that the space before it may have to go too
        self.spans: dict[str, list[Any]] = {name: [] for name in _SPANS}

    @classmethod
    def of(cls, inlines: list[Tree]) -> _Line:
        line = cls()
        line.take(inlines)
        line.text = line.text.rstrip(" ")
        known = [(span.start, span.stop) for span in line.spans["quotations"]]
        for begins, ends in quoted_spans(line.text):
            if not any(start < ends + 1 and begins - 1 < stop for start, stop in known):
                line.spans["quotations"].append(TextSpan(begins, ends))
        line.spans["quotations"].sort(key=lambda span: span.start)
        return line

    def take(self, inlines: list[Tree]) -> None:
        for inline in inlines:
            content: Any = inline.get("c")
            match inline["t"]:
                case "Str":
                    self.add(content)
                case "Space" | "SoftBreak" | "LineBreak":
                    self.add(" ")
                case "Code":
                    self.span("code", lambda text=content[1]: self.add(text))
                case "Quoted":
                    opening, closing = _QUOTES[content[0]["t"]]
                    self.add(opening)
                    self.span("quotations", lambda inner=content[1]: self.take(inner))
                    self.add(closing)
                case "Cite":
                    self.cite(content)
                case "Link" if content[2][0].startswith(NUMBER):
                    self.number(content)
                case "Emph":
                    self.span("emphasis", lambda inner=content: self.take(inner))
                case "Strong":
                    self.span("strong", lambda inner=content: self.take(inner))
                case "Link" | "Image" | "Span":
                    self.take(content[1])
                case "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
                    self.take(content)
                case "Math" | "RawInline":
                    self.add(content[1])

    def add(self, text: str) -> None:
        """The text, whitespace of every kind one space; none at the start, nor before a stop once a mark has gone."""
        for character in re.sub(r"\s+", " ", text):
            if character == " " and (not self.text or self.text.endswith(" ")):
                continue
            if self.gone and character != " ":
                if character in _TIGHT:
                    self.text = self.text.removesuffix(" ")
                self.gone = False
            self.text += character

    def span(self, name: str, fill: Any) -> None:
        start = len(self.text)
        fill()
        self.spans[name].append(TextSpan(start, len(self.text)))

    def cite(self, content: Any) -> None:
        if not (ids := cited_ids(content)):
            self.take(content[1])
            return
        at = len(self.text.rstrip(" "))
        self.spans["citations"] += [CitationMark(at, at, target) for target in ids]
        self.gone = True

    def number(self, content: Any) -> None:
        start, target = len(self.text), content[2][0].removeprefix(NUMBER)
        self.take(content[1])
        self.spans["numbers"].append(NumberMark(start, len(self.text), target, stringify(content[1])))


_SPANS = ("citations", "numbers", "quotations", "emphasis", "strong", "code")


def _split(line: _Line, language: Language) -> Iterator[dict[str, Any]]:
    """The sentences of a line; a span that runs over several is cut where they part."""
    held = [
        (span.start, span.stop + (name == "quotations"))
        for name in ("numbers", "quotations", "code")
        for span in line.spans[name]
    ]
    start = 0
    stops = sentence_ends(line.text, held, language) or ([0] if line.spans["citations"] else [])
    for stop in stops:
        while line.text[start : start + 1] == " ":
            start += 1
        part: dict[str, Any] = {"text": line.text[start:stop]}
        for name in _SPANS:
            part[name] = tuple(_within(line.spans[name], start, stop, first=start == 0))
        yield part
        start = stop


def _within(spans: list[Any], start: int, stop: int, *, first: bool) -> Iterator[Any]:
    for span in spans:
        if isinstance(span, CitationMark):
            if (start < span.start or (first and span.start == 0)) and span.start <= stop:
                yield CitationMark(span.start - start, span.start - start, span.target)
        elif isinstance(span, NumberMark):
            if start <= span.start < stop:
                yield NumberMark(span.start - start, span.stop - start, span.target, span.printed)
        elif max(span.start, start) < min(span.stop, stop):
            yield TextSpan(max(span.start, start) - start, min(span.stop, stop) - start)
