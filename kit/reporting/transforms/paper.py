"""A book on paper: its chapters one after another, with what a reader would have to unfold left out."""

from __future__ import annotations

from typing import Any

from kit.reporting.document.document import Book, Chapter, once
from kit.reporting.document.figures import Picture
from kit.reporting.document.formats import as_of, in_words
from kit.reporting.transforms.bidi import with_directions
from kit.reporting.transforms.column_widths import lines_of, tallest_row, with_widths
from kit.reporting.transforms.long_notes import with_long_notes
from kit.reporting.transforms.note_numbers import parted
from kit.reporting.transforms.prune import renumbered
from kit.text.pandoc import Tree, div, rewrite

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
_SHORT_LINES, _ROW_LINES = 12, 25


@once
def printed(book: Book) -> list[tuple[Chapter, list[Tree]]]:
    """Each chapter with its blocks as paper takes them.

    Code and folded cells are left out. A cell's output stands as a Figure, as tables or as text; a note too long for
    the foot of a page is printed in full at the end of its chapter; every name and every link within the book begins
    with the chapter's name, and a link that leads nowhere becomes its text.
    """
    chapters = [
        (chapter, _prefixed(with_long_notes(flat(renumbered(chapter, book.notes))), chapter))
        for chapter in book.chapters
    ]
    names = {name for chapter, blocks in chapters for name in [chapter.name, *_names(blocks)]}
    notebooks = {f"{chapter.name}.ipynb": f"#{chapter.name}" for chapter in book.chapters}
    linked = _linked(names, notebooks)
    return [(chapter, with_directions(rewrite(parted(blocks), linked))) for chapter, blocks in chapters]


def printed_pictures(book: Book) -> dict[str, Picture]:
    """The pictures of the book under the keys that its printed blocks use."""
    return {
        f"{chapter.name}-{key}": picture
        for chapter in book.chapters
        for key, picture in chapter.pictures.items()
    }


def title_lines(book: Book) -> list[str]:
    """What stands below the title: which edition it is, what day it stands for, and where the code is."""
    day = as_of(book.case)
    return [
        EDITION_LINES[book.edition],
        *([f"As of {in_words(day)}"] if day else []),
        "Each number and each chart is computed by a cell of the notebooks, which hold the code.",
    ]


def flat(blocks: list[Tree], *, wide: bool = False) -> list[Tree]:
    """The blocks without code, folded cells and the Divs around outputs; ``wide``: tables as they are, on no page."""
    shown_here: list[Tree] = []
    for block in blocks:
        classes = block["c"][0][1] if block["t"] == "Div" else []
        if "folded" in classes:
            continue
        if "cell" in classes or "output" in classes:
            shown = flat(block["c"][1], wide=wide)
            if shown_here and shown_here[-1]["t"] == "Para" and shown and _is_display(shown[0]):
                shown_here[-1] = div("", [LEAD], [shown_here[-1]])
            shown_here += shown
        elif block["t"] == "Table" and not wide:
            shown_here.append(_kept_whole(with_widths(block)))
        else:
            shown_here.append(block)
    return shown_here


def _kept_whole(table: Tree) -> Tree:
    """The table in what says how it breaks: not at all, between its rows, or within them."""
    if lines_of(table) <= _SHORT_LINES:
        return div("", [SHORT], [table])
    return div("", [TALL_ROWS], [table]) if tallest_row(table) > _ROW_LINES else table


def _is_display(block: Tree) -> bool:
    return block["t"] in ("Figure", "Table") or (
        block["t"] == "Div" and bool({SHORT, TALL_ROWS} & {*block["c"][0][1]})
    )


def _prefixed(blocks: list[Tree], chapter: Chapter) -> list[Tree]:
    """The blocks with names and links that are the chapter's own; its title bears its name."""

    def named(attributes: list[Any]) -> list[Any]:
        identity, classes, pairs = attributes
        return [f"{chapter.name}-{identity}" if identity else "", classes, pairs]

    def change(kind: str, content: Any) -> Any:
        if kind == "Header":
            identity = [chapter.name, *content[1][1:]] if content[0] == 1 else named(content[1])
            return {"t": kind, "c": [content[0], identity, content[2]]}
        if kind in ("Div", "Span", "Figure"):
            return {"t": kind, "c": [named(content[0]), *content[1:]]}
        if kind == "Image":
            target = [f"{chapter.name}-{content[2][0]}", ""]
            return {"t": kind, "c": [content[0], content[1], target]}
        if kind == "Link" and content[2][0].startswith("#"):
            target = [f"#{chapter.name}-{content[2][0][1:]}", ""]
            return {"t": kind, "c": [content[0], content[1], target]}
        return None

    return rewrite(blocks, change)


def _names(blocks: list[Tree]) -> list[str]:
    found: list[str] = []

    def take(kind: str, content: Any) -> None:
        if kind == "Header":
            found.append(content[1][0])
        elif kind in ("Div", "Span", "Figure"):
            found.append(content[0][0])

    rewrite(blocks, take)
    return found


def _linked(names: set[str], notebooks: dict[str, str]):
    def change(kind: str, content: Any) -> Any:
        if kind != "Link":
            return None
        target = notebooks.get(content[2][0], content[2][0])
        if (target.startswith("#") and target[1:] not in names) or not _followed(target):
            return content[1]
        return {"t": "Link", "c": [content[0], content[1], [target, ""]]}

    return change


def _followed(target: str) -> bool:
    """Whether a reader of a file that was sent on can follow the link: a path of the author's machine leads nowhere."""
    return target.startswith(("#", "http://", "https://", "mailto:"))
