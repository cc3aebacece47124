"""`kit keep --again`: what is due captured again, and what changed said with the evidence that it touches."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from kit.case import Case
from kit.cli.output import case_of, safe
from kit.errors import KitError, Problem, Problems
from kit.evidence.passages.capture_text import read_capture
from kit.evidence.passages.review import touched
from kit.sources.capture.keep import now
from kit.sources.capture.recapture import due, recapture
from kit.sources.capture.web.addresses import BadAddress, web_address
from kit.tables.schema import TABLES

if TYPE_CHECKING:
    from kit.sources.capture.capture import Capture


_WORDS = {column.name: column.words for column in TABLES["sources"].columns}
_READ = tuple(word for word in _WORDS["read"] if word != "relay")
_LONGEST_LIST = 5_000_000
_WEEK = 7


@dataclass
class _Wish:
    """What was asked for, in the words of the options."""

    case: Case
    targets: tuple[str, ...]
    url: str | None
    source: str | None
    listed: Path | None
    everything: bool
    again: bool
    older_than: float | None
    pasted: str | None
    excerpt: bool | None
    wacz: Path | None
    archive: bool
    yes: bool
    tier: str | None
    kind: str | None
    read: str | None
    fetching: dict[str, Any] = field(default_factory=dict)


@click.command()
@click.argument("targets", nargs=-1, metavar="URL|FILE|SOURCE-ID ...")
@click.option("--url", help="Where a file or a pasted text comes from.")
@click.option("--source", help="The id of the source; default: the one with that address, or a new one.")
@click.option(
    "-i", "listed", type=click.Path(path_type=Path), help="A file that lists what to keep, one a line."
)
@click.option("--all", "everything", is_flag=True, help="Every source with an address and no capture here.")
@click.option("--again", is_flag=True, help="Capture again what was fetched before, and say what changed.")
@click.option(
    "--older-than", type=click.FloatRange(0), metavar="DAYS",
    help=f"With --again: what was not tried for so long; default {_WEEK}, and 0 for what is named.",
)  # fmt: skip
@click.option("--pasted", metavar="FILE", help="A text copied from a screen; - reads it from standard input.")
@click.option("--excerpt/--whole", default=None, help="It is a part, or all, of the page.")
@click.option("--wacz", type=click.Path(path_type=Path), help="Pack the captures of the case into this file.")
@click.option(
    "--archive", is_flag=True, help="Ask the Internet Archive for a copy too, after saying what is sent."
)
@click.option("--yes", is_flag=True, help="With --archive: send it without asking.")
@click.option("--allow-private", is_flag=True, help="Fetch from inside a network too; it is recorded.")
@click.option("--ignore-robots", is_flag=True, help="Set robots.txt aside; it is recorded.")
@click.option(
    "--add", "tier", type=click.Choice(_WORDS["tier"]),
    help="Put the source into sources.csv: so near it stands to what happened.",
)  # fmt: skip
@click.option("--type", "kind", type=click.Choice(_WORDS["type"]), help="With --add: its type.")
@click.option("--read", type=click.Choice(_READ), help="With --add: how much of it somebody read.")
@click.pass_context
def keep(context: click.Context, allow_private: bool, ignore_robots: bool, **options: Any) -> None:
    """Keep a web page, a file, or the page of a source, for good: untouched, with its time and its hash."""
    wish = _Wish(
        case_of(context), fetching={"allow_private": allow_private, "ignore_robots": ignore_robots}, **options
    )
    _contradictions(wish)
    if wish.again:
        missed = keep_again(wish.case, wish.targets, _days(wish), wish.fetching)
    else:
        targets = [*wish.targets, *_listed(wish), *_outstanding(wish)]
        several = wish.everything or wish.listed is not None or len(targets) > 1
        if not targets and wish.pasted is None and wish.wacz is None and not several:
            raise KitError("kit keep", "nothing was named", "name a page, a file or a source, or use --all")
        if several:
            missed = _many(wish, targets)
        else:
            missed = (
                _one(wish, targets[0] if targets else "") if targets or wish.pasted is not None else False
            )
    if wish.wacz is not None:
        _pack(wish.case, wish.wacz)
    if missed:
        sys.exit(1)


def _contradictions(wish: _Wish) -> None:
    """Raise all that does not go together, at once."""
    several = wish.everything or wish.listed is not None or len(wish.targets) > 1
    named = bool(wish.targets) or several
    single = {"--url": wish.url, "--source": wish.source, "--excerpt or --whole": wish.excerpt}
    given = [name for name, value in single.items() if value is not None]
    problems = []
    if wish.pasted is not None and (named or wish.again):
        problems.append(Problem("--pasted", "goes with no page, file or --again", "keep it by itself"))
    if several and given:
        problems.append(Problem(" and ".join(given), "belong to a single page", "keep that one by itself"))
    if wish.again and (given or wish.everything or wish.listed or wish.archive or wish.tier):
        problems.append(
            Problem(
                "--again", "goes with names of pages, --older-than and --wacz only", "leave the others out"
            )
        )
    if wish.older_than is not None and not wish.again:
        problems.append(Problem("--older-than", "says nothing without --again", "add --again"))
    if (wish.kind or wish.read) and not wish.tier:
        problems.append(Problem("--type and --read", "say nothing without --add", "add --add and the tier"))
    if problems:
        raise Problems({"kit keep": problems})


def _days(wish: _Wish) -> float:
    return wish.older_than if wish.older_than is not None else 0 if wish.targets else _WEEK


def _listed(wish: _Wish) -> list[str]:
    if wish.listed is None:
        return []
    lines = [line.strip() for line in _text(wish.listed).splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _text(path: Path) -> str:
    """The text of a file, or of standard input for ``-``; what cannot be read raises `KitError`."""
    try:
        with click.open_file(str(path), "rb") as file:
            raw = file.read(_LONGEST_LIST + 1)
        if len(raw) > _LONGEST_LIST:
            raise KitError(path.name, f"is over {_LONGEST_LIST // 1_000_000} MB", "split it")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise KitError(path.name, f"cannot be read ({error.strerror})", "check the name") from error
    except UnicodeDecodeError as error:
        raise KitError(path.name, "is not UTF-8", "save it as UTF-8") from error


def _outstanding(wish: _Wish) -> list[str]:
    from kit.sources.capture.bulk import outstanding

    return outstanding(wish.case) if wish.everything else []


def _one(wish: _Wish, target: str) -> bool:
    """Keep one thing and tell of it; nothing that can be kept is missed, what cannot raises `KitError`."""
    from kit.cli.output import tell
    from kit.sources.adding import naming
    from kit.sources.capture import index
    from kit.sources.capture.keep import keep as keep_one

    before = set(index.read_index(wish.case.path)["id"])
    what, how = (target, None) if wish.pasted is None else (_text(Path(wish.pasted)), "pasted")
    capture = keep_one(
        wish.case, what, url=wish.url, source=wish.source, how=how, excerpt=wish.excerpt,
        identify=naming(wish.case), **wish.fetching,
    )  # fmt: skip
    tell(wish.case, capture, new=capture.id not in before, adding=bool(wish.tier))
    return not _beyond(wish, [capture])


def _many(wish: _Wish, targets: list[str]) -> bool:
    """Keep many things and tell of each; whether one was missed."""
    from kit.cli.output import tell_all
    from kit.sources.adding import naming
    from kit.sources.capture import index
    from kit.sources.capture.bulk import keep_many

    try:
        with bar("keeping") as told:
            table = keep_many(wish.case, targets, progress=told, identify=naming(wish.case), **wish.fetching)
    except KeyboardInterrupt:
        click.echo("\nstopped; what came is kept, and the same command goes on with the rest", err=True)
        sys.exit(130)
    known = index.read_index(wish.case.path)
    captures = {row["id"]: index.capture_of(wish.case.path, row) for _, row in known.iterrows()}
    tell_all(wish.case, table, captures)
    got = [captures[id] for id in table["capture"] if id]
    return not _beyond(wish, got) or bool(table["result"].eq("missed").any())


def _beyond(wish: _Wish, captures: list[Capture]) -> bool:
    """What was asked for beyond keeping, done for each capture; whether all of it could be."""
    from dataclasses import replace

    from kit.cli.output import tell_added
    from kit.sources.capture.keep import saved

    every = True
    for capture in captures:
        memento = ""
        try:
            if wish.archive:
                private = wish.fetching["allow_private"]
                memento = saved(wish.case, capture, say=_asking(wish.yes), allow_private=private).memento
                click.echo(f"public copy   {safe(memento)}")
            if wish.tier:
                whole = replace(capture, memento=memento)
                tell_added(wish.case, whole, wish.tier, wish.kind or "", wish.read or "")
        except KitError as error:
            if len(captures) == 1:
                raise
            click.echo(safe(str(error)), err=True)
            every = False
    return every


def _asking(yes: bool) -> Callable[[str], None]:
    """What tells of a sending before it is done, and stops it unless the answer is yes."""

    def say(words: str) -> None:
        click.echo(safe(words))
        if not yes and not click.confirm("Send it?"):
            raise KitError("--archive", "nothing was sent", "the page itself is kept")

    return say


def _pack(case: Case, out: Path) -> None:
    from kit.sources.capture import index
    from kit.sources.capture.wacz import pack

    if out.suffix.lower() != ".wacz" or not out.absolute().parent.is_dir():
        raise KitError(
            out.name, "is no place for a WACZ", "name a file ending in .wacz in a folder that exists"
        )
    known = index.refresh(case.path)
    captures = [index.capture_of(case.path, row) for _, row in known.iterrows()]
    here = [capture for capture in captures if capture.path.is_file()]
    pack(here, out, case.title)
    elsewhere = len(captures) - len(here)
    left = f"; {elsewhere} more are not on this machine" if elsewhere else ""
    click.echo(f"packed {len(here)} capture{'s' if len(here) != 1 else ''} into {safe(str(out))}{left}")


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """What tells how far a long run is, on standard error, so that what is printed can be piped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Names of pages come from outside: no column reads them as markup.
    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=None)

        def told(done: int, total: int, item: str) -> None:
            progress.update(task, completed=done, total=total, description=safe(item)[:60])

        yield told


