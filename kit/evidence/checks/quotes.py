"""Every quotation that we print, the sources it stands beside, and what the captures here say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from kit.case import Case
from kit.evidence.checks.rule import our_texts, place, place_of
from kit.evidence.passages import review
from kit.evidence.passages.capture_text import CaptureText, captures_here
from kit.evidence.passages.judgement import judge_quotation
from kit.evidence.passages.matching import SHORTEST_PASSAGE, Passage, weight
from kit.evidence.passages.text_index import open_index
from kit.evidence.passages.verdict import HOLDS, Verdict, no_capture
from kit.evidence.prose.sentences import Sentence
from kit.tables.declarations import fact_tables
from kit.text.sentences import quoted_spans

#: Who is quoted, in a line of its own under a block quotation.
_SIGNED = re.compile(r"\s*[—–-]")
_MARK = '["“„«»‹›‘‚「『″〝]'
#: From the verdict that settles most to the one that settles least.
_SETTLES = (*HOLDS, "ambiguous", "not-captured", "altered", "spliced", "changed", "wrong-source", "not-found")


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks: where, in what record, and the sources that may have them."""

    place: str
    record: str
    words: str
    sources: tuple[str, ...]


def printed_quotations(case: Case, sentences: Mapping[str, list[Sentence]]) -> list[Quotation]:
    """The quotations of the tables and the notebooks that are long enough to prove something."""
    evidence = case.table("evidence")
    sources_of = {
        str(record): tuple(sorted(set(ids))) for record, ids in evidence.groupby("record")["source"]
    }
    for row in case.table("claims").itertuples():
        sources_of[row.id] = tuple(sorted({*sources_of.get(row.id, ()), row.made_by}))
    known = set(case.table("sources")["id"])
    found = [*_in_tables(case, sources_of), *_in_prose(sentences, sources_of, known)]
    return [quote for quote in found if weight(quote.words) >= SHORTEST_PASSAGE]


def _in_tables(case: Case, sources_of: dict[str, tuple[str, ...]]) -> Iterator[Quotation]:
    """In our own text about a fact, in a claim of others as we put it, and in the substance of an answer."""
    quoting = {*fact_tables(case.schema), "replies"}
    for table, column in (*our_texts(case), ("claims", "claim")):
        frame = case.table(table) if table in quoting else case.table(table).head(0)
        for row in frame[frame[column].str.contains(_MARK, regex=True)].to_dict("records"):
            record = row["record"] if table == "replies" else row["id"]
            for start, stop in quoted_spans(row[column]):
                words = row[column][start:stop]
                yield Quotation(place(table, row["id"], column), record, words, sources_of.get(record, ()))


def _in_prose(
    sentences: Mapping[str, list[Sentence]], sources_of: dict[str, tuple[str, ...]], known: set[str]
) -> Iterator[Quotation]:
    """Quotations of a sentence with what it cites, or else with what its block cites; a block quotation is one whole."""
    for path, all_ in sentences.items():
        blocks: dict[tuple[int, int], list[str]] = {}
        for sentence in all_:
            blocks.setdefault((sentence.cell, sentence.block), []).extend(sentence.cited)
        for sentence in all_:
            cited = sentence.cited or blocks[sentence.cell, sentence.block]
            sources = {
                source for id in cited for source in ((id,) if id in known else sources_of.get(id, ()))
            }
            quoted = [sentence.words(span) for span in sentence.quotations]
            if sentence.kind == "quotation" and not quoted and not _SIGNED.match(sentence.text):
                quoted = [sentence.text]
            for words in quoted:
                yield Quotation(
                    place_of(path, sentence), next(iter(cited), ""), words, tuple(sorted(sources))
                )


def judge_quotations(case: Case, quotes: list[Quotation]) -> list[tuple[Quotation, str, Verdict]]:
    """Each quotation that stands beside a source, with the source that settles it and the verdict there.

    One source that has the words is enough; one that was not captured may have them, whatever others lack.
    """
    sought = {
        f"{number}/{source}": Passage(f"{number}/{source}", source, quotation=quote.words)
        for number, quote in enumerate(quotes)
        for source in quote.sources
    }
    found = {id: no_capture(id) for id in sought}
    if sought and captures_here(case):
        with open_index(case) as texts:
            found = dict(zip(sought, review.judge_passages(sought.values(), texts), strict=True))
    settled = []
    translated = case.table("evidence").query("translation != ''")[["source", "translation"]]
    ours = translated.groupby("source")["translation"].agg(list).to_dict()
    for number, quote in enumerate(quotes):
        ways = [(source, found[f"{number}/{source}"]) for source in quote.sources]
        ways += [
            (source, verdict)
            for source in quote.sources
            for text in ours.get(source, ())
            if (verdict := _in_translation(source, text, quote.words)).holds
        ]
        if ways:
            settled.append((quote, *min(ways, key=lambda way: _SETTLES.index(way[1].verdict))))
    return settled


def _in_translation(source: str, translation: str, words: str) -> Verdict:
    """What our own translation of a passage says of a quotation; the passage itself is looked for in its own language."""
    page = CaptureText("", source, datetime.min, False, translation)
    verdict = judge_quotation(page, Passage("", source, quotation=words), (0, len(page.normal.text)))
    return Verdict("", verdict.verdict, found="the words of our translation")
