"""The front of a report: what it says in short, its findings with how sure each is, and one picture.

An author chooses them with the tag ``front`` on cells: a Markdown cell with a list holds findings, one without a list the
opening words (else they are the first paragraph of the chapter with the findings), a code cell the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kit.reporting.book.book import Book, once
from kit.reporting.book.chapter import Chapter, tags_of, with_notes
from kit.reporting.book.figures import Picture, filed_picture
from kit.reporting.findings.sureness import FRONT, cited_in, legend
from kit.text.pandoc import (
    BLANK,
    Tree,
    attributes_of,
    bullets,
    captioned,
    hyperlink,
    image,
    inlines,
    nodes,
    para,
    section_heading,
    without,
)

if TYPE_CHECKING:
    from kit.case import Case

_TITLE, _MORE = "In short", "The chapter"
#: More findings than these are left to the chapter.
_MOST = 5


@dataclass(frozen=True)
class FrontFinding:
    """A finding: its words, without notes; the chapter that argues it; a line on how sure it is."""

    words: list[Tree]
    chapter: str
    sure: list[Tree]


@dataclass(frozen=True)
class Front:
    """What stands first: blocks of opening words, findings, and a picture with its chapter; empty where nobody chose."""

    opening: list[Tree] = field(default_factory=list)
    findings: list[FrontFinding] = field(default_factory=list)
    picture: Picture | None = None
    chapter: str = ""

    def __bool__(self) -> bool:
        return bool(self.opening or self.findings or self.picture)


@once
def logo_of(book: Book) -> Picture | None:
    """The picture above the title of a report, as `case_logo` gives it."""
    return case_logo(book.case)


def case_logo(case: Case) -> Picture | None:
    """The picture that data/case.toml names by ``logo``; one that cannot be printed raises `KitError`.

    >>> import kit
    >>> case_logo(kit.example()) is None
    True
    """
    if not (name := str(case.settings.get("logo", "")).strip()):
        return None
    alt = str(case.settings.get("newsroom", "")).strip() or case.title
    return filed_picture("logo", name, alt, case.path, case.path)


@once
def front_of(book: Book) -> Front:
    """The front that the cells tagged ``front`` of the book's notebooks make."""
    opening: list[Tree] = []
    findings: list[FrontFinding] = []
    picture, where = None, ""
    for chapter in book.chapters:
        document = book.documents.get(chapter.name)
        for number, cell in enumerate(document.notebook["cells"] if document else [], start=1):
            if document is None or FRONT not in tags_of(cell):
                continue
            if cell["cell_type"] == "code":
                if picture is None and (key := _picture(chapter, number)):
                    picture, where = chapter.pictures[key], chapter.name
                continue
            blocks = document.prose.get(number, [])
            items = [item for block in blocks for item in _items(block)]
            if items:
                findings += [_finding(item, chapter, book) for item in items]
            else:
                opening += [block for block in _bare(blocks, book, chapter) if block["t"] == "Para"]
    if findings and not opening:
        answers = {chapter.name: chapter.answer for chapter in book.chapters}
        opening = [para(inlines(answers[findings[0].chapter]))]
    return Front(opening, findings, picture, where)


def _picture(chapter: Chapter, number: int) -> str:
    """The key of the first picture that the cell put out; '' where it put out none."""
    for block in chapter.blocks:
        if block["t"] == "Div" and attributes_of(block)[0] == f"cell-{number}":
            return next((node["c"][2][0] for node in nodes(block["c"][1], "Image")), "")
    return ""


def _items(block: Tree) -> list[list[Tree]]:
    content: Any = block["c"][1] if block["t"] == "OrderedList" else block.get("c", [])
    return list(content) if block["t"] in ("OrderedList", "BulletList") else []


def _finding(item: list[Tree], chapter: Chapter, book: Book) -> FrontFinding:
    sure = book.sureness.line(cited_in(item), book.notes.say)
    return FrontFinding(_bare(item, book, chapter), chapter.name, sure)


def _bare(blocks: list[Tree], book: Book, chapter: Chapter) -> list[Tree]:
    """The words without their notes, numbers in them as computed."""
    document = book.documents[chapter.name]
    return without(with_notes(blocks, document.records, book.notes.tables), "Note")


def front_chapter(book: Book, link: str) -> Chapter | None:
    """The front as a chapter that every format can print; ``None`` where there is none.

    ``link`` leads to a chapter, with ``{}`` in place of its name.
    """
    front = front_of(book)
    if not front:
        return None
    say = book.notes.say
    blocks: list[Tree] = [section_heading(1, say(_TITLE), FRONT), *front.opening]
    pictures = {}
    if front.picture:
        pictures = {front.picture.key: front.picture}
        shown = {"t": "Plain", "c": [image(front.picture.alt, front.picture.key)]}
        blocks.append(captioned([shown], "", front.picture.key))
    if front.findings:
        blocks.append(section_heading(2, say("What we found"), "found"))
        items = [
            [
                *finding.words,
                para([*finding.sure, BLANK, hyperlink(say(_MORE), link.format(finding.chapter))]),
            ]
            for finding in front.findings[:_MOST]
        ]
        blocks += [bullets(items), *legend(say)]
    contents = (("found", say("What we found")),) if front.findings else ()
    return Chapter(FRONT, say(_TITLE), "", contents, blocks, pictures)
