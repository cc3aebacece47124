"""Full citations and bibliographies in any CSL style, as pandoc trees: one call for however many sources."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

from kit.errors import KitError
from kit.sources.bibliography.csl import Item, csl_items
from kit.tables.read import suggest
from kit.text.pandoc import PandocFailed, Tree, document_json, para, rewrite, run_pandoc, stringify
from kit.text.xml import parse_xml

DEFAULT = "chicago-notes"
_FOLDER = Path(__file__).parent / "styles"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LARGEST = 4_000_000


@dataclass(frozen=True)
class Style:
    """A style's file and what must be known of it before pandoc reads it."""

    name: str
    text: str
    notes: bool
    bibliography: bool


def style_names() -> list[str]:
    """The names of the bundled styles.

    >>> "chicago-notes" in style_names()
    True
    """
    return sorted(path.stem for path in _FOLDER.glob("*.csl"))


def read_style(name: str | Path, folder: Path = Path()) -> Style:
    """The bundled style of that name, or the one in the file ``name``, a relative path being taken from
    ``folder``.

    A name that is neither, a file that is no CSL 1.0 style, and a style that only points to another raise
    `KitError`.

    >>> read_style("apa").notes, read_style("chicago-notes").notes
    (False, True)
    """
    if str(name) in style_names():
        path = _FOLDER / f"{name}.csl"
    elif str(name).endswith(".csl"):
        path = folder / name
    else:
        near = suggest(str(name), style_names())
        remedy = f"did you mean {near!r}? Or" if near else f"choose one of {', '.join(style_names())}, or"
        raise KitError(
            "citation style", f"{str(name)!r} is not bundled", f"{remedy} give the path of a .csl file"
        )
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KitError(path, f"cannot be read ({error.strerror})", "give the path of a .csl file") from error
    return _checked(path, raw)


def _checked(path: Path, raw: bytes) -> Style:
    if len(raw) > _LARGEST:
        raise KitError(path, f"is over {_LARGEST:,} bytes", "give a CSL style")
    root = parse_xml(raw, path)
    if root.tag != f"{_CSL}style" or not (root.get("version") or "").startswith("1."):
        raise KitError(path, "is not a CSL 1.0 style", "get one from the CSL project's styles repository")
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None:
        raise KitError(path, f"only points to {parent.get('href')}", "give the file of that style")
    if root.find(f"{_CSL}citation") is None:
        raise KitError(path, "has no <citation>", "get the style again")
    has_list = root.find(f"{_CSL}bibliography") is not None
    # Whatever letters the file was written in, its text is handed on as Python's.
    text = etree.tostring(root, encoding="unicode")
    return Style(path.stem, text, root.get("class") == "note", has_list)


_QUOTES = "“”„‟‘’‚«»‹›\"' \u00a0\u202f"
#: What a style's capitals spare: "v." between parties, and the Dutch article that an apostrophe begins.
_VERSUS = re.compile(r"(?<= )vs?\.?(?= )|(?<!\w)’[st](?=[ -])")
_PUBLISHERS = ("container-title", "publisher", "authority")


def formatted(
    sources: pd.DataFrame | list[Item], style: str | Style = DEFAULT, language: str = "en"
) -> dict[str, list[Tree]]:
    """The full citation of each source, as pandoc's inlines: the first note in full, or the bibliography's
    entry.

    ``sources`` is a frame of the sources table or a list of CSL items. A title in square brackets describes
    what has none, and so stands without quotation marks. A bad style raises `KitError`.

    >>> item = {"id": "a", "type": "book", "title": "On Ports", "publisher": "Quay Press"}
    >>> stringify(formatted([item])["a"])
    'On Ports (Quay Press, n.d.).'
    """
    style = style if isinstance(style, Style) else read_style(style)
    items = _items(sources)
    blocks = _rendered(items, style, language)
    if not style.notes:
        return {key: _joined(entry["c"][1]) for key, entry in _entries(blocks, style).items()}
    cited = zip(items, blocks, strict=False)
    return {item["id"]: _note(block) for item, block in cited}


def bibliography(
    sources: pd.DataFrame | list[Item], style: str | Style = DEFAULT, language: str = "en"
) -> list[Tree]:
    """The sources as a bibliography: a div an entry, its id ``ref-`` and the source's, in the style's order.

    No source is lost: where a note style leaves one out, as Chicago does with posts, its note stands in its
    place. A style that has no bibliography raises `KitError`.

    >>> item = {"id": "a", "type": "book", "title": "On Ports", "publisher": "Quay Press"}
    >>> bibliography([item])[0]["c"][0][0]
    'ref-a'
    """
    style = style if isinstance(style, Style) else read_style(style)
    items = _items(sources)
    blocks = _rendered(items, style, language)
    entries = _entries(blocks, style)
    for item, block in zip(items, blocks, strict=False):
        if style.notes and not stringify(_joined(entries[item["id"]]["c"][1])).strip():
            entries[item["id"]]["c"][1] = [para(_note(block))]
    return list(entries.values())


def _items(sources: pd.DataFrame | list[Item]) -> list[Item]:
    return csl_items(sources) if isinstance(sources, pd.DataFrame) else sources


def _rendered(items: list[Item], style: Style, language: str) -> list[Tree]:
    """A paragraph for each item that cites it, then the bibliography."""
    ready = [_for_style(item, style) for item in items]
    tree = json.loads(_citeproc(json.dumps(ready, ensure_ascii=False), style, language))
    return rewrite(tree["blocks"], _tidied)


