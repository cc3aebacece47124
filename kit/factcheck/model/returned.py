"""A packet that came back: what it was when it was printed, what a checker filled in, and what importing it did."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from kit.errors import KitError
from kit.factcheck.model.packet import PACKET_FORMAT, Packet

STATEMENT = r"s-\d{4,}"


#: Marks the part of a Word document that holds the data.
NAMESPACE = "urn:casebook:packet"


@dataclass(frozen=True)
class PrintedStatement:
    """A statement as a packet printed it: its words, what it rested on, and the mark it then had."""

    id: str
    wording: str
    basis: tuple[str, ...]
    status: str
    by: str
    on: str
    comment: str


ASIDE = "aside"


@dataclass(frozen=True)
class PrintedLine:
    """A line that a packet printed: the statement it stands under, the column of a spreadsheet, and its text.

    Instead of a column, `ASIDE` says that the line stands where programs do as they like, so that it is not missed.
    """

    statement: str
    column: str
    text: str


@dataclass(frozen=True)
class Baseline:
    """What a packet was when it was printed: its case and the case's own id, its id, its statements by id, its lines.

    ``lines`` is ``None`` in a packet of the first edition, which did not keep them.
    """

    case: str
    case_id: str
    packet: str
    statements: dict[str, PrintedStatement]
    lines: tuple[PrintedLine, ...] | None = None


def baseline_text(packet: Packet, lines: Iterable[PrintedLine]) -> str:
    """The packet's own data, as JSON: by it everything that differs in a returned file is found."""
    printed = [
        PrintedStatement(
            e.id, e.text, e.rests_on, e.standing.status, e.standing.by, e.standing.on, e.standing.comment
        )
        for e in packet.entries
    ]
    content = {
        "format": PACKET_FORMAT,
        "case": packet.case,
        "case_id": packet.case_id,
        "packet": packet.id,
        "statements": [asdict(each) for each in printed],
        "lines": [[line.statement, line.column, squeezed(line.text)] for line in lines],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_baseline(text: str, place: str) -> Baseline:
    """The data that `baseline_text` wrote, now or in the first edition.

    What is not that, or of a later format, raises `KitError` at ``place``.
    """
    damaged = KitError(place, "does not hold the data of a packet", "ask for the file that was sent out")
    try:
        content = json.loads(text)
        if content["format"] not in (1, PACKET_FORMAT):
            raise KitError(
                place,
                f"was printed by another version of the kit (format {content['format']}, not {PACKET_FORMAT})",
                "print the packet anew and carry the marks over",
            )
        statements = [
            PrintedStatement(**{**each, "basis": tuple(each["basis"])}) for each in content["statements"]
        ]
        lines = tuple(PrintedLine(*line) for line in content["lines"]) if "lines" in content else None
        cells = [value for each in (*statements, *(lines or ())) for value in vars(each).values()]
        if not all(isinstance(value, (str, tuple)) for value in cells):
            raise damaged
        known = {each.id: each for each in statements}
        return Baseline(content["case"], content.get("case_id", ""), content["packet"], known, lines)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged from error


@dataclass(frozen=True)
class CheckMark:
    """What a checker filled in for a statement, as written; blank where nothing was."""

    status: str = ""
    by: str = ""
    on: str = ""

    def __str__(self) -> str:
        return f"{self.status} ({', '.join(filter(None, (self.by, self.on))) or 'nobody'})"


@dataclass(frozen=True)
class Comment:
    """A comment, who wrote it and the day, where the file says so; and what became of its thread."""

    text: str
    by: str = ""
    on: str = ""
    thread: str = ""

    def __str__(self) -> str:
        about = "; ".join(filter(None, (", ".join(filter(None, (self.by, self.on))), self.thread)))
        return f"{self.text} ({about})" if about else self.text


@dataclass(frozen=True)
class Remark:
    """What a checker left that is no mark and no comment on a statement: at which statement, where, and its words."""

    statement: str
    place: str
    words: str
    by: str = ""
    on: str = ""


@dataclass
class Returned:
    """A packet that came back.

    ``marks`` and ``wordings`` hold all that was found for an id, in order: a copied line gives two; a wording is blank
    where the sentence was struck out. ``cover`` is what was filled in for the whole packet, ``saved_on`` the day that
    the program noted when it saved the file. ``rewritten`` are comment cells of a spreadsheet, which hold the whole
    comment and not an addition to it. ``remarks`` are all other differences from what was printed; ``files`` are
    pictures and other files put in, by the name to keep them under.
    """

    baseline: Baseline
    marks: dict[str, list[CheckMark]] = field(default_factory=dict)
    wordings: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[str, list[Comment]] = field(default_factory=dict)
    rewritten: dict[str, str] = field(default_factory=dict)
    cover: CheckMark = field(default_factory=CheckMark)
    saved_on: str = ""
    remarks: list[Remark] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def put_aside(self, statement: str, name: str, content: bytes) -> None:
        """Nothing; a picture or file that was put in at a statement is kept, under a name made from it, and remarked."""
        plain = re.sub(r"[^A-Za-z0-9.]+", "-", name.rpartition("/")[2])[-60:].lstrip(".")
        kept = f"{hashlib.sha256(content).hexdigest()[:12]}-{plain}"
        self.files[kept] = content
        words = f"a picture or file was put in, kept as data/returned/{kept}"
        self.remarks.append(Remark(statement, "a picture or file", words))


def squeezed(text: str) -> str:
    """The text on one line, each run of space one space; programs break and pad it as they like."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Outcome:
    """What importing a packet did, each list in the order of the packet.

    ``marked`` were written to the table of checks. ``stale`` have changed since in the notebooks, so that their mark
    does not count for today's wording; ``older`` are marks to which the same checker has given a later one. All others
    stand in the table of remarks and wait for somebody: ``conflicts``, where the table, or the file itself, says
    something else; ``questions``, marks that cannot be understood; ``reworded`` sentences, which are proposals;
    ``lost`` ids, ``unknown`` ones; ``remarks`` of every other kind. ``note`` says what could not be compared.
    """

    packet: str
    file: str
    marked: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing in the packet waits for somebody."""
        return not (
            self.conflicts or self.questions or self.reworded or self.lost or self.unknown or self.remarks
        )

    def __str__(self) -> str:
        parts = (
            ("written to data/manual/checks.csv", self.marked),
            ("not written, since two marks or sentences say different things", self.conflicts),
            ("not written, since it cannot be understood", self.questions),
            ("reworded or struck out by the checker; change the notebook if you agree", self.reworded),
            ("changed in the notebooks since the packet was printed, so unchecked again", self.stale),
            ("not written, since the same checker has said something later", self.older),
            ("not in the file any more", self.lost),
            ("not of this packet, left out", self.unknown),
            ("remarks elsewhere in the file", self.remarks),
        )
        lines = [f"{self.file}: packet {self.packet}"]
        for heading, found in parts:
            if found:
                lines += [f"{len(found)} {heading}:", *(f"  {each}" for each in found)]
        if len(lines) == 1:
            lines.append("nothing new in it")
        if not self.clean:
            lines.append(
                "what was not written waits in data/manual/remarks.csv: deal with it, and write the day in `settled`"
            )
        return "\n".join([*lines, self.note] if self.note else lines)
