"""What a sign of a secret is: how it looks, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


def _always(match: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class Sign:
    """A kind of thing that must not be published: what it is called, how it looks, what to do about it.

    ``holds`` tells of a match whether it is one; only in a text that has one of ``hints`` is any looked for.
    """

    name: str
    pattern: re.Pattern[str]
    remedy: str
    hints: tuple[str, ...] = ("",)
    holds: Callable[[re.Match[str]], bool] = _always

    def found(self, text: str) -> Iterator[str]:
        """The words in the text that show it.

        >>> list(Sign("a berth", re.compile(r"berth \\d+"), "leave it out").found("at berth 7, then berth 12"))
        ['berth 7', 'berth 12']
        """
        if any(hint in text for hint in self.hints):
            yield from (match[0] for match in self.pattern.finditer(text) if self.holds(match))
