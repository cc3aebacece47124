"""One odd value in a file of references stops neither the import nor what is cited and exported afterwards."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import KitError
from kit.sources.bibliography.exchange import exported, import_sources
from kit.sources.bibliography.rows import item_row
from kit.sources.bibliography.values import CSL_DATES, CSL_NAMES, read_json, styled

BOOK = {"id": "tide-tables", "type": "book", "title": "Tide tables", "publisher": "Quay Press"}
ODD_DAYS: list[Any] = [
    {"date-parts": [[None]]}, {"date-parts": None}, {"date-parts": [None]}, {"date-parts": [[2021, None, None]]},
    {"date-parts": [["2021", "x"]]}, {"date-parts": [[{}]]}, {"date-parts": [[True]]}, {"date-parts": {}},
    {"date-parts": [[2021], None]}, {"date-parts": [[10**30]]}, {"date-parts": [[2021, 3, 2, 5]]}, {"date-parts": "x"},
    {"season": {}}, {"raw": None}, {"raw": ["x"]}, [], "x", 5, None, [[2021]], {"date-parts": [[2021.5]]},
]  # fmt: skip


def brought_in(case: kit.Case, content: str, tmp_path: Path) -> str:
    (path := tmp_path / "odd.json").write_text(content, encoding="utf-8")
    added = import_sources(case, path, "primary").added
    assert len(added) == 1
    return str(added["id"].iloc[0])


@pytest.mark.parametrize("day", ODD_DAYS, ids=str)
@pytest.mark.parametrize("field", ["issued", "accessed"])
def test_an_odd_date_stops_nothing(case_folder: Path, tmp_path: Path, day: Any, field: str) -> None:
    case = kit.open(case_folder)
    source = brought_in(case, json.dumps([BOOK | {field: day}]), tmp_path)
    assert "Tide" in str(case.cite(source))
    for ending in (".json", ".bib", ".ris"):
        assert "Tide" in exported(case.sources, ending)


@pytest.mark.parametrize(
    "fields",
    [
        '"volume": Infinity, "issue": -Infinity, "page": NaN',
        '"issued": {"date-parts": [[Infinity]]}',
        f'"volume": {"9" * 5000}, "issued": {{"date-parts": [[{"9" * 400}]]}}',
        '"volume": 1e999',
        '"note": "half \\ud800 a letter", "publisher-place": "\\udc00"',
        '"author": [{"family": "Ro\\ud83d"}, null, 3, {"family": null, "given": 4}]',
        '"author": {"family": "Roe"}, "editor": "Roe"',
        '"volume": {"a": [1]}, "DOI": ["10.1/x"], "URL": {"x": 1}',
    ],
)
def test_an_odd_field_stops_nothing(case_folder: Path, tmp_path: Path, fields: str) -> None:
    case = kit.open(case_folder)
    source = brought_in(case, f"[{json.dumps(BOOK)[:-1]}, {fields}}}]", tmp_path)
    assert "Tide" in str(case.cite(source))
    for ending in (".json", ".bib", ".ris"):
        assert "Tide" in exported(case.sources, ending)


def test_what_is_sound_stays_as_it_is() -> None:
    sound = {"date-parts": [[2021, 3, 2], [2021, 4]], "circa": True}
    assert styled("issued", sound) == sound
    assert styled("issued", {"date-parts": [[2021]], "season": 2}) == {"date-parts": [[2021]], "season": 2}
    assert styled("accessed", {"raw": "May"}) == {"raw": "May"}
    assert styled("editor", [{"family": "Roe", "given": "Jane"}]) == [{"family": "Roe", "given": "Jane"}]
    assert (styled("volume", 3), styled("volume", "3 bis"), styled("custom", {"a": 1})) == (
        3,
        "3 bis",
        {"a": 1},
    )
    assert read_json('{"a": 12, "b": 1.5, "c": "é𝒳"}') == {"a": 12, "b": 1.5, "c": "é𝒳"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["date-parts", "raw", "literal", "season", "circa", "family", "given", "x"]), inner, max_size=3
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from([*CSL_DATES, *CSL_NAMES[:3], "volume", "note", "URL", "id", "type", "title"]),
        JSON,
    )
)
def test_no_item_breaks_reading_or_styling(item: dict[str, Any]) -> None:
    item = read_json(json.dumps(item))
    with suppress(KitError):
        item_row(item)
    for field, value in item.items():
        json.dumps(styled(field, value), allow_nan=False).encode()
