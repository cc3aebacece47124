"""The public edition publishes what it cites: of whatever else a case holds, nothing is in any of its files."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest
from click.testing import CliRunner
from lxml import etree
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from support.books import pdf_alts, word_part
from support.small_case import ROWS, write_rows

import kit
from kit.cli.main import main
from kit.errors import KitError, Problems
from kit.reporting.build import Refused, preview, verify
from kit.reporting.leak_scan.readers import fragments

RAID, FINE, POST = "2021-03-01-raid-harbour", "2021-06-fine-paid", "harbour-post-2021-03-02-raid"
CHART = """import altair, kit
from kit.charts.figure import figure
case = kit.open()
shown = case.events.reset_index().assign(secret=case.events["note"].tolist())
bars = altair.Chart(shown[["category", "date", "secret"]]).mark_bar().encode(y="category:N", x="count()", tooltip=["date:N"])
figure(bars, headline="Two events", source="our table", alt="Two bars.")"""


def secret(number):
    """A word that stands nowhere else."""
    return f"Quorvath{number:02}x"


@pytest.fixture
def rows():
    return copy.deepcopy(ROWS)


def saved(folder, name, *cells, **metadata):
    notebook = new_notebook(cells=list(cells), metadata=metadata)
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"c{number}"
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")


def prose(*more):
    return new_markdown_cell(f"# Was it raided?\n\nIt was [@{RAID}]. {' '.join(more)}")


def said(folder):
    """All that the files of a folder say, their names too."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = [path.relative_to(folder).as_posix() for path in files]
    for path in files:
        texts += [f"{one.place} {one.name} {one.text}" for one in fragments(path.name, path.read_bytes())]
    return "\n".join(texts)


def planted(folder, rows):
    """Forty words that no reader is to see, in the places that a writer reads; those that there are."""
    numbers = iter(range(1, 99))
    used = []

    def word():
        used.append(secret(next(numbers)))
        return used[-1]

    for table in ("sources", "actors", "events", "cases", "metrics"):
        for row in rows[table]:
            row["note"] = word()
    rows["events"][1] |= {name: word() for name in ("title", "summary", "attributed_to")}
    rows["events"][1]["id"] = word().lower()
    rows["evidence"][1]["record"] = rows["events"][1]["id"]
    rows["evidence"][1] |= {name: word() for name in ("start", "end", "says", "locator")}
    rows["sources"][1] |= {"title": word(), "publisher": word(), "authors": word(), "file": word()}
    rows["actors"].append(
        {"id": "third", "kind": "person", "name": word(), "aliases": word(), "note": word()}
    )
    rows["tags"].append({"id": "unused", "facet": word(), "label": word(), "definition": word()})
    rows["tags"][0] |= {"label": word(), "definition": word()}
    rows["codebook"].append({"variable": "category", "kind": "", "value": "unused", "definition": word()})
    rows["claims"][0] |= {"claim": word(), "why": word()}
    rows["metrics"][0] |= {"basis": word(), "interest": word()}
    rows["replies"].append(
        {"id": "r-1", "record": RAID, "party": "police", "channel": word(), "asked_on": "2021-03-03", "deadline": "2021-03-04",
         "answered_on": "2021-03-04", "answer": word()}
    )  # fmt: skip
    rows["waivers"] = [
        {"rule": "fact-one-origin", "record": RAID, "by": word(), "on": "2021-03-05", "until": "2099-01-01", "reason": word()}
    ]  # fmt: skip
    write_rows(folder, rows)
    (folder / "data/manual/checks.csv").write_text(
        f"statement,status,by,on,comment,wording,basis\ns-0900,checked,{word()},2021-03-05,{word()},{word()},\n"
    )
    (folder / "data/processed").mkdir(exist_ok=True)
    (folder / "data/processed/statements.csv").write_text(
        "statement,notebook,cell,position,text,marks,first_seen,retired_on\n"
        f"s-0001,00-raid,00-001,1,{word()} took bribes.,,2021-03-01,2021-03-02\n"
    )
    (folder / f"data/manual/{word()}.csv").write_text(f"a\n{word()}\n")
    return used, word


