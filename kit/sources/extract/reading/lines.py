"""The text of a page as it is put together: words, and what parts them."""

from __future__ import annotations

from dataclasses import dataclass

#: What parts blocks, and the cells of a row, in the text of a page.
BLOCK_END, CELL_END = "\n\n", " \t"


@dataclass
class _Row:
    """A row begun: the pieces of the text that part its cells, and whether one of them holds several blocks."""

    cells: list[int]
    begun: bool = False
    layout: bool = False


class Lines:
    """Text as it is put together: what parts two words is known only when the second comes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self._gap = dict.fromkeys(("space", "line", "cell", "block", "row"), 0)
        self._rows: list[_Row] = []

    def part(self, *kinds: str) -> None:
        """Nothing; the next word stands behind what ``kinds`` name: a space, a line's or a block's end, a cell's, a row's."""
        for kind in kinds:
            self._gap[kind] += 1

    def open_row(self) -> None:
        """Nothing; the words that follow stand in a row, until it is closed."""
        self.part("row")
        self._rows.append(_Row([]))

    def close_row(self) -> None:
        """Nothing; the row ends. A row of cells that hold several blocks each is no row of a table, but of the page's layout."""
        self.part("row")
        if self._rows and (row := self._rows.pop()).layout:
            for at in row.cells:
                self.parts[at] = BLOCK_END

    def write(self, raw: str) -> int:
        """Where the words of ``raw`` begin in the text, to which they are added."""
        words = raw.split()
        if not words:
            self._gap["space"] += bool(raw)
            return self.size
        if raw[0].isspace():
            self._gap["space"] += 1
        text = " ".join(words)
        if lead := self._lead():
            self.parts.append(lead)
            self.size += len(lead)
        self.parts.append(text)
        self.size += len(text)
        if raw[-1].isspace():
            self._gap["space"] += 1
        return self.size - len(text)

    def _lead(self) -> str:
        gap, self._gap = self._gap, dict.fromkeys(self._gap, 0)
        row = self._rows[-1] if self._rows else _Row([])
        first, row.begun = not row.begun, True
        if not self.size:
            return ""
        if gap["row"] or (gap["block"] and not gap["cell"]) or gap["line"] > 1:
            for outer in self._rows[: len(self._rows) - first]:
                outer.layout = True
            return BLOCK_END
        if gap["cell"]:
            row.cells.append(len(self.parts))
            return CELL_END
        return "\n" if gap["line"] else " " if gap["space"] else ""

    def text(self) -> str:
        """All that was written, with what parts it."""
        return "".join(self.parts)
