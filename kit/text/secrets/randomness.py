"""Whether a text looks drawn by lot, as keys are."""

from __future__ import annotations

import math
import re
from collections import Counter

#: Bits a character that a word or a name does not reach, but a key drawn by lot does.
_RANDOM = 3.3


def looks_random(text: str) -> bool:
    """Whether the text looks drawn by lot, as keys are: digits among letters, and hardly a sign twice.

    >>> looks_random("q8Zr2LmX0vTb7NcY"), looks_random("the-dispute-2025-07")
    (True, False)
    """
    counts = Counter(text)
    bits = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    words = re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*(?:[-_]?\d+)*(?:[-_][a-z0-9]+)*", text)
    return bits >= _RANDOM and any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and not words
