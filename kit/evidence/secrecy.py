"""What a case must not publish, looked for in a text: what it withholds, and what gives a person or a machine away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kit.case import SETTINGS, Case
from kit.errors import KitError
from kit.tables.schema import TABLES
from kit.text.secrets.names import searchable, secret_names
from kit.text.secrets.sign import Sign
from kit.text.secrets.signs import EMAIL, SIGNS, signs_in

WITHHELD = TABLES["withheld"].path


@dataclass(frozen=True)
class Secret:
    """What was found: what it is, in which words, and what to do about it."""

    what: str
    words: str
    remedy: str

    @property
    def masked(self) -> str:
        """What it is, with no more of its words than a reader needs who knows them.

        >>> Secret("a withheld term", "Jane Roe", "reword it").masked
        'a withheld term (Ja…)'
        """
        return f"{self.what} ({self.words[:2]}…)"


def withheld(case: Case) -> list[str]:
    """The terms that the case withholds, and the true names and ids of those that have an alias.

    Where data/case.toml says that it withholds any, and the list is not here, `KitError`: without the list nobody can
    tell what must stay out of print.
    """
    if case.settings.get("withholds") and not (case.path / WITHHELD).is_file():
        raise KitError(
            WITHHELD,
            f"is not here, and {SETTINGS} says that the case withholds names or terms",
            "get the list from the desk that keeps it; it is not in version control",
        )
    return [*case.table("withheld")["term"], *case.protection.names, *case.protection.ids]


class Secrets:
    """The secrets of a case, made ready to be looked for in one text after another.

    What the settings of the case say is none, as its contact, and neither are the addresses of its sources that have no
    alias: both are published on purpose. `KitError` where the list of what is withheld is missing.
    """

    def __init__(self, case: Case) -> None:
        self._names = secret_names(withheld(case))
        self._folder = str(case.path)
        sources = case.table("sources")
        if "alias" in sources:
            sources = sources[sources["alias"].eq("")]
        said = [value for value in case.settings.values() if isinstance(value, str)]
        # On a page of a PDF the next line may run on where an address ends.
        self._mail = tuple(address.casefold() for text in said for address in EMAIL.found(text))
        self._allowed = "\n".join([*said, *sources["url"], *sources["archived_url"]]).casefold()

    def found_in(self, text: str, signs: tuple[Sign, ...] = SIGNS) -> Iterator[Secret]:
        """Each secret in the text.

        >>> import kit
        >>> [found.masked for found in Secrets(kit.example()).found_in("the password is Tern-4711")]
        ['a password (pa…)']
        """
        for sign, words in signs_in(text, signs):
            if not self._is_published(words) and not (
                sign is EMAIL and words.casefold().startswith(self._mail)
            ):
                yield Secret(sign.name, words, sign.remedy)
        if self._folder in text:
            yield Secret(
                "the path of the case's folder", self._folder, "write a path seen from the case folder"
            )
        if self._names:
            searched = searchable(text)
            for name in self._names:
                for words in name.found(*searched):
                    yield Secret("a withheld term", words, f"reword it, or take it off {WITHHELD}")

    def _is_published(self, words: str) -> bool:
        # An address in a sentence ends before its full stop.
        plain = re.escape(words.casefold().rstrip(".,;:)"))
        return re.search(rf"(?<![\w.+-]){plain}(?![\w-])", self._allowed) is not None
