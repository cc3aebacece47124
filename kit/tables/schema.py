"""The tables that every case may have: columns, kinds and vocabularies. What loads, what is checked and what is
documented all come from here, and from what a case declares beside it (`kit.tables.declarations`).
"""

from __future__ import annotations

from kit.tables.columns import Column, Table
from kit.tables.ledgers import REVIEWS

#: Words for a value that is not there: looked for and not found; nobody looked; no such thing.
MISSING = ("unknown", "not-recorded", "not-applicable")
#: The tables of facts, on which evidence can bear; a case may declare more.
FACTS = ("events", "cases", "metrics", "claims")

#: What a variable of `cases` may hold; `actors` are several.
VARIABLE_KINDS = ("one", "many", "number", "date", "actor", "actors", "text")
#: The id of a capture: that of its source when it was made, and the time.
CAPTURE_ID = r"[a-z0-9][a-z0-9._-]*-\d{8}t\d{6}z(?:-\d+)?"

CONFIDENCE = ("high", "medium", "low", "unread")


def _id(about: str) -> Column:
    return Column("id", "id", about, required=True)


_TRUST = "How far we trust it; `unread` when every source that supports it is unread"
_CONFIDENCE = Column("confidence", "code", _TRUST, required=True, words=CONFIDENCE, public=False)
_NOTE = Column("note", "text", "What the desk should know of the row; never published", public=False)
_PUBLISHED = (
    Column(
        "publish",
        "code",
        "`yes`: published though nothing cites it; `no`: never; blank: where the public edition cites it",
        words=("yes", "no"),
        public=False,
    ),
    Column("public_note", "text", "What a reader of the public edition should know"),
)
#: The last columns of a table of facts: how far it is trusted, whether and with what note it is printed.
OF_A_FACT = (_CONFIDENCE, _NOTE, *_PUBLISHED)
_ALIAS = Column("alias", "text", "Printed in place of the name, which is then withheld", public=False)
_BEARERS = ("actors", "places", "sources")

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
                Column("updated", "date", "Day of its last change, as it says itself (EDTF)"),
                Column("url", "url", "Address as fetched or read"),
                Column("file", "text", "Name of the file that a document came as", public=False),
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
                _ALIAS,
                _NOTE,
                *_PUBLISHED,
            ),
            core=True,
        ),
        Table(
            "events",
            "Something that happened",
            (
                _id("Date and a few words"),
                Column("date", "date", "When (EDTF)", required=True),
                Column("category", "code", "The one kind of event it is", codebook="category"),
                Column("tags", "ref", "Any number of tags", many=True, refers=("tags",)),
                Column("title", "text", "One line", required=True),
                Column("summary", "text", "Two or three sentences in our words", required=True),
                Column("case", "ref", "The case of `cases` that it belongs to", refers=("cases",)),
                Column("places", "ref", "Where it happened", many=True, refers=("places",)),
                Column(
                    "status",
                    "code",
                    "Standing of the account",
                    required=True,
                    words=("confirmed", "reported", "alleged", "denied", "disputed"),
                ),
                Column("attributed_to", "text", "Who says so; required unless confirmed"),
                *OF_A_FACT,
            ),
            core=True,
            fact=True,
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
                _ALIAS,
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
            "places",
            "A place",
            (
                _id("Slug of the name"),
                Column("name", "text", "Name as we print it", required=True),
                Column("aliases", "text", "Other names it goes by", many=True),
                Column("latitude", "number", "Degrees north"),
                Column("longitude", "number", "Degrees east"),
                _NOTE,
            ),
        ),
        Table(
            "cases",
            "A case for comparison, with a value for each variable that the codebook declares",
            (
                _id("A few words and the year"),
                Column("title", "text", "One line", required=True),
                Column("began", "date", "When it began (EDTF)", required=True, missing=True),
                Column("ended", "date", "When it ended, if it did (EDTF)"),
                *OF_A_FACT,
            ),
            fact=True,
        ),
        Table(
            "codebook",
            "A variable, where `value` is blank, or else one value that it may take",
            (
                Column("variable", "text", "Its name", required=True, form=r"[a-z][a-z0-9_]*"),
                Column(
                    "kind",
                    "code",
                    "In the row of a variable of `cases`: what a cell holds, one value or many of those below, a "
                    "number, a date, an actor or several, or text; blank for words that another column takes",
                    words=VARIABLE_KINDS,
                ),
                Column("value", "text", "One value it may take"),
                Column(
                    "definition", "text", "What the variable is, or when to give the value", required=True
                ),
            ),
            key=("variable", "value"),
        ),
        Table(
            "second_coding",
            "A variable of a case that two coders coded; what was settled stands in `cases`",
            (
                Column("case", "ref", "The case", required=True, refers=("cases",)),
                Column("variable", "text", "The variable", required=True),
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
                Column("entity", "ref", "Of whom or what", required=True, refers=_BEARERS),
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
                *OF_A_FACT,
            ),
            fact=True,
        ),
        Table(
            "claims",
            "Somebody else's sentence under test",
            (
                _id("Source and number"),
                Column("claim", "text", "What was claimed, in our words", required=True),
                Column("made_by", "ref", "The source that claims it", required=True, refers=("sources",)),
                Column(
                    "speaker",
                    "ref",
                    "Who says it there, where that is not the source itself",
                    refers=("actors",),
                ),
                Column("about", "ref", "Whom or what it is about", many=True, refers=_BEARERS),
                Column(
                    "verdict",
                    "code",
                    "What we found",
                    required=True,
                    words=("supported", "partly-supported", "unsupported", "unverifiable", "contradicted"),
                ),
                Column("why", "text", "In two sentences", required=True),
                *_PUBLISHED,
            ),
            fact=True,
        ),
        Table(
            "evidence",
            "What a source says about a fact: the only bridge between the two",
            (
                Column("record", "ref", "The fact", required=True, refers=FACTS),
                Column("field", "text", "The column it bears on; blank: the whole record"),
                Column("source", "ref", "The source", required=True, refers=("sources",)),
                Column(
                    "capture",
                    "text",
                    "Id of the capture that the passage is to be read in; blank: the newest that holds it",
                    form=CAPTURE_ID,
                ),
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
                Column("translation", "text", "The passage in our translation"),
            ),
            core=True,
            key=(
                "record",
                "field",
                "source",
                "capture",
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
            private=True,
        ),
        *REVIEWS,
    )
}
