"""The report as web pages: an index, a page for each chapter, the evidence, and, on the desk, the captures' words."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from kit.case import Case
from kit.evidence.checks.gate import rules
from kit.evidence.checks.risk import REASONS, confidence, state_counts
from kit.evidence.passages.ledger import carried_counts, read_passages
from kit.reporting.book.book import Book
from kit.reporting.book.editions import PUBLIC, imprint
from kit.reporting.book.front import front_chapter, logo_of
from kit.reporting.writers.html.evidence import COLUMNS, DESK_COLUMNS, called, evidence_rows, row_filters
from kit.reporting.writers.html.names import NameLinks
from kit.reporting.writers.html.page import inline_json, page_of, picture_html
from kit.reporting.writers.html.profiles import Profiles
from kit.reporting.writers.html.search import search_entries
from kit.text.translations.phrases import Phrases

_VEGA_LITE = "6.4"
_STATES = {
    "checked": "A passage that supports the fact was found in our capture of its source",
    "unchecked": "A passage is named, and was not found there or not looked up yet",
    "none": "No passage is named",
}


def write(book: Book, folder: Path) -> list[Path]:
    """The files written to ``folder``: ``index.html``, a page for each chapter, for each event and each actor that is
    cited, ``evidence.html``, ``search.html``, and, in the editions for the desk, the words of each capture that a passage
    was found in. None of them asks the network for anything.
    """
    written = []
    for name, content in site_files(book).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def site_files(book: Book) -> dict[str, str]:
    """The text of each file, by its name in the folder of the report."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kit.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    names = [chapter.name for chapter in book.chapters]
    cited: dict[str, list[tuple[str, int]]] = {}
    for chapter in book.chapters:
        for identity, number in chapter.marks.items():
            cited.setdefault(identity, []).append((chapter.name, number))
    profiles = Profiles(book, cited)
    named = NameLinks(profiles.names())
    pages = [page_of(chapter, book.notes, names, profiles.link, named) for chapter in book.chapters]
    entries = profiles.pages()
    style = _asset("style.css") + (_asset("desk.css") if book.edition != PUBLIC else "")
    shared = {
        "case": book.case,
        "edition": book.edition,
        "pages": pages,
        "style": style,
        "say": book.notes.say,
        "profiled": bool(entries),
    }

    def made(
        template: str, here: str, *scripts: str, root: str = "", draws: bool = False, **context: Any
    ) -> str:
        scripts = (_asset("reader.js"), *scripts)
        context |= {"here": here, "root": root, "scripts": scripts, "policy": _policy(scripts, draws)}
        return templates.get_template(template).render(context, **shared)

    rows = evidence_rows(book, profiles)
    columns = {
        name: kind for name, kind in COLUMNS.items() if book.risk is not None or name not in DESK_COLUMNS
    }
    found = {
        "index.html": made(
            "index.html",
            "index",
            logo=picture_html(logo) if (logo := logo_of(book)) else "",
            imprint=imprint(book.case),
            front=_front(book),
            counts=_counts(book.case, book.notes.say),
            states=_states(book.case, book.notes.say),
            findings=_by_rule(book.findings) if len(book.findings) else [],
            risk=book.risk is not None,
        ),
        "evidence.html": made(
            "evidence.html",
            "evidence",
            _asset("evidence.js"),
            rows=rows,
            columns=columns,
            filters=row_filters(rows, list(columns)),
            reasons=REASONS,
        ),
    }
    for page in pages:
        own = (_asset("page.js"), _asset("notes.js"), *([vega_bundle()] if page.specs else []))
        charts = inline_json(page.specs)
        found[f"{page.name}.html"] = made(
            "page.html", page.name, *own, draws=bool(page.specs), page=page, charts=charts
        )
    for entry in entries:
        found[entry.path] = made("profile.html", "profiles", root="../", profile=entry)
    if entries:
        found["profiles.html"] = made("profiles.html", "profiles", profiles=entries)
    index = inline_json(search_entries(pages, entries, rows))
    found["search.html"] = made(
        "search.html", "search", _asset("minisearch.js"), _asset("search.js"), index=index
    )
    for capture in book.notes.captures:
        found[capture.file] = made("capture.html", "", root="../", capture=capture)
    return found


def _front(book: Book) -> str:
    """What stands above the list of chapters, as HTML; its chart is a still picture there."""
    chapter = front_chapter(book, "{}.html")
    if not chapter:
        return ""
    _, *blocks = chapter.blocks  # the index has a title of its own
    return page_of(replace(chapter, blocks=blocks), book.notes).body


def _by_rule(findings: pd.DataFrame) -> list[dict[str, Any]]:
    """The gate's findings that somebody has to mend, by rule, each rule with its reason."""
    known = rules()
    shown = findings[findings["severity"].ne("notice")]
    return [
        {
            "code": code,
            "severity": rows["severity"].iloc[0],
            "reason": known[str(code)].reason,
            "waived": rows["waived"].ne("").any(),
            "rows": rows.to_dict("records"),
        }
        for code, rows in shown.groupby("rule", sort=False)
    ]


def _policy(scripts: tuple[str, ...], draws: bool) -> str:
    """What a page may do: run these very scripts, style itself, show pictures it carries, and nothing else.

    Where it ``draws`` charts, Vega makes functions out of their specifications; its interpreter, which needs no leave
    to do so, draws axes of time wrongly (in vega-embed 7).

    >>> _policy(("",), draws=False)[:64]
    "default-src 'none'; script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQ"
    """
    digests = [b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = [*(f"'sha256-{digest}'" for digest in digests), *(["'unsafe-eval'"] if draws else [])] or [
        "'none'"
    ]
    return (
        f"default-src 'none'; script-src {' '.join(allowed)}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; form-action 'none'; base-uri 'none'"
    )


def _counts(case: Case, say: Phrases) -> dict[str, Any]:
    evidence = case.table("evidence")
    facts = Counter(case.facts.values())
    return {
        "tables": say.listed([say.many(number, *called(name)) for name, number in facts.items()]),
        "sources": len(case.table("sources")),
        "facts": sum(facts.values()),
        "read": int(case.table("sources")["read"].isin(("full", "excerpt")).sum()),
        "evidence": len(evidence),
        "passages": (named := int(evidence["start"].ne("").sum())),
        "carried": {
            kind: say.count(n) for kind, n in carried_counts(read_passages(case.path), named).items()
        },
        "unread": int(confidence(case).eq("unread").sum()),
    }


def _states(case: Case, say: Phrases) -> list[tuple[str, int, str]]:
    return [(state, count, say(_STATES[state])) for state, count in state_counts(case).items()]


def _asset(name: str) -> str:
    return (files("kit.reporting") / "templates" / name).read_text(encoding="utf-8")


@cache
def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that a page carries within itself."""
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VEGA_LITE)
    return bundle.replace("</script", "<\\/script")