def test_of_forty_secrets_in_the_places_that_a_writer_reads_none_goes_public(tmp_path, rows):
    folder = tmp_path / "harbour"
    (folder / "data").mkdir(parents=True)
    used, word = planted(folder, rows)
    with (folder / "data/case.toml").open("a") as settings:
        settings.write('[columns.events.berth]\nkind = "text"\nabout = "Where the ship lay"\n')
    events = folder / "data/manual/events.csv"
    head, *lines = events.read_text().splitlines()
    events.write_text("\n".join([f"{head},berth", *(f"{line},{word()}" for line in lines)]) + "\n")
    hidden = new_markdown_cell(
        f"{word()} is for the desk.", metadata={"tags": ["internal"], "remark": word()}
    )
    described = prose()
    described["metadata"]["remark"] = word()
    saved(
        folder, "00-raid", described, hidden, new_code_cell(CHART, metadata={"remark": word()}), remark=word()
    )
    saved(folder, "01-desk", new_markdown_cell(f"# {word()}?\n\nFor the desk."), publish=False)
    assert len(used) >= 40
    case = kit.open(folder)
    case.run(accept=True)
    kit.report(case)
    shown = said(folder / "reports/public").casefold()
    assert [each for each in used if each.casefold() in shown] == []
    assert {path.name for path in (folder / "reports/public").rglob("*")}.isdisjoint(
        {
            "statements.csv",
            "fact-check.docx",
            "fact-check.xlsx",
            "fact-check.html",
            "checks.csv",
            "waivers.csv",
            "01-desk.html",
        }
    )
    assert "raid-harbour" in shown
    public = folder / "reports/public"
    assert [path.name for path in (public / "events").iterdir()] == [f"{RAID}.html"]
    assert sorted(path.name for path in (public / "actors").iterdir()) == [
        "harbour-office.html",
        "police.html",
    ]
    assert "Harbour Office" in (public / "search.html").read_text()
    assert verify(case)


def test_what_is_cited_goes_public_with_what_it_rests_on_and_names(case_folder):
    saved(case_folder, "00-raid", prose())
    case = kit.open(case_folder)
    kit.report(case, to="md")
    data = case_folder / "reports/public/data"
    tables = {path.stem: path.read_text().splitlines()[1:] for path in (data / "manual").glob("*.csv")}
    assert [line.split(",")[0] for line in tables["events"]] == [RAID]
    assert [line.split(",")[0] for line in tables["sources"]] == [POST]
    assert sorted(line.split(",")[0] for line in tables["actors"]) == ["harbour-office", "police"]
    assert [line.split(",")[0] for line in tables["tags"]] == ["raid"]
    assert len(tables["evidence"]) == 1
    assert {line.split(",")[1] for line in tables["codebook"]} == {"search", "searched", "searcher"}
    assert not tables.keys() & {"cases", "metrics", "claims", "second_coding", "replies"}
    package = json.loads((data / "datapackage.json").read_text())
    assert "licenses" not in package
    assert "All rights reserved" in (data / "README.md").read_text()
    crate = json.loads((case_folder / "reports/public/ro-crate-metadata.json").read_text())
    assert [node["name"] for node in crate["@graph"] if node["@id"] == "#rights"] == ["All rights reserved"]


def test_a_row_says_whether_it_goes_public_and_the_dry_run_says_why(tmp_path, rows):
    rows["events"] = [row | {"publish": "", "public_note": ""} for row in rows["events"]]
    rows["events"][1] |= {"publish": "yes", "public_note": "The court gave no sum."}
    folder = write_rows(tmp_path / "harbour", rows)
    saved(folder, "00-raid", prose())
    found = preview(kit.open(folder)).set_index(["table", "row"])
    assert found.loc[("events", FINE)].tolist() == ["yes", "publish = yes"]
    assert found.loc[("events", RAID)].tolist() == ["yes", "cited"]
    assert found.loc[("metrics", "harbour-2021-boxes")].tolist() == ["no", "not cited"]
    assert found.loc[("sources", "coast-digest-2021-03-03-raid")].tolist() == [
        "no",
        "not cited, and behind no fact that is",
    ]
    told = CliRunner().invoke(main, ["--case", str(folder), "report", "--dry-run"])
    assert told.exit_code == 0, told.output
    assert f"  yes  {FINE}: publish = yes" in told.output
    assert "metrics: 0 of 1 row would go public" in told.output
    assert not (folder / "reports").exists()
    kit.report(kit.open(folder), to="md")
    assert "The court gave no sum." in (folder / "reports/public/data/manual/events.csv").read_text()