@lru_cache(maxsize=4)
def _citeproc(items: str, style: Style, language: str) -> str:
    cites = [para([_cite(item["id"])]) for item in json.loads(items)]
    with tempfile.TemporaryDirectory() as folder:
        (references := Path(folder, "items.json")).write_text(items, encoding="utf-8")
        (csl := Path(folder, "style.csl")).write_text(style.text, encoding="utf-8")
        options = [
            "--citeproc",
            "--csl",
            str(csl),
            "--bibliography",
            str(references),
            "--metadata",
            f"lang={language}",
        ]
        try:
            return run_pandoc(document_json(cites), "json", "json", *options)
        except PandocFailed as error:
            if "Citeproc" not in error.value:
                raise
            remedy = "get the style again, or choose another"
            raise KitError(f"citation style {style.name!r}", f"is broken ({error.value})", remedy) from error


def _cite(key: str) -> Tree:
    mode = {"citationMode": {"t": "NormalCitation"}, "citationPrefix": [], "citationSuffix": []}
    return {"t": "Cite", "c": [[{"citationId": key, "citationNoteNum": 0, "citationHash": 0, **mode}], []]}


def _for_style(item: Item, style: Style) -> Item:
    """The item with what must keep its letters marked so, whatever a style does to titles.

    That is a title that describes, the name of a court case or a law, a publisher's name, and "v." between
    parties.
    """
    item = {field: _apostrophes(value) if isinstance(value, str) else value for field, value in item.items()}
    title = item.get("title", "")
    if _describes(title) or item["type"] in ("legal_case", "legislation"):
        title = _kept(title)
    ready = {**item, "title": _VERSUS.sub(lambda found: _kept(found[0]), title)}
    ready |= {field: _kept(item[field]) for field in _PUBLISHERS if field in item}
    if style.notes and item["type"] in ("dataset", "post", "webpage") and item.get("issued", {}).get("circa"):
        # Chicago's notes lose the comma before the site when the date of such a thing is in doubt; a blog's do not.
        ready["type"] = "post-weblog"
    return ready


_APOSTROPHE = re.compile(
    r"(?<=[^\W\d])'(?=\w)|(?<=\d)'(?=[^\W\d])|(?<!\w)'(?=\d\d?s?\b|(?:n|tis|twas|em|til|bout|cause)\b|[st][ -])",
    re.IGNORECASE,
)
#: Marks that no style may take for quotation marks stand for themselves again once the style is done.
_STAND_INS = {"'": "\ue001", '"': "\ue000"}
_MEANT = {stand_in: mark for mark, stand_in in _STAND_INS.items()}
_OPENING = re.compile(r"(?<!\w)'(?=\w)")
_STRAIGHT = re.compile(r"['\"]")


def _apostrophes(text: str) -> str:
    """The text with what is no quotation mark told from those that are: ’90s, O’Brien, and 5' 12" where no quotation is open."""
    text = _APOSTROPHE.sub("’", text)
    opened = {"'": False, '"': False}

    def measured(mark: re.Match[str]) -> str:
        sign, before = mark[0], text[max(0, mark.start() - 1) : mark.start()]
        # Inches at the end of a quotation stand before its mark.
        if before.isdigit() and (not opened[sign] or text[mark.end() : mark.end() + 1] == sign):
            return _STAND_INS[sign]
        if sign == "'" and before.isalpha():
            if not opened[sign]:
                return "’"
            # Within a quotation the first mark closes it, but not that of owners, where another one can.
            rest = _OPENING.split(text[mark.end() :], maxsplit=1)[0]
            opened[sign] = before == "s" and re.search(r"\w'(?!\w)", rest) is not None
            return "’" if opened[sign] else sign
        opened[sign] = not opened[sign]
        return sign

    return _STRAIGHT.sub(measured, text)


def _kept(text: str) -> str:
    return f'<span class="nocase">{text}</span>'


def _describes(title: str) -> bool:
    return title.startswith("[") and title.endswith("]")


def _tidied(kind: str, content: Any) -> list[Tree] | None:
    """Spans that only served the processor come off, and with them the quotation marks around a
    description.
    """
    if kind == "Str" and any(stand_in in content for stand_in in _MEANT):
        return [{"t": "Str", "c": "".join(_MEANT.get(sign, sign) for sign in content)}]
    if kind != "Span":
        return None
    (name, classes, _), inlines = content
    if classes == ["nocase"]:
        return rewrite(inlines, _tidied)
    if name or classes:
        return None
    described = any(node["t"] == "Span" and _describes(stringify(node["c"][1])) for node in inlines)
    inner = rewrite(inlines, _tidied)
    return _unquoted(inner) if described else inner


def _unquoted(inlines: list[Tree]) -> list[Tree]:
    first, *middle, last = inlines
    opening, closing = (node["c"].strip(_QUOTES) if node["t"] == "Str" else None for node in (first, last))
    if opening != "" or closing is None:
        return inlines
    return [*middle, {"t": "Str", "c": closing}] if closing else middle


def _note(block: Tree) -> list[Tree]:
    note = next(node for node in block["c"][0]["c"][1] if node["t"] == "Note")
    return _joined(note["c"])


def _entries(blocks: list[Tree], style: Style) -> dict[str, Tree]:
    if not style.bibliography:
        raise KitError("citation style", f"{style.name!r} has no bibliography", "choose another style")
    references = next(block["c"][1] for block in blocks if block["t"] == "Div" and block["c"][0][0] == "refs")
    return {entry["c"][0][0].removeprefix("ref-"): entry for entry in references}


def _joined(blocks: list[Tree]) -> list[Tree]:
    """The inlines of a citation's paragraphs, without the number that a numbering style puts before it."""
    inlines: list[Tree] = []
    for block in blocks:
        inlines += [{"t": "Space"}] * bool(inlines) + [n for n in block["c"] if not _is_number(n)]
    return inlines


def _is_number(node: Tree) -> bool:
    return node["t"] == "Span" and node["c"][0][1] == ["csl-left-margin"]
