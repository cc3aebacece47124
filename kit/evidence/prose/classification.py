"""Whether a sentence of ours states a fact, so that a reader may ask how we know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kit.evidence.prose.sentences import Sentence
from kit.text.dates import MENTION
from kit.text.sentences import listed

KINDS = ("name", "title", "number", "quotation", "date", "document")
_TITLE = re.compile(
    r"\b(?:chief(?: [a-z]+){0,3}(?: officer| executive)?|executives?|presidents?|chair(?:man|woman|person)?|"
    r"(?:co-?)?founders?|spokes(?:person|man|woman|people)|directors?|heads? of|managers?|engineers?|researchers?|"
    r"judges?|lawyers?|attorneys?|senators?|ministers?|commissioners?|professors?|editors?|reporters?)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?<![\w-])\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"dozens?|hundreds?|thousands?|half|twice|percent|per cent)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DOCUMENT = re.compile(
    r"\b(?:memos?|letters?|complaints?|filings?|rulings?|judg(?:e)?ments?|orders?|contracts?|agreements?|terms|clauses?|"
    r"polic(?:y|ies)|e-?mails?|papers|statements?|reports?|articles?|posts?|surveys?|notices?)\b",
    re.IGNORECASE,
)


def name_finder(names: Iterable[str]) -> re.Pattern[str]:
    """What finds any of ``names`` as whole words, the longest first; a name of one letter is none."""
    known = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)")


def kinds(
    sentence: Sentence, names: re.Pattern[str], documents: Collection[str] = frozenset()
) -> tuple[str, ...]:
    """The kinds of `KINDS` that a sentence has, in their order; ``documents`` are the ids of sources that are one.

    >>> said = Sentence(1, 1, 1, "paragraph", "Chief executive Ann Roe wrote on 3 May 2021 of 38 boxes.")
    >>> kinds(said, name_finder(["Ann Roe"]))
    ('name', 'title', 'number', 'date')
    """
    text = sentence.prose
    undated = MENTION.sub(" ", text)
    has = {
        "name": bool(names.search(text)),
        "title": bool(_TITLE.search(text)),
        "number": bool(sentence.numbers or _QUANTITY.search(undated)),
        "quotation": bool(sentence.quotations),
        "date": bool(MENTION.search(text) or _WEEKDAY.search(text)),
        "document": bool(_DOCUMENT.search(text) or set(sentence.cited) & set(documents)),
    }
    return tuple(kind for kind in KINDS if has[kind])


#: Labels before a sentence, which say what it is for and nothing else.
_LABEL = re.compile(r"^(?:Caveat(?: on [^:]{1,60})?|Note\b):? *", re.IGNORECASE)
#: The notebook speaking of itself: what a cell does, what a table or chart shows, where something stands.
_ITSELF = re.compile(
    r"^(?:(?:in|as|on|above|below|here)\b[^,]{0,40}, )?(?:(?:the|this|each|a|another|both|these|our)\s+)?"
    r"(?:(?:first|second|third|fourth|fifth|sixth|next|last|following|same|previous|middle)\s+)*(?:\w+\s+)?"
    r"(?:cells?|charts?|tables?|matrix|timelines?|notebooks?|columns?|panels?|pictures?|reports?|texts?|numbers?|marks?)\b"
    r"(?: (?:below|above|here|\w+ the text above \w+))?"
    r" (?:\w+s|are|is|have|has|were|was|can|cannot|then|holds?|takes?|counts?|shows?|draws?|prints?|opens?)\b"
    r"|^(?:Reads|Writes|Not shown here|Confidence|Overturned by)\b:?|^Here (?:is|are)\b|^Drawn\b|^Whether\b"
    r"|^Notebook \d+\b|^\d\d-[\w-]+ \w+s\b|^[^.;:]*\b(?:is|are) (?:both |never |not )?drawn\b",
    re.IGNORECASE,
)
#: What a caveat says of the chart that it stands above.
_SHOWS = re.compile(r"^(?:.*? )?it (?:shows|holds|draws|counts|leaves out)\b")
#: Behind it the sentence may state a fact all the same: "whether it was used: nobody says so".
_THEN = re.compile(r"; |(?<!here)(?<!by)(?<!Reads)(?<!Writes): ")
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
    r"stays?|remains?|holds?|follows?|publish(?:es)?|confirms?|depends?|grew|foresaw|"
    r"wrote|writes?|paid|pays?|won|ran|runs?|rose|fell|grew|met|sent|spoke|broke|put|puts|led|leads|stood|stands?|"
    r"\w{2,}ed)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\w-])\d[\d,.]*(?:%|\b)|[$€£]\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|"
    r"hundreds?|thousands?|millions?|billions?|half|twice|percent|per cent)\b",
    re.IGNORECASE,
)
#: Whom and what investigations are about, where no name stands: parties, acts and papers.
_PARTIES = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|competitors?|rivals?|sellers?|buyers?|suppliers?|investors?|customers?|courts?|"
    r"(?:law ?)?suits?|rulings?|contracts?|clauses?|charges?|accusations?|agreements?|accounts|prices?|revenue|"
    r"original reports?|articles?|targets?|bans?|disputes?|precedents?|theory)\b",
    re.IGNORECASE,
)
#: That something is not so, or was not found, is stated too.
_DENIED = re.compile(
    r"^(?:there (?:is|are|was|were) )?(?:no|none|nobody|nothing|neither|nowhere)\b"
    r"|\b(?:was|were|did|had|has|have) (?:not|never)\b|[:;] (?:nobody|nothing|none|no)\b|\bnone (?:known|found)\b",
    re.IGNORECASE,
)
#: And so is what happened, said in the main clause: how a notebook works is told in the present.
_PAST = re.compile(
    r"^(?:(?!\bwh\w+|\bas\b|\bhow\b)[^,;:])*?\b(?:was|were|grew|rose|fell|came|went|became|ended|began|harmed|foresaw)\b",
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
    and a name, a date, a quantity, a party or paper, a denial, or the past tense; in a table's cell a quantity or a
    denial is enough. So is a claim of four words or more that is strong as a whole. No for headings, questions,
    instructions, and for the notebook's words on its own cells, charts and tables, unless a denial or a name follows.
    ``names`` are actors known to the case: without them a name at the head of a sentence may pass for a common word.

    >>> said = lambda text: Sentence(1, 1, 1, "paragraph", text)
    >>> states_fact(said("The office paid the Harbour Post in March.")), states_fact(said("Who paid?"))
    (True, False)
    >>> states_fact(said("The next cell counts the pages.")), states_fact(said("Roe paid."), {"Roe"})
    (False, True)
    """
    whole = sentence.prose.strip()
    text = _LABEL.sub("", whole).strip()
    if (
        sentence.kind == "heading"
        or not any(c.isalnum() for c in text)
        or text.rstrip("”’»\")'").endswith("?")
    ):
        return False
    first = re.split(r"\W", text, maxsplit=1)[0].casefold()
    if _TO_READER.search(text) or (first in _ORDERS and not sentence.cited):
        return False
    if _ITSELF.match(text) or (text != whole and _SHOWS.match(text)):
        said = _THEN.split(text)[1:]
        return any(
            _VERB.search(part) and (_DENIED.search(part) or _names_someone(part, names)) for part in said
        )
    if sentence.citations or sentence.numbers:
        return True
    if any(len(sentence.words(span).split()) > 1 for span in sentence.quotations):
        return True
    if sentence.kind == "table cell" and (_COUNTED.search(text) or _DENIED.search(text)):
        return True
    if sentence.kind == "headline":
        return True  # a chart's says what it shows
    if not _VERB.search(text) and len(text.split()) < _LONG:
        return False
    return _claimed(sentence) or _about(text, names)


def _claimed(sentence: Sentence) -> bool:
    """Whether the whole sentence is strong, as the claim is that begins an item."""
    whole = any((span.start, span.stop) == (0, len(sentence.text)) for span in sentence.strong)
    return whole and len(sentence.text.split()) > 3


def _about(text: str, names: Collection[str]) -> bool:
    """Whether the words speak of something outside the notebook."""
    looks = (_COUNTED, MENTION, _PARTIES, _DENIED, _PAST)
    return any(look.search(text) for look in looks) or _names_someone(text, names)


def _names_someone(text: str, names: Collection[str]) -> bool:
    if any(match[0].casefold().removesuffix("’s") not in _NO_NAME for match in _NAMED.finditer(text)):
        return True
    head = re.split(r"’s\b|[^\w-]", text, maxsplit=1)[0]
    return head in names or any(text.startswith(f"{name} ") for name in names)
