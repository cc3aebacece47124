"""Citation styles: the bundled ones by name, any other by its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from kit.errors import KitError
from kit.tables.read import suggest

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
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise KitError(path, f"is not XML ({error.msg})", "get the style again") from error
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
