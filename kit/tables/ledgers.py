"""The tables that code writes: described as the manual ones are, and read by the same rules."""

from __future__ import annotations

from kit.tables.columns import Column, Table

_SHA256, _WHOLE, _DAY = r"[0-9a-f]{64}", r"\d+", r"\d{4}-\d\d-\d\d"

#: What a person can say of a statement of ours; nobody looked, it holds, it does not, it has to be mended.
STATUSES = ("unchecked", "checked", "wrong", "needs-work")
#: What came back in a packet and is no mark; each is open until somebody has dealt with it.
REMARK_KINDS = ("rewording", "struck", "remark", "conflict", "question", "lost", "unknown")

#: What checkers said, written when a packet comes back, and by hand.
REVIEWS: tuple[Table, ...] = (
    Table(
        "checks",
        "A person's mark on one of our statements, good for the wording it was put on",
        (
            Column(
                "statement",
                "id",
                "Its id in `processed/statements.csv`, or the id of a fact or source that we cite",
                required=True,
            ),
            Column("status", "code", "What the person found", required=True, words=STATUSES),
            Column("by", "text", "Who checked it", required=True),
            Column("on", "date", "When", required=True),
            Column("comment", "text", "What the person wrote beside it"),
            Column("wording", "text", "The sentence as it was checked", required=True),
            Column(
                "basis",
                "text",
                "What it rested on: ids of facts and sources, `#number = value`",
                many=True,
            ),
        ),
        key=("statement",),
        private=True,
    ),
    Table(
        "remarks",
        "What came back in a packet and is no mark: open until somebody has dealt with it",
        (
            Column("id", "id", "Made from what it says and the packet it came back in", required=True),
            Column("statement", "id", "The statement that it stands at; blank: the packet as a whole"),
            Column(
                "kind",
                "code",
                "`rewording`: other words for the sentence; `struck`: it was struck out; `conflict`: a mark "
                "that the table, or the file itself, contradicts; `question`: a mark that cannot be understood; "
                "`lost`: a statement that did not come back; `unknown`: one that the packet never had",
                required=True,
                words=REMARK_KINDS,
            ),
            Column("place", "text", "Where in the file it stands"),
            Column("words", "text", "What was written, whole", required=True),
            Column("by", "text", "Who wrote it, as far as the file says"),
            Column("on", "text", "When, as the file says it"),
            Column("packet", "text", "The packet that it came back in", required=True),
            Column("came", "date", "When it was imported", required=True),
            Column("settled", "date", "When somebody dealt with it; blank: nobody has yet"),
            Column("answer", "text", "What was done about it, and by whom"),
        ),
        private=True,
    ),
)

LEDGERS: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "captures",
            "A capture of a source: what arrived, when and how; the files themselves stay on the desk that made them",
            (
                Column("id", "id", "Source and time of capture", required=True, form=r"[a-z0-9][a-z0-9-]*"),
                Column(
                    "source", "text", "Id of the source, or a name given before it was read", required=True
                ),
                Column("url", "url", "Address as asked"),
                Column("final_url", "url", "Address that answered"),
                Column(
                    "captured_at",
                    "text",
                    "Time in UTC, to the second",
                    required=True,
                    form=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
                ),
                Column("how", "code", "How it came", required=True, words=("fetched", "file", "pasted")),
                Column("media_type", "text", "What it is, or `unknown`", required=True),
                Column("status", "text", "HTTP status of the answer", form=r"\d{3}"),
                Column("sha256", "text", "SHA-256 of the page's own bytes", required=True, form=_SHA256),
                Column("bytes", "number", "How many bytes they are", required=True, form=_WHOLE),
                Column("excerpt", "code", "Whether only a part was kept", required=True, words=("yes", "no")),
                Column("software", "text", "What made the capture", required=True),
                Column("warc", "text", "Name of the file in `captures/`", required=True),
                Column("note", "text", "What a reader of the row should know"),
            ),
            folder="processed",
        ),
        Table(
            "passages",
            "A passage that `evidence` names, as it was last read in a capture",
            (
                Column(
                    "evidence", "id", "Id of the row of `evidence`, computed from its cells", required=True
                ),
                Column(
                    "capture", "ref", "The capture it was read in; blank: there is none", refers=("captures",)
                ),
                Column(
                    "start_offset", "number", "Where it begins in the capture's normalised text", form=_WHOLE
                ),
                Column("end_offset", "number", "Where it stops", form=_WHOLE),
                Column("hash", "text", "SHA-256 of the words that stand there", form=_SHA256),
                Column(
                    "verdict",
                    "code",
                    "Whether it stands there; only the first two hold",
                    required=True,
                    words=(
                        "exact",
                        "normalised",
                        "altered",
                        "spliced",
                        "wrong-source",
                        "changed",
                        "not-found",
                        "not-captured",
                        "ambiguous",
                    ),
                ),
                Column("found", "text", "What was found, in a few words"),
                Column(
                    "link",
                    "text",
                    "What behind `#` opens the page there: a text directive, or a page of a PDF",
                ),
                Column("notices", "text", "What a person should know of a passage that holds", many=True),
                Column(
                    "carries",
                    "code",
                    "Whether it carries the fact that it is cited for, a part of it, or none; blank: not looked at yet",
                    words=("carries", "part", "lacks", "not-judged"),
                ),
                Column(
                    "missing",
                    "code",
                    "What of the fact was not found in it",
                    many=True,
                    words=("number", "unit", "day", "who", "modality"),
                ),
                Column("looked_for", "text", "What was looked for in vain, or why nothing was judged"),
                Column("asked", "text", "Changes when what it is cited for does", form=r"[0-9a-f]{16}"),
                Column("checked_on", "date", "Since when the verdict stands", required=True, form=_DAY),
            ),
            key=("evidence",),
            folder="processed",
        ),
        Table(
            "statements",
            "A sentence of the notebooks that states a fact; its id is its own for good, whatever becomes of it",
            (
                Column("statement", "id", "Its id, never given again", required=True, form=r"s-\d{4,}"),
                Column("notebook", "text", "The notebook it stands in, or stood in last", required=True),
                Column("cell", "text", "Id of the cell"),
                Column("position", "number", "Which sentence of the cell", required=True, form=_WHOLE),
                Column("text", "text", "The sentence as a reader sees it", required=True),
                Column(
                    "marks",
                    "text",
                    "Ids of facts and sources it cites, and `#name` of its numbers",
                    many=True,
                ),
                Column("first_seen", "date", "The day it was given its id", required=True, form=_DAY),
                Column("retired_on", "date", "The day it was found to be gone", form=_DAY),
            ),
            key=("statement",),
            folder="processed",
        ),
    )
}
