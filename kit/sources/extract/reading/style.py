"""What a page's own style does to its words: hides them, strikes them through, raises them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

#: Characters of style sheets that are read; what comes after them is not known.
MAX_STYLE = 1_000_000
_ASKED = frozenset([
    "display", "visibility", "content-visibility", "opacity", "font-size", "position", "left", "right", "top",
    "bottom", "text-indent", "margin-left", "transform", "clip", "clip-path", "width", "height", "max-height",
    "overflow", "color", "background", "background-color", "background-image", "background-clip",
    "-webkit-background-clip", "text-decoration", "text-decoration-line", "vertical-align", "transition",
    "animation",
])  # fmt: skip
_ASKED_INLINE = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_ASKED))})\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
#: What stands in quotation marks, where a brace is none; a block that holds no other.
_QUOTED = re.compile(r"""\"[^"\n]*"|'[^'\n]*'""")
_BLOCK = re.compile(r"\{([^{}]*)\}")
#: In a selector: what need not be there for it to fit, and the names that must.
_WITHIN = re.compile(
    r"\[[^\]]*\]|:(?:not|is|where|has|matches|any|-[a-z]+-any)\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE
)
_LONG = 2_000
_NAMED = re.compile(r"[.#](-?[^\W\d][\w-]*|--[\w-]*)")
#: A window of this width is looked through, in pixels; and lengths in other units, in pixels.
_WINDOW = 1280
_UNITS = {
    "px": 1.0,
    "em": 16.0,
    "rem": 16.0,
    "pt": 4 / 3,
    "vw": 12.8,
    "vh": 8.0,
    "%": 12.8,
    "cm": 37.8,
    "in": 96.0,
}
_LENGTH = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
#: So far out of the window nobody scrolls; letters so small, or colours so close, nobody reads.
_FAR, _SMALL, _CLOSE = 900.0, 2.0, 1.12
#: What makes words faint, or plain again.
_FAINT = frozenset({"font-size", "color", "background", "background-color", "background-image"})
#: Class names that hide, whole words only: "overflow-hidden" hides nothing. Those that show again on a wide window.
_HIDING = frozenset(
    [
        "hidden",
        "hide",
        "d-none",
        "is-hidden",
        "u-hidden",
        "visually-hidden",
        "visuallyhidden",
        "sr-only",
        "display-none",
        "no-display",
        "print-only",
        "only-print",
        "screen-reader-text",
        "screen-reader-only",
    ]
)
_SHOWN_WIDE = re.compile(r"(?:^|[\s:-])(?:sm|md|lg|xl)[-:](?:inline-)?(?:block|flex|grid|inline|table)")
_Declared = Mapping[str, str]


@dataclass(frozen=True)
class Look:
    """How an element's words appear; ``size`` in pixels, the colours in sRGB from 0 to 1, or ``None`` where not known.

    What is ``hidden`` hides all that it holds; ``faint`` are words too small, or too like what is behind them, unless
    something within has another size or colour.
    """

    hidden: bool = False
    faint: bool = False
    struck: bool = False
    raised: bool = False
    size: float = 16.0
    color: tuple[float, float, float] | None = None
    ground: tuple[float, float, float] | None = None


class Styles:
    """The page's own style sheets and style attributes, as far as they hide words, strike or raise them.

    What a sheet of another address says is not known, nor what a script does. A window of a desktop is taken, not print.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> page = parse("<style>.x{display:none}</style><p class=x>One<p>Two")
    >>> styles = Styles(page)
    >>> [styles.look(p, styles.plain).hidden for p in page.iter("p")]
    [True, False]
    """

    def __init__(self, root: HtmlElement) -> None:
        self._declared: dict[Any, dict[str, str]] = {}
        matcher = _matcher(root)
        if matcher:
            for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
                if found := _cascade(matcher.match(wrapped)):
                    self._declared[wrapped.etree_element] = found
        self._linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
        #: How words appear where nothing is said.
        self.plain = Look() if self._linked else Look(color=(0.0, 0.0, 0.0), ground=(1.0, 1.0, 1.0))

    def look(self, element: HtmlElement, around: Look) -> Look:
        """How the element's words appear, ``around`` being how its parent's do."""
        page = element.tag in ("html", "body")
        if page and self._linked:  # what they say of colours, a sheet that is not known may say anew
            return around
        declared: _Declared = self._declared.get(element, {})
        style = element.get("style")
        if style and _ASKED_INLINE.search(style):
            declared = {**declared, **_inline(style)}
        by_name = _hidden_by_name(element)
        if not declared and not by_name and not around.struck and not around.raised:
            return around
        look = _look(declared, around)
        if by_name and declared.get("display", "none") == "none":
            look = replace(look, hidden=True)
        # The whole is hidden only until a script has drawn the page.
        return replace(look, hidden=False, faint=False) if page else look


