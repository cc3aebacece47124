"""What a table or a file format has no place for, carried in the note: ``[csl DOI=10.1/x volume=3]``.

Such a line stands at the end of a note. In the sources table it starts with ``csl`` and holds fields of the
CSL item that the table has no column for; in an exported file it starts with ``casebook`` and holds columns
that the format has no field for. Values are percent-encoded, so that a line survives whatever a format does
to spaces, quotation marks and dashes; ``:=`` stands before one that is JSON rather than text.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, unquote

_KEY = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_PAIR = re.compile(r"([A-Za-z][\w-]*)(:?=)(\S*)", re.ASCII)
# The tilde is TeX's space, and two hyphens its dash.
_PLAIN = "-._:/;,?=@"


def carrying(note: str, word: str, values: dict[str, Any]) -> str:
    """The note with the values in a line at its end, sorted by name; a key that is no plain name is left out.

    >>> carrying("A copy.", "csl", {"volume": "3", "custom": {"a": 1}})
    'A copy. [csl custom:=%7B%22a%22:1%7D volume=3]'
    """
    pairs = [_pair(key, value) for key, value in sorted(values.items()) if _KEY.fullmatch(key)]
    line = f"[{word} {' '.join(pairs)}]" if pairs else ""
    return f"{note} {line}".strip() if line else note


def _pair(key: str, value: Any) -> str:
    if isinstance(value, str):
        return f"{key}={_encoded(value)}"
    return f"{key}:={_encoded(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')))}"


def _encoded(text: str) -> str:
    return quote(text, safe=_PLAIN).replace("--", "-%2D").replace("~", "%7E")


def carried(note: str, word: str) -> tuple[str, dict[str, Any]]:
    """The note without the line that starts with ``word``, and the values of that line; no such line gives
    none.

    A line that is not as `carrying` writes one is a part of the note.

    >>> carried("A copy. [csl custom:=%7B%22a%22:1%7D volume=3]", "csl")
    ('A copy.', {'custom': {'a': 1}, 'volume': '3'})
    """
    begin = note.rfind(f"[{word} ")
    if begin < 0 or not note.endswith("]"):
        return note, {}
    values: dict[str, Any] = {}
    for part in note[begin + len(word) + 2 : -1].split():
        pair = _PAIR.fullmatch(part)
        if pair is None:
            return note, {}
        try:
            values[pair[1]] = unquote(pair[3]) if pair[2] == "=" else json.loads(unquote(pair[3]))
        except (json.JSONDecodeError, RecursionError):
            return note, {}
    return note[:begin].removesuffix(" "), values
