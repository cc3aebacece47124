"""Titles, names and moments: what is taken off, what is kept, and what is never made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.extract.article import extract_html
from kit.sources.extract.metadata import authors, dates
from kit.sources.extract.metadata.publishers import publisher_of
from kit.sources.extract.reading.page import Page
from kit.text.edtf import parse_date


def page(head: str, body: str = "<h1>Harbour closes berth nine</h1>") -> Page:
    """A page with these in its head and body."""
    return extract_html(f"<html><head>{head}</head><body>{body}</body></html>", "https://post.example/a")


def article(fields: str) -> str:
    """A JSON-LD article with these fields."""
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>'


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("By Jane Roe and John Doe", ("Jane Roe", "John Doe")),
        ("Von Lena Großmann und Uwe Petersen", ("Lena Großmann", "Uwe Petersen")),
        ("Par Zoé Martin, avec Luc Petit", ("Zoé Martin", "Luc Petit")),
        ("Jane Roe, Senior Reporter | 1 August 2025, 10:05 am", ("Jane Roe",)),
        ("Posted by Jane Roe on 2025-08-01", ("Jane Roe",)),
        ("JANE ROE jane.roe@post.example @janeroe", ("JANE ROE",)),
        ("Ludwig van der Meer", ("Ludwig van der Meer",)),
        ("3 min read · Share · Follow us on Facebook", ()),
        ("https://www.facebook.com/harbourpost", ()),
        ("Jane Roe is a reporter who covers the port and has won prizes for it.", ()),
        ("By", ()),
        ("", ()),
    ],
)
def test_a_byline_gives_its_names_and_nothing_else(byline: str, found: tuple[str, ...]) -> None:
    assert authors.people(byline, strict=True) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Roe, Jane", ("Roe, Jane",)),
        ("Roe, Jane; Doe, John", ("Roe, Jane", "Doe, John")),
        ("Roe, Jane and Doe, John", ("Roe, Jane", "Doe, John")),
        ("van der Berg, Jan", ("van der Berg, Jan",)),
        ("García Márquez, Gabriel", ("García Márquez, Gabriel",)),
        ("King, Martin Luther, Jr.", ("King, Martin Luther, Jr.",)),
        ("Doe, J. K.", ("Doe, J. K.",)),
        ("Roe J, Doe K", ("Roe J", "Doe K")),
        ("Jane Roe", ("Jane Roe",)),
    ],
)
def test_a_name_that_begins_with_the_familys_is_one_person(text: str, found: tuple[str, ...]) -> None:
    assert authors.people(text, inverted=True) == found
    fields = "".join(f'<meta name="DC.Creator" content="{name}">' for name in text.split(";"))
    assert page(fields).authors.value == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Roe, PhD", ("Jane Roe",)),
        ("John Doe, MD, MPH", ("John Doe",)),
        ("Jane Roe, Ph.D., and John Doe, J.D.", ("Jane Roe", "John Doe")),
        ("Martin King, Jr.", ("Martin King Jr.",)),
        ("Jane Roe III, Esq.", ("Jane Roe III",)),
        ("Dr. Jane Roe", ("Dr. Jane Roe",)),
        ("Roe, Jane", ("Roe, Jane",)),
        ("Jane Roe, John Doe", ("Jane Roe", "John Doe")),
        ("AFP, Reuters", ("AFP", "Reuters")),
        ("Submitted on Mon, 2019-01-21 13:49", ()),
        ("Posted by", ()),
    ],
)
def test_degrees_and_labels_are_no_authors(text: str, found: tuple[str, ...]) -> None:
    assert authors.people(text) == found


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("Reporting by Jane Roe in London; Editing by John Doe", ("Jane Roe",)),
        (
            "Reporting by Jane Roe in London and Dan Lu in Old Mill, Editing by John Doe",
            ("Jane Roe", "Dan Lu"),
        ),
        ("By Jane Roe (with Dan Lu and Mo Tu)", ("Jane Roe", "Dan Lu", "Mo Tu")),
        ("Jane Roe, with Dan Lu and Mo Tu)", ("Jane Roe", "Dan Lu", "Mo Tu")),
        ("By Jane Roe. Additional reporting by Ann Poe", ("Jane Roe",)),
        ("Text: Jane Roe, Fotos: Ann Poe", ("Jane Roe",)),
        ("Medically reviewed by Ann Poe, MD", ()),
        ("Photographs by Ann Poe", ()),
        ("Submitted by Jane Roe on Mon, 2019-01-21", ("Jane Roe",)),
    ],
)
def test_who_edited_or_helped_did_not_write_it(byline: str, found: tuple[str, ...]) -> None:
    assert authors.people(byline, strict=True) == found


@pytest.mark.parametrize(
    "other",
    [
        "<section id=comments><div class=comment><span class=comment-author>Ann Poe</span> So it is.</div></section>",
        "<div class=related><h3>More</h3><div class=byline>By Ann Poe</div></div>",
    ],
)
def test_who_comments_or_wrote_another_story_is_no_author(other: str) -> None:
    assert page("", f"<h1>Harbour closes berth nine</h1><p>Text.</p>{other}").authors.value == ()


def test_a_place_is_no_author() -> None:
    body = "<h1>Harbour closes berth nine</h1><p class=byline>By Jane Roe, Mill Town</p><p>The ship lay in Mill Town."
    assert page("", body).authors.value == ("Jane Roe",)
    assert page("", body.replace("lay in Mill Town", "was sunk")).authors.value == ("Jane Roe", "Mill Town")
    assert page("", "<h1>Berth nine</h1><p class=byline>By Jane Roe, New Quay</p>").authors.value == (
        "Jane Roe",
    )


def test_an_author_that_is_pointed_to_is_looked_up() -> None:
    pointing = article('"author":[{"@id":"#/person/9"},{"@id":"#/person/8"},{"@id":"#/person/7"}]')
    people = (
        '<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#/person/9","name":"Jane Roe"},'
        '{"@type":"Person","@id":"#/person/8","name":"John Doe"},{"@type":"Organization","@id":"#org","name":"Post"}]}</script>'
    )
    assert page(pointing + people).authors.value == ("Jane Roe", "John Doe")
    assert page(article('"author":"#/person/9"') + people).authors.value == ("Jane Roe",)
    itself = article('"@id":"#a","author":{"@id":"#a"}')
    assert page(itself).authors.value == ()


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_names_come_from_the_text(text: str, strict: bool, inverted: bool) -> None:
    for name in authors.people(text, strict, inverted):
        assert 2 <= len(name) <= 61
        assert set(name) <= set(text) | {" "}


def test_a_person_comes_before_the_publication() -> None:
    head = '<meta property="og:site_name" content="Harbour Post">' + article(
        '"author":{"name":"Harbour Post"}'
    )
    assert page(head).authors.value == ("Harbour Post",)
    named = page(head, "<h1>Harbour closes berth nine</h1><p class=byline>By Jane Roe</p>")
    assert named.authors.value == ("Jane Roe",)
    assert [offer.value for offer in named.authors.others] == [("Harbour Post",)]


def test_an_organisation_that_wrote_it_is_named_when_no_person_is() -> None:
    assert page(article('"author":{"@type":"Organization","name":"Coast News Agency"}')).authors.value == (
        "Coast News Agency",
    )


def test_bylines_of_other_articles_are_not_this_ones() -> None:
    body = (
        "<h1>Harbour closes berth nine</h1><div class=byline>By <a rel=author>Jane Roe</a></div><p>Text.</p>"
        "<div class=card><span class=byline>By John Doe</span></div>"
    )
    found = page("", body).authors
    assert found.value == ("Jane Roe",)
    assert found.others == ()


@pytest.mark.parametrize(
    ("head", "body", "title", "how"),
    [
        (
            "<title>Harbour closes berth nine | Post</title>",
            None,
            "Harbour closes berth nine",
            "visible heading (h1)",
        ),
        ('<meta property="og:title" content="A berth is shut">', "<p>x", "A berth is shut", "og:title"),
        (
            "<title>Harbour closes berth nine to brokers</title>",
            "<h1>Post</h1><h1>Harbour closes berth nine to brokers</h1>",
            "Harbour closes berth nine to brokers",
            "visible heading (h1)",
        ),
        (
            article('"headline":"Harbour closes berth nine to brokers"'),
            "<h1>Shipping: Harbour closes berth nine to brokers</h1>",
            "Harbour closes berth nine to brokers",
            "JSON-LD headline",
        ),
        (
            article('"headline":"Three firms lose their berth &amp;amp; their ships"')
            + '<title>Harbour closes berth nine</title><meta property="og:title" content="Harbour closes berth nine">',
            None,
            "Three firms lose their berth & their ships",
            "JSON-LD headline",
        ),
        (
            article('"headline":"Why berth nine was closed"')
            + "<title>Why berth nine was closed</title>"
            + '<meta property="og:title" content="Harbour closes berth nine">'
            + '<meta name="twitter:title" content="Harbour closes berth nine">',
            None,
            "Harbour closes berth nine",
            "visible heading (h1)",
        ),
        ("<title>Berth nine shut</title>", "<h1>Cookies &amp; you</h1>", "Berth nine shut", "title element"),
        ("", "<p>x", "", ""),
    ],
)
def test_the_headline_is_chosen_by_who_repeats_it(head: str, body: str | None, title: str, how: str) -> None:
    found = page(head, body).title if body else page(head).title
    assert (found.value, found.how) == (title, how)


RAID = "Clerks search the harbour office"
AGREED = f'<title>{RAID}</title><meta property="og:title" content="{RAID}">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # the banner of the site
        (f'<title>Quay Journal: {RAID}</title><meta property="og:title" content="{RAID}">', f"<h1>Quay Journal</h1><h2>{RAID}</h2>"),
        (f'<title>{RAID} | Quay Journal</title><meta property="og:title" content="{RAID}">', f"<h1>Quay Journal</h1><h2>{RAID}</h2>"),
        (AGREED + article(f'"headline":"{RAID}"'), f"<h1><a href=/>Weekly of ports</a></h1><h2>{RAID}</h2>"),
        # what nobody sees, and what stands beside the article
        (AGREED, f"<h1 hidden>Clerks of the harbour search for news</h1><h2>{RAID}</h2>"),
        (AGREED, f"<h1 style='display:none'>Clerks of the harbour search for news</h1><h2>{RAID}</h2>"),
        (AGREED, f"<h1 class=visually-hidden>Clerks of the harbour search for news</h1><h2>{RAID}</h2>"),
        (AGREED, f"<h1 aria-hidden=true>Clerks of the harbour search for news</h1><h2>{RAID}</h2>"),
        (AGREED, f"<h2>{RAID}</h2><aside><h1>More clerks search the harbour</h1></aside>"),
        (AGREED, f"<nav><h1>Harbour office clerks</h1></nav><h2>{RAID}</h2>"),
        (AGREED, f"<h2>{RAID}</h2><footer><h1>The harbour office again</h1></footer>"),
        # sound: a heading in fewer words than the titles, or in others
        (f'<title>{RAID}: what is known</title><meta property="og:title" content="{RAID}: what is known">', f"<h1>{RAID}</h1>"),
        ('<title>Search at the harbour: clerks came at six</title><meta property="og:title" content="Search at the harbour: clerks came at six">',
         f"<h1>{RAID}</h1>"),
        (f'<title>Quay Journal | {RAID}</title><meta property="og:site_name" content="Quay Journal">', "<p>x"),
    ],
)  # fmt: skip
def test_a_banner_or_a_hidden_heading_is_not_the_headline(head: str, body: str) -> None:
    assert page(head, body).title.value == RAID


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2025-08-01T09:30:00-04:00", "2025-08-01"),
        ("2025-08-01", "2025-08-01"),
        ("20250801", "2025-08-01"),
        ("2025-08", "2025-08"),
        ("2025", "2025"),
        ("August 1, 2025 9:30 a.m. ET", "2025-08-01"),
        ("1 Aug 2025", "2025-08-01"),
        ("August 2025", "2025-08"),
        ("01.08.2025", "2025-08-01"),
        ("25/08/2025", "2025-08-25"),
        ("03/04/2025", "[2025-03-04,2025-04-03]"),
        ("Fri 03/04/2025 10:00", "[2025-03-04,2025-04-03]"),
        ("2025-02-30", None),
        ("yesterday", None),
        ("10:30", None),
        ("99999999999", None),
        ("", None),
    ],
)
def test_a_moment_is_read_no_finer_than_it_is_stated(text: str, edtf: str | None) -> None:
    stamp = dates.stated_date(text)
    assert (stamp and stamp.edtf) == edtf
    if stamp:
        assert stamp.printed == text
        parse_date(stamp.edtf)  # the tables can hold it


@given(st.text(max_size=60) | st.dates().map(str) | st.datetimes().map(lambda d: d.isoformat()))
def test_any_text_is_a_date_the_tables_hold_or_none(text: str) -> None:
    stamp = dates.stated_date(text)
    if stamp:
        parse_date(stamp.edtf)


def test_a_stated_month_is_not_overruled_by_a_day_in_the_text() -> None:
    found = page(
        '<meta name="date" content="August 2025">', "<h1>Rules</h1><p>The ship sank on 3 June 2019.</p>"
    ).date
    assert found.value == "2025-08"


def test_a_publication_is_named_as_it_is_cited_and_its_own_word_is_kept() -> None:
    found = extract_html(
        '<meta property="og:site_name" content="AP NEWS">', "https://apnews.com/article/x"
    ).publisher
    assert (found.value, found.how) == ("Associated Press", "the list of publishers by host")
    assert found.others[0].value == "AP NEWS"
    assert publisher_of("nytimes.com.evil.example") == ""
    assert publisher_of("notnytimes.com") == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://[::1", "", "ftp://a.example/"]
)
def test_an_address_that_is_none_is_not_canonical(address: str) -> None:
    assert page(f'<link rel="canonical" href="{address}">').canonical.value == ""


def test_json_ld_is_read_as_pages_write_it() -> None:
    broken = '<script type="application/ld+json">{"@type":"NewsArticle",</script>'
    wrapped = '<script type="application/ld+json"><!--\n{"@graph":[{"@type":["Thing","NewsArticle"],"datePublished":"2025-08-01","author":["Jane Roe"],}]}\n--></script>'
    found = page(broken + wrapped)
    assert found.date.value == "2025-08-01"
    assert found.authors.value == ("Jane Roe",)


def test_of_several_articles_described_the_pages_own_is_read() -> None:
    other = article('"headline":"Elsewhere","url":"https://post.example/b","datePublished":"2024-01-05"')
    own = article(
        '"headline":"Harbour closes berth nine","url":"https://post.example/a","datePublished":"2025-07-29"'
    )
    assert page(other + own).date.value == "2025-07-29"
