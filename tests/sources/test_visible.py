"""What a page's text is made of: blocks, rows, parts beside the article, and words that nobody sees."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.extract.reading.html_tree import parse
from kit.sources.extract.reading.visible import seen


def test_blocks_lines_and_cells_are_kept_apart() -> None:
    page = seen(parse(
        "<h1>Fees</h1><p>One<br>line<br><br>and another</p><ul><li>a<li>b</ul><table><tr><th>Quay<th>2021"
        "<tr><td>North<td><p>1,400</p></table>"
    ))  # fmt: skip
    assert page.text == "Fees\n\nOne\nline\n\nand another\n\na\n\nb\n\nQuay \t2021\n\nNorth \t1,400"
    assert [(part.label, page.text[part.start : part.end]) for part in page.structure] == [
        ("item", "a"), ("item", "b"), ("table", "Quay \t2021\n\nNorth \t1,400"), ("head", "Quay"), ("head", "2021"),
    ]  # fmt: skip


def test_the_rows_of_a_pages_layout_are_no_rows() -> None:
    page = seen(parse("<table><tr><td><p>One.<p>Two.<td>Menu<tr><td>Foot<td>1</table>"))
    assert page.text == "One.\n\nTwo.\n\nMenu\n\nFoot \t1"
    nested = seen(parse("<table><tr><td><table><tr><td>in<td>2</table><td>out</table>"))
    assert nested.text == "in \t2\n\nout"


@pytest.mark.parametrize(("html", "text"), [
    ("10<sup>6</sup> tonnes", "10⁶ tonnes"), ("10<sup>−3</sup> m", "10⁻³ m"), ("the 19<sup>th</sup> century", "the 19th century"),
    ("The court<sup><a href='#n2'>2</a></sup> disagreed", "The court disagreed"),
    ("The court<a href='#n'><sup>2</sup></a> disagreed", "The court disagreed"),
    ("in 2019<sup class=reference>[3]</sup> it", "in 2019 it"), ("the court<sup>2,3</sup> and", "the court and"),
    ("the court<a class=footnote-ref href='#fn1'>1</a> and", "the court and"), ("H<sub>2</sub>O", "H2O"),
    ("see <a href='#s2'>2</a> below", "see 2 below"), ("5 m<sup>2</sup> of it", "5 m² of it"),
    ("10<span style='vertical-align: super'>6</span>", "10⁶"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢字"),
    ("<svg><title>x</title><text>Bar <tspan>one</tspan></text><text>two</text></svg>", "Bar one\n\ntwo"),
])  # fmt: skip
def test_what_is_raised_or_stands_above(html: str, text: str) -> None:
    assert seen(parse(f"<p>{html}</p>")).text == text


_STYLE = (
    ".off{display:none} .off.on{display:block} @media print{.paper{display:none}} @media screen{.ink{display:none}}"
    " @media (max-width:600px){.phone{display:none}} .pale{color:#fff} .left{position:absolute;left:-9999px}"
    " .tiny{font-size:0} .fades{opacity:0;transition:opacity 1s} .clear{opacity:0} .line{text-decoration:line-through}"
    " .clip{position:absolute;clip:rect(0 0 0 0)} .over{display:block!important} p.off:hover{display:block}"
    " .drawer{max-height:0;overflow:hidden;transition:max-height 1s} .shut{height:0;overflow:hidden} .x::before{display:none}"
)


@pytest.mark.parametrize(("mark", "kind"), [
    ("class=off", "hidden"), ("class='off on'", ""), ("class=paper", ""), ("class=ink", "hidden"), ("class=phone", ""),
    ("class=pale", "hidden"), ("class=pale style='background: navy'", ""), ("class=left", "hidden"), ("class=tiny", "hidden"),
    ("class=fades", ""), ("class=clear", "hidden"), ("class=line", "deleted"), ("class=clip", "hidden"),
    ("class='off over'", ""), ("class=drawer", ""), ("class=shut", "hidden"), ("class=x", ""),
    ("hidden", "hidden"), ("hidden=until-found", ""), ("aria-hidden=true", ""), ("class=sr-only", "hidden"),
    ("class=print-only", "hidden"), ("class='hidden md:block'", ""), ("class=overflow-hidden", ""),
    ("style='display:none'", "hidden"), ("style='visibility: hidden'", "hidden"), ("style='color: #fefefe'", "hidden"),
    ("style='color: #777'", ""), ("style='background:#eee;color:#eee'", "hidden"), ("style='text-indent:-9999px'", "hidden"),
    ("style='font-size: 1px'", "hidden"), ("style='font-size: .8em'", ""), ("style='text-indent:2em'", ""),
    ("style='transform: translateX(-200vw)'", "hidden"), ("style='position:absolute; left: 10px'", ""),
    ("style='color: transparent; background-clip: text'", ""), ("style='color: transparent'", "hidden"),
])  # fmt: skip
def test_words_that_a_page_hides_are_kept_apart(mark: str, kind: str) -> None:
    page = seen(parse(f"<style>{_STYLE}</style><p>Before.</p><p {mark}>They voted.</p><p>After.</p>"))
    assert page.text == ("Before.\n\nAfter." if kind else "Before.\n\nThey voted.\n\nAfter.")
    assert page.unseen == (((kind, "They voted."),) if kind else ())


@pytest.mark.parametrize(("sheet", "hides"), [
    ("/* } */ .off{display:none}", True), ("/*.off{display:none}*/", False), ("/* .off{display:none}", False),
    (".on::before{content:'}{'} .off{display:none}", True), (".on{color:red} .gone{display:none} .off{display:none}", True),
    ("p:not(.gone){display:none}", True), ("p:not(.gone):is(.lost,.off){display:none}", True), (".gone .off{display:none}", False),
    ("@charset 'x';@import 'y.css';.off{display:none}", True), ("@media screen{.gone{color:red}.off{display:none}}", True),
    ("@media screen{.gone{color:red}} .off{display:none}", True), ("[class='.gone']{display:none}", False),
    ("p[class$='ff']{display:none}", True), (r".o\66 f{display:none}", True), (".off{display:none} .off{color:red}", True),
    (".gone,.off{display:none}", True), ("#one{display:none}", True), ("#two{display:none}", False),
])  # fmt: skip
def test_a_sheet_is_read_as_far_as_it_can_hide(sheet: str, hides: bool) -> None:
    page = seen(parse(f"<style>{sheet}</style><p id=one class=off>They voted.</p>"))
    assert page.text == ("" if hides else "They voted.")


@pytest.mark.parametrize(
    "part", ["a{", "a:not(", ".a,", "[", "/*", "/*/", '"', ";", "a{color:red}", "'{", ":not((x"]
)
def test_a_hostile_sheet_takes_no_time(part: str) -> None:
    began = time.process_time()
    seen(parse(f"<style>{part * 8_000}</style><p>They voted."))
    seen(parse(f"<style>{part * 8_000}{{color:red}}</style><p>They voted."))
    assert time.process_time() - began < 8


def test_a_colour_is_judged_only_where_the_ground_is_known() -> None:
    pale = "<p style='color: white'>They voted.</p>"
    assert seen(parse(f"<link rel=stylesheet href=a.css>{pale}")).unseen == ()
    assert seen(parse(f"<div style='background: url(x.png)'>{pale}</div>")).unseen == ()
    assert seen(parse(f"<body style='background: #000'>{pale}")).text == "They voted."
    dark = "<style>body{background:#000;color:#fff}</style>"
    assert seen(parse(f"{dark}<p style='color: black'>They voted.</p>")).text == ""
    assert (
        seen(parse(f"<link rel=stylesheet href=a.css>{dark}<p style='color: black'>They voted.</p>")).unseen
        == ()
    )


@pytest.mark.parametrize(("html", "text", "unseen"), [
    ("<div style='color:#fff'>Gone<p style='color:#000'>They voted.</p></div>", "They voted.", ("Gone",)),
    ("<div style='background:#000'><p style='color:#fff'>They voted.</p><p>Gone</p></div>", "They voted.", ("Gone",)),
    ("<ul style='font-size:0'><li style='font-size:16px'>They voted.</ul>", "They voted.", ()),
    ("<div style='color:transparent'><b>Gone</b> too</div><p>They voted.", "They voted.", ("Gone too",)),
    ("<div style='height:auto;overflow:hidden'>They voted.</div>", "They voted.", ()),
    ("<div style='width:calc(100% - 1px);overflow:hidden'>They voted.</div>", "They voted.", ()),
    ("<div style='opacity:var(--x)'>They voted.</div>", "They voted.", ()),
])  # fmt: skip
def test_what_has_a_colour_or_a_size_of_its_own_within_is_read(
    html: str, text: str, unseen: tuple[str, ...]
) -> None:
    page = seen(parse(html))
    assert (page.text, tuple(words for _, words in page.unseen)) == (text, unseen)


@pytest.mark.parametrize(("html", "text", "unseen"), [
    ("<p>The fee is <del>10</del> 12 euros.", "The fee is 12 euros.", (("deleted", "The fee is 10 12 euros."), ("deleted", "10"))),
    ("<template><p>They voted.</template>", "", (("hidden", "They voted."),)),
    ("<noscript>They voted.</noscript>", "", (("hidden", "They voted."),)),
    ("<div><template shadowrootmode=open>They voted.</template></div>", "They voted.", ()),
    ("<details><summary>More</summary>They voted.</details>", "More\n\nThey voted.", ()),
    ("<dialog>They voted.</dialog>", "", (("hidden", "They voted."),)), ("<dialog open>They voted.</dialog>", "They voted.", ()),
])  # fmt: skip
def test_what_is_struck_or_waits(html: str, text: str, unseen: tuple[tuple[str, str], ...]) -> None:
    page = seen(parse(html))
    assert (page.text, page.unseen) == (text, unseen)


@pytest.mark.parametrize(("before", "after", "kind"), [
    ("<section id=comments>", "</section>", "comments"), ("<div class='comment-body'>", "</div>", "comments"),
    ("<article class=comment>", "</article>", "comments"), ("<div class=leserkommentare>", "</div>", "comments"),
    ("<div itemscope itemtype='https://schema.org/Comment'>", "</div>", "comments"),
    ("<h3>Comments (3)</h3><div>", "</div>", "comments"), ("<h2>Comments on the plan</h2><div>", "</div>", ""),
    ("<div class=has-comments>", "</div>", ""), ("<div class=no-comments>", "</div>", ""),
    ("<nav>", "</nav>", "menu"), ("<div role=navigation>", "</div>", "menu"), ("<ul class=site-menu><li>", "</ul>", "menu"),
    ("<div class=related-posts>", "</div>", "related"), ("<div class=relatedArticles>", "</div>", "related"),
    ("<h2>Read more</h2><div>", "</div>", "related"), ("<h3>Mehr zum Thema</h3><div>", "</div>", "related"),
    ("<section id=related-party-transactions>", "</section>", ""), ("<footer>", "</footer>", "footer"),
    ("<article><footer>", "</footer></article>", ""), ("<div class=site-footer>", "</div>", "footer"),
    ("<div class=table-footer>", "</div>", ""), ("<aside>", "</aside>", "aside"), ("<div class=sidebar>", "</div>", "aside"),
    ("<div class=content-sidebar-wrap><h1>T</h1>", "</div>", ""), ("<blockquote>", "</blockquote>", "quotation"),
    ("<div class=ad-slot>", "</div>", "advertisement"), ("<div class=newsletter-box>", "</div>", "advertisement"),
    ("<div class=address>", "</div>", ""), ("<figure><figcaption>", "</figcaption></figure>", ""), ("<q>", "</q>", ""),
])  # fmt: skip
def test_what_stands_beside_the_article_is_named(before: str, after: str, kind: str) -> None:
    page = seen(parse(f"<main><p>The story.</p></main>{before}<p>They voted.</p>{after}<h2>Next</h2>"))
    at = page.text.find("They voted.")
    labels = {part.label for part in page.structure if part.start <= at and at + 11 <= part.end} - {"item"}
    assert labels == ({kind} if kind else set())


@given(st.recursive(
    st.sampled_from(["a", "b c", " ", "<br>", "<sup>2</sup>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "td", "tr", "table", "del", "span hidden", "aside", "li", "h2"]), st.lists(inner, max_size=3),
    ), max_leaves=12,
))  # fmt: skip
def test_every_part_is_a_stretch_of_the_text(html: str) -> None:
    page = seen(parse(html))
    assert page.text == page.text.strip()
    assert "\n\n\n" not in page.text
    for part in page.structure:
        assert 0 <= part.start <= part.end <= len(page.text)
        assert page.text[part.start : part.end].strip() == page.text[part.start : part.end]
