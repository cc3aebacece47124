"""Which reading the others confirm, what is furniture, and what is trimmed off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.extract.boilerplate import clear, trim
from kit.sources.extract.extractors import medoid, overlap, shingles
from kit.sources.extract.reading.html_tree import parse
from kit.sources.extract.reading.visible import seen

LONG = "<p>A long paragraph that is the article itself, and which nobody should take away from it.</p>" * 6
WORDS = st.lists(st.sampled_from("abcdefg"), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_overlap_is_symmetric_and_one_for_the_same_text(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert overlap(a, a) == 1.0
    assert overlap(a, b) == overlap(b, a)
    assert 0 <= overlap(a, b) <= 1


@given(st.dictionaries(st.sampled_from("wxyz"), WORDS, min_size=1))
def test_the_medoid_is_one_of_the_readings_unchanged(readings: dict[str, str]) -> None:
    name, score = medoid(readings)
    assert name in readings
    assert score == -1.0 or 0 <= score <= 1


def test_no_reading_is_no_text() -> None:
    with pytest.raises(ValueError, match="no readings"):
        medoid({})


def test_an_outvoted_reading_does_not_win_by_being_long() -> None:
    cookies = "We and our partners store cookies on this machine to measure how it is used. " * 40
    story = "The harbour closed berth nine on Tuesday, two hours after a letter to three firms."
    assert medoid({"a": cookies, "b": story, "c": story + " They will go to court."})[0] == "b"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Home</nav>",
        "<figcaption>A ship</figcaption>",
        '<div class="newsletter-signup"><p>Get our letter</p></div>',
        '<div class="relatedArticles"><p>Other news</p></div>',
        '<div data-testid="share-tools">Share</div>',
        '<p class="imageCaption">A ship in the harbour</p>',
        '<div class="d-none">Reviewed by nobody</div>',
        "<ul><li>Topic: <a href=/a>what the river port can take</a></li><li><a href=/b>a short history</a></li></ul>",
        "<p><a href=/b>A short history of berth nine</a></p>",
    ],
)
def test_furniture_goes_and_the_article_stays(furniture: str) -> None:
    tree = parse(f"<body><h1>Title</h1>{LONG}{furniture}</body>")
    before = seen(parse(f"<body><h1>Title</h1>{LONG}</body>")).text
    assert seen(clear(tree)).text == before


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div class="social-share-wrapper"><h1>Title</h1>{}</div>',
        '<div class="gallery" itemprop="articleBody">{}</div>',
        '<div class="paragraph-comments">{}</div>',
        "<form>{}</form>",
    ],
)
def test_what_holds_the_article_stays_whatever_it_is_called(wrapper: str) -> None:
    assert "the article itself" in seen(clear(parse(wrapper.format(LONG)))).text


def test_a_list_with_links_in_its_sentences_is_part_of_the_article() -> None:
    body = (
        "<ul><li>The <a href=/l>letter</a> was sent two hours before the berth was closed to them.</li></ul>"
    )
    assert "letter was sent" in seen(clear(parse(f"<body>{LONG}{body}</body>"))).text


STORY = "The berth was closed on Tuesday, and nobody knows for how long it will be."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Harbour closes berth nine\n", ""),
        ("Shipping Harbour closes berth nine to all\nBy Jane Roe\n1 August 2025\n", ""),
        ("", "\nAdvertisement"),
        ("", "\nRead more: What the river port can take"),
        ("", "\nJane Roe is a reporter at the Post. Follow her there."),
        ("", "\n© 2025 Harbour Post. All rights reserved."),
        ("", "\nSign up for our newsletter to read more of this."),
        ("", "\nLesen Sie auch: Was der Umbau der Schleuse kostet"),
        ("", "\n___"),
    ],
)
def test_lines_around_the_article_go(before: str, after: str) -> None:
    titles = ("Harbour closes berth nine", "Harbour closes berth nine to all")
    assert trim(f"{before}{STORY}\n{STORY}{after}", titles, ("Jane Roe",)) == f"{STORY}\n{STORY}"


def test_a_newsletter_in_a_sentence_of_the_story_stays() -> None:
    told = f"{STORY} The newsletter of the port, which all three firms read, had said so a week before it was done, and gave reasons."
    assert trim(f"{told}\n{STORY}", (), ()) == f"{told}\n{STORY}"


@given(st.text(), st.text())
def test_trimming_only_takes_lines_away(text: str, title: str) -> None:
    kept = trim(text, (title,), ())
    lines = iter(line.rstrip() for line in text.split("\n"))
    assert all(line in lines for line in kept.split("\n") if line)
