"""Pages read whole: each field with its witness, the text by agreement, and what a reader is warned of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit.errors import KitError
from kit.sources.extract import extractors
from kit.sources.extract.article import extract_html
from kit.sources.extract.reading.page import Offer, Page

PAGES = Path(__file__).parent / "pages"
GOLD: dict[str, dict[str, Any]] = json.loads((PAGES / "gold.json").read_text(encoding="utf-8"))


def read(name: str) -> Page:
    """One of the frozen pages, read from its bytes."""
    return extract_html((PAGES / f"{name}.html").read_bytes(), GOLD[name]["url"])


def codes(page: Page) -> list[str]:
    """The codes of a page's warnings."""
    return [warning.code for warning in page.warnings]


@pytest.mark.parametrize("name", GOLD)
def test_a_page_says_what_its_gold_says(name: str) -> None:
    page, gold = read(name), GOLD[name]
    assert page.title.value == gold["title"]
    assert list(page.authors.value) == gold.get("authors", [])
    assert page.date.value == gold.get("date", "")
    if "site_name" in gold:
        assert page.publisher.value == gold["site_name"]
    if "text" in gold:
        assert page.text.value.split("\n") == gold["text"]


@pytest.mark.parametrize("name", GOLD)
def test_what_is_found_says_how_and_what_is_not_found_is_empty(name: str) -> None:
    page = read(name)
    for field in ("title", "authors", "date", "publisher", "canonical", "language", "description", "text"):
        found = getattr(page, field)
        assert bool(found.value) == bool(found.how), field
        assert all(offer.how and offer.value for offer in found.others)


@pytest.mark.parametrize(
    "name", [name for name, gold in GOLD.items() if "text" in gold and name != "hydrated"]
)
def test_the_articles_lines_are_placed_in_the_visible_text(name: str) -> None:
    page = read(name)
    assert [page.visible[span.start : span.end] for span in page.lines] == GOLD[name]["text"]


def test_a_disagreement_is_shown_not_swallowed() -> None:
    authors = read("newspaper").authors
    assert (authors.value, authors.how) == (("Jane Roe",), "JSON-LD author")
    assert authors.others == (Offer(("John Doe",), "visible byline"),)


def test_the_canonical_address_stands_beside_the_fetched_one() -> None:
    page = read("newspaper")
    assert page.url.endswith("?ref=mail")
    assert page.canonical.value == "https://harbourpost.example/2025/07/29/berth-nine"


def test_time_and_zone_are_kept_as_printed() -> None:
    assert read("newspaper").printed == "2025-07-29T14:05:00+01:00"
    assert read("japanese").printed == "2025-07-29T23:30:00+09:00"


def test_the_visible_text_holds_what_the_article_does_not() -> None:
    visible = read("newspaper").visible
    for words in ("Berth nine at low water", "More on the harbour", "By John Doe", "© 2025 Harbour Post"):
        assert words in visible
    assert "A line after a script." in read("hostile").visible.split("\n")


def test_a_stub_a_live_blog_and_embedded_text_are_named() -> None:
    assert codes(read("stub")) == ["stub"]
    assert "1,450 words" in read("stub").warnings[0].says
    assert codes(read("live")) == ["live-blog"]
    hydrated = read("hydrated")
    assert codes(hydrated) == ["embedded"]
    assert hydrated.text.how == "data embedded in a script"
    assert hydrated.text.others[0].value == GOLD["hydrated"]["text"][0]


def test_embedded_data_about_something_else_is_not_the_article() -> None:
    raw = (PAGES / "hydrated.html").read_text(encoding="utf-8")
    article = GOLD["hydrated"]["text"]
    other = raw.replace(
        json.dumps(article[0])[1:-1] + '"}',
        'Cookies are small files that tell a site what you did there last week."}',
    )
    assert other != raw
    other = other.replace("harbour", "kitchen").replace(
        f"<p>{article[0].replace('harbour', 'kitchen')}", f"<p>{article[0]}"
    )
    assert "embedded" not in codes(extract_html(other, GOLD["hydrated"]["url"]))


def test_a_month_stays_a_month_and_a_copyright_year_is_no_date() -> None:
    assert read("bulletin").date.value == "2025-08"
    page = "<h1>Rules</h1><p>The rules of the port, in full, for all who use it.</p><p>© 2024 The Port</p>"
    assert extract_html(page, "https://port.example/rules").date.value == ""


def test_a_date_that_can_be_read_two_ways_is_said_to_be() -> None:
    page = extract_html('<meta name="date" content="03/04/2025"><h1>Rules</h1><p>Text.</p>')
    assert page.date.value == "[2025-03-04,2025-04-03]"
    assert "two-dates" in codes(page)


def test_another_publishers_canonical_address_is_pointed_out() -> None:
    page = extract_html(
        '<link rel="canonical" href="https://other.example/a"><p>Text.', "https://here.example/a"
    )
    assert "other-host" in codes(page)
    assert page.url == "https://here.example/a"


def test_hostile_values_come_out_as_text_and_no_address_is_a_script() -> None:
    page = read("hostile")
    assert page.title.value.startswith("=HYPERLINK(")  # it is text here; exports neutralise it
    assert page.canonical.value == ""
    assert not any(
        "<" in str(getattr(page, name).value) for name in ("title", "authors", "publisher", "text")
    )


