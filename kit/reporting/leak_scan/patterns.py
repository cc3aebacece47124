"""What gives a person or a machine away, by its shape: addresses, telephone numbers, keys, paths, a notebook's own data."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kit.evidence.passages.copied import plainly
from kit.text.sentences import UNSPACED


@dataclass(frozen=True)
class Sign:
    """A kind of thing that must not be published: what it is called, how it looks, what to do about it."""

    name: str
    pattern: re.Pattern[str]
    remedy: str
    hints: tuple[str, ...] = ("",)

    def found(self, text: str) -> Iterator[str]:
        """The words in the text that show it; only where one of ``hints`` stands is it worth a closer look."""
        if any(hint in text for hint in self.hints):
            yield from (match[0] for match in self.pattern.finditer(text))


_KEY = "take it out, and make a new one: whoever saw it can use it"
_KEYS = (
    ("an AWS key", ("AKIA", "ASIA", "ABIA", "ACCA"), r"(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("a GitHub token", ("gh", "github_pat_"), r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})"),
    ("a GitLab token", ("glpat-",), r"(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", ("xox", "hooks.slack"), r"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/T\w+/B\w+/\w+"),
    ("a secret key", ("sk-", "sk_"), r"(?<![A-Za-z0-9])sk[-_](?:ant-|proj-|live_|test_|svcacct-)?[A-Za-z0-9_-]{20,}"),
    ("a Google key", ("AIza",), r"(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}"),
    ("a Hugging Face token", ("hf_",), r"(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,}"),
    ("a web token (JWT)", ("eyJ",), r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("a private key", ("PRIVATE KEY",), r"BEGIN (?:[A-Z]+ )*PRIVATE KEY"),
    ("a password in an address", ("://",), r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>]+:[^\s/@\"'<>]{3,}@[\w.-]+"),
)  # fmt: skip
_GENERIC = re.compile(
    r"(?:key|token|secret|password|passwd|pwd|bearer|authorization)"
    r"[\"'\s]{0,3}(?:[=:]|\s)[\"'\s]{0,3}(?:bearer\s+)?([A-Za-z0-9+/_=-]{16,})",
    re.IGNORECASE,
)
#: Bits a character that a word or a name does not reach, but a key drawn by lot does.
_RANDOM = 3.3

_TELEPHONE = (
    r"(?<![\w+./=&#%-])(?:"
    r"(?:\+[1-9]\d{0,2}[ .\u00a0-]?|00[1-9]\d{0,2}[ .\u00a0-])(?:\(0?\d{1,4}\)[ .\u00a0-]?)?\d{1,5}(?:[ .\u00a0/-]?\d{2,5}){1,5}"
    r"|\(0?\d{2,5}\)[ \u00a0]?\d{3,4}[ .\u00a0-]?\d{3,5}"
    r"|0\d{2,4}[ /\u00a0-]\d{3,4}[ \u00a0-]?\d{3,5}"
    r"|[2-9]\d{2}([-. \u00a0])\d{3}\1\d{4}"
    r"|(?:tel|phone|mobile|cell|fax|whatsapp|signal)\.?:?[ \u00a0]{0,2}(?!\d{4}-\d\d-)[\d+][\d ()\u00a0-]{6,16}\d"
    r")(?![\w/=%-]|[.,]\d)"
)
_PATHS = {
    "a path of somebody's machine": (
        r"(?<![\w.%:/~-])(?:file://)?/(?:home|Users|root|mnt|media|private/var|var/folders)/[^\s\"'<>|:*?]+"
        r"|(?<![A-Za-z0-9])[A-Za-z]:(?:\\{1,2}|/)(?:Users|Documents and Settings|home)(?:\\{1,2}|/)[^\s\"'<>|:*?]+"
        r"|(?<![\w:/\\])\\\\[A-Za-z0-9._-]+\\[A-Za-z0-9$._-]+|file:///[^\s\"'<>]+"
    ),
}
_NOTEBOOK = (
    r"iopub\.(?:execute_input|status\.\w+)|shell\.execute_reply|vnd\.jupyter\.widget-(?:state|view)"
    r"|\"(?:kernelspec|language_info|papermill|ExecuteTime|toc-hr-collapsed)\""
)
_EMAIL = r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w@])"

EMAIL = Sign("an e-mail address", re.compile(_EMAIL), "take it out, or make it the case's contact", ("@",))
KEY_SIGNS = tuple(Sign(name, re.compile(shape), _KEY, hints) for name, hints, shape in _KEYS)
SIGNS = (
    Sign("a telephone number", re.compile(_TELEPHONE, re.IGNORECASE), "take it out"),
    *KEY_SIGNS,
    *(
        Sign(name, re.compile(shape), "write a path seen from the case folder")
        for name, shape in _PATHS.items()
    ),
    Sign(
        "a notebook's own data",
        re.compile(_NOTEBOOK),
        "clear it: in JupyterLab, Edit → Clear Outputs, or delete the metadata",
    ),
)


def signs_in(text: str, contact: str, signs: tuple[Sign, ...] = SIGNS) -> Iterator[tuple[Sign, str]]:
    """Each address and each of the ``signs`` in the text, and the words that show it; the case's ``contact`` is none.

    >>> [(sign.name, found) for sign, found in signs_in("write to jane@paper.example or +44 20 7946 0018", "")]
    [('an e-mail address', 'jane@paper.example'), ('a telephone number', '+44 20 7946 0018')]
    """
    # On a page of a PDF the next line may run on where an address ends.
    allowed = tuple(address.casefold() for address in EMAIL.pattern.findall(contact))
    yield from ((EMAIL, found) for found in EMAIL.found(text) if not found.casefold().startswith(allowed))
    for sign in signs:
        yield from ((sign, found) for found in sign.found(text))
    for match in _GENERIC.finditer(text):
        if looks_random(match[1]):
            yield Sign("a key or a password", _GENERIC, _KEY), match[1]


def looks_random(text: str) -> bool:
    """Whether the text looks drawn by lot, as keys are: digits among letters, and hardly a sign twice.

    >>> looks_random("q8Zr2LmX0vTb7NcY"), looks_random("the-dispute-2025-07")
    (True, False)
    """
    counts = Counter(text)
    bits = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    words = re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*(?:[-_]?\d+)*(?:[-_][a-z0-9]+)*", text)
    return bits >= _RANDOM and any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and not words


def term_pattern(term: str) -> re.Pattern[str]:
    """What finds a withheld term in text as `plainly` gives it, whatever stands between its words.

    >>> bool(term_pattern("Jane Doe").search(plainly("the source (jane-doe) said")))
    True
    >>> bool(term_pattern("Ann").search(plainly("nothing planned")))
    False
    """
    words = re.findall(r"[^\W_]+", plainly(term))
    if not words:
        return re.compile(re.escape(term))
    first, last = words[0][0], words[-1][-1]
    # A raised number of a note may stand right behind a name.
    head, tail = (r"(?<![^\W_])" if edge.isdigit() else r"(?<![^\W\d_])" for edge in (first, last))
    tail = tail.replace("<", "")
    head = "" if UNSPACED.match(first) else head
    # Korean joins its particles to a name.
    tail = "" if UNSPACED.match(last) or "\uac00" <= last <= "\ud7a3" else tail
    return re.compile(head + r"[\W_]*".join(map(re.escape, words)) + tail)
