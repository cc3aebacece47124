"""The widths of a table's columns on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kit.reporting.book.tables import plain_cell
from kit.text.pandoc import Tree

#: Letters that fit into a line of a table on A4, and what the space between two columns takes of them.
_LINE, _GAP = 124, 2
#: The widest that a column must be for its longest word, which has some letters wider than others.
_WORD, _WIDER = 18, 2
#: The most columns that stand side by side.
_MOST = 12


def table_lines(table: Tree) -> int:
    """How many lines the table takes on the page, roughly."""
    return sum(_lines(table))


def _lines(table: Tree) -> list[int]:
    cells = _cells(table["c"])
    if not cells:
        # Cells that reach over several rows hold them together.
        return [sum(len(body[3]) for body in table["c"][4])]
    widths = [max(1, int(width.get("c", 1) * _LINE) - _GAP) for _, width in table["c"][2]]
    rows = [list(zip(row, widths, strict=True)) for row in zip(*cells, strict=True)]
    return [max(1, *(-(-len(text) // width) for text, width in row)) for row in rows]


def parted(table: Tree) -> list[Tree]:
    """The table, or, where it has too many columns for the page, tables of some of them each, the first column in all.

    >>> from kit.text.pandoc import simple_table
    >>> wide = simple_table(["port"] + ["ships"] * 30, [["North"] + ["41"] * 30])
    >>> [len(part["c"][2]) for part in parted(wide)]
    [12, 12, 9]
    """
    cells = _cells(table["c"])
    if len(cells) <= _MOST:
        return [table]
    need = [max(3, min(_longest_word(texts) + _WIDER, _WORD)) + _GAP for texts in cells]
    groups: list[list[int]] = [[]]
    for number in range(1, len(cells)):
        room = _LINE - need[0] - sum(need[n] for n in groups[-1])
        if groups[-1] and (need[number] > room or len(groups[-1]) == _MOST - 1):
            groups.append([])
        groups[-1].append(number)
    return [_columns_of(table["c"], [0, *of], first=of is groups[0]) for of in groups]


def _columns_of(content: list[Any], picked: list[int], *, first: bool) -> Tree:
    def chosen(rows: list[Any]) -> list[Any]:
        return [[row[0], [row[1][n] for n in picked]] for row in rows]

    attributes, caption, specs, head, bodies, foot = content
    caption = caption if first else [None, []]
    return {
        "t": "Table",
        "c": [
            attributes,
            caption,
            [specs[n] for n in picked],
            [head[0], chosen(head[1])],
            [[body[0], body[1], chosen(body[2]), chosen(body[3])] for body in bodies],
            [foot[0], chosen(foot[1])],
        ],
    }


def _longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def with_widths(table: Tree) -> Tree:
    """The table with a share of the line for each column where it would run off the page; else as it is.

    Each column first gets its longest word, as far as the line goes; what is left goes, letter by letter, to the
    column whose tallest cell takes the most lines.
    """
    return _spread(table, _shares)


def with_narrow_widths(table: Tree) -> Tree:
    """The table with the share of the line that each column's longest text takes, where it has no widths yet.

    Word and LibreOffice stretch a narrow table over the page otherwise.
    """
    return _spread(
        table, lambda cells: [round(1.1 * (max(map(len, of)) + 2 * _GAP) / _LINE, 2) for of in cells]
    )


def tallest_row(table: Tree) -> int:
    """How many lines the tallest row takes on the page, roughly."""
    return max(_lines(table), default=1)


def _spread(table: Tree, shared: Callable[[list[list[str]]], list[float] | None]) -> Tree:
    content = table["c"]
    cells = _cells(content)
    if not cells or any(width["t"] == "ColWidth" for _, width in content[2]):
        return table
    if (shares := shared(cells)) is None:
        return table
    specs = [
        [align, {"t": "ColWidth", "c": share}] for (align, _), share in zip(content[2], shares, strict=True)
    ]
    return {"t": "Table", "c": [*content[:2], specs, *content[3:]]}


def _cells(content: list[Any]) -> list[list[str]]:
    """The texts of each column, its header's among them; none where a cell reaches over several columns."""
    heads = [row[1] for row in content[3][1]]
    rows = [*heads, *(row[1] for body in content[4] for row in body[3])]
    if any(len(row) != len(content[2]) for row in rows):
        return []
    return [[plain_cell(row[number]) for row in rows] for number in range(len(content[2]))]


def _shares(columns: list[list[str]]) -> list[float] | None:
    """
    >>> _shares([["id"], ["word " * 40]])
    [0.048, 0.951]
    """
    room = _LINE - _GAP * len(columns)
    longest = [max(map(len, texts)) for texts in columns]
    if sum(longest) <= room:
        return None
    widths = [max(3, min(_longest_word(texts) + _WIDER, _WORD)) for texts in columns]
    while sum(widths) < room:
        lines = [-(-length // width) for length, width in zip(longest, widths, strict=True)]
        tallest = max(range(len(widths)), key=lambda n: (lines[n], longest[n]))
        widths[tallest] += 1
    total = sum(widths) + _GAP * len(widths)
    # Rounded down: the sum must not be wider than the line.
    return [int(1000 * (width + _GAP) / total) / 1000 for width in widths]
