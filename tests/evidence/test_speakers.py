"""Who speaks is told by quotation marks and the words beside them, or not told."""

from __future__ import annotations

import pytest

from kit.evidence.passages.quotation import WRITER, other_speaker, speaker
from kit.text.normalise import normalise

PAGE = normalise(
    "“We paid for all of it,” said Ann Roe, who runs the port. The firm disagreed.\n\n"
    "Ben Doe told this paper: “They never asked.” He would not say more.\n\n"
    "“It was ours,” Cleo Vance, a broker, said. “And it stays ours.”\n\n"
    "According to Dario Quist, “the gate was shut”.\n\n"
    "An odd mark stands “here and nobody speaks.\n\n"
    "“Unattributed words stand here.” The day ended."
)


@pytest.mark.parametrize(("words", "who"), [
    ("We paid for", "Ann Roe"), ("The firm disagreed", WRITER), ("They never asked", "Ben Doe"),
    ("It was ours", "Cleo Vance"), ("the gate was shut", "Dario Quist"), ("nobody speaks", ""),
    ("Unattributed words", ""), ("never asked.\" He would", ""),
])  # fmt: skip
def test_who_speaks(words: str, who: str) -> None:
    start = PAGE.text.index(words)
    assert speaker(PAGE, start, start + len(words)) == who


def test_only_names_that_share_nothing_are_different_people() -> None:
    assert other_speaker("Ann Roe", "Ben Doe")
    assert other_speaker("Ann Roe", WRITER)
    assert not other_speaker("Ann Roe", "Ms Roe")
    assert not other_speaker("", "Ben Doe")
