"""`kit extract`, `kit cite` and `kit sources`: what was kept read, cited, and exchanged with other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.cli.output import case_of, safe
from kit.errors import KitError
from kit.tables.schema import TABLES

if TYPE_CHECKING:
    from kit.sources.capture.capture import Capture


_TIERS = next(column.words for column in TABLES["sources"].columns if column.name == "tier")
_FORMATS = {"plain": "plain", "html": "html", "markdown": "commonmark"}


@click.command()
@click.argument("what", metavar="FILE|CAPTURE-ID|SOURCE-ID|URL")
@click.option("--url", default="", help="Where a file comes from.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, as JSON.")
@click.pass_context
def extract(context: click.Context, what: str, url: str, as_json: bool) -> None:
    """Read a file or a capture: each field with how it was found, and what else was on offer. Nothing is fetched."""
    from kit.sources.extract.documents import extract as read
    from kit.sources.extract.page import page_lines

    page = read(Path(what), url) if Path(what).is_file() else read(_capture(context, what), url)
    if as_json:
        click.echo(
            json.dumps(asdict(page), indent=2)
        )  # ASCII, so no sign of the page reaches the terminal raw
    else:
        click.echo("\n".join(safe(line) for line in page_lines(page)))


def _capture(context: click.Context, what: str) -> Capture:
    """The capture of that id, or the latest of that source or address."""
    from kit.sources.capture import index
    from kit.sources.capture.keep import PAGE
    from kit.sources.capture.web.addresses import BadAddress, web_address

    case = case_of(context)
    known = index.refresh(case.path)
    rows = known[known["id"] == what]
    if rows.empty:
        try:
            address = web_address(what)
        except BadAddress:
            address = what
        same = (known["source"] == what) | (known["url"] == address) | (known["final_url"] == address)
        rows = known[same & known["status"].str.match(PAGE)].sort_values(["captured_at", "id"])
    if rows.empty:
        raise KitError(what, "is no file, and nothing of that name was kept", "keep it first: kit keep")
    return index.capture_of(case.path, rows.iloc[-1])


@click.command()
@click.argument("id")
@click.option("--style", help="A bundled style (chicago-notes, apa, mla, harvard, news), or a CSL file.")
@click.option(
    "--to", "form", default="plain", type=click.Choice(list(_FORMATS)), help="The form it is written in."
)
@click.pass_context
def cite(context: click.Context, id: str, style: str | None, form: str) -> None:
    """Print the citation of a source, or the evidence for an event, case, metric or claim."""
    from kit.sources.bibliography.citation import cite as cited

    click.echo(safe(cited(case_of(context), id, style).to(_FORMATS[form])).rstrip("\n"))


@click.group()
def sources() -> None:
    """Bring sources in from other programs, and write them out."""


@sources.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tier", type=click.Choice(_TIERS), help="How near they stood to what happened.")
@click.pass_context
def import_(context: click.Context, file: Path, tier: str | None) -> None:
    """Add the sources of a CSL-JSON, BibTeX or RIS file to sources.csv; those it has are reported, not doubled."""
    from kit.sources.bibliography.exchange import import_sources

    added, duplicates = import_sources(case_of(context), file, tier or "")
    for row in added.itertuples():
        click.echo(f"added     {row.id}")
    for row in duplicates.itertuples():
        click.echo(
            f"not added {safe(row.title or row.id)}: {row.same_as} is there already (told by its {row.by})"
        )
    click.echo(f"{len(added)} added, {len(duplicates)} there already")


@sources.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def export(context: click.Context, file: Path) -> None:
    """Write all sources as CSL-JSON (.json), BibLaTeX (.bib) or RIS (.ris)."""
    from kit.sources.bibliography.exchange import export_sources

    case = case_of(context)
    if not file.absolute().parent.is_dir():
        raise KitError(file, "is in a folder that is not there", "make the folder first")
    export_sources(case.table("sources"), file)
    click.echo(f"wrote {len(case.table('sources'))} sources to {safe(str(file))}")
