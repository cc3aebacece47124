"""The book as Markdown for a publishing system: a text a notebook, its notes in it and its pictures beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.files import write_whole
from kit.reporting.book.book import Book
from kit.reporting.book.chapter import Chapter
from kit.reporting.book.editions import built_for, collected_until
from kit.reporting.book.note_numbers import with_numbers
from kit.reporting.transforms.paper import flat, without_headlines
from kit.reporting.transforms.pictures import rasterize
from kit.text.pandoc import BLANK, document_json, emph, hyperlink, nodes, para, rewrite, run_pandoc, stringify
from kit.text.translations.phrases import Phrases

MARKDOWN = "markdown"


def write(book: Book, folder: Path) -> list[Path]:
    """The files written to ``markdown/`` in ``folder``: ``NAME.md`` and ``NAME/figure-N.png`` for each chapter."""
    made = {folder / MARKDOWN / name: content for name, content in markdown_files(book).items()}
    for path, content in made.items():
        write_whole(path, content)
    return list(made)


def markdown_files(book: Book) -> dict[str, bytes]:
    """Each file by its path within the folder, as GitHub and most publishing systems read it; no path leads out of it."""
    made: dict[str, bytes] = {}
    drawn = rasterize(book)
    for chapter in book.chapters:
        names = {
            key: f"{chapter.name}/{key}.{'jpg' if picture.kind == 'jpg' else 'png'}"
            for key, picture in chapter.pictures.items()
        }
        made[f"{chapter.name}.md"] = _text(book, chapter, names).encode()
        made |= {name: drawn[f"{chapter.name}-{key}"] for key, name in names.items()}
    return made


def _text(book: Book, chapter: Chapter, names: Mapping[str, str]) -> str:
    last = collected_until(book.case)
    facts = {
        "title": chapter.title,
        "case": book.case.title,
        "edition": book.edition,
        "built_for": f"{built_for():%Y-%m-%d}",
        **({"collected_until": f"{last:%Y-%m-%d}"} if last else {}),
    }
    # A JSON string is a YAML string too, whatever the title holds.
    front = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    notebooks = {f"{other.name}.ipynb": f"{other.name}.md" for other in book.chapters}
    shown = rewrite(flat(chapter.blocks, wide=True), without_headlines(chapter))
    blocks, _ = with_numbers(shown, book.notes.note, book.notes.say)
    tree = document_json(rewrite(blocks, _in_markdown(names, notebooks, book.notes.say)))
    body = run_pandoc(tree, "json", "gfm-raw_html")
    return f"---\n{front}\n---\n\n{body}\n"


def _in_markdown(names: Mapping[str, str], notebooks: Mapping[str, str], say: Phrases):
    number = 0

    def change(kind: str, content: Any) -> Any:
        nonlocal number
        if kind == "Figure":
            number += 1
            caption = " ".join(stringify(block["c"]) for block in content[1][1])
            shown = [para([next(nodes(content[2], "Image"))])]
            return [*shown, para([emph(f"{say('Figure')} {number}. {caption}")])] if caption else shown
        if kind == "Image":
            return {"t": kind, "c": [*content[:2], [names[content[2][0]], ""]]}
        if kind == "Link":
            target = notebooks.get(content[2][0], content[2][0])
            kept = target in notebooks.values() or target.startswith(("http://", "https://", "mailto:"))
            return hyperlink(content[1], target) if kept else content[1]
        if kind == "Span":
            return content[1]
        if kind == "Table":
            # A cell is one line there.
            return {"t": kind, "c": rewrite(content, lambda of, _: [BLANK] if of == "LineBreak" else None)}
        return None

    return change
