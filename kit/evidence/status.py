"""Where a case stands: what it holds, what the gate last said, what changed since the last run, and what to do next.

All of it is read from tables, ledgers and what the last check and the last run left in ``.kit-cache/``, so that it is
there at once; only `kit.check` looks whether everything holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from kit.case import Case
from kit.clock import given_time
from kit.errors import KitError
from kit.evidence.passages.ledger import carried_counts, read_passages
from kit.evidence.passages.verdict import HOLDS
from kit.evidence.replies import unheard_parties
from kit.files import CACHE_FOLDER, write_whole
from kit.sources.capture.index import read_index
from kit.tables import access_log
from kit.tables.declarations import fact_tables
from kit.tables.ledgers import LEDGERS
from kit.text.printable import printable
from kit.text.wording import listed, plural

_NAMED = 3  # rows, captures and sources that are named before the rest are counted
_LONGEST = 100  # characters of a name from outside


@dataclass(frozen=True)
class Task:
    """One thing to do: why, and how, in the shell and in Python."""

    why: str
    shell: str
    python: str


@dataclass(frozen=True)
class Status:
    """Where a case stands, to be read: ``str()`` gives it as text, and JupyterLab shows it as HTML.

    ``facts`` are sentences by what they are about, in the order in which they are shown; ``holds`` is ``False`` where
    the tables do not load or the last check found an error, and ``None`` where nothing was checked since the last
    change.
    """

    title: str
    holds: bool | None
    facts: Mapping[str, tuple[str, ...]]
    tasks: tuple[Task, ...]

    def __str__(self) -> str:
        wide = max(map(len, self.facts), default=0)
        lines = [self.title]
        for about, sentences in self.facts.items():
            lines += [f"  {about if not at else '':<{wide}}  {words}" for at, words in enumerate(sentences)]
        lines += ["Next:", *(f"  {at}. {task.why}: {task.shell}" for at, task in enumerate(self.tasks, 1))]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<dt>{escape(about)}</dt>{''.join(f'<dd>{escape(words)}</dd>' for words in sentences)}"
            for about, sentences in self.facts.items()
        )
        tasks = "".join(
            f"<li>{escape(task.why)}: <code>{escape(task.python)}</code></li>" for task in self.tasks
        )
        return (
            f'<section class="kit-status kit-{_COLOURS[self.holds][0]}"><style>{_STYLE}</style>'
            f"<h4>{escape(self.title)}</h4><dl>{rows}</dl><h5>What to do next</h5><ol>{tasks}</ol></section>"
        )


_COLOURS = {True: ("holds", "#2e7d32"), False: ("fails", "#c62828"), None: ("unchecked", "#9e7700")}
_STYLE = (
    """
