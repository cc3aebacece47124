"""Languages, a module each: calendar, numbers, and for those whose prose is judged the words by which it is."""

from __future__ import annotations

from kit.text.language.english import ENGLISH
from kit.text.language.french import FRENCH
from kit.text.language.german import GERMAN
from kit.text.language.language import JudgedLanguage, Language
from kit.text.language.spanish import SPANISH

LANGUAGES: dict[str, Language] = {each.code: each for each in (ENGLISH, GERMAN, FRENCH, SPANISH)}


def judged_language(code: str) -> JudgedLanguage:
    """The language by whose words prose in ``code`` is judged: itself where the kit has its words, English otherwise.

    >>> judged_language("en-GB").code, judged_language("fi").code
    ('en', 'en')
    """
    found = LANGUAGES.get(code.partition("-")[0])
    return found if isinstance(found, JudgedLanguage) else ENGLISH
