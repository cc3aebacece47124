"""A small case in which everything holds, and for each rule of the gate a fault planted in it beside a sound neighbour.

The neighbour looks like the fault and is none: the rule must find the one and keep quiet about the other.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import rmtree

import typst

from kit.case import open_case
from kit.evidence.checks import gate
from kit.evidence.checks.context import CheckContext
from kit.evidence.freshness import remember_reads
from kit.evidence.passages import review
from kit.evidence.passages.ledger import PASSAGE_LEDGER
from kit.evidence.prose.records import RECORD_MIMETYPE
from kit.files import CACHE_FOLDER
from kit.sources.capture.capture import CAPTURES
from kit.sources.capture.index import read_index, write_index
from kit.sources.keep import keep
from kit.tables.schema import TABLES
from support.small_case import ROWS, write_rows

TODAY = date(2021, 7, 1)
POST, DIGEST, MINUTES = (
    "harbour-post-2021-03-02-raid",
    "coast-digest-2021-03-03-raid",
    "harbour-minutes-2021-06",
)
RAID, FINE, CASE, BOXES, CLAIM = (
    "2021-03-01-raid-harbour", "2021-06-fine-paid", "harbour-brokers-2021", "harbour-2021-boxes", "digest-c01",
)  # fmt: skip
TEXTS = {
    POST: "Police searched the harbour office on Monday morning. The officers carried 38 boxes away, said a witness. "
    "The harbour shut its gates to brokers in January. Nobody was told of the search before it began.",
    MINUTES: "The search of the first of March is noted. The office paid the fine that the court had set in June. "
    "Boxes taken: thirty-eight. The brokers were given no berths from January.",
    DIGEST: "The Post tells of a raid at the harbour. All papers were taken from the office.",
}
_EVIDENCE = (
    (RAID, POST, "supports", "Police searched the", "on Monday morning"),
    (RAID, MINUTES, "supports", "The search of the", "is noted"),
    (FINE, MINUTES, "supports", "The office paid the fine", "in June"),
    (CASE, POST, "supports", "The harbour shut its gates", "in January"),
    (CASE, MINUTES, "supports", "The brokers were given", "from January"),
    (BOXES, POST, "supports", "The officers carried 38", "boxes away"),
    (BOXES, MINUTES, "supports", "Boxes taken", "thirty-eight"),
    (CLAIM, POST, "disputes", "The officers carried 38", "boxes away"),
)
PROSE = (
    "# What happened at the harbour?",
    f"On Monday 1 March 2021 police searched the harbour office, the Harbour Post reports [@{RAID}]. "
    f"They took [38 boxes](#=boxes) [@{BOXES}].",
    f"A digest says that all papers were taken [@{CLAIM}].",
)


class Harbour:
    """The sound case in ``folder``, which the plants below damage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = copy.deepcopy(ROWS)
        self.rows |= {name: [] for name in ("waivers", "checks", "remarks")}
        self.rows["sources"].append(
            {"id": MINUTES, "type": "document", "title": "Minutes of the Harbour Office on the police search", "publisher": "City Archive",
             "issued": "2021-06-30", "language": "en", "tier": "primary", "read": "full"}
        )  # fmt: skip
        self.rows["codebook"].append(
            {"variable": "role", "kind": "", "value": "accused", "definition": "Is accused."}
        )
        self.rows["evidence"] = [
            dict(zip(("record", "source", "stance", "start", "end"), cells, strict=True))
            for cells in _EVIDENCE
        ]
        self.write()
        for source, text in TEXTS.items():
            self.paste(source, text)
        self.prose()
        self.renew()

    def write(self) -> None:
        write_rows(self.folder, self.rows)

    def row(self, table: str, id: str) -> dict[str, str]:
        """A row of the table, by its first key; change it and `write`."""
        return next(row for row in self.rows[table] if row[TABLES[table].key[0]] == id)

    def change(self, table: str, id: str, **cells: str) -> None:
        """Write other cells in a row."""
        self.row(table, id).update(cells)
        self.write()

    def add(self, table: str, **cells: str) -> None:
        """Write one more row."""
        self.rows[table].append(cells)
        self.write()

    def drop(self, table: str, **cells: str) -> None:
        """Write the table without the rows that have these cells."""
        self.rows[table] = [
            row for row in self.rows[table] if any(row.get(name) != cell for name, cell in cells.items())
        ]
        self.write()

    def passage(self, start: str, end: str = "", source: str = POST, **cells: str) -> None:
        """Write one more passage that supports the raid."""
        self.add("evidence", record=RAID, source=source, stance="supports", start=start, end=end, **cells)

    def paste(self, source: str, text: str, *, excerpt: bool = False, month: int = 4) -> Path:
        """Keep a text of a source, as of that month."""
        at = datetime(2021, month, 1, tzinfo=UTC)
        kept = keep(
            open_case(self.folder),
            text,
            how="pasted",
            source=source,
            excerpt=excerpt,
            again=True,
            clock=lambda: at,
        )
        return kept.path

    def page(self, source: str, html: str) -> None:
        """Keep a file of a source, as of May: a web page, or what Typst makes of a text that does not begin with a tag."""
        data = html.encode()
        name = "page.html"
        if not html.startswith("<"):
            data, name = typst.compile(data, timestamp=datetime(2021, 5, 1, tzinfo=UTC)), "page.pdf"
        path = self.folder / name
        path.write_bytes(data)
        keep(
            open_case(self.folder),
            path,
            source=source,
            again=True,
            clock=lambda: datetime(2021, 5, 1, tzinfo=UTC),
        )
        path.unlink()

    def renew(self) -> None:
        """Write the ledger of passages."""
        review.renew_passages(open_case(self.folder), date(2021, 5, 1))

    def has_read(self, table: str, content: str = "") -> None:
        """Remember that the notebook has read the table, with that content or as it is."""
        read = content.encode() or (self.folder / table).read_bytes()
        remember_reads(open_case(self.folder), {"01-the-raid": {table: hashlib.sha256(read).hexdigest()}})

    def save_notebook(self, name: str) -> None:
        """Save a notebook with nothing in it."""
        empty = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
        (self.folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(empty), encoding="utf-8")

    def prose(
        self, *more: str, value: float = 38, unit: str = "boxes", base: str = "boxes carried out"
    ) -> None:
        """Save the notebook with more paragraphs, and a number that a cell recorded."""
        record = {"name": "boxes", "value": value, "unit": unit, "base": base}
        output = {"output_type": "display_data", "metadata": {}, "data": {RECORD_MIMETYPE: record}}
        cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in (*PROSE, *more)]
        cells.append(
            {"cell_type": "code", "metadata": {}, "source": "", "execution_count": 1, "outputs": [output]}
        )
        path = self.folder / "notebooks/01-the-raid.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, indent=1)
        )

    def waive(self, rule: str, record: str, until: str) -> None:
        """Set a finding aside."""
        self.add(
            "waivers", rule=rule, record=record, by="Jane Roe", on="2021-06-01", until=until, reason="seen"
        )

    def ledger(self, old: str, new: str) -> None:
        """Write something else in the ledger of passages."""
        path = self.folder / PASSAGE_LEDGER
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def answered(self, status: str) -> None:
        """Write in the ledger of captures how the Post's address answered in June."""
        index = read_index(self.folder)
        row = index[index["source"] == POST].iloc[-1].copy()
        url = self.row("sources", POST)["url"]
        row["id"], row["warc"], row["how"], row["url"], row["status"] = (
            "c-june",
            "c-june.warc.gz",
            "fetched",
            url,
            status,
        )
        row["captured_at"] = row["captured_at"].replace(month=6)
        index.loc[len(index)] = row
        write_index(self.folder, index)

    def found(self, rule: str) -> list[str]:
        """Where that rule finds what; rules on waivers and on what is not judged look at what all others found."""
        case = open_case(self.folder)
        if rule == gate.UNJUDGED.code or rule.startswith("waiver-"):
            rows = gate.check(case, on=TODAY)
            return [f"{row.place}: {row.found}" for row in rows[rows["rule"] == rule].itertuples()]
        findings = gate.rules()[rule].findings(CheckContext(case, TODAY))
        return [f"{finding.place}: {finding.found}" for finding in findings]


