"""What importing a returned packet did, told in full."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What importing a packet did, each list in the order of the packet.

    ``marked`` were written to the table. ``conflicts`` were not: the table, or the file itself, says something else.
    ``reworded`` came back with other words than were printed, as a proposal; ``stale`` have changed since in the
    notebooks, so that their mark does not count for today's wording. ``lost`` ids did not come back, ``unknown`` ones
    are not the packet's. ``remarks`` are comments on no statement.
    """

    packet: str
    file: str
    marked: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether everything in the packet found its place."""
        return not (self.conflicts or self.lost or self.unknown)

    def __str__(self) -> str:
        parts = (
            ("written to data/manual/checks.csv", self.marked),
            ("not written, since two marks or sentences say different things", self.conflicts),
            ("reworded by the checker; change the notebook if you agree", self.reworded),
            ("changed in the notebooks since the packet was printed, so unchecked again", self.stale),
            ("not in the file any more", self.lost),
            ("not of this packet, left out", self.unknown),
            ("remarks on the packet as a whole", self.remarks),
        )
        lines = [f"{self.file}: packet {self.packet}"]
        for told, found in parts:
            if found:
                lines += [f"{len(found)} {told}:", *(f"  {each}" for each in found)]
        return "\n".join(lines if len(lines) > 1 else [*lines, "nothing new in it"])
