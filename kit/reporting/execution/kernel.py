"""Notebooks, run in order from a fresh kernel, and left as they would be committed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from kit.case import Case
from kit.errors import FailedCell, KitError
from kit.reporting.execution.settling import settled

#: A cell that takes longer is stuck: the slowest of ours takes a few seconds.
CELL_SECONDS = 300
#: What the author of a notebook may say of it in its metadata.
_TOLD = ("publish",)
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def notebooks(case: Case, only: str = "") -> list[Path]:
    """The case's notebooks in order; ``only`` names one of them, and a name that fits none raises `KitError`."""
    found = sorted((case.path / "notebooks").glob("[0-9]*.ipynb"))
    chosen = [path for path in found if path.stem.startswith(only)]
    if not chosen:
        names = ", ".join(path.stem for path in found) or "none"
        raise KitError("notebooks/", f"has none called {only or 'NN-name.ipynb'!r}", f"it has {names}")
    return chosen


def execute(path: Path) -> Any:
    """What `run_notebook` gives, waited for."""
    from nbclient.util import run_sync

    return run_sync(run_notebook)(path)


async def run_notebook(path: Path, log: Path | None = None) -> Any:
    """The notebook as it stands after a run from a fresh kernel, without times and machine names.

    A cell that fails, or that prints a warning, raises `FailedCell` naming the notebook, the cell and the message.
    What the kernel reads is noted in ``log``, where it is given, as `kit.tables.access_log.watch` has it.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    notebook = read_notebook(path)
    watch = f"__import__('kit.tables.access_log', fromlist=['watch']).watch({str(log)!r}, {str(path.parents[1])!r})"
    with tempfile.TemporaryDirectory() as sockets:
        # Unix sockets: nothing that a notebook prints crosses even the loopback network.
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            config=Config({"ConnectionFileMixin": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
            timeout=CELL_SECONDS,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,  # a busy machine may cut what a cell prints into pieces anywhere
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=[f"--IPKernelApp.exec_lines={watch}"] if log else [],
        )
        # Listening to widgets can hang the client (nbclient issue 312); without a handler it warns of each of them.
        client.comm_open_handlers = {"jupyter.widget": lambda message: None}
        last_words = Path(sockets, "stderr")
        try:
            # A kernel that is stopped half-way complains there, which is nobody's concern.
            with last_words.open("wb") as said:
                await client.async_execute(stderr=said)
        except CellExecutionError as error:
            message = f"{error.ename}: {_ANSI.sub('', error.evalue)}"
            raise FailedCell(_place(path, notebook), message, "mend the cell") from None
        except (CellTimeoutError, DeadKernelError) as error:
            lines = [str(error).splitlines()[0], *last_words.read_text(errors="replace").splitlines()[-1:]]
            message = ": ".join(lines) if isinstance(error, DeadKernelError) else lines[0]
            raise FailedCell(_place(path, notebook), message, f"a cell may take {CELL_SECONDS} s") from error
    for number, cell in enumerate(notebook["cells"], start=1):
        cell["metadata"].pop("execution", None)
        for position, output in enumerate(cell.get("outputs", ())):
            settled(output, number, position)
            if output.get("name") == "stderr":
                warning = output["text"].strip().splitlines()[-1]
                raise FailedCell(
                    f"{path.stem}, cell {number}", f"printed a warning: {warning}", "mend what it warns of"
                )
    return notebook


def read_notebook(path: Path) -> Any:
    """The notebook in ``path`` with the house's metadata and what its author says in them; one that cannot be read raises `KitError`."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise KitError(path.name, "is not a notebook", "open it in JupyterLab and save it again") from error
    except OSError as error:
        raise KitError(
            path.name, f"cannot be read ({error.strerror})", "look for it, and try again"
        ) from error
    told = {name: notebook["metadata"][name] for name in _TOLD if name in notebook["metadata"]}
    notebook["metadata"] = nbformat.from_dict(_METADATA | told)
    return notebook


def notebook_bytes(notebook: Any) -> bytes:
    """The notebook as its file holds it."""
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


def outputs(notebook: Any) -> Iterator[tuple[int, Any, Any]]:
    """Each output with the number of its cell and the cell."""
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            yield number, cell, output


def _place(path: Path, notebook: Any) -> str:
    ran = [
        n
        for n, cell in enumerate(notebook["cells"], start=1)
        if cell.get("execution_count") or cell.get("outputs")
    ]
    failed = [n for n, _, output in outputs(notebook) if output["output_type"] == "error"]
    return f"{path.stem}, cell {(failed or ran or [1])[-1]}"
