"""A case on another subject, made through the public interface alone, goes through everything that the first one does."""

from __future__ import annotations

import json
import re
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner
from support.ferries import INSPECTED, LETTER, REPORT, ferries, notebook, rows_of

import kit
from kit.cli.main import main
from kit.errors import BadTable, NoTable

OPTIONAL = (
    "actors", "tags", "places", "codebook", "cases", "metrics", "claims", "inspections", "crews",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    case = ferries(tmp_path_factory.mktemp("second") / "ferries")
    case.run(accept=True)
    case.check(renew=True)
    return case.path


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "ferries")
    return kit.open(tmp_path / "ferries")


def test_it_is_sound(case):
    found = case.check()
    assert found.loc[found["severity"].eq("error"), "found"].tolist() == []
    assert set(found["rule"]) <= {"fact-one-origin"}


def test_its_own_columns_and_tables_are_typed_frames(case):
    inspections = case["inspections"]
    assert inspections.at[INSPECTED, "defects"] == 7
    assert inspections.at[INSPECTED, "inspected_earliest"] == pd.Timestamp("2022-05-03")
    assert case["crews"].to_dict("records") == [{"ferry": "gull", "person": "Ines Roe"}]
    assert case.events["delay_missing"].tolist() == ["not-applicable", ""]
    row = case.cases.loc["gull-2022"]
    assert (row["measures"], row["ferries"], row["days_held"]) == (("repair", "watch"), ("gull",), 6)
    with pytest.raises(NoTable, match="did you mean 'inspections'"):
        case["inspection"]


def test_a_fact_of_its_own_is_cited_with_its_proof(case):
    shown = case.cite(INSPECTED).to("plain")
    assert "inspectors found seven" in shown
    assert INSPECTED in case.facts


def test_numbers_and_claims_belong_to_a_place_a_document_or_a_person(case):
    assert case.names["north-quay"] == "North Quay"
    path = case.path / "data/manual/metrics.csv"
    path.write_text(path.read_text().replace(",north-quay,", f",{REPORT},"))
    assert not kit.open(case.path).check()["severity"].eq("error").any()
    path.write_text(path.read_text().replace(f",{REPORT},", ",south-quay,"))
    with pytest.raises(BadTable, match=r"entity 'south-quay' is not in data/manual/actors\.csv or"):
        kit.open(case.path).metrics  # noqa: B018


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_the_report_names_what_the_case_has_and_nothing_else(case, edition):
    files = case.report(edition=edition, to="html")
    pages = {path.name: path.read_text(encoding="utf-8") for path in files if path.suffix == ".html"}
    assert "1 number, 1 claim of others and 1 inspection, with 2 sources" in pages["index.html"]
    words = " ".join(re.sub(r"<[^>]+>", "", pages["00-ferries.html"]).split())
    assert "The Gull fails an inspection (2022-05-03)" in words
    package = json.loads((case.path / f"reports/{edition}/data/datapackage.json").read_text())
    named = {each["name"] for each in package["resources"]}
    assert named & {"inspections", "crews"} == {"inspections"} | (
        {"crews"} if edition == "internal" else set()
    )


def test_it_is_described_and_kept_as_it_stands(case):
    case.docs()
    readme = (case.path / "data/README.md").read_text()
    assert "## manual/inspections.csv" in readme
    assert "| `defects` | number; may be blank | Defects noted |" in readme
    assert "| `measures` | list: a value of `measures` in `codebook` | What was ordered |" in readme
    before = {path: path.read_bytes() for path in (case.path / "data/manual").glob("*.csv")}
    case.tidy()
    assert case.tidy() == {}
    for path, content in before.items():
        assert sorted(path.read_bytes().splitlines()) == sorted(content.splitlines()), path.name


def test_its_own_columns_of_a_source_come_back_from_other_programs(case, tmp_path):
    for ending in ("json", "bib", "ris"):
        file = case.export_sources(tmp_path / f"sources.{ending}")
        other = ferries(tmp_path / ending)
        for name in ("sources", "evidence", "claims", "metrics"):
            path = other.path / f"data/manual/{name}.csv"
            path.write_text(path.read_text().splitlines(keepends=True)[0])
        _, same, _ = kit.open(other.path).import_sources(file)
        assert same.empty
        rows = {row["id"]: row for row in rows_of(other.path / "data/manual/sources.csv")}
        assert rows[REPORT]["page_count"] == "12", ending
        assert (rows[REPORT]["file"], rows[LETTER]["updated"]) == ("report.pdf", "2022-06-04"), ending


def test_the_explorer_shows_its_own_columns(case):
    panel = case.explore(text="north").panel
    panel.list.value = "2022-05-09-gull-sails"
    assert "Crossing: north" in panel.card.value
    assert "Delay: 40" in panel.card.value
    assert case.explore(text="not-applicable").events.index.tolist() == ["2022-05-03-gull-held"]


def test_its_own_ids_are_renamed_everywhere(case):
    case.rename(INSPECTED, "gull-failed")
    again = kit.open(case.path)
    assert "gull-failed" in again["inspections"].index
    assert "gull-failed" in set(again.evidence["record"])
    assert "[@gull-failed]" in (case.path / "notebooks/00-ferries.ipynb").read_text()
    assert not again.check()["rule"].eq("passage-not-captured").any()


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_case_does_without_any_file_but_three(case, name):
    (case.path / f"data/manual/{name}.csv").unlink()
    again = kit.open(case.path)
    assert again[name].empty
    again.check()
    again.tidy()
    again.docs()
    assert f"## manual/{name}.csv" not in (case.path / "data/README.md").read_text()
    assert len(again.explore().events) == 2


def test_with_those_three_alone_it_still_prints(case):
    notebook(case.path, "# What happened?\n\nThe coast guard held the Gull [@2022-05-03-gull-held].", "1")
    for name in OPTIONAL:
        (case.path / f"data/manual/{name}.csv").unlink()
    again = kit.open(case.path)
    gone = again.check().query("rule == 'table-dangling'")
    assert set(gone["record"]) >= {INSPECTED, "gull-2022"}
    assert again.report(edition="internal", to=["html", "md"])


def test_what_is_not_declared_is_told_with_how_to_declare_it(case):
    path = case.path / "data/manual/events.csv"
    path.write_text(path.read_text().replace("crossing", "captain", 1))
    done = CliRunner().invoke(main, ["--case", str(case.path), "tidy"])
    assert done.exit_code == 1
    assert "column 'captain' is not one of the table's; declare it in data/case.toml" in done.output
