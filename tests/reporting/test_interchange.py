"""What goes public for other programs: read back by the rules that their formats have, and nothing of the desk's in it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from support.books import notebook
from support.small_case import ROWS, write_rows

import kit
from kit.cli.main import main
from kit.errors import KitError
from kit.reporting.interchange.export import FORMS, export
from kit.text.edtf import parse_date


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case that cites a raid and a number, and keeps a fine to itself; one of its actors has an alias."""
    rows = json.loads(json.dumps(ROWS))
    rows["actors"].append({"id": "clerk-7", "kind": "person", "name": "Tamsin Orr", "alias": "a clerk"})
    rows["participants"].append({"event": "2021-03-01-raid-harbour", "actor": "clerk-7", "role": "searched"})
    rows["places"] = [{"id": "quay", "name": "The quay (north)", "latitude": "54.5", "longitude": "-1.25"}]
    raid, fine = rows["events"]
    raid |= {
        "places": "quay",
        "title": "Police <search> the office",
        "note": "Ann told us",
        "confidence": "high",
    }
    fine["publish"] = "no"
    rows["sources"][0]["url"] += "_(first)"
    for each in rows["evidence"]:
        each["start"] = each["end"] = ""
    made = write_rows(tmp_path / "case", rows)
    (made / "notebooks").mkdir()
    prose = "# What was taken?\n\nThe office was searched [@2021-03-01-raid-harbour] for boxes [@harbour-2021-boxes]."
    nbformat.write(notebook(prose), made / "notebooks" / "00-raid.ipynb")
    return made


@pytest.fixture(autouse=True)
def _sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the gate says of passages that nobody captured is another test's."""
    monkeypatch.setattr("kit.reporting.build._refuse", lambda found, wrong, printed: None)


def texts(folder: Path, form: str, to: Path) -> dict[str, str]:
    path = to / f"out{FORMS[form].ending}"
    return {made.name: made.read_text(encoding="utf-8") for made in export(kit.open(folder), form, path)}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_stays_with_the_desk_is_in_it_and_it_is_the_same_bytes_twice(
    folder: Path, tmp_path: Path, form: str
):
    made = texts(folder, form, tmp_path)
    assert texts(folder, form, tmp_path) == made
    for words in ("Ann told us", "Tamsin", "fine-paid", "The office pays a fine", "unread"):
        assert words not in "".join(made.values())


def test_a_timeline_has_the_parts_that_timelinejs_asks_for(folder: Path, tmp_path: Path):
    (text,) = texts(folder, "timelinejs", tmp_path).values()
    timeline = json.loads(text)
    assert set(timeline) <= {"title", "events", "eras", "scale"}
    (slide,) = timeline["events"]
    assert set(slide) <= {
        "start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink", "unique_id",
    }  # fmt: skip
    assert slide["start_date"] == {"year": 2021, "month": 3, "day": 1}
    assert slide["text"]["headline"] == "Police &lt;search&gt; the office"
    assert "<p>Reported: Harbour Post</p>" in slide["text"]["text"]
    assert 'href="https://harbourpost.example/2021/03/02/raid_(first)"' in slide["text"]["text"]


@pytest.mark.parametrize(
    ("date", "start", "end", "shown"),
    [
        ("2021", {"year": 2021}, None, None),
        ("2021-03", {"year": 2021, "month": 3}, None, None),
        ("2021-03~", {"year": 2021, "month": 3}, None, "2021-03~"),
        ("2021-03-02?", {"year": 2021, "month": 3, "day": 2}, None, "2021-03-02?"),
        ("2021-03-02/2021-04-05", {"year": 2021, "month": 3, "day": 2}, {"year": 2021, "month": 4, "day": 5}, "2021-03-02/2021-04-05"),
        ("2021-22", {"year": 2021, "month": 6, "day": 1}, {"year": 2021, "month": 8, "day": 31}, "2021-22"),
    ],
)  # fmt: skip
def test_a_slide_is_as_exact_as_its_date_and_no_more(folder: Path, tmp_path: Path, date, start, end, shown):
    path = folder / "data/manual/events.csv"
    path.write_text(path.read_text().replace("raid-harbour,2021-03-01,", f"raid-harbour,{date},"))
    (text,) = texts(folder, "timelinejs", tmp_path).values()
    (slide,) = json.loads(text)["events"]
    assert (slide["start_date"], slide.get("end_date"), slide.get("display_date")) == (start, end, shown)


