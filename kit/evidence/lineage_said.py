"""The plain sentence that says how many pages tell a story and how many tell it first-hand."""

from __future__ import annotations

import pandas as pd

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def sentence(rows: pd.DataFrame, sources: pd.DataFrame) -> str:
    """How a story spread, in plain words, from ``rows`` of `lineage` and the whole table of ``sources``.

    Pages whose origin is not known are counted apart, and so are pages we did not read: a page that nobody
    traced is no proof of a second origin, and no proof that there is none.

    >>> from kit.evidence.lineage import lineage
    >>> sources = pd.DataFrame({
    ...     "id": ["post", "digest", "echo", "blog"], "publisher": ["Post", "Digest", "Echo", "Blog"],
    ...     "tier": ["original-reporting", "aggregator", "original-reporting", "secondary"],
    ...     "read": ["full", "excerpt", "excerpt", "no"], "derived_from": [(), ("post",), ("digest",), ()],
    ... })
    >>> print(sentence(lineage(sources).iloc[:3], sources))
    Three pages, one original report; one adds a statement of its own.
    >>> print(sentence(lineage(sources).iloc[3:], sources))
    One page, no original found; where one has it from is not known. One was not read.
    """
    if rows.empty:
        return "No page."
    known = sources.set_index("id")
    ends = known.loc[sorted({origin for each in rows["origins"] for origin in each})]
    parts = [f"{_count(len(rows), 'page')}, {_originals(ends)}"]
    if adding := int((rows["standing"] == "adds").sum()):
        verb = "adds a statement of its own" if adding == 1 else "add a statement of their own"
        parts.append(f"{_number(adding)} {verb}")
    if untraced := int((rows["origins"].map(len) == 0).sum()):
        verb = "has" if untraced == 1 else "have"
        parts.append(f"where {_number(untraced)} {verb} it from is not known")
    return (
        _capital("; ".join(parts))
        + "."
        + _reading(rows[~rows["id"].isin(ends.index)], bool(rows["id"].isin(ends.index).any()))
    )


def _originals(ends: pd.DataFrame) -> str:
    if ends.empty:
        return "no original found"
    kind = "original report" if (ends["tier"] == "original-reporting").all() else "original source"
    text = _count(len(ends), kind)
    publishers = ends["publisher"].nunique()
    if publishers < len(ends):
        text += " from one publisher" if publishers == 1 else f" from {_number(publishers)} publishers"
    unseen = int((~ends["read"].isin(["full", "excerpt"])).sum())
    if unseen and len(ends) == 1:
        relayed = ends["read"].item() == "relay"
        return text + (", itself known only through pages that repeat it" if relayed else ", itself not read")
    if unseen:
        how = "none of them seen" if unseen == len(ends) else f"{_number(unseen)} of them not seen"
        return f"{text}, {how} by us"
    return text


def _reading(rest: pd.DataFrame, others: bool) -> str:
    relayed, unread = int((rest["read"] == "relay").sum()), int((rest["read"] == "no").sum())
    counted = [(relayed, "known only through other pages"), (unread, "not read")]
    was = [f"{_number(n)} {'was' if n == 1 else 'were'} {how}" for n, how in counted if n]
    if not was:
        return ""
    return f" {_capital(('of the rest, ' if others else '') + '; '.join(was))}."


def _number(n: int) -> str:
    return _WORDS[n] if n < len(_WORDS) else str(n)


def _count(n: int, noun: str) -> str:
    return f"{_number(n)} {noun}{'' if n == 1 else 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
