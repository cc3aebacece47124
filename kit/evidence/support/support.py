"""What each passage of a case is asked for, and what it was found to carry: by its page, or else by its ends."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kit.evidence.support.carrying import Carrying, carrying
from kit.evidence.support.cited_facts import CitedFacts
from kit.evidence.support.dates import day_wanted, other_days
from kit.evidence.support.question import CitedFact, Surroundings
from kit.text.days import printed_days
from kit.text.language import Language
from kit.text.normalise import normalise

if TYPE_CHECKING:
    from kit.case import Case

#: Goes up when passages are judged otherwise than before, so that a ledger is written anew where the captures are.
_JUDGING = 1
#: Characters of its paragraph before a passage in which a pronoun's bearer may stand.
_BEFORE = 600
_UNSEEN = "the words between the ends are not here"


class Support:
    """The rows of a case's evidence that name a passage, each with what it is asked for."""

    def __init__(self, case: Case) -> None:
        self._facts = CitedFacts(case)
        evidence = case.table("evidence")
        self._rows = {row.id: row for row in evidence[evidence["start"].ne("")].itertuples(index=False)}

    def asked(self, passage: str) -> str:
        """Sixteen hex digits that change when what the row of evidence of that id asks its passage for does.

        >>> import kit
        >>> case = kit.example()
        >>> row = case.evidence[case.evidence["start"].ne("")].index[0]
        >>> len(Support(case).asked(row))
        16
        """
        fact, around, language = self._question(passage)
        asked = [*vars(replace(fact, others=None)).values(), around.page_day, around.headline, language]
        told = [each.code if isinstance(each, Language) else str(each) for each in asked]
        return hashlib.sha256("\x1f".join([str(_JUDGING), *told]).encode()).hexdigest()[:16]

    def by_page(
        self, passage: str, words: str, before: str = "", row: Sequence[tuple[str, str]] = ()
    ) -> Carrying:
        """What the passage of these ``words`` carries, behind ``before`` in its paragraph.

        One in a table's ``row``, the head of each column and its cell, counts as the row's cells, but for those whose head
        is another day than the fact's.
        """
        fact, around, language = self._question(passage)
        span, _ = day_wanted(fact)
        if row:
            cells = [
                cell if any(printed_days(head, language)) else f"{head} {cell}".strip()
                for head, cell in row
                if not (span and other_days(span, head, language))
            ]
            words = " | ".join(cells)
        return carrying(words, fact, replace(around, before=before[-_BEFORE:]), language)

    def by_ends(self, passage: str, digest: str) -> Carrying:
        """What the passage carries whose words have that SHA-256, where only its first and last words are here.

        What they lack may stand between them, unless the hash says that nothing does.
        """
        row = self._rows[passage]
        ends = [words.strip() for words in (row.start, row.end) if words.strip()]
        whole = normalise(" ".join(ends)).text
        known = len(ends) == 1 or hashlib.sha256(whole.encode()).hexdigest() == digest
        fact, around, language = self._question(passage)
        found = carrying(whole if known else " … ".join(ends), fact, replace(around, before=None), language)
        if known or found.verdict in ("carries", "not-judged"):
            return found
        return Carrying("not-judged", found.missing, f"{found.why}; {_UNSEEN}")

    def _question(self, passage: str) -> tuple[CitedFact, Surroundings, Language | None]:
        row = self._rows[passage]
        return self._facts.fact(row), self._facts.around(row), self._facts.language(row)