def _hidden_by_name(element: HtmlElement) -> bool:
    until = element.get("hidden")
    if until is not None and until != "until-found":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    names = element.get("class")
    return bool(names) and not _HIDING.isdisjoint(names[:500].split()) and not _SHOWN_WIDE.search(names)


def _matcher(root: HtmlElement) -> cssselect2.Matcher | None:
    """The rules of the page's style elements that say something of what is asked here; nothing where none does."""
    matcher, room, found, names = cssselect2.Matcher(), MAX_STYLE, False, _names(root)
    for sheet in root.iter("style"):
        source = sheet.text or ""
        room -= len(source)
        if room < 0:
            break
        if not _ASKED_INLINE.search(source) or not _on_screen(sheet.get("media") or ""):
            continue
        for prelude, declared in _rules(tinycss2.parse_stylesheet(_asked_of(source, names), True, True)):
            try:
                selectors = cssselect2.compile_selector_list(prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declared)
                    found = True
    return matcher if found else None


def _asked_of(source: str, names: Set[str]) -> str:
    """The sheet without comments and without the blocks that say nothing of what is asked here, or to none of these names.

    That is most of it, and to read it as a whole takes long. ``names`` are the page's classes and ids.
    """
    plain = _COMMENT.sub(" ", source)
    if any("{" in text or "}" in text for text in _QUOTED.findall(plain)):
        return source

    kept, done = [], 0
    for block in _BLOCK.finditer(plain):
        begin = max(done, *(plain.rfind(mark, done, block.start()) + 1 for mark in "{};"))
        selectors = plain[begin : block.start()]
        asked = _ASKED_INLINE.search(block[1]) and ("\\" in selectors or _meets(selectors, names))
        kept.append(plain[done : block.end() if asked else begin])
        done = block.end()
    return "".join([*kept, plain[done:]])


def _meets(selectors: str, names: Set[str]) -> bool:
    """Whether one of the selectors asks for no class and no id that the page has not."""
    if len(selectors) > _LONG:
        return True
    plain = _WITHIN.sub("", selectors)
    return any(names >= set(_NAMED.findall(each.lower())) for each in plain.split(","))


def _names(root: HtmlElement) -> frozenset[str]:
    """The classes and ids of a page, in small letters, since it may be one for which case does not count."""
    given = {value for element in root.iter() for key in ("class", "id") if (value := element.get(key))}
    return frozenset(name for value in given for name in value.lower().split())


def _rules(nodes: list[Any]) -> Iterator[tuple[list[Any], list[tuple[str, str, bool]]]]:
    for node in nodes:
        if node.type == "qualified-rule":
            if any(token.type == "ident" and token.lower_value in _ASKED for token in node.content):
                yield node.prelude, list(_declarations(node.content))
        elif node.type == "at-rule" and node.content is not None:
            if node.lower_at_keyword == "media" and not _on_screen(tinycss2.serialize(node.prelude)):
                continue
            if node.lower_at_keyword in ("media", "supports", "layer"):
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True))


def _on_screen(media: str) -> bool:
    """Whether a media query holds for a desktop's window, as far as its width says."""
    for query in media.lower().split(",") if media.strip() else ["all"]:
        asked = re.findall(r"\(([^()]*)\)", query)
        widths = [re.fullmatch(r"\s*min-width\s*:\s*([\d.]+)(px|em|rem)\s*", each) for each in asked]
        wide = [width is not None and float(width[1]) * _UNITS[width[2]] <= _WINDOW for width in widths]
        if all(wide) and not re.search(r"\bnot\b|\bprint\b|\bspeech\b", query):
            return True
    return False


def _declarations(content: Any) -> Iterator[tuple[str, str, bool]]:
    for each in tinycss2.parse_blocks_contents(content, True, True):
        if each.type == "declaration" and each.lower_name in _ASKED:
            yield each.lower_name, tinycss2.serialize(each.value).strip().lower(), each.important


@lru_cache(maxsize=4096)
def _inline(style: str) -> _Declared:
    return {name: value for name, value, _ in _declarations(style[:10_000])}


