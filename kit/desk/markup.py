"""The explorer's table and its card on one event, as HTML in which outside text is only ever text."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from kit.charts.look import one_line
from kit.text.wording import plural

#: More rows than anybody reads in a window of twelve lines; the rest is counted.
MOST_ROWS = 500
_HEADS = {"title": "Event", "status": "Standing"}
_STYLE = (
    "<style>"
    ".kit-table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.35}"
    ".kit-table caption{text-align:left;font-weight:600;padding:4px 0}"
    ".kit-table th,.kit-table td{text-align:left;vertical-align:top;padding:3px 8px}"
    ".kit-table tr{border-bottom:1px solid rgba(128,128,128,.35)}"
    ".kit-table td:first-child{min-width:8em}.kit-table td:nth-child(2){min-width:16em}"
    ".kit-table tr.kit-chosen{outline:2px solid #d1570a;font-weight:600}"
    ".kit-card{font-size:13px;line-height:1.4;padding:0 12px;overflow-wrap:anywhere}"
    ".kit-card h4{margin:0 0 4px;font-size:15px}.kit-card p,.kit-card ul{margin:4px 0}.kit-card ul{padding-left:18px}"
    "</style>"
)


def escaped(text: object) -> str:
    """The text as HTML that shows it and does nothing else.

    >>> escaped("<b onclick=x>Bold</b>")
    '&lt;b onclick=x&gt;Bold&lt;/b&gt;'
    """
    return html.escape(one_line(text))


def link(url: str, words: str) -> str:
    """The words, as a link where ``url`` is an address on the web; any other address is left out.

    >>> link("javascript:alert(1)", "Post")
    'Post'
    """
    try:
        on_the_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:  # no browser could read it either
        on_the_web = False
    if not on_the_web:
        return escaped(words)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener noreferrer">{escaped(words)}</a>'


def standing(status: str, attributed_to: str) -> str:
    """The standing of an account in words, with who gives it: "alleged, according to the Post".

    >>> standing("alleged", "the Post"), standing("confirmed", "")
    ('alleged, according to the Post', 'confirmed')
    """
    return f"{status}, according to {attributed_to}" if attributed_to else status


def count_line(fitting: int, known: int, days: tuple[pd.Timestamp, pd.Timestamp]) -> str:
    """How many events fit, of how many, and the days asked for, in a line that is read aloud when it changes.

    >>> print(count_line(2, 341, (pd.Timestamp("2025-06-01"), pd.Timestamp("2025-08-31"))).split(">")[1].split("<")[0])
    2 of 341 events fit, 2025-06-01 to 2025-08-31.
    """
    advice = "" if fitting else " Take a filter off."
    words = f"{fitting:,} of {known:,} events fit, {days[0]:%Y-%m-%d} to {days[1]:%Y-%m-%d}.{advice}"
    return f'<div role="status" aria-live="polite">{words}</div>'


def table(
    rows: pd.DataFrame,
    labels: Mapping[str, str],
    people: Mapping[str, str],
    chosen: str = "",
    *,
    count: int | None = None,
    columns: Sequence[str] = ("date", "title", "status", "confidence", "who", "tags", "mark"),
    own: Callable[[str], Mapping[str, str]] = lambda event: {},
) -> str:
    """The events as a table in a region that the keyboard can scroll, the chosen row marked.

    ``labels`` of tags by id; ``people``: who takes part, by event; ``count``: how many events fit, where ``rows`` are the first of
    them; ``own``: what an event's row has in the columns that the case declares. Past 500 rows, it says how many are left out.
    """
    count = len(rows) if count is None else count
    body = []
    for event in rows.head(MOST_ROWS).to_dict("records"):
        told = {
            "status": standing(event["status"], event["attributed_to"]),
            "who": people.get(event["id"], ""),
            "tags": ", ".join(labels.get(tag, tag) for tag in event["tags"]),
            "mark": f"[@{event['id']}]",
            **own(event["id"]),
        }
        cells = [escaped(told[name] if name in told else _cell(event.get(name, ""))) for name in columns]
        cells = [f"<code>{c}</code>" if n == "mark" else c for n, c in zip(columns, cells, strict=True)]
        mark = ' class="kit-chosen" aria-current="true"' if event["id"] == chosen else ""
        body.append(f"<tr{mark}><td>{'</td><td>'.join(cells)}</td></tr>")
    left = count - MOST_ROWS
    note = f" The first {MOST_ROWS:,}; {left:,} more are left out: narrow the choice." if left > 0 else ""
    named = [_HEADS.get(name) or name.replace("_", " ").capitalize() for name in columns]
    heads = "".join(f'<th scope="col">{escaped(head)}</th>' for head in named)
    return (
        f'{_STYLE}<div role="region" aria-label="Table of events" tabindex="0" style="max-height:26em;overflow:auto">'
        f'<table class="kit-table"><caption>{plural(count, "event")}.{note}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: object) -> str:
    """A cell as it is read: a list with commas, nothing for a number that is not there."""
    return ", ".join(value) if isinstance(value, tuple) else "" if value != value else str(value)


def card(
    event: Mapping[Any, Any], people: str, evidence: pd.DataFrame, origins: str, own: Mapping[str, str]
) -> str:
    """One event in full: its account, its standing, who takes part, what is said of it, and where that comes from.

    ``evidence``: its rows with ``publisher``, ``title``, ``url``, ``stance`` and ``read`` of each source;
    ``origins``: the sentence on independent origins; ``own``: what the columns hold that the case declares itself.
    """
    facts = [f"<b>{escaped(event['date'])}</b>", escaped(standing(event["status"], event["attributed_to"]))]
    facts.append(f"confidence: {escaped(event['confidence'])}")
    columns = evidence[["stance", "publisher", "title", "url", "read"]]
    sources = "".join(
        f"<li>{escaped(stance)}: {link(url, f'{publisher}: {title}')}{' (not read)' if read == 'no' else ''}</li>"
        for stance, publisher, title, url, read in columns.itertuples(index=False, name=None)
    )
    return (
        f'{_STYLE}<div class="kit-card" role="region" aria-live="polite" aria-label="The chosen event">'
        f"<h4>{escaped(event['title'])}</h4><p>{' · '.join(facts)}</p><p>{escaped(event['summary'])}</p>"
        + (f"<p>Who: {escaped(people)}</p>" if people else "")
        + "".join(
            f"<p>{escaped(name.replace('_', ' ').capitalize())}: {escaped(told)}</p>"
            for name, told in own.items()
        )
        + (f"<p>Note: {escaped(event['note'])}</p>" if event["note"] else "")
        + f"<p>{escaped(origins)}</p><ul>{sources}</ul></div>"
    )
