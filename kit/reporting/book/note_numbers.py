"""The numbers of notes: given once, by the order in which the notes stand, and named where one note leads to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kit.text.pandoc import Tree, classes_of, nodes, note, para, rewrite, section_heading, span, string
from kit.text.translations.phrases import IN_ENGLISH, Phrases

#: The class of words that lead to an earlier note, that of the raised number of one, and that of a heading above a note
#: printed in full: the attribute ``note`` of each is the number that it names.
AGAIN, SAME, FULL_NOTE = "again", "same-note", "note-number"
#: The class of what holds the place of the note behind a mark; its attribute ``mark`` is the id that is marked.
_MARK = "mark"
COMMA: Tree = {"t": "Superscript", "c": [string(",")]}


def mark_block(identity: str) -> Tree:
    """A block of a note that stands for what there is to say of a fact or source, until the notes are numbered."""
    return para([span([], classes=[_MARK], mark=identity)])


def with_numbers(
    blocks: list[Tree],
    explain: Callable[[str], list[Tree]],
    say: Phrases = IN_ENGLISH,
    *,
    sparing: bool = False,
) -> tuple[list[Tree], dict[str, int]]:
    """The blocks with what each note says, and the number of the note that explains each id marked in them, in order.

    ``explain`` gives the blocks behind a mark. They stand in the first note with that mark; a later one leads back to
    its number, or, where the count is ``sparing`` and there is nothing else to say, is no note but that raised number;
    not in a heading, whose words stand elsewhere too.

    >>> from kit.text.pandoc import stringify
    >>> text = [para([note([mark_block("roe-2021")]), note([mark_block("roe-2021")])])]
    >>> made, numbers = with_numbers(text, lambda identity: [para("Roe, On Ports.")])
    >>> [stringify(block["c"]) for each in nodes(made, "Note") for block in each["c"]], numbers
    (['Roe, On Ports.', 'See note 1.'], {'roe-2021': 1})
    """
    numbers: dict[str, int] = {}
    count = 0
    headed = {id(each["c"]) for heading in nodes(blocks, "Header") for each in nodes(heading["c"], "Note")}

    def resolved(block: Tree) -> list[Tree]:
        if not (identity := _marked(block)):
            return [block]
        if identity in numbers:
            return [para([_see_note(numbers[identity], say)])]
        numbers[identity] = count
        return explain(identity)

    def change(kind: str, content: Any) -> list[Tree] | None:
        nonlocal count
        if kind != "Note":
            return None
        alone = sparing and len(content) == 1 and id(content) not in headed
        if alone and (number := numbers.get(_marked(content[0]))):
            return [_same_note(number)]
        count += 1
        return [note([new for block in content for new in resolved(block)])]

    return rewrite(blocks, change), numbers


def _marked(block: Tree) -> str:
    """The id that the block stands for; '' for any other block."""
    inner: Tree = block["c"][0] if block["t"] == "Para" and block["c"] else {"t": ""}
    return dict(inner["c"][0][2])["mark"] if _MARK in classes_of(inner) else ""


def _see_note(number: int, say: Phrases = IN_ENGLISH) -> Tree:
    return span(say("See note {number}.", number=number), classes=[AGAIN], note=str(number))


def _same_note(number: int) -> Tree:
    return span([{"t": "Superscript", "c": [string(str(number))]}], classes=[SAME], note=str(number))


def full_note_heading(number: int, identity: str, say: Phrases = IN_ENGLISH) -> Tree:
    """The heading above a note that is printed in full elsewhere than at the foot of its page."""
    return section_heading(3, say("Note {number}", number=number), identity, [FULL_NOTE], note=str(number))


def note_named(node: Tree) -> int:
    """The number of the note that the words or the heading name; 0 for any other node.

    >>> note_named(full_note_heading(3, "evidence-3")), note_named(string("3"))
    (3, 0)
    """
    if not {AGAIN, SAME, FULL_NOTE} & {*classes_of(node)}:
        return 0
    attributes = node["c"][1] if node["t"] == "Header" else node["c"][0]
    return int(dict(attributes[2])["note"])


def counted_through(chapters: Iterable[list[Tree]], say: Phrases = IN_ENGLISH) -> list[Tree]:
    """The blocks of the chapters in a row, their notes counted through; words that name a note name it as counted so.

    Word can begin anew with each chapter, but LibreOffice then shows 0 for every note, and others count on.
    """
    made: list[Tree] = []
    before = 0

    def shifted(kind: str, content: Any) -> Tree | None:
        number = note_named({"t": kind, "c": content})
        if number and kind == "Header":
            return full_note_heading(number + before, content[1][0], say)
        if number and SAME in content[0][1]:
            return _same_note(number + before)
        return _see_note(number + before, say) if number else None

    for blocks in chapters:
        made += rewrite(blocks, shifted)
        before += sum(1 for _ in nodes(blocks, "Note"))
    return made


def with_commas(tree: Any) -> Any:
    """The tree with a raised comma between the numbers of neighbouring notes, 3 and 4 being not 34.

    Headings stay as they are, since their words stand elsewhere too.

    >>> [node["t"] for node in with_commas([note([]), note([])])]
    ['Note', 'Superscript', 'Note']
    """
    if isinstance(tree, dict):
        if tree.get("t") == "Header":
            return tree
        return {
            name: with_commas(value) if isinstance(value, (list, dict)) else value
            for name, value in tree.items()
        }
    if not isinstance(tree, list):
        return tree
    made: list[Any] = []
    for node in tree:
        if _is_note(node) and made and _is_note(made[-1]):
            made.append(COMMA)
        made.append(with_commas(node))
    return made


def _is_note(node: Any) -> bool:
    return isinstance(node, dict) and (node.get("t") == "Note" or ("t" in node and SAME in classes_of(node)))
