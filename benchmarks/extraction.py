"""How well and how fast the kit reads pages, beside the extractors it is built on.

Usage: python benchmarks/extraction.py [PAGES.jsonl.gz ...]

Without arguments the frozen pages of the tests are read, which are our own and easy: they show that the measure works
and what is lost when something changes, not how well anything reads the web. A file given instead holds one page a
line: {"html": ..., "url": ..., "gold": {"text", "title", "authors", "date", "site_name"}}, any of which may be missing.

text     precision and recall of runs of four words, each averaged over the pages, then F1
title    the same words, whatever their case, accents and punctuation
authors  F1 of the two sets of names, averaged over the pages
date     the same EDTF value, or the same day where the gold has a time
site     the same words
pages/s  of one process, each reader asked in turn for each page, so that a busy machine slows all alike
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit.sources.extract.article import extract_html
from kit.sources.extract.extractors import shingles
from kit.sources.extract.reading.page import Page
from kit.text.normalise import bare_words

PAGES = Path(__file__).parent.parent / "tests/sources/pages"
Result = dict[str, Any]


def ours(page: Page) -> Result:
    """A page in the words of the measure."""
    return {
        "text": page.text.value,
        "title": page.title.value,
        "authors": page.authors.value,
        "date": page.date.value,
        "site_name": page.publisher.value,
    }


def by_kit(html: str | bytes, url: str) -> Result:
    """The kit, all of it."""
    return ours(extract_html(html, url))


def by_trafilatura(html: str | bytes, url: str) -> Result:
    """trafilatura with its metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return {}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {
        "text": found.text,
        "title": found.title,
        "authors": authors,
        "date": found.date,
        "site_name": found.sitename,
    }


def by_newspaper(html: str | bytes, url: str) -> Result:
    """newspaper, 3k or 4k, fetching nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from newspaper import Article, Config

    config = Config()
    config.fetch_images = config.follow_meta_refresh = False
    article = Article(url, config=config)
    article.download(input_html=html)
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    site = article.meta_data.get("og", {}).get("site_name", "") if article.meta_data else ""
    return {
        "text": article.text,
        "title": article.title,
        "authors": article.authors,
        "date": day,
        "site_name": site,
    }


READERS: dict[str, Callable[[str | bytes, str], Result]] = {
    "kit": by_kit,
    "trafilatura": by_trafilatura,
    "newspaper": by_newspaper,
}


def frozen() -> Iterator[tuple[str | bytes, str, Result]]:
    """The pages of the tests, with their gold."""
    for name, gold in json.loads((PAGES / "gold.json").read_text(encoding="utf-8")).items():
        text = {"text": "\n".join(gold["text"])} if "text" in gold else {}
        yield (PAGES / f"{name}.html").read_bytes(), gold["url"], gold | text


def given(path: Path) -> Iterator[tuple[str | bytes, str, Result]]:
    """The pages of a file of gold pages."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as rows
    ):
        for row in map(json.loads, rows):
            yield row["html"], row["url"] or "", row["gold"]


def precision_and_recall(gold: str, got: str) -> tuple[float, float]:
    """Of the runs of four words that were read, the share in the gold; of the gold's, the share that was read."""
    wanted, found = shingles(gold), shingles(got)
    shared = (wanted & found).total()
    return shared / found.total() if found else 0.0, shared / wanted.total() if wanted else 1.0


def scores(gold: Result, got: Result) -> Iterator[tuple[str, float]]:
    """What a reader got right of one page."""
    for field in ("title", "site_name"):
        if gold.get(field):
            yield field, float(bare_words(gold[field]) == bare_words(got.get(field) or ""))
    if gold.get("authors"):
        one, other = ({bare_words(name) for name in side.get("authors") or ()} for side in (gold, got))
        yield "authors", 2 * len(one & other) / (len(one) + len(other))
    if gold.get("date"):
        yield "date", float((got.get("date") or "")[:10] == gold["date"][:10])
    if gold.get("text"):
        precision, recall = precision_and_recall(gold["text"], got.get("text") or "")
        yield from (("precision", precision), ("recall", recall))


def measure(pages: Iterator[tuple[str | bytes, str, Result]]) -> None:
    """Print one row a reader."""
    marks: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in READERS}
    spent = dict.fromkeys(READERS, 0.0)
    count = 0
    for html, url, gold in pages:
        count += 1
        for name, read in READERS.items():
            if count == 1:
                read(html, url)  # the first reading pays for the imports
            start = time.perf_counter()
            try:
                got = read(html, url)
            except Exception as error:  # a reader under test may raise anything: it read nothing
                print(f"  {name} on {url}: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
                got = {}
            spent[name] += time.perf_counter() - start
            for field, mark in scores(gold, got):
                marks[name][field].append(mark)
    print(f"{count} pages")
    print(
        f"{'':14}{'text F1':>8}{'P':>7}{'R':>7}{'title':>7}{'authors':>9}{'date':>7}{'site':>7}{'pages/s':>9}"
    )
    for name, fields in marks.items():
        mean = {field: sum(values) / len(values) for field, values in fields.items()}
        p, r = mean.get("precision", 0.0), mean.get("recall", 0.0)
        mean["F1"] = 2 * p * r / (p + r) if p + r else 0.0
        columns = (
            ("F1", 8),
            ("precision", 7),
            ("recall", 7),
            ("title", 7),
            ("authors", 9),
            ("date", 7),
            ("site_name", 7),
        )
        cells = (
            f"{mean[field]:{width}.3f}" if field in mean else f"{'-':>{width}}" for field, width in columns
        )
        print(f"{name:14}{''.join(cells)}{count / spent[name]:9.1f}")


def main() -> None:
    """Measure the files given, or the frozen pages."""
    for path in sys.argv[1:]:
        print(path)
        measure(given(Path(path)))
    if len(sys.argv) == 1:
        measure(frozen())


if __name__ == "__main__":
    main()
