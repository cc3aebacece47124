"""Many sources kept at once: hosts side by side, one request at a time at each, nothing lost or doubled."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.errors import KitError
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.keep import CaseFolder, kept, source_addresses
from kit.sources.capture.web.fetch import Limits

AT_ONCE = 32  # items handed out at a time
_STALE = 3600.0  # seconds after which a half-written capture is nobody's any more
COLUMNS = ["item", "source", "result", "capture", "reason"]


@dataclass(frozen=True)
class _Desk:
    """What of a case travels to a worker."""

    path: Path
    contact: str
    settings: Mapping[str, Any]
    sources: pd.DataFrame


def outstanding(case: CaseFolder) -> list[str]:
    """The ids of the sources that have an address and no capture whose file is here."""
    known = index.read_index(case.path)
    here = {row.source for row in known.itertuples() if (case.path / CAPTURES / str(row.warc)).is_file()}
    found = source_addresses(case).items()
    return [source for source, url in found if url.startswith(("http://", "https://")) and source not in here]


def keep_many(
    case: CaseFolder,
    items: Iterable[str],
    executor: Executor | None = None,
    progress: Callable[[int, int, str], object] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """What became of each item, in the order given: columns item, source, result, capture, reason.

    ``items`` are addresses, files or source ids, ``options`` those of `kit.sources.capture.keep.keep`;
    ``result`` is kept, already or missed. A page that fails never stops the rest. Work goes
    through ``executor`` (processes, unless another is given), with one item at a time for each
    host. Every capture is whole on disk before it counts, so that after Ctrl-C or a crash the
    same call goes on where it stopped. ``progress`` is called with how many are done, of how
    many, and the item.
    """
    _sweep(case)
    Limits.of(case.settings)
    before = set(index.refresh(case.path)["id"])
    desk = _Desk(case.path, case.contact, dict(case.settings), case.sources[["url"]])
    order = list(dict.fromkeys(items))
    known = source_addresses(case)
    queues: dict[str, deque[str]] = {}
    for item in order:
        address = known.get(item, item)
        queues.setdefault(urlsplit(address).hostname or "" if "://" in address else item, deque()).append(
            item
        )
    rows: dict[str, dict[str, str]] = {}
    captures: list[Capture] = []
    running: dict[Future[tuple[Capture | None, str]], tuple[str, str]] = {}
    own = (
        None
        if executor
        else ProcessPoolExecutor(
            min(4, os.cpu_count() or 1),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_finish_when_asked_to_stop,
        )
    )
    pool = executor or own
    assert pool is not None
    free = deque(queues)
    try:
        while free or running:
            while free and len(running) < AT_ONCE:
                host = free.popleft()
                item = queues[host].popleft()
                try:
                    running[pool.submit(_one, desk, item, options)] = host, item
                except (BrokenExecutor, RuntimeError) as error:
                    rows[item] = _row(
                        item, None, f"no worker left to fetch it ({error}); run it again", before
                    )
                    if queues[host]:
                        free.append(host)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                host, item = running.pop(future)
                capture, reason = _outcome(future)
                if capture:
                    captures.append(capture)
                rows[item] = _row(item, capture, reason, before)
                if queues[host]:
                    free.append(host)
                if progress:
                    progress(len(rows), len(order), item)
    finally:
        for future in running:
            future.cancel()
        if own:
            own.shutdown(cancel_futures=True)
        index.add(case.path, captures)
    return pd.DataFrame([rows[item] for item in order], columns=COLUMNS)


def _finish_when_asked_to_stop() -> None:
    """Ctrl-C reaches every process of a terminal: the workers finish what they have begun, and no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _one(desk: _Desk, item: str, options: Mapping[str, Any]) -> tuple[Capture | None, str]:
    # An error travels as its text: not every error survives the way between processes.
    try:
        return kept(desk, item, **options), ""
    except KitError as error:
        return None, str(error)


def _outcome(future: Future[tuple[Capture | None, str]]) -> tuple[Capture | None, str]:
    error = future.exception()
    if error is None:
        return future.result()
    if not isinstance(error, Exception):
        raise error
    if isinstance(error, BrokenExecutor):
        return None, "its worker stopped; run it again"
    return None, f"a fault of the kit, {type(error).__name__}: {ascii(str(error))[:200]}; please report it"


def _row(item: str, capture: Capture | None, reason: str, before: set[str]) -> dict[str, str]:
    if capture is None:
        return {"item": item, "source": "", "result": "missed", "capture": "", "reason": reason}
    result = "already" if capture.id in before else "kept"
    return {"item": item, "source": capture.source, "result": result, "capture": capture.id, "reason": ""}


def _sweep(case: CaseFolder) -> None:
    """Remove what an earlier run, stopped in the middle of a capture, left half written."""
    for path in (case.path / CAPTURES / ".partial").glob("*.warc.gz"):
        if time.time() - path.stat().st_mtime > _STALE:
            path.unlink(missing_ok=True)
