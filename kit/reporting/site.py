"""The report as web pages: an index and one self-contained page a notebook."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2

from kit.case import Case
from kit.evidence.marks import citable
from kit.reporting.chapter import Book
from kit.reporting.page import inline_json, page_of

_VEGA_LITE = "6.4"


def write(book: Book, folder: Path) -> list[Path]:
    """The files written to ``folder``: ``index.html`` and a page for each notebook of the book."""
    written = []
    for name, content in _rendered(book).items():
        path = folder / name
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written


def _rendered(book: Book) -> dict[str, str]:
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kit.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    pages = [page_of(chapter) for chapter in book.chapters]
    shared = {
        "case": book.case,
        "edition": book.edition,
        "findings": book.findings.to_dict("records"),
        "pages": pages,
        "style": asset("style.css"),
        "script": asset("page.js"),
    }
    made = {
        f"{page.name}.html": templates.get_template("page.html").render(
            page=page, charts=inline_json(page.specs), vega=vega_bundle() if page.specs else "", **shared
        )
        for page in pages
    }
    made["index.html"] = templates.get_template("index.html").render(counts=_counts(book.case), **shared)
    return made


def _counts(case: Case) -> dict[str, int]:
    evidence = case.evidence
    return {
        "events": len(case.events),
        "sources": len(case.sources),
        "read": int(case.sources["read"].isin(("full", "excerpt")).sum()),
        "cases": len(case.cases),
        "numbers": len(case.metrics),
        "evidence": len(evidence),
        "passages": int(evidence["start"].ne("").sum()),
        "unread": sum(
            int(frame["confidence"].eq("unread").sum()) for frame in (case.events, case.cases, case.metrics)
        ),
        "citable": len(citable(case)),
    }


def asset(name: str) -> str:
    """What the pages carry of the kit's own: ``style.css`` or ``page.js``."""
    return (files("kit.reporting") / "templates" / name).read_text(encoding="utf-8")


@cache
def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that a page carries within itself."""
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VEGA_LITE)
    return bundle.replace("</script", "<\\/script")
