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
        bar = "█" * done + "·" * (width - done)
        say(f"{label} {bar} {number}/{total} {name[:80]}", err=True)

    return show


def say(text: object, *, err: bool = False) -> None:
    """Nothing; the text is printed, to standard error with ``err``, without what a terminal obeys: it may be a page's."""
    click.echo(printable(str(text)), err=err)
