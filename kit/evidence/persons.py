"""Persons and the titles that stand beside their names."""

from __future__ import annotations

import re

_TITLES = {
    "chief executive": r"chief executive(?: officer)?|CEO",
    "chief": r"chief(?! \w+ officer| executive| scientist| counsel| of staff| justice)",
    "chief officer": r"chief (?!executive)[\w-]+ officer|C[A-DF-Z]O",
    "chief scientist": r"chief scientist",
    "co-founder": r"co-?founders?",
    "founder": r"(?<!co-)(?<!co)founders?",
    "president": r"(?<!vice )(?<!vice-)president",
    "vice president": r"vice[ -]president|VP",
    "chair": r"chair(?:man|woman|person)?",
    "director": r"director",
    "head": r"head(?= of\b)",
    "lead": r"(?:team|platform|product) lead",
    "manager": r"manager",
    "spokesperson": r"spokes(?:person|man|woman)",
    "counsel": r"(?:general )?counsel|lawyer|attorney",
    "researcher": r"researcher",
    "engineer": r"engineer",
    "developer": r"developer",
    "analyst": r"analyst",
    "professor": r"professor",
    "editor": r"editor",
    "reporter": r"reporter|journalist",
    "judge": r"judge|justice",
    "senator": r"senator",
    "commissioner": r"commissioner",
    "minister": r"minister",
}
_ANY = "|".join(f"(?P<t{number}>{forms})" for number, forms in enumerate(_TITLES.values()))
_KINDS = list(_TITLES)


def titles_of(name: str, text: str, *, surname: bool = False) -> set[str]:
    """The kinds of title that ``text`` gives the person right beside the name: "CEO Ann Roe", "Ann Roe, its founder".

    With ``surname`` the surname alone counts too ("Judge Roe"). A title of someone else in the sentence does not.

    >>> sorted(titles_of("Ann Roe", "OpenAI's co-founder Ann Roe said so; Ann Roe, then its chief executive, left."))
    ['chief executive', 'co-founder']
    """
    last = name.rsplit(" ", 1)[-1]
    names = re.escape(name) + (
        rf"|(?<![\w] ){re.escape(last)}|(?<=[a-z] ){re.escape(last)}" if surname else ""
    )
    before = rf"\b(?:{_ANY})(?: of [A-Z]\w+)?,? (?:{names})\b"
    after = rf"\b(?:{names}), (?:(?:then|formerly|now|at the time|an?|the|its|their|[\w.]+[’']s) ){{0,3}}(?:{_ANY})\b"
    found = set()
    for pattern in (before, after):
        for match in re.finditer(pattern, text, re.IGNORECASE if pattern is before else 0):
            found |= {_KINDS[int(group[1:])] for group, words in match.groupdict().items() if words}
    return found
