"""The gate's rules on language: which one the prose is in, and what of it could be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kit.evidence.checks.context import CheckContext
from kit.evidence.checks.rule import Finding, rule
from kit.tables.declarations import SETTINGS
from kit.text.language import LANGUAGES, language_of
from kit.text.wording import plural

_MAY_STAND = (
    f"write the code of a language (ISO 639-1): {', '.join(sorted(LANGUAGES))} are judged whole, of another such as fi "
    "only digits, marks, quotations and ISO dates"
)


@rule("language-unknown", "error", _MAY_STAND)
def unknown(context: CheckContext) -> Iterator[Finding]:
    """Prose is judged by the words of its language, which has to be named by its code."""
    code = str(context.case.settings.get("language", "en"))
    if language_of(code) is None:
        yield Finding(f"{SETTINGS}, language", "", f"language = {code!r} is no code of a language")
    for path, document in context.documents.items():
        for cell, named in document.named_languages.items():
            if language_of(named) is None:
                yield Finding(
                    f"{path}, cell {cell}", "", f"its metadata have language = {named!r}, which is no code"
                )


@rule("language-not-judged", "notice", "have somebody who reads the language check these sentences")
def not_judged(context: CheckContext) -> Iterator[Finding]:
    """In a language whose words the kit has not, only digits, marks, quotations and ISO dates are judged."""
    for path, sentences in context.sentences.items():
        counts = Counter(sentence.language.code for sentence in sentences if not sentence.language.judged)
        for code, count in sorted(counts.items()):
            yield Finding(path, "", f"{plural(count, 'sentence')} in {code}: the words are not judged")


RULES = (unknown, not_judged)
