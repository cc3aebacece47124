"""Sources named from what was read: readable, given to one address, never taken twice; and put into the table."""

from __future__ import annotations

import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kit
from kit.case import Case
from kit.errors import KitError
from kit.sources.adding import add_sources, checked_cells, source_row
from kit.sources.bibliography.exchange import Added
from kit.sources.capture.capture import CAPTURES, BadId
from kit.sources.capture.index import read_index
from kit.sources.extract.documents import extract, read_page
from kit.sources.extract.reading.html_tree import Unreadable
from kit.sources.keep import Desk, KeptSource, keep, keep_source

PAGES = Path(__file__).parent / "pages"
PAGE = (PAGES / "newspaper.html").read_bytes()
ID = "harbour-post-2025-07-29-harbour-closes-berth"


@pytest.fixture
def case(case_folder: Path) -> Case:
    return kit.open(case_folder)


def added_with(case: Case, kept: KeptSource, tier: str, **cells: str) -> Added:
    return add_sources(case, [source_row(kept.page, kept.capture, tier, checked_cells(case, cells))])


def saved(folder: Path, name: str, content: bytes = PAGE) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_two_pages_of_one_title_get_two_ids_and_each_keeps_its_own(case: Case, tmp_path: Path) -> None:
    pages = {n: saved(tmp_path, f"{n}.html", PAGE + b" " * n) for n in (1, 2, 3)}
    names = [keep(case, pages[n], url=f"https://a.example/{n}").source for n in (1, 2)]
    assert names == [ID, f"{ID}-2"]
    shutil.rmtree(case.path / "data/processed")  # as if both captures had failed
    for path in (case.path / CAPTURES).glob("*.gz"):
        path.unlink()
    names = [keep(case, pages[n], url=f"https://a.example/{n}").source for n in (2, 1, 3)]
    assert names == [f"{ID}-2", ID, f"{ID}-3"]


def test_ids_asked_for_at_once_are_all_different(case: Case, tmp_path: Path) -> None:
    desk = pickle.loads(pickle.dumps(Desk.of(case)))
    page = saved(tmp_path, "a.html")
    with ThreadPoolExecutor(8) as pool:
        each = pool.map(
            lambda n: keep_source(desk, page, url=f"https://a.example/{n}", again=True), range(20)
        )
        given = [kept.capture.source for kept in each]
    assert sorted(given) == sorted([ID, *(f"{ID}-{n}" for n in range(2, 21))])


