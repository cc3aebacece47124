"""A case on another subject, made through what everybody may use: ferries, their inspections, and no cutoff anywhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

import kit
from kit.cli.main import main

OWN = """
[columns.events.vessel]
kind = "text"
about = "Which ship it was"

[columns.events.delay_minutes]
kind = "number"
about = "How late it sailed"

[tables.inspections]
about = "One inspection of a ship"
fact = true
[tables.inspections.columns.day]
kind = "date"
about = "When it was inspected"
[tables.inspections.columns.result]
kind = "code"
words = ["passed", "failed"]
about = "What came of it"
"""
ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"id": "isle-echo-2023-05-04-ferry", "type": "article-newspaper", "title": "Ferry sails without rafts",
         "publisher": "Isle Echo", "issued": "2023-05-04", "url": "https://echo.example/ferry", "tier": "original-reporting",
         "read": "full", "language": "en"},
    ],
    "actors": [{"id": "isle-line", "kind": "company", "name": "Isle Line"}],
    "tags": [{"id": "safety", "facet": "subject", "label": "Safety", "definition": "About the safety of a ship."}],
    "events": [
        {"id": "2023-05-03-sailing", "date": "2023-05-03", "category": "incident", "title": "The ferry sails without rafts",
         "summary": "Two rafts were ashore.", "status": "confirmed", "confidence": "medium", "tags": "safety",
         "vessel": "Gannet", "delay_minutes": "12.5"},
    ],
    "inspections": [{"id": "gannet-2023", "title": "The Gannet is inspected", "day": "2023-04", "result": "failed"}],
    "codebook": [
        {"variable": "outcome", "value": "", "kind": "one", "definition": "What became of the ship."},
        {"variable": "outcome", "value": "laid-up", "kind": "", "definition": "It was taken out of service."},
        {"variable": "crew", "value": "", "kind": "number", "definition": "How many sailed it."},
    ],
    "cases": [{"id": "gannet", "title": "The Gannet", "began": "2023-05", "outcome": "laid-up", "crew": "9", "confidence": "medium"}],
    "evidence": [
        {"record": record, "source": "isle-echo-2023-05-04-ferry", "stance": "supports", "start": start, "end": "of the quay"}
        for record, start in (("2023-05-03-sailing", "Two rafts"), ("gannet-2023", "An inspection"), ("gannet", "The ship"))
    ],
}  # fmt: skip


def shell(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--case", str(folder), *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    folder = tmp_path / "ferries"
    done = CliRunner().invoke(
        main, ["new", str(folder), "--title", "Ferries", "--contact", "desk@echo.example"]
    )
    assert done.exit_code == 0, done.output
    for path in (folder / "data/manual").glob("*.csv"):
        path.unlink()
    settings = folder / "data/case.toml"
    settings.write_text(settings.read_text() + OWN)
    for name, rows in ROWS.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"data/manual/{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    for path in (folder / "notebooks").glob("*.ipynb"):
        path.unlink()
    code = 'import kit\n\ncase = kit.open()\nkit.record("late", case.events["delay_minutes"].max(), unit="minutes", base="one sailing")'
    prose = "# Was it safe?\n\nIt sailed [12.5 minutes](#=late) late [@2023-05-03-sailing], having failed [@gannet-2023]."
    cells = [nbformat.v4.new_markdown_cell(prose, id="m"), nbformat.v4.new_code_cell(code, id="c")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks/00-ferries.ipynb")
    return folder


def test_its_own_columns_tables_and_variables_are_typed_and_kept(ferries: Path) -> None:
    case = kit.open(ferries)
    assert case["inspections"].loc["gannet-2023", "result"] == "failed"
    assert case["inspections"]["day_earliest"].iloc[0] == pd.Timestamp("2023-04-01")
    assert case.events["delay_minutes"].iloc[0] == 12.5
    assert case.cases.loc["gannet", ["outcome", "crew"]].tolist() == ["laid-up", 9]
    assert case["participants"].empty
    shell(ferries, "tidy")
    shell(ferries, "docs")
    assert case.events["vessel"].tolist() == kit.open(ferries).events["vessel"].tolist() == ["Gannet"]
    assert "Which ship it was" in (ferries / "data/README.md").read_text()
    package: dict[str, Any] = json.loads((ferries / "data/datapackage.json").read_text())
    fields = {each["name"] for one in package["resources"] for each in one["schema"]["fields"]}
    assert {"vessel", "result", "outcome"} <= fields


def test_what_is_not_declared_is_told_with_how_to_declare_it(ferries: Path) -> None:
    path = ferries / "data/manual/events.csv"
    path.write_text(path.read_text().replace("vessel", "captain"))
    done = CliRunner().invoke(main, ["--case", str(ferries), "tidy"])
    assert done.exit_code == 1
    assert "captain" in done.output
    assert "case.toml" in done.output


def test_its_report_is_built_and_an_own_fact_is_cited_in_it(ferries: Path) -> None:
    shell(ferries, "run", "--accept")
    found = kit.check(kit.open(ferries))
    assert found[found["severity"].eq("error")]["found"].tolist() == []
    shell(ferries, "report", "--edition", "internal", "--to", "html")
    page = (ferries / "reports/internal/00-ferries.html").read_text()
    assert "The Gannet is inspected" in page


def test_an_id_of_an_own_table_can_be_renamed(ferries: Path) -> None:
    shell(ferries, "rename", "gannet-2023", "gannet-spring")
    case = kit.open(ferries)
    assert "gannet-spring" in case["inspections"].index
    assert "gannet-2023" not in set(case.evidence["record"])
    assert "[@gannet-spring]" in (ferries / "notebooks/00-ferries.ipynb").read_text()
