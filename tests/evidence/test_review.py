"""What a case's captures say, and which verdict stands: that of the captures here, or the ledger's."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
import typst
from support.loopback import site

from kit.case import Case, open_case
from kit.evidence.passages import text_index
from kit.evidence.passages.capture_text import CaptureText, read_capture
from kit.evidence.passages.ledger import PASSAGE_LEDGER
from kit.evidence.passages.matching import named_passages
from kit.evidence.passages.review import passage_verdicts, renew_passages, touched
from kit.evidence.passages.text_index import INDEX, open_index
from kit.sources.capture import index
from kit.sources.capture.capture import CAPTURES, Capture
from kit.sources.capture.warc import BadWarc
from kit.sources.keep import keep
from kit.sources.recapture import compare_captures

RAID, DIGEST = "harbour-post-2021-03-02-raid", "coast-digest-2021-03-03-raid"
STORY = "Police searched the office on Monday morning. The officers carried\u00a038 boxes away."
MAY, JUNE = date(2021, 5, 1), date(2021, 6, 1)


@pytest.fixture
def case(case_folder: Path) -> Case:
    return open_case(case_folder)


def paste(case: Case, text: str, source: str = RAID, month: int = 4, excerpt: bool = True) -> Capture:
    at = datetime(2021, month, 1, tzinfo=UTC)
    return keep(case, text, how="pasted", source=source, excerpt=excerpt, clock=lambda: at)


def filed(case: Case, name: str, data: bytes, source: str = RAID) -> Capture:
    path = case.path / name
    path.write_bytes(data)
    return keep(case, path, source=source, clock=lambda: datetime(2021, 4, 1, tzinfo=UTC))


def stands(case: Case) -> list[tuple[str, str]]:
    return list(passage_verdicts(case)[["verdict", "seen"]].itertuples(index=False, name=None))


def test_pasted_text_is_read_as_it_is(case: Case) -> None:
    paste(case, STORY)
    with open_index(case) as kept:
        (page,) = kept.of(RAID)
    assert (page.text, page.excerpt) == (STORY, True)


WALL = "<html><title>Just a moment...</title><h1>Just a moment...</h1><p>Police searched the office on Monday morning."


def test_what_a_site_shows_in_place_of_a_page_proves_nothing(case: Case) -> None:
    capture = filed(case, "wall.html", WALL.encode())
    (first, *_) = passage_verdicts(case).query("source == @RAID").itertuples()
    assert (first.verdict, first.capture) == ("not-captured", capture.id)
    assert "a check for robots" in first.found
    assert capture.id in first.remedy


def test_a_person_may_say_that_it_is_the_page(case: Case) -> None:
    capture = filed(case, "wall.html", WALL.encode())
    evidence = case.path / "data/manual/evidence.csv"
    frame = pd.read_csv(evidence, dtype=str, keep_default_na=False)
    frame["capture"] = [capture.id if source == RAID else "" for source in frame["source"]]
    frame.to_csv(evidence, index=False)
    assert passage_verdicts(open_case(case.path)).query("source == @RAID")["verdict"].tolist()[0] in (
        "exact",
        "normalised",
    )


def test_an_earlier_capture_of_the_page_itself_still_holds(case: Case) -> None:
    paste(case, STORY, month=3)
    filed(case, "wall.html", WALL.encode())
    assert passage_verdicts(case).query("source == @RAID")["verdict"].tolist()[0] in ("exact", "normalised")


def test_words_on_a_wall_of_another_source_are_not_found_there(case: Case) -> None:
    filed(case, "wall.html", WALL.encode(), source=DIGEST)
    assert "wrong-source" not in set(passage_verdicts(case)["verdict"])


def test_a_page_in_place_of_which_another_is_shown_is_unavailable(case: Case) -> None:
    before, after = filed(case, "page.html", f"<p>{STORY}".encode()), filed(case, "wall.html", WALL.encode())
    change = compare_captures(before, after, read_capture)
    assert (change.kinds, change.new) == (("unavailable",), None)


def test_a_page_is_read_with_all_it_shows(case: Case, project: Path) -> None:
    made = read_capture(
        filed(case, "saved.html", (project / "tests/sources/pages/newspaper.html").read_bytes())
    )
    assert "berth nine" in made.text
    assert "<" not in made.text
    assert not made.excerpt


def test_an_article_in_a_pages_data_is_read_too(case: Case, project: Path) -> None:
    made = read_capture(
        filed(case, "saved.html", (project / "tests/sources/pages/hydrated.html").read_bytes())
    )
    assert made.text.startswith("Berth nine: what the letter says")
    assert made.text.endswith("had no wish to come back.")


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/csv"])
def test_a_page_is_read_in_the_encoding_that_its_server_names(case: Case, kind: str) -> None:
    words = "港務局"  # too little to guess from
    with site() as here:
        answer = {"Content-Type": f"{kind}; charset=big5"}
        here.pages["/story"] = (200, answer, f"<p>{words}</p>".encode("big5"))
        made = read_capture(keep(case, here.url("/story"), source=RAID, allow_private=True))
    assert words in made.text
    assert ("<p>" in made.text) == (kind != "text/html")
    assert not made.excerpt


def test_bytes_that_are_a_page_are_read_as_one_whatever_the_server_calls_them(
    case: Case, project: Path
) -> None:
    page = (project / "tests/sources/pages/newspaper.html").read_bytes()
    with site() as here:
        here.pages["/story"] = (200, {"Content-Type": "application/octet-stream"}, page)
        made = read_capture(keep(case, here.url("/story"), source=RAID, allow_private=True))
    assert "berth nine" in made.text


def test_a_stub_behind_a_wall_proves_no_absence(case: Case, project: Path) -> None:
    assert read_capture(
        filed(case, "saved.html", (project / "tests/sources/pages/stub.html").read_bytes())
    ).excerpt
    rows = passage_verdicts(case).set_index("source")
    assert rows.loc[RAID, "verdict"].unique().tolist() == ["not-captured"]


def test_the_pages_of_a_pdf_are_kept_apart(case: Case) -> None:
    source = b"Papers were taken.\n#pagebreak()\n#pagebreak()\nThe berth was shut at noon."
    filed(case, "order.pdf", typst.compile(source, timestamp=datetime(2021, 4, 1, tzinfo=UTC)))
    with open_index(case) as kept:
        (page,) = kept.of(RAID)
    said = {part.label: page.text[part.start : part.end] for part in page.structure}
    assert said == {"page 1": "Papers were taken.", "page 3": "The berth was shut at noon."}
    assert page.excerpt  # its second page has no text and may be a scan


@pytest.mark.parametrize(("name", "data"), [
    ("boxes.png", b"\x89PNG\r\n\x1a\n"), ("order.pdf", b"%PDF-1.7\nbroken")
])  # fmt: skip
def test_what_has_no_words_proves_nothing(case: Case, name: str, data: bytes) -> None:
    made = read_capture(filed(case, name, data))
    assert (made.text, made.excerpt) == ("", True)
    assert stands(case) == [("not-captured", "here")] * 2


def test_nothing_is_read_twice(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(capture: Capture) -> CaptureText:
        asked.append(capture.id)
        return read_capture(capture)

    monkeypatch.setattr(text_index, "read_capture", counted)
    first = paste(case, STORY)
    open_index(case).close()
    second = paste(case, "Nothing new.", DIGEST)
    open_index(case).close()
    open_index(case).close()
    assert asked == [first.id, second.id]
    second.path.unlink()
    with open_index(case) as kept:
        assert set(kept.sources()) == {first.id}


def test_a_capture_altered_on_disk_is_refused(case: Case) -> None:
    made, other = paste(case, STORY), paste(case, STORY.replace("38", "83"), month=5)
    rows = index.read_index(case.path)
    rows.loc[rows["id"] == made.id, "sha256"] = other.sha256
    index.write_index(case.path, rows)
    with pytest.raises(BadWarc, match="not those the ledger was told of"):
        open_index(case)


def test_each_passage_has_the_id_of_its_evidence(case: Case) -> None:
    ids = {passage.id for passage in named_passages(case.table("evidence"))}
    assert ids == set(passage_verdicts(case)["evidence"])
    assert ids < set(case.evidence.index)


def test_captures_here_decide_and_nothing_is_written(case: Case) -> None:
    paste(case, STORY)
    assert stands(case) == [("exact", "here"), ("normalised", "here")]
    assert not (case.path / PASSAGE_LEDGER).exists()


def test_without_captures_the_ledger_speaks_and_nothing_is_written(case: Case) -> None:
    assert stands(case) == [("not-captured", "nowhere")] * 2
    paste(case, STORY)
    renew_passages(case, MAY)
    shutil.rmtree(case.path / CAPTURES)
    (case.path / INDEX).unlink()
    rows = passage_verdicts(case)
    assert rows["seen"].tolist() == ["ledger", "ledger"]
    assert rows["verdict"].tolist() == ["exact", "normalised"]
    assert rows["checked_on"].tolist() == ["2021-05-01"] * 2
    before = (case.path / PASSAGE_LEDGER).read_bytes()
    renew_passages(case, JUNE)
    assert (case.path / PASSAGE_LEDGER).read_bytes() == before
    assert not (case.path / INDEX).exists()


def test_an_edited_row_has_no_verdict_in_the_ledger(
    case: Case, edit: Callable[[str, Callable[[bytes], bytes]], Path]
) -> None:
    paste(case, STORY)
    renew_passages(case, MAY)
    shutil.rmtree(case.path / CAPTURES)
    edited = open_case(edit("evidence", lambda raw: raw.replace(b"carried 38", b"carried 39")))
    assert sorted(stands(edited)) == [("exact", "ledger"), ("not-captured", "nowhere")]


def test_an_excerpt_here_does_not_outweigh_a_capture_elsewhere(case: Case) -> None:
    elsewhere = paste(case, STORY, excerpt=False)
    renew_passages(case, MAY)
    elsewhere.path.unlink()
    paste(case, "Police searched the office on Monday morning.", month=5)
    assert stands(case) == [("exact", "here"), ("normalised", "ledger")]


def test_what_was_found_in_another_source_is_the_ledgers_to_say_where_its_own_is_not_here(case: Case) -> None:
    own = paste(case, "No more words.", excerpt=False)
    paste(case, STORY, DIGEST)
    renew_passages(case, MAY)
    own.path.unlink()
    assert stands(case) == [("wrong-source", "ledger")] * 2


def test_a_newer_whole_capture_here_outweighs_one_elsewhere(case: Case) -> None:
    elsewhere = paste(case, STORY)
    renew_passages(case, MAY)
    elsewhere.path.unlink()
    paste(case, "Police searched the office on Monday morning.", month=5, excerpt=False)
    rows = passage_verdicts(case)
    assert rows["verdict"].tolist() == ["exact", "changed"]
    assert rows["found"][1] == "stood there on 2021-04-01, not in the newest capture"
    assert rows["checked_on"].tolist() == ["", ""]


def test_an_older_capture_here_does_not_outweigh_a_newer_one_elsewhere(case: Case) -> None:
    paste(case, "No more words.", excerpt=False)
    elsewhere = paste(case, STORY, month=5)
    renew_passages(case, MAY)
    elsewhere.path.unlink()
    assert stands(case) == [("exact", "ledger"), ("normalised", "ledger")]


def again(case: Case, old: str, new: str, *, excerpt: bool = False) -> tuple[str, ...]:
    """What a change of the page from ``old`` to ``new`` touches of the case's evidence."""
    before, after = paste(case, old, month=4, excerpt=False), paste(case, new, month=5, excerpt=excerpt)
    return touched(compare_captures(before, after, read_capture), case.table("evidence"))


