"""What `kit keep` says of what it kept, in lines from which everything a terminal would obey is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click
import pandas as pd

from kit.case import Case
from kit.sources.adding import add_source, already, read_or_blank
from kit.sources.capture.capture import Capture
from kit.sources.extract.page import page_lines


def case_of(context: click.Context) -> Case:
    """The case named by ``--case``, or the one around the working folder."""
    from kit.case import open_case  # pandas comes with it, and `kit --help` should not wait for that

    return open_case(context.obj)


def progress(label: str) -> Callable[[int, int, str], None]:
    """What tells how far a run is: a bar that grows, one line each, so that a log keeps it too.

    >>> progress("running")(2, 5, "01-the-story")  # on standard error: running ██··· 2/5 01-the-story
    """

    def show(number: int, total: int, name: str) -> None:
        bar = "█" * number + "·" * (total - number)
        click.echo(f"{label} {bar} {number}/{total} {name}", err=True)

    return show


def safe(text: str) -> str:
    """The text without what a terminal obeys: escape sequences, and marks that turn the direction of writing.

    Line ends stay; other spaces become plain ones.

    >>> safe("a\\x1b]0;owned\\x07\\u202e b\\nc")
    'a]0;owned b\\nc'
    """
    return "".join(
        c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in text.replace("\r\n", "\n")
    )


_RESULTS = {"kept": "got", "already": "had", "missed": "missed"}


def tell(case: Case, capture: Capture, *, new: bool, adding: bool) -> None:
    """Print where a capture is, what was read of it and how, and whether its source is in the table."""
    click.echo(f"{'kept' if new else 'kept before':<16} {capture.id}")
    click.echo(f"{'in':<16} {capture.path.relative_to(case.path).as_posix()}")
    click.echo(f"{'from':<16} {safe(capture.final_url or capture.url) or 'no address given'}")
    if capture.note:
        click.echo(f"{'note':<16} {safe(capture.note)}")
    page = read_or_blank(capture)
    for line in page_lines(page):
        click.echo(safe(line))
    if same := already(case, capture, page):
        click.echo(f"{'source':<16} {same[0]}, in data/manual/sources.csv already (told by its {same[1]})")
    elif not adding:
        click.echo(f"{'source':<16} {capture.source}, not in data/manual/sources.csv; to put it there: --add")


def tell_added(case: Case, capture: Capture, tier: str, kind: str, read: str) -> None:
    """Put the source of a capture into the table, and print the row, or which source it is already."""
    added, duplicates = add_source(case, capture, tier, kind=kind, read=read)
    for row in added.itertuples():
        click.echo(f"{'added':<16} {row.id}: {row.type}, {row.tier}, read: {row.read}")
    for row in duplicates.itertuples():
        click.echo(f"{'not added':<16} {row.id}: {row.same_as} is there already (told by its {row.by})")


def tell_all(case: Case, table: pd.DataFrame, captures: Mapping[str, Capture]) -> None:
    """Print the closing table of a run over many: what was got, what was there, what was missed and why."""
    counts = table["result"].value_counts()
    click.echo(", ".join(f"{counts.get(name, 0)} {word}" for name, word in _RESULTS.items()))
    for row in table.itertuples():
        told = row.reason if row.result == "missed" else row.capture
        click.echo(f"{_RESULTS[str(row.result)]:<7} {safe(str(row.item))}\n{'':<7} {safe(str(told))}")
        if row.result == "kept":
            for warn in read_or_blank(captures[str(row.capture)]).warnings:
                click.echo(f"{'':<7} warning: {safe(warn.says)}")