def _language(harbour: Harbour, code: str) -> None:
    settings = harbour.folder / "data/case.toml"
    settings.write_text(f'{settings.read_text()}language = "{code}"\n')


@dataclass(frozen=True)
class Planted:
    """A fault that ``rule`` must find, and a sound neighbour that it must not, each with what was done."""

    rule: str
    fault: str
    plant: Callable[[Harbour], object]
    neighbour: str
    sound: Callable[[Harbour], object]


def _keep_in(h: Harbour, event: str) -> None:
    h.rows["events"] = [row | {"publish": "no" if row["id"] == event else ""} for row in h.rows["events"]]
    h.write()


def _on_page(html: str, start: str = "The mayor resigned") -> Callable[[Harbour], object]:
    """The Post's page with more on it, and a passage that begins so."""
    page = f"<style>.off {{display: none}} .lead {{font-weight: bold}}</style><p>{TEXTS[POST]}</p>{html}"
    return _both(lambda h: h.page(POST, page), lambda h: h.passage(start))


def _in_pdf(locator: str) -> Callable[[Harbour], object]:
    """The minutes as a PDF of two pages, and a passage on the second."""
    text = f"{TEXTS[MINUTES]}\n#pagebreak()\nThe mayor resigned that very night."
    return _both(
        lambda h: h.page(MINUTES, text),
        lambda h: h.passage("The mayor resigned", "", MINUTES, locator=locator),
    )


