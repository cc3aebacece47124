"""A hostile document to a bounded tree, and a tree to lines of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from kit.errors import KitError

#: Beyond these a document is no article, and the readers below would take minutes over it.
MAX_CHARACTERS = 12_000_000
MAX_TAGS = 150_000
#: Beyond these a page is still read, but not shown to the extractors, which recurse and compare all with all.
#: libxml2 itself stops at 2,048 levels.
MAX_DEPTH = 400
MAX_ELEMENTS = 60_000
MAX_VISIBLE = 600_000

#: Bytes no text has; in UTF-8 they are never part of a longer character.
_CONTROL = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "object", "iframe", "textarea", "select"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)


class Unreadable(KitError):
    """A document that cannot be read as what it was said to be, or only at a price no page is worth."""


def parse(html: str, place: str = "") -> HtmlElement:
    """The tree of ``html``, read leniently as a browser would, with NUL and control characters taken out.

    A document over `MAX_CHARACTERS` or with more than `MAX_TAGS` raises `Unreadable`, naming which; an empty
    one gives an empty body. An XML declaration in a text, which lxml refuses, is dropped.

    >>> parse("<p>One<p>Two").find("body/p").text
    'One'
    """
    tags = html.count("<")
    if len(html) > MAX_CHARACTERS or tags > MAX_TAGS:
        wrong = f"{len(html):,} characters with {tags:,} tags are more than the {MAX_CHARACTERS:,} and {MAX_TAGS:,} read"
        raise Unreadable(place, wrong, "keep the file as it is, and paste the passage as text")
    clean = _DECLARATION.sub("", html, count=1).encode("utf-8", "replace").translate(None, _CONTROL)
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    root = etree.fromstring(clean if clean.strip() else b"<body></body>", parser)
    if root is None:
        raise Unreadable(place, "no HTML was found", "check what was downloaded")
    if root.find("body") is None:
        root.append(root.makeelement("body"))
    return root


@dataclass(frozen=True)
class Seen:
    """The visible text of a tree, one block a line; how deep the tree goes, and how many elements it has."""

    text: str
    depth: int
    elements: int

    @property
    def excess(self) -> str:
        """Why the page is too much for the extractors, in words, or ''."""
        if self.depth > MAX_DEPTH:
            return f"its markup is {self.depth:,} levels deep"
        if self.elements > MAX_ELEMENTS or len(self.text) > MAX_VISIBLE:
            return f"it has {self.elements:,} elements and {len(self.text):,} characters"
        return ""


def seen(root: HtmlElement) -> Seen:
    """All text a reader of the page can see, in page order: one block a line, runs of space made one.

    What scripts, styles, forms' choices and elements marked hidden hold is not seen. Nothing else is left out:
    menus, captions and comments are part of the page, and a passage may be quoted from them.

    >>> seen(parse("<h1>Ship <b>seized</b></h1><p>Off\\nthe coast.<script>x</script>")).text
    'Ship seized\\nOff the coast.'
    """
    lines: list[str] = []
    line: list[str] = []
    depth = deepest = count = 0
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            depth += 1
            count += 1
            if depth > deepest:
                deepest = depth
            if hidden is not None:
                continue
            if tag in UNSEEN or is_hidden(element):
                hidden = element
                continue
            if line and tag in BLOCKS:
                _end(line, lines)
            if element.text:
                line.append(element.text)
            continue
        depth -= 1
        if hidden is not None:
            if hidden is not element:
                continue
            hidden = None
        if line and tag in BLOCKS:
            _end(line, lines)
        if element.tail:
            line.append(element.tail)
    _end(line, lines)
    return Seen("\n".join(lines), deepest, count)


def _end(line: list[str], lines: list[str]) -> None:
    whole = " ".join("".join(line).split())
    if whole:
        lines.append(whole)
    line.clear()


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element itself says that it is not shown; what a style sheet says is not known."""
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None


def words(element: HtmlElement) -> str:
    """The text inside an element as one line."""
    return " ".join("".join(element.itertext()).split())
