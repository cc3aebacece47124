"""`kit lineage`: who seems to repeat whom, for a person to take over into `derived_from` or not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kit.cli.check import shown
from kit.cli.output import case_of
from kit.errors import KitError

if TYPE_CHECKING:
    import pandas as pd

    from kit.case import Case


@click.command()
@click.pass_context
def lineage(context: click.Context) -> None:
    """Say which pages seem to repeat which, by their texts as captured here."""
    from rich.console import Console
    from rich.text import Text

    from kit.evidence.provenance.detection import find_repetitions

    case = case_of(context)
    sources = case.table("sources")
    pages = _pages(case)
    proposed = find_repetitions(pages, sources)
    known = dict(zip(sources["id"], sources["derived_from"], strict=True))
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for row in proposed.itertuples():
        standing = "as in derived_from" if row.parent in known[row.source] else "not in derived_from"
        console.print(Text(f"{row.source} repeats {row.parent} ({row.kind}; {standing})"))
        for reason in row.reasons:
            console.print(Text(f"  {shown(reason)}"))
    console.print(f"{len(pages)} pages read")


def _pages(case: Case) -> pd.DataFrame:
    """The newest text of each source of the case whose capture is here."""
    import pandas as pd

    from kit.evidence.passages.capture_text import captures_here
    from kit.evidence.passages.text_index import open_index

    if not captures_here(case):
        raise KitError("data/captures", "holds no page to read", "keep some: kit keep")
    known = set(case.table("sources")["id"])
    with open_index(case) as texts:
        ids = sorted(known & set(texts.sources().values()))
        return pd.DataFrame([(id, texts.of(id)[-1].text) for id in ids], columns=["id", "text"])