def _both(*steps: Callable[[Harbour], object]) -> Callable[[Harbour], object]:
    return lambda h: [step(h) for step in steps]


def _alleged(h: Harbour, role: str = "accused") -> None:
    h.change("events", RAID, status="alleged", attributed_to="Police")
    h.drop("participants", actor="harbour-office")
    h.add("participants", event=RAID, actor="harbour-office", role=role)


def _reply(h: Harbour, answered: str, **cells: str) -> None:
    h.add("replies", **{
        "id": "reply-raid-1", "record": RAID, "party": "harbour-office", "channel": "letter", "asked_on": "2021-03-03",
        "deadline": "2021-03-05", "answered_on": answered, "answer": "It denies it.", **cells,
    })  # fmt: skip


def blog(
    h: Harbour, fact: str = FINE, *, alone: bool = True, publisher: str = "Harbour Blog", **cells: str
) -> None:
    """One more source, which alone carries the fact, or beside the others."""
    source = {
        "id": "harbour-blog-2021", "type": "post-weblog", "title": "The raid", "publisher": publisher,
        "issued": "2021-06-30", "url": "https://blog.example/raid", "language": "en", "tier": "secondary", "read": "full",
    }  # fmt: skip
    h.rows["sources"].append({**source, **cells})
    if alone:
        h.rows["evidence"] = [row for row in h.rows["evidence"] if row["record"] != fact]
    h.add("evidence", record=fact, source="harbour-blog-2021", stance="supports")


def _page(h: Harbour, title: str) -> None:
    """A page of the blog with that heading, kept as a file."""
    blog(h, alone=False)
    h.page(
        "harbour-blog-2021",
        f"<html><title>{title}</title><h1>{title}</h1><p>We look at who came to the harbour, and when.",
    )


def _own_number(h: Harbour, *, alone: bool = True) -> None:
    h.change("actors", "harbour-office", kind="company")
    h.change("metrics", BOXES, entity="harbour-office")
    blog(h, BOXES, alone=alone, publisher="the office", tier="primary")


def _says(h: Harbour, fact: str, field: str, says: str, source: str = POST, stance: str = "supports") -> None:
    """What a source gives for a column of a fact."""
    h.add("evidence", record=fact, field=field, source=source, stance=stance, says=says)


def _share(h: Harbour) -> None:
    h.change("metrics", BOXES, unit="percent", basis="of all boxes")


def _later(h: Harbour, apart: str) -> None:
    """A fine of June, told so much later than the search of March."""
    h.change("events", FINE, date="2021-06-02")
    h.prose(
        f"The Post says that police came on 1 March 2021 [@{RAID}]; {apart} later, on 2 June, the office paid [@{FINE}]."
    )


def _disputed(h: Harbour) -> None:
    h.change("events", FINE, status="disputed", attributed_to="Harbour Post; denied by the Harbour Office")


def _person(h: Harbour, title: str) -> None:
    h.add("actors", id="ann-roe", kind="person", name="Ann Roe")
    h.change("events", FINE, summary="Ann Roe, its chief executive, paid.")
    h.prose(f"Its {title}, Ann Roe, paid [@{FINE}].")


def _marked(h: Harbour, status: str, words: str, statement: str = "s-0002") -> None:
    """A checker's mark on those words of ours."""
    h.add("checks", statement=statement, status=status, by="Ann Roe", on="2021-06-30", wording=words)


def _remarked(h: Harbour, settled: str = "") -> None:
    """What a checker wrote under a statement of a packet."""
    h.add("remarks", id="r-0123456789", statement="s-0002", kind="remark", place="a footnote",
          words="The ledger says forty.", by="Ann Roe", on="2021-06-30", packet="p-0123456789",
          came="2021-07-01", settled=settled)  # fmt: skip


def _file(h: Harbour) -> Path:
    return sorted((h.folder / CAPTURES).glob("harbour-post*.warc.gz"))[0]


def _other_bytes(h: Harbour) -> None:
    """Put in place of a capture one of the same name and other words."""
    path = _file(h)
    index = read_index(h.folder)
    path.unlink()
    write_index(h.folder, index[index["warc"] != path.name])
    assert h.paste(POST, "Nothing happened.") == path
    write_index(h.folder, index)