def test_a_row_that_stays_in_the_house_and_is_cited_stops_the_public_edition(tmp_path, rows):
    rows["events"] = [row | {"publish": "no" if row["id"] == RAID else ""} for row in rows["events"]]
    folder = write_rows(tmp_path / "harbour", rows)
    saved(folder, "00-raid", prose())
    with pytest.raises(Refused, match="is cited, and its row says publish = no"):
        kit.report(kit.open(folder), to="md")


@pytest.fixture
def protecting(tmp_path, rows):
    """A case whose witness and whose memo are printed under other names."""
    rows["actors"] = [row | {"alias": ""} for row in rows["actors"]]
    rows["actors"].append(
        {
            "id": "wanda-quill",
            "kind": "person",
            "name": "Wanda Quill",
            "aliases": "W. Quill",
            "alias": "Witness A",
        }
    )
    rows["participants"].append({"event": RAID, "actor": "wanda-quill", "role": "searched"})
    rows["sources"] = [row | {"alias": ""} for row in rows["sources"]]
    rows["sources"][0] |= {
        "title": "Memo of Wanda Quill to the board",
        "alias": "A memo seen by us",
        "authors": "Quill, Wanda",
    }
    rows["events"][0] |= {"title": "Police search the office of Wanda Quill", "attributed_to": "Wanda Quill"}
    return write_rows(tmp_path / "harbour", rows)


def test_a_protected_name_is_printed_as_its_alias_everywhere_and_nowhere_as_it_is(protecting):
    code = 'import kit\ncase = kit.open()\ncase.actors[["name"]]'
    saved(
        protecting,
        "00-raid",
        prose("Wanda Quill was there [@wanda], say we."[:22] + f" [@{POST}]."),
        new_code_cell(code),
    )
    case = kit.open(protecting)
    case.run(accept=True)
    kit.report(case)
    shown = said(protecting / "reports/public")
    assert "Witness A" in shown
    assert "A memo seen by us" in shown
    assert "Police search the office of Witness A" in shown
    for name in ("Quill", "quill", POST, "harbourpost.example/raid"):
        assert name not in shown
    public = protecting / "reports/public"
    assert sorted(path.name for path in (public / "actors").iterdir()) == [
        "harbour-office.html",
        "police.html",
        "witness-a.html",
    ]
    event = (public / f"events/{RAID}.html").read_text()
    assert '<a href="../actors/witness-a.html">Witness A</a>' in event
    assert "A memo seen by us" in event
    assert "Witness A" in (public / "search.html").read_text()
    actors = (protecting / "reports/public/data/manual/actors.csv").read_text()
    assert "witness-a,person,Witness A" in actors
    kit.report(case, edition="internal", to="md")


def test_a_protected_name_written_otherwise_stops_the_edition(protecting):
    saved(protecting, "00-raid", prose("The W.Quill affair."))
    with pytest.raises(Refused, match=r"00-raid\.ipynb, cell 1, sentence 3(?s:.)*a withheld term"):
        kit.report(kit.open(protecting), to="md")


def test_a_notebook_that_says_so_is_no_chapter(case_folder):
    saved(case_folder, "00-raid", prose(), publish=False)
    with pytest.raises(KitError, match="none of them is a chapter of the public edition"):
        kit.report(kit.open(case_folder), to="md")
    saved(case_folder, "01-more", prose())
    assert "01-more.md" in {path.name for path in kit.report(kit.open(case_folder), to="md")}
    assert not (case_folder / "reports/public/markdown/00-raid.md").exists()


