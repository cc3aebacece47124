"""The gate's verdicts on a passage in plain words."""

from __future__ import annotations

from kit.evidence.findings import HOLDS

#: What became of the passage, each as the end of a sentence on it.
VERDICTS = {
    "exact": "found word for word",
    "normalised": "found, but for typography",
    "altered": "the page has other words",
    "spliced": "put together from several places",
    "wrong-source": "found in another source",
    "changed": "the page has changed",
    "not-found": "not found in the capture",
    "not-captured": "not captured",
    "ambiguous": "stands in several places",
}


def state(verdict: str) -> str:
    """What a verdict comes to: ``holds``, ``fails`` or, where nothing could be compared, ``open``.

    >>> state("normalised"), state("changed"), state("not-captured"), state("")
    ('holds', 'fails', 'open', 'open')
    """
    if verdict in HOLDS:
        return "holds"
    return "open" if verdict in ("", "not-captured") else "fails"


def standing(verdict: str, day: str, *, kept: bool) -> str:
    """A sentence on a passage: whether it holds, why, and in which capture that was seen.

    ``day`` is the day of the capture, blank where there is none; ``kept`` whether anything of the source was captured.

    >>> standing("exact", "2021-04-01", kept=True)
    'Holds: found word for word in our capture of 2021-04-01.'
    >>> standing("altered", "2021-04-01", kept=True)
    'Does not hold: the page has other words (our capture of 2021-04-01).'
    >>> standing("", "", kept=False)
    'Not checked: nothing of this source was captured.'
    """
    what = state(verdict)
    if what == "holds":
        return f"Holds: {VERDICTS[verdict]} in our capture of {day}."
    if what == "fails":
        return f"Does not hold: {VERDICTS[verdict]}{f' (our capture of {day})' if day else ''}."
    if not kept:
        return "Not checked: nothing of this source was captured."
    if verdict:
        return "Not checked: what we captured of this source does not reach it."
    return "Not checked: it has not been looked up in our capture yet."
