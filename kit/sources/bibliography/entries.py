"""The entries of a BibTeX file: what each field holds, its `@string`s put in; a bad entry is named and left aside.

Parsers of others stop at the first fault, read a field behind a missing comma as part of the one above, or know no
``"a" # b``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from kit.errors import KitError
from kit.text.printable import printable

_START = re.compile(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])")
_AT_LINE = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,={}()\"]*)\s*(,|(?=[)}]))")
_FIELD = re.compile(r"\s*([^\s,={}()\"#%]+)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"=]+")
_COMMAS = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"[{}]")
_BARE_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"(?<!\\)[{}\"]")
#: How long a value may grow by its strings, and all of a file's: a chain of ten that double would fill the memory.
_LONGEST, _IN_ALL = 20_000, 20_000_000
#: How many further entries a value may seem to hold before its brace counts as never closed.
_AHEAD = 3
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOSING = {"{": "}", "(": ")"}


@dataclass(frozen=True)
class BibEntry:
    """An entry as it stands: its kind and fields in lower case, the values in TeX without their outer braces or quotes."""

    kind: str
    key: str
    fields: Mapping[str, str]


class BadEntry(KitError):
    """An entry that BibTeX's own rules do not allow."""


def read_entries(text: str) -> tuple[list[BibEntry], list[tuple[str, str]]]:
    """The entries in the order of the file, and what was left aside: its key, or its line, and why.

    A field that is there twice keeps its second value under a name of its own. A comma that is missing between two
    fields is read through.

    >>> entries, aside = read_entries('@string{hp = "Post"} @book{a, title={On {P}orts} journal=hp # " 2"} @book{b, title={')
    >>> entries
    [BibEntry(kind='book', key='a', fields={'title': 'On {P}orts', 'journal': 'Post 2'})]
    >>> aside
    [('b', 'line 1: the value of title is never closed')]
    """
    reader = _Reader(text)
    at = 0
    while start := _START.search(text, at):
        at = reader.entry(start)
    return reader.entries, reader.aside


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [match.start() for match in _AT_LINE.finditer(text)]
        self.strings: dict[str, str] = {month: month for month in _MONTHS}
        self.left = _IN_ALL
        self.entries: list[BibEntry] = []
        self.aside: list[tuple[str, str]] = []
        self.stop = 0
        self.line, self.counted = 1, 0

    def entry(self, start: re.Match[str]) -> int:
        """Read the entry that starts there; where the search for the next one goes on."""
        kind, close = start[1].lower(), _CLOSING[start[2]]
        first = bisect_right(self.starts, start.start())
        ahead = self.starts[first : first + _AHEAD + 1]
        self.stop = ahead[_AHEAD] if len(ahead) > _AHEAD else len(self.text)
        key, at = "", start.end()
        try:
            if kind in ("comment", "preamble"):
                return self._closed(start.end() - 1, kind) if start[2] == "{" else start.end()
            if kind != "string":
                if match := _KEY.match(self.text, at, self.stop):
                    key, at = match[1], match.end()
                if self._commented(start.start()):
                    raise BadEntry(kind, "it stands behind a % sign", "")
            fields, at = self._fields(at, close)
        except BadEntry as error:
            self.aside.append(
                (printable(key) or f"@{kind}", f"line {self._line(start.start())}: {error.value}")
            )
            return ahead[0] if ahead else len(self.text)
        if kind == "string":
            self.strings |= fields
        elif fields:
            self.entries.append(BibEntry(kind, key, fields))
        else:
            self.aside.append(
                (printable(key) or f"@{kind}", f"line {self._line(start.start())}: it has no fields")
            )
        return at

    def _behind(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at, self.stop)
        return match.end() if match else at

    def _line(self, at: int) -> int:
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return self.line

    def _commented(self, at: int) -> bool:
        begin = self.text.rfind("\n", max(0, at - 200), at) + 1
        return self.text[begin:at].lstrip().startswith("%")

    def _fields(self, at: int, close: str) -> tuple[dict[str, str], int]:
        fields: dict[str, str] = {}
        while True:
            at = self._behind(_COMMAS, at)
            if self.text[at : at + 1] == close:
                return fields, at + 1
            field = _FIELD.match(self.text, at, self.stop)
            if field is None:
                seen = printable(self.text[at : at + 20], lines=False)
                raise BadEntry("", f"no field begins at {seen!r}" if seen else "it is never closed", "")
            name = field[1].lower()
            value, at = self._value(field.end(), name)
            while name in fields:
                name += "-again"
            fields[name] = value

    def _value(self, at: int, name: str) -> tuple[str, int]:
        value = ""
        while True:
            part, at = self._part(at, name)
            value += part
            if len(value) > _LONGEST and len(part) < len(value):
                raise BadEntry("", f"the strings of {name} make more than {_LONGEST:,} signs", "")
            at = self._behind(_SPACE, at)
            if self.text[at : at + 1] != "#":
                return value, at
            at += 1

    def _part(self, at: int, name: str) -> tuple[str, int]:
        at = self._behind(_SPACE, at)
        sign = self.text[at : at + 1]
        if sign == "{":
            end = self._closed(at, name)
            return self.text[at + 1 : end - 1], end
        if sign == '"':
            end = self._quoted(at + 1, name)
            return self.text[at + 1 : end - 1], end
        if bare := _BARE.match(self.text, at, self.stop):
            found = self.strings.get(bare[0].lower(), bare[0])
            self.left -= len(found)
            if self.left < 0:
                raise BadEntry("", f"the strings of the file make more than {_IN_ALL:,} signs", "")
            return found, bare.end()
        return "", at

    def _closed(self, at: int, name: str) -> int:
        """The place behind the brace that closes the one at ``at``: one behind a backslash is text, unless that fits nowhere."""
        for braces in (_BARE_BRACE, _BRACE):
            depth = 0
            for match in braces.finditer(self.text, at, self.stop):
                depth += 1 if match[0] == "{" else -1
                if not depth:
                    return match.end()
        raise BadEntry("", f"the value of {name} is never closed", "")

    def _quoted(self, at: int, name: str) -> int:
        depth = 0
        for match in _QUOTE.finditer(self.text, at, self.stop):
            if match[0] == '"' and not depth:
                return match.end()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        raise BadEntry("", f"the value of {name} is never closed", "")


def top_level(value: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a TeX value between what ``separator`` matches outside braces.

    >>> top_level("Roe, Jane and {Quay and Co}", re.compile(r"\\s+and\\s+"))
    ['Roe, Jane', '{Quay and Co}']
    """
    parts, begin, depth, at = [], 0, 0, 0
    braces = [(match.start(), match[0]) for match in _BARE_BRACE.finditer(value)]
    for match in separator.finditer(value):
        while at < len(braces) and braces[at][0] < match.start():
            depth += 1 if braces[at][1] == "{" else -1
            at += 1
        if depth <= 0:
            parts.append(value[begin : match.start()])
            begin = match.end()
    return [*parts, value[begin:]]
