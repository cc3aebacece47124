"""Comments of Word and of Excel, with the threads that newer versions keep beside them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable

from kit.factcheck.model.returned import Comment, squeezed
from kit.factcheck.readers.paragraphs import W, WordStyles, read_paragraphs
from kit.tables.spreadsheet.parts import relations, xml_part

_RESOLVED = "thread resolved; the file does not say by whom"
#: What Excel 365 puts beside a thread for programs that know none.
_FOR_OLD = re.compile(r"^\[[^\]]{1,40}\]\s.*?https?://\S+\s*(?:\w+:\s*)?", re.DOTALL)


def word_comments(parts: zipfile.ZipFile, place: str) -> dict[str, Comment]:
    """The comments of a .docx by their numbers, whole."""
    root = xml_part(parts, "word/comments.xml", place)
    if root is None:
        return {}
    resolved, replies = _threads(parts, place)
    found = {}
    for node in root.iter(f"{W}comment"):
        paragraphs = list(read_paragraphs(node, WordStyles({}, frozenset())))
        words = squeezed(" ".join(p.text for p in paragraphs))
        if gone := squeezed(" ".join(p.gone for p in paragraphs)):
            words = f"{words} (struck out: {gone})".strip()
        ids = {value for p in paragraphs for key, value in p.node.attrib.items() if key.endswith("}paraId")}
        thread = [_RESOLVED] if ids & resolved else []
        thread += ["a reply"] if ids & replies else []
        day = iso_day(node.get(f"{W}date", ""))
        author = squeezed(node.get(f"{W}author", ""))
        found[node.get(f"{W}id", "")] = Comment(words, author, day, "; ".join(reversed(thread)))
    return found


def _threads(parts: zipfile.ZipFile, place: str) -> tuple[set[str], set[str]]:
    """The paragraphs of comments whose thread is resolved, and of those that answer another."""
    root = xml_part(parts, "word/commentsExtended.xml", place)
    entries = list(root.iter("{*}commentEx")) if root is not None else []
    parent, done = {}, set()
    for entry in entries:
        told = {key.rpartition("}")[2]: value for key, value in entry.attrib.items()}
        identity = told.get("paraId", "")
        parent[identity] = told.get("paraIdParent", "")
        if told.get("done") in ("1", "true"):
            done.add(identity)
    resolved = {each for each, above in parent.items() if each in done or above in done}
    return resolved, {each for each, above in parent.items() if above}


def sheet_comments(parts: zipfile.ZipFile, sheet: str, place: str) -> list[tuple[str, Comment]]:
    """The comments of a sheet, each with its cell: threads as Excel 365 keeps them, and notes of the older kind."""
    bound = relations(parts, sheet, place)
    threads: list[tuple[str, Comment]] = []
    for target in _targets(bound, "threadedComment"):
        threads += _threaded(parts, target, place)
    threaded = {cell for cell, _ in threads}
    notes = []
    for target in _targets(bound, "comments"):
        root = xml_part(parts, target, place)
        if root is None:
            continue
        authors = [squeezed(node.text or "") for node in root.iter("{*}author")]
        for node in root.iter("{*}comment"):
            words = squeezed("".join(text.text or "" for text in node.iter("{*}t")))
            number = node.get("authorId", "")
            author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            cell = node.get("ref", "")
            if author.startswith("tc="):
                if cell in threaded:
                    continue
                words, author = _FOR_OLD.sub("", words), ""
            notes.append((cell, Comment(words, author)))
    return [*threads, *notes]


def _targets(bound: Iterable, kind: str) -> list[str]:
    return [each.target for each in bound if each.kind == kind and not each.external]


def _threaded(parts: zipfile.ZipFile, target: str, place: str) -> list[tuple[str, Comment]]:
    root = xml_part(parts, target, place)
    people: dict[str, str] = {}
    for name in parts.namelist():
        if re.fullmatch(r"xl/persons/\w+\.xml", name) and (known := xml_part(parts, name, place)) is not None:
            people |= {each.get("id", ""): each.get("displayName", "") for each in known.iter("{*}person")}
    nodes = list(root.iter("{*}threadedComment")) if root is not None else []
    done = {node.get("id") for node in nodes if node.get("done") in ("1", "true")}
    found = []
    for node in nodes:
        words = squeezed(" ".join("".join(text.itertext()) for text in node.iter("{*}text")))
        above = node.get("parentId", "")
        thread = ["a reply"] if above else []
        thread += [_RESOLVED] if done & {above, node.get("id")} else []
        day, author = iso_day(node.get("dT", "")), squeezed(people.get(node.get("personId", ""), ""))
        found.append((node.get("ref", ""), Comment(words, author, day, "; ".join(thread))))
    return found


def iso_day(time: str) -> str:
    """The day of a time as XML writes it; blank where there is none, and programs do write 0-00-00.

    >>> iso_day("2026-12-01T10:00:00Z"), iso_day("0-00-00")
    ('2026-12-01', '')
    """
    return match[0] if (match := re.match(r"[1-9]\d{3}-\d{2}-\d{2}", time)) else ""