.kit-status{max-width:52rem;padding:.2em 1em .6em;border-left:4px solid;font-family:var(--jp-ui-font-family,sans-serif);
font-size:14px;line-height:1.45;color:var(--jp-ui-font-color1,inherit)}
.kit-status h4{font-size:1.2em;margin:.4em 0 .5em}
.kit-status h5{font-size:1em;margin:.9em 0 .2em}
.kit-status dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1.2em;margin:0}
.kit-status dt{grid-column:1;font-weight:normal;opacity:.7}
.kit-status dd{grid-column:2;margin:0;overflow-wrap:anywhere}
.kit-status ol{margin:0;padding-left:1.5em}
""".replace("\n", "")
    + "".join(f".kit-{name}{{border-color:{colour}}}" for name, colour in _COLOURS.values())
)


def status(case: Case) -> Status:
    """Where the case stands, and what to do next; tables that do not load are told, not raised.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     print(status(demo.case))
    A demonstration
      tables    nothing yet
      gate      not asked on this machine yet
      passages  none is named yet
    Next:
      1. keep a first source: kit keep URL
    """
    with access_log.apart():
        tasks: list[Task] = []
        facts: dict[str, tuple[str, ...]] = {}
        try:
            tables = {name: case.table(name) for name in case.schema}
            bearing = fact_tables(case.schema)
            facts["tables"] = (
                _counted({name: len(tables[name]) for name in ("sources", *bearing, "evidence")}),
            )
            holds, facts["gate"] = _gate(case, tasks)
            facts["passages"] = tuple(_passages(case, tables["evidence"], tasks))
            facts["sources"] = tuple(_sources(tables, read_index(case.path), tasks))
            if bare := sorted(case.facts.keys() - set(tables["evidence"]["record"])):
                facts["facts"] = (f"{plural(len(bare), 'fact')} without evidence: {_some(bare)}",)
            if silent := unheard_parties(case)["name"].unique().tolist():
                facts["replies"] = (
                    f"{plural(len(silent), 'party', 'parties')} accused and not heard: {_some(silent)}",
                )
                tasks.append(Task(f"ask {_some(silent)} for an answer", "kit replies", "case.unheard()"))
            facts["last run"] = tuple(_last_run(case, tables, tasks))
        except KitError as error:
            holds = False
            facts["does not load"] = tuple(str(error).splitlines())
            tasks.insert(0, Task("mend what does not load", "kit check", "case.check()"))
        if not tasks:
            tasks.append(Task("nothing is open; write the report", "kit report", "case.report()"))
    shown = {about: tuple(map(_clean, words)) for about, words in facts.items() if words}
    tasks = [replace(task, why=_clean(task.why)) for task in tasks]
    return Status(_clean(case.title), holds, shown, tuple(tasks))


def remember_check(case: Case, found: pd.DataFrame) -> None:
    """Nothing; what the gate found, with the state of all it looked at, is there for the next `status`.

    ``found`` is a frame with the columns ``severity`` and ``waived``, as `kit.check` gives it.
    """
    still = found.loc[found["waived"].eq(""), "severity"].value_counts()
    _remember(
        case, "check", {"open": {str(name): int(n) for name, n in still.items()}, "state": _state(case)}
    )


def remember_run(case: Case) -> None:
    """Nothing; the tables that the saved notebooks were run with are there for the next `status`."""
    with access_log.apart():
        rows = {name: _rows(case, name) for name in case.schema}
        _remember(case, "run", {"state": _state(case), "rows": rows})


def _remember(case: Case, what: str, kept: dict[str, Any]) -> None:
    at = (given_time() or datetime.now(UTC)).isoformat(timespec="minutes")
    with access_log.apart():
        try:
            write_whole(case.path / CACHE_FOLDER / f"{what}.json", json.dumps({"at": at, **kept}))
        except OSError:
            return  # a case that cannot be written to can still be checked


def _recalled(case: Case, what: str) -> dict[str, Any] | None:
    """What was remembered; ``None`` where nothing whole was."""
    try:
        kept = json.loads((case.path / CACHE_FOLDER / f"{what}.json").read_text(encoding="utf-8"))
        kept["at"] = datetime.fromisoformat(kept["at"])
        return kept if isinstance(kept["state"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state(case: Case) -> dict[str, str]:
    """The hash of each table, ledger and notebook, by its path within the case."""
    files = [case.path / table.path for table in (*case.schema.values(), *LEDGERS.values())]
    files += sorted((case.path / "notebooks").glob("*.ipynb"))
    return {
        path.relative_to(case.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _counted(rows: Mapping[str, int]) -> str:
    """How many rows there are of each table that has any."""
    many = {"evidence": ("row of evidence", "rows of evidence")}
    counted = [
        plural(count, *many.get(name, (name.removesuffix("s"), name)))
        for name, count in rows.items()
        if count
    ]
    return listed(counted) or "nothing yet"


def _gate(case: Case, tasks: list[Task]) -> tuple[bool | None, tuple[str, ...]]:
    """Whether everything held when the gate was last asked, and what it said."""
    kept = _recalled(case, "check")
    ask = Task("ask the gate whether everything holds", "kit check", "case.check()")
    if kept is None or not isinstance(kept.get("open"), dict):
        tasks += [ask] if len(case.table("sources")) else []
        return None, ("not asked on this machine yet",)
    counts = kept["open"]
    said = listed([plural(int(counts.get(name, 0)), name) for name in ("error", "warning", "notice")])
    words = f"{said} open on {_moment(kept['at'])}"
    changed = _differing(kept["state"], _state(case))
    if changed:
        tasks.append(ask)
        return None, (words, f"changed since: {_some(changed)}")
    if counts.get("error"):
        tasks.append(Task(f"mend {plural(int(counts['error']), 'error')}", "kit check", "case.check()"))
    return not counts.get("error"), (words,)


def _passages(case: Case, evidence: pd.DataFrame, tasks: list[Task]) -> Iterable[str]:
    """How many passages hold by the ledger, and how many carry their fact."""
    named = evidence.loc[evidence["start"].ne(""), "id"]
    if named.empty:
        yield "none is named yet"
        return
    ledger = read_passages(case.path)
    ledger = ledger[ledger["evidence"].isin(named)]
    hold = int(ledger["verdict"].isin(HOLDS).sum())
    fail, open_ = len(ledger) - hold, len(named) - len(ledger)
    if fail:
        tasks.append(
            Task(
                f"mend {plural(fail, 'passage')} that the page does not bear out", "kit check", "case.check()"
            )
        )
    yield f"{hold:,} stand on the kept page, {fail:,} do not, {open_:,} were not looked up"
    carried = carried_counts(ledger, len(named))
    yield (
        f"{carried['whole']:,} carry their fact, {carried['part']:,} a part of it, {carried['lacks']:,} nothing of it, "
        f"{carried['open']:,} were not judged"
    )


def _sources(tables: Mapping[str, pd.DataFrame], captures: pd.DataFrame, tasks: list[Task]) -> Iterable[str]:
    """What is not kept and not read, and what came last."""
    sources = tables["sources"]
    if sources.empty:
        tasks.append(Task("keep a first source", "kit keep URL", 'case.keep("https://...")'))
    unkept = sources[sources["url"].ne("") & ~sources["id"].isin(captures["source"])]
    if len(unkept):
        yield f"{plural(len(unkept), 'source')} with an address and no capture: {_some(unkept['id'])}"
        tasks.append(Task(f"keep {plural(len(unkept), 'page')}", "kit keep --all", "case.keep_all()"))
    carried = tables["evidence"]["source"].value_counts()
    unread = sources.loc[sources["read"].eq("no"), "id"].map(carried).fillna(0)
    order = sources.loc[unread.sort_values(ascending=False, kind="stable").index, "id"]
    if len(order):
        yield f"{plural(len(order), 'source')} nobody has read: {_some(order)}"
    newest = captures.sort_values(["captured_at", "id"], ascending=False).head(_NAMED)
    if len(newest):
        yield "newest captures: " + ", ".join(
            f"{row.source} ({row.captured_at:%Y-%m-%d %H:%M})" for row in newest.itertuples()
        )


def _last_run(case: Case, tables: Mapping[str, pd.DataFrame], tasks: list[Task]) -> Iterable[str]:
    """What of the tables has changed since the notebooks were run, and which notebooks are older than the tables."""
    notebooks = sorted((case.path / "notebooks").glob("[0-9]*.ipynb"))
    if not notebooks:
        return
    rerun = Task("run the notebooks again", "kit run", "case.run()")
    kept = _recalled(case, "run")
    if kept is None or not isinstance(kept.get("rows"), dict):
        yield "no run on this machine yet"
        tasks.append(rerun)
        return
    yield f"on {_moment(kept['at'])}"
    changed = _differing(kept["state"], _state(case))
    moved = [name for name in tables if case.schema[name].path in changed]
    for name in moved:
        before, now = kept["rows"].get(name, {}), _rows(case, name)
        new = [id for id in now if id not in before]
        gone = [id for id in before if id not in now]
        other = [id for id in now if id in before and before[id] != now[id]]
        parts = [
            f"{len(ids):,} {what} ({_some(ids)})"
            for what, ids in (("new", new), ("changed", other), ("gone", gone))
            if ids
        ]
        yield f"{name}: {', '.join(parts) or 'the same rows in another form'}"
    if moved:
        yield f"older than the tables: {_some(path.stem for path in notebooks)}"
    edited = [Path(name).stem for name in changed if name.startswith("notebooks/")]
    if edited:
        yield f"saved since: {_some(edited)}"
    if moved or edited:
        tasks.append(rerun)


def _rows(case: Case, name: str) -> dict[str, int]:
    """A short hash of each row by its key."""
    frame = case.table(name)
    parts = frame[list(case.schema[name].key)].astype("str")
    keys = [" ".join(filter(None, row)) for row in parts.itertuples(index=False)]
    hashes = pd.util.hash_pandas_object(frame.astype("str"), index=False)
    return dict(zip(keys, hashes.tolist(), strict=True))


def _some(names: Iterable[object]) -> str:
    """The first few names, and how many more there are."""
    every = [str(name)[:_LONGEST] for name in names]
    more = len(every) - _NAMED
    return ", ".join(every[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _clean(words: str) -> str:
    return printable(words, lines=False)
