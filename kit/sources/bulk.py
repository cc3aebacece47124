"""Many sources kept at once: hosts side by side, one request at a time at each, nothing lost or doubled."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.case import Case
from kit.errors import BadTable, KitError
from kit.sources.adding import add_sources, checked_cells, source_row
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.web.fetch import Limits
from kit.sources.keep import Desk, keep_source

AT_ONCE = 32  # items handed out at a time
WORKERS = min(4, os.cpu_count() or 1)
STALE = 3600.0  # seconds after which a half-written capture is nobody's any more
COLUMNS = ["item", "source", "result", "capture", "reason", "warnings"]


@dataclass(frozen=True)
class _Outcome:
    """What a worker sends back: never the page itself, of which there may be thousands."""

    capture: Capture | None = None
    new: bool = False
    reason: str = ""
    warnings: tuple[str, ...] = ()
    row: Mapping[str, str] | None = None


def outstanding(case: Case) -> list[str]:
    """The ids of the sources that have an address and no capture whose file is here.

    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo:
    ...     outstanding(demo.case)
    []
    """
    known = index.read_index(case.path)
    here = {row.source for row in known.itertuples() if (case.path / CAPTURES / str(row.warc)).is_file()}
    found = Desk.of(case).addresses.items()
    return [source for source, url in found if url.startswith(("http://", "https://")) and source not in here]


def keep_all(
    case: Case,
    items: Iterable[str] | None = None,
    *,
    tier: str = "",
    cells: Mapping[str, str] | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], object] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """What became of each item, in the order given: a row an item.

    Columns: item; source (id); result (``kept``, ``already`` or ``missed``); capture (id); reason (why it was missed,
    or is not in the table though a ``tier`` was given); warnings (a tuple of sentences about the page, of what is
    new). With a ``tier`` there are also added (whether its row was put into the sources table), same_as and by (which
    source it is already, and by what that is known).

    ``items`` are addresses, files or source ids; without them, every `outstanding` source is kept. ``options`` are those
    of `kit.sources.keep.keep_source`. A page that fails never stops the rest. Work goes through ``executor``
    (threads, unless another is given; pages are read in processes of their own), with one item at a time for each host. Every capture is whole on disk before
    it counts, so that after Ctrl-C or a crash the same call goes on where it stopped. ``progress`` is called with the
    item, how many are done, and of how many. Settings that will not do raise `Problems` before anything is fetched.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from kit.sources.demo import Demo
    >>> with Demo() as demo, ThreadPoolExecutor() as pool:
    ...     pages = [demo.url("/terms"), demo.url("/gone")]
    ...     keep_all(demo.case, pages, executor=pool, allow_private=True)["result"].tolist()
    ['kept', 'missed']
    """
    Limits.of(case.settings)
    known = checked_cells(case, cells or {})
    _sweep(case)
    index.refresh(case.path)
    order = list(dict.fromkeys(outstanding(case) if items is None else items))
    task = _Task(Desk.of(case), tier, known, options)
    outcomes = _run(task, order, executor, progress)
    frame = pd.DataFrame([_row(item, outcomes[item]) for item in order], columns=COLUMNS)
    return _added(case, frame, [outcomes[item].row for item in order]) if tier else frame


@dataclass(frozen=True)
class _Task:
    """What a worker is sent with each item."""

    desk: Desk
    tier: str
    cells: Mapping[str, str]
    options: Mapping[str, Any]

    def __call__(self, item: str) -> _Outcome:
        # An error travels as its text: not every error survives the way between processes.
        try:
            kept = keep_source(self.desk, item, **self.options)
        except KitError as error:
            return _Outcome(reason=str(error))
        warnings = tuple(warn.says for warn in kept.page.warnings) if kept.new else ()
        if not self.tier:
            return _Outcome(kept.capture, kept.new, warnings=warnings)
        try:
            row = source_row(kept.page, kept.capture, self.tier, self.cells)
        except KitError as error:
            return _Outcome(kept.capture, kept.new, str(error), warnings)
        return _Outcome(kept.capture, kept.new, warnings=warnings, row=row)

    def host(self, item: str) -> str:
        """What is asked one thing at a time: the host of an address; anything else is its own."""
        address = self.desk.addresses.get(item, item)
        return urlsplit(address).hostname or "" if "://" in address else item


def _run(
    task: _Task,
    order: list[str],
    executor: Executor | None,
    progress: Callable[[str, int, int], object] | None,
) -> dict[str, _Outcome]:
    queues: dict[str, deque[str]] = {}
    for item in order:
        queues.setdefault(task.host(item), deque()).append(item)
    outcomes: dict[str, _Outcome] = {}
    running: dict[Future[_Outcome], tuple[str, str]] = {}
    own = None if executor else ThreadPoolExecutor(WORKERS)
    pool = executor or own
    assert pool is not None
    free = deque(queues)

    def done(host: str, item: str, outcome: _Outcome) -> None:
        outcomes[item] = outcome
        if queues[host]:
            free.append(host)
        if progress:
            progress(item, len(outcomes), len(order))

    try:
        while free or running:
            while free and len(running) < AT_ONCE:
                item = queues[host := free.popleft()].popleft()
                try:
                    running[pool.submit(task, item)] = host, item
                except (BrokenExecutor, RuntimeError) as error:
                    reason = f"no worker left to fetch it ({error}); run it again"
                    done(host, item, _Outcome(reason=reason))
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                done(*running.pop(future), _outcome(future))
    finally:
        for future in running:
            future.cancel()
        if own:
            own.shutdown(cancel_futures=True)
        index.add(task.desk.path, [outcome.capture for outcome in outcomes.values() if outcome.capture])
    return outcomes


def _outcome(future: Future[_Outcome]) -> _Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    if isinstance(error, BrokenExecutor):
        return _Outcome(reason="its worker stopped; run it again")
    shown = f"{type(error).__name__}: {ascii(str(error))[:200]}"
    return _Outcome(reason=f"a fault of the kit, {shown}; please report it")


def _row(item: str, outcome: _Outcome) -> dict[str, Any]:
    capture = outcome.capture
    result = "missed" if capture is None else "kept" if outcome.new else "already"
    source, identity = (capture.source, capture.id) if capture else ("", "")
    cells = (item, source, result, identity, outcome.reason, outcome.warnings)
    return dict(zip(COLUMNS, cells, strict=True))


def _added(case: Case, frame: pd.DataFrame, rows: list[Mapping[str, str] | None]) -> pd.DataFrame:
    try:
        added, there, _ = add_sources(case, [dict(row) for row in rows if row is not None])
    except BadTable as error:
        reasons = frame["reason"].where(
            frame["result"].eq("missed"), f"is kept, and not in the table: {error}"
        )
        return frame.assign(added=False, same_as="", by="", reason=reasons)
    same = {row.id: (row.same_as, row.by) for row in there.itertuples()}
    return frame.assign(
        added=frame["source"].isin(added["id"]),
        same_as=[same.get(source, ("", ""))[0] for source in frame["source"]],
        by=[same.get(source, ("", ""))[1] for source in frame["source"]],
    )


def _sweep(case: Case) -> None:
    """Remove what an earlier run, stopped in the middle of a capture, left half written."""
    for path in (case.path / CAPTURES / ".partial").glob("*.warc.gz"):
        if time.time() - path.stat().st_mtime > STALE:
            path.unlink(missing_ok=True)
