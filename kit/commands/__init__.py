"""The verbs of the shell, a module each family. They parse words, call the floors below and print what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kit.case import Case


def case_of(context: click.Context) -> Case:
    """The case named by ``--case``, or the one around the working folder."""
    from kit.case import open_case  # pandas comes with it, and `kit --help` should not wait for that

    return open_case(context.obj)


def progress(label: str) -> Callable[[str, int, int], None]:
    """What tells how far a run is: a bar that grows, one line each, so that a log keeps it too.

    >>> progress("running")("01-the-dispute", 2, 5)  # on standard error: running ██··· 2/5 01-the-dispute
    """

    def told(name: str, number: int, total: int) -> None:
        bar = "█" * number + "·" * (total - number)
        click.echo(f"{label} {bar} {number}/{total} {name}", err=True)

    return told
