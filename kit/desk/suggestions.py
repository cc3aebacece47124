"""What a text offers for a row: its days, names and amounts, each in its sentence; and the ends of a passage that was picked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from kit.case import Case
from kit.errors import KitError
from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.judgement import find_passage
from kit.evidence.passages.matching import BadPassage, Passage
from kit.evidence.prose.classification import name_finder
from kit.evidence.prose.document import prose_language
from kit.text.amounts import amounts
from kit.text.dates import printed_dates
from kit.text.language import Language, language_of
from kit.text.normalise import fold, normalise
from kit.text.sentences import sentence_ends

#: What `offers` gives, a row a thing that a text tells.
OFFER_COLUMNS = ["kind", "value", "unit", "printed", "sentence", "start", "stop"]
#: Characters of a text that are read, and what is offered of it at most.
_LONGEST, _MOST = 100_000, 500
#: Two to four words with capitals: a name that the case may not know.
_NAME = re.compile(r"(?<![\w.])(?:[^\W\d_a-z][\w’'-]+ ){1,3}[^\W\d_a-z][\w’'-]+")
#: Words of a passage's ends, the fewest first, and of what stands beside it; characters in which those are looked for.
_ENDS, _BESIDE, _ROUND = range(4, 13), range(2, 9), 400


def offers(case: Case, text: str, language: str = "") -> pd.DataFrame:
    """The days, names and amounts that a text tells, in its order, to be taken, mended or left.

    Columns: ``kind`` (day, name, amount), ``value`` (an EDTF date, the id of an actor, or blank where the case does not know the name,
    a number), ``unit``, ``printed``, ``sentence``, and ``start`` and ``stop``, offsets in the text. A language that the kit has no words of is
    read as the case's own. Of a text longer than 100,000 characters the rest is not read.

    >>> import kit
    >>> found = offers(kit.example(), "It was quiet. On 4 May 2021 the Harbour Office took 38 boxes.")
    >>> found[["kind", "value", "printed"]].values.tolist()
    [['day', '2021-05-04', '4 May 2021'], ['name', 'harbour-office', 'Harbour Office'], ['amount', '38', '38']]
    """
    text = text[:_LONGEST]
    read = language_of(language.partition("-")[0]) or prose_language(case)
    ends = [0, *sentence_ends(text, (), read)]
    rows = []
    for start, stop in pairwise(ends):
        sentence = text[start:stop]
        for kind, value, unit, at, to in sorted(_told(case, sentence, read), key=lambda one: one[3]):
            shown = " ".join(sentence.split())
            rows.append((kind, value, unit, sentence[at:to], shown, start + at, start + to))
    return pd.DataFrame(rows[:_MOST], columns=OFFER_COLUMNS)


def picked(page: CaptureText, words: str) -> dict[str, str]:
    """The cells ``start``, ``end``, ``prefix`` and ``suffix`` of a row of evidence for a passage that was selected on a page.

    They are as short as tells the passage from all others on the page. Words that do not stand there, or cannot be told from others,
    raise `KitError`.

    >>> from datetime import datetime
    >>> page = CaptureText("c-1", "s", datetime(2021, 3, 1), False, "The gate was shut at noon. Later the gate was shut for good.")
    >>> picked(page, "the gate was shut for good")
    {'start': 'the gate was shut for good', 'end': '', 'prefix': '', 'suffix': ''}
    >>> picked(page, "gate was shut")
    {'start': 'gate was shut', 'end': '', 'prefix': '', 'suffix': 'at noon.'}
    """
    sought = normalise(words).text.strip()
    at = page.normal.folded.find(fold(sought)) if sought else -1
    if at < 0:
        raise KitError(
            page.id, "does not hold these words", "select them again in the text as it was captured"
        )
    stop = at + len(sought)
    for cells in _candidates(page.normal.text, at, stop):
        try:
            found = find_passage(page, Passage("picked", page.source, **cells))
        except BadPassage:
            continue
        if found and found.holds and (found.start, found.stop) == (at, stop):
            return cells
    raise KitError(page.id, "has these words in several places", "select a few words more")


def _candidates(text: str, at: int, stop: int) -> Iterator[dict[str, str]]:
    words = text[at:stop].split()
    before, behind = text[max(0, at - _ROUND) : at].split(), text[stop : stop + _ROUND].split()
    ends = [(" ".join(words), "")] if len(words) <= 2 * _ENDS.start else []
    ends += [(" ".join(words[:n]), " ".join(words[-n:])) for n in _ENDS if 2 * n < len(words)]
    whole = [{"start": start, "end": end} for start, end in ends or [(" ".join(words), "")]]
    for cells in whole:
        yield cells | {"prefix": "", "suffix": ""}
    for count in _BESIDE:
        for cells in whole[:3]:
            yield cells | {"prefix": " ".join(before[-count:]), "suffix": ""}
            yield cells | {"prefix": "", "suffix": " ".join(behind[:count])}


def _told(case: Case, sentence: str, language: Language) -> Iterator[tuple[str, str, str, int, int]]:
    taken = []
    for day in printed_dates(sentence, language):
        if day.date:
            taken.append((day.start, day.stop))
            yield "day", day.date, "", day.start, day.stop
    called = {
        name: row.id for row in case.table("actors").itertuples() for name in (row.name, *row.aliases) if name
    }
    for found in name_finder(called).finditer(sentence):
        taken.append(found.span())
        yield "name", called[found[0]], "", *found.span()
    for found in _NAME.finditer(sentence):
        if not _overlaps(taken, *found.span()):
            taken.append(found.span())
            yield "name", "", "", *found.span()
    for amount in amounts(sentence, language):
        if amount.counts and amount.value is not None and not _overlaps(taken, amount.start, amount.stop):
            yield "amount", f"{amount.value:f}", amount.unit, amount.start, amount.stop


def _overlaps(taken: list[tuple[int, int]], start: int, stop: int) -> bool:
    return any(first < stop and start < last for first, last in taken)
