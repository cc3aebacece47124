"""The day of a page: by its own clock, from a place that dates it, and none where none is stated."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.adding import source_row
from kit.sources.capture.capture import Capture
from kit.sources.extract.article import extract_html
from kit.sources.extract.metadata import dates
from kit.sources.extract.metadata.datelines import datelines
from kit.sources.extract.reading.page import Page, TextRange
from kit.text.edtf import parse_date

TITLE = "Clinic shuts its night ward"
STORY = (
    "<p>The clinic at Lower Mill shut its night ward on Friday and sent eleven patients home with a letter that nobody had "
    "signed. The nurses learned of it from the porter when they came to work, they told this newspaper.</p><p>The council, "
    "which pays for the ward, said that it had been asked in the spring and had answered in the summer. It would look into "
    "the matter when the books of the year were closed.</p><p>Two of the patients have gone to the court.</p>"
)

KEPT = Capture(
    id="ward-1", source="ward", url="https://millpost.example/night-ward", final_url="", captured_at=datetime(2026, 1, 2, tzinfo=UTC),
    how="fetched", media_type="text/html", status="200", sha256="", bytes=1, excerpt="", software="", warc="", note="",
)  # fmt: skip


def page(
    head: str = "", below: str = "", end: str = "", above: str = "", language: str = "en", url: str = ""
) -> Page:
    """A page with these in its head, below its headline, at its end and above its headline."""
    return extract_html(
        f"<html lang='{language}'><head><title>{TITLE}</title>{head}</head><body>{above}<h1>{TITLE}</h1>{below}{STORY}{end}",
        url or "https://millpost.example/night-ward",
    )


def described(kind: str = "NewsArticle", **fields: Any) -> str:
    """JSON-LD of these fields."""
    node = {"@context": "https://schema.org", "@type": kind, "headline": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


AT_NIGHT = described(
    datePublished="2019-11-08T02:10:00Z"
)  # the evening of the 7th in America, the morning in Europe


@pytest.mark.parametrize(
    ("stamp", "below", "language", "day"),
    [
        ("2019-11-08T02:10:00Z", "<p>November 7, 2019, 9:10 p.m. ET</p>", "en", "2019-11-07"),
        ("2019-11-08T02:10:00Z", "<p class=date>Thurs., Nov. 7, 2019 at 6:10 PM PST</p>", "en", "2019-11-07"),
        ("2019-11-08T02:10:00Z", "<div class=dateline>11/7/2019 9:10 PM</div>", "en", "2019-11-07"),
        ("2019-11-08T02:10:00Z", "<div class=dateline>November 7, 9:10 p.m. ET</div>", "en", "2019-11-07"),
        ("2019-11-07T23:30:00Z", "<p>8. November 2019, 00:30 Uhr</p>", "de", "2019-11-08"),
        ("2019-11-07T22:30:00Z", "<p>Published: 08/11/2019 00:30 GMT+2</p>", "en", "2019-11-08"),
        ("2019-11-08T02:10:00Z", "<p>Publié le 7 novembre 2019 à 21h10</p>", "fr", "2019-11-07"),
        ("2019-11-08T02:10:00Z", "<p>Publicado el 7 de noviembre de 2019 a las 21:10</p>", "es", "2019-11-07"),
        ("2019-11-07T20:00:00Z", "<p>2019年11月8日 05:00</p>", "ja", "2019-11-08"),
        # they agree, or the page prints the day of something else
        ("2019-11-08T02:10:00Z", "<p>8 November 2019</p>", "en", "2019-11-08"),
        ("2019-11-08T02:10:00Z", "<p>Updated November 9, 2019</p>", "en", "2019-11-08"),
        ("2019-11-08T02:10:00Z", "<p>12 January 1998</p>", "en", "2019-11-08"),
    ],
)  # fmt: skip
def test_a_day_is_counted_by_the_pages_own_clock(stamp: str, below: str, language: str, day: str) -> None:
    assert page(described(datePublished=stamp), below, language=language).date.value == day


def test_the_row_says_that_print_and_stamp_differ() -> None:
    found = page(AT_NIGHT, "<p>November 7, 2019, 9:10 p.m. ET</p>")
    assert (found.date.how, found.printed) == ("printed on the page", "November 7, 2019, 9:10 p.m. ET")
    assert [(offer.value, offer.how) for offer in found.date.others] == [
        ("2019-11-08", "JSON-LD datePublished")
    ]
    row = source_row(found, KEPT)
    assert row["issued"] == "2019-11-07"
    assert "November 7, 2019, 9:10 p.m. ET" in row["note"]
    assert "2019-11-08T02:10:00Z" in row["note"]
    assert page(AT_NIGHT, "<p>8 November 2019</p>").warnings == page(AT_NIGHT).warnings


def test_a_stamp_has_its_day_in_the_address_where_it_has_no_clock_of_its_own() -> None:
    address = "https://millpost.example/2019/11/07/night-ward"
    assert page(AT_NIGHT, url=address).date.value == "2019-11-07"
    own_clock = described(datePublished="2019-11-07T21:10:00-05:00")
    assert page(own_clock, url="https://millpost.example/2019/11/08/night-ward").date.value == "2019-11-07"
    assert page(url=address).date.how == "the address"
    anew = described(datePublished="2023-05-02T09:00:00Z")  # an old page whose stamp was set anew
    assert page(anew, url=address).date.value == "2019-11-07"
    assert page(anew, "<p>2 May 2023</p>", url=address).date.value == "2023-05-02"
    assert page(url="https://millpost.example/2019/11/night-ward").date.value == "2019-11"


def test_a_time_that_prints_another_day_than_its_stamp() -> None:
    assert (
        page(below='<time datetime="2019-11-08T02:10:00Z">November 7, 2019</time>').date.value == "2019-11-07"
    )
    moved = '<time datetime="2024-02-01T10:00:00Z">Published 7 November 2019</time>'
    assert page(below=moved).date.value == "2019-11-07"


@pytest.mark.parametrize(
    ("head", "below", "end"),
    [
        ("", "<p>The appeal will be heard on 24 September 2031 in Lower Mill.</p>", ""),
        ("", '<p>The appeal will be heard on <time datetime="2031-09-24">24 September</time> in Lower Mill.</p>', ""),
        ("", "<p>Concert on 24 September 2031, 8 pm, Old Granary</p>", ""),
        ("", "<p>Deadline: 24 September 2031</p>", ""),
        ("", "<p>The audit published on 3 May 2018 by the county says that the ward was never full.</p>", ""),
        ("", "", "<footer>Founded 1 March 1921. © 2019 Mill Post</footer>"),
        ("", "", "<footer>Copyright 3 May 2019 Mill Post</footer>"),
        ("", "", "<aside class=related><h3>More</h3><ul><li><a href=/x>A mill that grinds for nobody</a> 2 May 2018</ul></aside>"),
        ("", "", "<h3>Latest</h3><ul><li><a href=/x>A mill that grinds for nobody</a><time datetime=2018-05-02>2 May 2018</time></ul>"),
        ("", "", "<div class=card><a href=/x><h3>A mill that grinds for nobody</h3></a><span class=date>2 May 2018</span></div>"),
        ("", "", "<section id=comments><div class=comment><time datetime=2019-12-01>1 December 2019</time> So it is.</div></section>"),
        ("", "", "<div itemscope itemtype='https://schema.org/Comment'><time itemprop=datePublished datetime=2019-12-01>1 Dec 2019</time> So.</div>"),
        ("", "", "<h3>2 responses to “Clinic shuts its night ward”</h3><ol class=commentlist><li><a href=#c1>1 December 2019 at 10:00</a><p>So it is.</ol>"),
        ("", "", "<section class=discussion><div class=post><span class=date>1 December 2019</span> So it is.</div></section>"),
        (described("Comment", datePublished="2019-12-01"), "", ""),
        (described("Event", startDate="2031-09-24T20:00"), "<p>24 September 2031</p>", ""),
        (described("ItemList", itemListElement=[{"@type": "NewsArticle", "headline": "A mill", "url": "https://millpost.example/mill",
                                                 "datePublished": "2018-05-02"}]), "", ""),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', "", ""),
    ],
)  # fmt: skip
def test_no_day_is_invented(head: str, below: str, end: str) -> None:
    assert page(head, below, end).date.value == ""


def test_todays_day_above_the_headline_is_not_the_pages() -> None:
    assert page(above="<div>Tuesday, 1 December 2026</div>").date.value == ""


def test_days_that_date_nothing_are_offered_with_their_place() -> None:
    found = page(
        below="<p>The appeal will be heard on 24 September 2031 before the full bench in Lower Mill.</p>"
    )
    assert ("2031-09-24", "in the text") in [(offer.value, offer.how) for offer in found.date.others]
    row = source_row(found, KEPT)
    assert row["issued"] == "unknown"
    assert "2031-09-24 (in the text)" in row["note"]
    assert "2031-09-24 (in the text)" in repr(found)


@pytest.mark.parametrize(
    ("head", "below", "day"),
    [
        ('<meta property="article:published_time" content="1974-08-09T00:00:00Z">', "", "1974-08-09"),
        ('<meta name="citation_publication_date" content="1898/05/02">', "", "1898-05-02"),
        ("", "<p>Published August 9, 1974</p>", "1974-08-09"),
        ("", "<p>By Jane Roe, 2 April 2021</p>", "2021-04-02"),
        ("", "<p>LOWER MILL, 2 April 2021</p>", "2021-04-02"),
        ("", "<span class=submitted-by>Submitted on Fri, 2021-04-02 13:49</span>", "2021-04-02"),
        ("", "<p>This entry was posted on Friday, April 2nd, 2021 at 10:15 and is filed under Wards.</p>", "2021-04-02"),
    ],
)  # fmt: skip
def test_a_day_that_is_stated_is_read_however_old(head: str, below: str, day: str) -> None:
    assert page(head, below).date.value == day


@pytest.mark.parametrize(
    ("head", "below", "end", "language", "day", "changed"),
    [
        (described(datePublished="2021-04-02T08:00:00Z", dateModified="2021-04-06T18:10:00Z"), "", "", "en", "2021-04-02", "2021-04-06"),
        ('<meta property="article:published_time" content="2021-04-02"><meta property="article:modified_time" content="2021-04-06">',
         "", "", "en", "2021-04-02", "2021-04-06"),
        (described(datePublished="2021-04-02T08:00:00Z"), "", "<p><b>Update, 6 April:</b> the ward is open again.</p>", "en", "2021-04-02", "2021-04-06"),
        ("", "<p>Published 2 April 2021</p><p>Updated 6 April 2021</p>", "", "en", "2021-04-02", "2021-04-06"),
        ("", "<p>April 2, 2021 | Updated April 6, 2021</p>", "", "en", "2021-04-02", "2021-04-06"),
        ("", "<p>2 April 2021</p>", "<p>This article was amended on 6 April 2021 to correct a name.</p>", "en", "2021-04-02", "2021-04-06"),
        ("", "<p>Veröffentlicht: 02.04.2021, Stand: 06.04.2021</p>", "", "de", "2021-04-02", "2021-04-06"),
        ("", "<p>Publié le 2 avril 2021 à 10h00, mis à jour le 6 avril 2021 à 12h00</p>", "", "fr", "2021-04-02", "2021-04-06"),
        ("", "<p>2 de abril de 2021 | Actualizado: 6 de abril de 2021</p>", "", "es", "2021-04-02", "2021-04-06"),
        ("", "<p>Last updated: 6 April 2021</p>", "", "en", "", "2021-04-06"),
        # of two changes the later one
        ("", "<p>2 April 2021</p>", "<p>Update, 6 April 2021: Closed.</p><p>Update, 9 April 2021: Open.</p>", "en", "2021-04-02", "2021-04-09"),
    ],
)  # fmt: skip
def test_the_day_of_the_last_change_is_read(
    head: str, below: str, end: str, language: str, day: str, changed: str
) -> None:
    found = page(head, below, end, language=language)
    assert (found.date.value, found.updated.value) == (day, changed)


@pytest.mark.parametrize(
    ("changed", "cell"), [("2021-04-02T18:00", ""), ("2021-04-01", ""), ("2021-04-03", "2021-04-03")]
)
def test_a_change_on_the_day_of_publication_says_nothing(changed: str, cell: str) -> None:
    found = page(described(datePublished="2021-04-02T08:00", dateModified=changed))
    assert source_row(found, KEPT)["updated"] == cell


@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)), st.sampled_from(["{0.day} {1} {0.year}", "{1} {0.day}, {0.year}", "{0:%Y-%m-%d}",
       "{0.day}. {1} {0.year}", "{0.day}. {0.month}. {0.year}", "{0.year}年{0.month}月{0.day}日"]))  # fmt: skip
def test_a_printed_day_is_read_in_each_form(day: date, form: str) -> None:
    text = f"Lower Mill, {form.format(day, day.strftime('%B'))}, 10:15"
    assert [found.edtf() for found in dates.dates_printed(text)] == [day.isoformat()]


@given(st.text(max_size=300), st.sampled_from(["", "de", "ja", "zz", "x-y"]))
def test_printed_days_are_days_of_the_text(text: str, language: str) -> None:
    for found in dates.dates_printed(text, language):
        assert 0 <= found.start < found.stop <= len(text)
        if edtf := found.edtf(date(2021, 4, 2)):
            parse_date(edtf)


@given(st.text(alphabet="Update published on 2 April 2021,.|:\n 1/", max_size=400))
def test_datelines_come_from_any_text(text: str) -> None:
    for line in datelines(text, (TextRange(0, len(text) // 2, "comments"),), text[:20]):
        assert line.kind in ("published", "updated", "plain", "line", "other")
        assert line.line in text


@pytest.mark.parametrize(
    "part", ["1 May 2021 ", "updated ", "12.", "published on | ", "this entry ", "May ", "10:15 "]
)
def test_a_hostile_text_takes_no_time(part: str) -> None:
    began = time.process_time()
    datelines(part * 20_000, title="x")
    datelines(f"{part * 15}\n" * 5_000, title="x")
    assert time.process_time() - began < 4
