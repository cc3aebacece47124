"""The id a new source gets when its page is kept: made from what was read, and given to one address only."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from kit.case import Case
from kit.errors import KitError
from kit.sources import index
from kit.sources.capture import CAPTURES
from kit.sources.ids import source_id
from kit.sources.page import Page
from kit.sources.reading import read
from kit.tables.schema import CITABLE

#: Where it is written down which address an id was given to.
GIVEN = CAPTURES / ".ids"


@dataclass(frozen=True)
class Naming:
    """Makes the id of a page from its bytes, address and media type; '' where the page has no title to make it of.

    An id belongs to the address it was made for, whoever asks first: two pages of one title, publisher and day,
    kept at the same time by two processes, get two ids, and a page whose capture failed gets its own again.
    ``taken`` are the ids that stand for something already.
    """

    folder: Path
    taken: frozenset[str]

    def __call__(self, data: bytes, url: str, kind: str) -> str:
        try:
            page = read(data, kind, url)
        except KitError:  # kept all the same: its name then comes from its address
            return ""
        if not page.title:
            return ""
        owner = hashlib.sha256(url.encode() if url else data).hexdigest()
        return source_id(named_by(page), _Given(self, owner))


def naming(case: Case) -> Naming:
    """The `Naming` of a case: it knows every id in its tables and in the ledger of captures."""
    ids = {identity for name in CITABLE for identity in case.table(name)["id"]}
    return Naming(case.path / GIVEN, frozenset(ids | set(index.read_index(case.path)["source"])))


def named_by(page: Page) -> dict[str, str]:
    """The cells that an id is made of."""
    return {
        "publisher": str(page.publisher.value), "issued": str(page.date.value),
        "title": str(page.title.value), "url": page.url,
    }  # fmt: skip


@dataclass(frozen=True)
class _Given:
    """The ids that this owner cannot have; asking for a free one takes it."""

    naming: Naming
    owner: str

    def __contains__(self, identity: object) -> bool:
        return identity in self.naming.taken or not self._mine(str(identity))

    def _mine(self, identity: str) -> bool:
        self.naming.folder.mkdir(parents=True, exist_ok=True)
        mark = self.naming.folder / identity
        try:
            handle = os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            return mark.read_text(encoding="ascii", errors="replace") == self.owner
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.owner)
        return True
