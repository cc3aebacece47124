"""The gate: one question to the whole case, whether everything we say holds, and every answer at once."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import Any

import pandas as pd

from kit.case import Case
from kit.clock import today
from kit.errors import BadTable, KitError, Problems
from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import SEVERITIES, Finding, Rule
from kit.evidence.checks.waivers import waived
from kit.evidence.passages import review
from kit.evidence.passages.capture_text import captures_here
from kit.evidence.passages.ledger import PASSAGE_LEDGER, read_passages
from kit.evidence.passages.text_index import open_index
from kit.evidence.prose.document import saved_documents
from kit.evidence.prose.statements import (
    STATEMENT_LEDGER,
    pending_changes,
    recover_ids,
    update_statements,
)
from kit.evidence.status import remember_check
from kit.sources.capture import index
from kit.tables.declarations import SETTINGS
from kit.tables.ledgers import LEDGERS
from kit.tables.merging.salvage import salvage
from kit.text.wording import plural

#: What `check` gives, a row a finding.
FINDING_COLUMNS = ["rule", "severity", "place", "record", "found", "remedy", "waived"]
#: Where the rules are, the ground first; each module has them as ``RULES``.
MODULES = (
    "kit.evidence.checks.rules.structure",
    "kit.evidence.checks.rules.passages",
    "kit.evidence.checks.rules.numbers",
    "kit.evidence.checks.rules.dates_in_prose",
    "kit.evidence.checks.rules.time_between",
    "kit.evidence.checks.rules.dates_in_tables",
    "kit.evidence.checks.rules.attribution",
    "kit.evidence.checks.rules.naming",
    "kit.evidence.checks.rules.wording",
    "kit.evidence.checks.rules.independence",
    "kit.evidence.checks.rules.captures",
    "kit.evidence.checks.rules.publication",
    "kit.evidence.checks.reviews",
    "kit.evidence.checks.waivers",
)

#: Not a rule of its own: what the gate says where a rule could not be judged.
UNJUDGED = Rule(
    "unjudged",
    "error",
    "A rule that could not be judged has found nothing, which is not to say that all holds.",
    "mend what it needs",
    lambda context: iter(()),
)


def rules() -> dict[str, Rule]:
    """Every rule of the gate by its code, in the order of the docs.

    >>> rules()["passage-altered"].severity
    'error'
    """
    found = [rule for module in MODULES for rule in import_module(module).RULES]
    return {rule.code: rule for rule in (*found, UNJUDGED)}


def check(case: Case, *, renew: bool = False, captures: bool = False, on: date | None = None) -> pd.DataFrame:
    """Everything in the case that does not hold, a row a finding, the gravest first; no rows when all holds.

    Columns: `FINDING_COLUMNS`. ``severity`` is one of `kit.evidence.checks.rule.SEVERITIES`. ``record`` is the id of the fact or
    source concerned, blank where there is none. ``waived`` says who set the finding aside, since when, until when and
    why; blank where nobody has. Passages are checked against the captures where they are here, and stand in the
    ledger elsewhere; with ``renew`` the ledgers are brought up to date first, as `renew_ledgers` does. With either
    ``renew`` or ``captures`` each capture's bytes are hashed again. ``on`` is the day on which waivers are judged, today
    unless given. Tables that do not load are findings too, and rules that need them wait until they do.

    >>> import kit
    >>> check(kit.example()).columns.tolist()
    ['rule', 'severity', 'place', 'record', 'found', 'remedy', 'waived']
    """
    if renew:
        renew_ledgers(case, on)
    return check_context(CheckContext(case, on or today(), thorough=renew or captures))


def renew_ledgers(case: Case, on: date | None = None) -> dict[str, str]:
    """What bringing the ledgers of passages and of statements up to date has changed, in words, by the path of each.

    What is new in them gets the day ``on``, today unless given; where nothing changed, no byte does. Of a ledger
    that cannot be read the sound rows stay, and the rest is added anew from what is here. Tables
    that cannot be read raise `BadTable`, and a notebook that cannot be read `KitError`.
    """
    day = on or today()
    with case.writing():
        mended = {LEDGERS[name].path: told for name in LEDGERS if (told := salvage(case.path, name))}
        if mended:
            index.refresh(case.path)
            recover_ids(case, day)
    if captures_here(case):
        open_index(case).close()  # reads what is new, which may take long, before anybody has to wait for us
    with case.writing():
        done = _renewed(case, day)
    return done | {path: "; ".join(filter(None, (told, done.get(path)))) for path, told in mended.items()}


def _renewed(case: Case, day: date) -> dict[str, str]:
    saved = saved_documents(case)
    before = read_passages(case.path)
    after = review.renew_passages(case, day)
    merged = before.merge(after, how="outer", indicator=True)["_merge"]
    came, went = int((merged == "right_only").sum()), int((merged == "left_only").sum())
    moved = f"{plural(came, 'row')} came, {went} went" if came or went else "nothing changed"
    pending = pending_changes(case, day, saved)
    kept = update_statements(case, day, saved)
    changed = f"{plural(len(pending), 'row')} changed" if pending else "nothing changed"
    return {
        PASSAGE_LEDGER.as_posix(): f"{plural(len(after), 'verdict')}; {moved}",
        STATEMENT_LEDGER.as_posix(): f"{plural(len(kept), 'statement')}; {changed}",
    }


def check_context(context: CheckContext) -> pd.DataFrame:
    """What `check` gives, in the same columns, for a context that the caller looks into further."""
    known = rules()
    context.codes = tuple(known)
    blocked: dict[str, tuple[KitError, list[str]]] = {}
    for rule in known.values():
        try:
            found = list(rule.findings(context))  # all of a rule, or none
        except KitError as error:
            blocked.setdefault(str(error), (error, []))[1].append(rule.code)
        else:
            context.found += [(rule, finding) for finding in found]
    context.found += [
        (UNJUDGED, finding) for error, codes in blocked.values() for finding in _unjudged(error, codes)
    ]
    try:
        waivers = waived(context)
    except BadTable:
        waivers = [""] * len(context.found)
    found = _frame(context.found, waivers)
    remember_check(context.case, found)
    return found


def _unjudged(error: KitError, codes: list[str]) -> list[Finding]:
    """What kept rules from being judged, unless the rules on tables have said so."""
    if not isinstance(error, Problems):
        return [Finding(error.place, "", f"{error.value}; not judged: {', '.join(codes)}", error.remedy)]
    return [
        Finding(
            ", ".join(filter(None, (path, problem.place))),
            "",
            f"{problem.wrong}; not judged: {', '.join(codes)}",
            problem.remedy,
        )
        for path, problems in error.problems.items()
        if not path.startswith(("data/manual/", SETTINGS))
        for problem in problems
    ]


def _frame(found: list[tuple[Rule, Finding]], waivers: list[str]) -> pd.DataFrame:
    rows = [
        (
            rule.code,
            one.severity or rule.severity,
            one.place,
            one.record,
            one.found,
            one.remedy or rule.remedy,
            why,
        )
        for (rule, one), why in zip(found, waivers, strict=True)
    ]
    return pd.DataFrame(sorted(set(rows), key=_order), columns=FINDING_COLUMNS, dtype="str")


def _order(row: tuple[str, ...]) -> tuple[Any, ...]:
    """The gravest first, then by rule and place; row 9 before row 10."""
    rule, severity, place, *rest = row
    parts = [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", place)]
    return SEVERITIES.index(severity), rule, parts, rest


def open_findings(found: pd.DataFrame, level: str = "error") -> pd.DataFrame:
    """The findings that nobody waived and that are as grave as ``level`` or graver.

    A level that is none raises ``ValueError``.

    >>> rows = [["a", "error", "", "", "", "", ""], ["b", "notice", "", "", "", "", ""]]
    >>> open_findings(pd.DataFrame(rows, columns=FINDING_COLUMNS), "warning")["rule"].tolist()
    ['a']
    """
    grave = SEVERITIES[: SEVERITIES.index(level) + 1]
    return found[found["severity"].isin(grave) & found["waived"].eq("")].reset_index(drop=True)
