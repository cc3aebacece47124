"""The words that a reader of a page sees, block by block, what part of the page each is, and those nobody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from kit.sources.extract.reading.lines import BLOCK_END, CELL_END, Lines
from kit.sources.extract.reading.page import TextRange
from kit.sources.extract.reading.region import headed, region
from kit.sources.extract.reading.style import Look, Styles

#: Beyond these a page is still read, but not shown to the extractors, which recurse and compare all with all.
#: libxml2 itself stops at 2,048 levels.
MAX_DEPTH = 400
MAX_ELEMENTS = 60_000
MAX_VISIBLE = 600_000

_UNREAD = frozenset([
    "script", "style", "head", "object", "iframe", "textarea", "select", "rt", "rp", "annotation",
    "annotation-xml", "desc", "metadata", "defs", "symbol",
])  # fmt: skip
_UNSEEN = frozenset({"template", "noscript"})
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "nav", "ol", "optgroup", "option", "p", "pre", "section",
    "summary", "title", "ul", "noscript", "template",
])  # fmt: skip
_ROWS = frozenset({"table", "tr", "thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_LABELS = {"table": "table", "th": "head", "li": "item"}
_HEADING = re.compile(r"h[1-6]")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[+−-]?\d{1,9}")
_NOTES = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})+")
_NOTE_NAME = re.compile(
    r"(?<![a-z])(?:foot-?notes?|end-?notes?|note-?ref|fn-?ref|reference|cite|noteref)(?![a-z])"
)
_NOTE_MARK = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3}|[ivx]{1,4}|note \d+)(?:\s?[,–-]\s?(?:\d{1,3}|[a-z]))*[\])]?"
)


@dataclass(frozen=True)
class Seen:
    """The visible text of a tree; what parts it has; blocks that nobody sees or that are struck; how large the tree is.

    ``text`` has an empty line between two blocks, a line feed for a line that the author broke, and `CELL_END` between
    the cells of a row. ``structure`` names stretches of it: ``table``, ``head`` (a cell), ``item``, ``raised``, ``note 2``
    (of no length: the mark of a note was left out there; without a mark, words that are not in the line) and what `kit.sources.extract.reading.region` knows.
    ``unseen`` are (``hidden`` or ``deleted``, text).
    """

    text: str
    depth: int
    elements: int
    structure: tuple[TextRange, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> str:
        """The text, one block a line, and a cell too."""
        return self.text.replace(BLOCK_END, "\n").replace(CELL_END, "\n")

    @property
    def excess(self) -> str:
        """Why the page is too much for the extractors, in words, or ''."""
        if self.depth > MAX_DEPTH:
            return f"its markup is {self.depth:,} levels deep"
        if self.elements > MAX_ELEMENTS or len(self.text) > MAX_VISIBLE:
            return f"it has {self.elements:,} elements and {len(self.text):,} characters"
        return ""


def seen(root: HtmlElement) -> Seen:
    """All text a reader of the page can see, in page order, and what is there beside it.

    What scripts, forms' choices and the tags of notes hold is left out; what the page's own style or markup hides, or
    strikes out, is kept apart. Menus, captions and comments are part of the page: a passage may be quoted from them,
    and ``structure`` says that it is.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> page = seen(parse("<h1>Ship <b>seized</b></h1><p>Off\\nthe coast<sup><a href='#n1'>1</a></sup>.<p hidden>Sunk"))
    >>> page.text, page.unseen
    ('Ship seized\\n\\nOff the coast.', (('hidden', 'Sunk'),))
    """
    return _Walk(root).seen()


class _Walk:
    def __init__(self, root: HtmlElement) -> None:
        self._root, self._styles = root, Styles(root)
        self._shown = self._lines = Lines()
        self._ranges: list[TextRange] = []
        self._open: list[tuple[HtmlElement, str, tuple[int, int]]] = []  # a part begun, and where
        self._unseen: list[tuple[str, str]] = []
        self._aside: tuple[HtmlElement, str] | None = None
        self._faint: dict[
            HtmlElement, bool
        ] = {}  # what is too faint to read, and whether it holds what is not
        self._typed = 0  # depth of text whose spaces and line ends stand as they are
        self._headed: tuple[str, int, HtmlElement, tuple[int, int]] | None = (
            None  # one that a heading of a level began
        )

    def seen(self) -> Seen:
        looks: list[Look] = [self._styles.plain]
        depth = deepest = count = 0
        skipped: HtmlElement | None = None
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            if event == "start":
                depth, count = depth + 1, count + 1
                deepest = max(deepest, depth)
                if skipped is not None:
                    continue
                look = self._styles.look(element, looks[-1])
                if self._left_out(element):
                    skipped = element
                    continue
                looks.append(look)
                self._begin(element, look)
                continue
            depth -= 1
            if skipped is not None:
                if skipped is not element:
                    continue
                skipped = None
            else:
                looks.pop()
                self._end(element)
            if element.tail:
                self._write(element.getparent(), element.tail, looks[-1])
        self._close_headed()
        return Seen(
            self._shown.text(),
            deepest,
            count,
            tuple(sorted(self._ranges, key=_place)),
            tuple(dict.fromkeys(self._unseen)),
        )

    def _begin(self, element: HtmlElement, look: Look) -> None:
        tag = element.tag
        kind = region(element) if self._aside is None else ""
        if self._aside is None and (
            look.hidden
            or (tag in _UNSEEN and element.get("shadowrootmode") is None)
            or (look.faint and not self._holds_plain(element, look))
        ):
            self._put_aside(element, "hidden")
        elif self._aside is None and (kind == "deleted" or look.struck):
            self._put_aside(element, "deleted")
        elif self._aside is None and (kind or tag in _LABELS):
            self._open.append((element, kind or _LABELS[tag], self._here()))
        if self._aside is None and _HEADING.fullmatch(tag):
            self._close_headed(int(tag[1]))
        self._part(tag, begins=True)
        self._typed += tag == "pre"
        if tag == "text" and element.getparent() is not None:
            self._lines.part("block")
        elif tag == "tspan" and any(element.get(name) for name in ("x", "y", "dy")):
            self._lines.part("line")
        if element.text:
            self._write(element, element.text, look)

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        self._part(tag, begins=False)
        self._typed -= tag == "pre"
        if tag == "text":
            self._lines.part("block")
        if self._aside is not None and self._aside[0] is element:
            self._unseen += [(self._aside[1], text)] if (text := self._lines.text()) else []
            self._lines, self._aside = self._shown, None
            return
        while self._open and self._open[-1][0] is element:
            _, kind, begun = self._open.pop()
            self._mark(kind, begun)
        if self._aside is None and _HEADING.fullmatch(tag) and (parent := element.getparent()) is not None:
            if kind := headed("".join(element.itertext())):
                self._headed = kind, int(tag[1]), parent, self._here()
        elif self._headed and self._headed[2] is element:
            self._close_headed()

    def _part(self, tag: str, begins: bool) -> None:
        if tag in _BLOCKS:
            self._lines.part("block")
        elif tag == "br":
            self._lines.part(*["line"] * begins)
        elif tag in _CELLS:
            self._lines.part("cell")
        elif tag == "tr":
            self._lines.open_row() if begins else self._lines.close_row()
        elif tag in _ROWS:
            self._lines.part("row")

    def _put_aside(self, element: HtmlElement, kind: str) -> None:
        """The element's words go into a text of their own; beside words struck within a block, the block as it is seen."""
        self._aside, self._lines = (element, kind), Lines()
        self._ranges.append(TextRange(self._shown.size, self._shown.size, "note"))
        if kind != "deleted":
            return
        if element.tag not in _BLOCKS and next(element.iterdescendants(*_BLOCKS), None) is None:
            block = next(element.iterancestors(*_BLOCKS, *_CELLS), None)
            whole = "" if block is None else " ".join("".join(block.itertext()).split())
            self._unseen += [("deleted", whole)] if whole else []

    def _holds_plain(self, faint: HtmlElement, look: Look) -> bool:
        """Whether something within words that are too faint to read can be read."""
        if faint not in self._faint:
            looks = {faint: look}
            self._faint[faint] = False
            for each in faint.iterdescendants():
                around = each.getparent()
                looks[each] = self._styles.look(each, looks[around])
                self._faint.setdefault(each, False)
                if not looks[each].faint:
                    while around is not None and not self._faint.get(around, True):
                        self._faint[around] = True
                        around = around.getparent()
        return self._faint[faint]

    def _close_headed(self, level: int = 0) -> None:
        """A part that began with a heading ends with the next as high, or with what holds both."""
        if self._headed and level <= self._headed[1]:
            self._mark(self._headed[0], self._headed[3])
            self._headed = None

    def _here(self) -> tuple[int, int]:
        return len(self._shown.parts), self._shown.size

    def _mark(self, kind: str, begun: tuple[int, int]) -> None:
        parts, (first, size) = self._shown.parts, begun
        if self._lines is self._shown and first < len(parts):
            lead = 0 if parts[first].strip() else len(parts[first])
            self._ranges.append(TextRange(size + lead, self._shown.size, kind))

    def _left_out(self, element: HtmlElement) -> bool:
        tag = element.tag
        if tag in _UNREAD or (tag == "title" and self._in_drawing(element)):
            if tag in ("rt", "rp"):
                self._note()
            return True
        if tag in ("sup", "a", "span") and _is_note(element):
            self._note("".join(element.itertext()).strip())
            return True
        return False

    def _note(self, words: str = "") -> None:
        if self._aside is None:
            self._ranges.append(TextRange(self._shown.size, self._shown.size, f"note {words}".strip()))

    @staticmethod
    def _in_drawing(element: HtmlElement) -> bool:
        return next(element.iterancestors("svg"), None) is not None

    def _write(self, element: HtmlElement | None, text: str, look: Look) -> None:
        """Adds the text, its digits as raised ones where they stand in ``sup`` or where the style raises them."""
        if self._typed:
            *lines, text = re.split(r"[ \t]*\n[ \t]*|[ \t]{2,}", text)
            for line in lines:
                self._lines.write(line)
                self._lines.part("line")
        if look.faint and self._aside is None and text.strip():  # beside something that can be read
            self._unseen.append(("hidden", " ".join(text.split())))
            return
        raised = (
            element is not None and (look.raised or element.tag == "sup") and _POWER.fullmatch(text.strip())
        )
        start = self._lines.write(text.translate(_RAISED) if raised else text)
        if raised and self._lines is self._shown:
            self._ranges.append(TextRange(start, self._shown.size, "raised"))


def _place(span: TextRange) -> tuple[int, int, str]:
    return span.start, -span.end, span.label


def _is_note(element: HtmlElement) -> bool:
    """Whether an element is the mark of a note: raised or named as one, and a link or a name says which."""
    words = "".join(element.itertext()).strip()
    if len(words) > 12 or not _NOTE_MARK.fullmatch(words.lower()):
        return False
    around = [element, *element.iterdescendants("a"), *islice(element.iterancestors("a", "sup"), 2)]
    named = any(
        _NOTE_NAME.search(f"{each.get('class') or ''} {each.get('id') or ''} {each.get('role') or ''} {each.get('epub:type') or ''}".lower())
        for each in around
    )  # fmt: skip
    linked = any("#" in (each.get("href") or "") for each in around if each.tag == "a")
    if element.tag == "sup":
        return named or linked or bool(_NOTES.fullmatch(words))
    return named and (linked or element.tag == "a")