def _cascade(matches: Any) -> dict[str, str]:
    """Of all rules for an element the one that wins, property by property: important ones, then the more specific."""
    every = [
        (important, specificity, order, name, value)
        for specificity, order, _, declared in matches
        for name, value, important in declared
    ]
    return {name: value for *_, name, value in sorted(every)}


def _look(declared: _Declared, around: Look) -> Look:
    size, color, ground = _size(declared, around.size), around.color, around.ground
    if given := declared.get("color"):
        color = _color(given)
    for name in ("background", "background-color"):
        if given := declared.get(name):
            plain = parse_color(given)
            if plain is None:
                ground = None  # a picture, or a colour that is not known
            elif plain != "currentcolor" and plain.alpha > 0:
                ground = _color(given)
    if declared.get("background-image", "none") != "none":
        ground = None
    line = f"{declared.get('text-decoration', '')} {declared.get('text-decoration-line', '')}"
    return Look(
        around.hidden or _hides(declared),
        _faint(declared, around, size, color, ground),
        around.struck or "line-through" in line,
        declared.get("vertical-align") == "super",
        size,
        color,
        ground,
    )


def _size(declared: _Declared, around: float) -> float:
    match = _LENGTH.fullmatch(declared.get("font-size", ""))
    if not match:
        return around
    value = float(match[1])
    if match[2] in ("em", "%"):
        return value * around / (100 if match[2] == "%" else 1)
    return value * _UNITS.get(match[2], 16.0)


def _color(given: str) -> tuple[float, float, float] | None:
    parsed = parse_color(given)
    if parsed is None or parsed == "currentcolor" or parsed.alpha < 1:
        return None
    try:
        red, green, blue = parsed.to("srgb").coordinates
    except (ValueError, TypeError, NotImplementedError):
        return None
    return (red or 0.0, green or 0.0, blue or 0.0)


def _faint(declared: _Declared, around: Look, size: float, color: Any, ground: Any) -> bool:
    """Whether words are too small to read, have no colour, or that of what is behind them, by the contrast of WCAG."""
    if not _FAINT.isdisjoint(declared):
        given = parse_color(declared.get("color", ""))
        if given is not None and given != "currentcolor" and given.alpha == 0:
            return declared.get("background-clip", declared.get("-webkit-background-clip", "")) != "text"
        if size < _SMALL:
            return True
        if color is not None and ground is not None:
            light, dark = sorted((_luminance(color), _luminance(ground)), reverse=True)
            return (light + 0.05) / (dark + 0.05) < _CLOSE
        return around.faint and color is None and "color" not in declared
    return around.faint


def _luminance(color: tuple[float, float, float]) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _hides(declared: _Declared) -> bool:
    if declared.get("display") == "none" or declared.get("content-visibility") == "hidden":
        return True
    if declared.get("visibility") in ("hidden", "collapse"):
        return True
    moves = "transition" in declared or "animation" in declared  # comes into sight when scrolled to or opened
    if _length(declared.get("opacity", ""), 1) == 0 and not moves:
        return True
    out = [_length(declared.get(name, "0")) for name in ("left", "right", "top", "bottom")]
    placed = declared.get("position") in ("absolute", "fixed")
    if placed and (min(out) <= -_FAR or max(out) >= 5 * _FAR):
        return True
    if min(_length(declared.get(name, "0")) for name in ("text-indent", "margin-left")) <= -_FAR:
        return True
    shift = re.search(r"translate[xy3d]*\(([^)]*)\)", declared.get("transform", ""))
    if shift and min(_length(part.strip()) for part in shift[1].split(",")) <= -_FAR:
        return True
    if re.search(r"scale[xy3d]*\(\s*0\s*[),]", declared.get("transform", "")) and not moves:
        return True
    if placed and re.fullmatch(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)", declared.get("clip", "")):
        return True
    if re.search(r"inset\(\s*(?:50|100)%|circle\(\s*0", declared.get("clip-path", "")):
        return True
    sizes = [_length(declared.get(name, ""), 100) for name in ("width", "height", "max-height")]
    return min(sizes) <= 1 and "hidden" in declared.get("overflow", "") and not moves


def _length(value: str, unknown: float = 0.0) -> float:
    """A length in pixels; ``unknown`` for words such as ``auto``, and for what has to be computed."""
    match = _LENGTH.match(value)
    return float(match[1]) * _UNITS.get(match[2], 1.0) if match else unknown
