"""The report: an index and one self-contained page a notebook, built aside and put in place when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from kit.case import Case
from kit.errors import KitError
from kit.evidence.marks import citable
from kit.reporting.chapter import make_book
from kit.reporting.page import Page, inline_json, page_of
from kit.reporting.run import Progress, executed

FOLDER = "reports"
_VEGA_LITE = "6.4"


def report(case: Case, *, only: str = "", progress: Progress | None = None) -> list[Path]:
    """The files of the report, written anew to ``reports/`` from a fresh run of the notebooks.

    A failed cell, an unknown mark or a number that does not hold raises the error that `run.executed` raises; a report
    that was there before stays whole until the new one is complete. Twice the same inputs give the same bytes.
    """
    done = executed(case, only, progress)
    pages = [page_of(chapter) for chapter in make_book(case, done).chapters]
    target = case.path / FOLDER
    with _staged(target) as staging:
        for name, content in rendered(case, pages).items():
            (staging / name).write_text(content, encoding="utf-8")
    return sorted(target.iterdir())


def rendered(case: Case, pages: list[Page]) -> dict[str, str]:
    """The text of each file of the report, by its name."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kit.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    shared = {"case": case, "pages": pages, "style": _asset("style.css"), "script": _asset("page.js")}
    made = {
        f"{page.name}.html": templates.get_template("page.html").render(
            page=page, charts=inline_json(page.specs), vega=vega_bundle() if page.specs else "", **shared
        )
        for page in pages
    }
    made["index.html"] = templates.get_template("index.html").render(counts=_counts(case), **shared)
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


def _asset(name: str) -> str:
    return (files("kit.reporting") / "templates" / name).read_text(encoding="utf-8")


@cache
def vega_bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that a page carries within itself."""
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VEGA_LITE)
    return bundle.replace("</script", "<\\/script")


class _staged:
    """A folder beside ``target`` that takes its place on success and vanishes on failure."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Path:
        try:
            self.staging = Path(tempfile.mkdtemp(prefix=f".{self.target.name}-", dir=self.target.parent))
        except OSError as error:
            raise KitError(
                self.target, f"cannot be written ({error.strerror})", "make room or change its rights"
            ) from error
        return self.staging

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: Any) -> None:
        if kind is None:
            os.chmod(self.staging, 0o755)
            previous = self.staging.with_name(self.staging.name + "-previous")
            if self.target.exists():
                os.replace(self.target, previous)
            os.replace(self.staging, self.target)
            shutil.rmtree(previous, ignore_errors=True)
            return
        shutil.rmtree(self.staging, ignore_errors=True)
        if isinstance(error, OSError):
            remedy = "make room; the previous report is untouched"
            raise KitError(self.target, f"could not be written ({error.strerror})", remedy) from error
