"""Numbered notes: what a mark in the prose leads to, down to the passage that proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kit.case import Case
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.verdict import HOLDS
from kit.evidence.support.carrying import carrying_sentence
from kit.reporting.book.captures import CapturedWords
from kit.sources.bibliography.formatting import DEFAULT, formatted, read_style
from kit.sources.bibliography.text_fragment import row_link
from kit.sources.capture.index import read_index
from kit.tables.declarations import fact_tables
from kit.text.pandoc import BLANK, Tree, bullets, hyperlink, inlines, intersperse, para, span, string
from kit.text.translations.phrases import IN_ENGLISH, Phrases, phrases

#: What became of the passage, each as the end of a sentence on it.
VERDICT_WORDS = {
    "exact": "found word for word",
    "normalised": "found, but for typography",
    "altered": "the page has other words",
    "spliced": "put together from several places",
    "wrong-source": "found in another source",
    "changed": "the page has changed",
    "not-found": "not found in the capture",
    "not-captured": "not captured",
    "ambiguous": "stands in several places",
}


def outcome(verdict: str) -> str:
    """What a verdict comes to: ``holds``, ``fails`` or, where nothing could be compared, ``open``.

    >>> outcome("normalised"), outcome("changed"), outcome("not-captured"), outcome("")
    ('holds', 'fails', 'open', 'open')
    """
    if verdict in HOLDS:
        return "holds"
    return "open" if verdict in ("", "not-captured") else "fails"


def outcome_sentence(verdict: str, day: str, *, kept: bool, say: Phrases = IN_ENGLISH) -> str:
    """A sentence on a passage: whether it holds, why, and in which capture that was seen.

    ``say`` has the phrases of another language than English. ``day`` is the day of the capture, blank where there is none; ``kept`` whether anything of the source was captured.

    >>> outcome_sentence("exact", "2021-04-01", kept=True)
    'Holds: found word for word in our capture of 2021-04-01.'
    >>> outcome_sentence("altered", "2021-04-01", kept=True)
    'Does not hold: the page has other words (our capture of 2021-04-01).'
    >>> outcome_sentence("", "", kept=False)
    'Not checked: nothing of this source was captured.'
    """
    what = outcome(verdict)
    if what == "holds":
        return say("Holds: {what} in our capture of {day}.", what=say(VERDICT_WORDS[verdict]), day=day)
    if what == "fails" and day:
        return say("Does not hold: {what} (our capture of {day}).", what=say(VERDICT_WORDS[verdict]), day=day)
    if what == "fails":
        return say("Does not hold: {what}.", what=say(VERDICT_WORDS[verdict]))
    if not kept:
        return say("Not checked: nothing of this source was captured.")
    if verdict:
        return say("Not checked: what we captured of this source does not reach it.")
    return say("Not checked: it has not been looked up in our capture yet.")


STANCES = {"supports": "Says so", "states": "Gives", "disputes": "Disputes it", "context": "Background"}
#: From the nearest to what happened.
_TIERS = ("primary", "original-reporting", "secondary", "aggregator")
_READ = {"no": "We have not read this source.", "relay": "Known to us through other pages only."}


class Notes:
    """The notes of a report: for each citable id, the blocks that a reader finds behind its mark.

    ``citations`` holds each cited source formatted in the case's style; they are made in one go. ``captures`` are those
    that the edition may show, and ``captured`` says where in them each passage is, by the id of its evidence. Only for
    the ``desk`` do notes say how far we trust a fact, and what is amiss with a passage; the public is told which
    passages were checked.
    """

    def __init__(
        self, case: Case, wanted: list[str], captures: Sequence[CapturedWords] = (), *, desk: bool = False
    ) -> None:
        self.case, self.captures, self.desk = case, captures, desk
        self.captured = {id: link for capture in captures for id, link in capture.links.items()}
        self._made: dict[tuple[str, bool], list[Tree]] = {}
        self.tables = case.citable
        self.evidence = {str(record): rows for record, rows in case.table("evidence").groupby("record")}
        self.sources = case.table("sources").set_index("id", drop=False)
        self.facts = {name: case.table(name).set_index("id") for name in fact_tables(case.schema)}
        self.names = case.names
        self.cited = sorted({source for identity in wanted for source in self.sources_of(identity)})
        items = self.sources.loc[self.cited]
        self.style = read_style(case.settings.get("citation_style", DEFAULT), case.path)
        self.language = case.settings.get("language", "en")
        self.say = phrases(self.language)
        self.citations = formatted(items, style=self.style, language=self.language)
        self.verdicts = read_passages(case.path).set_index("evidence")
        kept = read_index(case.path)
        self.kept_on = dict(zip(kept["id"], kept["captured_at"].dt.strftime("%Y-%m-%d"), strict=True))
        self.kept = frozenset(kept["source"])

    def sources_of(self, identity: str) -> list[str]:
        """The sources that the note of ``identity`` cites."""
        if self.tables[identity] == "sources":
            return [identity]
        rows = self.evidence.get(identity)
        return [] if rows is None else list(rows["source"])

    def note(self, identity: str, *, short: bool = False) -> list[Tree]:
        """The blocks of the note behind a mark: a source's citation, or a fact with all its evidence.

        ``short``: each source by its publisher and day, with a link to where it stands in full.
        """
        if (identity, short) not in self._made:
            is_source = self.tables[identity] == "sources"
            made = self._source_note(identity) if is_source else self._fact_note(identity, short)
            self._made[identity, short] = made
        return self._made[identity, short]

    def brief(self, identity: str) -> list[Tree]:
        """A fact in a line: what, who bears it out best, how many more do, and how many passages were found.

        The best of its sources is one that supports it, with a passage that holds, near to what happened.
        """
        rows = self.evidence[identity]
        held = {row.id for row in rows.itertuples() if self._holds(row.id)}
        best = min(rows.itertuples(), key=self.rank)
        told = [*inlines(f"{self.line(identity)} "), self.short(best.source)]
        more = rows["source"].nunique() - 1
        counted = [self.say.many(more, "more source", "more sources")] if more else []
        passages = int(rows["start"].ne("").sum())
        if passages:
            all_ = self.say.many(passages, "passage", "passages")
            counted.append(self.say("{held} of {all} found", held=len(held), all=all_))
        return [*told, *inlines("; ".join(["", *counted]) + ".")] if counted else [*told, string(".")]

    def rank(self, row: Any) -> tuple[Any, ...]:
        """The place of a row of evidence among those of its fact: what bears it out best comes first."""
        return (
            _first_support(row.stance),
            not self._holds(row.id),
            not row.start,
            _TIERS.index(self.sources.loc[row.source, "tier"]),
            row.source,
            row.id,
        )

    def _holds(self, evidence: str) -> bool:
        return evidence in self.verdicts.index and outcome(self.verdicts.loc[evidence, "verdict"]) == "holds"

    def _source_note(self, identity: str) -> list[Tree]:
        source = self.sources.loc[identity]
        more = self.read(source) + (f" {source['public_note']}" if source["public_note"] else "")
        return [para([*self._citation(identity), *inlines(more)])]

    def line(self, identity: str) -> str:
        """A fact in one line: what, when, by whose account and, for the desk, how far we trust it."""
        table = self.tables[identity]
        fact = self.facts[table].loc[identity]
        told = _line(fact, table, self.names, self._day(fact, table), self.say) + _confidence(
            fact, self.desk, self.say
        )
        return " ".join(filter(None, (told, fact.get("public_note", ""))))

    def label(self, identity: str) -> str:
        """A fact in a few words: when and what."""
        table = self.tables[identity]
        fact = self.facts[table].loc[identity]
        if table == "events":
            return f"{fact['date']}: {fact['title']}"
        if table == "metrics":
            return f"{_called(fact['entity'], self.names)}, {fact['period']}: {fact['basis']}"
        return fact["claim"] if table == "claims" else f"{fact['title']}{self._day(fact, table)}"

    def read(self, source: pd.Series) -> str:
        """What a reader should know of how we know the source, behind a space; '' where we read it."""
        words = _READ.get(source["read"], "")
        return f" {self.say(words)}" if words else ""

    def _day(self, fact: pd.Series, table: str) -> str:
        """The first date that the table has of the fact, between brackets."""
        days = (fact[column.name] for column in self.case.schema[table].columns if column.kind == "date")
        return f" ({day})" if (day := next(filter(None, days), "")) else ""

    def _fact_note(self, identity: str, short: bool) -> list[Tree]:
        head = self.line(identity)
        rows = self.evidence.get(identity)
        if rows is None:
            return [para(f"{head} {self.say('No evidence is recorded for it.')}")]
        with_passage = rows["start"].ne("") | rows["says"].ne("")
        shown = rows[with_passage].sort_values(
            ["stance", "source", "field"], key=lambda c: c.map(_first_support)
        )
        items = [[para(self._evidence(row, short))] for row in shown.itertuples()]
        blocks = [para(head), *([bullets(items)] if items else [])]
        others = sorted(set(rows["source"]) - set(shown["source"]))
        if others:
            listed = intersperse([[self.short(source)] for source in others], "; ")
            blocks.append(para([*inlines(f"{self.say('Also:')} "), *listed, string(".")]))
        return blocks

    def _evidence(self, row: Any, short: bool) -> list[Tree]:
        source = self.sources.loc[row.source]
        what = (
            self.say(STANCES[row.stance])
            + (f" {row.says}" if row.says else "")
            + (f" ({row.field})" if row.field else "")
        )
        cited = [self.short(row.source), string(".")] if short else self._citation(row.source)
        parts = [*inlines(f"{what}: "), *cited]
        if row.start:
            parts += [BLANK, *self.ends(row), string(".")]
        if row.locator:
            parts += inlines(f" {row.locator}.")
        for label, target in (
            (self.say("Archived copy"), source["archived_url"]),
            (self.say("Our capture"), self.captured.get(row.id, "")),
        ):
            parts += [BLANK, hyperlink(label, target), string(".")] if target else []
        if row.start and (verdict := self.verdict(row)):
            parts += [BLANK, span(verdict[1], classes=["verdict", verdict[0]])]
        return [*parts, *inlines(self.read(source))]

    def ends(self, row: Any) -> list[Tree]:
        """First and last words of a passage, leading to it on its page."""
        ends = f"“{row.start} … {row.end}”" if row.end else f"“{row.start} …”"
        live = self.live_link(row, self.sources.loc[row.source, "url"])
        return [hyperlink(ends, live) if live else string(ends)]

    def live_link(self, row: Any, url: str) -> str:
        """The address of a page, opening at the passage of a row of evidence where it names one; '' without an address."""
        return row_link(row, url, self.verdicts["link"].get(row.id, ""))

    def verdict(self, row: Any) -> tuple[str, str] | None:
        """The state of a passage and a sentence that says it; none where the edition has nothing to say of it."""
        found = self.verdicts.loc[row.id] if row.id in self.verdicts.index else None
        verdict = "" if found is None else found["verdict"]
        day = "" if found is None else self.kept_on.get(found["capture"], "")
        if self.desk:
            said = outcome_sentence(verdict, day, kept=row.source in self.kept, say=self.say)
            carried = "" if found is None else carrying_sentence(found["carries"], found["missing"], self.say)
            state = "fails" if found is not None and found["carries"] == "lacks" else outcome(verdict)
            return state, f"{said} {carried}".strip()
        return (
            ("holds", self.say("Checked in our capture of {day}.", day=day))
            if day and outcome(verdict) == "holds"
            else None
        )

    def _citation(self, source: str) -> list[Tree]:
        return [span(self.citations[source], classes=["citation"], source=source)]

    def short(self, source: str) -> Tree:
        """A source by its publisher and day, leading to where it stands in full."""
        row = self.sources.loc[source]
        return hyperlink(f"{row['publisher']} ({row['issued']})", f"#ref-{source}")


def _called(identity: str, names: Mapping[str, str]) -> str:
    return names.get(identity, identity)


def _line(fact: pd.Series, table: str, names: Mapping[str, str], day: str, say: Phrases) -> str:
    if table == "events":
        who = fact["attributed_to"]
        said = f", {say('according to {who}', who=who)}" if who else ""
        return f"{fact['date']}: {fact['title']} ({say(fact['status'])}{said})."
    if table == "metrics":
        low_high = (
            f" ({say('{low} to {high}', low=format(fact['low'], 'g'), high=format(fact['high'], 'g'))})"
            if pd.notna(fact["low"]) and pd.notna(fact["high"])
            else ""
        )
        value = f"{fact['value']:,.12g}" if pd.notna(fact["value"]) else fact["value_missing"]
        interest = f" {say('Interest: {what}.', what=fact['interest'])}" if fact["interest"] else ""
        name = _called(fact["entity"], names)
        return f"{name}, {fact['period']}: {value} {fact['unit']}{low_high}; {fact['basis']} ({say(fact['qualifier'])}).{interest}"
    if table == "claims":
        who = _called(fact["speaker"], names)
        head = say("Claim by {who}:", who=who) if who else say("Claim:")
        return f"{head} {fact['claim']} {say('Verdict: {what}.', what=say(fact['verdict']))} {fact['why']}"
    return f"{fact['title']}{day}."


def _confidence(fact: pd.Series, desk: bool, say: Phrases) -> str:
    confidence = fact.get("confidence", "")
    if confidence == "unread":
        return f" {say('It rests only on sources that we have not read.')}"
    return f" {say('Confidence: {what}.', what=say(confidence))}" if confidence and desk else ""


def _first_support(value: str) -> str:
    return {"supports": "0", "disputes": "1", "states": "2", "context": "3"}.get(value, value)
