"""Every table, column, type and vocabulary. What loads, what is checked and what is documented all come from here."""

from __future__ import annotations

from dataclasses import dataclass

#: Words for a value that is not there: looked for and not found; nobody looked; no such thing.
MISSING = ("unknown", "not-recorded", "not-applicable")
#: Tables whose ids share one space, so that a mark in the prose names exactly one thing.
CITABLE = ("sources", "events", "cases", "metrics", "claims")
#: Tables whose rows are facts that evidence can bear on.
FACTS = ("events", "cases", "metrics", "claims")

CONFIDENCE = ("high", "medium", "low", "unread")
#: What a person can say of a statement of ours; nobody looked, it holds, it does not, it has to be mended.
STATUSES = ("unchecked", "checked", "wrong", "needs-work")
CODED = (
    "platform_kind",
    "target_kind",
    "scope",
    "access_kind",
    "relation",
    "stated_reasons",
    "rule",
    "notice",
    "rival_launch",
    "left_open",
    "response",
    "law",
    "reversal",
    "outcome",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, what it means, and what it may hold.

    ``kind`` is id, text, code, ref, date, number or url. ``words`` is a closed vocabulary; ``codebook`` names the
    variable of the codebook that holds it instead; ``refers`` the tables a ref may point into.
    """

    name: str
    kind: str
    about: str
    required: bool = False
    many: bool = False
    words: tuple[str, ...] = ()
    codebook: str = ""
    refers: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: what a row is, its columns, and the columns that tell rows apart.

    One that is ``optional`` may be missing; one that is ``private`` stays with the desk and is never deposited.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    folder: str = "manual"
    optional: bool = False
    private: bool = False

    @property
    def names(self) -> list[str]:
        """The column names, in the order of the file."""
        return [column.name for column in self.columns]

    @property
    def path(self) -> str:
        """Where the file lies, seen from the case folder."""
        return f"data/{self.folder}/{self.name}.csv"


def _id(about: str) -> Column:
    return Column("id", "id", about, required=True)


def _coded(name: str, about: str) -> Column:
    return Column(name, "code", about, required=True, codebook=name, many=name == "stated_reasons")


_CONFIDENCE = Column(
    "confidence",
    "code",
    "How far we trust it; `unread` when every source that supports it is unread",
    required=True,
    words=CONFIDENCE,
)
_NOTE = Column("note", "text", "What a reader of the row should know")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "sources",
            "A published thing",
            (
                _id("Readable id: publisher, date, subject"),
                Column(
                    "type",
                    "code",
                    "CSL item type",
                    required=True,
                    words=(
                        "article-newspaper",
                        "article-magazine",
                        "article-journal",
                        "book",
                        "broadcast",
                        "dataset",
                        "document",
                        "interview",
                        "legal_case",
                        "legislation",
                        "post",
                        "post-weblog",
                        "report",
                        "speech",
                        "webpage",
                    ),
                ),
                Column(
                    "title",
                    "text",
                    "Title as published, or a description that says so in the note",
                    required=True,
                ),
                Column("authors", "text", "Family, Given; as printed", many=True),
                Column("publisher", "text", "Who published it", required=True),
                Column("issued", "date", "Day of publication (EDTF)", required=True, missing=True),
                Column("url", "url", "Address as fetched or read"),
                Column("language", "text", "ISO 639-1 code", required=True),
                Column(
                    "tier",
                    "code",
                    "How near to what happened",
                    required=True,
                    words=("primary", "original-reporting", "secondary", "aggregator"),
                ),
                Column(
                    "derived_from",
                    "ref",
                    "Sources it repeats, as far as we judged by hand",
                    many=True,
                    refers=("sources",),
                ),
                Column(
                    "read",
                    "code",
                    "How much of it we read; `relay`: only through another page",
                    required=True,
                    words=("full", "excerpt", "relay", "no"),
                ),
                Column("archived_url", "url", "A public archive's copy"),
                _NOTE,
            ),
        ),
        Table(
            "events",
            "Something that happened",
            (
                _id("Date and a few words"),
                Column("date", "date", "When (EDTF)", required=True),
                Column("category", "code", "The one kind of event it is", required=True, codebook="category"),
                Column("tags", "ref", "Any number of tags", many=True, refers=("tags",)),
                Column("title", "text", "One line", required=True),
                Column("summary", "text", "Two or three sentences in our words", required=True),
                Column("case", "ref", "The cutoff it belongs to", refers=("cases",)),
                Column(
                    "status",
                    "code",
                    "Standing of the account",
                    required=True,
                    words=("confirmed", "reported", "alleged", "denied", "disputed"),
                ),
                Column("attributed_to", "text", "Who says so; required unless confirmed"),
                _CONFIDENCE,
                _NOTE,
            ),
        ),
        Table(
            "actors",
            "A company, person or body",
            (
                _id("Slug of the name"),
                Column(
                    "kind",
                    "code",
                    "What it is",
                    required=True,
                    words=(
                        "company",
                        "product",
                        "person",
                        "public-body",
                        "court",
                        "group",
                        "publication",
                        "other",
                    ),
                ),
                Column("name", "text", "Name as we print it", required=True),
                Column("aliases", "text", "Other names it goes by", many=True),
                _NOTE,
            ),
        ),
        Table(
            "participants",
            "An actor in an event",
            (
                Column("event", "ref", "The event", required=True, refers=("events",)),
                Column("actor", "ref", "Who took part", required=True, refers=("actors",)),
                Column("role", "code", "As what", required=True, codebook="role"),
            ),
            key=("event", "actor", "role"),
        ),
        Table(
            "cases",
            "One cutoff, coded",
            (
                _id("Platform, target, year"),
                Column(
                    "set",
                    "code",
                    "Core: argued in depth; extended: for comparison",
                    required=True,
                    words=("core", "extended"),
                ),
                Column("title", "text", "One line", required=True),
                Column("platform", "ref", "Who controlled the access", required=True, refers=("actors",)),
                Column("target", "ref", "Who lost it", required=True, many=True, refers=("actors",)),
                Column("began", "date", "When access was cut or curbed (EDTF)", required=True, missing=True),
                Column("ended", "date", "When the case ended, if it did (EDTF)"),
                _coded("platform_kind", "What kind of platform"),
                _coded("target_kind", "What kind of target"),
                _coded("scope", "How many were cut"),
                _coded("access_kind", "What access was cut"),
                _coded("relation", "Target's relation to the platform"),
                _coded("stated_reasons", "Reasons the platform gave"),
                _coded("rule", "The rule cited, and whether it was there before"),
                _coded("notice", "Notice given before access ended"),
                Column("notice_days", "number", "Days of notice", required=True, missing=True),
                _coded("rival_launch", "Did the platform launch a rival product near the cut"),
                Column(
                    "rival_launch_days",
                    "number",
                    "Days from that launch to the cut; negative when the cut came first",
                    required=True,
                    missing=True,
                ),
                _coded("left_open", "What stayed open"),
                _coded("response", "What the target did"),
                _coded("law", "What law did"),
                _coded("reversal", "Whether access came back"),
                Column("reversed_on", "date", "When it came back (EDTF)"),
                _coded("outcome", "How it ended for the target"),
                _CONFIDENCE,
                _NOTE,
            ),
        ),
        Table(
            "codebook",
            "A variable's value",
            (
                Column("variable", "text", "The coded column", required=True),
                Column("value", "text", "One value it may take", required=True),
                Column("definition", "text", "When to give it", required=True),
            ),
            key=("variable", "value"),
        ),
        Table(
            "second_coding",
            "A variable of a case that two coders coded; what was settled stands in `cases`",
            (
                Column("case", "ref", "The case", required=True, refers=("cases",)),
                Column("variable", "text", "The coded column", required=True),
                Column("first", "text", "The first coder's value", required=True),
                Column("second", "text", "The second coder's value", required=True),
            ),
            key=("case", "variable"),
        ),
        Table(
            "metrics",
            "One number",
            (
                _id("Entity, period, measure"),
                Column("metric", "text", "What is measured", required=True),
                Column("entity", "ref", "Of whom or what", required=True, refers=("actors",)),
                Column("value", "number", "The number", required=True, missing=True),
                Column("unit", "text", "Its unit", required=True),
                Column("low", "number", "Lower end, where a range is given"),
                Column("high", "number", "Upper end"),
                Column("period", "date", "The day or period it holds for (EDTF)", required=True),
                Column("basis", "text", "What was counted, how, of whom", required=True),
                Column(
                    "qualifier",
                    "code",
                    "Kind of number",
                    required=True,
                    words=("reported", "self-reported", "estimate", "survey", "projection", "computed"),
                ),
                Column("interest", "text", "Who paid for it; who holds a stake in whom"),
                _CONFIDENCE,
                _NOTE,
            ),
        ),
        Table(
            "claims",
            "Somebody else's sentence under test",
            (
                _id("Source and number"),
                Column("claim", "text", "What was claimed, in our words", required=True),
                Column("made_by", "ref", "The source that claims it", required=True, refers=("sources",)),
                Column(
                    "verdict",
                    "code",
                    "What we found",
                    required=True,
                    words=("supported", "partly-supported", "unsupported", "unverifiable", "contradicted"),
                ),
                Column("why", "text", "In two sentences", required=True),
            ),
        ),
        Table(
            "evidence",
            "What a source says about a fact: the only bridge between the two",
            (
                Column("record", "ref", "The fact", required=True, refers=FACTS),
                Column("field", "text", "The column it bears on; blank: the whole record"),
                Column("source", "ref", "The source", required=True, refers=("sources",)),
                Column(
                    "stance",
                    "code",
                    "What it does for the fact",
                    required=True,
                    words=("supports", "disputes", "states", "context"),
                ),
                Column("says", "text", "This source's own value"),
                Column("start", "text", "First words of the passage"),
                Column("end", "text", "Last words of the passage"),
                Column("prefix", "text", "Words before it, where it occurs twice"),
                Column("suffix", "text", "Words after it, where it occurs twice"),
                Column("locator", "text", "Page, paragraph or time code"),
            ),
            key=(
                "record",
                "field",
                "source",
                "stance",
                "says",
                "start",
                "end",
                "prefix",
                "suffix",
                "locator",
            ),
        ),
        Table(
            "replies",
            "An answer, or the asking for it",
            (
                _id("Record, party, number"),
                Column("record", "ref", "What it answers", required=True, refers=FACTS),
                Column("party", "ref", "Whose answer", required=True, refers=("actors",)),
                Column("channel", "text", "How it was given or asked for", required=True),
                Column("asked_on", "date", "When we asked (EDTF)", required=True, missing=True),
                Column("deadline", "date", "By when", required=True, missing=True),
                Column("answered_on", "date", "When it was given (EDTF)", required=True, missing=True),
                Column("answer", "text", "Its substance, complete, in our words", required=True),
            ),
        ),
        Table(
            "tags",
            "A tag",
            (
                _id("The tag"),
                Column("facet", "text", "The question it answers", required=True),
                Column("label", "text", "As printed", required=True),
                Column("definition", "text", "When to give it", required=True),
            ),
        ),
        Table(
            "waivers",
            "A finding of the gate set aside by a person, for a time",
            (
                Column("rule", "text", "The rule's code", required=True),
                Column(
                    "record", "text", "The finding's record, or its place where it has none", required=True
                ),
                Column("by", "text", "Who answers for it", required=True),
                Column("on", "date", "Since when", required=True),
                Column("until", "date", "The last day on which it counts", required=True),
                Column("reason", "text", "Why the finding may stand", required=True),
            ),
            key=("rule", "record"),
            optional=True,
            private=True,
        ),
        Table(
            "withheld",
            "A name or term that must not be published; the file stays out of version control",
            (
                Column("term", "text", "The name or term, as it may be written", required=True),
                Column("why", "text", "Who would be harmed, or what was promised", required=True),
            ),
            key=("term",),
            optional=True,
            private=True,
        ),
        Table(
            "checks",
            "A person's mark on one of our statements, good for the wording it was put on",
            (
                Column("statement", "id", "Its id in `processed/statements.csv`", required=True),
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
            optional=True,
            private=True,
        ),
    )
}
