"""What a case's tables ask its passages for, on captures and without them, in a case about clinics of its own."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, date, datetime

import pytest
from support.ferries import rows_of

import kit
from kit.evidence.passages.ledger import read_passages
from kit.evidence.passages.review import passage_verdicts, renew_passages
from kit.sources.capture.capture import CAPTURES

PAGE = """<!doctype html><html lang="en"><title>Clinic counts its beds</title><body><article>
<h1>Clinic counts its beds</h1>
<p>North Clinic opened a second ward on Tuesday. It has 1,250 beds, up from forty-one in its first year.</p>
<p>South Clinic spent $2.3M on lamps. North Clinic plans to sell its garden.</p>
<p>Staff left early. The ward may stay open.</p>
<table><tr><th>Ward</th><th>2020</th><th>2021</th></tr>
<tr><td>North Clinic, east</td><td>€1,250</td><td>€1,400</td></tr>
<tr><td>North Clinic, west</td><td>€2,750</td><td>€2,900</td></tr></table>
</article></body></html>"""


@pytest.fixture
def clinics(tmp_path):
    case = kit.new(tmp_path / "clinics", title="Clinics", contact="desk@paper.example", empty=True)
    write(case, "actors", id="north", kind="other", name="North Clinic", aliases="NC")
    write(case, "actors", id="south", kind="other", name="South Clinic")
    write(
        case, "sources", id="page", type="webpage", title="Clinic counts its beds", publisher="Paper", issued="2022-07-06",
        url="https://paper.example/beds", language="en", tier="secondary", read="full",
    )  # fmt: skip
    return case


def write(case, table, **cells):
    """One more row of a table, with all its columns; a file that is not there is begun."""
    names = [column.name for column in case.schema[table].columns]
    path = case.path / f"data/manual/{table}.csv"
    rows = rows_of(path) if path.is_file() else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows([*rows, cells])


def metric(case, value, unit, start, end="", says="", period="2022", entity="north", stance="supports"):
    write(
        case, "metrics", id="m", metric="count", entity=entity, value=str(value), unit=unit, period=period,
        basis="as the page has it", qualifier="reported", confidence="medium",
    )  # fmt: skip
    write(
        case,
        "evidence",
        record="m",
        field="value",
        source="page",
        stance=stance,
        says=says,
        start=start,
        end=end,
    )


def event(case, day, title, start, end="", says="", field="", summary="So it was."):
    write(
        case, "events", id="e", date=day, title=title, summary=summary, status="confirmed", confidence="medium",
        category="search",
    )  # fmt: skip
    write(case, "participants", event="e", actor="north", role="searched")
    write(
        case,
        "evidence",
        record="e",
        field=field,
        source="page",
        stance="supports",
        says=says,
        start=start,
        end=end,
    )


def judged(case):
    """What the only passage carries, and what it is missing, on the page."""
    case = kit.open(case.path)
    if not (case.path / CAPTURES).is_dir():
        page = case.path / "page.html"
        page.write_text(PAGE, encoding="utf-8")
        kit.keep(case, page, source="page", clock=lambda: datetime(2022, 8, 1, tzinfo=UTC))
    (row,) = passage_verdicts(kit.open(case.path)).itertuples()
    assert row.verdict in ("exact", "normalised"), row.found
    return row.carries, row.missing


@pytest.mark.parametrize(
    ("says", "carries"),
    [
        ("2,9 Millionen Euro", "carries"),
        ("2.9 million euros", "carries"),
        ("2,9 Millionen", "carries"),
        ("2,8 Millionen", "lacks"),
    ],
)
def test_what_a_row_says_is_read_in_the_language_of_its_source_too(clinics, says, carries):
    page = clinics.path / "page.html"
    page.write_text(
        "<html lang=de><title>Betten</title><p>North Clinic zahlt 2,9 Millionen Euro für Betten.</p></html>",
        encoding="utf-8",
    )
    sources = clinics.path / "data/manual/sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace(",en,", ",de,"), encoding="utf-8")
    kit.keep(kit.open(clinics.path), page, source="page", clock=lambda: datetime(2022, 8, 1, tzinfo=UTC))
    metric(clinics, 2900000, "eur", "North Clinic zahlt", "für Betten", says=says)
    assert judged(clinics)[0] == carries


@pytest.mark.parametrize(
    ("value", "unit", "start", "end", "more", "carries", "missing"),
    [
        (1250, "beds", "It has 1,250", "beds", {}, "carries", ""),
        (1350, "beds", "It has 1,250", "beds", {}, "lacks", "number"),
        (41, "beds", "It has", "first year", {}, "carries", ""),
        (2300000, "usd", "South Clinic spent", "on lamps", {"entity": "south"}, "carries", ""),
        (2300000, "usd", "South Clinic spent", "on lamps", {"entity": "north"}, "part", "who"),
        (2300000, "eur", "South Clinic spent", "on lamps", {"entity": "south"}, "lacks", "number"),
        (2300, "usd", "South Clinic spent", "on lamps", {"entity": "south"}, "lacks", "number"),
        (1400, "eur", "North Clinic, east", "€1,400", {"period": "2021"}, "carries", ""),
        (1250, "eur", "North Clinic, east", "€1,400", {"period": "2021"}, "lacks", "number"),
        (1400, "eur", "North Clinic, west", "€2,900", {"period": "2021"}, "lacks", "number"),
        (9, "beds", "It has 1,250", "beds", {"says": "9 beds, inferred from a photograph"}, "carries", ""),
        (9, "beds", "It has 1,250", "beds", {"says": "1250 beds", "stance": "disputes"}, "carries", ""),
    ],
)  # fmt: skip
def test_a_number_is_looked_for_with_its_unit_and_its_bearer(
    clinics, value, unit, start, end, more, carries, missing
):
    metric(clinics, value, unit, start, end, **more)
    assert judged(clinics) == (carries, missing)


@pytest.mark.parametrize(
    ("day", "more", "carries", "missing"),
    [
        ("2022-07-05", {"field": "date", "says": "Tuesday"}, "carries", ""),
        ("2022-07-05", {}, "carries", ""),
        ("2022-07-06", {"field": "date", "says": "2022-07-06"}, "lacks", "day"),
        ("2022-07-06", {"field": "date", "says": "Tuesday"}, "lacks", "day"),
        ("2022-06-28", {"field": "date", "says": "Tuesday"}, "lacks", "day"),
        ("2022-07-06", {}, "part", "day"),
        ("2022-07-06", {"says": "day inferred from the page's own"}, "carries", ""),
    ],
)
def test_the_day_is_the_passages_and_not_the_pages(clinics, day, more, carries, missing):
    event(clinics, day, "North Clinic opens a ward", "North Clinic opened", "on Tuesday", **more)
    assert judged(clinics) == (carries, missing)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("North Clinic sells its garden", "modality"),
        ("North Clinic plans to sell its garden", ""),
        ("North Clinic announces that it sells its garden", ""),
    ],
)
def test_a_plan_is_not_told_as_done(clinics, title, missing):
    event(
        clinics, "2022", title, "North Clinic plans", "its garden", says="inferred", summary="It is a garden."
    )
    assert judged(clinics) == ("part" if missing else "carries", missing)


def test_without_captures_the_ledger_speaks_until_the_fact_changes(clinics):
    metric(clinics, 1250, "beds", "It has", "first year")
    assert judged(clinics) == ("carries", "")
    case = kit.open(clinics.path)
    renew_passages(case, date(2022, 9, 1))
    before = (case.path / "data/processed/passages.csv").read_bytes()
    shutil.rmtree(case.path / CAPTURES)
    (row,) = passage_verdicts(kit.open(case.path)).itertuples()
    assert (row.seen, row.carries) == ("ledger", "carries")
    renew_passages(kit.open(case.path), date(2022, 10, 1))
    assert (case.path / "data/processed/passages.csv").read_bytes() == before
    path = case.path / "data/manual/metrics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1250", "1350"), encoding="utf-8")
    changed = kit.open(case.path)
    (row,) = passage_verdicts(changed).itertuples()
    assert (row.verdict, row.carries, row.missing) == ("exact", "not-judged", "number")
    assert "between the ends" in row.looked_for
    stale = changed.check()
    assert "ledger-stale" in set(stale["rule"])
    assert read_passages(case.path)["carries"].tolist() == ["carries"]


def test_only_one_passage_of_a_fact_needs_its_day(clinics):
    event(clinics, "2022-07-05", "North Clinic opens a ward", "North Clinic opened", "on Tuesday")
    write(
        clinics,
        "evidence",
        record="e",
        source="page",
        stance="supports",
        start="It has 1,250",
        end="first year",
    )
    case = kit.open(clinics.path)
    page = case.path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    kit.keep(case, page, source="page")
    case = kit.open(clinics.path)
    assert sorted(passage_verdicts(case)["carries"]) == ["carries", "part"]
    assert "passage-with-part" not in set(case.check()["rule"])
