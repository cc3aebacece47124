"""How long a search takes, and how long a peer takes for the same: `grep` over the texts, and tantivy where it is installed.

``python benchmarks/search.py [captures]`` makes a case with invented captures of 6 kB each, as many sources and events,
asks it queries of each kind, and writes the table into docs/search.md when run without a number. Times are of the
wall clock: the middle of five, the slowest in brackets. The peer may be installed beside: ``pip install tantivy``.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import kit
from kit.evidence.passages.capture_text import CaptureText
from kit.evidence.passages.text_index import INDEX, TextIndex
from kit.evidence.search.upkeep import captures_state

PAGE = Path(__file__).parent.parent / "docs" / "search.md"
SIZE, AGAIN = 6_000, 5
_HEAD = "| Query | `case.search`, ms | `grep` over the texts, ms | tantivy, ms |\n|---|---|---|---|"
_DRAW = random.Random(1)
_VOCABULARY = [
    "".join(_DRAW.choice("bcdfghklmnprstv") + _DRAW.choice("aeioué") for _ in range(_DRAW.randint(1, 4)))
    for _ in range(20_000)
]
_WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY))))


def texts(count: int) -> Iterator[str]:
    """The texts of the invented captures."""
    for number in range(count):
        draw, pieces, size = random.Random(number), [], 0
        while size < SIZE:
            words = draw.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=draw.randint(8, 22))
            pieces.append(" ".join(words).capitalize() + draw.choice((". ", ". ", "? ", ".\n\n")))
            size += len(pieces[-1])
        yield "".join(pieces)


def case_of(folder: Path, count: int) -> kit.Case:
    """A case with as many captures, sources and events as ``count``, its captures read already."""
    case = kit.new(folder / "case")
    draw = random.Random(2)
    words = [" ".join(draw.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=12)) for _ in range(count)]
    days = [(date(2015, 1, 1) + timedelta(days=number % 3650)).isoformat() for number in range(count)]
    rows = {
        "sources": [
            {
                "id": f"s-{n:06}", "type": "webpage", "title": words[n], "publisher": "Quay", "issued": days[n],
                "language": "en", "tier": ("primary", "secondary")[n % 2], "read": "full",
            }
            for n in range(count)
        ],
        "events": [
            {
                "id": f"e-{n:06}", "date": days[n], "title": words[-n], "summary": " ".join(words[n - 3 : n]) or "None.",
                "status": "confirmed", "confidence": "high",
            }
            for n in range(count)
        ],
        "evidence": [{"record": f"e-{n:06}", "source": f"s-{n:06}", "stance": "supports"} for n in range(count)],
    }  # fmt: skip
    for name, table in rows.items():
        with (case.path / f"data/manual/{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    when = datetime(2021, 3, 1, tzinfo=UTC)
    with TextIndex(case.path / INDEX) as index:
        index.add(
            CaptureText(f"s-{n:06}-20210301t000000z", f"s-{n:06}", when, False, text)
            for n, text in enumerate(texts(count))
        )
        with index.writing():
            index.words.remember("captures", captures_state(case))
    return case


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """The middle and the slowest of several runs, in milliseconds, after one that is not counted."""
    what()
    taken = []
    for _ in range(AGAIN):
        start = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), max(taken)


def main(count: int) -> list[str]:
    """The lines of the table."""
    lines = []
    common, middling, rare = _VOCABULARY[0], _VOCABULARY[300], _VOCABULARY[19_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        case = case_of(folder, count)
        made = time.perf_counter() - start
        start = time.perf_counter()
        case.search(rare)
        print(
            f"index of the captures with all that it is made of: {made:.0f} s; of the tables {time.perf_counter() - start:.1f} s"
        )
        print(f"size of the index: {(case.path / INDEX).stat().st_size / 1e6:,.0f} MB")
        phrase = " ".join(next(texts(1)).split()[20:24]).strip(".?")
        queries = {
            "a rare word": (rare, {}),
            "a middling word": (middling, {}),
            "the most frequent word": (common, {}),
            "two words": (f"{middling} {_VOCABULARY[500]}", {}),
            "a phrase": (f'"{phrase}"', {}),
            "a beginning of three letters": (f"{middling[:3]}*", {}),
            "a beginning of two letters": (f"{middling[:2]}*", {}),
            "a word, primary sources of one year": (middling, {"tier": "primary", "since": "2018", "until": "2018"}),
            "no word, events of one month": ("", {"table": "events", "since": "2018-03", "until": "2018-03"}),
        }  # fmt: skip
        pages = folder / "pages"
        pages.mkdir()
        for number, text in enumerate(texts(count)):
            (pages / f"{number}.txt").write_text(text, encoding="utf-8")
        tantivy = _tantivy(count) if find_spec("tantivy") else None
        for what, (words, filters) in queries.items():
            ours, worst = timed(lambda w=words, f=filters: case.search(w, **f))
            plain = words.strip('"*').split()
            theirs = (
                timed(lambda p=plain: _grep(pages, " ".join(p)))[0]
                if plain and not filters and len(plain) != 2
                else 0
            )
            also = (
                timed(lambda w=words: tantivy(w))[0]
                if tantivy and words and not filters and "*" not in words
                else 0
            )
            cells = [f"{ours:.0f} ({worst:.0f})"]
            cells.append(f"{theirs:,.0f} ({theirs / ours:.1f}×)" if theirs else "–")
            cells.append(f"{also:.1f} ({also / ours:.2f}×)" if also else "–")
            lines.append(f"| {what} | {' | '.join(cells)} |")
            print(lines[-1])
    return lines


def _grep(folder: Path, words: str) -> bytes:
    command = ["grep", "-rliF", "--", words, str(folder)]
    return subprocess.run(command, capture_output=True, check=False).stdout


def _tantivy(count: int) -> Callable[[str], object]:
    """A search of the same captures by tantivy, in memory, that gives fifty hits with a snippet each."""
    import tantivy  # type: ignore[import-not-found]

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=100_000_000)
    for text in texts(count):
        writer.add_document(tantivy.Document(body=text))
    writer.commit()
    index.reload()

    def search(words: str) -> object:
        searcher, query = index.searcher(), index.parse_query(words, ["body"], conjunction_by_default=True)
        snippets = tantivy.SnippetGenerator.create(searcher, query, schema, "body")
        return [
            snippets.snippet_from_doc(searcher.doc(at)).to_html() for _, at in searcher.search(query, 50).hits
        ]

    return search


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    table = main(asked or 10_000)
    if not asked:
        text, marks = PAGE.read_text(encoding="utf-8"), r"(<!-- times -->\n).*?(<!-- end -->)"
        new = re.sub(
            marks,
            lambda found: f"{found[1]}{_HEAD}\n" + "\n".join(table) + f"\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
        PAGE.write_text(new, encoding="utf-8")
