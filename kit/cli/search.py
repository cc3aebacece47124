"""`kit search`: words looked for in everything that the case has."""

from __future__ import annotations

import json

import click

from kit.cli.output import case_of, say
from kit.text.wording import plural


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--table", multiple=True, help="A table of the case, or captures, documents, notebooks; may be repeated."
)
@click.option("--tag", multiple=True, help="Facts with the tag, and what bears on them.")
@click.option("--actor", multiple=True, help="Facts that the actor has part in, and what bears on them.")
@click.option("--tier", multiple=True, help="Sources of that tier, their captures and evidence.")
@click.option("--read", multiple=True, help="Sources read so, their captures and evidence.")
@click.option("--verdict", multiple=True, help="Claims, and evidence by its passage, with that verdict.")
@click.option("--since", default="", help="A date (EDTF): what may have been on that day or later.")
@click.option("--until", default="", help="A date (EDTF): what may have been on that day or before.")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="How many hits to show.")
@click.option("--json", "as_json", is_flag=True, help="The hits as JSON.")
@click.pass_context
def search(context: click.Context, words: tuple[str, ...], as_json: bool, **asked: object) -> None:
    """Find words in sources, facts, captures, documents and notebooks; a phrase in quotation marks, raid* for a beginning."""
    from kit.evidence.search.search import search as searched

    # The shell has taken the quotation marks off a phrase.
    typed = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    found = searched(case_of(context), typed, **asked)  # type: ignore[arg-type]
    if as_json:
        say(json.dumps(found.to_dict("records"), indent=2))
        return
    for row in found.itertuples():
        named = row.cite or row.id
        say(f"{row.table}  {named}{f'  {row.date}' if row.date else ''}")
        say(f"  {row.title}")
        say(
            f"  {f'{row.field}: ' if row.field else ''}{row.before}[{row.found}]{row.after}"
            if row.found
            else f"  {row.after}"
        )
    say(plural(len(found), "hit"))
