"""What the commands share: the case they work on, how far a long run is, and text that no terminal obeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kit.text.printable import printable

if TYPE_CHECKING:
    from kit.case import Case

_WIDTH = 20  # characters of a bar


def case_of(context: click.Context) -> Case:
    """The case named by ``--case``, or the one around the working folder."""
    from kit.case import open_case  # pandas comes with it, and `kit --help` should not wait for that

    return open_case(context.obj)


def progress(label: str) -> Callable[[str, int, int], None]:
    """What says how far a run is: a bar that grows, one line each on standard error, so that a log keeps it too.

    >>> progress("running")("01-the-dispute", 2, 5)  # running ██··· 2/5 01-the-dispute
    """

    def show(name: str, number: int, total: int) -> None:
        width = min(total, _WIDTH)
        done = width * number // max(total, 1)
        click.echo(f"{label} {'█' * done}{'·' * (width - done)} {number}/{total} {safe(name)[:80]}", err=True)

    return show


def safe(text: str) -> str:
    """The text without what a terminal obeys: escape sequences, and marks that turn the direction of writing."""
    return printable(text)
