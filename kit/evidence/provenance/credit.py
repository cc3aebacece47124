"""Pages that say whom they have it from: a publisher named with a word of credit, or the address of another page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from kit.evidence.provenance.lineage import FIRST_HAND
from kit.evidence.provenance.text_reuse import CJK, word_list
from kit.text.language import LANGUAGES

#: Words of credit in languages of which the kit has no more than these: before the name, behind it, and of speech.
_ELSEWHERE = ("segundo|secondo", "informou|riporta", "a|ao")
_UNSPACED_WORK = "消息|报道|報じ|에 따르면|보도"


def _all(name: str, elsewhere: str = "") -> str:
    """The words of that kind in every language."""
    return "|".join(filter(None, (*(getattr(each, name) for each in LANGUAGES.values()), elsewhere)))


_LEAD = re.compile(
    rf"(?<!\w)(?i:(?P<cited>{_all('credit_before', _ELSEWHERE[0])})|(?P<spoken>{_all('speech_before', _ELSEWHERE[2])}))"
    r"\s*:?\s+(?i:(?:the|magazine|outlet|revista)\s+)?$"
)
_TRAIL = re.compile(
    rf"(?:['’]s)?(?:\s*(?i:(?P<work>(?:{_all('credit_behind', _ELSEWHERE[1])})\b|{_UNSPACED_WORK})"
    rf"|(?P<finds>(?:{_all('speech_behind')})\b)))"
)
_JOINED = re.compile(rf"-?[^\W{CJK}]")
_BARE = re.compile(r"\s*\(.*?\)|\s+(?:via|on|through)\s.*|,.*")
#: The part of a house that signs for it.
_OFFICE = re.compile(
    r"\s+(?:(?:Developer|Economics|Engineering|Policy|Press|Research|Security) )?"
    r"(?:Blog|Developers?|Engineering|Help|Labs?|Newsroom|Research|Science|Inc\.?|Ltd\.?)$"
)
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
#: Clocks differ by up to a day around the world, and a page may print either's.
_SLACK = pd.Timedelta(days=1)
_WEEKS = pd.Timedelta(weeks=6)
_APART, _TOGETHER, _SAME = 0.5, 0.25, 0.6
#: A title's word that more sources share than this tells none of them apart.
_COMMON = 300
_NOBODY, _NOTHING = np.empty(0, np.int64), np.empty(0)
_CAPITAL = re.compile(r"[^\W\d_][\w.'&-]*")


def publisher_names(publisher: str) -> tuple[str, ...]:
    """The ways in which a page may print the publisher's name, the fullest first.

    >>> publisher_names("The Post"), publisher_names("Digest (copy)"), publisher_names("Northgate Newsroom")
    (('The Post', 'Post'), ('Digest',), ('Northgate Newsroom', 'Northgate'))
    """
    full = _BARE.sub("", publisher).strip()
    return tuple(
        dict.fromkeys(
            name for name in (full, full.removeprefix("The "), _OFFICE.sub("", full)) if len(name) > 2
        )
    )


def plain_address(url: str) -> str:
    """An address without what differs between two links to one page; '' for one that no browser could read.

    >>> plain_address("https://www.post.example/story/x/?utm=1#top"), plain_address("https://[")
    ('post.example/story/x', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/")


@dataclass(frozen=True)
class Credit:
    """A page credits a publisher: ``words`` are the few words in which it does; ``sure`` if they are words of credit."""

    publisher: str
    words: str
    sure: bool


class Newsroom:
    """The sources of a case as those whom a page may credit: by publisher, by address, and by what their titles say."""

    def __init__(self, sources: pd.DataFrame) -> None:
        columns = ["id", "publisher", "title", "url", "tier", "issued_earliest", "issued_latest"]
        self.rows = {row[0]: row for row in sources[columns].itertuples(index=False, name=None)}
        plain = {plain_address(row[3]): row[0] for row in self.rows.values()}
        # A site's front page, which has no path, is no source's own address.
        self._addresses = {address: identity for address, identity in plain.items() if "/" in address}
        self._reporting = {row[1] for row in self.rows.values() if row[4] == "original-reporting"}
        self._by_publisher: dict[str, list[str]] = {}
        for identity, publisher, *_ in self.rows.values():
            self._by_publisher.setdefault(publisher, []).append(identity)
        self._named: dict[str, list[str]] = {}
        for publisher in self._by_publisher:
            for name in publisher_names(publisher):
                self._named.setdefault(name, []).append(publisher)
        self._first_words: dict[str, list[str]] = {}
        for name in self._named:
            self._first_words.setdefault(name.split()[0], []).append(name)
        self._last: tuple[str, np.ndarray] = ("", np.zeros(len(self.rows)))
        # A title in another language still has a readable id, which says the same in a few words.
        title_words = {
            row[0]: {word for word in word_list(f"{row[2]} {row[0].replace('-', ' ')}") if not word.isdigit()}
            for row in self.rows.values()
        }
        common = Counter(word for title in title_words.values() for word in title)
        weight = {word: math.log(len(title_words) / many) for word, many in common.items()}
        postings: dict[str, tuple[list[int], list[float]]] = {}
        for number, (identity, title) in enumerate(title_words.items()):
            distinct = sorted(title - set(word_list(self.rows[identity][1])))
            whole = sum(weight[word] for word in distinct)
            for word in distinct if whole else ():
                at, parts = postings.setdefault(word, ([], []))
                at.append(number)
                parts.append(weight[word] / whole)
        self._ids = list(title_words)
        self._titles = {
            w: (np.array(at), np.array(part)) for w, (at, part) in postings.items() if len(at) <= _COMMON
        }

    def credits(self, text: str) -> list[Credit]:
        """The publishers that the text credits or, where they report news, names; each once, with its surest words."""
        surest: dict[str, Credit] = {}
        present = set(_CAPITAL.findall(text)) & self._first_words.keys()
        for name in (name for word in sorted(present) for name in self._first_words[word]):
            for shown, cited, spoken in _mentions(name, text):
                for publisher in self._named[name]:
                    news = publisher in self._reporting
                    sure = cited or (news and spoken)
                    if (sure or news) and not (publisher in surest and surest[publisher].sure >= sure):
                        surest[publisher] = Credit(publisher, shown, sure)
        return list(surest.values())

    def linked(self, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The sources to which the addresses lead, each with its plain address."""
        for address in dict.fromkeys(plain_address(address) for address in addresses):
            if source := self._addresses.get(address):
                yield source, address

    def meant(self, page: str, credit: Credit, text: str) -> str:
        """The source of the credited publisher that the page most likely means, or '' where none fits.

        A source fits when it is not the page's own publisher's, is no later than the page, and its title's words, each
        weighed by its rarity among the titles, are found in the page: half of them, or a quarter where page and source
        lie within six weeks, since a page in another language keeps little but the names.
        """
        if self._same_house(page, credit.publisher):
            return ""
        together = _TOGETHER if credit.publisher in self._reporting else _APART
        return self._nearest(page, text, credit.publisher, _APART, together)

    def told_before(self, page: str, text: str) -> str:
        """The news report that tells, no more than six weeks before the page, what the page tells, or ''."""
        if self.rows[page][4] in FIRST_HAND:
            return ""
        return self._nearest(page, text, "", 2.0, _SAME)

    def _same_house(self, page: str, publisher: str) -> bool:
        return bool(set(publisher_names(self.rows[page][1])) & set(publisher_names(publisher)))

    def _nearest(self, page: str, text: str, publisher: str, apart: float, together: float) -> str:
        """The fitting source whose title the page tells best, of that publisher, or of all news reports."""
        earliest, latest = self.rows[page][5:7]
        shares = self._title_shares(text)
        best, found = (False, 0.0), ""
        for number in np.flatnonzero(shares >= together).tolist():
            other, house, _, _, tier, begun, _ = self.rows[self._ids[number]]
            if other == page or (publisher and house != publisher):
                continue
            if not publisher and (tier != "original-reporting" or self._same_house(page, house)):
                continue
            known = pd.notna(begun) and pd.notna(latest)
            if known and begun > latest + _SLACK:
                continue
            near = bool(known and pd.notna(earliest) and earliest - begun < _WEEKS)
            score = float(shares[number])
            if score >= (together if near else apart) and (near, score) > best:
                best, found = (near, score), other
        return found

    def _title_shares(self, text: str) -> np.ndarray:
        """For each source, the weighed part of its title's words that the text holds."""
        if text != self._last[0]:
            held = [self._titles[word] for word in sorted(set(word_list(text)) & self._titles.keys())]
            at = np.concatenate([_NOBODY, *(at for at, _ in held)])
            parts = np.concatenate([_NOTHING, *(part for _, part in held)])
            self._last = (text, np.bincount(at, weights=parts, minlength=len(self._ids)))
        return self._last[1]


def web_addresses(text: str) -> list[str]:
    """The web addresses that the text spells out.

    >>> web_addresses("See https://post.example/a, or (http://echo.example/b).")
    ['https://post.example/a', 'http://echo.example/b']
    """
    return [found.rstrip(".,;:") for found in _LINK.findall(text)]


def _mentions(name: str, text: str) -> Iterator[tuple[str, bool, bool]]:
    """Each place where the text prints the name: the few words there, and whether they cite it or have it speak."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        apart = not (at and (text[at - 1].isalnum() or text[at - 1] == "-"))
        if apart and not _JOINED.match(text, end):
            before = _LEAD.search(text[max(0, at - 40) : at])
            after = _TRAIL.match(text, end)
            cited = bool((before and before["cited"]) or (after and after["work"]))
            spoken = bool((before and before["spoken"]) or (after and after["finds"]))
            shown = f"{before[0] if before else ''}{name}{after[0] if after else ''}"
            yield " ".join(shown.split()), cited, spoken
        at = text.find(name, end)
