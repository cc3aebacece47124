"""Whom a fact is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.case import Case


def subjects(case: Case) -> list[tuple[str, str]]:
    """Each fact with each actor that it is about: who takes part in an event, whose number it is, the platform and the
    targets of a case. A claim of others is about no actor that the tables name.

    >>> import kit
    >>> ("2025-07-29-anthropic-revokes-openai", "anthropic") in subjects(kit.open())
    True
    """
    return [
        *case.participants[["event", "actor"]].itertuples(index=False, name=None),
        *case.metrics[["id", "entity"]].itertuples(index=False, name=None),
        *case.cases[["id", "platform"]].itertuples(index=False, name=None),
        *case.cases[["id", "target"]].explode("target").itertuples(index=False, name=None),
    ]
