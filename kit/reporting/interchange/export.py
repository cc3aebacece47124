"""`kit export`: what the public edition publishes, in the form that another program reads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kit.case import Case
from kit.errors import KitError
from kit.files import write_all
from kit.reporting.book.editions import known
from kit.reporting.book.publication import Publication
from kit.reporting.build import cleared
from kit.reporting.interchange import datawrapper, followthemoney, timelinejs
from kit.reporting.leak_scan.scan import find_leaks, refuse_leaks


@dataclass(frozen=True)
class ExportForm:
    """A form: how it is made of what is published, one text by its name or several, and how the name of its file ends.

    The texts of one that has no ``ending`` are files in a folder.
    """

    made: Callable[[Case, Publication], dict[str, str]]
    ending: str = ""


#: The forms by their names in the shell.
FORMS = {
    "timelinejs": ExportForm(timelinejs.timeline_slides, ".json"),
    "datawrapper": ExportForm(datawrapper.chart_tables),
    "ftm": ExportForm(followthemoney.entities, ".json"),
}


def export(case: Case, form: str, path: str | Path) -> list[Path]:
    """The files written: what the public edition publishes as a TimelineJS timeline, as tables for Datawrapper, as
    FollowTheMoney entities.

    ``form`` is "timelinejs" or "ftm", and ``path`` a .json file, or "datawrapper" and a folder. It is what the notebooks cite and
    the rows with ``publish`` = ``yes``, without what is for the desk, and with aliases in place of names. What the public
    edition refuses is refused here too, with the same errors; nothing to publish, another form or another ending raise
    `KitError`. Nothing is written then.

    >>> import kit, tempfile
    >>> [path.name for path in kit.example().export("datawrapper", tempfile.mkdtemp())]
    ['events.csv']
    """
    path = Path(path)
    chosen = FORMS[known(form, FORMS, "form")]
    if chosen.ending and path.suffix != chosen.ending:
        raise KitError(path.name, f"is no name of a file of {form}", f"let it end in {chosen.ending}")
    texts = {name: text for name, text in chosen.made(case, cleared(case)).items() if text}
    if not texts:
        raise KitError(
            form, "has nothing to publish", "cite facts in a notebook, or give their rows publish = yes"
        )
    with tempfile.TemporaryDirectory() as folder:
        write_all({Path(folder, name): text for name, text in texts.items()})
        refuse_leaks(find_leaks(case, Path(folder), []))
    files = {path if chosen.ending else path / name: text for name, text in texts.items()}
    write_all(files)
    return list(files)
