"""When a page was published and last changed, weighed from what it states, what it prints and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml.html import HtmlElement

from kit.sources.extract.metadata.datelines import Dateline, datelines
from kit.sources.extract.metadata.dates import StatedDate, date_in_address, stated_date
from kit.sources.extract.metadata.titles import settle
from kit.sources.extract.reading.html_tree import element_text
from kit.sources.extract.reading.page import Found, Offer, Warn
from kit.sources.extract.reading.region import elsewhere
from kit.sources.extract.reading.structured_data import Stated, dates_a_change, json_texts, json_types
from kit.sources.extract.reading.visible import Seen

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "citation_publication_date", "citation_online_date",
    "dc.date.issued", "dcterms.issued", "article.published", "article:published", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "date_published", "published", "originalpublicationdate", "displaydate", "ptime", "og:published_time", "bt:pubdate",
)  # fmt: skip
#: Names under which some sites state the day of a change.
_DATED = ("date", "dc.date", "dcterms.created", "dc.date.created", "dcterms.date", "citation_date")
_LIKE_DATED = re.compile(
    r"(?:^|[.:_-])(?:pub|publish\w*|publication|posted|created|uploaded|issued|released?)(?:[.:_-]?(?:date|time|at|on))?$"
)
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified",
    "article.updated", "article:modified", "last-modified", "lastmod", "last-updated", "modified", "revised",
)  # fmt: skip
#: How many days that date nothing are told of; characters of a block that holds a time and hardly more.
_TOLD, _SHORT = 4, 80
_TIME = "visible time element"


@dataclass(frozen=True)
class Dating:
    """When a page was published, that moment as it stands there, when it was last changed, and what a reader should know."""

    issued: Found
    printed: str
    updated: Found
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True)
class _Stamp:
    """A day stated for machines, where, and whether under a name that is used for nothing else."""

    day: StatedDate
    how: str
    sure: bool = True


def dating(
    stated: Stated, shown: Seen, root: HtmlElement, url: str = "", *,
    title: str = "", names: tuple[str, ...] = (), language: str = "",
) -> Dating:  # fmt: skip
    """When the page was published and changed, as far as it says so: a day that is not said is not made up.

    What is stated for machines comes first. Where the day that the page prints is one day from it, the printed one is
    taken, since the stamp counts by another clock; and so is a day that print and address agree on. A day in the
    text, in a comment or beside another story dates nothing: such days are offered where no other is found.

    >>> from kit.sources.extract.reading.html_tree import parse
    >>> from kit.sources.extract.reading.structured_data import gather
    >>> from kit.sources.extract.reading.visible import seen
    >>> root = parse('<meta name="pubdate" content="2021-03-02T03:28:35Z"><h1>Raid</h1><p>March 1, 2021, 10:28 p.m. ET')
    >>> found = dating(gather(root), seen(root), root, title="Raid")
    >>> found.issued.value, found.issued.how, found.issued.others
    ('2021-03-01', 'printed on the page', (Offer(value='2021-03-02', how='meta pubdate'),))
    """
    foreign = {element for element in stated.dated if elsewhere(element) or _of_events(element)}
    own = [element for element in stated.dated if element not in foreign]
    marked, others = (
        {text for each in some if 3 < len(text := element_text(each)) <= 120} for some in (own, foreign)
    )
    lines = datelines(shown.text, shown.structure, title, names, language, marked, others - marked)
    lines = _without_events(stated, lines)
    stamps = [
        *_stated(stated, "datePublished", _PUBLISHED),
        *_of_times(own, lines, ("published", "plain")),
        *(
            _Stamp(stamp.day, stamp.how, False)
            for stamp in _stated(stated, "", (*_DATED, *filter(_LIKE_DATED.search, stated.meta)))
        ),
    ]
    printed = [line for kind in ("published", "plain") for line in lines if line.kind == kind]
    issued, moment, told = _weighed(stamps, printed, date_in_address(url))
    if not issued:
        issued, moment = _searched(root, url, lines, date_in_address(url))
    changes = [*_stated(stated, "dateModified", _UPDATED), *_of_times(own, lines, ("updated",))]
    near = date.fromisoformat(issued.value) if len(str(issued.value)) == 10 else None
    changed = [line for line in lines if line.kind == "updated"]
    changed.sort(key=lambda line: line.day.edtf(near), reverse=True)
    updated, _, _ = _weighed(changes, changed, None, near)
    return Dating(issued, moment, updated, tuple(told))


def dating_of_print(text: str, title: str = "") -> Dating:
    """When a document without markup says that it was published and changed, its text given a paragraph a line.

    >>> dating_of_print("Report on the quay\\nIssued: 20 May 2024\\nThe hearing is on 4 June 2024.").issued.value
    '2024-05-20'
    """
    lines = datelines(text, title=title)
    printed = [line for kind in ("published", "plain") for line in lines if line.kind == kind]
    issued, moment, _ = _weighed([], printed, None)
    updated, _, _ = _weighed([], [line for line in lines if line.kind == "updated"], None)
    return Dating(issued or Found("", "", tuple(_offered(lines))[:_TOLD]), moment, updated)


def _offered(lines: list[Dateline]) -> list[Offer]:
    """The days that date nothing, each with where it stands."""
    days = (
        Offer(edtf, line.place or "a day of change") for line in lines if len(edtf := line.day.edtf()) == 10
    )
    return list(dict.fromkeys(days))


def _stated(stated: Stated, field: str, names: Iterable[str]) -> Iterator[_Stamp]:
    """What is stated for machines in a field of JSON-LD, under the names of meta elements, as microdata."""
    given = [(node.get(field), f"JSON-LD {field}") for node in stated.articles[:1]]
    given += [(stated.first(name), f"meta {name}") for name in names]
    for element in [each for each in stated.marked.get(field, ()) if not elsewhere(each)][:1]:
        given.append(
            (element.get("content") or element.get("datetime") or element_text(element), f"microdata {field}")
        )
    pages = [node for node in stated.nodes if "WebPage" in json_types(node)]
    given += [(node.get(field), f"JSON-LD {field} of the page") for node in pages[:1]]
    for value, how in given:
        if (texts := json_texts(value)) and (day := stated_date(texts[0])):
            yield _Stamp(day, how)


def _of_times(own: list[HtmlElement], lines: list[Dateline], kinds: tuple[str, ...]) -> Iterator[_Stamp]:
    """The moments behind visible times: those in lines of these kinds, or whose names say so where no day is printed."""
    found: list[tuple[int, _Stamp]] = []
    for element in own:
        day = stated_date(element.get("datetime") or element.get("title") or "")
        if not day:
            continue
        text = element_text(element)
        shown = stated_date(text)
        if shown and shown.day and day.day and abs((shown.day - day.day).days) > 1:
            continue  # what it prints is the day; the stamp is of some other moment
        place = next((i for i, line in enumerate(lines) if text and text in line.line), None)
        if place is not None:
            kind = lines[place].kind
        elif len(element_text(_block(element))) <= _SHORT:  # "two hours ago", or nothing
            kind = "updated" if dates_a_change(element) else "plain"
        else:
            continue
        if kind in kinds:
            order = len(lines) if place is None else place
            found.append((order, _Stamp(day, _TIME, sure=False)))
    yield from (stamp for _, stamp in sorted(found, key=lambda each: each[0]))


#: How a list of what is to come is called.
_EVENTS = re.compile(
    r"(?<![a-z])(?:(?:upcoming-?)?events?|calendar|agenda|deadlines?|termine?|veranstaltung(?:en)?|kalender|evenements?|eventos?)"
    r"(?:-?(?:list|box|widget|module|teaser|overview|liste))?(?![a-z])"
)


def _of_events(element: HtmlElement) -> bool:
    """Whether an element stands in a list of events, and not in an article about one."""
    for around in element.iterancestors("ul", "ol", "section", "aside", "div", "table"):
        names = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        if _EVENTS.search(names) and next(around.iter("h1"), None) is None:
            return True
    return False


def _block(element: HtmlElement) -> HtmlElement:
    inline = ("span", "time", "a", "b", "i", "em", "strong", "small", "abbr", "font")
    return next((each for each in (element, *element.iterancestors()) if each.tag not in inline), element)


def _weighed(
    stamps: list[_Stamp], lines: list[Dateline], address: StatedDate | None, near: date | None = None
) -> tuple[Found, str, list[Warn]]:
    """The day that stamps, print and address make likeliest, the moment as it stands there, and what they differ in."""
    stamp = next((each for each in stamps if each.day.day), stamps[0] if stamps else None)
    day = stamp.day.day if stamp else None
    there = address.day if address else None
    address = address if there else None
    printed = [(edtf, line) for line in lines if (edtf := line.day.edtf(day or there or near))]
    offers = [Offer(each.day.edtf, each.how) for each in stamps]
    offers += [Offer(edtf, "printed on the page") for edtf, _ in printed[:_TOLD]]
    offers += [Offer(address.edtf, "the address")] if address else []
    taken: tuple[str, str, str] | None = None  # the day, how it was found, the moment as it stands there
    if printed and _prints(stamp, printed, there):
        edtf, line = next((each for each in printed if there and each[0] == there.isoformat()), printed[0])
        taken = edtf, "printed on the page", line.line
    elif address and _in_address(stamp, printed, there):
        taken = address.edtf, "the address", address.printed
    elif stamp:
        taken = stamp.day.edtf, stamp.how, stamp.day.printed
    if not taken:
        return Found(), "", []
    found = settle([Offer(*taken[:2]), *offers])
    if not stamp or taken[0].startswith(stamp.day.edtf):
        return found, taken[2], []
    by = f"the page prints '{taken[2]}'" if taken[1] != "the address" else f"the address has {taken[2]}"
    differs = f"{by}, and {stamp.how} says {stamp.day.printed}: {taken[0]} was taken"
    return found, taken[2], [Warn("two-days", differs)]


def _prints(stamp: _Stamp | None, printed: list[tuple[str, Dateline]], there: date | None) -> bool:
    """Whether the printed day is taken, not the stamp's."""
    edtf, line = printed[0]
    day = stamp.day.day if stamp else None
    if stamp is None:
        return there is None or line.kind == "published" or _apart(edtf, there) in (0, 1)
    if day is None:
        return edtf.startswith(stamp.day.edtf)
    if not stamp.sure and (line.kind == "published" or stamp.how == _TIME):
        return edtf != day.isoformat()
    if any(each == day.isoformat() for each, _ in printed):
        return False
    return _apart(edtf, day) == 1 or (
        there is not None and any(each == there.isoformat() for each, _ in printed)
    )


