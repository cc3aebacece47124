"""What a packet carries within itself, so that a returned one can be held against what was printed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kit.errors import KitError
from kit.reporting.packet import FORMAT, Packet

#: Marks the part of a Word document that holds the data.
NAMESPACE = "urn:casebook:packet"


@dataclass(frozen=True)
class Printed:
    """A statement as a packet printed it: its words, what it rested on, and the mark it then had."""

    id: str
    wording: str
    basis: tuple[str, ...]
    status: str
    by: str
    on: str
    comment: str


@dataclass(frozen=True)
class Baseline:
    """What a packet was when it was printed: its case, its id, its statements by id."""

    case: str
    packet: str
    statements: dict[str, Printed]


def baseline_text(packet: Packet) -> str:
    """The packet's own data, as JSON."""
    printed = [
        Printed(e.id, e.text, e.rests_on, e.standing.status, e.standing.by, e.standing.on, e.standing.comment)
        for e in packet.entries
    ]
    content = {
        "format": FORMAT,
        "case": packet.case,
        "packet": packet.id,
        "statements": [asdict(each) for each in printed],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_baseline(text: str, place: str) -> Baseline:
    """The data that `baseline_text` wrote; what is not that, or of another format, raises `KitError` at ``place``."""
    damaged = KitError(place, "does not hold the data of a packet", "ask for the file that was sent out")
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise KitError(
                place,
                f"was printed by another version of the kit (format {content['format']}, not {FORMAT})",
                "print the packet anew and carry the marks over",
            )
        statements = [Printed(**{**each, "basis": tuple(each["basis"])}) for each in content["statements"]]
        if not all(isinstance(each.wording, str) and isinstance(each.id, str) for each in statements):
            raise damaged
        return Baseline(content["case"], content["packet"], {each.id: each for each in statements})
    except (ValueError, KeyError, TypeError) as error:
        raise damaged from error
