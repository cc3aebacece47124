"""BibTeX of other programs: letters, maths, names, days and addresses as they print, and one bad entry stops no other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import KitError
from kit.sources.bibliography.bibtex import read_bibtex, write_bibtex
from kit.sources.bibliography.days import read_day
from kit.sources.bibliography.entries import read_entries
from kit.sources.bibliography.exchange import import_sources
from kit.sources.bibliography.rows import item_row
from kit.sources.bibliography.tex import tex_address, tex_text


@pytest.mark.parametrize(
    ("tex", "printed"),
    [
        (r"{\DJ}or{\dj}evi{\'c} and {\L}ukasz", "Đorđević and Łukasz"),
        (r"\'Avila, Mar{\'\i}a, Mar\'{\i}a, Mar\'\i a, na{\"\i}ve", "Ávila, María, María, María, naïve"),
        (r"{\v Z}i\v{z}ek, Dvo\v r\'ak, \c{S}enol, {\H o}, \k{a}, \r{u}", "Žižek, Dvořák, Şenol, ő, ą, ů"),
        (r"{\textcommabelow S}tefan, \textcommabelow{t}ara", "Ștefan, țara"),
        (r"{\AA}rhus, {\O}re, Stra{\ss}e, {\ae}, {\oe}, {\TH}, {\NG}", "Århus, Øre, Straße, æ, œ, Þ, Ŋ"),
        (r"$\alpha$-rays, CO$_2$, 10$^{-6}$, 25$^\circ$C, $x \leq y$", "α-rays, CO₂, 10⁻⁶, 25°C, x ≤ y"),
        (r"\ensuremath{\beta} and H\textsubscript{2}O", "β and H₂O"),
        (r"1990--95---a history{\textendash}and\textemdash more", "1990–95—a history–and—more"),
        (
            r"``Quay'' and \enquote{Pier}, {\textquotedblleft}Dock{\textquotedblright}",
            "“Quay” and “Pier”, “Dock”",
        ),
        (r"Fish \& Co, 50\% off, item\_4, \#1, \$5", "Fish & Co, 50% off, item_4, #1, $5"),
        ("Fish & Co, 50% off, $5 million and $6 million", "Fish & Co, 50% off, $5 million and $6 million"),
        (r"\emph{On} {\it the} \textbf{quay}", "On the quay"),
        (r"The {NATO} port of {New Quay}", "The NATO port of New Quay"),
        ("O'Brien's '90s port", "O'Brien's '90s port"),
        (r"\unknown{held} and \strange", r"held and \strange"),
        (r"{\pounds}5, \texteuro 6, {\textcelsius}, {\textnumero} 4, \textdegree", "£5, €6, ℃, № 4, °"),
        (r"M\"uller~\& S\"ohne", "Müller & Söhne"),
        (r"\href{https://quay.example/}{Quay}", "Quay (https://quay.example/)"),
    ],
)
def test_a_field_says_what_it_prints(tex, printed):
    assert tex_text(tex) == printed


@pytest.mark.parametrize(
    ("tex", "address"),
    [
        (r"\url{https://quay.example/five_a\%20b}", "https://quay.example/five_a%20b"),
        (r"https://quay.example/six\_a?x=1\&y=2\#z", "https://quay.example/six_a?x=1&y=2#z"),
        (r"https://quay.example/\~{}roe/{\textasciitilde}x", "https://quay.example/~roe/~x"),
        ("https://quay.example/a--b_c%20d?e=f", "https://quay.example/a--b_c%20d?e=f"),
        (r"10.1000/a{\_}b", "10.1000/a_b"),
    ],
)
def test_an_address_keeps_every_sign(tex, address):
    assert tex_address(tex) == address


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Roe, Jane and John Doe", "Roe, Jane; Doe, John"),
        ("Ludwig van Beethoven and de la Cruz, Ana", "van Beethoven, Ludwig; de la Cruz, Ana"),
        ("{Harbour and Port Authority} and Roe, Jane", "Harbour and Port Authority; Roe, Jane"),
        ("King, Jr., Martin", "King, Martin, Jr."),
        ("Roe, Jane AND others", "Roe, Jane; others"),
        ("family=Berg, given=Jan, prefix=van der", "van der Berg, Jan"),
        (r"{\'E}mile Zola and {\O}re, Eva", "Zola, Émile; Øre, Eva"),
        ("Plato", "Plato"),
    ],
)
def test_names_are_cut_where_bibtex_cuts_them(names, authors):
    assert (
        item_row(read_bibtex(f"@book{{a, title={{T}}, author={{{names}}}}}").items[0])["authors"] == authors
    )


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year=2021, month=mar", "2021-03"),
        ("year={2021}, month={March}, day={2}", "2021-03-02"),
        ('year=2021, month="2~" # mar', "2021-03-02"),
        ("year=2021, month={3}, day=2", "2021-03-02"),
        ("year={March 2021}", "2021-03"),
        ("year=2021, month={May--June}", "2021-05/2021-06"),
        ("year=2021, month={Spring}", "2021-21"),
        ("date={1984?}", "1984?"),
        ("date={202X}", "202X"),
        ("date={2021-03-02/2021-03-05}", "2021-03-02/2021-03-05"),
        ("year={c. 1984}", "1984~"),
        ("year={[1984]}", "1984"),
        ("year={1984--1986}", "1984/1986"),
        ("year={n.d.}", "not-recorded"),
        ("year={in press}", "not-recorded"),
        ("date={2021-03-02T10:00:00Z}", "2021-03-02"),
        ("year={2021}, month={}", "2021"),
    ],
)
def test_a_day_is_read_from_the_fields_that_hold_it(fields, issued):
    assert item_row(read_bibtex(f"@book{{a, title={{T}}, {fields}}}").items[0])["issued"] == issued


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("13/03/2021", ("2021-03-13", "")),
        ("03/13/2021", ("2021-03-13", "")),
        ("03/03/2021", ("2021-03-03", "")),
        ("02.03.2021", ("2021-03-02", "")),
        ("Winter 2021", ("2021-24", "")),
        ("2. März 2021", ("2021-03-02", "")),
        ("2021 Mar 2", ("2021-03-02", "")),
        ("2–4 March 2021", ("2021-03-02/2021-03-04", "")),
        ("1984-86", ("1984/1986", "")),
        ("2021-13", ("2021", "is read as 2021 and no more")),
        ("02/03/21", ("", "cannot be read as a date")),
        ("２０２１", ("", "cannot be read as a date")),
    ],
)
def test_a_written_day_is_read_or_asked_about(text, read):
    assert read_day(text) == read


@given(st.text(max_size=60))
def test_any_words_are_no_day_or_one_of_the_tables(text):
    from kit.text.edtf import parse_date

    day, asked = read_day(text)
    assert not day or parse_date(day).text == day
    assert isinstance(asked, str)


FILE = """% written by hand
@string{hp = "Harbour " # {Post}}
@comment{nothing @book{inside, title={No}}}
@article{one, title = {Raid {"on"} the quay}, journal = hp # ", Late", year = 2021}
@book{two, title = {Never closed, year = 2001}

@book{three,
  title = {No comma}
  year = {2003}
}
@book(four, title = "A {"quoted"} word", year = 2004)
@book{five, title = {At {@} sign}, title = {Again}, year = 2005}
% @book{six, title={Struck out}}
@article{seven title = {No comma behind the key}}
"""


def test_each_entry_stands_for_itself():
    entries, aside = read_entries(FILE)
    assert [(entry.key, entry.fields["title"]) for entry in entries] == [
        ("one", 'Raid {"on"} the quay'),
        ("three", "No comma"),
        ("four", 'A {"quoted"} word'),
        ("five", "At {@} sign"),
    ]
    assert entries[0].fields["journal"] == "Harbour Post, Late"
    assert entries[3].fields["title-again"] == "Again"
    assert [key for key, _ in aside] == ["two", "six", "@article"]
    assert aside[0][1].startswith("line 5: ")


def test_a_bad_entry_is_told_and_the_rest_added(case_folder, tmp_path):
    (tmp_path / "x.bib").write_text(FILE)
    added, _, told = import_sources(kit.open(case_folder), tmp_path / "x.bib", tier="secondary")
    assert len(added) == 4
    assert told["id"].tolist() == ["two", "six", "@article"]
    assert told["says"].str.startswith("is left aside: line ").all()


def test_a_file_of_bad_entries_alone_is_refused():
    with pytest.raises(KitError, match="no entry can be read"):
        read_bibtex("@book{a, title = {unclosed")


def test_a_child_has_what_its_crossref_and_xdata_hold():
    text = """@inproceedings{night, author={Roe, Jane}, title={Night work}, crossref={Ports}, pages={33--52}}
    @proceedings{ports, title={Ports of the World}, year=2019, publisher={Quay Press}, editor={Doe, John}, xdata={x}}
    @xdata{x, location={New Quay}} @book{loop, title={Loop}, crossref={loop}}"""
    night, ports, loop = read_bibtex(text).items
    assert (night["container-title"], night["publisher"], night["page"]) == (
        "Ports of the World",
        "Quay Press",
        "33-52",
    )
    assert night["editor"] == [{"family": "Doe", "given": "John"}]
    assert (ports["publisher-place"], loop["title"]) == ("New Quay", "Loop")


def test_strings_that_double_are_bounded():
    lines = ['@string{s0 = "' + "x" * 100 + '"}'] + [f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(40)]
    begun = time.monotonic()
    reading = read_bibtex("\n".join([*lines, "@book{a, title = s39}", "@book{b, title = {Sound}}"]))
    assert time.monotonic() - begun < 5
    assert [item["title"] for item in reading.items][-1] == "Sound"
    assert "make more than 20,000 signs" in reading.aside[0][1]


@pytest.mark.parametrize(
    "text",
    ["@book{a, title={" * 20_000, "\n@book{a, title = {x" * 20_000, "@" * 200_000, "@a{" + "{" * 200_000,
     '@a{k, t = "' * 20_000, "@book{a, title={" + r"\'{" * 30_000 + "}}"],
)  # fmt: skip
def test_hostile_files_take_no_time(text):
    begun = time.monotonic()
    read_entries(text)
    assert time.monotonic() - begun < 5


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("@{}()\",=#\\\n %abook$^_'`~-1")))
def test_any_text_is_read_without_an_error_of_python(text):
    try:
        items = read_bibtex(text).items
    except KitError:
        return
    for item in items:
        item_row(item)
    write_bibtex(items)


def test_what_another_program_wrote_goes_back_as_it_was():
    text = "@thesis{roe, title={{On {\\'e}tude}}, shelf={x \\& {y}}, langid={ngerman}, number={4}, type={PhD}, year=2020}"
    first = read_bibtex(text).items
    assert "  shelf = {x \\& {y}}" in write_bibtex(first)
    assert read_bibtex(write_bibtex(first)).items == first


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (r"A \mbox{NATO} port", "A NATO port"),
        (r"\texttt{a\_b} \textsf{c} \textup{IV} \textmd{d}", "a_b c IV d"),
        (r"as \cite[p.~3]{roe} and \textcite{doe} say", "as p. 3 roe and doe say"),
        (r"\foreignlanguage{german}{Hafen} \selectlanguage{english}port", "Hafen port"),
        (r"\verb|a_b| \emph{\mbox{X}}", "a_b X"),
        (r"\today", r"\today"),
        (r"\texorpdfstring{$\alpha$}{alpha} rays", "alpha rays"),
    ],
)
def test_what_a_macro_holds_is_printed_and_nothing_is_made_up(text, printed):
    assert tex_text(text) == printed


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1984~", "1984~"), ("{1984?}", "1984?"), ("1984%", "1984%"), ("2004-06?~", "2004-06%"), ("2021/2022~", "2021/2022~"),
        ("12~March 2021", "2021-03-12"), ("c.~1984", "1984~"), ("199u", "199X"), ("2004-12-uu", "2004-12-XX"),
        ("1998/unknown", "1998/"), ("1999/open", "1999/.."), (r"\today", "not-recorded"),
    ],
)  # fmt: skip
def test_the_marks_of_a_date_are_no_spaces_of_tex(date, issued):
    (item,) = read_bibtex(f"@book{{a, title={{On Ports}}, date={{{date}}}}}").items
    assert item_row(item)["issued"] == issued


def test_what_the_parents_of_a_parent_say_is_said_of_the_entry():
    text = """@inbook{a, crossref={b}, title={The pier}} @book{b, crossref={c}, title={Quays}, volume={3}, date={1975}}
    @mvbook{c, author={Roe, Jane}, title={All ports}, publisher={Quay Press}, date={1970/1980}}
    @book{d, crossref={e}, title={Round}} @book{e, crossref={d}, title={and round}}"""
    pier, quays, ports, *_ = read_bibtex(text).items
    assert (pier["container-title"], pier["custom"]) == ("Quays", {"bibtex-maintitle": "All ports"})
    assert quays["container-title"] == ports["title"] == "All ports"
    assert pier["publisher"] == quays["publisher"] == "Quay Press"
    assert pier["author"] == ports["author"]
    assert pier["issued"] == {"date-parts": [[1975]]}


def test_a_kind_of_entry_may_have_a_number_or_a_hyphen():
    items, aside = read_bibtex("@book2{a, title={One}} @my-kind{b, title={Two}}")
    assert [item["title"] for item in items] == ["One", "Two"]
    assert aside == []
