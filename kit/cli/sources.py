"""`kit extract`, `kit cite` and `kit sources`: what was kept read, cited, packed, and exchanged with other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.cli.output import case_of, say
from kit.errors import KitError
from kit.tables.schema import TABLES
from kit.text.wording import plural

if TYPE_CHECKING:
    from kit.sources.bibliography.exchange import Added

#: How near a source may stand to what happened.
TIERS = next(column.words for column in TABLES["sources"].columns if column.name == "tier")
_FORMATS = {"plain": "plain", "html": "html", "markdown": "commonmark"}


@click.command()
@click.argument("what", metavar="FILE|CAPTURE-ID|SOURCE-ID|URL")
@click.option("--url", default="", help="Where a file comes from.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, as JSON.")
@click.pass_context
def extract(context: click.Context, what: str, url: str, as_json: bool) -> None:
    """Read a file or a capture: each field with how it was found, and what else was on offer. Nothing is fetched."""
    from kit.sources.capture.index import newest
    from kit.sources.extract.documents import extract as read
    from kit.sources.extract.reading.page import page_lines

    kept = None if Path(what).is_file() else newest(case_of(context).path, what)
    page = read(kept or Path(what), url)
    if as_json:
        say(json.dumps(asdict(page), indent=2))  # ASCII, so no sign of the page reaches the terminal raw
    else:
        say("\n".join(page_lines(page)))


@click.command()
@click.argument("id")
@click.option("--style", help="A bundled style (chicago-notes, apa, mla, harvard, news), or a CSL file.")
@click.option(
    "--to", "form", default="plain", type=click.Choice(list(_FORMATS)), help="The form it is written in."
)
@click.pass_context
def cite(context: click.Context, id: str, style: str | None, form: str) -> None:
    """Print the citation of a source, or the evidence for an event, case, metric or claim."""
    from kit.evidence.citation import cite as cited

    say(cited(case_of(context), id, style).to(_FORMATS[form]).rstrip("\n"))


@click.group()
def sources() -> None:
    """Bring sources in from other programs and write them out; pack captures, and ask for public copies."""


@sources.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tier", type=click.Choice(TIERS), help="How near they stood to what happened.")
@click.pass_context
def import_(context: click.Context, file: Path, tier: str | None) -> None:
    """Add the sources of a file to sources.csv: CSL-JSON, BibTeX or RIS, a sheet (CSV, Excel) with a source a row, a text
    with an address a line. Those it has are reported, not doubled; what cannot be read is named and left aside."""
    from kit.sources.lists import bring_in

    say_added(bring_in(case_of(context), file, tier or ""))


def say_added(what: Added) -> None:
    """Nothing; what became of sources that were to be added is printed, a line each."""
    for row in what.added.itertuples():
        say(f"added     {row.id}")
    for row in what.there.itertuples():
        say(f"not added {row.title or row.id}: {row.same_as} is there already (by its {row.by})")
    for row in what.told.itertuples():
        say(f"look at   {' '.join(filter(None, (row.id, row.title and f'({row.title})')))}: {row.says}")
    told = f", {len(what.told)} to look at" if len(what.told) else ""
    say(f"{len(what.added)} added, {len(what.there)} there already{told}")


@sources.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def export(context: click.Context, file: Path) -> None:
    """Write all sources as CSL-JSON (.json), BibLaTeX (.bib) or RIS (.ris)."""
    from kit.sources.bibliography.exchange import export_sources

    case = case_of(context)
    if not file.absolute().parent.is_dir():
        raise KitError(file, "is in a folder that is not there", "make the folder first")
    export_sources(case, file)
    say(f"wrote {len(case.sources)} sources to {file}")


@sources.command("pack")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def pack(context: click.Context, file: Path) -> None:
    """Pack the captures that are on this machine as WACZ (.wacz), for players of web archives."""
    from kit.sources.capture.index import read_index
    from kit.sources.capture.wacz import pack as packed

    case = case_of(context)
    count = len(packed(case, file))
    elsewhere = len(read_index(case.path)) - count
    left = f"; {elsewhere:,} more are not on this machine" if elsewhere else ""
    say(f"packed {plural(count, 'capture')} into {file}{left}")


@sources.command("archive")
@click.argument("what", metavar="SOURCE-ID|CAPTURE-ID|URL")
@click.option(
    "--find", is_flag=True, help="Look for a copy that is there, near the time of ours; ask for none."
)
@click.option("--yes", is_flag=True, help="Send what is said to be sent without asking.")
@click.pass_context
def archive(context: click.Context, what: str, find: bool, yes: bool) -> None:
    """Ask the Internet Archive for a public copy of a page that was kept, after saying what is sent where."""
    from kit.sources.keep import archive as archived

    def ask(message: str) -> None:
        say(message)
        if not yes and not click.confirm("Send it?"):
            raise KitError("archive", "nothing was sent", "the page itself is kept")

    say(f"public copy   {archived(case_of(context), what, find=find, say=ask).url}")
