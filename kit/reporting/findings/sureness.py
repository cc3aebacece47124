"""How sure a finding is: a sign, a word and the reason, read from what tables and ledgers say of the facts it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kit.case import Case
from kit.evidence.checks.risk import CONTESTED, fact_states
from kit.evidence.prose.marks import cited_ids
from kit.evidence.provenance.lineage import BadLineage, independence
from kit.text.pandoc import BLANK, Tree, bullets, inlines, nodes, para, plain_line, span, strong
from kit.text.translations.phrases import IN_ENGLISH, Phrases

#: The tag of a cell whose list holds findings, and the class of what says how sure one is.
FRONT, SURE = "front", "sure"
#: Each grade with its sign, its word, and what it means, from the surest.
GRADES = (
    ("●●●", "firm", "every fact it cites was found in a page we kept, nobody disputes one, and each has a first-hand document or two origins"),
    ("●●○", "sound", "every fact it cites was found in a page we kept, and nobody disputes one"),
    ("●○○", "in part", "not every fact it cites was found in a page we kept, or one is alleged, denied or disputed"),
    ("○○○", "open", "none of the facts it cites was found in a page we kept"),
    ("–", "not judged", "it cites no fact of its own, but what the notebooks count"),
)  # fmt: skip


class Sureness:
    """How sure the findings of a case are.

    ``shown`` is the case as the edition shows it; where a source comes from is asked of the ``whole`` case, since what
    an edition leaves out must not make two origins out of one.

    >>> import kit
    >>> case = kit.example()
    >>> Sureness(case, case).grade([])[1]
    'not judged'
    """

    def __init__(self, shown: Case, whole: Case) -> None:
        self.states = fact_states(shown)
        events, evidence = shown.table("events"), shown.table("evidence")
        self.contested = {
            *events.loc[events["status"].isin(CONTESTED), "id"],
            *evidence.loc[evidence["stance"].eq("disputes"), "record"],
        }
        sources = whole.table("sources")
        primary = {*sources.loc[sources["tier"].eq("primary"), "id"]}
        try:
            origins = independence(whole)
        except BadLineage:  # the gate says so; nothing is known of any origin then
            self.alone = {*self.states.index}
        else:
            self.alone = {
                row.record
                for row in origins.itertuples()
                if row.publishers < 2 and primary.isdisjoint(row.origins)
            }

    def grade(self, cited: Iterable[str], say: Phrases = IN_ENGLISH) -> tuple[str, str, str]:
        """The sign, the word and the reason for what cites these ids, of which those of sources do not count."""
        facts = {id for id in cited if id in self.states.index}
        held = Counter(self.states[id] for id in facts)["checked"]
        contested, alone = len(facts & self.contested), len(facts & self.alone)
        if not facts:
            sign, word, _ = GRADES[-1]
            return sign, say(word), say("It cites no fact of its own.")
        place = 3 if not held else 2 if held < len(facts) or contested else 1 if alone else 0
        sign, word, _ = GRADES[place]
        reasons = [_followed(held, len(facts), say)]
        one = len(facts) == 1
        if contested:
            many = say("{count} of them alleged, denied or disputed", count=contested)
            reasons.append(say("it is alleged, denied or disputed") if one else many)
        if alone:
            many = say("{count} of them known from one origin alone", count=alone)
            reasons.append(say("it is known from one origin alone") if one else many)
        return sign, say(word), f"{'; '.join(reasons)}."

    def line(self, cited: Iterable[str], say: Phrases = IN_ENGLISH) -> list[Tree]:
        """The grade as a line; the sign is for the eye alone, since the word says the same."""
        sign, word, why = self.grade(cited, say)
        shown = [span(sign, classes=["sign"], aria_hidden="true"), BLANK, *inlines(f"{say('How sure:')} ")]
        return [span([*shown, strong(word), *inlines(f". {why}")], classes=[SURE])]

    def signed(self, blocks: list[Tree], say: Phrases = IN_ENGLISH) -> list[Tree]:
        """The blocks of a cell with, below each item of a list in it, how sure it is."""
        return [self._signed(block, say) for block in blocks]

    def _signed(self, block: Tree, say: Phrases) -> Tree:
        if block["t"] not in ("BulletList", "OrderedList"):
            return block
        ordered = block["t"] == "OrderedList"
        items: list[list[Tree]] = block["c"][1] if ordered else block["c"]
        signed = [[*item, para(self.line(cited_in(item), say))] for item in items]
        return {"t": block["t"], "c": [block["c"][0], signed] if ordered else signed}


def cited_in(blocks: list[Tree]) -> set[str]:
    """The ids that marks in the blocks name."""
    return {id for node in nodes(blocks, "Cite") for id in cited_ids(node["c"])}


def legend(say: Phrases = IN_ENGLISH) -> list[Tree]:
    """What each sign means, as blocks."""
    items: list[Any] = [
        [plain_line([span(sign, classes=["sign"]), BLANK, strong(say(word)), *inlines(f": {say(means)}.")])]
        for sign, word, means in GRADES
    ]
    return [para(inlines(say("What the signs mean:"))), bullets(items)]


def _followed(held: int, cited: int, say: Phrases) -> str:
    """How many of the facts cited were found, as the beginning of a sentence."""
    if cited == 1:
        return (
            say("The fact it cites was found in a page we kept")
            if held
            else say("The fact it cites was not found in a page we kept")
        )
    if held == 1:
        return say("1 of the {cited} facts it cites was found in a page we kept", cited=cited)
    if held < cited:
        return say(
            "{held} of the {cited} facts it cites were found in a page we kept", held=held, cited=cited
        )
    if cited == 2:
        return say("Both facts it cites were found in a page we kept")
    return say("All {cited} facts it cites were found in a page we kept", cited=cited)