def _fee(h: Harbour, unit: str) -> None:
    """A number that nothing cites, with a passage in dollars."""
    h.paste(POST, f"{TEXTS[POST]} The police paid $250 a day for the boats.", month=5)
    h.add("metrics", id="fee", metric="fee", entity="police", value="250", unit=unit, period="2021-05", basis="a day",
          qualifier="reported", confidence="high")  # fmt: skip
    h.add(
        "evidence", record="fee", source=POST, stance="supports", start="The police paid", end="for the boats"
    )


def _quote(words: str) -> Callable[[Harbour], object]:
    return lambda h: h.change("events", RAID, summary=f"A witness: “{words}”.")


PLANTED = (
    Planted("table-broken", "the thirteenth month", lambda h: h.change("events", FINE, date="2021-13"),
            "the twelfth", lambda h: h.change("events", FINE, date="2021-12")),
    Planted("table-dangling", "a tag that is not there", lambda h: h.change("events", RAID, tags="fin"),
            "one that is", lambda h: h.change("events", RAID, tags="fine")),
    Planted("table-duplicate", "an id used twice", lambda h: h.add("tags", **h.row("tags", "fine")),
            "an id that begins like another",
            lambda h: h.add("tags", **{**h.row("tags", "fine"), "id": "fine-paid"})),
    Planted("table-vocabulary", "a status nobody defined", lambda h: h.change("events", RAID, status="rumoured"),
            "one that is defined", lambda h: h.change("events", RAID, status="alleged")),
    Planted("fact-without-evidence", "the only support of a fact taken away",
            lambda h: h.drop("evidence", record=FINE),
            "one of two supports taken away", lambda h: h.drop("evidence", record=RAID, source=MINUTES)),
    Planted("mark-unknown", "a mark with a slip in its id", lambda h: h.prose("It rained [@2021-03-01-raid-harbor]."),
            "a mark within code", lambda h: h.prose("Write `[@2021-03-01-raid-harbor]`.")),
    Planted("reply-missing", "an allegation, the accused not heard", _alleged,
            "the same, with an answer in the log", _both(_alleged, lambda h: _reply(h, "2021-03-04"))),
    Planted("reply-overdue", "no answer noted after the deadline", lambda h: _reply(h, "unknown"),
            "the deadline still to come", lambda h: _reply(h, "unknown", deadline="2021-07-02")),
    Planted("claim-without-evidence", "a claim judged on nothing", lambda h: h.drop("evidence", record=CLAIM),
            "a claim with background alone",
            _both(lambda h: h.drop("evidence", record=CLAIM),
                  lambda h: h.add("evidence", record=CLAIM, source=POST, stance="context"))),
    Planted("second-coding-outside", "a settled value that neither coder gave",
            lambda h: (h.add("codebook", variable="rule", kind="", value="new", definition="New."),
                       h.change("cases", CASE, rule="new")),
            "the value of one of the two",
            lambda h: (h.add("codebook", variable="rule", kind="", value="new", definition="New."),
                       h.change("cases", CASE, rule="new"),
                       h.change("second_coding", CASE, second="new"))),
    Planted("source-unused", "a source that nothing refers to",
            _both(lambda h: blog(h, alone=False), lambda h: h.drop("evidence", source="harbour-blog-2021")),
            "one that only a sentence cites",
            _both(lambda h: blog(h, alone=False), lambda h: h.drop("evidence", source="harbour-blog-2021"),
                  lambda h: h.prose("More was written [@harbour-blog-2021]."))),
    Planted("passage-altered", "a word swapped in the first words",
            lambda h: h.passage("Police searched the harbour offices on Monday", "told of the search"),
            "capitals and a second space",
            lambda h: h.passage("POLICE searched the harbour", "on Monday  morning")),
    Planted("passage-without-fact", "a number that the passage does not have, of a fact that a notebook cites",
            lambda h: h.passage("The officers carried 38", "boxes away", says="83 boxes"),
            "the number in words", lambda h: h.passage("The officers carried 38", "boxes away", says="thirty-eight boxes")),
    Planted("passage-without-uncited-fact", "another currency, of a fact that nothing cites",
            lambda h: _fee(h, "eur"), "the same number with a sign for its unit", lambda h: _fee(h, "usd")),
    Planted("passage-with-part", "what may be, told as done",
            lambda h: (h.paste(POST, f"{TEXTS[POST]} The Harbour Office may close berth nine in May 2021.", month=5),
                       h.change("events", FINE, title="The office closes berth nine", date="2021-05"),
                       h.add("evidence", record=FINE, source=POST, stance="supports", start="The Harbour Office may close",
                             end="in May 2021")),
            "told as what may be",
            lambda h: (h.paste(POST, f"{TEXTS[POST]} The Harbour Office may close berth nine in May 2021.", month=5),
                       h.change("events", FINE, title="The office may close berth nine", date="2021-05",
                                summary="It may close in May."),
                       h.change("evidence", FINE, field="title"),
                       h.add("evidence", record=FINE, source=POST, stance="supports", start="The Harbour Office may close",
                             end="in May 2021"))),
    Planted("passage-spliced", "the ends in the wrong order",
            lambda h: h.passage("Nobody was told of the search", "Police searched the harbour office"),
            "the same ends in the page's order",
            lambda h: h.passage("Police searched the harbour office", "Nobody was told of the search")),
    Planted("passage-wrong-source", "another source's words", lambda h: h.passage("The office paid the fine", "in June"),
            "the same words cited to their source",
            lambda h: h.passage("The office paid the fine", "set in June", MINUTES)),
    Planted("passage-changed", "taken off the page since",
            lambda h: h.paste(POST, "This page was withdrawn by the editor of the paper.", month=5),
            "kept again, with a line added",
            lambda h: h.paste(POST, TEXTS[POST] + " More tomorrow.", month=5)),
    Planted("passage-not-found", "words on no page", lambda h: h.passage("The mayor resigned", "that very night"),
            "words that stand on the page",
            lambda h: h.passage("Nobody was told of the search", "before it began")),
    Planted("passage-not-captured", "a source of which nothing was kept", lambda h: (
                blog(h, alone=False), h.passage("The keeper of the light", "the tower", "harbour-blog-2021")),
            "one of which it was", lambda h: (
                blog(h, alone=False), h.passage("The keeper of the light", "the tower", "harbour-blog-2021"),
                h.paste("harbour-blog-2021", "The keeper of the light lives in the tower."))),
    Planted("passage-ambiguous", "words that stand there twice",
            _both(lambda h: h.paste(POST, f"{TEXTS[POST]} {TEXTS[POST]}", month=5)),
            "the same, told apart by the words before",
            _both(lambda h: h.paste(POST, f"{TEXTS[POST]} Later: police searched the quay at noon.", month=5))),
    Planted("passage-unseen", "words that the page's own style hides", _on_page('<p class="off">The mayor resigned that very night.</p>'),
            "words that another class sets", _on_page('<p class="lead">The mayor resigned that very night.</p>')),
    Planted("passage-foreign", "a reader's comment", _on_page('<div id="comments"><p>The mayor resigned that very night.</p></div>'),
            "a paragraph on comments", _on_page('<p class="has-comments">The mayor resigned that very night.</p>')),
    Planted("passage-span", "ends in two paragraphs", lambda h: _both(_on_page("<p>The mayor resigned that very night.</p>"),
            lambda h: h.passage("Police searched the harbour", "that very night"))(h),
            "both ends in one", lambda h: _both(_on_page("<p>The mayor resigned that very night.</p>"),
            lambda h: h.passage("The brokers were given", "from January", MINUTES))(h)),
    Planted("passage-locator", "a page that the document has not", _in_pdf("p. 400"), "its own page", _in_pdf("p. 2")),
    Planted("passage-cut", "a number cut in two", _on_page("<p>The office paid 1 250 000 euros.</p>", "The office paid 1 250"),
            "the whole number", _on_page("<p>The office paid 1 250 euros.</p>", "The office paid 1 250 euros")),
    Planted("ledger-stale", "a verdict in the ledger that the captures do not bear out",
            lambda h: h.ledger(",exact,", ",altered,"),
            "a ledger written before the last capture, which changed nothing",
            lambda h: h.paste(MINUTES, TEXTS[MINUTES], month=3)),
    Planted("quotation-altered", "a number changed in a quotation", _quote("officers carried 83 boxes away"),
            "the page's own words", _quote("officers carried 38 boxes away")),
    Planted("quotation-not-found", "a quotation of words on no page", _quote("the mayor resigned that very night"),
            "a term in quotation marks", _quote("raid")),
    Planted("quotation-not-captured", "a quotation beside a source that was not kept", lambda h: (
                blog(h), h.change("events", FINE, summary="It says: “the sum was never made public”.")),
            "one beside two sources, of which the kept one has the words", lambda h: (
                blog(h, RAID, alone=False), h.change("events", RAID, summary="“Nobody was told of the search”."))),
    Planted("quotation-uncited", "a quotation beside no source",
            lambda h: h.prose("A witness said “nobody was told of the search”."),
            "one whose source stands in the next sentence",
            lambda h: h.prose(f"A witness said “nobody was told of the search”. So says the Post [@{POST}].")),
    Planted("number-not-recorded", "a number's name with a slip in it",
            lambda h: h.prose("The Post counts [38](#=bokses) boxes."),
            "the recorded one printed again", lambda h: h.prose("The Post counts [38](#=boxes) boxes.")),
    Planted("number-misprinted", "another number computed than printed", lambda h: h.prose(value=37.4),
            "one that is the same as far as printed", lambda h: h.prose(value=38.4)),
    Planted("number-without-base", "a recorded number of nothing", lambda h: h.prose(base=""),
            "one of something", lambda h: h.prose(base="boxes seen")),
    Planted("number-typed", "a number typed by hand", lambda h: h.prose("The Harbour Post counted seven boats."),
            "a date, a version and a page", lambda h: h.prose("On 1 March 2021 the Post ran GPT-4 on page 5.")),
    Planted("number-contradicts-fact", "a number beside a fact that has another",
            lambda h: (_share(h), h.prose(f"Police took 83% of them [@{BOXES}].")),
            "the fact's own", lambda h: (_share(h), h.prose(f"Police took 38% of them [@{BOXES}]."))),
    Planted("number-outside-sources", "a number that its only source gives otherwise", lambda h: (_share(h), _says(h, BOXES, "value", "83 percent")),
            "the same number", lambda h: (_share(h), _says(h, BOXES, "value", "38 percent"))),
    Planted("number-outside-a-source", "one of two sources gives another number",
            _both(_share, lambda h: _says(h, BOXES, "value", "38 percent"), lambda h: _says(h, BOXES, "value", "83 percent", MINUTES)),
            "that source only states it", _both(_share, lambda h: _says(h, BOXES, "value", "38 percent"),
            lambda h: _says(h, BOXES, "value", "83 percent", MINUTES, stance="states"))),
    Planted("weekday-wrong", "a Tuesday that was a Monday", lambda h: h.change("events", RAID, note="Tuesday 1 March 2021."),
            "the Monday", lambda h: h.change("events", RAID, note="Monday 1 March 2021.")),
    Planted("date-not-the-facts", "a day beside a fact of another day",
            lambda h: h.prose(f"The Post says that police came on 12 April 2021 [@{RAID}]."),
            "the fact's day", lambda h: h.prose(f"The Post says that police came on 1 March 2021 [@{RAID}].")),
    Planted("month-not-the-facts", "a month beside a fact of another month",
            lambda h: h.prose(f"The Post says that police came in May 2020 [@{RAID}]."),
            "the fact's month", lambda h: h.prose(f"The Post says that police came in March 2021 [@{RAID}].")),
    Planted("date-outside-sources", "a date that its only source gives otherwise",
            lambda h: _says(h, RAID, "date", "2021-03-09"),
            "a source that knows the month alone", lambda h: _says(h, RAID, "date", "2021-03")),
    Planted("date-outside-a-source", "one of two sources gives another day",
            _both(lambda h: _says(h, RAID, "date", "2021-03-01"), lambda h: _says(h, RAID, "date", "2021-03-09", MINUTES)),
            "that source disputes it", _both(lambda h: _says(h, RAID, "date", "2021-03-01"),
            lambda h: _says(h, RAID, "date", "2021-03-09", MINUTES, stance="disputes"))),
    Planted("event-only-announced", "an event later than every page on it", lambda h: h.change("events", FINE, date="2021-08"),
            "an event of the day before its page", lambda h: h.change("events", FINE, date="2021-06-29")),
    Planted("event-after-page", "an event later than one of its pages", lambda h: h.change("events", RAID, date="2021-04-01"),
            "of the day on which the page came out", lambda h: h.change("events", RAID, date="2021-03-02")),
    Planted("time-apart", "two days later, where the dates are three months apart", lambda h: _later(h, "two days"),
            "three months later", lambda h: _later(h, "three months")),
    Planted("day-moved-by-zone", "a time that is the next day in UTC",
            lambda h: _says(h, RAID, "date", "2021-03-01 at 21:30 PST"),
            "a time of the same day", lambda h: _says(h, RAID, "date", "2021-03-01 at 21:30 CET")),
    Planted("alleged-as-fact", "an allegation told as a fact",
            _both(_alleged, lambda h: h.prose(f"The office hid the papers [@{RAID}].")),
            "told as what the police allege",
            _both(_alleged, lambda h: h.prose(f"The Police allege that the office hid the papers [@{RAID}]."))),
    Planted("reported-as-fact", "a report told as a fact", lambda h: h.prose(f"Police carried boxes away [@{RAID}]."),
            "told as what the paper reports",
            lambda h: h.prose(f"Police carried boxes away, by the Harbour Post's report [@{RAID}].")),
    Planted("denial-left-out", "a disputed event told from one side",
            _both(_disputed, lambda h: h.prose(f"By the Harbour Post's account it paid [@{FINE}].")),
            "with the denial in the next sentence", _both(_disputed, lambda h: h.prose(
            f"By the Harbour Post's account it paid [@{FINE}]. The Harbour Office denies it."))),
    Planted("verb-stronger", "a verb that adds guilt",
            lambda h: h.prose(f"By the Harbour Post's report the office admitted it [@{RAID}]."),
            "the plainer verb", lambda h: h.prose(f"By the Harbour Post's report the office said so [@{RAID}].")),
    Planted("attributed-to-nobody", "a denied event told with a word that names nobody",
            _both(_disputed, lambda h: h.prose(f"Reportedly it paid, which the office disputes [@{FINE}].")),
            "with the paper's name", _both(_disputed, lambda h: h.prose(
            f"Reportedly it paid, says the Harbour Post; the office denies it [@{FINE}]."))),
    Planted("speaker-not-theirs", "an allegation of the police put into another's mouth",
            _both(_alleged, lambda h: _person(h, ""), lambda h: h.prose(f"Ann Roe alleges that the office hid the papers [@{RAID}].")),
            "an answer to it", _both(_alleged, lambda h: _person(h, ""), lambda h: h.prose(
            f"The Police allege that the office hid the papers; Ann Roe denies it [@{RAID}]."))),
    Planted("claim-as-fact", "a claim found unsupported, told as it was claimed", lambda h: h.prose(f"All papers were taken [@{CLAIM}]."),
            "told as the digest's claim", lambda h: h.prose(f"All papers were taken, a digest claims [@{CLAIM}].")),
    Planted("plan-as-done", "a plan told as done",
            lambda h: (h.change("events", FINE, title="The office plans to pay a fine"), h.prose(f"The office paid [@{FINE}].")),
            "told as a plan",
            lambda h: (h.change("events", FINE, title="The office plans to pay a fine"), h.prose(f"The office wants to pay [@{FINE}]."))),
    Planted("accusation-unsupported", "a crime that no source names",
            lambda h: h.prose(f"By the Harbour Post's report the office stole them [@{RAID}]."),
            "one that the source names",
            lambda h: (h.change("events", RAID, summary="The Post writes of theft."),
                       h.prose(f"By the Harbour Post's report the office stole them [@{RAID}]."))),
    Planted("order-turned", "an event put before an earlier one",
            lambda h: h.prose(f"The office had paid its fine before police searched it, says the Harbour Post [@{FINE}] [@{RAID}]."),
            "in the order of the dates",
            lambda h: h.prose(f"The office paid its fine after police searched it, says the Harbour Post [@{FINE}] [@{RAID}].")),
    Planted("name-differs", "a name a letter off", lambda h: h.prose("The Harbuor Office is shut."),
            "the name with an ending", lambda h: h.prose("The Harbour Office's gate is shut.")),
    Planted("language-unknown", "a language by its name", lambda h: _language(h, "english"),
            "by its code", lambda h: _language(h, "en-GB")),
    Planted("language-not-judged", "prose in a language whose words the kit has not", lambda h: _language(h, "fi"),
            "in one that it has", lambda h: _language(h, "de")),
    Planted("title-differs", "a person under another title", lambda h: _person(h, "president"),
            "under the tables' title", lambda h: _person(h, "chief executive")),
    Planted("fact-aggregators-only", "a fact that aggregators alone tell", lambda h: blog(h, tier="aggregator"),
            "an aggregator beside a report", lambda h: blog(h, RAID, alone=False, tier="aggregator")),
    Planted("fact-unread", "a fact whose one source is known through others", lambda h: blog(h, read="relay"),
            "an unread source beside one that was read", lambda h: blog(h, RAID, alone=False, read="relay")),
    Planted("fact-one-origin", "two pages, one report",
            _both(lambda h: h.drop("evidence", record=RAID, source=MINUTES),
                  lambda h: blog(h, RAID, alone=False, derived_from=POST)),
            "a second report of its own",
            _both(lambda h: h.drop("evidence", record=RAID, source=MINUTES),
                  lambda h: blog(h, RAID, alone=False, tier="original-reporting"))),
    Planted("fact-no-origin", "a page that does not say where it has it from", blog,
            "the same page, traced to the report", lambda h: blog(h, derived_from=POST)),
    Planted("fact-interested", "a number known from the firm it flatters alone", _own_number,
            "the same firm's number beside the paper's", lambda h: _own_number(h, alone=False)),
    Planted("capture-altered", "other bytes under a capture's name", _other_bytes,
            "a capture whose file is on another machine", lambda h: _file(h).unlink()),
    Planted("capture-gone", "a capture that was here, taken away", lambda h: _file(h).unlink(),
            "one that never was on this machine", lambda h: (_file(h).unlink(), rmtree(h.folder / CACHE_FOLDER))),
    Planted("capture-instead", "a check for robots in place of the page", lambda h: _page(h, "Just a moment..."),
            "a column of nearly that name", lambda h: _page(h, "Just a moment, minister")),
    Planted("capture-missing", "a cited source of which nothing was kept", lambda h: blog(h, alone=False),
            "the same, kept", lambda h: (blog(h, alone=False), h.paste("harbour-blog-2021", "The raid, told again."))),
    Planted("capture-unlisted", "a capture that the ledger does not list",
            lambda h: write_index(h.folder, read_index(h.folder).iloc[1:]),
            "a listed one whose file is elsewhere", lambda h: _file(h).unlink()),
    Planted("link-gone", "an address that answers 404", lambda h: h.answered("404"),
            "one that answers 503 for a day", lambda h: h.answered("503")),
    Planted("words-copied", "two sentences of a page, given as our own", lambda h: (
                h.passage("Police searched the", "before it began"), h.renew(), h.prose(TEXTS[POST])),
            "a sentence of ours that shares ten words with it", lambda h: (
                h.passage("Police searched the", "before it began"), h.renew(),
                h.prose("We know that police searched the harbour office on Monday morning and left by noon."))),
    Planted("quotation-long", "a quotation of more words than pass",
            lambda h: h.prose(f"It says: “{'the gates were shut and ' * 11}it rained” [@{POST}]."),
            "one of fewer", lambda h: h.prose(f"It says: “{'the gates were shut and ' * 9}it rained” [@{POST}].")),
    Planted("publish-no", "a mark for a fact that its row keeps in the house",
            lambda h: _keep_in(h, RAID),
            "a fact kept in the house that nothing marks", lambda h: _keep_in(h, FINE)),
    Planted("checked-wrong", "a sentence that a checker found wrong", lambda h: _marked(h, "wrong", "They took 38 boxes."),
            "the mark of a sentence that has changed since", lambda h: _marked(h, "wrong", "They took 83 boxes.")),
    Planted("checked-needs-work", "a cited number that a checker found unfinished",
            lambda h: _marked(h, "needs-work", "38", BOXES),
            "one whose row says something else since", lambda h: _marked(h, "needs-work", "83", BOXES)),
    Planted("remark-open", "a remark that nobody has answered", _remarked,
            "one that somebody has dealt with", lambda h: _remarked(h, "2021-07-01")),
    Planted("notebook-older", "a table that changed since the notebook read it",
            lambda h: h.has_read("data/manual/events.csv", "as it was then"),
            "a table that it read as it is", lambda h: h.has_read("data/manual/events.csv")),
    Planted("notebook-unread", "a notebook whose name begins with a letter", lambda h: h.save_notebook("draft"),
            "one whose name begins with a number", lambda h: h.save_notebook("02-draft")),
    Planted("secret-printed", "a source's telephone number in the prose",
            lambda h: h.prose("The clerk can be called on 020 7946 0712."),
            "a number of the same length that is a sum", lambda h: h.prose("The clerk counted 2 079 460 712 pounds.")),
    Planted("waiver-unknown", "a waiver with a slip in the rule's code",
            lambda h: h.waive("fact-no-orgin", FINE, "2021-08-01"),
            "a waiver of a rule", lambda h: h.waive("fact-no-origin", FINE, "2021-08-01")),
    Planted("waiver-expired", "a waiver past its last day",
            lambda h: (blog(h), h.waive("fact-no-origin", FINE, "2021-06-30")),
            "on its last day", lambda h: (blog(h), h.waive("fact-no-origin", FINE, "2021-07-01"))),
    Planted("waiver-idle", "a waiver of what is not found", lambda h: h.waive("fact-no-origin", FINE, "2021-08-01"),
            "of what is", lambda h: (blog(h), h.waive("fact-no-origin", FINE, "2021-08-01"))),
    Planted("unjudged", "a ledger that cannot be read", lambda h: h.ledger(",exact,", ",fine,"),
            "no ledger at all", lambda h: (h.folder / PASSAGE_LEDGER).unlink()),
)  # fmt: skip
