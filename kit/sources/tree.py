"""A hostile document to a bounded tree, and a tree to lines of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from kit.errors import KitError

#: Beyond these a document is no article, and the readers below would take minutes over it.
MAX_CHARACTERS = 12_000_000
MAX_TAGS = 400_000
#: libxml2 itself stops at 2,048 levels; readers that recurse are not shown a tree deeper than this.
MAX_DEPTH = 400

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_SPACE = re.compile(r"\s+")
UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "object", "iframe", "textarea", "select"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol optgroup option p pre section summary table "
    "tbody td tfoot th thead title tr ul".split()
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
    clean = _DECLARATION.sub("", _CONTROL.sub("", html), count=1)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = etree.fromstring((clean if clean.strip() else "<body></body>").encode("utf-8", "replace"), parser)
    if root is None:
        raise Unreadable(place, "no HTML was found", "check what was downloaded")
    if root.find("body") is None:
        root.append(root.makeelement("body"))
    return root


@dataclass(frozen=True)
class Seen:
    """The visible text of a tree, one block a line, and how deep the tree goes."""

    text: str
    depth: int


def seen(root: HtmlElement) -> Seen:
    """All text a reader of the page can see, in page order: one block a line, runs of space made one.

    What scripts, styles, forms' choices and elements marked hidden hold is not seen. Nothing else is left out:
    menus, captions and comments are part of the page, and a passage may be quoted from them.

    >>> seen(parse("<h1>Ship <b>seized</b></h1><p>Off\\nthe coast.<script>x</script>")).text
    'Ship seized\\nOff the coast.'
    """
    lines: list[str] = []
    line: list[str] = []
    depth = deepest = 0
    hidden: HtmlElement | None = None

    def end_line() -> None:
        if line:
            whole = _SPACE.sub(" ", "".join(line)).strip()
            if whole:
                lines.append(whole)
            line.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            deepest = max(deepest, depth)
            if hidden is None and (element.tag in UNSEEN or is_hidden(element)):
                hidden = element
            if hidden is None:
                if element.tag in BLOCKS:
                    end_line()
                if element.text:
                    line.append(element.text)
            continue
        depth -= 1
        if hidden is None and element.tag in BLOCKS:
            end_line()
        if hidden is element:
            hidden = None
        if hidden is None and element.tail:
            line.append(element.tail)
    end_line()
    return Seen("\n".join(lines), deepest)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element itself says that it is not shown; what a style sheet says is not known."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def words(element: HtmlElement) -> str:
    """The text inside an element as one line."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()
