"""Work on bytes that came from outside, done in a child process with limits of memory and time."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from kit.errors import KitError

Result = TypeVar("Result")

#: Bytes of memory, where the system can be told, and seconds that a piece of work may take.
MEMORY, SECONDS = 1_500_000_000, 60.0
#: How the child is begun, which tells it from other programs; what follows is where it finds the kit.
BEGIN = "import sys; sys.path[:] = {path!r}; from kit.child import serve; serve()"


class TooMuchWork(KitError):
    """Something that takes more memory or time than is given to it, or that stops the program that reads it."""


def in_child(work: Callable[..., Result], *given: Any, place: str, seconds: float = SECONDS) -> Result:
    """What ``work`` gives for what it is ``given``, done in a child process, which then waits for more.

    What ``work`` raises is raised here. A child that is not done within ``seconds``, that needs more than `MEMORY`, or
    that a fault of a library ends, raises `TooMuchWork`, which names the ``place``; the next piece of work gets a new
    child. ``work`` is a function of a module.

    >>> in_child(len, b"Fifty boxes", place="the page")
    11
    """
    child, late = _free(), threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(seconds, stop)
    watch.start()
    try:
        pickle.dump((work, given, seconds), child.stdin)
        child.stdin.flush()
        fine, result = pickle.load(child.stdout)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        _buried(child)
        why = f"took more than {seconds:g} seconds" if late.is_set() else _died(child.returncode)
        remedy = "it may be made to do so; look at it elsewhere, with care"
        raise TooMuchWork(place, f"reading it {why}", remedy) from error
    except BaseException:  # whoever was interrupted must not read the answer as that to another question
        _buried(child)
        raise
    finally:
        watch.cancel()
    _idle.append(child)
    if fine:
        return result
    raise result


#: The children that wait for work, and all that there are.
_idle: list[Any] = []
_all: set[Any] = set()


def _free() -> Any:
    """A child that waits for work: one that is there, or a new one."""
    while _idle:
        child = _idle.pop()
        if child.poll() is None:
            return child
        _buried(child)
    path = [os.path.abspath(folder) for folder in sys.path]
    begin = [sys.executable, "-c", BEGIN.format(path=path)]
    # Ctrl-C in a terminal is the parent's affair, which ends its children.
    child = subprocess.Popen(begin, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    _all.add(child)
    return child


def _buried(child: Any) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        try:
            pipe.close()
        except OSError:
            continue  # what was still to be written has no reader any more
    _all.discard(child)


def _died(status: int) -> str:
    return f"takes more than the {MEMORY / 10**9:g} GB it may have, or ends the reader (status {status})"


@atexit.register
def _end() -> None:
    for child in list(_all):
        _buried(child)


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """A stretch of Python that ends with ``TimeoutError`` once it has used so many seconds of the processor.

    It counts the processor's time and not the clock's, so that a busy machine reads the same. Only the main thread of a
    process can be stopped so, and only where the system has such signals; elsewhere nothing is stopped.

    >>> with stopped_after(5):
    ...     sum(range(10))
    45
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise TimeoutError(f"it took more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    # Who swallows the error is told it again.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def serve() -> None:
    """Nothing, once nobody asks any more: the child's own part, which does what it is sent, one piece after another."""
    alarm = getattr(signal, "alarm", None)
    _limit_memory()
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            work, given, seconds = pickle.load(asked)
        except EOFError:
            return
        if alarm:
            alarm(int(2 * seconds) + 1)  # the parent may be killed, and then nobody else ends us
        try:
            answer = pickle.dumps((True, work(*given)))
        except MemoryError:
            os._exit(1)
        except Exception as error:  # whatever it is, it is the parent's, which waits for an answer
            answer = _told(error)
        if alarm:
            alarm(0)
        answers.write(answer)
        answers.flush()


def _told(error: Exception) -> bytes:
    """An error as an answer: itself where it survives the way, else in words."""
    try:
        pickle.loads(answer := pickle.dumps((False, error)))
    except (pickle.PickleError, TypeError, ValueError, AttributeError):
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where only the time is limited
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
