"""What describes a table and its columns, whoever declares them: the kit, its ledgers, or a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, what it means, and what it may hold.

    ``kind`` is id, text, code, ref, date, number or url. ``words`` is a closed vocabulary; ``codebook`` names the
    variable of the codebook that holds it instead, and leaves it open where the codebook has no such variable;
    ``refers`` the tables a ref may point into; ``form`` a regular expression that a cell has to match. ``missing``:
    a word for a missing value may stand there. A column that is not ``required`` may be blank, and a file may do
    without it. ``own`` ones were declared by the case. One that is not ``public`` stays out of what is published.
    """

    name: str
    kind: str
    about: str
    required: bool = False
    many: bool = False
    words: tuple[str, ...] = ()
    codebook: str = ""
    refers: tuple[str, ...] = ()
    missing: bool = False
    form: str = ""
    own: bool = False
    public: bool = True


@dataclass(frozen=True)
class Table:
    """One CSV file: what a row is, its columns, and the columns that tell rows apart.

    A ``core`` one is always there; any other may be missing, and then has no rows. The rows of a ``fact`` table take
    evidence. One that is ``private`` stays with the desk and is never deposited. ``own`` ones were declared by the case.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    folder: str = "manual"
    core: bool = False
    fact: bool = False
    private: bool = False
    own: bool = False

    @property
    def names(self) -> list[str]:
        """The column names, in the order of the description."""
        return [column.name for column in self.columns]

    @property
    def path(self) -> str:
        """Where the file lies, seen from the case folder."""
        return f"data/{self.folder}/{self.name}.csv"

    def column(self, name: str) -> Column:
        """The column of that name; ``KeyError`` where the table has none."""
        return {column.name: column for column in self.columns}[name]