def keep_again(case: Case, targets: tuple[str, ...], days: float, fetching: Mapping[str, Any]) -> bool:
    """Capture again the pages named, or all that are due, and print what changed; whether one was missed.

    Each is in the ledger before the next is asked for, so that nothing is lost when the run is stopped.
    """
    captures = _named(due(case, timedelta(days=days), now()), targets)
    evidence = case.table("evidence")
    touches = partial(touched, evidence=evidence)
    counts: Counter[str] = Counter()
    try:
        with bar("again") as told:
            for number in range(len(captures)):
                row = recapture(case, captures.iloc[[number]], read_capture, touches, **fetching).iloc[0]
                told(number + 1, len(captures), str(row["url"]))
                counts[row["change"] or "unchanged"] += 1
                _tell(row, evidence)
    except KeyboardInterrupt:
        click.echo("\nstopped; what came is kept, and the same command goes on with the rest", err=True)
        sys.exit(130)
    summary = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    click.echo(summary or f"nothing is due: every page was tried within {days:g} days, or was never fetched")
    return counts["missed"] > 0


def _named(captures: pd.DataFrame, targets: tuple[str, ...]) -> pd.DataFrame:
    if not targets:
        return captures
    wanted = pd.Series(False, index=captures.index)
    for target in targets:
        address = _address(target)
        found = (
            captures["source"].eq(target) | captures["url"].eq(address) | captures["final_url"].eq(address)
        )
        if not found.any():
            raise KitError(target, "was never fetched, or not long enough ago", "keep it first")
        wanted |= found
    return captures[wanted]


def _address(target: str) -> str:
    try:
        return web_address(target)
    except BadAddress:
        return target


def _tell(row: pd.Series, evidence: pd.DataFrame) -> None:
    if not row["change"]:
        return
    click.echo(f"{row['change']}: {row['source']} {safe(row['url'])}")
    if row["reason"]:
        click.echo(f"  {safe(row['reason'])}")
        return
    click.echo(f"  before {row['before']}\n  after  {row['after']}")
    for line in safe(row["diff"]).splitlines():
        click.echo(f"    {line}")
    for piece in evidence[evidence["id"].isin(row["touched"])].itertuples():
        words = f"{piece.start} … {piece.end}" if piece.end else piece.start
        click.echo(
            f"  touches {piece.record}, {piece.field or 'as a whole'}: “{safe(str(words))}” ({piece.id})"
        )
