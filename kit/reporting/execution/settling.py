"""Outputs without what is another on every run: random names, addresses in memory, live views."""

from __future__ import annotations

import json
import re
from typing import Any

from kit.evidence.prose.statements import VEGALITE, WIDGET

_LIVE_VIEW = "application/vnd.jupyter.widget-view+json"
_ADDRESS = re.compile(r"(?<=[\w>]) at 0x[0-9a-fA-F]{6,16}(?=>)")
_STYLER = re.compile(r'<table id="T_([0-9a-f]{5})"')
_ALTAIR = re.compile(r'<div id="altair-viz-[0-9a-f]{32}"')
_PLAIN, _HTML = "text/plain", "text/html"


def settled(output: Any, cell: int, position: int) -> Any:
    """The output, the one at ``position`` of a cell, as every run leaves it; it is changed in place.

    A table of a pandas Styler is named by its cell; a chart of Altair's own becomes the specification that it is; a
    widget that leaves nothing but its name is marked as one.

    >>> made = {"output_type": "execute_result", "data": {"text/plain": "<Styler at 0x7fc54132d090>", "text/html": '<table id="T_0a1b2">'}}
    >>> settled(made, 3, 0)["data"]
    {'text/plain': '<Styler>', 'text/html': '<table id="T_3_0">'}
    """
    if output.get("output_type") == "stream":
        output["text"] = _ADDRESS.sub("", "".join(output["text"]))
    data = output.get("data", {})
    live = data.pop(_LIVE_VIEW, None)
    if live is not None and set(data) <= {_PLAIN}:
        output["metadata"][WIDGET] = True
    if _PLAIN in data:
        data[_PLAIN] = _ADDRESS.sub("", "".join(data[_PLAIN]))
    if _HTML in data:
        html = "".join(data[_HTML])
        if (spec := _altair_spec(html)) is not None:
            del data[_HTML]
            data[VEGALITE] = spec
        elif named := _STYLER.search(html):
            data[_HTML] = html.replace(f"T_{named[1]}", f"T_{cell}_{position}")
    return output


def _altair_spec(html: str) -> Any:
    """The specification in the page that Altair writes where it does not know what shows it; ``None`` in any other."""
    start = html.find("})({") + len("})(")
    if not _ALTAIR.search(html) or start < len("})("):
        return None
    try:
        return json.JSONDecoder().raw_decode(html, start)[0]
    except ValueError:
        return None
