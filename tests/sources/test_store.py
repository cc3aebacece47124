"""Captures: written whole, never over another, and read back only when they are what they were."""

import gzip
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kit.sources.capture.capture import FACTS, BadId, Capture, NoCapture, capture_in
from kit.sources.capture.local_files import pasted
from kit.sources.capture.store import Arrival, store
from kit.sources.capture.warc import BadWarc, Writer, warc_records

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def arrival(text: str = "Fifty boxes were carried out.", **changes: object) -> Arrival:
    made = pasted(text, source="harbour-post", url="https://a.example/raid", at=AT, excerpt=True)
    return replace(made, **changes)


def test_a_capture_is_one_warc_named_from_source_and_time(tmp_path: Path) -> None:
    capture = store(tmp_path, arrival())
    assert capture.path == tmp_path / "harbour-post-20260304t050607z.warc.gz"
    assert capture.content() == b"Fifty boxes were carried out."
    assert (capture.how, capture.media_type, capture.excerpt, capture.bytes) == (
        "pasted",
        "text/plain",
        "yes",
        29,
    )
    assert capture.url == capture.final_url == "https://a.example/raid"
    assert capture.captured_at == AT
    assert re.fullmatch(r"casebook-kit/\S+ warcio/\S+", capture.software)


def test_scanning_gives_the_same_capture(tmp_path: Path) -> None:
    capture = store(tmp_path, arrival())
    assert capture_in(capture.path) == capture


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    first, second, third = (store(tmp_path, arrival(f"text {i}")) for i in range(3))
    assert [c.id for c in (second, third)] == [f"{first.id}-2", f"{first.id}-3"]
    assert first.content() == b"text 0"


def test_a_capture_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fill(writer: Writer) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store(tmp_path, arrival(fill=fill))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_capture_without_its_page_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadWarc, match="page itself is missing"):
        store(tmp_path, arrival(fill=lambda writer: None))
    assert list(tmp_path.glob("*.gz")) == []


@pytest.mark.parametrize(
    "source", ["../../etc/passwd", "", "a b", "A", "a/b", "a\\b", "-a", "a" * 121, "con\x00", "a\n"]
)
def test_a_source_id_is_never_a_path(tmp_path: Path, source: str) -> None:
    with pytest.raises(BadId):
        store(tmp_path / "captures", arrival(source=source))
    assert list(tmp_path.rglob("*.gz")) == []


def test_an_altered_capture_is_found_out(tmp_path: Path) -> None:
    capture = store(tmp_path, arrival())
    members = gzip.decompress(capture.path.read_bytes())
    capture.path.write_bytes(gzip.compress(members.replace(b"Fifty", b"Forty")))
    with pytest.raises(BadWarc, match="altered"):
        capture_in(capture.path)
    with pytest.raises(BadWarc, match="altered"):
        capture.content()


def test_a_renamed_capture_is_found_out(tmp_path: Path) -> None:
    capture = store(tmp_path, arrival())
    other = capture.path.rename(tmp_path / "other-20260304t050607z.warc.gz")
    with pytest.raises(BadWarc, match="under this name"):
        capture_in(other)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    capture = store(tmp_path, arrival())
    capture.path.unlink()
    with pytest.raises(NoCapture, match="not in data/captures"):
        capture.content()


def facts_of(capture: Capture) -> dict[str, object]:
    with capture.path.open("rb") as file:
        return next(
            json.loads(b"".join(r.pieces()))
            for r in warc_records(file, "x")
            if r.header("Content-Type") == FACTS
        )


@pytest.mark.parametrize(
    "lie",
    [
        {"id": "../../x"},
        {"source": "../x"},
        {"url": "javascript:alert(1)"},
        {"url": 7},
        {"notes": ["=HYPERLINK(1)"]},
        {"notes": ["a\nb"]},
        {"notes": "x"},
        {"how": "forged"},
        {"media_type": "=cmd"},
        {"captured_at": "yesterday"},
        {"captured_at": "2026-03-04"},
        {"excerpt": "yes"},
        {"main": None},
        {"software": "\x1b[2J"},
        {"same_as": "../../etc/passwd"},
    ],
)
def test_a_file_from_elsewhere_cannot_say_just_anything(tmp_path: Path, lie: dict[str, object]) -> None:
    capture = store(tmp_path, arrival())
    facts = facts_of(capture) | lie
    out = io.BytesIO()
    Writer(out).add("metadata", io.BytesIO(json.dumps(facts).encode()), at=AT, content_type=FACTS)
    capture.path.write_bytes(out.getvalue())
    with pytest.raises(BadWarc, match="says about itself"):
        capture_in(capture.path)


def test_shown_in_a_notebook_everything_is_escaped(tmp_path: Path) -> None:
    capture = replace(
        store(tmp_path, arrival()), note="<script>alert(1)</script>", media_type='"><img src=x>'
    )
    shown = capture._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
