"""What the editions and the formats are called."""

from __future__ import annotations

from collections.abc import Iterable

from kit.errors import KitError
from kit.tables.read import suggest

#: What pip knows the kit as.
DISTRIBUTION = "casebook-kit"
#: What everybody may read.
PUBLIC = "public"
#: For the desk; for its lawyers; for the public.
EDITIONS = ("internal", "legal", PUBLIC)
#: Each format and the module that writes it: ``write(book, folder)`` gives the files written.
WRITERS = {
    "html": "kit.reporting.site",
    "pdf": "kit.reporting.pdf",
    "docx": "kit.reporting.word",
    "md": "kit.reporting.markdown",
    "packet": "kit.reporting.packet",
}


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name where it is one of ``names``; otherwise `KitError` with the nearest of them and all.

    >>> known("public", ["internal", "legal", "public"], "edition")
    'public'
    """
    names = list(names)
    if name in names:
        return name
    near = suggest(name, names)
    there = f"there are {', '.join(names)}"
    raise KitError(f"{what} {name!r}", "is not known", f"did you mean {near!r}? {there}" if near else there)


def formats_named(to: str | Iterable[str]) -> list[str]:
    """The formats that ``to`` names, in the order of `WRITERS`; all of them where it names none.

    >>> formats_named("docx, html")
    ['html', 'docx']
    """
    given = [name.strip() for name in to.split(",")] if isinstance(to, str) else list(to)
    wanted = {known(name, WRITERS, "format") for name in given if name}
    return [name for name in WRITERS if name in wanted or not wanted]
