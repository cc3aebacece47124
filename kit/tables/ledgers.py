"""The tables that code writes, described as the manual ones are: every column, its kind and its vocabulary."""

from __future__ import annotations

from kit.tables.schema import Column, Table

LEDGERS: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "captures",
            "A capture of a source: what arrived, when and how; the files themselves stay on the desk that made them",
            (
                Column("id", "id", "Source and time of capture", required=True),
                Column(
                    "source", "text", "Id of the source, or a name given before it was read", required=True
                ),
                Column("url", "url", "Address as asked"),
                Column("final_url", "url", "Address that answered"),
                Column("captured_at", "text", "Time in UTC, to the second", required=True),
                Column("how", "code", "How it came", required=True, words=("fetched", "file", "pasted")),
                Column("media_type", "text", "What it is, or `unknown`", required=True),
                Column("status", "text", "HTTP status of the answer"),
                Column("sha256", "text", "SHA-256 of the page's own bytes", required=True),
                Column("bytes", "number", "How many bytes they are", required=True),
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
                Column("capture", "ref", "The capture it was read in", required=True, refers=("captures",)),
                Column("start_offset", "number", "Where it begins in the capture's normalised text"),
                Column("end_offset", "number", "Where it stops"),
                Column("hash", "text", "SHA-256 of the words that stand there"),
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
                Column("checked_on", "text", "Since when the verdict stands", required=True),
            ),
            key=("evidence",),
            folder="processed",
        ),
        Table(
            "statements",
            "A sentence of the notebooks that states a fact; its id is its own for good, whatever becomes of it",
            (
                Column("statement", "id", "Serial id, never given again", required=True),
                Column("notebook", "text", "The notebook it stands in, or stood in last", required=True),
                Column("cell", "text", "Id of the cell"),
                Column("position", "number", "Which sentence of the cell", required=True),
                Column("text", "text", "The sentence as a reader sees it", required=True),
                Column(
                    "marks",
                    "text",
                    "Ids of facts and sources it cites, and `#name` of its numbers",
                    many=True,
                ),
                Column("first_seen", "date", "The day it was given its id", required=True),
                Column("retired_on", "date", "The day it was found to be gone"),
            ),
            key=("statement",),
            folder="processed",
        ),
    )
}
