"""The pictures of a chapter: charts as they were drawn, with their words and their data, and files beside a notebook."""

from __future__ import annotations

import base64
import binascii
import html
import re
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from kit.charts.figure import SVG, named
from kit.errors import KitError
from kit.evidence.prose.statements import CHART_FACTS, VEGALITE, chart_data
from kit.text.pandoc import Tree


def unreadable(kind: str, content: bytes, *, ours: bool = False) -> str:
    """Why a picture of that kind cannot be drawn, in a few words; '' where it can.

    What draws the pictures of a PDF is asked, so that every format refuses what one of them would; of ``ours``, a
    chart that the kit drew, only that it is still a drawing.

    >>> unreadable("svg", b"<svg>")[:40]
    'Premature end of data in tag svg line 1,'
    >>> unreadable("svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    ''
    """
    if kind == "svg":
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            return str(error.msg)
    if kind == "jpg" and content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda"):
        # The end of the picture is missing; programs show such a file with grey in place of the rest.
        return "it breaks off"
    return "" if ours else _refused(kind, content)


def _refused(kind: str, content: bytes) -> str:
    import typst

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"picture.{kind}").write_bytes(content)
        (source := Path(folder, "picture.typ")).write_text(f'#image("picture.{kind}")')
        try:
            typst.compile(str(source), root=folder, ignore_system_fonts=True, format="svg")
        except typst.TypstError as error:
            return " ".join(str(error).split())
    return ""


