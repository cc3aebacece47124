"""The leak scan: what the public edition must not say, looked for in the very bytes that would be published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.case import SETTINGS, Case
from kit.errors import KitError, Problem, Problems
from kit.evidence.passages.copied import plainly
from kit.reporting.leak_scan.hidden_words import HiddenText, Lookout
from kit.reporting.leak_scan.markup import Fragment
from kit.reporting.leak_scan.patterns import KEY_SIGNS, signs_in, term_pattern
from kit.reporting.leak_scan.readers import fragments
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
    """The terms that the case withholds, and the true names and ids of those that have an alias.

    Where data/case.toml says that it withholds any, and the list is not here, `KitError`: without the list nobody can
    tell what must stay out of print.
    """
    if case.settings.get("withholds") and not (case.path / WITHHELD).is_file():
        raise KitError(
            WITHHELD,
            f"is not here, and {SETTINGS} says that the case withholds names or terms",
            "get the list from the desk that keeps it; it is not in version control",
        )
    return [*case.table("withheld")["term"], *case.protection.names, *case.protection.ids]


def find_leaks(case: Case, folder: Path, kept: list[HiddenText], ours: tuple[str, ...] = ()) -> list[Leak]:
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
        for fragment in dict.fromkeys([Fragment("its name", name), *fragments(name, content)]):
            for what, words, remedy in search.look(fragment):
                found.add(Leak(name, _place(fragment, words, content), f"{what} ({_masked(words)})", remedy))
    return sorted(found)


def refuse_leaks(leaks: list[Leak]) -> None:
    """Nothing where there is no leak; otherwise `Leaked` with all of them."""
    problems: dict[str, list[Problem]] = {}
    for leak in leaks:
        problems.setdefault(leak.file, []).append(Problem(leak.place, leak.what, leak.remedy))
    if problems:
        raise Leaked(problems)


class _Search:
    def __init__(self, case: Case, kept: list[HiddenText]) -> None:
        self.lookout = Lookout(kept)
        self.terms = [term_pattern(term) for term in withheld(case)]
        told = (case.settings.get(name, "") for name in ("contact", "corrections"))
        self.contact = " ".join(map(str, told))
        self.known = {str(value).casefold() for value in case.settings.values() if value}
        self.folder = str(case.path)

    def look(self, fragment: Fragment) -> Iterator[tuple[str, str, str]]:
        """What is wrong with the fragment: what it is, the words, the remedy."""
        if fragment.kind == "unreadable":
            yield (
                "what no scan can read",
                fragment.name or "--",
                "leave it out, or save it in a common format",
            )
        elif fragment.kind == "capture":
            yield "an archived page", "WARC", "leave it out: captures stay on the desk"
        elif fragment.kind == "trace":
            yield (
                fragment.name,
                fragment.text or fragment.name,
                "accept or take out what was tracked or remarked",
            )
        elif fragment.kind == "picture" and not (fragment.name == "Software" and _is_program(fragment.text)):
            message = f"data that came with a picture, {fragment.name}"
            yield message, fragment.text.strip(), "save the picture without its data"
        elif fragment.kind == "property" and self._names_somebody(fragment):
            yield f"a file's own {fragment.name}", fragment.text.strip(), "clear it in the file's properties"
        if fragment.kind == "joined":
            for sign, words in signs_in(fragment.text, self.contact, KEY_SIGNS):
                yield sign.name, words, sign.remedy
        elif fragment.text:
            yield from self._said(fragment.text)

    def _names_somebody(self, fragment: Fragment) -> bool:
        # In a PDF file the Creator is the program, not the person.
        by = fragment.name.casefold() in _AUTHORS and fragment.name != "Creator"
        value = fragment.text.strip().casefold()
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


def _place(fragment: Fragment, words: str, content: bytes) -> str:
    """Where in the file: what the fragment says, and the line where the words stand in it as they are, if they do."""
    at = content.find(words.encode()) if len(words) > 2 else -1
    line = f"line {content.count(chr(10).encode(), 0, at) + 1}" if at >= 0 else ""
    return ", ".join(filter(None, (fragment.place, line))) or "its text"