def test_quick_readings_that_disagree_are_put_to_the_other_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        extractors.EXTRACTORS, "resiliparse", lambda page: "Something else altogether was read by it here."
    )
    page = read("newspaper")
    assert page.text.value.split("\n") == GOLD["newspaper"]["text"]
    assert page.agreement > 0.9  # of trafilatura, readability and newspaper
    assert any(offer.how == "resiliparse" for offer in page.text.others)


def test_a_reader_that_fails_is_reported_and_the_page_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: extractors.ClearedPage) -> str:
        raise ValueError("no body")

    monkeypatch.setitem(extractors.EXTRACTORS, "trafilatura", fail)
    page = read("newspaper")
    assert page.text.value.split("\n") == GOLD["newspaper"]["text"]
    assert "trafilatura could not read the page (ValueError: no body)" in [w.says for w in page.warnings]


@pytest.mark.parametrize("name", extractors.EXTRACTORS)
def test_every_voice_reads_an_article_and_fetches_nothing(name: str) -> None:
    from kit.sources.extract.boilerplate import clear
    from kit.sources.extract.reading.html_tree import parse

    # Any host but loopback is refused by the test run; the page asks for pictures and another address.
    raw = (PAGES / "newspaper.html").read_text(encoding="utf-8")
    raw = raw.replace(
        "<head>", '<head><meta http-equiv="refresh" content="0;url=https://elsewhere.example/">'
    )
    raw = raw.replace("<p>", '<img src="https://images.example/a.jpg"><p>')
    text, failed = extractors.ask(name, extractors.ClearedPage(clear(parse(raw)), "https://h.example/a"))
    assert failed == ""
    assert all(line[:60] in text for line in GOLD["newspaper"]["text"])


def test_the_same_bytes_are_read_the_same() -> None:
    assert read("german") == read("german")


@given(st.text() | st.binary())
@example("")
@example(b"\x00\xff<p>")
@example("<?xml version='1.0' encoding='utf-16'?><p>x")
@example("<html><head><base href='http://[::1'></head><body><a href='http://[bad'>x</a></body></html>")
@example(
    '<script type="application/ld+json">{"@type": ["NewsArticle", 7], "author": [null, 3, {"name": {}}]}</script>'
)
def test_anything_at_all_is_read_or_refused_with_reasons(document: str | bytes) -> None:
    try:
        page = extract_html(document, "https://any.example/")
    except KitError as error:
        assert error.remedy
    else:
        assert all(page.visible[span.start : span.end] for span in page.lines)


_BODY = (
    "<p>"
    + "The port closed the old quay after a long row over the ledger that nobody could find. " * 8
    + "</p>"
)


def _story(head: str = "", top: str = "", below: str = "") -> str:
    title = "<title>Quay closes - Post</title>"
    return f"<html lang=en><head>{title}{head}</head><body><article><h1>Quay closes</h1>{top}{_BODY}{below}</article></body></html>"


@pytest.mark.parametrize("below", [
    '<aside class=related><ul><li><time datetime="2019-05-06">6 May 2019</time> Old story</ul></aside>',
    '<div class=sidebar><h3>Events</h3><p>14 July 2024</p></div>',
    '<ul class=events><li><time datetime="2027-01-02">2 January 2027</time> Market</ul>',
    '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Another",'
    '"datePublished":"2020-01-02","author":{"name":"Max Other"}}]}</script>',
    '<script type="application/ld+json">{"@type":"WebPage","mentions":{"@type":"Article","headline":"Another","datePublished":"2020-01-02"}}</script>',
])  # fmt: skip
def test_what_stands_beside_a_story_or_is_listed_dates_and_signs_nothing(below: str) -> None:
    page = extract_html(_story(below=below), "https://post.example/a")
    assert (page.date.value, page.authors.value) == ("", ())


def test_an_article_that_a_list_holds_is_the_pages_where_it_has_its_headline() -> None:
    data = '{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Quay closes","datePublished":"2021-05-04"}]}'
    page = extract_html(
        _story(f'<script type="application/ld+json">{data}</script>'), "https://post.example/a"
    )
    assert page.date.value == "2021-05-04"


def test_a_line_that_dates_a_story_may_sign_it() -> None:
    page = extract_html(_story(top="<p class=entry-meta>Posted on 4 May 2021 by Jane Roe in News</p>"))
    assert (page.date.value, page.authors.value) == ("2021-05-04", ("Jane Roe",))


@pytest.mark.parametrize("head", [
    "<header><h1><a href=/>The Post</a></h1></header>", "<h1 style='display:none'>Menu of the site</h1>",
    "<aside><h1>Most read</h1></aside>", "<nav><h1>Sections</h1></nav>", "<h1 class=sr-only>The Post, home of news</h1>",
])  # fmt: skip
def test_a_headline_of_two_words_is_found_beside_another_heading(head: str) -> None:
    html = f"<title>Quay closes | The Post</title><body>{head}<main><h2>Quay closes</h2>{_BODY}</main>"
    assert extract_html(html, "https://post.example/a").title.value == "Quay closes"
