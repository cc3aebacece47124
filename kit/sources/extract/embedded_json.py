"""An article that sits only in a page's embedded data, which scripts turn into text in a browser."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml.html import HtmlElement

from kit.sources.extract.extractors import shingles
from kit.sources.extract.reading.structured_data import Stated, json_texts, load_json, plain_text
from kit.text.printable import xml_tree

_ASSIGNED = re.compile(
    r"^\s*(?:(?:window|self|globalThis)\s*(?:\.\s*\w+|\[\s*[\"']\w+[\"']\s*\])|(?:var|let|const)\s+\w+)\s*=\s*"
)
_SENTENCE = re.compile(r"[.!?。！？…»”\"]\s*$|[.!?。！？]\s")
_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>|\n\s*\n", re.IGNORECASE)
_MAX_SOURCE = 6_000_000
_MAX_VALUES = 200_000
_SHORTEST = 60


def embedded(root: HtmlElement, stated: Stated, known: list[str]) -> tuple[str, str]:
    """The longest text a page carries as data that is the article's, and where: '' and '' when it carries none.

    ``known`` are texts that belong to the article (what was read of it, its description, its title): data in
    which none of them is found in the main is about something else.

    JSON-LD's articleBody is asked first; then the JSON in script elements, where the paragraphs are those long
    texts that stand at one and the same place of one list (the path to them without its numbers). Values that
    are not prose (addresses, code, markup) do not count. It reads at most 6 million characters.
    """
    body = next((text for node in stated.articles for text in _bodies(node.get("articleBody"))), "")
    best, how = body, "JSON-LD articleBody" if body else ""
    room = _MAX_SOURCE
    for script in root.iter("script"):
        source = script.text or ""
        kind = script.get("type") or ""
        if len(source) < 500 or "ld+json" in kind or len(source) > room:
            continue
        room -= len(source)
        data = load_json(source) if "json" in kind else _assigned(source)
        found = _longest(data) if isinstance(data, dict | list) else ""
        if len(found) > len(best) and _belongs(found, known):
            best, how = found, "data embedded in a script"
    return best, how


def _belongs(found: str, known: list[str]) -> bool:
    runs = shingles(found)
    parts = [set(shingles(text[:2_000])) for text in known if len(text.split()) > 6]
    return any(len(part & runs.keys()) > len(part) / 2 for part in parts)


def _bodies(value: Any) -> list[str]:
    if isinstance(value, str):
        return ["\n".join(filter(None, (_plain_long(part) for part in _PARAGRAPH.split(value))))]
    return json_texts(value)


def _plain_long(text: str) -> str:
    """``text`` without markup and references, however long."""
    return (
        " ".join(filter(None, (plain_text(text[i : i + 2000]) for i in range(0, len(text), 2000))))
        if text.strip()
        else ""
    )


def _assigned(source: str) -> Any:
    start = _ASSIGNED.match(source)
    if not start:
        return None
    try:
        return xml_tree(json.JSONDecoder(strict=False).raw_decode(source, start.end())[0])
    except (ValueError, RecursionError):
        return None


def _longest(data: Any) -> str:
    places: dict[tuple[str, ...], list[str]] = {}
    pending: list[tuple[tuple[str, ...], Any]] = [((), data)]
    seen = 0
    while pending and seen < _MAX_VALUES:
        path, value = pending.pop()
        seen += 1
        if isinstance(value, dict):
            if len(path) < 40:
                pending.extend(reversed([((*path, key), inner) for key, inner in value.items()]))
        elif isinstance(value, list):
            pending.extend(reversed([(path, inner) for inner in value]))
        elif (
            isinstance(value, str)
            and len(value) >= _SHORTEST
            and _SENTENCE.search(value)
            and " " in value[:60]
        ):
            places.setdefault(path, []).append(value)
    candidates = ["\n".join(_unique(values)) for values in places.values()]
    return max(candidates, key=len, default="")


def _unique(values: list[str]) -> list[str]:
    lines = (line for value in values for part in _PARAGRAPH.split(value) if (line := _plain_long(part)))
    return list(dict.fromkeys(lines))
