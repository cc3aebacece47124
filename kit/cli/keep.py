"""`kit keep`: pages, files and texts kept for good, one or many, for the first time or again."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.cli.output import case_of, progress, say
from kit.errors import BadTable, KitError, Problem, Problems
from kit.tables.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case

_TIERS = next(column.words for column in TABLES["sources"].columns if column.name == "tier")
_READ = tuple(word for column in TABLES["sources"].columns if column.name == "read" for word in column.words)
_LONGEST_LIST = 5_000_000
_STOPPED = "\nstopped; what came is kept, and the same command goes on with the rest"


@click.command()
@click.argument("what", nargs=-1, metavar="URL|FILE|SOURCE-ID|- ...")
@click.option("-i", "listed", metavar="FILE", help="A file that lists what to keep, one a line.")
@click.option("--all", "everything", is_flag=True, help="Every source with an address and no capture here.")
@click.option("--again", is_flag=True, help="Capture again what was fetched before, and say what changed.")
@click.option("--older-than", type=click.FloatRange(0), metavar="DAYS",
              help="With --again: what was not tried for so long; default 7, and 0 for what is named.")  # fmt: skip
@click.option("--url", help="Where a file or a pasted text comes from.")
@click.option("--source", help="The id of the source; default: the one with that address, or a new one.")
@click.option("--excerpt/--whole", default=None, help="It is a part, or all, of the page.")
@click.option("--add", "tier", type=click.Choice(_TIERS),
              help="Put the source into sources.csv: so near it stands to what happened.")  # fmt: skip
@click.option(
    "--set", "cells", multiple=True, metavar="COLUMN=VALUE", help="With --add: what another column says."
)
@click.option("--read", "read", type=click.Choice(_READ), help="With --add: how much of it somebody read.")
@click.option("--allow-private", is_flag=True, help="Fetch from inside a network too; it is recorded.")
@click.option("--ignore-robots", is_flag=True, help="Set robots.txt aside; it is recorded.")
@click.pass_context
def keep(context: click.Context, what: tuple[str, ...], **options: Any) -> None:
    """Keep a web page, a file, the page of a source, or - for the text on standard input: for good, untouched."""
    case = case_of(context)
    fetching = {name: options.pop(name) for name in ("allow_private", "ignore_robots")}
    if read := options.pop("read"):
        options["cells"] = (*options["cells"], f"read={read}")
    several = options["everything"] or options["listed"] is not None or len(what) > 1
    _contradictions(what, several, options)
    try:
        if options["again"]:
            missed = _again(case, what, options["older_than"], fetching)
        elif several:
            missed = _many(case, _items(case, what, options), options["tier"], _cells(options), fetching)
        else:
            missed = _one(case, what[0], options, fetching)
    except KeyboardInterrupt:
        if not (several or options["again"]):
            raise
        say(_STOPPED, err=True)
        sys.exit(130)
    if missed:
        sys.exit(1)


def _contradictions(what: tuple[str, ...], several: bool, options: dict[str, Any]) -> None:
    """Raise all that does not go together, at once."""
    one = {"--url": options["url"], "--source": options["source"], "--excerpt or --whole": options["excerpt"]}
    given = [name for name, value in one.items() if value is not None]
    problems = []
    if several and "-" in what:
        problems.append(Problem("-", "is one text", "keep it by itself"))
    if several and given:
        problems.append(Problem(" and ".join(given), "belong to a single page", "keep that one by itself"))
    if options["again"] and (
        given or options["everything"] or options["listed"] or options["tier"] or "-" in what
    ):
        problems.append(
            Problem("--again", "goes with names of pages and --older-than only", "leave the others out")
        )
    if options["older_than"] is not None and not options["again"]:
        problems.append(Problem("--older-than", "says nothing without --again", "add --again"))
    if options["cells"] and not options["tier"]:
        problems.append(Problem("--set and --read", "say nothing without --add", "add --add and the tier"))
    problems += [
        Problem("--set", f"{cell!r} names no column", "write COLUMN=VALUE")
        for cell in options["cells"]
        if "=" not in cell
    ]
    if not (what or several or options["again"]):
        problems.append(Problem("", "nothing was named", "name a page, a file or a source, or use --all"))
    if problems:
        raise Problems({"kit keep": problems})


def _cells(options: dict[str, Any]) -> dict[str, str]:
    return {name.strip(): value for name, _, value in (cell.partition("=") for cell in options["cells"])}


def _items(case: Case, what: tuple[str, ...], options: dict[str, Any]) -> list[str]:
    from kit.sources.bulk import outstanding

    lines = _text(options["listed"]).splitlines() if options["listed"] else []
    listed = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return [*what, *listed, *(outstanding(case) if options["everything"] else ())]


def _text(name: str) -> str:
    """The text of a file, or of standard input for ``-``; what cannot be read raises `KitError`."""
    shown = Path(name).name
    try:
        with click.open_file(name, "rb") as file:
            raw = file.read(_LONGEST_LIST + 1)
        if len(raw) > _LONGEST_LIST:
            raise KitError(shown, f"is over {_LONGEST_LIST // 1_000_000} MB", "split it")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise KitError(shown, f"cannot be read ({error.strerror})", "check the name") from error
    except UnicodeDecodeError as error:
        raise KitError(shown, "is not UTF-8", "save it as UTF-8") from error


def _one(case: Case, what: str, options: dict[str, Any], fetching: dict[str, Any]) -> bool:
    """Keep one thing and print what it is; nothing that can be kept is missed, what cannot raises `KitError`."""
    from kit.sources.adding import add_sources, checked_cells, in_table, source_row
    from kit.sources.extract.reading.page import page_lines
    from kit.sources.keep import keep_source

    cells = checked_cells(case, _cells(options))
    text, how = (_text("-"), "pasted") if what == "-" else (what, None)
    kept = keep_source(
        case,
        text,
        how=how,
        url=options["url"],
        source=options["source"],
        excerpt=options["excerpt"],
        **fetching,
    )
    capture = kept.capture
    facts = {
        "kept" if kept.new else "kept before": capture.id,
        "in": capture.path.relative_to(case.path).as_posix(),
        "from": capture.final_url or capture.url or capture.file_name() or "no address given",
        "note": capture.note,
    }
    for name, value in facts.items():
        if value:
            say(f"{name:<16} {value}")
    for line in page_lines(kept.page):
        say(line)
    if options["tier"]:
        row = source_row(kept.page, capture, options["tier"], cells)
        done = add_sources(case, [row], own=options["source"] is not None)
        _print_added(done.added, done.there)
        for told in done.told.itertuples():
            say(f"{'look at':<16} {told.id} {told.says}")
        return False
    try:
        same = in_table(case, source_row(kept.page, capture))
    except BadTable:
        say(
            f"{'source':<16} {capture.source}; whether data/manual has it nobody knows, since it does not load: kit check"
        )
        return False
    if same:
        say(f"{'source':<16} {same[0]}, in data/manual/sources.csv already (by its {same[1]})")
    else:
        say(f"{'source':<16} {capture.source}, not in data/manual/sources.csv; to put it there: --add")
    return False


def _many(
    case: Case, items: list[str], tier: str | None, cells: dict[str, str], fetching: dict[str, Any]
) -> bool:
    """Keep many things and print what became of each; whether one was missed, or did not get into the table."""
    from kit.sources.bulk import keep_all

    table = keep_all(case, items, tier=tier or "", cells=cells, progress=progress("keeping"), **fetching)
    words = {"kept": "got", "already": "had", "missed": "missed"}
    counts = Counter(table["result"])
    say(", ".join(f"{counts[name]} {word}" for name, word in words.items()))
    for row in table.itertuples():
        say(f"{words[str(row.result)]:<7} {row.item}\n{'':<7} {row.capture or row.reason}")
        for warning in row.warnings:
            say(f"{'':<7} warning: {warning}")
        if row.capture and row.reason:
            say(f"{'':<7} not added: {row.reason}")
    if tier and (table["added"].any() or table["same_as"].ne("").any()):
        sources = case.table("sources")
        there = table[table["same_as"].ne("")].drop_duplicates("source").rename(columns={"source": "id"})
        _print_added(sources[sources["id"].isin(table.loc[table["added"], "source"])], there)
    return bool(table["reason"].ne("").any())


def _print_added(added: pd.DataFrame, there: pd.DataFrame) -> None:
    for row in added.itertuples():
        say(f"{'added':<16} {row.id}: {row.type}, {row.tier}, read: {row.read}")
    for row in there.itertuples():
        say(f"{'not added':<16} {row.id}: {row.same_as} is there already (by its {row.by})")


def _again(case: Case, names: tuple[str, ...], days: float | None, fetching: dict[str, Any]) -> bool:
    """Capture again the pages named, or all that are due, and print what changed; whether one was missed."""
    from kit.evidence.passages.review import keep_again

    evidence, bar = case.evidence, progress("again")

    def each(row: dict[str, Any], number: int, total: int) -> None:
        bar(row["url"], number, total)
        _print_change(row, evidence)

    older_than = None if days is None else timedelta(days=days)
    table = keep_again(case, names, older_than=older_than, each=each, **fetching)
    counts = Counter(table["change"].replace("", "unchanged"))
    summary = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    say(summary or "nothing is due: every page was tried lately, or was never fetched")
    return counts["missed"] > 0


def _print_change(row: dict[str, Any], evidence: pd.DataFrame) -> None:
    if not row["change"]:
        return
    say(f"{row['change']}: {row['source']} {row['url']}")
    if row["reason"]:
        say(f"  {row['reason']}")
        return
    say(f"  before {row['before']}\n  after  {row['after']}")
    for line in row["diff"].splitlines():
        say(f"    {line}")
    for identity, piece in evidence.loc[list(row["touched"])].iterrows():
        words = f"{piece['start']} … {piece['end']}" if piece["end"] else piece["start"]
        say(f"  touches {piece['record']}, {piece['field'] or 'as a whole'}: “{words}” ({identity})")
