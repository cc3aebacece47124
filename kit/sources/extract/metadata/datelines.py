"""Where a page prints days, and what each line says its day is: of publication, of a change, or of something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from kit.sources.extract.metadata.dates import DatePrinted, dates_printed
from kit.sources.extract.reading.page import TextRange
from kit.text.language import LANGUAGES, language_of
from kit.text.normalise import bare_words

#: Words that say what the day beside them is, in the languages that newspapers of this alphabet are mostly written in.
_PUBLISHED = (
    r"(?:first |originally )?(?:published|posted|issued|released|created|submitted)(?: on(?:line)?)?|dated?(?: this| of (?:publication|issue)| published)?|"
    r"(?:publication|issue|release) date|"
    r"(?:erst)?veröffentlicht|publiziert|erschienen|erstellt|gespeichert|eingestellt|datum|publiée?|paru|mise? en ligne|publicad[oa]|fecha(?: de publicación)?|"
    r"pubblicat[oa]|data|gepubliceerd|geplaatst|publicerad|publiceret|publisert|julkaistu|opublikowan[oe]|опубликовано|yayınlanma"
)
_UPDATED = (
    r"(?:last |page )*(?:updated?|modified|changed|edited|revised|amended|correct(?:ed|ion))(?: date| on)?|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|"
    r"stand|aktualisierung|korrektur|berichtigung|(?:dernière )?(?:mise?s?|mise) à jour|modifiée?|actualisée?|correction|"
    r"(?:última )?(?:actualizaci[óo]n|actualizad[oa]|modificad[oa])|corrección|aggiornat[oa]|ultimo aggiornamento|atualizad[oa]|bijgewerkt|"
    r"uppdaterad|opdateret|oppdatert|päivitetty|zaktualizowan[oe]|обновлено|güncelleme"
)
_LABEL = re.compile(rf"(?<!\w)(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))(?!\w)", re.IGNORECASE)
#: A sentence about the page itself: "This entry was posted on ...".
_SELF = re.compile(
    r"(?<!\w)(?:this|dieser?|dieses|cette?|ce|est[ae]|quest[oa])\s+(?:\w+\s+)?(?:entry|article|post|story|page|piece|report|column|beitrag|artikel|"
    r"eintrag|seite|text|billet|art[íi]culo|entrada|noticia|articolo)(?!\w)",
    re.IGNORECASE,
)
#: What else a day may be of; and the day of an edition on paper, which is not that of the page.
_OTHER = re.compile(
    r"(?<!\w)(?:hearings?|deadline|events?|concert|tickets?|doors|when|where|venue|starts?|begins?|ends?|due|expires?|valid|until|effective|in force|"
    r"founded|established|since|born|died|copyright|termin|beginn|einlass|frist|anhörung|verhandlung|gegründet|seit|geboren|gestorben|gültig|"
    r"audience|rendez-vous|fondée?|depuis|née?|audiencia|evento|fundad[oa]|desde|nacid[oa]|edition|ausgabe|édition|edición|issue|volume|vol|no|nr|"
    r"print|archiv\w*|fotos?|photos?|image|bild|sendung|retrieved|accessed|abgerufen|consulté|version|registered|joined|member)(?!\w)|©|\(c\)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}\s?[:.h]\s?\d\d(?:[:.]\d\d)?(?!\d)|\d{1,2}\s?(?=[ap]\.?\s?m\b)|\b[ap]\.?\s?m\b\.?|\b(?:uhr|heures?|hrs?|h)\b|"
    r"\b(?:[A-Z]{1,4}T|GMT|UTC|Z|ET|PT|CT|MT)\b(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?|\d+[ -]min(?:s|utes?|uten)?\b(?:\s(?:read|lesezeit))?|"
    r"lesezeit:?\s*\d+\s*min\w*|\d+ (?:comments?|kommentare?|commentaires?|comentarios?|shares?|views?)|no comments",
    re.IGNORECASE,
)
_FILLING = re.compile(
    "by|von|vom|par|por|di|da|door|av|af|on|at|um|am|an|den|dem|der|le|la|el|las?|à|a|the|of|in|und|and|et|y|de|du|del|min|read|minutes?|"
    "lesezeit|uhr|article|artikel|artículo|story|news|last|first|gmt|utc|[ecmp][sd]t|ces?t|[bi]st"
)
_PLACED = re.compile(r",\s*(?:le|den|the|el|am|a|on|il)?\s*$", re.IGNORECASE)  # "Paris, le 2 mai"
_BETWEEN = re.compile(r"\s*[|•·–—/]\s*|\s+-\s+|\t")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
#: Characters of a line that may be a dateline, and of one that is prose; dates looked at; lines around a headline.
_LINE, _PROSE, _MOST = 200, 180, 300
#: No paragraph that stands before the article is so long.
_STANDFIRST = 500
#: Letters of a line that may be a part of the headline.
_TITLE = 12
_ABOVE, _BELOW = 3, 40
#: Where the days of a page's own are not.
ELSEWHERE = {
    "comments": "in a comment",
    "related": "with other stories",
    "menu": "in a menu",
    "advertisement": "in an advertisement",
    "aside": "beside the article",
    "footer": "at the foot of the page",
    "quotation": "in a quotation",
}
_NEVER = frozenset({"comments", "related", "menu", "advertisement", "quotation"})


@dataclass(frozen=True)
class Dateline:
    """A day as a page prints it, the line it stands in, and what it is of.

    ``kind`` is ``published`` or ``updated`` (the line says so), ``plain`` (it is only a date, or hardly more, where an
    article begins), ``line`` (only a date, elsewhere), or ``other``; ``place`` says where the last two stand.
    """

    day: DatePrinted
    line: str
    kind: str
    place: str = ""


def datelines(
    text: str, structure: tuple[TextRange, ...] = (), title: str = "", names: tuple[str, ...] = (), language: str = "",
    marked: Set[str] = frozenset(), others: Set[str] = frozenset(),
) -> list[Dateline]:  # fmt: skip
    """The days that the visible text of a page prints, at most 300: from the headline on, then those before it.

    ``structure`` are its parts, ``title`` its headline, ``names`` the people and the house that a dateline may name,
    ``marked`` the texts of elements that call themselves dates, and ``others`` of those that date something else.

    >>> text = "Ship seized\\nBy Jane Roe | 2 March 2021, 10 p.m.\\nThe hearing is on 4 May 2021.\\nUpdate, 6 March: It sank."
    >>> [(each.kind, each.place) for each in datelines(text, title="Ship seized", names=("Jane Roe",))]
    [('plain', ''), ('other', 'on a line of its own'), ('updated', '')]
    """
    parts, head = _Parts(structure), _head(text, title)
    known = _weekdays(language) | {
        word.casefold() for name in (*names, title) for word in _WORD.findall(name)
    }
    found: list[tuple[bool, Dateline]] = []
    for start, line in _lines(text):
        if len(found) >= _MOST or not _DIGIT.search(line):
            continue
        place, led = (
            parts.at(start),
            start < head.title and parts.listed(start),
        )  # a menu's, or a path's, that leads here
        near = (
            max(head.first, head.title) <= start < head.end and not led and not (place and start > head.prose)
        )
        # Far above the headline, or with its weekday, stands today's day.
        close = start >= head.first and _weekdays(language).isdisjoint(_WORD.findall(line.casefold()))
        named = len(line) <= _LINE and not led and any(text in line for text in marked)
        for day, kind in _judged(line, known, language):
            dated = all(year for year, _, _ in day.readings) or _CLOCK.search(line)
            if place in _NEVER or start == head.title or (line.strip() in others and not near):
                kind = "other"
            elif (kind == "line" and (named or (near and dated))) or (kind == "loose" and named and near):
                kind = "plain"
            elif kind == "loose" or (kind == "line" and (place or (start < head.title and not close))):
                kind = "other"
            where = ELSEWHERE.get(place, "in the text" if len(line) > 60 else "on a line of its own")
            found.append(
                (
                    start < head.first,
                    Dateline(day, line[:_LINE].strip(), kind, where if kind in ("other", "line") else ""),
                )
            )
    return [line for _, line in sorted(found, key=lambda each: each[0])]


def _judged(line: str, known: Set[str], language: str) -> Iterator[tuple[DatePrinted, str]]:
    days = dates_printed(line, language)
    if not days:
        return
    rest = _rest(line, days, known)
    about = len(line) <= 4 * _LINE and _SELF.search(line[:_LINE]) is not None
    for index, day in enumerate(days):
        before = line[days[index - 1].stop if index else 0 : day.start]
        behind = line[day.stop : days[index + 1].start if index + 1 < len(days) else None]
        yield (
            day,
            _kind(before, behind, len(rest), about, len(line) > _LINE, index == 0, index + 1 == len(days)),
        )


def _kind(before: str, behind: str, rest: int, about: bool, long: bool, first: bool, last: bool) -> str:
    """What a day is of, by the words before and behind it, and the number of words in its line that are of something else."""
    begun, before, behind = before, before[-_LINE:], behind[:_LINE]
    label = next(reversed(list(_LABEL.finditer(before))), None)
    if about:
        label = label or _LABEL.search(behind)
        return label.lastgroup or "other" if label else "other"
    unlabelled = before if label is None else f"{before[: label.start()]} {before[label.end() :]}"
    if _OTHER.search(unlabelled[-60:]) or _OTHER.search(behind[:30]):
        return "other"
    if label:
        lead, gap = re.split(r"[|•·–—(;.]|\s-\s", before[: label.start()])[-1], len(before) - label.end()
        if label.lastgroup == "updated":
            leads = label.start() == 0 and first and begun == before
            return "updated" if gap <= 30 and (leads if long else len(_WORD.findall(lead)) <= 3) else "other"
        few = rest <= (3 if lead.strip() else 6) and len(_WORD.findall(lead)) <= 3
        return "published" if gap <= 60 and few and not long else "other"
    if long or rest > 8:
        return "other"
    late = _LABEL.search(behind[:60]) if last else None
    if late and rest <= 4 and not any(sign.isdigit() for sign in behind[late.end() :]):
        return late.lastgroup or "other"
    # What is left of the line is nothing, or short and set apart: a section, a place, a name.
    apart = rest <= 4 and (_BETWEEN.search(before + behind) or _PLACED.search(before))
    signed = rest == 1 and not before.strip()  # by an initial or two
    return "line" if not rest or apart or signed else "loose" if rest <= 3 or not before.strip() else "other"


@cache
def _weekdays(language: str) -> frozenset[str]:
    """The names of weekdays in the language and in those the kit has, whole and cut to their first letters."""
    others = language_of(language) if language else None
    names = [day for each in {*LANGUAGES.values(), *([others] if others else [])} for day in each.weekdays]
    return frozenset(form.casefold() for day in names for form in (day, day[:2], day[:3], day[:4]))


def _rest(line: str, days: list[DatePrinted], known: Set[str]) -> list[str]:
    """The words of a line that are neither date, time, label, weekday, nor a name that is known."""
    for day in reversed(days):
        line = f"{line[: day.start]} , {line[day.stop :]}"
    line = _LABEL.sub(" ", _CLOCK.sub(" ", line[: 4 * _LINE]))
    return [
        word
        for word in _WORD.findall(line)
        if (form := word.casefold()) not in known and not _FILLING.fullmatch(form)
    ]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


@dataclass(frozen=True)
class _Head:
    """Where the lines around a headline begin and end, and where it stands."""

    first: int
    title: int  # -1 where it is not in the text
    prose: int  # where the article's first paragraph ends
    end: int


def _head(text: str, title: str) -> _Head:
    """From three lines above the headline to the article's second paragraph; without one, from the page's beginning."""
    form = bare_words(title)
    lines = [(at, line) for at, line in _lines(text) if line.strip()]
    forms = [bare_words(line[:600]) for _, line in lines] if form else []
    whole = (i for i, line in enumerate(forms) if line == form)
    # Over two lines, or with more in the line.
    part = (
        i
        for i, line in enumerate(forms)
        if len(line) >= _TITLE and (form.endswith(line) or line.endswith(form))
    )
    known = next(whole, next(part, None))
    place = known or 0
    paragraphs: list[int] = []
    end = 0
    for at, line in lines[place + 1 : place + _BELOW]:
        if len(line) > _PROSE or (len(line) > 60 and len(line.split()) > 12 and line.rstrip()[-1] in ".?!"):
            paragraphs.append(at)
        if len(paragraphs) == 2:
            break
        end = at + 1
        if len(line) > _STANDFIRST:
            break
    title_at = -1 if known is None else lines[known][0]
    first = paragraphs[0] if paragraphs else end
    return _Head(lines[max(0, place - _ABOVE)][0], title_at, first, end) if lines else _Head(0, -1, 0, 0)


class _Parts:
    """What part of the page a place in its text belongs to."""

    def __init__(self, structure: tuple[TextRange, ...]) -> None:
        self._ranges = sorted(
            (each for each in structure if each.end > each.start), key=lambda each: each.start
        )
        self._starts = [each.start for each in self._ranges]

    def _around(self, at: int) -> Iterator[str]:
        for each in self._ranges[: bisect_right(self._starts, at)]:
            if each.end > at:
                yield each.label

    def at(self, at: int) -> str:
        """The part that says most: comments before an aside."""
        found = set(self._around(at))
        return next((kind for kind in ELSEWHERE if kind in found), "")

    def listed(self, at: int) -> bool:
        """Whether it stands in a list."""
        return "item" in self._around(at)