def search_row(case: Case) -> tuple[str, ...]:
    rows = case.table("evidence")
    return tuple(rows.loc[rows["start"].eq("Police searched the"), "id"])


def changed(case: Case) -> tuple[str, ...]:
    rows = passage_verdicts(case)
    return tuple(rows.loc[rows["verdict"].eq("changed"), "evidence"])


@pytest.mark.parametrize(
    "typography",
    [
        ("Police searched", "POLICE SEARCHED"),
        ("searched the", "sear-\nched the"),
        ("the office", "the\u00a0of\u00adfice"),
    ],
)
def test_what_the_gate_takes_for_typography_touches_nothing(case: Case, typography: tuple[str, str]) -> None:
    assert search_row(case)
    assert again(case, STORY, STORY.replace(*typography)) == changed(case) == ()


@pytest.mark.parametrize(
    ("typography", "lost"),
    [
        (("Police searched the", "POLICE SEARCHED THE"), "The police had searched an"),
        (("Police searched the", "Police sear-\nched the"), "Police left the"),
    ],
)
def test_a_passage_is_touched_when_the_gate_loses_it(
    case: Case, typography: tuple[str, str], lost: str
) -> None:
    """The page had the words in another typography than the evidence: the gate found them, and finds them no more."""
    old = STORY.replace(*typography)
    assert again(case, old, old.replace(typography[1], lost)) == changed(case) == search_row(case)


def test_other_words_between_the_same_ends_touch_the_passage(case: Case) -> None:
    assert (
        again(case, STORY, STORY.replace("the office", "the office, twice,"))
        == changed(case)
        == search_row(case)
    )


def test_an_excerpt_that_lacks_the_passage_touches_nothing(case: Case) -> None:
    assert again(case, STORY, "The officers carried 38 boxes away.", excerpt=True) == ()


def test_a_page_that_is_gone_touches_every_passage_of_its_source(case: Case) -> None:
    with site() as here:
        url = here.page("/raid", f"<p>{STORY}</p>")
        before = keep(case, url, source=RAID, allow_private=True)
        here.page("/raid", "gone", 410)
        after = keep(case, url, source=RAID, again=True, allow_private=True)
    rows = case.table("evidence")
    of_the_source = tuple(rows.loc[rows["source"].eq(RAID) & rows["start"].ne(""), "id"])
    assert touched(compare_captures(before, after, read_capture), rows) == of_the_source
