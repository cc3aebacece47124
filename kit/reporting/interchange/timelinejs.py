"""The published events as TimelineJS reads them: https://timeline.knightlab.com/docs/json-format.html."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any

from kit.case import Case
from kit.reporting.book.publication import Publication
from kit.reporting.interchange.proofs import SourceLink, fact_sources, published_rows
from kit.text.edtf import DateSpan, parse_date


def timeline_slides(case: Case, chosen: Publication) -> dict[str, str]:
    """The timeline: a slide an event, in the order of their days, with who says so and the sources below its words."""
    behind = fact_sources(chosen)
    spans = [(parse_date(event["date"]), event) for event in published_rows(chosen, "events")]
    dated = [(span, event) for span, event in spans if span.earliest or span.latest]
    dated.sort(key=lambda pair: (str(pair[0].earliest or pair[0].latest), pair[1]["id"]))
    slides = [_slide(span, event, behind.get(event["id"], [])) for span, event in dated]
    title = {"text": {"headline": _escaped(case.title), "text": ""}}
    return {"timeline.json": _json({"title": title, "events": slides}) if slides else ""}


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _slide(span: DateSpan, event: dict[str, str], behind: list[SourceLink]) -> dict[str, Any]:
    ends = [_day(day, span) for day in (span.earliest, span.latest) if day]
    slide: dict[str, Any] = {"unique_id": event["id"], "start_date": ends[0]}
    if span.precision in ("season", "decade", "century", "interval", "set"):
        slide["end_date"] = ends[-1]
    # What the plain parts cannot say, a doubt or one of several days, is said as the table writes it.
    if span.doubt or "end_date" in slide:
        slide["display_date"] = event["date"]
    said = [f"<p>{_escaped(event['summary'])}</p>"]
    if event.get("status", "confirmed") != "confirmed":
        said.append(
            f"<p>{_escaped(event['status'].capitalize())}: {_escaped(event.get('attributed_to', ''))}</p>"
        )
    if note := event.get("public_note", ""):
        said.append(f"<p>{_escaped(note)}</p>")
    if behind:
        said.append(f"<p>Sources: {'; '.join(map(_linked, behind))}</p>")
    slide["text"] = {"headline": _escaped(event["title"]), "text": "".join(said)}
    if event.get("category"):
        slide["group"] = event["category"]
    return {**slide, "autolink": False}


def _day(day: date, span: DateSpan) -> dict[str, int]:
    """The parts of a day that its date says."""
    parts = {"year": day.year, "month": day.month, "day": day.day}
    count = {"year": 1, "month": 2}.get(span.precision, 3)
    return dict(list(parts.items())[:count])


def _linked(proof: SourceLink) -> str:
    name = _escaped(proof.name)
    return f'<a href="{html.escape(proof.url)}">{name}</a>' if proof.url else name


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