_LARGEST = 20_000_000
#: A chart's specification, in whichever version.
_CHART = re.compile(r"application/vnd\.vega(lite)?\.v[2-9]\+json")
_KINDS = {"svg": b"<", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_MEDIA = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_DATA = re.compile(r"data:(image/[\w.+-]+)(?:;[\w=.-]+?)*?(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)
#: So much of a program's complaint is passed on.
_SAID = 200
_NO_WORDS = "write it between the brackets"
_NO_ALT = 'say what it shows to somebody who cannot see it: IPython.display.Image(..., alt="...")'
_NO_DESC = "say what it shows to somebody who cannot see it: <desc>...</desc> within its svg element"


@dataclass(frozen=True)
class Picture:
    """A picture under its key, which is unique in its chapter and serves as the stem of a file's name.

    ``kind`` is ``svg``, ``png`` or ``jpg``. A chart of `kit.charts` has a ``headline``, a ``subtitle``, ``notes`` on how
    to read its marks, a ``source`` line, the Vega-Lite ``spec`` it was drawn from, and the ``columns`` and ``rows``
    under it; what is not known is empty.
    """

    key: str
    kind: str
    content: bytes
    alt: str
    headline: str = ""
    subtitle: str = ""
    notes: str = ""
    source: str = ""
    spec: Tree | None = None
    columns: list[str] = field(default_factory=list)
    rows: list[list[str | float | None]] = field(default_factory=list)

    @property
    def svg(self) -> str:
        """The drawing as an SVG element; '' for a photograph."""
        return self.content.decode() if self.kind == "svg" else ""

    @property
    def millimetres(self) -> tuple[float, float]:
        """Its width and height on paper, at 96 dots an inch."""
        wide, high = _pixels(self.kind, self.content)
        return wide * 25.4 / 96, high * 25.4 / 96


def shown_picture(key: str, output: Tree) -> Picture | None:
    """The picture that a cell put out; ``None`` where it put out none. One without alt text raises `KitError`."""
    data = output.get("data", {})
    if SVG in data:
        svg = "".join(data[SVG])
        facts = data.get(CHART_FACTS, {})
        columns, rows = chart_data(data)
        return _checked(
            Picture(
                key,
                "svg",
                svg.encode(),
                alt=facts.get("alt") or _element("desc", svg) or _element("title", svg) or _label(svg),
                headline=facts.get("headline") or _element("title", svg),
                subtitle=facts.get("subtitle", ""),
                notes=facts.get("key", ""),
                source=facts.get("source", ""),
                # Of a chart that is not the kit's nobody knows which columns of its data it draws: it stands still.
                spec=data.get(VEGALITE) if facts else None,
                columns=columns,
                rows=rows,
            ),
            no_alt=_NO_DESC,
        )
    drawable = next((kind for kind in data if _CHART.fullmatch(kind)), "")
    still = any(media in data for media in _MEDIA)
    # JupyterLab puts a still beside a chart when it saves; the chart itself has the sharper lines and the words.
    if drawable and not (still and next(_addresses(data[drawable]), "")):
        return _drawn(key, data[drawable], drawable)
    for media, kind in _MEDIA.items():
        if media in data:
            alt = output.get("metadata", {}).get(media, {}).get("alt", "")
            alt = alt or (drawable and data[drawable].get("description", ""))
            return _checked(Picture(key, kind, _decoded("".join(data[media])), alt=alt))
    return None


def _drawn(key: str, spec: Tree, kind: str) -> Picture:
    """A chart that was put out as its specification alone: its own title, and its description for who cannot see it."""
    import vl_convert

    said = spec.get("title", "")
    title = said.get("text", "") if isinstance(said, dict) else said
    title = " ".join(title) if isinstance(title, list) else str(title)
    description = str(spec.get("description", ""))
    if not (description or title).strip():
        remedy = (
            "say what it shows: chart.properties(description=...), or kit.charts.figure.figure(chart, ...)"
        )
        raise KitError("a chart", "has no words for somebody who cannot see it", remedy)
    if address := next(_addresses(spec), ""):
        raise KitError("a chart", f"takes its data from {address[:_SAID]}", "give it its data as a DataFrame")
    try:
        draw = vl_convert.vegalite_to_svg if "vegalite" in kind else vl_convert.vega_to_svg
        svg = draw(spec, allowed_base_urls=[])
    except ValueError as error:
        why = " ".join(str(error).split())[:_SAID]
        raise KitError("a chart", f"cannot be drawn ({why})", "draw it with kit.charts.figure") from error
    svg = named(svg, title or description, description)
    return _checked(Picture(key, "svg", svg.encode(), alt=description or title, headline=title))


def _addresses(node: Any) -> Iterator[str]:
    """The addresses from which a specification would fetch something: data, pictures."""
    if isinstance(node, dict):
        if isinstance(node.get("url"), str):
            yield node["url"]
        for name, value in node.items():
            yield from _addresses(value) if name not in ("datasets", "values") else ()
    elif isinstance(node, list):
        for each in node:
            yield from _addresses(each)


def attached_picture(key: str, name: str, bundle: Tree, alt: str) -> Picture:
    """The picture of that name, attached to a Markdown cell as the ``bundle`` of its media type and content.

    One that cannot be printed, or has no alt text, raises `KitError`.
    """
    media, content = next(iter(bundle.items()), ("", ""))
    raw = "".join(content)
    content = raw.encode() if media == "image/svg+xml" and raw.lstrip().startswith("<") else _decoded(raw)
    picture = Picture(key, _MEDIA.get(media, ""), content, alt=alt)
    return _checked(picture, f"![](attachment:{name})", _NO_WORDS)


def filed_picture(key: str, target: str, alt: str, folder: Path, root: Path) -> Picture:
    """The picture that prose in ``folder`` names by ``target``, a path within the case in ``root``.

    One that is elsewhere, missing, too large or of no kind that can be printed raises `KitError`, and so does one
    without alt text.
    """
    if found := _DATA.fullmatch(target):
        media, packed, written = found.groups()
        content = _decoded(unquote(written)) if packed else unquote_to_bytes(written)
        picture = Picture(key, _MEDIA.get(media.lower(), ""), content, alt=alt)
        return _checked(picture, f"![](data:{media}…)", _NO_WORDS)
    if re.match(r"[a-z][a-z0-9+.-]*:|//", target, re.IGNORECASE):
        raise KitError(f"![]({target})", "is not in the case", "save the picture beside the notebook")
    # Markdown writes a space in a name as %20.
    name = target if (folder / target).is_file() else unquote(target)
    path = (folder / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise KitError(f"![]({target})", "is outside the case", "save the picture beside the notebook")
    try:
        if path.stat().st_size > _LARGEST:
            raise KitError(f"![]({target})", f"is over {_LARGEST:,} bytes", "make the picture smaller")
        content = path.read_bytes()
    except OSError as error:
        remedy = "save the picture there, or correct its path"
        raise KitError(f"![]({target})", f"cannot be read ({error.strerror})", remedy) from error
    kind = path.suffix.lower().lstrip(".").replace("jpeg", "jpg")
    return _checked(Picture(key, kind, content, alt=alt), f"![]({target})", _NO_WORDS)


def _checked(picture: Picture, place: str = "a picture", no_alt: str = _NO_ALT) -> Picture:
    if len(picture.content) > _LARGEST:
        raise KitError(place, f"is over {_LARGEST:,} bytes", "make the picture smaller")
    if not picture.content.lstrip().startswith(_KINDS.get(picture.kind, b"\x00")):
        raise KitError(place, f"is no {picture.kind or 'picture'}", "give an SVG, PNG or JPEG picture")
    if why := unreadable(picture.kind, picture.content, ours=picture.spec is not None):
        raise KitError(place, f"cannot be drawn ({why})", "save it again with the program that made it")
    if 0 in _pixels(picture.kind, picture.content):
        raise KitError(place, "tells no size", "give it a width and a height")
    if picture.kind == "svg" and _is_active(picture.content):
        raise KitError(place, "is a drawing that holds a script", "draw it again without")
    if not picture.alt.strip():
        raise KitError(place, "has no alt text", no_alt)
    return picture


def _pixels(kind: str, content: bytes) -> tuple[float, float]:
    """Width and height; 0 for what the picture does not tell."""
    if kind == "svg":
        opening = re.search(rb"<svg\b[^>]*>", content)
        found = dict(re.findall(rb'\s(width|height)="([\d.]+)(?:px)?"', opening[0] if opening else b""))
        return float(found.get(b"width", 0)), float(found.get(b"height", 0))
    from docx.image.exceptions import InvalidImageStreamError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        read = Image.from_blob(content)
    except (InvalidImageStreamError, UnrecognizedImageError, struct.error):
        return 0, 0
    return read.px_width, read.px_height


def _is_active(svg: bytes) -> bool:
    """Whether a drawing could do something."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for element in etree.fromstring(svg, parser).iter():
        if element.tag is etree.Comment:
            continue
        if not isinstance(element.tag, str) or etree.QName(element).localname.lower() in (
            "script",
            "foreignobject",
        ):
            return True
        for name, value in element.attrib.items():
            handler = etree.QName(name).localname.lower().startswith("on")
            if handler or value.strip().lower().startswith("javascript:"):
                return True
    return False


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _label(svg: str) -> str:
    """What the drawing calls itself for who cannot see it, or ''."""
    opening = re.search(r"<svg\b[^>]*>", svg)
    found = re.search(r"""\saria-label=(?:"([^"]*)"|'([^']*)')""", opening[0]) if opening else None
    return html.unescape(found[1] or found[2] or "") if found else ""


def _element(name: str, svg: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", svg[:4000], re.DOTALL)
    return html.unescape(found[1]).strip() if found else ""
