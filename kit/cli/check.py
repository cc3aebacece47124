"""`kit check` and `kit status`: does everything we say hold, and where does the case stand?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.cli.output import case_of, say
from kit.errors import KitError
from kit.evidence.checks.rule import SEVERITIES
from kit.text.printable import printable
from kit.text.wording import plural

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from kit.evidence.checks.context import CheckContext


_SHOWN = 10
_LONGEST = 500
_WIDE = 110  # columns of a terminal in which place and finding stand side by side
_STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write them as JUnit XML to this file too.")
@click.option("--sarif", type=click.Path(path_type=Path), help="Write them as SARIF 2.1.0 to this file too.")
@click.option(
    "--level",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="Exit status 1 when anything as grave as this is open.",
)
@click.option(
    "--only",
    default="",
    help="One rule, by its code, or one fact or source, by its id; all it finds is shown.",
)
@click.option(
    "--import",
    "returned",
    type=click.Path(path_type=Path),
    help="Carry the marks of a returned packet (.docx, .xlsx) over to data/manual/checks.csv, and do nothing else.",
)
@click.option(
    "--sent",
    type=click.Path(path_type=Path),
    help="With --import: the packet as it was sent out, where the program that saved it threw its data away.",
)
@click.option(
    "--renew",
    is_flag=True,
    help="Bring the ledgers in data/processed/ up to date: verdicts on passages, ids of statements.",
)
@click.option(
    "--captures",
    is_flag=True,
    help="Read every capture on this machine whole, and compare its hash with the ledger's.",
)
@click.pass_context
def check(
    click_context: click.Context,
    as_json: bool,
    junit: Path | None,
    sarif: Path | None,
    level: str,
    only: str,
    returned: Path | None,
    sent: Path | None,
    renew: bool,
    captures: bool,
) -> None:
    """Check every passage, number, date and mark, and say what does not hold, where, and what to do."""
    from kit.evidence.checks.context import CheckContext
    from kit.evidence.checks.gate import check_context, open_findings, renew_ledgers, rules
    from kit.files import write_whole

    case = case_of(click_context)
    if sent and not returned:
        raise click.UsageError("--sent goes with --import")
    if returned:
        from kit.cli.factcheck import carry_over

        carry_over(case, returned, sent)
    if renew:
        for path, changed in renew_ledgers(case).items():
            say(f"{path}: {changed}", err=True)
    context = CheckContext(case, thorough=renew or captures)
    found = check_context(context)
    if only:
        found = _only(found, only, context)
    if junit:
        from kit.evidence.checks.output.junit import junit as as_junit

        write_whole(junit, as_junit(found, rules(), level))
    if sarif:
        from kit.evidence.checks.output.sarif import sarif as as_sarif

        log = json.dumps(as_sarif(found, rules(), case.path), indent=1, ensure_ascii=False)
        write_whole(sarif, f"{log}\n".encode())
    if as_json:
        findings = {"findings": found.to_dict("records"), "passages": _passages(context)}
        say(json.dumps(findings, indent=1))
    else:
        _show(found, context, every=bool(only))
    sys.exit(1 if len(open_findings(found, level)) else 0)


def _only(found: pd.DataFrame, only: str, context: CheckContext) -> pd.DataFrame:
    from kit.evidence.checks.gate import rules
    from kit.tables.read import suggest

    known = {*rules(), *found["record"]}
    if only not in known:
        known |= set(context.case.citable)
    if only not in known:
        near = suggest(only, sorted(known))
        raise KitError(
            f"--only {only}", "is no rule, fact or source", f"did you mean {near!r}?" if near else ""
        )
    return found[(found["rule"] == only) | (found["record"] == only)].reset_index(drop=True)


def _passages(context: CheckContext) -> dict[str, int]:
    """How many passages hold, fail, or are not captured, and how many verdicts are fresh; none where they cannot be read."""
    from kit.evidence.passages.verdict import HOLDS

    try:
        verdicts = context.verdicts
    except KitError:
        return {}
    hold, lacking = verdicts["verdict"].isin(HOLDS), verdicts["verdict"].eq("not-captured")
    judged = ~lacking
    return {
        "hold": int(hold.sum()),
        "fail": int((~hold & ~lacking).sum()),
        "not_captured": int(lacking.sum()),
        "read_here": int((judged & verdicts["seen"].eq("here")).sum()),
        "from_ledger": int((judged & verdicts["seen"].eq("ledger")).sum()),
    }


def _show(found: pd.DataFrame, context: CheckContext, *, every: bool) -> None:
    """The findings in tables, a rule each, and what they come to."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from kit.evidence.checks.gate import rules

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    known = rules()
    for severity in SEVERITIES:
        for code, rows in found[found["severity"] == severity].groupby("rule", sort=False):
            rule = known[str(code)]
            console.print(
                Text.assemble((f"{severity} {code}", _STYLES[severity]), f" ({len(rows)}): {rule.reason}")
            )
            some = rows if every else rows.head(_SHOWN)
            console.print(_table(some.itertuples(), rule.remedy, wide=console.width >= _WIDE))
            if len(rows) > len(some):
                console.print(f"  and {len(rows) - len(some)} more: kit check --only {code}")
            console.print(Padding(Text(f"→ {rule.remedy}", style="italic"), (0, 0, 1, 2)))
    for line in _summary(found, context):
        console.print(line)


def _table(rows: Iterable[Any], usual: str, *, wide: bool) -> Table:
    """The findings of a rule: beside the place where there is room, under it where there is not."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1, 0, 2), show_header=False)
    for share in (2, 3) if wide else (1,):
        table.add_column(overflow="fold", ratio=share)
    for row in rows:
        place = row.place.removeprefix("data/manual/")
        if row.record not in place:
            place = f"{place} ({row.record})"
        remedy = f"; {row.remedy}" if row.remedy != usual else ""
        waived = f" [waived: {row.waived}]" if row.waived else ""
        where, what = Text(clipped(place), style="bold"), Text(clipped(f"{row.found}{remedy}{waived}"))
        table.add_row(where, what) if wide else table.add_row(Text.assemble(where, ": ", what))
    return table


def _summary(found: pd.DataFrame, context: CheckContext) -> list[str]:
    still = found[found["waived"] == ""]
    counts = [plural(int((still["severity"] == severity).sum()), severity) for severity in SEVERITIES]
    aside = len(found) - len(still)
    lines = [f"{', '.join(counts)} open" + (f"; {aside} waived" if aside else "")]
    if held := _passages(context):
        lines.append(
            f"passages: {held['hold']} hold, {held['fail']} do not, {held['not_captured']} are not captured; "
            f"{held['read_here']} were read in the captures here, {held['from_ledger']} are as the ledger has them"
        )
    return lines


def clipped(text: str) -> str:
    """The text as a terminal can show it without obeying it, and not without end; it may come from a page."""
    text = printable(text, lines=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@click.command()
@click.pass_context
def status(context: click.Context) -> None:
    """Say at once what the case holds, what the gate last said, what changed since the last run, and what to do next."""
    say(case_of(context))
