"""Hostile pages, servers and files: a clear outcome, bounded time and memory, nothing written elsewhere."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from support import hostile

pytestmark = pytest.mark.long

SECONDS, MEGABYTES = 60, 500


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    """A process for each threat, so that its memory is its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kit.sources.recapture", "brotli"])
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        yield pool


@pytest.mark.parametrize("name", hostile.THREATS)
def test_a_threat_comes_to_nothing(apart: ProcessPoolExecutor, name: str, tmp_path: Path) -> None:
    with hostile.launched(name, tmp_path) as what:
        before = set(tmp_path.rglob("*"))
        fate = apart.submit(hostile.suffer, name, what, tmp_path).result(timeout=4 * SECONDS)
    expected = hostile.THREATS[name].outcome
    assert expected in fate.outcome
    assert len(fate.outcome) < 600
    assert fate.outcome.isprintable()
    assert fate.seconds < SECONDS
    assert fate.megabytes < MEGABYTES
    new = set(tmp_path.rglob("*")) - before
    assert all(tmp_path / "case" in (path, *path.parents) for path in new)
    assert (
        [path for path in new if path.suffix == ".gz"] == []
        or expected == "kept"
        or hostile.THREATS[name].how == "page"
    )
    for ledger in tmp_path.glob("case/data/processed/captures.csv"):
        cells = pd.read_csv(ledger, dtype=str, keep_default_na=False)
        assert not cells.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).any().any()
