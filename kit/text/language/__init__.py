"""Languages, a module each: calendar, numbers, and the words by which prose is judged."""

from __future__ import annotations

from functools import cache

from babel.core import Locale

from kit.text.language.english import ENGLISH
from kit.text.language.french import FRENCH
from kit.text.language.german import GERMAN
from kit.text.language.language import Language
from kit.text.language.spanish import SPANISH

#: Those whose words the kit has.
LANGUAGES = {each.code: each for each in (ENGLISH, GERMAN, FRENCH, SPANISH)}


@cache
def language_of(code: str) -> Language | None:
    """The language of a code such as ``de`` or ``de-AT``; ``None`` where the code is no language's.

    Of a language that is not among `LANGUAGES`, digits, marks, quotations and ISO dates are read, and no words.

    >>> language_of("en-GB").code, language_of("fi").judged, language_of("english")
    ('en', False, None)
    """
    first, *rest = code.split("-")
    if first in LANGUAGES and all(part.isalnum() for part in rest):
        return LANGUAGES[first]
    known = Locale("en").languages
    return Language(code=first) if first in known and all(part.isalnum() for part in rest) else None
