"""Whether the captures' files on this machine are what arrived, and whether one that was here has gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kit.errors import KitError
from kit.files import CACHE_FOLDER, write_whole
from kit.sources.capture.capture import BACKUPS, CAPTURES, capture_in

#: Size, time of change and the page's hash of each capture's file, when it was last found to be what arrived.
_FOUND_SOUND = CACHE_FOLDER / "captures.json"
_Stamp = tuple[int, int, str]


@dataclass(frozen=True)
class Damage:
    """What is wrong with a capture's file, of which source, and what to do; ``gone`` where the file is not there."""

    warc: str
    source: str
    wrong: str
    remedy: str = BACKUPS
    gone: bool = False


def damages(case: Path, known: pd.DataFrame, *, thorough: bool = False) -> list[Damage]:
    """What is wrong with the files of the captures in the ledger ``known``, in its order.

    A file of another size or time of change than when it was last found sound is read whole, and its page's hash
    computed again; with ``thorough`` each is, which finds what a disk has changed behind everybody's back. A file that
    was here and is not has gone; one that never was may be at another desk.

    >>> import kit
    >>> case = kit.example()
    >>> capture = case.keep("Fifty boxes.", how="pasted", source="clerk")
    >>> capture.path.unlink()
    >>> [damage.wrong for damage in damages(case.path, kit.sources.capture.index.read_index(case.path))]
    ['was here, and is not any more']
    """
    before, sound, found = _remembered(case), {}, []
    for warc, source, sha256 in known[["warc", "source", "sha256"]].itertuples(index=False, name=None):
        path = case / CAPTURES / warc
        now = _stamp(path, sha256)
        if now is None:
            if warc in before:
                found.append(Damage(warc, source, "was here, and is not any more", gone=True))
                sound[warc] = before[warc]
        elif not thorough and before.get(warc) == now:
            sound[warc] = now
        elif wrong := _altered(path, source, sha256):
            found.append(wrong)
            sound[warc] = (0, 0, "")
        else:
            sound[warc] = now
    if sound != before:
        _remember(case, sound)
    return found


def note_sound(case: Path, hashes: Mapping[str, str]) -> None:
    """Nothing; the files of those names, just written or read whole, are known to be sound, each with its page's hash."""
    made = {
        name: stamp for name, sha256 in hashes.items() if (stamp := _stamp(case / CAPTURES / name, sha256))
    }
    _remember(case, _remembered(case) | made)


def _altered(path: Path, source: str, sha256: str) -> Damage | None:
    try:
        made = capture_in(path)
    except KitError as error:
        return Damage(path.name, source, error.value, error.remedy)
    if made.sha256 == sha256:
        return None
    return Damage(path.name, source, f"SHA-256 is {made.sha256[:12]}…, the ledger has {sha256[:12]}…")


def _stamp(path: Path, sha256: str) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, sha256[:12]


def _remembered(case: Path) -> dict[str, _Stamp]:
    try:
        kept = json.loads((case / _FOUND_SOUND).read_text(encoding="utf-8"))
        return {str(name): (int(size), int(time), str(sha256)) for name, (size, time, sha256) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(case: Path, sound: Mapping[str, _Stamp]) -> None:
    try:
        write_whole(case / _FOUND_SOUND, json.dumps(dict(sorted(sound.items()))))
    except OSError:
        return  # a case that cannot be written to can still be checked