def test_a_licence_that_is_none_is_refused_with_those_that_are(case_folder):
    saved(case_folder, "00-raid", prose())
    with (case_folder / "data/case.toml").open("a") as settings:
        settings.write('licence = "CC-BY-4"\n')
    with pytest.raises(
        (KitError, Problems), match=r"licence = 'CC-BY-4' is none that the kit knows; .*CC-BY-4\.0"
    ):
        kit.report(kit.open(case_folder), to="md")


def test_a_held_quotation_and_a_sentence_of_ours_are_printed_and_a_copied_one_is_not(tmp_path, rows):
    page = (
        "Police searched the harbour office on Monday morning and carried thirty eight boxes of letters and ledgers "
        "away before anybody in the house had been told of the search by the court."
    )
    rows["evidence"][0] |= {"start": "Police searched the", "end": "by the court"}
    folder = write_rows(tmp_path / "harbour", rows)
    case = kit.open(folder)
    kit.keep(case, page, how="pasted", source=POST)
    quoted = "searched the harbour office on Monday morning and carried thirty eight boxes"
    ours = "We saw that police searched the harbour office on Monday morning and carried nothing."
    saved(folder, "00-raid", prose(f"The Post says they “{quoted}” [@{POST}].", ours, f"“{page}” [@{POST}]."))
    case.check(renew=True)
    kit.report(case, to="html,md")
    saved(folder, "00-raid", prose(f"{page} [@{POST}]."))
    with pytest.raises(
        Refused,
        match=r"cell 1, sentence 2: 1 problem to fix\n.*“police searched the harbour … .* words in a row",
    ):
        kit.report(kit.open(folder), to="md")


def test_the_front_has_the_findings_with_how_sure_they_are_and_one_picture(case_folder):
    found = f"## What we found\n\n1. **It was raided** [@{RAID}].\n2. **Nobody knows why.** Not even we.\n"
    cells = [
        prose(),
        new_markdown_cell(found, metadata={"tags": ["front"]}),
        new_code_cell(CHART, metadata={"tags": ["front"]}),
    ]
    saved(case_folder, "00-raid", *cells)
    with (case_folder / "data/case.toml").open("a") as settings:
        settings.write('logo = "data/logo.svg"\n')
        settings.write(
            'byline = "Jane Roe"\nnewsroom = "Harbour Post"\ncorrections = "desk@harbourpost.example"\n'
        )
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    )
    (case_folder / "data/logo.svg").write_text(drawn)
    case = kit.open(case_folder)
    case.run(accept=True)
    files = {path.name: path for path in kit.report(case, to="html,pdf,docx")}
    page = files["index.html"].read_text()
    for told in ("By Jane Roe, Harbour Post", "Corrections: desk@harbourpost.example", "It was raided", 'alt="Two bars."',
                 "The fact it cites was not found in a page we kept; it is known from one origin alone.", "It cites no fact of its own.", "What the signs mean:"):  # fmt: skip
        assert told in page
    assert 'class="logo"><img src="data:image/svg+xml;base64,' in page
    assert "Harbour Post" in pdf_alts(files["report.pdf"].read_bytes())
    shown = etree.tostring(
        word_part(files["report.docx"].read_bytes(), "word/document.xml"), encoding="unicode"
    )
    assert shown.index('descr="Harbour Post"') < shown.index("The harbour raid")
    paper = " ".join(one.text for one in fragments("report.pdf", files["report.pdf"].read_bytes()))
    assert "In short" in paper
    assert paper.index("In short") < paper.index("Was it raided")


def test_a_table_that_does_not_load_is_told_by_its_own_rule_alone(case_folder):
    saved(case_folder, "00-raid", prose())
    events = case_folder / "data/manual/events.csv"
    events.write_text(events.read_text().replace("2021-03-01,", "2021-13-01,"))
    found = kit.check(kit.open(case_folder))
    assert set(found.loc[found["severity"].eq("error"), "rule"]) == {"table-broken"}
