"""The paragraphs of a Word document, each with its text as it stands and as it was before changes were tracked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from kit.factcheck.model.returned import squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Around the text of a content control, which no XML can hold.
OPEN, CLOSE = "\x02", "\x03"
_GONE, _COME = (f"{W}del", f"{W}moveFrom"), (f"{W}ins", f"{W}moveTo")
_OFF = ("0", "false", "off")
_SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"}
_BOX = f"{W}txbxContent"


@dataclass
class Paragraph:
    """A paragraph: its text with changes accepted, controls between `OPEN` and `CLOSE`; what is gone from it; its text
    before changes were tracked; who made one; the name of its style; and what is anchored in it."""

    node: etree._Element
    style: str
    boxed: bool
    text: str = ""
    gone: str = ""
    before: str = ""
    by: str = ""
    bookmarks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    drawn: bool = False

    @property
    def plain(self) -> str:
        """The text without the signs around controls."""
        return squeezed(self.text.replace(OPEN, " ").replace(CLOSE, " ")) if OPEN in self.text else self.text


@dataclass(frozen=True)
class WordStyles:
    """The names of a document's styles by their ids, and those that strike out."""

    names: dict[str, str]
    striking: frozenset[str]


def read_styles(root: etree._Element | None) -> WordStyles:
    """The styles that the part of styles holds."""
    names, striking = {}, set()
    for style in root.iter(f"{W}style") if root is not None else ():
        identity, name = style.get(f"{W}styleId", ""), style.find(f"{W}name")
        names[identity] = name.get(f"{W}val", "") if name is not None else identity
        if _strikes(style.find(f"{W}rPr")):
            striking.add(identity)
    return WordStyles(names, frozenset(striking))


def read_paragraphs(root: etree._Element, styles: WordStyles) -> Iterator[Paragraph]:
    """Every paragraph in ``root``, those of text boxes behind the one that holds the box.

    >>> root = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>a </w:t></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>')
    >>> [(p.text, p.gone, p.before) for p in read_paragraphs(root, WordStyles({}, frozenset()))]
    [('a', 'b', 'a b')]
    """
    for node in root.iter(f"{W}p"):
        if not _repeated(node):
            named = node.find(f"{W}pPr/{W}pStyle")
            identity = named.get(f"{W}val", "") if named is not None else ""
            boxed = next(node.iterancestors(_BOX), None) is not None
            yield _Walk(Paragraph(node, styles.names.get(identity, identity), boxed), styles).paragraph()


def shown_text(node: etree._Element) -> str:
    """The text inside any element, changes accepted."""
    return _Walk(Paragraph(node, "", boxed=False), WordStyles({}, frozenset())).paragraph().plain


def _repeated(node: etree._Element) -> bool:
    """Whether it stands in the form of a drawing for older programs, beside that for newer ones."""
    return any(
        above.tag == f"{_MC}Fallback" and above.getparent().find(f"{_MC}Choice") is not None
        for above in node.iterancestors()
    )


def _strikes(properties: etree._Element | None) -> bool:
    for name in ("strike", "dstrike"):
        found = properties.find(f"{W}{name}") if properties is not None else None
        if found is not None and found.get(f"{W}val", "true") not in _OFF:
            return True
    return False


class _Walk:
    """Goes through a paragraph once, and keeps its words apart by what became of them."""

    def __init__(self, paragraph: Paragraph, styles: WordStyles) -> None:
        self.found, self.styles = paragraph, styles
        self.text: list[str] = []
        self.gone: list[str] = []
        self.before: list[str] = []

    def paragraph(self) -> Paragraph:
        for child in self.found.node:
            self._visit(child, gone=False, come=False)
        found = self.found
        found.text, found.gone, found.before = map(
            squeezed, map("".join, (self.text, self.gone, self.before))
        )
        return found

    def _struck(self, properties: etree._Element | None) -> bool:
        named = properties.find(f"{W}rStyle") if properties is not None else None
        return _strikes(properties) or (named is not None and named.get(f"{W}val") in self.styles.striking)

    def _placeholder(self, run: etree._Element) -> bool:
        """Whether a run is what Word writes into a control that somebody has emptied."""
        named = run.find(f"{W}rPr/{W}rStyle")
        identity = named.get(f"{W}val", "") if named is not None else ""
        if self.styles.names.get(identity, identity).replace(" ", "") != "PlaceholderText":
            return False
        return any(
            above.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for above in run.iterancestors(f"{W}sdt")
        )

    def _visit(self, node: etree._Element, *, gone: bool, come: bool) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in (f"{W}pPr", f"{W}sdtPr", _BOX, f"{_MC}Fallback"):
            return
        if tag in _GONE or tag in _COME:
            gone, come = gone or tag in _GONE, come or tag in _COME
            self.found.by = self.found.by or node.get(f"{W}author", "")
        if tag == f"{W}r" and self._placeholder(node):
            return
        control = tag == f"{W}sdt"
        if control:
            self.text.append(OPEN)
        struck = tag == f"{W}r" and self._struck(node.find(f"{W}rPr"))
        if not self._leaf(node, gone=gone, come=come, struck=False):
            for child in node:
                self._child(child, gone=gone, come=come, struck=struck)
        if control:
            self.text.append(CLOSE)

    def _child(self, child: etree._Element, *, gone: bool, come: bool, struck: bool) -> None:
        if not (struck and self._leaf(child, gone=gone, come=come, struck=True)):
            self._visit(child, gone=gone, come=come)

    def _leaf(self, node: etree._Element, *, gone: bool, come: bool, struck: bool) -> bool:
        """Whether the node holds words, or an anchor, which are kept."""
        tag = node.tag
        if not isinstance(tag, str):
            return True
        name = etree.QName(tag).localname
        words = None
        if name in ("t", "delText"):
            words, gone = node.text or "", gone or name == "delText"
        elif tag in _SPACES:
            words = " "
        elif tag == f"{W}noBreakHyphen":
            words = "-"
        elif tag == f"{W}sym":
            words = f"[sign {node.get(f'{W}char', '')}]"
        if words is not None:
            (self.gone if gone or struck else self.text).append(words)
            if not come:
                self.before.append(words)
            return True
        return self._anchor(node, name)

    def _anchor(self, node: etree._Element, name: str) -> bool:
        found, number = self.found, node.get(f"{W}id", "")
        if name == "bookmarkStart":
            found.bookmarks.append(node.get(f"{W}name", ""))
        elif name in ("commentRangeStart", "commentReference"):
            found.comments.append(number)
        elif name in ("footnoteReference", "endnoteReference"):
            found.notes.append((name.removesuffix("Reference"), number))
        elif name in ("drawing", "pict", "object", "contentPart"):
            found.drawn = found.drawn or not any(True for _ in node.iter(_BOX))
            for each in node.iter():
                found.pictures += [value for key, value in each.attrib.items() if "/relationships}" in key]
                if alt := each.get("descr"):
                    found.descriptions.append(squeezed(alt))
            return False
        else:
            return False
        return True
