"""Whether a sentence of ours states a fact, so that a reader may ask how we know."""

from __future__ import annotations

import re
from collections.abc import Collection

from kit.evidence.days import MENTION
from kit.evidence.prose import Sentence
from kit.evidence.words import listed

#: Labels before a sentence, which say what it is for and nothing else.
_LABEL = re.compile(r"^(?:Caveat(?: on [^:]{1,60})?|Note):? *", re.IGNORECASE)
#: The notebook speaking of itself: what a cell does, what a table or chart shows, where something stands.
_ITSELF = re.compile(
    r"^(?:(?:in|as|on|above|below|here)\b[^,]{0,40}, )?(?:(?:the|this|each|a|another|both|these|our)\s+)?"
    r"(?:(?:first|second|third|fourth|fifth|sixth|next|last|following|same|previous|middle)\s+)*(?:\w+\s+)?"
    r"(?:cells?|charts?|tables?|matrix|timelines?|notebooks?|columns?|panels?|pictures?|reports?|texts?|numbers?|marks?)\b"
    r"(?: (?:below|above|here|\w+ the text above \w+))?"
    r" (?:\w+s|are|is|have|has|were|was|can|cannot|then|holds?|takes?|counts?|shows?|draws?|prints?|opens?)\b"
    r"|^(?:Reads|Writes|Not shown here|Confidence|Overturned by)\b:?|^Here (?:is|are)\b|^Drawn\b|^Whether\b",
    re.IGNORECASE,
)
_TO_READER = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)
_ORDERS = listed(
    "add ask build choose cite click compare copy draw edit enter export filter give go install keep look mark mend "
    "name note open pick press print put read record replace run save see set show start take then to try turn type "
    "use write"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|"
    r"says?|said|tells?|told|gives?|gave|denie[sd]|calls?|claims?|confirms?|reports?|adds?|names?|shows?|"
    r"cuts?|made|makes?|began|went|came|comes?|took|takes?|kept|keeps?|held|holds?|found|left|lost|sold|sells?|bought|"
    r"wrote|writes?|paid|pays?|won|ran|runs?|rose|fell|grew|met|sent|spoke|broke|put|puts|led|leads|stood|stands?|"
    r"\w{2,}ed)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?<![\w-])\d[\d,.]*(?:%|\b)|[$€£]\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|"
    r"hundreds?|thousands?|millions?|billions?|half|twice|percent|per cent)\b",
    re.IGNORECASE,
)
#: So many words without a verb that we know are taken for a sentence all the same.
_LONG = 8
_NAMED = re.compile(r"(?<=[\w,;:’)] )[A-Z][\w’-]*|\b[A-Z][a-z]*[A-Z]\w*|^[A-Z][\w-]+(?=’s\b)")
_NO_NAME = listed(
    "i january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday english french german ai api"
)


def states_fact(sentence: Sentence, names: Collection[str] = ()) -> bool:
    """Whether the sentence states a fact that needs evidence: a rule of thumb, on the side of saying yes.

    Yes for what cites, prints a computed number or quotes two words or more, and for what has a verb (or eight words)
    beside a name, a date or a quantity; in a table's cell a quantity is enough. No for headings, questions, instructions, and for the notebook's words on its own cells,
    charts and tables. ``names`` are actors known to the case: without them a name at the head of a sentence may
    pass for a common word.

    >>> said = lambda text: Sentence(1, 1, 1, "paragraph", text)
    >>> states_fact(said("The office paid the Harbour Post in March.")), states_fact(said("Who paid?"))
    (True, False)
    >>> states_fact(said("The next cell counts the pages.")), states_fact(said("Roe paid."), {"Roe"})
    (False, True)
    """
    text = _LABEL.sub("", sentence.prose).strip()
    if (
        sentence.kind == "heading"
        or not any(c.isalnum() for c in text)
        or text.rstrip("”’»\")'").endswith("?")
    ):
        return False
    first = re.split(r"\W", text, maxsplit=1)[0].casefold()
    if _TO_READER.search(text) or _ITSELF.match(text) or (first in _ORDERS and not sentence.cited):
        return False
    if sentence.citations or sentence.numbers:
        return True
    if any(len(sentence.words(span).split()) > 1 for span in sentence.quotations):
        return True
    if sentence.kind == "table cell" and _QUANTITY.search(text):
        return True
    if not _VERB.search(text) and len(text.split()) < _LONG:
        return False
    return bool(_QUANTITY.search(text) or MENTION.search(text) or _names_someone(text, names))


def _names_someone(text: str, names: Collection[str]) -> bool:
    if any(match[0].casefold().removesuffix("’s") not in _NO_NAME for match in _NAMED.finditer(text)):
        return True
    head = re.split(r"’s\b|[^\w-]", text, maxsplit=1)[0]
    return head in names or any(text.startswith(f"{name} ") for name in names)