def test_an_id_that_stands_for_something_is_not_given(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(PAGE + b" ")
    assert keep(case, tmp_path / "a.html", source=ID).source == ID
    assert keep(case, tmp_path / "b.html").source == f"{ID}-2"


def test_a_page_captured_before_keeps_its_source_whatever_it_says_now(case: Case, tmp_path: Path) -> None:
    for number, title in enumerate((b"Harbour closes", b"Port closes")):
        (tmp_path / f"{number}.html").write_bytes(PAGE.replace(b"Harbour closes", title))
        assert keep(case, tmp_path / f"{number}.html", url="https://a.example/x").source == ID
    assert len(read_index(case.path)) == 2


@pytest.mark.parametrize(
    ("name", "data"), [("a.png", b"\x89PNG"), ("a.txt", b"Fifty boxes."), ("a.html", b"<html><p>x")]
)
def test_what_has_no_title_is_named_by_its_address(
    case: Case, tmp_path: Path, name: str, data: bytes
) -> None:
    assert keep(case, saved(tmp_path, name, data), url="https://a.example/").source == "a-example-befde498"


def test_what_cannot_be_opened_is_kept_all_the_same(case: Case, tmp_path: Path) -> None:
    broken = tmp_path / "x.mhtml"
    broken.write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n")
    kept = keep_source(case, broken, url="https://a.example/x")
    assert kept.capture.source.startswith("a-example-")
    assert kept.capture.content() == broken.read_bytes()
    assert [(warn.code, warn.says) for warn in kept.page.warnings] == [("unread", "holds no HTML page")]


def test_tier_puts_the_source_into_the_table_and_a_second_time_says_so(case: Case) -> None:
    said: list[str] = []
    for _ in range(2):
        capture = keep(
            case, PAGES / "newspaper.html", url="https://a.example/x", tier="secondary", say=said.append
        )
    assert said == [f"{ID} is in data/manual/sources.csv already (by its id)"]
    row = case.sources.loc[capture.source]
    assert (row["type"], row["language"], row["read"], row["derived_from"]) == ("webpage", "en", "no", ())
    assert str(kit.cite(case, ID)).startswith("Jane Roe, “Harbour Closes Berth Nine to Brokers,”")


def test_what_a_page_does_not_say_is_not_made_up(case: Case, tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<html><body><p>Fifty boxes.")
    added, _, _ = added_with(case, keep_source(case, tmp_path / "bare.html"), "primary")
    (row,) = added.to_dict("records")
    blank = ("authors", "url", "archived_url", "derived_from")
    assert {name: row[name] for name in blank} == {
        "authors": (),
        "url": "",
        "archived_url": "",
        "derived_from": (),
    }
    assert (row["title"], row["issued"], row["language"], row["publisher"]) == (
        "[untitled]",
        "unknown",
        "und",
        "unknown",
    )


def test_a_formula_in_a_title_is_guarded_and_cited_as_it_was(case: Case) -> None:
    capture = keep(case, PAGES / "hostile.html", url="https://a.example/x", tier="secondary")
    cells = (case.path / "data/manual/sources.csv").read_text(encoding="utf-8")
    assert """"'=HYPERLINK(""javascript:alert(1)"")\"""" in cells
    assert "“=HYPERLINK" in str(kit.cite(case, capture.source))


def test_a_stub_is_noted_and_was_not_read_in_full(case: Case) -> None:
    kept = keep_source(case, PAGES / "stub.html", url="https://a.example/x")
    with pytest.raises(KitError, match="holds a part of the page"):
        added_with(case, kept, "secondary", read="full")
    added, _, _ = added_with(case, kept, "secondary", read="excerpt")
    assert added["note"][0].startswith("This looks like a stub: the page speaks of 1,450 words")


@pytest.mark.parametrize(
    ("tier", "cells", "wrong"),
    [
        ("best", {}, "best"),
        ("primary", {"type": "blog"}, "blog"),
        ("primary", {"titel": "x"}, "titel: is no column of the table; did you mean 'title'"),
        ("primary", {"id": "x"}, "id: is set by the source itself"),
    ],
)
def test_a_row_the_table_cannot_hold_changes_nothing(
    case: Case, tier: str, cells: dict[str, str], wrong: str
) -> None:
    before = (case.path / "data/manual/sources.csv").read_bytes()
    with pytest.raises(KitError, match=wrong):
        added_with(case, keep_source(case, PAGES / "blog.html", url="https://a.example/x"), tier, **cells)
    assert (case.path / "data/manual/sources.csv").read_bytes() == before


def test_an_id_that_is_a_path_is_refused(case: Case) -> None:
    with pytest.raises(BadId):
        keep(case, PAGES / "blog.html", source="../evil")


def test_pasted_text_is_read_as_it_is_tags_and_all(case: Case) -> None:
    page = extract(keep(case, "<b>Fünfzig</b> Kisten.\r\n\r\nMehr.", how="pasted", source="told"))
    assert page.visible == "<b>Fünfzig</b> Kisten.\n\nMehr."
    assert [page.visible[span.start : span.end] for span in page.lines] == ["<b>Fünfzig</b> Kisten.", "Mehr."]
    assert page.charset.value == "utf-8"


def test_a_page_is_read_by_its_bytes_where_its_type_says_nothing() -> None:
    assert read_page(b"\xef\xbb\xbf <!DOCTYPE html><title>Raid", "image/png").title.value == "Raid"
    with pytest.raises(Unreadable, match=r"a\.warc: a picture \(of type image/png\) has no text"):
        read_page(b"\x89PNG", "image/png", place="a.warc")
