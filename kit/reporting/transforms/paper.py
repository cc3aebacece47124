"""A book on paper: its chapters one after another, with what a reader would have to unfold left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.reporting.book.book import Book, once
from kit.reporting.book.chapter import Chapter
from kit.reporting.book.editions import imprint
from kit.reporting.book.figures import Picture
from kit.reporting.book.front import front_chapter, logo_of
from kit.reporting.book.note_numbers import with_commas, with_numbers
from kit.reporting.transforms.annex import ANNEX, Annex, with_long_notes, without_sources
from kit.reporting.transforms.bidi import with_directions
from kit.reporting.transforms.column_widths import parted, table_lines, tallest_row, with_widths
from kit.text.pandoc import Tree, attributes_of, classes_of, div, nodes, rewrite

EDITION_LINES = {
    "internal": "Internal edition: not for publication",
    "legal": "Legal edition: not for publication",
    "public": "Public edition",
}
#: The class of a paragraph that leads to a chart or a table, and stays on its page.
LEAD = "lead"
#: The class of what holds a table of few lines, which stays on one page.
SHORT = "short"
#: The class of what holds a table with rows too tall to stay whole.
TALL_ROWS = "tall-rows"
_SHORT_LINES, _ROW_LINES = 18, 25
_NAMED = ("Header", "Div", "Span", "Figure")


@once
def on_paper(book: Book) -> list[tuple[Chapter, list[Tree]]]:
    """Each chapter with its blocks as paper takes them.

    The front comes first. Code and folded cells are left out. A cell's output stands as a Figure, as tables or as text; the note of a fact is
    brief, and an annex, the last of the chapters, lists the evidence and the sources once; every name and every link
    within the book begins with the chapter's name, and a link that leads nowhere becomes its text.
    """
    annex = Annex(book)
    chapters = []
    for chapter in _with_front(book):
        shown = rewrite(without_sources(flat(chapter.blocks)), without_headlines(chapter))
        blocks, _ = with_numbers(shown, annex.brief, book.notes.say, sparing=True)
        chapters.append((chapter, rewrite(with_long_notes(blocks, book.notes.say), _prefixed(chapter.name))))
    if annex.numbers or any(chapter.sources for chapter in book.chapters):
        listed, blocks = annex.chapter(book.chapters)
        chapters.append((listed, rewrite(blocks, _prefixed(ANNEX))))
    names = {chapter.name for chapter, _ in chapters}
    names |= {attributes_of(node)[0] for _, blocks in chapters for node in nodes(blocks, *_NAMED)}
    notebooks = {f"{chapter.name}.ipynb": f"#{chapter.name}" for chapter in book.chapters}
    linked = _linked(names, notebooks)
    return [(chapter, with_directions(rewrite(with_commas(blocks), linked))) for chapter, blocks in chapters]


def _with_front(book: Book) -> list[Chapter]:
    front = front_chapter(book, "{}.ipynb")
    return [front, *book.chapters] if front else book.chapters


def paper_pictures(book: Book) -> dict[str, Picture]:
    """The pictures of the book under the keys that its blocks on paper use, and its logo under the logo's own."""
    logo = logo_of(book)
    return ({logo.key: logo} if logo else {}) | {
        f"{chapter.name}-{key}": picture
        for chapter in _with_front(book)
        for key, picture in chapter.pictures.items()
    }


def title_lines(book: Book) -> list[str]:
    """What stands below the title: which edition it is, what day it stands for, and where the code is."""
    say = book.notes.say
    return [
        say(EDITION_LINES[book.edition]),
        *imprint(book.case),
        say("Each number and each chart is computed by a cell of the notebooks, which hold the code."),
    ]


def flat(blocks: list[Tree], *, wide: bool = False) -> list[Tree]:
    """The blocks without code, folded cells and the Divs around outputs; ``wide``: tables as they are, on no page."""
    made: list[Tree] = []
    for block in blocks:
        classes = classes_of(block) if block["t"] == "Div" else []
        if "folded" in classes:
            continue
        if "cell" in classes or "output" in classes:
            shown = flat(block["c"][1], wide=wide)
            if made and made[-1]["t"] == "Para" and shown and _is_display(shown[0]):
                made[-1] = div([made[-1]], classes=[LEAD])
            made += shown
        elif block["t"] == "Table" and not wide:
            made += [_kept_whole(with_widths(part)) for part in parted(block)]
        else:
            made.append(block)
    return made


def _kept_whole(table: Tree) -> Tree:
    """The table in what says how it breaks: not at all, between its rows, or within them."""
    if table_lines(table) <= _SHORT_LINES:
        return div([table], classes=[SHORT])
    return div([table], classes=[TALL_ROWS]) if tallest_row(table) > _ROW_LINES else table


def _is_display(block: Tree) -> bool:
    return block["t"] in ("Figure", "Table") or bool({SHORT, TALL_ROWS} & {*classes_of(block)})


def without_headlines(chapter: Chapter):
    """What takes away a caption that repeats the headline, which is drawn in the picture."""

    def change(kind: str, content: Any) -> Tree | None:
        if kind != "Figure" or not chapter.pictures[next(nodes(content[2], "Image"))["c"][2][0]].headline:
            return None
        return {"t": kind, "c": [content[0], [None, []], content[2]]}

    return change


def _prefixed(chapter: str):
    """What makes names and links the chapter's own; its title bears its name."""

    def named(attributes: list[Any]) -> list[Any]:
        return [f"{chapter}-{attributes[0]}" if attributes[0] else "", *attributes[1:]]

    def change(kind: str, content: Any) -> Tree | None:
        if kind == "Header":
            identity = [chapter, *content[1][1:]] if content[0] == 1 else named(content[1])
            return {"t": kind, "c": [content[0], identity, content[2]]}
        if kind in _NAMED:
            return {"t": kind, "c": [named(content[0]), *content[1:]]}
        if kind == "Image":
            return {"t": kind, "c": [*content[:2], [f"{chapter}-{content[2][0]}", ""]]}
        if kind == "Link" and content[2][0].startswith("#"):
            return {"t": kind, "c": [*content[:2], [f"#{chapter}-{content[2][0][1:]}", ""]]}
        return None

    return change


def _linked(names: set[str], notebooks: Mapping[str, str]):
    def change(kind: str, content: Any) -> Any:
        if kind != "Link":
            return None
        target = notebooks.get(content[2][0], content[2][0])
        if target.startswith(f"{ANNEX}:"):
            target = f"#{ANNEX}-{target.removeprefix(f'{ANNEX}:')}"
        if (target.startswith("#") and target[1:] not in names) or not _followed(target):
            return content[1]
        return {"t": "Link", "c": [*content[:2], [target, ""]]}

    return change


def _followed(target: str) -> bool:
    """Whether a reader of a file that was sent on can follow the link: a path of the author's machine leads nowhere."""
    return target.startswith(("#", "http://", "https://", "mailto:"))
