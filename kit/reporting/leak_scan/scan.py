"""The leak scan: what the public edition must not say, looked for in the very bytes that would be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.case import SETTINGS, Case
from kit.errors import KitError, Problem, Problems
from kit.reporting.leak_scan.hidden_words import Kept, Lookout
from kit.reporting.leak_scan.patterns import KEYS, plainly, signs_in, term_pattern
from kit.reporting.leak_scan.readers import Piece, pieces
from kit.tables.schema import TABLES

WITHHELD = TABLES["withheld"].path
#: Programs that name themselves in a file they write; nobody is named by that.
_PROGRAMS = (
    "casebook",
    "typst",
    "pandoc",
    "python-docx",
    "xlsxwriter",
    "openpyxl",
    "pdfium",
    "matplotlib",
    "microsoft",
)
_AUTHORS = ("author", "creator", "lastmodifiedby", "manager", "company", "contributor")


class Leaked(Problems):
    """The public edition was not put in place, since it would have said what must stay out of print."""


@dataclass(frozen=True, order=True)
class Leak:
    """One thing found: in which file, where in it, what (masked), and what to do about it."""

    file: str
    place: str
    what: str
    remedy: str


def withheld(case: Case) -> list[str]:
    """The terms that the case withholds.

    Where data/case.toml says that it withholds any, and the list is not here, `KitError`: without the list nobody can
    tell what must stay out of print.
    """
    if case.settings.get("withholds") and not (case.path / WITHHELD).is_file():
        raise KitError(
            WITHHELD,
            f"is not here, and {SETTINGS} says that the case withholds names or terms",
            "get the list from the desk that keeps it; it is not in version control",
        )
    return list(case.table("withheld")["term"])


def scan(case: Case, folder: Path, kept: list[Kept], ours: tuple[str, ...] = ()) -> list[Leak]:
    """Every leak in the files below ``folder``, file by file; none where it may be published.

    ``kept`` are texts of which no run of words may be there, and ``ours`` texts of the kit's own, such as the script
    that draws the charts, which are not looked at.
    """
    search = _Search(case, kept)
    found: set[Leak] = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        for text in ours:
            content = content.replace(text.encode(), b"")
        for piece in dict.fromkeys([Piece("its name", name), *pieces(name, content)]):
            for what, words, remedy in search.look(piece):
                found.add(Leak(name, _place(piece, words, content), f"{what} ({_masked(words)})", remedy))
    return sorted(found)


def refuse(leaks: list[Leak]) -> None:
    """Nothing where there is no leak; otherwise `Leaked` with all of them."""
    problems: dict[str, list[Problem]] = {}
    for leak in leaks:
        problems.setdefault(leak.file, []).append(Problem(leak.place, leak.what, leak.remedy))
    if problems:
        raise Leaked(problems)


class _Search:
    def __init__(self, case: Case, kept: list[Kept]) -> None:
        self.lookout = Lookout(kept)
        self.terms = [term_pattern(term) for term in withheld(case)]
        self.contact = str(case.settings.get("contact", ""))
        self.known = {str(value).casefold() for value in case.settings.values() if value}
        self.folder = str(case.path)

    def look(self, piece: Piece) -> Iterator[tuple[str, str, str]]:
        """What is wrong with the piece: what it is, the words, the remedy."""
        if piece.kind == "unreadable":
            yield "what no scan can read", piece.name or "--", "leave it out, or save it in a common format"
        elif piece.kind == "capture":
            yield "an archived page", "WARC", "leave it out: captures stay on the desk"
        elif piece.kind == "trace":
            yield piece.name, piece.text or piece.name, "accept or take out what was tracked or remarked"
        elif piece.kind == "picture" and not (piece.name == "Software" and _is_program(piece.text)):
            told = f"data that came with a picture, {piece.name}"
            yield told, piece.text.strip(), "save the picture without its data"
        elif piece.kind == "property" and self._names_somebody(piece):
            yield f"a file's own {piece.name}", piece.text.strip(), "clear it in the file's properties"
        if piece.kind == "joined":
            for sign, words in signs_in(piece.text, self.contact, KEYS):
                yield sign.name, words, sign.remedy
        elif piece.text:
            yield from self._said(piece.text)

    def _names_somebody(self, piece: Piece) -> bool:
        # In a PDF file the Creator is the program, not the person.
        by = piece.name.casefold() in _AUTHORS and piece.name != "Creator"
        value = piece.text.strip().casefold()
        return by and bool(value) and value not in self.known and not _is_program(value)

    def _said(self, text: str) -> Iterator[tuple[str, str, str]]:
        for sign, words in signs_in(text, self.contact):
            yield sign.name, words, sign.remedy
        if self.folder in text:
            yield "the path of the case's folder", self.folder, "write a path seen from the case folder"
        plain = plainly(text) if self.terms else ""
        for term in self.terms:
            for match in term.finditer(plain):
                yield "a withheld term", match[0], f"reword it, or take it off {WITHHELD}"
        for one, run in self.lookout.found_in(text):
            yield f"words kept out, of {one.place}", run, "take the words out of what is shown"


def _is_program(value: str) -> bool:
    return value.strip().casefold().startswith(_PROGRAMS)


def _masked(words: str) -> str:
    return f"{words[:2]}…"


def _place(piece: Piece, words: str, content: bytes) -> str:
    """Where in the file: what the piece says, and the line where the words stand in it as they are, if they do."""
    at = content.find(words.encode()) if len(words) > 2 else -1
    line = f"line {content.count(chr(10).encode(), 0, at) + 1}" if at >= 0 else ""
    return ", ".join(filter(None, (piece.place, line))) or "its text"
