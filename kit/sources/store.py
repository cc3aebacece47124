"""Captures written: whole or not at all, and never one over another."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kit.sources.capture import FACTS, Capture, checked_id, scan
from kit.sources.politeness import software
from kit.sources.warc import Writer, stamp


@dataclass(frozen=True)
class Arrival:
    """What came, and how, before it is a capture: ``fill`` writes its records, ``main`` is the page's."""

    source: str
    how: str
    at: datetime
    url: str
    media_type: str
    main: str
    fill: Callable[[Writer], None]
    excerpt: bool = False
    notes: tuple[str, ...] = ()
    size: int = 0
    same_as: str = ""


def store(folder: Path, arrival: Arrival) -> Capture:
    """The capture made of ``arrival``: one new WARC in ``folder``, complete or not there at all.

    It is named from the source id and the time. A name that is taken gets a number: nothing is
    ever written over.
    """
    base = f"{checked_id(arrival.source)}-{arrival.at.astimezone(UTC):%Y%m%dt%H%M%Sz}"
    partial = folder / ".partial"
    partial.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        capture_id = base if number == 1 else f"{base}-{number}"
        held, final = partial / f"{capture_id}.warc.gz", folder / f"{capture_id}.warc.gz"
        number += 1
        try:
            out = held.open("xb")
        except FileExistsError:
            continue
        if not final.exists():
            break
        out.close()
        held.unlink()
    try:
        with out:
            writer = Writer(out)
            info = f"software: {software()}\r\nformat: WARC File Format 1.1\r\n"
            writer.add(
                "warcinfo", io.BytesIO(info.encode()), at=arrival.at, content_type="application/warc-fields"
            )
            facts = {
                "id": capture_id,
                "source": arrival.source,
                "how": arrival.how,
                "captured_at": stamp(arrival.at),
                "url": arrival.url,
                "media_type": arrival.media_type,
                "excerpt": arrival.excerpt,
                "notes": list(arrival.notes),
                "software": software(),
                "main": arrival.main,
            }
            facts |= {"same_as": arrival.same_as, "bytes": arrival.size} if arrival.same_as else {}
            block = io.BytesIO(json.dumps(facts, indent=1, ensure_ascii=False).encode())
            writer.add("metadata", block, at=arrival.at, content_type=FACTS, uri=f"urn:casebook:{capture_id}")
            arrival.fill(writer)
            out.flush()
            os.fsync(out.fileno())
        made = scan(held)
        os.replace(held, final)
    except BaseException:  # an interrupted capture leaves nothing behind either
        held.unlink(missing_ok=True)
        raise
    return replace(made, folder=folder)
