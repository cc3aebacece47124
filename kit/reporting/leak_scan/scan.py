"""The leak scan: what the public edition must not say, looked for in the very bytes that would be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.case import Case
from kit.errors import Problem, Problems
from kit.evidence.prose.document import Document
from kit.evidence.secrecy import Secret, Secrets
from kit.reporting.leak_scan.hidden_words import HiddenText, Lookout
from kit.reporting.leak_scan.markup import Fragment
from kit.reporting.leak_scan.origin import Origins
from kit.reporting.leak_scan.readers import fragments
from kit.text.secrets.signs import UNBROKEN

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


def find_leaks(
    case: Case,
    folder: Path,
    kept: list[HiddenText],
    ours: tuple[str, ...] = (),
    documents: Iterable[Document] = (),
) -> list[Leak]:
    """Every leak in the files below ``folder``, file by file; none where it may be published.

    ``kept`` are texts of which no run of words may be there, and ``ours`` texts of the kit's own, such as the script
    that draws the charts, which are not looked at. ``documents`` are the notebooks in which the place of each leak is
    told, where they have it.
    """
    search, origins = _Search(case, kept), Origins(documents)
    found: set[Leak] = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        for text in ours:
            content = content.replace(text.encode(), b"")
        for fragment in dict.fromkeys([Fragment("its name", name), *fragments(name, content)]):
            for secret in search.look(fragment):
                place = _place(fragment, secret.words, content, origins)
                found.add(Leak(name, place, secret.masked, secret.remedy))
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
        self.lookout, self.secrets = Lookout(kept), Secrets(case)
        self.known = {str(value).casefold() for value in case.settings.values() if value}

    def look(self, fragment: Fragment) -> Iterator[Secret]:
        """What is wrong with the fragment."""
        text = fragment.text.strip()
        if fragment.kind == "unreadable":
            words, remedy = fragment.name or "--", "leave it out, or save it in a common format"
            yield Secret("what no scan can read", words, remedy)
        elif fragment.kind == "capture":
            yield Secret("an archived page", "WARC", "leave it out: captures stay on the desk")
        elif fragment.kind == "trace":
            yield Secret(
                fragment.name, text or fragment.name, "accept or take out what was tracked or remarked"
            )
        elif fragment.kind == "picture" and not (fragment.name == "Software" and _is_program(fragment.text)):
            message = f"data that came with a picture, {fragment.name}"
            yield Secret(message, text, "save the picture without its data")
        elif fragment.kind == "property" and self._names_somebody(fragment):
            yield Secret(f"a file's own {fragment.name}", text, "clear it in the file's properties")
        if fragment.kind == "joined":
            yield from self.secrets.found_in(fragment.text, UNBROKEN)
        elif fragment.text:
            yield from self.secrets.found_in(fragment.text)
            for one, run in self.lookout.found_in(fragment.text):
                yield Secret(f"words kept out, of {one.place}", run, "take the words out of what is shown")

    def _names_somebody(self, fragment: Fragment) -> bool:
        # In a PDF file the Creator is the program, not the person.
        by = fragment.name.casefold() in _AUTHORS and fragment.name != "Creator"
        value = fragment.text.strip().casefold()
        return by and bool(value) and value not in self.known and not _is_program(value)


def _is_program(value: str) -> bool:
    return value.strip().casefold().startswith(_PROGRAMS)


def _place(fragment: Fragment, words: str, content: bytes, origins: Origins) -> str:
    """Where in the file: what the fragment says, and the line where the words stand in it as they are, if they do.

    And where the words come from.
    """
    at = content.find(words.encode()) if len(words) > 2 else -1
    line = f"line {content.count(chr(10).encode(), 0, at) + 1}" if at >= 0 else ""
    return ", ".join(filter(None, (fragment.place, line, origins.of(words)))) or "its text"