def test_tables_for_charts_have_names_numbers_and_links(folder: Path, tmp_path: Path):
    made = {
        name: list(csv.DictReader(io.StringIO(text)))
        for name, text in texts(folder, "datawrapper", tmp_path).items()
    }
    assert sorted(made) == ["events.csv", "metrics.csv", "places.csv"]
    assert made["places.csv"] == [{"name": "The quay (north)", "latitude": "54.5", "longitude": "-1.25"}]
    (event,), (number,) = made["events.csv"], made["metrics.csv"]
    assert (event["date"], event["tags"], event["places"]) == ("2021-03-01", "Raid", "The quay (north)")
    assert (number["entity"], float(number["value"])) == ("Police", 38)
    assert (
        event["sources"]
        == "[Police raid the harbour office, Harbour Post](https://harbourpost.example/2021/03/02/raid_%28first%29)"
    )


#: What the schemata of FollowTheMoney that are used have, of https://followthemoney.tech/explorer/.
_THING = {"name", "summary", "alias", "sourceUrl", "publisher", "proof", "keywords"}
_PROPERTIES = {
    "Person": _THING,
    "Company": _THING,
    "PublicBody": _THING,
    "Organization": _THING,
    "LegalEntity": _THING,
    "Asset": _THING,
    "Document": _THING | {"title", "author", "publishedAt"},
    "Event": _THING | {"date", "startDate", "endDate", "location", "involved"},
}


def test_entities_have_schemata_and_properties_of_followthemoney(folder: Path, tmp_path: Path):
    (text,) = texts(folder, "ftm", tmp_path).values()
    entities = [json.loads(line) for line in text.splitlines()]
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        assert set(entity["properties"]) <= _PROPERTIES[entity["schema"]]
        assert entity["properties"]["name"]
        assert all(
            isinstance(value, str) and value for values in entity["properties"].values() for value in values
        )
        for name in ("date", "startDate", "endDate", "publishedAt"):
            for value in entity["properties"].get(name, ()):
                assert re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value)
                parse_date(value)
    (event,) = (entity for entity in entities if entity["schema"] == "Event")
    assert {by_id[each]["schema"] for each in event["properties"]["involved"]} == {"PublicBody", "Person"}
    assert {by_id[each]["schema"] for each in event["properties"]["proof"]} == {"Document"}
    assert "a clerk" in {entity["properties"]["name"][0] for entity in entities}


def test_what_is_no_form_and_no_name_for_it_is_refused(folder: Path, tmp_path: Path):
    with pytest.raises(KitError, match="did you mean 'timelinejs'"):
        export(kit.open(folder), "timelinjs", tmp_path / "t.json")
    with pytest.raises(KitError, match=r"let it end in \.json"):
        export(kit.open(folder), "ftm", tmp_path / "t.csv")
    nbformat.write(notebook("# Nothing yet"), folder / "notebooks" / "00-raid.ipynb")
    with pytest.raises(KitError, match="has nothing to publish"):
        export(kit.open(folder), "datawrapper", tmp_path / "dw")


def test_a_name_that_must_not_be_told_stops_it(folder: Path, tmp_path: Path):
    (folder / "data/manual/withheld.csv").write_text("term,why\nHarbour Post,promised\n")
    with pytest.raises(KitError):
        export(kit.open(folder), "timelinejs", tmp_path / "t.json")
    assert not (tmp_path / "t.json").exists()


def test_the_shell_names_the_files(folder: Path, tmp_path: Path):
    done = CliRunner().invoke(main, ["--case", str(folder), "export", "datawrapper", str(tmp_path / "dw")])
    assert done.exit_code == 0, done.output
    assert done.output.split() == [
        str(tmp_path / "dw" / f"{name}.csv") for name in ("events", "metrics", "places")
    ]
