"""Citations: every style, every kind of date, nothing lost, nothing run."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import KitError
from kit.evidence.citation import cite
from kit.sources.bibliography.csl import csl_date, csl_items
from kit.sources.bibliography.formatting import bibliography, formatted, read_style, style_names
from kit.sources.bibliography.rows import edtf
from kit.sources.bibliography.text_fragment import passage_link, text_fragment
from kit.text.edtf import parse_date
from kit.text.pandoc import stringify

RAID = "harbour-post-2021-03-02-raid"


def item(**more):
    return {"id": "a", "type": "article-newspaper", "title": "Raid", "container-title": "Harbour Post"} | more


def cited(style="chicago-notes", **more):
    return stringify(formatted([item(**more)], style)["a"])


@pytest.fixture
def case(case_folder):
    return kit.open(case_folder)


@pytest.mark.parametrize("style", style_names())
def test_each_bundled_style_names_author_title_publisher_year_and_address(case, style):
    text = stringify(formatted(case.sources, style)[RAID])
    for part in (
        "Roe",
        "Doe",
        "harbour office",
        "Harbour Post",
        "2021",
        "https://harbourpost.example/2021/03/02/raid",
    ):
        assert part.casefold() in text.casefold(), (style, part)


@pytest.mark.parametrize("style", style_names())
def test_a_bibliography_loses_no_source_of_any_type(style):
    from kit.tables.schema import TABLES

    types = next(column.words for column in TABLES["sources"].columns if column.name == "type")
    rows = [item(id=kind, type=kind, title=f"On {kind}") for kind in types]
    entries = bibliography(rows, style)
    assert sorted(entry["c"][0][0] for entry in entries) == sorted(f"ref-{kind}" for kind in types)
    assert all(stringify([n for block in entry["c"][1] for n in block["c"]]).strip() for entry in entries)
    assert all(stringify(inlines).strip() for inlines in formatted(rows, style).values())


@pytest.mark.parametrize(
    ("issued", "printed"),
    [
        ("2021-03-02", "March 2, 2021"),
        ("2021-03", "March 2021"),
        ("2021", "2021"),
        ("2021-23", "Autumn 2021"),
        ("2021-03?", "[March 2021?]"),
        ("2021~", "[2021?]"),
        ("[2021-03-02..2021-03-05]", "[March 2021?]"),
        ("2021-03-30/2021-04-02", "March 30–April 2, 2021"),
        ("199X", "[1990–1999?]"),
        ("2021-XX", "2021"),
    ],
)
def test_a_date_is_printed_with_its_doubt_and_never_more_exact(issued, printed):
    assert f", {printed}." in cited(issued=csl_date(issued))


def test_an_unknown_date_is_printed_as_none(case):
    sources = case.sources.assign(issued="unknown")
    assert "issued" not in csl_items(sources)[0]
    assert "n.d." in stringify(formatted(sources)[RAID])


dates = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
    st.integers(1000, 2999).map(str),
    st.tuples(st.integers(1000, 2999), st.sampled_from(["21", "22", "23", "24"])).map(
        lambda t: f"{t[0]}-{t[1]}"
    ),
)


@settings(deadline=None)
@given(dates, st.sampled_from(["", "~"]))
def test_a_plain_date_comes_back_from_csl(text, mark):
    if re.search(r"-2[1-4]$", text):
        mark = ""  # a season cannot be doubted in EDTF level 1
    assert edtf(csl_date(text + mark)) == text + mark


@settings(deadline=None)
@given(dates, dates)
def test_a_csl_date_is_never_more_exact_than_the_table(first, second):
    first, second = sorted((first, second), key=lambda text: parse_date(text).earliest)
    span = parse_date(f"[{first},{second}]") if first != second else parse_date(first)
    back = parse_date(edtf(csl_date(span.text)))
    assert back.earliest <= span.earliest
    assert back.latest >= min(span.latest, parse_date(second).latest)


def test_a_description_stands_without_quotation_marks_and_keeps_its_letters():
    assert cited(title="[Report on the raid]").startswith("[Report on the raid], Harbour Post")
    assert "“" not in cited("mla", title="[Report on the raid]")


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Class of '68 and the '90s", "Class of ’68 and the ’90s"),
        ("The ’90s at 5′ 10″, ʻokina", "The ’90s at 5′ 10″, ʻokina"),
        ("5' 10\" of quay, 6'2\" men", "5' 10\" of quay, 6'2\" men"),
        ("47° 30' 12\" N", "47° 30' 12\" N"),
        ("'Tis rock 'n' roll, 'twas", "’Tis rock ’n’ roll, ’twas"),
        ("The boys' and James' boats", "The boys’ and James’ boats"),
        ("L'affaire d'aujourd'hui", "L’affaire d’aujourd’hui"),
        ("'s-Hertogenbosch, 't Hooft", "’s-Hertogenbosch, ’t Hooft"),
        ("Guns N' roses fishin'", "Guns N’ roses fishin’"),
        ("'Stop' and 'go' signs", "“Stop” and “go” signs"),
        ("'The boys' boats' sail", "“The boys’ boats” sail"),
        ("The 'class of 1990' meets", "The “class of 1990” meets"),
        ('The "12"" single, "again" played', 'The “12"” single, “again” played'),
        ('"Size 9" shoes', "“Size 9” shoes"),
    ],
)
def test_only_quotation_marks_are_taken_for_such(title, printed):
    assert cited("apa", title=title, language="en").partition(printed)[1] == printed


def test_names_keep_their_letters():
    assert cited(type="legal_case", title="Boxes, Inc. v. Quay").startswith("Boxes, Inc. v. Quay")
    assert "“Raid,” boxes.example, 2021" in cited(
        **{"container-title": "boxes.example", "issued": csl_date("2021")}
    )
    assert "Port vs. Brokers" in cited(title="Port vs. brokers", language="en")


def test_a_web_page_of_uncertain_day_keeps_its_comma():
    assert "“Raid,” Harbour Post, [2021?]" in cited(type="webpage", issued=csl_date("2021?"))


def test_a_title_in_another_language_is_left_as_it_is():
    assert "“Une descente de police" in cited(title="Une descente de police", language="fr")


def test_one_call_serves_citations_and_bibliography(case, monkeypatch):
    from kit.sources.bibliography import formatting as module

    calls = []
    real = module.run_pandoc
    monkeypatch.setattr(module, "run_pandoc", lambda *a: calls.append(a) or real(*a))
    module._citeproc.cache_clear()
    formatted(case.sources)
    bibliography(case.sources)
    assert len(calls) == 1


HOSTILE = (
    '<script>alert(1)</script>',
    '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "<i onclick=alert(1)>x</i>",
    '<span class="nocase" onclick="alert(1)">x</span>',
    "`<script>`{=html}",
    "]]><!--",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("style", ["chicago-notes", "apa"])
def test_nothing_in_any_field_runs_when_a_citation_is_shown(case_folder, text, style):
    case = kit.open(case_folder)
    sources = case.table("sources").assign(title=text, publisher=text, authors=[(text,)] * 2, language=text)
    case.__dict__["_tables"]["sources"] = sources
    for identity in (RAID, "2021-03-01-raid-harbour"):
        shown = cite(case, identity, style)
        tags = re.findall(r"<[^>]*>", shown._repr_html_())
        assert all(
            re.fullmatch(r'</?(p|ul|li|em|strong|span)( class="[\w -]*")?>|</a>|<a[^>]*>', tag)
            for tag in tags
        ), tags
        for address in re.findall(r'href="([^"]*)"', shown._repr_html_()):
            assert address.startswith("https://harbourpost.example/")
        markdown = shown._repr_markdown_()
        assert not re.search(r"(?<!\\)<(?!https?://)", markdown)
        assert not re.search(r"(?<!\\)\]\((?!https://harbourpost)", markdown)


def test_an_address_that_is_no_web_address_is_not_passed_on(case):
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "http:"):
        items = csl_items(case.sources.assign(url=address))
        assert "URL" not in items[0], address


def test_a_source_shows_itself_in_three_ways(case):
    shown = cite(case, RAID)
    assert repr(shown).startswith(
        "Jane Roe and John Doe, “Police Raid the Harbour Office,” Harbour Post, March 2, 2021"
    )
    assert "<em>Harbour Post</em>" in shown._repr_html_()
    assert "*Harbour Post*" in shown._repr_markdown_()


def test_a_fact_shows_its_evidence_with_a_link_to_the_passage(case):
    text = cite(case, "2021-03-01-raid-harbour")._repr_html_()
    assert "“Police searched the … on Monday morning”" in text
    assert "raid#:~:text=Police%20searched%20the,on%20Monday%20morning" in text


def test_a_source_that_was_not_read_is_said_not_to_be(case_folder, edit):
    edit("sources", lambda raw: raw.replace(b"original-reporting,,full", b"original-reporting,,relay"))
    assert "read only through a page that repeats it" in repr(
        cite(kit.open(case_folder), "2021-03-01-raid-harbour")
    )


def test_an_archived_copy_is_linked_at_the_passage(case_folder, edit):
    edit("sources", lambda raw: raw.replace(b",full,,", b",full,https://archive.example/1/raid,"))
    shown = cite(kit.open(case_folder), "harbour-2021-boxes")._repr_html_()
    assert "https://archive.example/1/raid#:~:text=officers%20carried%2038,boxes%20away" in shown


def test_a_claim_without_evidence_says_so(case):
    assert repr(cite(case, "digest-c01")) == "No source is recorded for this."


def test_an_unknown_id_names_the_nearest(case):
    with pytest.raises(KitError, match=f"'{RAID}x' is no source and no fact; did you mean '{RAID}'"):
        cite(case, f"{RAID}x")


def test_the_style_of_the_case_is_used_and_a_file_is_found_beside_it(case_folder, project):
    settings = case_folder / "data/case.toml"
    (case_folder / "house.csl").write_bytes(
        (project / "kit/sources/bibliography/styles/apa.csl").read_bytes()
    )
    settings.write_text(settings.read_text() + 'citation_style = "house.csl"\n')
    assert repr(cite(kit.open(case_folder), RAID)).startswith("Roe, J., & Doe, J. (2021, March 2).")


BROKEN = {
    "cut.csl": ("<style xmlns='http://purl.org/net/xbiblio/csl'", "is no XML that can be read"),
    "page.csl": ("<html/>", "is not a CSL 1.0 style"),
    "dependent.csl": (
        "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'><info>"
        "<link rel='independent-parent' href='http://parent.example/x'/></info></style>",
        "only points to http://parent.example/x",
    ),
    "empty.csl": ("<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'/>", "has no <citation>"),
    "bomb.csl": (
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"
        "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'>&c;</style>",
        "has no <citation>",
    ),
    "large.csl": ("x" * 4_000_001, "is over 4,000,000 bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_style_is_named_with_what_is_wrong(tmp_path, name):
    text, wrong = BROKEN[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(KitError, match=re.escape(wrong)):
        read_style(name, tmp_path)


def test_a_style_that_cannot_be_used_is_named_when_it_is(tmp_path):
    (tmp_path / "house.csl").write_text(
        "<style xmlns='http://purl.org/net/xbiblio/csl' class='note' version='1.0'><citation/></style>"
    )
    with pytest.raises(
        KitError, match=r"citation style 'house': is broken \(.*No layout element.*\); get the style"
    ):
        formatted([item()], read_style("house.csl", tmp_path))


def test_a_style_may_be_written_in_other_letters_than_utf_8(tmp_path, project):
    text = (project / "kit/sources/bibliography/styles/apa.csl").read_text()
    text = text.replace('encoding="utf-8"', 'encoding="iso-8859-1"', 1).replace("<title>", "<title>é ", 1)
    (tmp_path / "house.csl").write_bytes(text.encode("latin-1", "xmlcharrefreplace"))
    assert formatted([item()], read_style("house.csl", tmp_path)) == formatted([item()], "apa")


def test_a_missing_style_is_named_with_what_there_is(tmp_path):
    with pytest.raises(KitError, match=r"'chicago-note' is not bundled; did you mean 'chicago-notes'"):
        read_style("chicago-note")
    with pytest.raises(KitError, match="cannot be read"):
        read_style("none.csl", tmp_path)


def test_a_style_without_bibliography_says_so(tmp_path, project):
    text = (project / "kit/sources/bibliography/styles/news.csl").read_text()
    (tmp_path / "x.csl").write_text(re.sub(r"<bibliography>.*</bibliography>", "", text, flags=re.DOTALL))
    style = read_style("x.csl", tmp_path)
    assert stringify(formatted([item()], style)["a"]) == "“Raid,” Harbour Post, undated."
    with pytest.raises(KitError, match="has no bibliography"):
        bibliography([item()], style)


def test_every_bundled_style_names_its_licence(project):
    notice = (project / "kit/sources/bibliography/styles/NOTICE").read_text()
    for name in style_names():
        assert f"{name}.csl" in notice
        assert "<rights" in (project / f"kit/sources/bibliography/styles/{name}.csl").read_text()


words = st.text(min_size=1).filter(str.strip)


@given(words, st.text(), st.text(), st.text())
def test_a_text_fragment_says_its_four_parts_whatever_they_hold(start, end, prefix, suffix):
    fragment = text_fragment(start, end, prefix, suffix)
    assert re.fullmatch(r"text=[A-Za-z0-9_.~%,-]+", fragment)
    parts = fragment.removeprefix("text=").split(",")
    before = [part for part in parts if part.endswith("-")]
    after = [part for part in parts if part.startswith("-")]
    middle = [part for part in parts if not part.startswith("-") and not part.endswith("-")]
    said = [unquote(part.strip("-")) for part in (*before, *middle, *after)]
    assert said == [" ".join(text.split()) for text in (prefix, start, end, suffix) if text.split()]
    assert all("-" not in part.strip("-") for part in parts)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://p.example/a", "https://p.example/a#:~:text=x"),
        ("https://p.example/a#", "https://p.example/a#:~:text=x"),
        ("https://p.example/a#top", "https://p.example/a#top:~:text=x"),
        ("https://p.example/a#:~:text=old,one", "https://p.example/a#:~:text=x"),
        ("https://p.example/a#top:~:text=old&text=two", "https://p.example/a#top:~:text=x"),
        ("https://p.example/a?q=1,2-3&b", "https://p.example/a?q=1,2-3&b#:~:text=x"),
    ],
)
def test_a_passage_link_never_doubles_a_fragment(url, link):
    assert passage_link(url, "text=x") == link
    assert passage_link(link, "text=x") == link


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "p.example/a", ""]
)
def test_a_passage_link_is_made_for_web_addresses_only(url):
    with pytest.raises(ValueError, match="no web address"):
        passage_link(url, "text=x")


def test_a_fragment_without_words_is_refused():
    with pytest.raises(ValueError, match="first words"):
        text_fragment("  ", "end")


def test_the_project_s_own_sources_all_have_a_citation(project):
    sources = kit.open(project).sources
    citations = formatted(sources)
    assert list(citations) == sources.index.tolist()
    texts = pd.Series({key: stringify(inlines) for key, inlines in citations.items()})
    assert texts.str.endswith((".", "?", "!")).all()
    bad = texts[texts.str.contains(r"[^,.?!]” |,,|[^.]\.\.$", regex=True)]
    assert bad.empty, bad.to_list()


def test_the_page_about_citing_runs_as_written(project, case_folder, monkeypatch):
    monkeypatch.chdir(case_folder)
    page = (project / "docs/keep-and-cite.md").read_text().partition("## Cite a source")[2]
    blocks = re.findall(r"^```python\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/keep-and-cite.md", "exec"), names)
    assert len(blocks) >= 6
