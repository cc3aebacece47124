"""Nothing in the kit knows one story: not its names, not its words, not its coded variables."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Words of the investigation beside the kit, which the kit must do without.
STORY = re.compile(
    r"anthropic|openai|open-ai|\bclaude\b|\bgpt\b|gpt-\d|windsurf|salesforce|\bmenlo\b|\bnulty\b"
    r"|cutoff|model.maker|language.model|rival_launch|platform_kind|target_kind|access_kind|stated_reasons|notice_days"
    r"|left_open|reversed_on|economics lab|foresaw|competitor.s claim|\ba16z\b|andreessen|gainsight|token.prices?\b",
    re.IGNORECASE,
)
#: Calls of libraries that are spelled like a word of the story.
NOT_MEANT = re.compile(r"score_cutoff")
#: A list of publications, each with where its name comes from, names whom it names.
DATA = {"kit/sources/extract/metadata/publishers.csv"}


def lines() -> list[str]:
    found = []
    for path in sorted((ROOT / "kit").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix in {
            ".py",
            ".csv",
            ".md",
            ".toml",
            ".html",
            ".js",
            ".css",
            ".ipynb",
            ".typ",
        }:
            if name in DATA:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if STORY.search(NOT_MEANT.sub("", line)):
                    found.append(f"{name}:{number}: {line.strip()[:80]}")
    return found


def test_the_words_are_seen() -> None:
    assert STORY.search("as OpenAI says")
    assert STORY.search('"rival_launch"')
    assert not STORY.search("some slack at the quay")


def test_no_word_of_the_story_is_in_the_kit() -> None:
    assert lines() == []