def _in_address(stamp: _Stamp | None, printed: list[tuple[str, Dateline]], there: date | None) -> bool:
    """Whether the day in the address is taken: earlier by more than a day, or by a day where the stamp has no clock of its own."""
    if stamp is None or stamp.day.day is None or there is None:
        return stamp is None or (there is not None and there.isoformat().startswith(stamp.day.edtf))
    apart = (stamp.day.day - there).days
    if apart > 1:  # an old page whose stamp was set anew, unless it prints the stamp's day itself
        return all(edtf != stamp.day.edtf for edtf, _ in printed)
    return not printed and stamp.day.zone in ("", "Z") and abs(apart) == 1


def _apart(edtf: str, day: date) -> int:
    """How many days a date is from a day; -1 where it is no single day."""
    return abs((date.fromisoformat(edtf) - day).days) if len(edtf) == 10 else -1


def _searched(
    root: HtmlElement, url: str, lines: list[Dateline], address: StatedDate | None
) -> tuple[Found, str]:
    """A day on a line of its own that htmldate finds or that is of the month in the address, or that month.

    Where there is none of these, what the page has of days, each with its place.
    """
    from htmldate import find_date

    text = find_date(root, url=url or None, original_date=True, extensive_search=True)
    sought = date.fromisoformat(text) if text else None
    for line in lines:
        day = line.day.edtf(sought)
        if line.kind == "line" and all(year for year, _, _ in line.day.readings):
            if address and day.startswith(address.edtf):
                return Found(day, "printed on the page, in the month of the address"), line.line
            if not address and sought and day == text:
                return Found(line.day.edtf(), "a line of its own, found by htmldate"), line.line
    if address:
        return Found(address.edtf, "the address"), address.printed
    others = [
        Offer(edtf, line.place or "a day of change") for line in lines if len(edtf := line.day.edtf()) == 10
    ]
    if sought and all(offer.value != text for offer in others):
        others.append(Offer(text, "htmldate, at no place that dates an article"))
    return Found("", "", tuple(others[:_TOLD])), ""


def _without_events(stated: Stated, lines: list[Dateline]) -> list[Dateline]:
    """The lines without those days, not called days of publication, on which an event begins or ends."""
    events = [
        node.get(field)
        for node in stated.nodes
        for field in ("startDate", "endDate", "doorTime")
        if node.get(field)
    ]
    marked = [element.get("content") or element.get("datetime") or element_text(element)
              for name in ("startDate", "endDate") for element in stated.marked.get(name, ())]  # fmt: skip
    days = {day.edtf for text in [*json_texts(events), *marked] if (day := stated_date(text))}
    return [
        replace(line, kind="other", place="the day of an event")
        if line.kind in ("plain", "line") and line.day.edtf() in days
        else line
        for line in lines
    ]
