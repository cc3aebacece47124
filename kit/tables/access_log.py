"""Which files a notebook reads, noted while it runs, so that it runs again when one of them changes and only then."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from kit.child import BEGIN

#: Programs that give back nothing but what they are given, as a child of the kit does too.
_PURE = ("pandoc", "pandoc.exe")
#: Addresses of this machine: a server there that the process itself has set up tells it nothing new.
_HERE = {"127.0.0.1", "::1"}
_WRITING = ("w", "a", "x", "+")
_apart = False


@contextmanager
def apart() -> Iterator[None]:
    """A stretch in which files are read that nothing depends on until `Case.table` hands a table out."""
    global _apart
    before, _apart = _apart, True
    try:
        yield
    finally:
        _apart = before


def handed_out(path: Path) -> None:
    """Nothing; where somebody watches, the file counts as read."""
    sys.audit("kit.table", str(path))


def watch(log: str, case: str) -> None:
    """Nothing; from now on each file that this process reads is noted in ``log``, a line each: what happened, and where.

    ``read`` and ``list`` name a file and a folder, absolute; a compiled module counts as the one it was made from. ``more`` is what nobody can follow: a file written,
    another program, another machine; who did that is not to be trusted to do nothing else. Software is not noted:
    what lies beneath the interpreter, the kit, or a hidden folder.
    """
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    noted: set[str] = set()
    served: set[str] = set()
    software = _software()
    own = Path(case).resolve()

    def note(what: str, path: str) -> None:
        line = f"{what}\t{path}\n"
        if line not in noted:
            noted.add(line)
            os.write(handle, line.encode("utf-8", "surrogateescape"))

    def file(what: str, path: Any) -> None:
        if isinstance(path, int) or path is None:
            return
        place = Path(os.path.abspath(os.fsdecode(path)))
        if what == "read" and place.suffix == ".pyc" and place.parent.name == "__pycache__":
            # Python reads the compiled module and only looks at the age of the one that a person wrote.
            with suppress(ValueError):
                place = Path(source_from_cache(place))
        inside = place.is_relative_to(own)
        parts = place.relative_to(own).parts if inside else place.parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if not hidden and not any(place.is_relative_to(folder) for folder in software[0 if inside else 1]):
            note(what, str(place))

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "kit.table":
            note("read", given[0])
        elif event == "open" and not _apart:
            path, mode, flags = given
            writes = (
                any(sign in mode for sign in _WRITING) if mode else (flags or 0) & (os.O_WRONLY | os.O_RDWR)
            )
            file("more" if writes else "read", path)
        elif event in ("os.listdir", "os.scandir"):
            # An import looks through folders too, and finds software.
            if "importlib" not in sys._getframe(1).f_code.co_filename:
                file("list", given[0] or ".")
        elif event == "sqlite3.connect" and given[0] != ":memory:":
            file("read", given[0])
        elif event == "socket.bind" and isinstance(given[1], tuple):
            served.add(given[1][0])
        elif event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] not in served & _HERE:
            note("more", str(given[1][0]))
        elif event == "subprocess.Popen" and not _is_pure(given[0], given[1]):
            note("more", os.fsdecode(given[0] or "?"))
        elif event in ("os.system", "os.exec", "os.posix_spawn"):
            note("more", event)

    sys.addaudithook(hook)


def _is_pure(program: Any, words: Any) -> bool:
    own = BEGIN.format(path=[])[-30:]
    return Path(os.fsdecode(program or "?")).name in _PURE or any(
        isinstance(word, str) and word.endswith(own) for word in words
    )


def _software() -> tuple[list[Path], list[Path]]:
    """Where software lies: within a case, and anywhere."""
    kit = Path(__file__).parents[1]
    prefixes = {Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    system = [Path(name) for name in ("/proc", "/sys", "/dev", "/etc", "/lib", "/usr")]
    libraries = [Path(entry) for entry in sys.path if entry.endswith("-packages")]
    within = [kit, *prefixes, *libraries]
    return within, [*within, *system, Path(tempfile.gettempdir()).resolve()]
