"""The CSL project's own test cases through pandoc and citeproc-py: how many come out right.

Usage: python benchmarks/csl_cases.py FOLDER, where FOLDER holds the cases as .txt files (processor-tests/humans of the
project's test-suite, or test/csl of Debian's source package haskell-citeproc). citeproc-py is measured where it is
installed; the kit does not need it.
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kit.text.pandoc import document_json, run_pandoc, stringify

_SECTION = re.compile(r">>=+ ?([A-Z-]+) ?=+>>\n(.*?)\n?<<=+ ?\1 ?=+<<", re.DOTALL)
_MARKUP = re.compile(r"</?(?:i|b|sup|sub|span|div|em|strong|sc|u|a)\b[^>]*>")

Sections = dict[str, str]


def words(text: str) -> str:
    """The text without markup and with single spaces: both processors are judged by what a reader sees."""
    text = _MARKUP.sub("", re.sub(r"^(>>|\.\.)\[\d+\] ", "", text, flags=re.MULTILINE))
    return " ".join(html.unescape(html.unescape(text)).split())


def items_of(case: Sections) -> list[dict[str, Any]]:
    """The case's items, each with a text for an id."""
    return [item | {"id": str(item.get("id", "x"))} for item in json.loads(case["INPUT"])]


def cites_of(case: Sections) -> list[list[dict[str, Any]]]:
    """The citations, each a list of cites: those the case names, or one of all its items."""
    if "CITATION-ITEMS" in case:
        return json.loads(case["CITATION-ITEMS"])
    cites = [{"id": identity} for identity in dict.fromkeys(item["id"] for item in items_of(case))]
    return [cites] if case["MODE"].strip() == "citation" else [[cite] for cite in cites]


def by_pandoc(case: Sections) -> str:
    """What pandoc makes of the case."""
    cites = [{"t": "Cite", "c": [[_cite(cite) for cite in cites], []]} for cites in cites_of(case)]
    blocks = [{"t": "Para", "c": [cite]} for cite in cites]
    with tempfile.TemporaryDirectory() as folder:
        (items := Path(folder, "items.json")).write_text(json.dumps(items_of(case)), encoding="utf-8")
        (style := Path(folder, "style.csl")).write_text(case["CSL"], encoding="utf-8")
        options = ("--citeproc", "--csl", str(style), "--bibliography", str(items))
        out = json.loads(run_pandoc(document_json(blocks), "json", "json", *options))["blocks"]
    if case["MODE"].strip() == "bibliography":
        references = next(block for block in out if block["t"] == "Div")["c"][1]
        return "\n".join(stringify(block["c"]) for entry in references for block in entry["c"][1])
    return "\n".join(stringify(_in_note(block["c"][0]["c"][1])) for block in out if block["t"] == "Para")


def _cite(cite: dict[str, Any]) -> dict[str, Any]:
    locator = f"{{{cite.get('label', 'page')} {cite['locator']}}}" if cite.get("locator") else ""
    return {
        "citationId": str(cite["id"]),
        "citationPrefix": _inlines(cite.get("prefix", "")),
        "citationSuffix": _inlines(locator + cite.get("suffix", "")),
        "citationMode": {"t": "SuppressAuthor" if cite.get("suppress-author") else "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _inlines(text: str) -> list[dict[str, Any]]:
    return [
        {"t": "Space"} if part == " " else {"t": "Str", "c": part} for part in re.findall(r" |[^ ]+", text)
    ]


def _in_note(inlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return next((node["c"][0]["c"] for node in inlines if node["t"] == "Note"), inlines)


def by_citeproc_py(case: Sections) -> str:
    """What citeproc-py makes of the case."""
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        Locator,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    style = CitationStylesStyle(io.BytesIO(case["CSL"].encode()), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items_of(case)), formatter.plain)
    citations = []
    for cites in cites_of(case):
        items = []
        for cite in cites:
            more = {key: cite[key] for key in ("prefix", "suffix") if cite.get(key)}
            if cite.get("locator"):
                more["locator"] = Locator(cite.get("label", "page"), cite["locator"])
            items.append(CitationItem(str(cite["id"]).lower(), **more))
        citations.append(Citation(items))
        bibliography.register(citations[-1])
    if case["MODE"].strip() == "bibliography":
        bibliography.sort()
        return "\n".join(map(str, bibliography.bibliography()))
    return "\n".join(str(bibliography.cite(citation, lambda item: None)) for citation in citations)


def measure(name: str, run: Callable[[Sections], str], cases: list[Sections]) -> None:
    """One line: how many cases are right, how many raised an error, and the time taken."""
    right, errors, begun = 0, 0, time.perf_counter()
    for case in cases:
        try:
            right += words(run(case)) == words(case["RESULT"])
        except (
            Exception
        ):  # whatever a processor raises on a case of its own standard, it has failed that case
            errors += 1
    seconds = time.perf_counter() - begun
    print(
        f"{name:12} {right}/{len(cases)} right ({right / len(cases):.0%}), {errors} errors, {seconds:.0f} s"
    )


def main(folder: str) -> None:
    """Measure what is installed over the cases of the folder."""
    warnings.simplefilter("ignore")
    found = [dict(_SECTION.findall(path.read_text("utf-8"))) for path in sorted(Path(folder).glob("*.txt"))]
    cases = [case for case in found if "INPUT" in case and "CITATIONS" not in case]
    if not cases:
        sys.exit(f"{folder}: holds no test case of the CSL project")
    measure("pandoc", by_pandoc, cases)
    if find_spec("citeproc"):
        measure("citeproc-py", by_citeproc_py, cases)


if __name__ == "__main__":
    main(*sys.argv[1:])
